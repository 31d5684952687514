/** YAML as written: every style of scalar, list and mapping, and the place at which each stands in the file. */
import { describe, expect, test } from 'vitest';
import { type Node, short, yaml } from './check.ts';

type Table = readonly (readonly [text: string, expected: string])[];

const tables: Readonly<Record<string, Table>> = {
  'kinds of plain scalars': [
    ['a: b', '{a: "b"}'],
    ['a: 1', '{a: #1}'],
    ['a: -1.5', '{a: #-1.5}'],
    ['a: +7', '{a: #+7}'],
    ['a: .5', '{a: #.5}'],
    ['a: 1e3', '{a: #1e3}'],
    ['a: 123456789012345678901234567890.10', '{a: #123456789012345678901234567890.10}'],
    ['a: 007', '{a: #007}'],
    ['a: true', '{a: ?true}'],
    ['a: False', '{a: ?False}'],
    ['a: TRUE', '{a: ?TRUE}'],
    ['a: null', '{a: ~null}'],
    ['a: ~', '{a: ~~}'],
    ['a: Null', '{a: ~Null}'],
    ['a:', '{a: ~}'],
    // YAML 1.1 saw booleans, dates and numbers of base 60 in these.
    ['a: yes', '{a: "yes"}'],
    ['a: No', '{a: "No"}'],
    ['a: on', '{a: "on"}'],
    ['on: off', '{on: "off"}'],
    ['a: y', '{a: "y"}'],
    ['a: 2026-03-05', '{a: "2026-03-05"}'],
    ['a: 12:30:45', '{a: "12:30:45"}'],
    ['a: 1_000', '{a: "1_000"}'],
    ['a: 1,000', '{a: "1,000"}'],
    ['a: 1.2.3', '{a: "1.2.3"}'],
    ['a: tRUE', '{a: "tRUE"}'],
    ['a: nULL', '{a: "nULL"}'],
    ['a: 1 # one', '{a: #1}'],
    ['a: b#c', '{a: "b#c"}'],
    ['a: b:c', '{a: "b:c"}'],
    ['a: -b', '{a: "-b"}'],
    ['a: ?b', '{a: "?b"}'],
    ["a: it's", '{a: "it\'s"}'],
    ['a: x "y" z', '{a: "x \\"y\\" z"}'],
    ['a: sum(x, y) [z]', '{a: "sum(x, y) [z]"}'],
    ['a: 日本語 é 😀', '{a: "日本語 é 😀"}'],
    ['a:   b   ', '{a: "b"}'],
    ['a: b\n  c\n   d', '{a: "b c d"}'],
    ['a: b\n\n  c', '{a: "b\\nc"}'],
    ['a: b\n\n\n  c', '{a: "b\\n\\nc"}'],
    ['a:\n  b\n  c', '{a: "b c"}'],
  ],
  'quoted scalars': [
    ["a: 'b'", '{a: "b"}'],
    ["a: ''", '{a: ""}'],
    ["a: '1'", '{a: "1"}'],
    ["a: 'true'", '{a: "true"}'],
    ["a: 'null'", '{a: "null"}'],
    ["a: 'it''s'", '{a: "it\'s"}'],
    ["a: '# no comment'", '{a: "# no comment"}'],
    ["a: 'b: c'", '{a: "b: c"}'],
    ["a: '\\n'", '{a: "\\\\n"}'],
    ["a: 'b\n  c'", '{a: "b c"}'],
    ["a: 'b  \n\n   c'", '{a: "b\\nc"}'],
    ["a: ' b '", '{a: " b "}'],
    ['a: "b"', '{a: "b"}'],
    ['a: ""', '{a: ""}'],
    ['a: "1"', '{a: "1"}'],
    ['a: "\\"\\\\\\/"', '{a: "\\"\\\\/"}'],
    ['a: "\\t\\n\\r"', '{a: "\\t\\n\\r"}'],
    ['a: "\\x41\\u0042\\U00000043"', '{a: "ABC"}'],
    ['a: "\\u00e9\\U0001F600"', '{a: "é😀"}'],
    ['a: "\\a\\b\\e\\f\\v\\0"', '{a: "\\u0007\\b\\u001b\\f\\u000b\\u0000"}'],
    ['a: "\\N\\_\\L\\P"', '{a: "\u0085\u00a0\u2028\u2029"}'],
    ['a: "b\n  c"', '{a: "b c"}'],
    ['a: "b\\\n  c"', '{a: "bc"}'],
    ['a: "b\\\n  \\  c"', '{a: "b  c"}'],
    ['a: "b\n\n  c"', '{a: "b\\nc"}'],
    ['"a b": 1', '{a b: #1}'],
    ["'a: b': 1", '{a: b: #1}'],
    ['"\\x61": 1', '{a: #1}'],
  ],
  'blocks that keep their lines': [
    ['a: |\n  b\n  c\n', '{a: "b\\nc\\n"}'],
    ['a: |-\n  b\n  c\n', '{a: "b\\nc"}'],
    ['a: |+\n  b\n\n\n', '{a: "b\\n\\n\\n"}'],
    ['a: |\n  b\n\n\n', '{a: "b\\n"}'],
    ['a: |\n  b\n    c\n', '{a: "b\\n  c\\n"}'],
    ['a: |2\n    b\n  c\n', '{a: "  b\\nc\\n"}'],
    ['a: |1-\n   b\n', '{a: "  b"}'],
    ['a: |-2\n   b\n', '{a: " b"}'],
    ['a: |\n\n  b\n', '{a: "\\nb\\n"}'],
    ['a: | # why\n  b\n', '{a: "b\\n"}'],
    ['a: |\n  # no comment\n', '{a: "# no comment\\n"}'],
    ['a: |\n  b: c\n  - d\n', '{a: "b: c\\n- d\\n"}'],
    ['a: |\n  \'b\' "c" \\n\n', '{a: "\'b\' \\"c\\" \\\\n\\n"}'],
    ['a: |\nb: c', '{a: "", b: "c"}'],
    ['a: |\n  b\n# comment\nc: d', '{a: "b\\n", c: "d"}'],
    ['a: |\n  1\n', '{a: "1\\n"}'],
    ['- |\n b\n- c', '["b\\n", "c"]'],
  ],
  'blocks that fold their lines': [
    ['a: >\n  b\n  c\n', '{a: "b c\\n"}'],
    ['a: >-\n  b\n  c\n', '{a: "b c"}'],
    ['a: >+\n  b\n\n', '{a: "b\\n\\n"}'],
    ['a: >-\n  b\n\n  c\n', '{a: "b\\nc"}'],
    ['a: >-\n  b\n\n\n  c\n', '{a: "b\\n\\nc"}'],
    ['a: >-\n  b\n    c\n  d\n', '{a: "b\\n  c\\nd"}'],
    ['a: >-\n  b\n\n    c\n\n  d\n', '{a: "b\\n\\n  c\\n\\nd"}'],
    ['a: >1-\n   b\n c\n', '{a: "  b\\nc"}'],
    ['a: >-\n\n  b\n', '{a: "\\nb"}'],
  ],
  'lists and mappings': [
    ['', '{}'],
    ['# only a comment\n', '{}'],
    ['---\na: b', '{a: "b"}'],
    ['a: b\n...\n', '{a: "b"}'],
    ['a: {}\nb: []', '{a: {}, b: []}'],
    ['a:\n  b:\n    c: d\n  e: f', '{a: {b: {c: "d"}, e: "f"}}'],
    ['a:\n  - b\n  - c', '{a: ["b", "c"]}'],
    ['a:\n- b\n- c', '{a: ["b", "c"]}'],
    ['- - a\n  - b\n- - c', '[["a", "b"], ["c"]]'],
    ['- a: b\n  c: d\n- e: f', '[{a: "b", c: "d"}, {e: "f"}]'],
    ['a: {b: c, d: [e, {f: g}]}', '{a: {b: "c", d: ["e", {f: "g"}]}}'],
    ['a: {b: c,}', '{a: {b: "c"}}'],
    ['a: [b, c,]', '{a: ["b", "c"]}'],
    ['a: {\n  b: c,\n  # comment\n  d: e\n }', '{a: {b: "c", d: "e"}}'],
    ['a: {b: , c: d}', '{a: {b: ~, c: "d"}}'],
    ['a: {b, c: d}', '{a: {b: ~, c: "d"}}'],
    ['{"a":1}', '{a: #1}'],
    ['a:\n  -\n  - b', '{a: [~, "b"]}'],
    ['a:\n  b:\n  c: d', '{a: {b: ~, c: "d"}}'],
    ['? a\n: b', '{a: "b"}'],
    ['1: b\ntrue: c', '{1: "b", true: "c"}'],
    ['a : b', '{a: "b"}'],
    ['a:\tb', '{a: "b"}'],
    ['a: b\r\nc:\r\n  - d\r\n', '{a: "b", c: ["d"]}'],
    ['a: b\rc: d\r', '{a: "b", c: "d"}'],
    ['constructor: toString\nhasOwnProperty: {valueOf: 1}', '{constructor: "toString", hasOwnProperty: {valueOf: #1}}'],
    ['\ufeffa: b', '{a: "b"}'],
  ],
};

function check(text: string, expected: string): void {
  const { root, diagnostics } = yaml(text);
  expect(diagnostics).toEqual([]);
  expect(short(root)).toBe(expected);
}

describe.each(Object.entries(tables))('%s', (_, table) => {
  test.each(table)('%j', check);
});

/** Keys and values with the text that stands at their places. */
function places(text: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (node.kind === 'scalar') found.push(`${node.style} ${JSON.stringify(text.slice(...node.at))}`);
    else if (node.kind === 'list') for (const item of node.items) visit(item);
    else {
      for (const { keyAt, value } of node.entries) {
        found.push(`key ${JSON.stringify(text.slice(...keyAt))}`);
        visit(value);
      }
    }
  };
  const { root, diagnostics } = yaml(text);
  expect(diagnostics).toEqual([]);
  if (root !== null) visit(root);
  return found;
}

describe('the place of keys and values, inside their quotes', () => {
  const table: readonly (readonly [text: string, expected: readonly string[]])[] = [
    ['a: b', ['key "a"', 'plain "b"']],
    ['# c\n a :   b c   # d', ['key "a"', 'plain "b c"']],
    ["'a b': 'it''s'", ['key "a b"', 'single "it\'\'s"']],
    ['"a": "\\x41 b"', ['key "a"', 'double "\\\\x41 b"']],
    ['a: {b: c, "d": [e, \'f\']}', ['key "a"', 'key "b"', 'plain "c"', 'key "d"', 'plain "e"', 'single "f"']],
    ['a: b\n  c', ['key "a"', 'plain "b\\n  c"']],
    ['a:\nb: 1', ['key "a"', 'plain ""', 'key "b"', 'plain "1"']],
    ['é: 日本\n😀: x', ['key "é"', 'plain "日本"', 'key "😀"', 'plain "x"']],
    ['\ufeffa: b', ['key "a"', 'plain "b"']],
    ['a: b\r\nc: d\r\n', ['key "a"', 'plain "b"', 'key "c"', 'plain "d"']],
  ];
  test.each(table)('%j', (text, expected) => {
    expect(places(text)).toEqual(expected);
  });

  test('a block begins below its header and holds what belongs to it alone', () => {
    const text = 'a: |-\n  b\n  c\n# comment\nd: >\n  e\n';
    const found = places(text);
    expect(found.filter(each => each.startsWith('key'))).toEqual(['key "a"', 'key "d"']);
    const blocks = found.filter(each => !each.startsWith('key')).map(each => each.replace(/\\n| /g, ''));
    expect(blocks).toEqual(['literal"bc"', 'folded"e"']);
  });
});
