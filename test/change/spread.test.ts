/** Whether a change is general or sits with few, by tables that are counted by hand. */
import { describe, expect, test } from 'vitest';
import { type Fraction, minus } from '../../compiler/change/fraction.ts';
import type { GroupChange, RatioGroup } from '../../compiler/change/split.ts';
import { type Mark, type Spread, spreadOf } from '../../compiler/change/spread.ts';
import { number, numberOrNull, written } from './numbers.ts';

const fell: Mark = { kind: 'before', direction: 'fell' };
const rose: Mark = { kind: 'before', direction: 'rose' };
const below = (value: string): Mark => ({ kind: 'threshold', value: number(value), side: 'below' });
const above = (value: string): Mark => ({ kind: 'threshold', value: number(value), side: 'above' });

function change(
  group: string,
  before: Fraction | null,
  value: Fraction | null,
  contribution: Fraction | null,
): GroupChange {
  const moved = before === null || value === null ? null : minus(value, before);
  return { group, before, value, change: moved, contribution, ratio: null };
}

/** `a 10 4` for before and now, which contribute their difference. */
function amounts(text: string): readonly GroupChange[] {
  return text.split(', ').map(item => {
    const [group = '', before = '0', now = '0'] = item.split(' ');
    const [then, value] = [number(before), number(now)];
    return change(group, then, value, minus(value, then));
  });
}

/** So many members that fell by one each. */
const equals = (count: number, prefix: string, step = '1 0') =>
  Array.from({ length: count }, (_, index) => `${prefix}${index} ${step}`).join(', ');

const said = ({ members, short, most, verdict }: Spread) =>
  `${verdict}: ${short.length} of ${members}, ${most === null ? '-' : `${most.groups.join(' ')} ${written(most.share)}`}`;

describe('held against what they were', () => {
  const table: readonly (readonly [what: string, groups: string, mark: Mark, expected: string])[] = [
    ['all fell alike', 'a 10 8, b 10 8, c 10 8, d 10 8, e 10 8', fell, 'general: 5 of 5, a b 0.4'],
    ['one of five fell', 'a 10 2, b 10 10, c 10 11, d 10 10, e 10 12', fell, 'few: 1 of 5, a 1'],
    ['one has two thirds of what most lost', 'a 10 6, b 10 9, c 10 9, d 10 10', fell, 'few: 3 of 4, a 2/3'],
    ['one has less than that', 'a 100 61, b 100 90, c 100 90, d 100 100', fell, 'general: 3 of 4, a b 49/59'],
    ['half fell', 'a 10 8, b 10 8, c 10 12, d 10 13', fell, 'neither: 2 of 4, a b 1'],
    ['rises are held against rises', 'a 10 8, b 10 15, c 10 15, d 10 15', rose, 'general: 3 of 4, b c 2/3'],
    ['two members are too few to tell', 'a 10 9, b 10 11', fell, 'null: 1 of 2, a 1'],
    ['nobody fell', 'a 10 11, b 10 10', fell, 'nobody: 0 of 2, -'],
    // Of twenty members two may have two thirds of it: 10 + 10 of 30.
    [
      'two of twenty have two thirds',
      `a 10 0, b 10 0, ${equals(10, 'c')}, ${equals(8, 'd', '1 1')}`,
      fell,
      'few: 12 of 20, a b 2/3',
    ],
    [
      'three of them do not',
      `a 9 0, b 9 0, c 9 0, ${equals(9, 'd')}, ${equals(8, 'e', '1 1')}`,
      fell,
      'neither: 12 of 20, a b c 0.75',
    ],
    ['a fifth of twenty fell', `${equals(4, 'a')}, ${equals(16, 'b', '1 1')}`, fell, 'few: 4 of 20, a0 a1 a2 0.75'],
  ];
  test.each(table)('%s', (_, groups, mark, expected) => {
    expect(said(spreadOf(amounts(groups), mark))).toBe(expected);
  });

  test('a group without a value in one period is no member', () => {
    const groups = [change('a', number('1'), null, null), ...amounts('b 2 1')];
    const spread = spreadOf(groups, fell);
    expect([spread.members, spread.unjudged, said(spread)]).toEqual([1, 1, 'null: 1 of 1, b 1']);
  });

  test('without contributions the members are counted all the same', () => {
    const groups = amounts('a 10 8, b 10 8, c 10 8').map(each => ({ ...each, contribution: null }));
    expect(said(spreadOf(groups, fell))).toBe('general: 3 of 3, -');
  });
});

describe('held against a threshold', () => {
  test('amounts: what each lacks', () => {
    const groups = amounts('a 0 40, b 0 90, c 0 100, d 0 130');
    // 60 and 10 are lacking.
    expect(said(spreadOf(groups, below('100')))).toBe('few: 2 of 4, a 6/7');
    expect(said(spreadOf(groups, above('95')))).toBe('few: 2 of 4, d 0.875');
    expect(said(spreadOf(groups, below('40')))).toBe('nobody: 0 of 4, -');
  });

  test('rates: what each takes the whole below, by its weight', () => {
    const rate = (group: string, value: string, weight: string): GroupChange => {
      const ratio: RatioGroup = {
        effects: { rate: number('0'), mix: number('0'), alone: number('0') },
        weight: number(weight),
        weightBefore: number('0'),
        numerator: number('0'),
        numeratorBefore: number('0'),
        denominator: number('0'),
        denominatorBefore: number('0'),
      };
      return { ...change(group, null, numberOrNull(value), number('0')), ratio };
    };
    // a lacks 0.6 of 0.1, b 0.2 of 0.6, c has enough, d no rate: 0.06 and 0.12.
    const groups = [rate('a', '0.1', '0.1'), rate('b', '0.5', '0.6'), rate('c', '0.9', '0.3'), rate('d', '-', '0')];
    const spread = spreadOf(groups, below('0.7'));
    expect([said(spread), spread.unjudged]).toEqual(['few: 2 of 3, b 2/3', 1]);
  });
});
