/** What YAML allows and definitions do not: each refused with its code at its place; and files that are meant to hurt. */
import { describe, expect, test } from 'vitest';
import { readDocument } from '../../compiler/index.ts';
import { check, short, yaml } from './check.ts';

type Table = readonly (readonly [marked: string, ...codes: string[]])[];

const tables: Readonly<Record<string, Table>> = {
  'keys that stand twice': [
    ['a: 1\n«a»: 2', 'M1002'],
    ['a: 1\nb: 2\n«a»: 3\n«a»: 4', 'M1002', 'M1002'],
    ['a: { b: 1, «b»: 2 }', 'M1002'],
    ['a: 1\n"«a»": 2', 'M1002'],
    ["a: 1\n'«a»': 2", 'M1002'],
    ['"\\x61": 1\n«a»: 2', 'M1002'],
    ['a:\n  b: 1\n  «b»:\n    c: 1\n    «c»: 2', 'M1002', 'M1002'],
    ['constructor: 1\n«constructor»: 2', 'M1002'],
    ['1: x\n«1»: y', 'M1002'],
    ['version: 1\nmetrics:\n  m: { formula: a }\n  «m»: { formula: a }', 'M1002'],
  ],
  'anchors, aliases and merge keys': [
    ['a: «&x» b', 'M1003'],
    ['a: «&x»\n  b: c', 'M1003'],
    ['a: «&x» [b]', 'M1003'],
    ['«&x» a: b', 'M1003'],
    ['- «&one» a\n- «&two-2» b', 'M1003', 'M1003'],
    // An alias of an anchor that has been told of is the same mistake.
    ['a: «&x» b\nc: *x', 'M1003'],
    ['a: «&x» b\nc: [*x, *x]', 'M1003'],
    ['a: «&x» b\n*x : c', 'M1003'],
    ['a: «&x»\n  b: c\nd:\n  «<<»: *x', 'M1003', 'M1003'],
    ['a:\n  «<<»: { b: c }', 'M1003'],
    ['a: «&x» «!!str» b', 'M1003', 'M1003'],
    ['a: «&x» >-\n  b', 'M1003'],
  ],
  tags: [
    ['a: «!!str» 1', 'M1003'],
    ['a: «!!int» "1"', 'M1003'],
    ['a: «!!map» {}', 'M1003'],
    ['a: «!!binary» aGk=', 'M1003'],
    ['a: «!env» SECRET', 'M1003'],
    ['a: «!» 1', 'M1003'],
    ['a: «!<tag:yaml.org,2002:str>» b', 'M1003'],
    ['a: «!!js/function» "return 1"', 'M1003'],
    ['«!!set»\na: ~', 'M1003'],
    ['- «!x» [«!y» a]', 'M1003', 'M1003'],
  ],
  'several documents': [
    ['a: 1\n---\n«b»: 2', 'M1006'],
    ['a: 1\n...\n---\n«b»: 2', 'M1006'],
    ['---\na: 1\n---\n«b»\n---\n«c»', 'M1006', 'M1006'],
    ['a: 1\n---\n«a»: 1', 'M1006'],
  ],
  'names that objects have of their own': [
    ['«__proto__»: 1', 'M1003'],
    ['a: { «__proto__»: { b: 1 } }', 'M1003'],
    ['"«__proto__»": 1', 'M1003'],
    ['version: 1\nmetrics:\n  «__proto__»: { formula: a }', 'M1003'],
  ],
  'keys that are no names': [
    ['? «[a, b]\n: c', 'M1008'],
    ['? «{a: b}\n: c', 'M1008'],
    ['«[a]: b', 'M1008'],
  ],
  'YAML that is none': [
    ['a: b«:» c', 'M1001'],
    ['a: «@»b', 'M1001'],
    ['a: «`»b`', 'M1001'],
    ['a: "x"«y»', 'M1001'],
    ['a: [1, 2]«]»', 'M1001'],
    ['a:\n  - b\n «-» c', 'M1001'],
    ['a: |«x»\n  b', 'M1001'],
    ['a: |«0»\n  b', 'M1001'],
    ['a: "\\«q»"', 'M1001'],
    ['a: "\\x4«z»"', 'M1001'],
    ['a: "\\u12«"»', 'M1001'],
    ['--- a«:» b', 'M1001'],
  ],
  tabs: [
    ['a:\n«\t»b: 1', 'M1001'],
    ['a:\n  b: 1\n«\t»c: 2', 'M1001'],
  ],
  'characters that are no text': [
    ['a: b«\0»c', 'M1018'],
    ['«\0»', 'M1018'],
    ['a: b«\u0007»', 'M1018'],
    ['a: "\u00e9«\u001b»[31m"', 'M1018'],
    ['a: b«\u007f»', 'M1018'],
    ['a: b«\u0085»c', 'M1018'],
    ['a: b\n# «\u0001»', 'M1018'],
    ['a: b«\ufffd»c', 'M1018'],
    ['é😀: «\ufffd»', 'M1018'],
    ['a: «\0»\0\0', 'M1018'],
  ],
};

describe.each(Object.entries(tables))('%s', (_, table) => {
  test.each(table)('%j', (marked, ...codes) => {
    check(marked, codes);
  });
});

describe('what is said about it', () => {
  test('a key that stands twice, with the place of the first', () => {
    const [found] = yaml('a: 1\nb: 2\n"a": 3').diagnostics;
    expect(found?.related.map(({ span }) => [span.start, span.end])).toEqual([[0, 1]]);
    expect(found?.message).toContain('`a`');
  });

  test('a tab in the indentation, bytes that are not UTF-8, control characters', () => {
    expect(yaml('a:\n\tb: 1').diagnostics[0]?.message).toContain('tab');
    expect(yaml('a: \ufffd').diagnostics[0]?.message).toContain('UTF-8');
    expect(yaml('a: \u0000').diagnostics[0]?.message).toContain('control character');
  });
});

describe('a formula that YAML cuts up', () => {
  const table: readonly (readonly [marked: string, formula: string])[] = [
    ['m: { formula: «coalesce(a, b)» }', 'coalesce(a, b)'],
    ['m: { formula: «greatest(a, b, c)» }', 'greatest(a, b, c)'],
    ['m: { formula: «greatest(a, b, c) / 2» }', 'greatest(a, b, c) / 2'],
    ['m: { unit: percent, formula: «f(a, g(b, c))» }', 'f(a, g(b, c))'],
    ['m: {formula: «f(a,b)»}', 'f(a, b)'],
    ['m: { formula: «if(a > 1, b, c)»,\n    }', 'if(a > 1, b, c)'],
  ];
  test.each(table)('%s', (marked, formula) => {
    const [found] = check(`version: 1\nmetrics:\n  ${marked}`, ['M1011']);
    expect(found?.message).toContain(`\`${formula}\``);
    expect(found?.help).toContain('quotes');
  });

  const whole: readonly string[] = [
    'm: { formula: "coalesce(a, b)" }',
    "m: { formula: 'coalesce(a, b)', unit: percent }",
    'm:\n    formula: coalesce(a, b)',
    'm: { formula: sum(a), unit: percent }',
    'm: { formula: (a + b) * c, tags: [x, y] }',
    'm: { formula: a, description: "text (with, brackets" }',
    'm: { formula: a, owner: "me", label: (x }',
  ];
  test.each(whole)('not here: %j', text => {
    check(`version: 1\nmetrics:\n  ${text}`, []);
  });

  test('also where no bracket is open', () => {
    check('version: 1\nmetrics:\n  m: { formula: «sum(a), certified» }', ['M1011']);
    check('version: 1\nmetrics:\n  m: { formula: «sum(a), x, y» }', ['M1011']);
  });
});

describe('line ends and marks of order', () => {
  test('a byte-order mark is no part of the first key, and places count it', () => {
    check('\ufeffversion: 1\nmetrics:\n  m: { «formla»: a, formula: b }', ['M1007']);
    expect(short(yaml('\ufeff- a').root)).toBe('["a"]');
  });

  test('Windows line ends and those of old Macs', () => {
    check('version: 1\r\nmetrics:\r\n  m: { formula: b, «formla»: a }\r\n', ['M1007']);
    check('version: 1\rmetrics:\r  m: { formula: b, «formla»: a }\r', ['M1007']);
  });
});

const megabyte = 1024 * 1024;

/** The processor's time that reading takes, in milliseconds, and what it finds. */
function timed(text: string) {
  const before = process.cpuUsage();
  const { diagnostics } = readDocument({ path: 'file.yaml', text }, 'definitions');
  const { user, system } = process.cpuUsage(before);
  return { milliseconds: (user + system) / 1000, diagnostics };
}

/** What a file of 1 MB that means no harm takes here. */
const harmless = `version: 1\nmetrics:\n${Array.from({ length: 25_000 }, (_, index) => `  m${index}: { formula: sum(deals.amount) }\n`).join('')}`;
const calm = Math.min(...[1, 2, 3].map(() => timed(harmless).milliseconds));

/** What reading says, and that it took no more than `limit` times what a harmless file takes. */
function quickly(text: string, limit = 12): readonly string[] {
  const { milliseconds, diagnostics } = timed(text);
  expect(milliseconds / calm).toBeLessThan(limit);
  for (const { span } of diagnostics.slice(0, 1000)) {
    expect(span?.start).toBeLessThanOrEqual(text.length);
    expect(span?.end).toBeLessThanOrEqual(text.length + 1);
  }
  return [...new Set(diagnostics.map(({ code }) => code))].sort();
}

describe('size', () => {
  const filled = (length: number) => `version: 1\n#${'x'.repeat(length - 12)}`;

  test('2 MB are read, one character more is not', () => {
    expect(quickly(filled(2 * megabyte))).toEqual([]);
    expect(quickly(filled(2 * megabyte + 1))).toEqual(['M1004']);
  });

  test.each([3, 8])('%i MB are refused before they are looked at', megabytes => {
    for (const text of [
      filled(megabytes * megabyte),
      '['.repeat(megabytes * megabyte),
      '\0'.repeat(megabytes * megabyte),
    ]) {
      expect(quickly(text, 0.5)).toEqual(['M1004']);
    }
    const { diagnostics } = yaml(filled(megabytes * megabyte));
    expect(diagnostics.map(({ message, span }) => [message, span?.start])).toEqual([
      [`the file has ${megabytes}.0 MB; the limit is 2 MB`, 0],
    ]);
  });
});

describe('depth', () => {
  test('64 levels are read, the 65th is refused at its place', () => {
    expect(yaml(`a: ${'['.repeat(63)}${']'.repeat(63)}`).diagnostics).toEqual([]);
    expect(yaml(`a: ${'['.repeat(62)}b${']'.repeat(62)}`).diagnostics).toEqual([]);
    const { root, diagnostics } = yaml(`a: ${'['.repeat(64)}${']'.repeat(64)}`);
    expect(root).toBeNull();
    expect(diagnostics.map(({ code, span }) => [code, span?.start])).toEqual([['M1005', 3 + 63]]);
    expect(diagnostics[0]?.message).toContain('64');
  });

  const nests: Readonly<Record<string, (levels: number) => string>> = {
    'open brackets': levels => '['.repeat(levels),
    'open braces': levels => '{'.repeat(levels),
    'closed brackets': levels => '['.repeat(levels) + ']'.repeat(levels),
    'mappings in braces': levels => '{a: '.repeat(levels) + '}'.repeat(levels),
    'brackets under a key': levels => `version: 1\nmetrics: ${'['.repeat(levels)}`,
    'lists in one line': levels => '- '.repeat(levels),
    'keys in one line': levels => '? '.repeat(levels),
    'keys below keys': levels => Array.from({ length: levels }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
    'lists below lists': levels => Array.from({ length: levels }, (_, depth) => `${' '.repeat(depth)}-\n`).join(''),
    mixed: levels => '[{a: '.repeat(levels),
  };
  test.each(Object.entries(nests))('%s, again and again in one process', (_, nest) => {
    for (const levels of [100, 1000, 1500, 1000]) expect(quickly(nest(levels))).toEqual(['M1005']);
  });
});

describe('files that are meant to hurt', () => {
  const repeated = (text: string, size = 2 * megabyte) => text.repeat(Math.floor((size - 100) / text.length));
  const table: Readonly<Record<string, readonly [text: string, codes: readonly string[]]>> = {
    'open brackets': [repeated('['), ['M1005']],
    'one key': [repeated('a: 1\n', megabyte), ['M1002']],
    'a long list': [`version: 1\nmetrics:\n${repeated('- a\n', megabyte)}`, ['M1008']],
    'a long plain text': [`a: ${repeated('x ')}`, ['M1007', 'M1009']],
    'a text of many lines': [`a: ${repeated('x\n ')}`, ['M1007', 'M1009']],
    'a text without its end': [`a: "${repeated('x')}`, ['M1001']],
    'many escapes': [`a: "${repeated('\\n')}"`, ['M1007', 'M1009']],
    'a long key': [`${repeated('k')}: 1`, ['M1007', 'M1009']],
    'nothing but spaces': [repeated(' '), ['M1009']],
    'nothing but lines': [repeated('\n'), ['M1009']],
    'nothing but comments': [repeated('#\n'), ['M1009']],
    'a block': [`version: 1\nmetrics: |\n${repeated(' x\n')}`, ['M1008']],
    'a folded block': [`version: 1\nmetrics: >\n${repeated(' x\n')}`, ['M1008']],
    'many documents': [repeated('---\n', megabyte / 4), ['M1006']],
    'many anchors': [`a: ${repeated('&a ')}`, ['M1001']],
    'many tags': [`a: ${repeated('!a ')}`, ['M1001']],
    'many closing brackets': [repeated(']'), ['M1001']],
    'many colons': [repeated(':'), ['M1007', 'M1009']],
  };
  test.each(Object.entries(table))('%s', (_, [text, codes]) => {
    expect(quickly(text)).toEqual(codes);
  });

  test('the place of a formula of 100,000 folded lines', () => {
    const text = `version: 1\nmetrics:\n  m:\n    formula: >-\n${'      sum(a) +\n'.repeat(100_000)}      b\n`;
    expect(quickly(text)).toEqual([]);
  });
});
