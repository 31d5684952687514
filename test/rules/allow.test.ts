/** Comments that allow a finding: which line they speak for, what they may not allow, and what is said of idle ones. */
import { expect, test } from 'vitest';
import {
  allow,
  type Diagnostic,
  duplicateMetric,
  missingColumn,
  ownerMissing,
  unknownName,
} from '../../compiler/index.ts';

/** Findings at the words `A` (M8020), `B` (M8027), `E` (M2001, an error) and `W` (M9002) of a text. */
function findingsIn(text: string): readonly Diagnostic[] {
  const at = (word: string) => {
    const start = text.search(new RegExp(`\\b${word}\\b`));
    return start < 0 ? null : { file: 'a.yaml', start, end: start + 1 };
  };
  const made = {
    A: ownerMissing(at('A'), { kind: 'metric', name: 'a' }),
    B: duplicateMetric(at('B'), { name: 'b', other: 'a' }),
    E: unknownName(at('E'), { name: 'e', kind: 'metric' }),
    W: missingColumn(at('W'), { column: 'w', relation: 'r' }),
  };
  return Object.entries(made).flatMap(([word, diagnostic]) => (at(word) === null ? [] : [diagnostic]));
}

/** What is left, and the reasons of what is allowed. */
function judged(text: string, looked: 'definitions' | 'warehouse' = 'definitions') {
  const { diagnostics, allowed } = allow(findingsIn(text), [{ path: 'a.yaml', text }], looked);
  return [diagnostics.map(({ code }) => code), allowed.map(({ diagnostic, reason }) => `${diagnostic.code} ${reason}`)];
}

test.each<[string, string, readonly string[], readonly string[]]>([
  ['on its own line', 'A: 1 # allow M8020: why not\n', [], ['M8020 why not']],
  ['alone, for the next line', '# allow M8020: why\nA: 1\n', [], ['M8020 why']],
  ['with comments and empty lines between', '# allow M8020: why\n\n  # about it\nA: 1\n', [], ['M8020 why']],
  ['not for the line after the next', '# allow M8020: why\nb: 1\nA: 1\n', ['M8020', 'M8030'], []],
  ['not for the line before', 'A: 1\n# allow M8020: why\nb: 1\n', ['M8020', 'M8030'], []],
  ['behind text it does not speak for the next line', 'b: 1 # allow M8020: why\nA: 1\n', ['M8020', 'M8030'], []],
  ['several codes', 'A: B # allow M8020, M8027: both\n', [], ['M8020 both', 'M8027 both']],
  ['one of several is idle', 'A: 1 # allow M8020, M8027: both\n', ['M8030'], ['M8020 both']],
  ['another code', 'A: 1 # allow M8027: why\n', ['M8020', 'M8030'], []],
  ['without a reason', 'A: 1 # allow M8020\n', ['M8020', 'M8029'], []],
  ['with an empty reason', 'A: 1 # allow M8020:  \n', ['M8020', 'M8029'], []],
  ['without the colon', 'A: 1 # allow M8020 because\n', ['M8020', 'M8029'], []],
  ['an error is never allowed', 'E: 1 # allow M2001: why\n', ['M2001', 'M8031'], []],
  ['a code that there is not', 'b: 1 # allow M8999: why\n', ['M8031'], []],
  ['where something is wrong, idle ones are not told', 'E: 1\nb: 1 # allow M8020: why\n', ['M2001'], []],
  ['text that only looks like one', 'A: "# allow M8020: why"\n', ['M8020'], []],
  ['and in a block', 'b: |\n  # allow M8020: why\n  A\n', ['M8020'], []],
  ['above a block, for what stands in it', '# allow M8020: why\nb: |\n  one\n  A\n', [], ['M8020 why']],
  ['behind the head of a block', 'b: | # allow M8020: why\n  one\n  A\n', [], ['M8020 why']],
  ['other comments', 'A: 1 # allow nulls here\n', ['M8020'], []],
  ['at the end of a file', 'b: 1\n# allow M8020: why', ['M8030'], []],
])('%s', (_, text, left, allowed) => {
  expect(judged(text)).toEqual([left, allowed]);
});

test('what the warehouse alone would say is not missed while nobody asks it', () => {
  const text = 'b: 1 # allow M9004: a float in the warehouse for years\n';
  expect(judged(text)).toEqual([[], []]);
  expect(judged(text, 'warehouse')).toEqual([['M8030'], []]);
});

test('a comment that is idle is taken out with its line, or with the spaces before it', () => {
  const mended = (text: string) => {
    const [finding] = allow(findingsIn(text), [{ path: 'a.yaml', text }], 'definitions').diagnostics;
    const [edit] = finding?.fixes[0]?.edits ?? [];
    return edit === undefined ? text : `${text.slice(0, edit.span.start)}${edit.text}${text.slice(edit.span.end)}`;
  };
  expect(mended('a: 1\n  # allow M8020: why\nb: 2\n')).toBe('a: 1\nb: 2\n');
  expect(mended('a: 1   # allow M8020: why\r\nb: 2\r\n')).toBe('a: 1\r\nb: 2\r\n');
  expect(mended('b: B # allow M8020, M8027: why\n')).toBe('b: B # allow M8027: why\n');
});
