/** Periods: every form in which people write one, read on fixed days, and what is no period. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDay, formatInterval, readPeriod } from '../../compiler/index.ts';
import { calendarOf, dayNamed } from './words.ts';

/** The first and last day of a period, `all`, or `wrong`. */
function check(text: string, today: string, calendar = 'monday january'): string {
  const reading = readPeriod(text, dayNamed(today), calendarOf(calendar));
  if (reading.kind !== 'interval') return reading.kind;
  const { from, until } = reading.interval;
  return `${formatDay(from)}..${formatDay(until - 1)}`;
}

type Row = readonly [text: string, expected: string];

describe('periods that name their days', () => {
  const table: readonly Row[] = [
    ['2026', '2026-01-01..2026-12-31'],
    ['2024', '2024-01-01..2024-12-31'],
    ['0001', '0001-01-01..0001-12-31'],
    ['9998', '9998-01-01..9998-12-31'],
    ['2026-H1', '2026-01-01..2026-06-30'],
    ['2026-H2', '2026-07-01..2026-12-31'],
    ['2026-Q1', '2026-01-01..2026-03-31'],
    ['2026-Q2', '2026-04-01..2026-06-30'],
    ['2026-Q3', '2026-07-01..2026-09-30'],
    ['2026-Q4', '2026-10-01..2026-12-31'],
    ['2026-01', '2026-01-01..2026-01-31'],
    ['2026-02', '2026-02-01..2026-02-28'],
    ['2024-02', '2024-02-01..2024-02-29'],
    ['1900-02', '1900-02-01..1900-02-28'],
    ['2026-12', '2026-12-01..2026-12-31'],
    ['2026-03-05', '2026-03-05..2026-03-05'],
    ['2024-02-29', '2024-02-29..2024-02-29'],
    ['2026-12-31', '2026-12-31..2026-12-31'],
    ['2026-03-05..2026-04-02', '2026-03-05..2026-04-02'],
    ['2026-03-05..2026-03-05', '2026-03-05..2026-03-05'],
    ['2025-12-31..2026-01-01', '2025-12-31..2026-01-01'],
    ['2026-01..2026-03', '2026-01-01..2026-03-31'],
    ['2025-Q4..2026-Q1', '2025-10-01..2026-03-31'],
    ['2024..2026', '2024-01-01..2026-12-31'],
    ['2024-H2..2026-02', '2024-07-01..2026-02-28'],
    ['2026-02-10..2026', '2026-02-10..2026-12-31'],
    // ISO 8601: the first week of a year has its first Thursday.
    ['2026-W01', '2025-12-29..2026-01-04'],
    ['2026-W53', '2026-12-28..2027-01-03'],
    ['2020-W53', '2020-12-28..2021-01-03'],
    ['2021-W01', '2021-01-04..2021-01-10'],
    ['2015-W53', '2015-12-28..2016-01-03'],
    ['2004-W53', '2004-12-27..2005-01-02'],
    ['2024-W09', '2024-02-26..2024-03-03'],
    ['2026-W01..2026-W02', '2025-12-29..2026-01-11'],
    ['all', 'all'],
  ];
  test.each(table)('%s is %s, whatever day it is', (text, expected) => {
    expect(check(text, '2026-03-31')).toBe(expected);
    expect(check(text, '2024-02-29', 'sunday october')).toBe(expected);
  });
});

describe('fiscal years, which bear the number of the year in which they end', () => {
  const table: readonly (readonly [text: string, calendar: string, expected: string])[] = [
    ['FY2026', 'monday january', '2026-01-01..2026-12-31'],
    ['FY2026', 'monday february', '2025-02-01..2026-01-31'],
    ['FY2026', 'monday april', '2025-04-01..2026-03-31'],
    ['FY2026', 'monday december', '2025-12-01..2026-11-30'],
    ['FY2024', 'monday march', '2023-03-01..2024-02-29'],
    ['FY2026-H1', 'monday july', '2025-07-01..2025-12-31'],
    ['FY2026-H2', 'monday july', '2026-01-01..2026-06-30'],
    ['FY2026-Q1', 'monday october', '2025-10-01..2025-12-31'],
    ['FY2026-Q2', 'monday february', '2025-05-01..2025-07-31'],
    ['FY2026-Q4', 'monday february', '2025-11-01..2026-01-31'],
    ['FY2025..FY2026', 'monday april', '2024-04-01..2026-03-31'],
    ['this fiscal year', 'monday february', '2026-02-01..2027-01-31'],
    ['this fiscal year', 'monday april', '2025-04-01..2026-03-31'],
    ['this fiscal_quarter', 'monday february', '2026-02-01..2026-04-30'],
    ['last fiscal half', 'monday february', '2025-08-01..2026-01-31'],
    ['last 2 fiscal halves', 'monday february', '2025-02-01..2026-01-31'],
    ['last 2 fiscal quarters', 'monday february', '2025-08-01..2026-01-31'],
    ['next fiscal year', 'monday february', '2027-02-01..2028-01-31'],
    ['fiscal year to date', 'monday february', '2026-02-01..2026-03-31'],
    ['fiscal quarter to date', 'monday march', '2026-03-01..2026-03-31'],
    ['fiscal_half to date', 'monday october', '2025-10-01..2026-03-31'],
  ];
  test.each(table)('%s (%s) is %s', (text, calendar, expected) => {
    expect(check(text, '2026-03-31', calendar)).toBe(expected);
  });
});

describe('periods that are told from a day', () => {
  const table: readonly (readonly [text: string, today: string, expected: string])[] = [
    ['last 12 months', '2026-03-31', '2025-03-01..2026-02-28'],
    ['last 12 months', '2026-01-01', '2025-01-01..2025-12-31'],
    ['last 12 months', '2024-02-29', '2023-02-01..2024-01-31'],
    ['last 12 months', '2025-12-31', '2024-12-01..2025-11-30'],
    ['last 1 month', '2026-03-31', '2026-02-01..2026-02-28'],
    ['last month', '2026-03-31', '2026-02-01..2026-02-28'],
    ['last month', '2024-03-01', '2024-02-01..2024-02-29'],
    ['last month', '2026-01-31', '2025-12-01..2025-12-31'],
    ['last quarter', '2026-01-01', '2025-10-01..2025-12-31'],
    ['last 2 quarters', '2026-03-31', '2025-07-01..2025-12-31'],
    ['last half', '2026-03-31', '2025-07-01..2025-12-31'],
    ['last 3 halves', '2026-07-01', '2025-01-01..2026-06-30'],
    ['last year', '2026-01-01', '2025-01-01..2025-12-31'],
    ['last year', '2024-12-31', '2023-01-01..2023-12-31'],
    ['last 5 years', '2026-12-31', '2021-01-01..2025-12-31'],
    ['last 7 days', '2026-03-31', '2026-03-24..2026-03-30'],
    ['last 7 days', '2026-01-01', '2025-12-25..2025-12-31'],
    ['last 30 days', '2024-03-01', '2024-01-31..2024-02-29'],
    ['last day', '2026-03-01', '2026-02-28..2026-02-28'],
    ['last week', '2026-03-31', '2026-03-23..2026-03-29'],
    ['last week', '2026-01-01', '2025-12-22..2025-12-28'],
    ['last 2 weeks', '2026-03-30', '2026-03-16..2026-03-29'],
    ['this day', '2026-03-31', '2026-03-31..2026-03-31'],
    ['this week', '2026-01-01', '2025-12-29..2026-01-04'],
    ['this week', '2026-03-29', '2026-03-23..2026-03-29'],
    ['this month', '2024-02-29', '2024-02-01..2024-02-29'],
    ['this quarter', '2026-03-31', '2026-01-01..2026-03-31'],
    ['this quarter', '2026-04-01', '2026-04-01..2026-06-30'],
    ['this half', '2026-06-30', '2026-01-01..2026-06-30'],
    ['this half', '2026-07-01', '2026-07-01..2026-12-31'],
    ['this year', '2025-12-31', '2025-01-01..2025-12-31'],
    ['next month', '2026-01-31', '2026-02-01..2026-02-28'],
    ['next month', '2025-12-31', '2026-01-01..2026-01-31'],
    ['next 3 months', '2026-03-31', '2026-04-01..2026-06-30'],
    ['next quarter', '2025-12-31', '2026-01-01..2026-03-31'],
    ['next 2 weeks', '2026-03-31', '2026-04-06..2026-04-19'],
    ['next 2 halves', '2026-03-31', '2026-07-01..2027-06-30'],
    ['next year', '2024-02-29', '2025-01-01..2025-12-31'],
    ['next 10 days', '2024-02-28', '2024-02-29..2024-03-09'],
    ['year to date', '2026-03-31', '2026-01-01..2026-03-31'],
    ['year to date', '2026-01-01', '2026-01-01..2026-01-01'],
    ['year to date', '2024-02-29', '2024-01-01..2024-02-29'],
    ['half to date', '2026-08-15', '2026-07-01..2026-08-15'],
    ['quarter to date', '2026-12-31', '2026-10-01..2026-12-31'],
    ['month to date', '2026-03-01', '2026-03-01..2026-03-01'],
    ['week to date', '2026-01-01', '2025-12-29..2026-01-01'],
    ['today', '2024-02-29', '2024-02-29..2024-02-29'],
    ['yesterday', '2024-03-01', '2024-02-29..2024-02-29'],
    ['yesterday', '2026-01-01', '2025-12-31..2025-12-31'],
  ];
  test.each(table)('%s on %s is %s', (text, today, expected) => {
    expect(check(text, today)).toBe(expected);
  });

  test('weeks begin on the day that the project says', () => {
    expect(check('this week', '2026-03-31', 'sunday january')).toBe('2026-03-29..2026-04-04');
    expect(check('last week', '2026-03-29', 'sunday january')).toBe('2026-03-22..2026-03-28');
    expect(check('week to date', '2026-03-28', 'saturday january')).toBe('2026-03-28..2026-03-28');
    expect(check('next week', '2026-03-31', 'wednesday january')).toBe('2026-04-01..2026-04-07');
  });
});

describe('the same period in other letters and spaces', () => {
  const table: readonly Row[] = [
    ['  2026-q1 ', '2026-01-01..2026-03-31'],
    ['2026-h2', '2026-07-01..2026-12-31'],
    ['2026-w01', '2025-12-29..2026-01-04'],
    ['fy2026', '2026-01-01..2026-12-31'],
    ['Last 12  Months', '2025-03-01..2026-02-28'],
    ['LAST\t12\nMONTHS', '2025-03-01..2026-02-28'],
    ['Year To Date', '2026-01-01..2026-03-31'],
    ['2026-03-05 .. 2026-04-02', '2026-03-05..2026-04-02'],
    ['ALL', 'all'],
    [' all ', 'all'],
  ];
  test.each(table)('%j is %s', (text, expected) => {
    expect(check(text, '2026-03-31')).toBe(expected);
  });
});

describe('what is no period', () => {
  const table: readonly string[] = [
    '',
    ' ',
    '..',
    '0000',
    '2026-00',
    '2026-13',
    '2026-1',
    '2026-Q0',
    '2026-Q5',
    '2026-H0',
    '2026-H3',
    '2026Q1',
    '2026-W00',
    '2026-W54',
    '2026-W1',
    // These years have 52 weeks.
    '2025-W53',
    '2024-W53',
    '2021-W53',
    '2026-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-3-5',
    '26',
    '20260',
    '2026-2027',
    'Q1',
    'Q1 2026',
    'March 2026',
    'FY26',
    'FY2026-03',
    'FY2026-W01',
    'FY 2026',
    // Reversed ranges.
    '2026-04-02..2026-03-05',
    '2026-03..2026-01',
    '2026..2025',
    '2026-Q2..2026-Q1',
    // Half a range, or more than one.
    '2026-03-05..',
    '..2026-03-05',
    '2026..2027..2028',
    '2026-03-05...2026-04-02',
    '2026-03-05.2026-04-02',
    '2026-03-05 to 2026-04-02',
    '2026-02-30..2026-03-01',
    'all..2026',
    'last month..this month',
    'last 0 months',
    'last -1 months',
    'last 1.5 months',
    'last twelve months',
    'last 99999 days',
    'last',
    'last 12',
    'last 12 moons',
    'last 12 decades',
    'last 3 hours',
    'this',
    'this 3 months',
    'next 0 weeks',
    'previous month',
    'months',
    'to date',
    'moon to date',
    'hour to date',
    'year to date..2026',
    'year-to-date',
    'all time',
    'tomorrow never knows',
    'constructor',
    'last constructor',
    '__proto__ to date',
    "2026'; drop table deals; --",
    '２０２６',
    '2026\u00002027',
  ];
  test.each(table)('%j', text => {
    const reading = readPeriod(text, dayNamed('2026-03-31'), calendarOf('monday january'));
    expect(reading.kind).toBe('wrong');
    if (reading.kind === 'wrong') expect(reading.reason).toContain(`\`${text}\``);
  });

  const reasons: readonly (readonly [text: string, reason: string])[] = [
    ['2026-02-30', '`2026-02-30` is not a period: there is no such day'],
    ['2026-13', '`2026-13` is not a period: there is no such month'],
    ['2026-W54', '`2026-W54` is not a period: there is no such week'],
    ['2026-Q5', '`2026-Q5` is not a period'],
    ['', '`` is not a period: it is empty'],
    [
      '2026-02-30..2026-03',
      '`2026-02-30..2026-03` is not a range of periods: `2026-02-30` cannot stand in one: there is no such day',
    ],
    ['next 9999 years', '`next 9999 years` leaves the calendar, which has the years 1 to 9999'],
    ['last 9999 quarters', '`last 9999 quarters` leaves the calendar, which has the years 1 to 9999'],
    ['2026-01..today', '`2026-01..today` is not a range of periods: `today` cannot stand in one'],
    ['2026-01..', '`2026-01..` is not a range of periods: `` cannot stand in one: it is empty'],
  ];
  test.each(reasons)('%j: why', (text, reason) => {
    const reading = readPeriod(text, dayNamed('2026-03-31'), calendarOf('monday january'));
    expect(reading).toEqual({ kind: 'wrong', reason });
  });

  test('a reversed range is told apart from nonsense', () => {
    const reading = readPeriod('2026-04-02..2026-03-05', dayNamed('2026-03-31'), calendarOf('monday january'));
    expect(reading).toEqual({ kind: 'wrong', reason: '`2026-04-02..2026-03-05` ends before it begins' });
  });
});

test('ISO weeks cover each year without gaps, and their Thursdays lie in it', () => {
  for (let year = 1901; year <= 2199; year += 1) {
    let next: number | null = null;
    let weeks = 0;
    for (let week = 1; week <= 54; week += 1) {
      const text = `${year}-W${String(week).padStart(2, '0')}`;
      const reading = readPeriod(text, 0, calendarOf('sunday july'));
      if (reading.kind !== 'interval') break;
      const { from, until } = reading.interval;
      expect(until - from).toBe(7);
      if (next !== null) expect(from).toBe(next);
      expect(new Date((from + 3) * 86_400_000).getUTCFullYear()).toBe(year);
      expect(new Date(from * 86_400_000).getUTCDay()).toBe(1);
      next = until;
      weeks += 1;
    }
    const first = new Date(Date.UTC(year, 0, 1)).getUTCDay();
    const last = new Date(Date.UTC(year, 11, 31)).getUTCDay();
    expect([year, weeks]).toEqual([year, first === 4 || last === 4 ? 53 : 52]);
  }
});

test('what was, what is and what will be follow each other', () => {
  const units = fc.constantFrom('day', 'week', 'month', 'quarter', 'half', 'year', 'fiscal quarter', 'fiscal year');
  const days = fc.integer({ min: dayNamed('1900-01-01'), max: dayNamed('2200-12-31') });
  const calendars = fc.record({
    weekStarts: fc.integer({ min: 1, max: 7 }),
    fiscalYearStarts: fc.integer({ min: 1, max: 12 }),
    holidays: fc.constant([]),
  });
  fc.assert(
    fc.property(units, days, fc.integer({ min: 1, max: 40 }), calendars, (unit, today, count, calendar) => {
      const bounds = (text: string) => {
        const reading = readPeriod(text, today, calendar);
        if (reading.kind !== 'interval') throw new Error(`${text} is ${reading.kind}`);
        return reading.interval;
      };
      const plural = unit.endsWith('half') ? `${unit.slice(0, -1)}ves` : `${unit}s`;
      const [last, now, next] = [bounds(`last ${count} ${plural}`), bounds(`this ${unit}`), bounds(`next ${unit}`)];
      expect([last.until, now.until]).toEqual([now.from, next.from]);
      expect(last.from < last.until && now.from <= today && today < now.until && next.from < next.until).toBe(true);
      expect(bounds(`last ${unit}`).until).toBe(now.from);
      expect(bounds(`next ${count} ${plural}`).from).toBe(now.until);
      expect(bounds(`${unit} to date`)).toEqual({ from: now.from, until: today + 1 });
    }),
    { numRuns: 1000 },
  );
});

test('any text is read or refused, never both and never with an error', () => {
  const words = [
    'last',
    'this',
    'next',
    '12',
    '0',
    'months',
    'half',
    'fiscal',
    'to',
    'date',
    '2026',
    '-Q1',
    '..',
    'all',
  ];
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.array(fc.constantFrom(...words, ' ', '-', 'W53', 'FY'), { maxLength: 8 }).map(parts => parts.join('')),
  );
  fc.assert(
    fc.property(text, each => {
      const reading = readPeriod(each, dayNamed('2026-03-31'), calendarOf('monday april'));
      if (reading.kind === 'interval') expect(reading.interval.until).toBeGreaterThan(reading.interval.from);
      if (reading.kind === 'wrong') expect(reading.reason).toContain(each);
    }),
    { numRuns: 3000 },
  );
});

test('an interval is shown by its first and last day', () => {
  expect(formatInterval({ from: dayNamed('2024-02-29'), until: dayNamed('2024-03-01') })).toBe(
    '2024-02-29..2024-02-29',
  );
  expect(formatInterval({ from: dayNamed('2026-01-01'), until: dayNamed('2027-01-01') })).toBe(
    '2026-01-01..2026-12-31',
  );
});
