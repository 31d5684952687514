/**
 * From a character of a formula back to its character in the file: random formulas are written in every style of YAML,
 * each character's place is noted while writing, and reading must find the same value and the same places.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spanWithin } from '../../compiler/document/index.ts';
import { fileOffset } from '../../compiler/document/offsets.ts';
import { type Diagnostic, parseFormula, readDocument } from '../../compiler/index.ts';
import { foundAt, unmark, wantedAt } from '../support/marked.ts';

/** A stretch of the file and what it stands for; where the two differ, all of the value stands at the beginning. */
interface Piece {
  readonly text: string;
  readonly value: string;
}

interface Written {
  readonly before: string;
  readonly pieces: readonly Piece[];
  readonly after: string;
}

const same = (text: string): Piece => ({ text, value: text });
const indentation = (columns: number) => ' '.repeat(columns);

const words = [
  ...['sum(orders.amount', 'where', 'is_won)', '/', 'count(deals)', '>=', '3.5', "'won'", "'it''s'", 'b)', '+'],
  ...['日本', 'é', '😀', '𝒳y', '"x"', 'a%', '<>', '->', '(a)', 'x;', '\\n', '\\\\', "''", '~', '|', '>', '*', '!', '&'],
];
/** Words that a plain scalar may not hold, or not in this place. */
const awkward = ['a,', '[b]', '{c}', '#x', 'd:', '- e', '? f', ': g', 'k: v', '# no'];

const word = fc.constantFrom(...words);
const anyWord = fc.oneof(
  word,
  fc.constantFrom(...awkward),
  fc.string({ unit: 'grapheme-composite', minLength: 1 }).map(clean),
);
const firstWord = fc.constantFrom('sum(a', 'x', 'é', '日', '😀', '(b', '3.5', 'not');

/** Without white space and control characters, and never empty. */
function clean(text: string): string {
  return `${text.replace(/[\s\p{Cc}\p{Cs}\ufffd\ufeff]/gu, '')}x`;
}

/** What stands between two words: spaces, or a fold with so many empty lines. */
interface Gap {
  readonly spaces: number;
  /** Null where the line goes on. */
  readonly emptyLines: number | null;
  readonly indent: number;
}

const gap: fc.Arbitrary<Gap> = fc.record({
  spaces: fc.integer({ min: 1, max: 3 }),
  emptyLines: fc.option(fc.integer({ min: 0, max: 2 }), { nil: null, freq: 2 }),
  indent: fc.integer({ min: 5, max: 9 }),
});

/** Folding of flow scalars: one line break is a space, each further one a line feed; spaces around are lost. */
function folded({ spaces, emptyLines, indent }: Gap): Piece {
  if (emptyLines === null) return same(' '.repeat(spaces));
  const text = `${' '.repeat(spaces - 1)}\n${' \n'.repeat(emptyLines)}${indentation(indent)}`;
  return { text, value: emptyLines === 0 ? ' ' : '\n'.repeat(emptyLines) };
}

function interleave(parts: readonly (readonly Piece[])[], gaps: readonly Piece[]): readonly Piece[] {
  return parts.flatMap((part, index) => (index === 0 ? part : [gaps[index - 1] ?? same(' '), ...part]));
}

const gaps = fc.array(gap, { minLength: 8, maxLength: 8 });

const plain: fc.Arbitrary<Written> = fc
  .tuple(firstWord, fc.array(word, { maxLength: 8 }), gaps, fc.constantFrom('', ' # a comment', '  '))
  .map(([first, rest, between, after]) => ({
    before: '',
    pieces: interleave([[same(first)], ...rest.map(each => [same(each)])], between.map(folded)),
    after,
  }));

const plainInFlow: fc.Arbitrary<Written> = fc
  .tuple(firstWord, fc.array(word, { maxLength: 8 }), gaps)
  .map(([first, rest, between]) => ({
    before: '',
    pieces: interleave([[same(first)], ...rest.map(each => [same(each)])], between.map(folded)),
    after: '',
  }));

const edge = fc.constantFrom('', ' ', '  ');

const single: fc.Arbitrary<Written> = fc
  .tuple(fc.array(anyWord, { minLength: 1, maxLength: 8 }), gaps, edge, edge)
  .map(([parts, between, left, right]) => ({
    before: "'",
    pieces: [
      same(left),
      ...interleave(
        parts.map(part => [...part].map(each => (each === "'" ? { text: "''", value: "'" } : same(each)))),
        between.map(folded),
      ),
      same(right),
    ],
    after: "' # a comment",
  }));

const named: Readonly<Record<string, string>> = {
  ...{ '"': '\\"', '\\': '\\\\', '/': '\\/', ' ': '\\ ', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '\\0' },
  ...{ '\u0007': '\\a', '\b': '\\b', '\u001b': '\\e', '\f': '\\f', '\v': '\\v' },
  ...{ '\u0085': '\\N', '\u00a0': '\\_', '\u2028': '\\L', '\u2029': '\\P' },
};

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** One character of a double-quoted scalar in one of the ways in which it may be written. */
function escaped(character: string, way: number): readonly Piece[] {
  const code = character.codePointAt(0) ?? 0;
  const short = named[character];
  const mustEscape = character === '"' || character === '\\' || character === '\n';
  if (way < 5 && !mustEscape) return [same(character)];
  if (way < 7 && short !== undefined) return [{ text: short, value: character }];
  if (way === 7 && code < 256) return [{ text: `\\x${hex(code, 2)}`, value: character }];
  if (way <= 8) {
    return [...Array(character.length).keys()].map(index => ({
      text: `\\u${hex(character.charCodeAt(index), 4)}`,
      value: character.charAt(index),
    }));
  }
  return [{ text: `\\U${hex(code, 8)}`, value: character }];
}

const ways = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 11, maxLength: 11 });

/** Characters of which white space and letters are told apart in different ways. */
const oddities = [
  ...['"', '\\', '/', ' ', '\t', '\n', '\r', '\0', '\u0007', '\b', '\u001b', '\f', '\v', '\u0085', '\u00a0'],
  ...['\u2028', '\u2029', '\u3000', '\ufeff', '\u200b', '\u{10ffff}'],
];

const double: fc.Arbitrary<Written> = fc
  .tuple(fc.array(anyWord, { minLength: 1, maxLength: 8 }), gaps, ways, fc.constantFrom('z', ...oddities))
  .map(([parts, between, way, odd]) => {
    let count = 0;
    const characters = (part: string) =>
      [...part].flatMap(character => {
        count += 1;
        const chosen = way[count % way.length] ?? 0;
        // A backslash before the end of a line joins it to the next.
        const joint: Piece = { text: `\\\n${indentation(chosen + 5)}`, value: '' };
        return chosen === 10 && !/\s/.test(character)
          ? [joint, ...escaped(character, count % 10)]
          : escaped(character, chosen);
      });
    return {
      before: '"',
      pieces: [
        ...[9, 6].flatMap(each => escaped(odd, each)),
        ...interleave(parts.map(characters), between.map(folded)),
        ...escaped(odd, 8),
      ],
      after: '"',
    };
  });

interface Line {
  readonly more: number;
  readonly words: readonly string[];
  readonly emptyBefore: number;
}

const line: fc.Arbitrary<Line> = fc.record({
  more: fc.constantFrom(0, 0, 0, 1, 3),
  words: fc.array(anyWord, { minLength: 1, maxLength: 4 }),
  emptyBefore: fc.constantFrom(0, 0, 0, 1, 2),
});

const block = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 5 }),
  indent: fc.integer({ min: 1, max: 6 }),
  hasIndicator: fc.boolean(),
  chomping: fc.constantFrom('', '-', '+'),
  emptyAfter: fc.integer({ min: 0, max: 2 }),
  comment: fc.constantFrom('', ' # why'),
  isSwapped: fc.boolean(),
});
type Block = typeof block extends fc.Arbitrary<infer T> ? T : never;

/** How deep the key `formula` stands in the file; an indentation indicator counts from there. */
const keyColumn = 4;

function header(style: '|' | '>', { lines, indent, hasIndicator, chomping, comment, isSwapped }: Block): string {
  const needsIndicator = hasIndicator || (lines[0]?.more ?? 0) > 0;
  const indicator = needsIndicator ? String(indent) : '';
  return `${style}${isSwapped ? chomping + indicator : indicator + chomping}${comment}\n`;
}

function ending({ chomping, emptyAfter }: Block): readonly Piece[] {
  const value = { '-': '', '+': '\n'.repeat(1 + emptyAfter), '': '\n' }[chomping] ?? '';
  return [{ text: '\n'.repeat(1 + emptyAfter), value }];
}

const literal: fc.Arbitrary<Written> = block.map(each => {
  const pieces = each.lines.flatMap(({ more, words: parts, emptyBefore }, index): readonly Piece[] => {
    const breaks = (index === 0 ? 0 : 1) + emptyBefore;
    return [
      { text: '\n'.repeat(breaks), value: '\n'.repeat(breaks) },
      { text: indentation(keyColumn + each.indent), value: '' },
      same(indentation(more) + parts.join(' ')),
    ];
  });
  return { before: header('|', each), pieces: [...pieces, ...ending(each)], after: '' };
});

/** Folding of blocks: between two lines that begin alike a break is a space; around lines that begin with spaces it stays. */
const foldedBlock: fc.Arbitrary<Written> = block.map(each => {
  const pieces = each.lines.flatMap(({ more, words: parts, emptyBefore }, index): readonly Piece[] => {
    const isKept = more > 0 || (each.lines[index - 1]?.more ?? 0) > 0;
    const breaks = (index === 0 ? 0 : 1) + emptyBefore;
    const value = index === 0 || isKept ? '\n'.repeat(breaks) : breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
    return [
      { text: '\n'.repeat(breaks), value },
      { text: indentation(keyColumn + each.indent), value: '' },
      same(indentation(more) + parts.join(' ')),
    ];
  });
  return { before: header('>', each), pieces: [...pieces, ...ending(each)], after: '' };
});

type Frame = readonly [before: string, after: string];
const inBlock: Frame = ['version: 1\nmetrics: # é😀\n  m:\n    formula: ', '\n    owner: someone\n'];
const underBlock: Frame = ['version: 1\nmetrics: # é😀\n  m:\n    formula: ', '    owner: someone\n'];
const inFlow: Frame = ['version: 1\nmetrics: { m: { label: é😀, formula: ', ', owner: someone } }\n'];
const last: Frame = ['version: 1\nmetrics:\n  m:\n    owner: someone\n    formula:   ', ''];

const styles: Readonly<Record<string, readonly [arbitrary: fc.Arbitrary<Written>, frames: readonly Frame[]]>> = {
  plain: [plain, [inBlock, last]],
  'plain in braces': [plainInFlow, [inFlow]],
  'single-quoted': [single, [inBlock, last]],
  'double-quoted': [double, [inBlock, inFlow, last]],
  literal: [literal, [underBlock, last]],
  folded: [foldedBlock, [underBlock, last]],
};

function check({ before, pieces, after }: Written, [head, tail]: Frame, lineEnd: string): void {
  const ends = (text: string) => text.replaceAll('\n', lineEnd);
  let text = ends(head + before);
  let value = '';
  const places: number[] = [];
  for (const piece of pieces) {
    const isSame = piece.text === piece.value;
    for (let index = 0; index < piece.value.length; index += 1) places.push(text.length + (isSame ? index : 0));
    text += ends(piece.text);
    value += piece.value;
  }
  text += ends(after + tail);
  const { document, diagnostics } = readDocument({ path: 'file.yaml', text }, 'definitions');
  expect(diagnostics).toEqual([]);
  const formula = document?.metrics[0]?.formula ?? null;
  if (formula === null) throw new Error(`no formula in ${text}`);
  expect(formula.text).toBe(value);
  const solid = places.flatMap((place, index) => (/\s/.test(value.charAt(index)) ? [] : [[index, place] as const]));
  for (const [index, place] of solid) {
    if (fileOffset(formula.map, index) !== place) {
      throw new Error(
        `character ${index} (${value.charAt(index)}) is at ${fileOffset(formula.map, index)}, not ${place}`,
      );
    }
  }
  // A place ends behind its last character, also where the next one stands in another line.
  for (const [index, place] of solid) {
    const character = value.charAt(index);
    const span = spanWithin('file.yaml', formula, [index, index + 1]);
    const isSame = text.charAt(place) === character && character !== "'";
    if (span.start !== place || (isSame ? span.end !== place + 1 : span.end <= place)) {
      throw new Error(`character ${index} (${character}) is said to be ${span.start}-${span.end}, not ${place}`);
    }
  }
  const [from, to] = [solid[0], solid.at(-1)];
  if (from === undefined || to === undefined) return;
  const whole = spanWithin('file.yaml', formula, [from[0], to[0] + 1]);
  expect([whole.file, whole.start]).toEqual(['file.yaml', from[1]]);
}

describe.each(Object.entries(styles))('%s formulas', (_, [arbitrary, frames]) => {
  test('each character of the value is that character in the file', () => {
    fc.assert(fc.property(arbitrary, fc.constantFrom(...frames), fc.constantFrom('\n', '\n', '\r\n'), check), {
      numRuns: 400,
    });
  });
});

describe('mistakes in formulas are marked in the file', () => {
  const table: readonly (readonly [marked: string, ...codes: string[]])[] = [
    ['formula: sum(a) + «)»', 'M1012'],
    ['formula: sum(a\n      where b\n        and «or»\n      c)', 'M1012'],
    ["formula: 'sum(a) where b = ''x'' «)»'", 'M1012'],
    ["formula: 'a = ''it''''s'' or «)»'", 'M1012'],
    ["formula: 'a = «''x»'", 'M1015'],
    // Only the beginning: the end of the text is an escape of two characters.
    ['formula: "a = «\\"b\\" or c"', 'M1014'],
    ['formula: "\\x61 \\u002b «\\x29"', 'M1012'],
    ['formula: "sum(a)\\n  + «)»"', 'M1012'],
    ['formula: "sum(\\\n      a) + «)»"', 'M1012'],
    ['formula: "sum(a) while open «at closed_on»"', 'M1021'],
    ['formula: "«a =\\n  b =» c"', 'M1020'],
    ['formula: |\n      sum(a)\n      + «)»\n', 'M1012'],
    ['formula: |2-\n        sum(a)\n      + «)»', 'M1012'],
    ["formula: |\n      # it's here\n      a «&&»\n      b «||» c", 'M1014', 'M1014'],
    ['formula: >\n      sum(a\n        where b)\n      + «)»\n', 'M1012'],
    ['formula: >-\n      sum(a) +\n\n\n      2 * «)»', 'M1012'],
    ['formula: >-\n      a = «2026-02-30»\n      or b = «2026-13-01»', 'M5004', 'M5004'],
    ['formula: >-\n      sum(a) while open\n      «at\n      closed_on»', 'M1021'],
    ['{ label: é😀, formula: "coalesce(a, «)»" }', 'M1012'],
    ['{ label: é😀, formula: sum(a) + «)» }', 'M1012'],
  ];

  test.each(table)('%j', (marked, ...codes) => {
    const isFlow = marked.startsWith('{');
    const { text, ranges } = unmark(`version: 1\nmetrics:\n  m:${isFlow ? ' ' : '\n    '}${marked}`);
    const { document, diagnostics } = readDocument({ path: 'file.yaml', text }, 'definitions');
    expect(diagnostics).toEqual([]);
    const formula = document?.metrics[0]?.formula ?? null;
    if (formula === null) throw new Error('no formula');
    const found: Diagnostic[] = [];
    parseFormula(
      formula.text,
      at => spanWithin('file.yaml', formula, at),
      diagnostic => found.push(diagnostic),
    );
    expect(foundAt(found, ranges)).toEqual(wantedAt(codes, ranges));
  });
});
