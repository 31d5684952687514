/** Frames: the line at fault with carets under the very word, and the line and column of any offset. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frame, positionAt, printable } from '../../compiler/index.ts';
import { unmark } from '../support/marked.ts';

/** The frame of the place that is marked in a text. */
function framed(marked: string): string {
  const { text, ranges } = unmark(marked);
  const [range] = ranges;
  const start = range?.start ?? 0;
  return frame({ path: 'file.yaml', text }, { file: 'file.yaml', start, end: range?.end ?? start });
}

describe('frames', () => {
  const table: Readonly<Record<string, readonly [marked: string, frame: readonly string[]]>> = {
    'a word in the first line': ['a: «bad»', ['  |', '1 | a: bad', '  |    ^^^']],
    'a word, with the line above it': ['a: b\nc: «bad» e\nf: g', ['  |', '1 | a: b', '2 | c: bad e', '  |    ^^^']],
    'a single character': ['a\nb «c»\nd', ['  |', '1 | a', '2 | b c', '  |   ^']],
    'the first character of a line': ['a\n«b»c', ['  |', '1 | a', '2 | bc', '  | ^']],
    'an empty place': ['a «»b', ['  |', '1 | a b', '  |   ^']],
    'the end of a line': ['abc«»\nd', ['  |', '1 | abc', '  |    ^']],
    'the end of the file': ['abc«»', ['  |', '1 | abc', '  |    ^']],
    'the end of the file, below its last line': ['abc\n«»', ['  |', '1 | abc', '2 |', '  | ^']],
    'an empty file': ['«»', ['  |', '1 |', '  | ^']],
    'an empty line above': ['a\n\n«b»', ['  |', '2 |', '3 | b', '  | ^']],
    'several lines: the first is underlined to its end': [
      'x\na: «two words\n  c\n  d» e',
      ['  |', '1 | x', '2 | a: two words', '  |    ^^^^^^^^^'],
    ],
    'several lines from the very end of one': ['abc«\nd»', ['  |', '1 | abc', '  |    ^']],
    'line numbers of two digits': [`${'x\n'.repeat(9)}«y»`, ['   |', ' 9 | x', '10 | y', '   | ^']],
    'line numbers of three digits': [`${'x\n'.repeat(122)}a «y»`, ['    |', '122 | x', '123 | a y', '    |   ^']],
    'tabs, each of one column': ['\ta\n\tb\t«c»', ['  |', '1 |  a', '2 |  b c', '  |    ^']],
    'a tab that is marked': ['a:\n«\t»b: 1', ['  |', '1 | a:', '2 |  b: 1', '  | ^']],
    'letters with accents': ['año: «é»', ['  |', '1 | año: é', '  |      ^']],
    'characters that steer a terminal': ['a\u001b[31m «b»\u0007\u202e', ['  |', '1 | a?[31m b??', '  |        ^']],
  };
  test.each(Object.entries(table))('%s', (_, [marked, expected]) => {
    expect(framed(marked).split('\n')).toEqual(expected);
  });

  test('of a long line, the part around the word is shown', () => {
    const line = `${'a'.repeat(200)}WORD${'b'.repeat(200)}`;
    const [, code = '', carets = ''] = framed(`${'a'.repeat(200)}«WORD»${'b'.repeat(200)}`).split('\n');
    expect(code.length).toBeLessThan(line.length / 2);
    expect(line).toContain(code.slice(4));
    expect(carets.indexOf('^')).toBe(code.indexOf('WORD'));
    expect(carets.trim().replace(/ +/, ' ')).toBe('| ^^^^');
  });

  test('of a long line, the line above is cut at the same column', () => {
    const above = Array.from({ length: 60 }, (_, index) => String(index).padStart(4, '.')).join('');
    const [, shown = '', , carets = ''] = framed(`${above}\n${' '.repeat(200)}«w»${' '.repeat(39)}|`).split('\n');
    expect(shown.slice(carets.indexOf('^'), carets.indexOf('^') + 4)).toBe(above.slice(200, 204));
  });

  test('a word that is longer than what is shown does not run beyond it', () => {
    const [, code = '', carets = ''] = framed(`a: «${'w'.repeat(5000)}»`).split('\n');
    expect(code.length).toBeLessThan(200);
    expect(carets.length).toBeLessThanOrEqual(code.length);
    expect(carets.length).toBeGreaterThan(100);
  });

  test('places beyond the text are shown at its end', () => {
    const source = { path: 'f', text: 'ab\ncd' };
    const end = frame(source, { file: 'f', start: 5, end: 5 });
    expect(frame(source, { file: 'f', start: 99, end: 120 })).toBe(end);
    expect(frame(source, { file: 'f', start: 5, end: 6 })).toBe(end);
  });

  test('whatever the text and the place: two or three lines, carets below the text, nothing that steers', () => {
    const texts = fc.string({
      unit: fc.oneof(fc.constantFrom('\n', '\t', ' ', 'a', '\u001b'), fc.string()),
      maxLength: 400,
    });
    fc.assert(
      fc.property(texts, fc.nat(400), fc.nat(400), (text, start, length) => {
        const lines = frame({ path: 'f', text }, { file: 'f', start, end: start + length }).split('\n');
        const line = positionAt(text, start).line;
        expect(lines.length).toBe(line === 1 ? 3 : 4);
        expect(lines.join('')).not.toMatch(/\p{Cc}/u);
        expect(lines.at(-1)).toMatch(/^ +\| *\^+$/);
        expect(lines.at(-2)?.startsWith(`${line} |`)).toBe(true);
        if (text.length > start) {
          const caret = lines.at(-1)?.indexOf('^') ?? 0;
          const shown = lines
            .at(-2)
            ?.padEnd(caret + 1)
            .charAt(caret);
          const at = text.charAt(start);
          if (/[!-~]/.test(at)) expect(shown).toBe(at);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('lines and columns', () => {
  const text = 'ab\ncd\n\né😀f\r\ng';
  const table: readonly (readonly [offset: number, line: number, column: number])[] = [
    [-5, 1, 1],
    [0, 1, 1],
    [1, 1, 2],
    // The line feed belongs to its line.
    [2, 1, 3],
    [3, 2, 1],
    [5, 2, 3],
    [6, 3, 1],
    [7, 4, 1],
    [8, 4, 2],
    // Columns count UTF-16 units, as editors do.
    [10, 4, 4],
    [11, 4, 5],
    [13, 5, 1],
    [14, 5, 2],
    [15, 5, 2],
    [1000, 5, 2],
  ];
  test.each(table)('offset %i is %i:%i', (offset, line, column) => {
    expect(positionAt(text, offset)).toEqual({ line, column });
  });

  test('they are those that are counted one by one', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('\n', 'a', '\r', '😀'), maxLength: 60 }),
        fc.nat(70),
        (each, offset) => {
          let [line, column] = [1, 1];
          for (const character of each.slice(0, offset).split('')) {
            if (character === '\n') [line, column] = [line + 1, 1];
            else column += 1;
          }
          expect(positionAt(each, offset)).toEqual({ line, column });
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('text that is safe to print', () => {
  const table: readonly (readonly [text: string, expected: string])[] = [
    ['plain', 'plain'],
    ['a\tb', 'a b'],
    ['\u001b[31mred', '?[31mred'],
    ['a\u0000b\u0007c\u007fd\u009be', 'a?b?c?d?e'],
    ['a\u202eb\u2066c\u200fd', 'a?b?c?d'],
    ['a\u2028b\u2029c', 'a?b?c'],
    ['año 日本 😀', 'año 日本 😀'],
  ];
  test.each(table)('%j', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });
});
