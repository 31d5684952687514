/** Grains: the bucket of a day and the ones after it, for every grain, start of the week and start of the fiscal year. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bucketOf,
  type Calendar,
  type Day,
  formatDay,
  type Grain,
  grains,
  isGrain,
  laterBucket,
  monthsOf,
} from '../../compiler/index.ts';
import { calendarOf, dayNamed, millisecondsPerDay } from './words.ts';

/** The bucket that `day` falls in and the one that follows, by their first days. */
function check(grain: Grain, day: string, calendar: string): string {
  const start = bucketOf(grain, dayNamed(day), calendarOf(calendar));
  return `${formatDay(start)} then ${formatDay(laterBucket(grain, start, 1, calendarOf(calendar)))}`;
}

type Row = readonly [grain: Grain, day: string, calendar: string, expected: string];

describe('the bucket of a day', () => {
  const table: readonly Row[] = [
    ['hour', '2026-03-05', 'monday january', '2026-03-05 then 2026-03-06'],
    ['day', '2026-03-05', 'monday january', '2026-03-05 then 2026-03-06'],
    ['day', '2024-02-28', 'monday january', '2024-02-28 then 2024-02-29'],
    ['day', '2025-12-31', 'monday january', '2025-12-31 then 2026-01-01'],
    // 2026-03-05 is a Thursday.
    ['week', '2026-03-05', 'monday january', '2026-03-02 then 2026-03-09'],
    ['week', '2026-03-02', 'monday january', '2026-03-02 then 2026-03-09'],
    ['week', '2026-03-08', 'monday january', '2026-03-02 then 2026-03-09'],
    ['week', '2026-03-05', 'tuesday january', '2026-03-03 then 2026-03-10'],
    ['week', '2026-03-05', 'wednesday january', '2026-03-04 then 2026-03-11'],
    ['week', '2026-03-05', 'thursday january', '2026-03-05 then 2026-03-12'],
    ['week', '2026-03-05', 'friday january', '2026-02-27 then 2026-03-06'],
    ['week', '2026-03-05', 'saturday january', '2026-02-28 then 2026-03-07'],
    ['week', '2026-03-05', 'sunday january', '2026-03-01 then 2026-03-08'],
    ['week', '2026-03-07', 'sunday january', '2026-03-01 then 2026-03-08'],
    ['week', '2026-03-08', 'sunday january', '2026-03-08 then 2026-03-15'],
    ['week', '2027-01-01', 'monday january', '2026-12-28 then 2027-01-04'],
    ['week', '2024-03-01', 'monday january', '2024-02-26 then 2024-03-04'],
    ['week', '1969-12-31', 'monday january', '1969-12-29 then 1970-01-05'],
    ['month', '2026-03-05', 'monday january', '2026-03-01 then 2026-04-01'],
    ['month', '2026-03-01', 'monday january', '2026-03-01 then 2026-04-01'],
    ['month', '2024-02-29', 'monday january', '2024-02-01 then 2024-03-01'],
    ['month', '2026-12-31', 'monday january', '2026-12-01 then 2027-01-01'],
    ['month', '2026-12-31', 'sunday july', '2026-12-01 then 2027-01-01'],
    ['quarter', '2026-01-01', 'monday january', '2026-01-01 then 2026-04-01'],
    ['quarter', '2026-03-31', 'monday january', '2026-01-01 then 2026-04-01'],
    ['quarter', '2026-04-01', 'monday january', '2026-04-01 then 2026-07-01'],
    ['quarter', '2026-08-15', 'monday january', '2026-07-01 then 2026-10-01'],
    ['quarter', '2026-12-31', 'monday january', '2026-10-01 then 2027-01-01'],
    ['quarter', '2026-05-15', 'monday february', '2026-04-01 then 2026-07-01'],
    ['half', '2026-06-30', 'monday january', '2026-01-01 then 2026-07-01'],
    ['half', '2026-07-01', 'monday january', '2026-07-01 then 2027-01-01'],
    ['half', '2026-05-15', 'monday april', '2026-01-01 then 2026-07-01'],
    ['year', '2026-12-31', 'monday january', '2026-01-01 then 2027-01-01'],
    ['year', '2024-02-29', 'monday october', '2024-01-01 then 2025-01-01'],
    ['fiscal_quarter', '2026-03-05', 'monday january', '2026-01-01 then 2026-04-01'],
    ['fiscal_quarter', '2026-01-31', 'monday february', '2025-11-01 then 2026-02-01'],
    ['fiscal_quarter', '2026-02-01', 'monday february', '2026-02-01 then 2026-05-01'],
    ['fiscal_quarter', '2026-04-30', 'monday february', '2026-02-01 then 2026-05-01'],
    ['fiscal_quarter', '2026-12-31', 'monday december', '2026-12-01 then 2027-03-01'],
    ['fiscal_quarter', '2026-02-28', 'monday december', '2025-12-01 then 2026-03-01'],
    ['fiscal_quarter', '2026-04-15', 'monday march', '2026-03-01 then 2026-06-01'],
    ['fiscal_half', '2026-01-31', 'monday february', '2025-08-01 then 2026-02-01'],
    ['fiscal_half', '2026-03-31', 'monday april', '2025-10-01 then 2026-04-01'],
    ['fiscal_half', '2026-07-01', 'monday july', '2026-07-01 then 2027-01-01'],
    ['fiscal_year', '2026-01-31', 'monday february', '2025-02-01 then 2026-02-01'],
    ['fiscal_year', '2026-02-01', 'monday february', '2026-02-01 then 2027-02-01'],
    ['fiscal_year', '2026-03-31', 'monday april', '2025-04-01 then 2026-04-01'],
    ['fiscal_year', '2026-10-01', 'monday october', '2026-10-01 then 2027-10-01'],
    ['fiscal_year', '2026-11-30', 'monday december', '2025-12-01 then 2026-12-01'],
    ['fiscal_year', '2026-06-30', 'monday january', '2026-01-01 then 2027-01-01'],
  ];
  test.each(table)('%s of %s (%s) is %s', (grain, day, calendar, expected) => {
    expect(check(grain, day, calendar)).toBe(expected);
  });
});

describe('buckets further on', () => {
  const table: readonly (readonly [Grain, string, number, string])[] = [
    ['hour', '2026-03-05', 2, '2026-03-07'],
    ['day', '2024-02-28', 2, '2024-03-01'],
    ['week', '2025-12-29', -1, '2025-12-22'],
    ['week', '2025-12-29', 53, '2027-01-04'],
    ['month', '2026-01-01', -1, '2025-12-01'],
    ['month', '2026-01-01', 14, '2027-03-01'],
    ['quarter', '2026-01-01', -1, '2025-10-01'],
    ['quarter', '2026-10-01', 5, '2028-01-01'],
    ['half', '2026-07-01', -3, '2025-01-01'],
    ['year', '2026-01-01', -26, '2000-01-01'],
    ['fiscal_quarter', '2026-02-01', 4, '2027-02-01'],
    ['fiscal_half', '2026-02-01', -1, '2025-08-01'],
    ['fiscal_year', '2026-02-01', 3, '2029-02-01'],
    ['year', '2026-01-01', 0, '2026-01-01'],
  ];
  test.each(table)('%s from %s, %i further, is %s', (grain, start, count, expected) => {
    expect(formatDay(laterBucket(grain, dayNamed(start), count, calendarOf('monday february')))).toBe(expected);
  });
});

/** Whether a bucket begins on a day, by the definition of each grain. */
function begins(grain: Grain, day: Day, { weekStarts, fiscalYearStarts }: Calendar): boolean {
  const date = new Date(day * millisecondsPerDay);
  const month = date.getUTCMonth() + 1;
  const isFirst = date.getUTCDate() === 1;
  const sinceFiscal = (month - fiscalYearStarts + 12) % 12;
  const rules: Readonly<Record<Grain, boolean>> = {
    hour: true,
    day: true,
    week: (date.getUTCDay() === 0 ? 7 : date.getUTCDay()) === weekStarts,
    month: isFirst,
    quarter: isFirst && [1, 4, 7, 10].includes(month),
    half: isFirst && [1, 7].includes(month),
    year: isFirst && month === 1,
    fiscal_quarter: isFirst && sinceFiscal % 3 === 0,
    fiscal_half: isFirst && sinceFiscal % 6 === 0,
    fiscal_year: isFirst && sinceFiscal === 0,
  };
  return rules[grain];
}

test('a bucket begins on the last day up to the asked one on which its grain begins, and ends before the next', () => {
  const question = fc.record({
    grain: fc.constantFrom(...grains),
    day: fc.integer({ min: dayNamed('0003-01-01'), max: dayNamed('9990-12-31') }),
    weekStarts: fc.integer({ min: 1, max: 7 }),
    fiscalYearStarts: fc.integer({ min: 1, max: 12 }),
    count: fc.integer({ min: -30, max: 30 }),
  });
  fc.assert(
    fc.property(question, ({ grain, day, count, ...rest }) => {
      const calendar: Calendar = { ...rest, holidays: [] };
      let start = day;
      while (!begins(grain, start, calendar)) start -= 1;
      let next = day + 1;
      while (!begins(grain, next, calendar)) next += 1;
      expect(bucketOf(grain, day, calendar)).toBe(start);
      expect(laterBucket(grain, start, 1, calendar)).toBe(next);
      expect(laterBucket(grain, next, -1, calendar)).toBe(start);
      const other = laterBucket(grain, start, count, calendar);
      expect(begins(grain, other, calendar)).toBe(true);
      expect(laterBucket(grain, other, -count, calendar)).toBe(start);
    }),
    { numRuns: 1500 },
  );
});

test('the names of grains are those of the language', () => {
  const fiscal = ['fiscal_quarter', 'fiscal_half', 'fiscal_year'];
  expect(grains).toEqual(['hour', 'day', 'week', 'month', 'quarter', 'half', 'year', ...fiscal]);
  for (const word of [...grains]) expect(isGrain(word)).toBe(true);
  for (const word of ['', 'Month', 'months', 'minute', 'decade', 'constructor', 'fiscal year', 'fiscal_week']) {
    expect(isGrain(word)).toBe(false);
  }
});

describe('months in a bucket, and the month in which a year of them begins', () => {
  const table: readonly (readonly [Grain, number | null, number])[] = [
    ['hour', null, 0],
    ['day', null, 0],
    ['week', null, 0],
    ['month', 1, 0],
    ['quarter', 3, 0],
    ['half', 6, 0],
    ['year', 12, 0],
    ['fiscal_quarter', 3, 3],
    ['fiscal_half', 6, 3],
    ['fiscal_year', 12, 3],
  ];
  test.each(table)('%s has %s, from month %i', (grain, months, offset) => {
    const expected = months === null ? null : { months, offset };
    expect(monthsOf(grain, calendarOf('monday april'))).toEqual(expected);
  });
});
