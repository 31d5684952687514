/** Season apart from the rest of a change, by hand. */
import { describe, expect, test } from 'vitest';
import { type Day, dayOf } from '../../compiler/calendar/index.ts';
import { seasonOf } from '../../compiler/change/season.ts';
import { number, numberOrNull, written } from './numbers.ts';

/** The second quarter against the first, in 2026 and the years before it; `80>100` for before and now, last year first. */
function season(step: string, earlier: string, kind: 'amount' | 'rate', begins: readonly (Day | null)[] = []): string {
  const [then = '', now = ''] = step.split('>');
  const years = earlier.split(' ').map((text, index) => {
    const [before = '', value = ''] = text.split('>');
    const quarter = (first: number) => ({
      from: dayOf(2025 - index, first, 1),
      until: dayOf(2025 - index, first + 3, 1),
    });
    const values = { before: numberOrNull(before), value: numberOrNull(value) };
    return { ago: index + 1, period: quarter(4), compared: quarter(1), ...values };
  });
  const found = seasonOf({ before: number(then), value: number(now) }, years, begins, kind);
  if (found.kind !== 'known') return found.kind;
  const changes = found.years.map(each => `${each.ago}: ${written(each.change)}`).join(' ');
  return `${changes}, ${written(found.share)}, ${written(found.usual)} and ${written(found.rest)}`;
}

describe('what is usual', () => {
  const table: readonly (readonly [
    what: string,
    step: string,
    earlier: string,
    kind: 'amount' | 'rate',
    found: string,
  ])[] = [
    // 1 of 4 lost a year ago: of 200, 50 are usual, and 30 more were lost.
    ['an amount goes by its share', '200>120', '100>75', 'amount', '1: -25, -0.25, -50 and -30'],
    // 100 and 300 became 150 and 350: 100 of 400.
    ['years weigh as much as was in them', '80>100', '100>150 300>350', 'amount', '1: 50 2: 50, 0.25, 20 and 0'],
    ['a rate goes by differences', '0.8>0.5', '0.9>0.8 0.7>0.4', 'rate', '1: -0.1 2: -0.3, -, -0.2 and -0.1'],
    ['three years', '0>1', '0>1 0>2 0>6', 'rate', '1: 1 2: 2 3: 6, -, 3 and -2'],
    ['an amount that was nothing has no share', '10>20', '0>5 10>5', 'amount', '1: 5 2: -5, -, 0 and 10'],
    ['nor one that is nothing now', '0>20', '10>5', 'amount', '1: -5, -, -5 and 25'],
    ['nor one below zero', '10>20', '-10>5', 'amount', '1: 15, -, 15 and -5'],
    ['years without a value are left out', '1>2', '->1 1>- 1>1.5', 'rate', '3: 0.5, -, 0.5 and 0.5'],
    ['no year is left', '1>2', '->1', 'rate', 'unknown'],
  ];
  test.each(table)('%s', (_, step, earlier, kind, found) => {
    expect(season(step, earlier, kind)).toBe(found);
  });
});

describe('years before the data begins', () => {
  const table: readonly (readonly [what: string, begins: readonly (Day | null)[], found: string])[] = [
    ['on their first day', [dayOf(2024, 1, 1)], '1: 1 2: 2, -, 1.5 and -0.5'],
    ['within the first tenth of the earlier period', [dayOf(2024, 1, 10)], '1: 1 2: 2, -, 1.5 and -0.5'],
    ['later in it', [dayOf(2024, 1, 11)], '1: 1, -, 1 and 0'],
    ['for one of two measures', [dayOf(2020, 1, 1), dayOf(2024, 2, 1)], '1: 1, -, 1 and 0'],
    ['never', [null], 'unknown'],
  ];
  test.each(table)('%s', (_, begins, found) => {
    expect(season('1>2', '1>2 1>3', 'rate', begins)).toBe(found);
  });
});
