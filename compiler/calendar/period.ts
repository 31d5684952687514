/** Periods as people write them (`2026-Q1`, `last 12 months`, `year to date`), read into half-open intervals of days. */
import { addMonths, type Day, dayOf, firstDay, formatDay, lastDay, parseDay, weekdayOf } from './date.ts';
import { bucketOf, type Calendar, type Grain, laterBucket } from './grain.ts';

/** Days from `from` up to, and without, `until`. */
export interface Interval {
  readonly from: Day;
  readonly until: Day;
}

/** What a period's text says: an interval, or `all` for no bound; else what is wrong with it. */
export type PeriodReading =
  | { readonly kind: 'interval'; readonly interval: Interval }
  | { readonly kind: 'all' }
  | { readonly kind: 'wrong'; readonly reason: string };

/** Shown wherever a period could not be read. */
export const periodExamples =
  '`2026`, `2026-H1`, `2026-Q1`, `2026-03`, `2026-03-05..2026-04-02`, `last 12 months`, `this quarter`, `year to date` or `all`';

/** `today` is the day on which the question is asked, in the project's time zone. */
export function readPeriod(text: string, today: Day, calendar: Calendar): PeriodReading {
  const words = text.trim().toLowerCase().replace(/\s+/g, ' ');
  if (words === 'all') return { kind: 'all' };
  const range = words.split('..');
  if (range.length === 2) {
    const [first = '', last = ''] = range.map(each => each.trim());
    const from = absolute(first, calendar);
    const to = absolute(last, calendar);
    if (from === null || to === null) {
      const end = from === null ? first : last;
      return wrong(`\`${text}\` is not a range of periods: \`${end}\` cannot stand in one${why(end)}`);
    }
    if (to.until <= from.from) return wrong(`\`${text}\` ends before it begins`);
    return { kind: 'interval', interval: { from: from.from, until: to.until } };
  }
  const interval = absolute(words, calendar) ?? relative(words, today, calendar);
  if (interval !== null && (interval.from < firstDay || interval.until > lastDay + 1))
    return wrong(`\`${text}\` leaves the calendar, which has the years 1 to 9999`);
  return interval === null ? wrong(`\`${text}\` is not a period${why(words)}`) : { kind: 'interval', interval };
}

/** A period that is the same on every day on which it is read, `2026-03` or `FY2026-Q1`; null for any other text. */
export function fixedPeriod(text: string, calendar: Calendar): Interval | null {
  return absolute(text.trim().toLowerCase(), calendar);
}

/** Of what is written as a day, a month or a week, that the calendar has none such. */
function why(words: string): string {
  if (words === '') return ': it is empty';
  const shapes = [
    ['day', /^\d{4}-\d{2}-\d{2}$/] as const,
    ['month', /^\d{4}-\d{2}$/] as const,
    ['week', /^\d{4}-w\d{2}$/] as const,
  ];
  const shape = shapes.find(([, pattern]) => pattern.test(words));
  return shape === undefined ? '' : `: there is no such ${shape[0]}`;
}

function wrong(reason: string): PeriodReading {
  return { kind: 'wrong', reason };
}

function absolute(words: string, calendar: Calendar): Interval | null {
  const day = parseDay(words);
  if (day !== null) return day < lastDay ? { from: day, until: day + 1 } : null;
  const match = /^(fy)?(\d{4})(?:-(?:h([12])|q([1-4])|w(\d{2})|(\d{2})))?$/.exec(words);
  if (match === null) return null;
  const [, fiscal, yearText, half, quarter, week, month] = match;
  const year = Number(yearText);
  if (year < 1 || year > 9998) return null;
  if (fiscal !== undefined && (week !== undefined || month !== undefined)) return null;
  if (week !== undefined) return isoWeek(year, Number(week));
  if (month !== undefined) {
    return Number(month) >= 1 && Number(month) <= 12 ? months(dayOf(year, Number(month), 1), 1) : null;
  }
  const start = fiscal === undefined ? dayOf(year, 1, 1) : startOfFiscalYear(year, calendar);
  if (half !== undefined) return months(addMonths(start, (Number(half) - 1) * 6), 6);
  if (quarter !== undefined) return months(addMonths(start, (Number(quarter) - 1) * 3), 3);
  return months(start, 12);
}

/** A fiscal year bears the number of the calendar year in which it ends. */
function startOfFiscalYear(year: number, calendar: Calendar): Day {
  const month = calendar.fiscalYearStarts;
  return dayOf(month === 1 ? year : year - 1, month, 1);
}

function months(from: Day, count: number): Interval {
  return { from, until: addMonths(from, count) };
}

/** ISO 8601: weeks begin on Monday, and the first has the year's first Thursday. */
function isoWeek(year: number, week: number): Interval | null {
  const fourth = dayOf(year, 1, 4);
  const from = fourth - (weekdayOf(fourth) - 1) + (week - 1) * 7;
  const next = dayOf(year + 1, 1, 4);
  const end = next - (weekdayOf(next) - 1);
  return week >= 1 && from < end ? { from, until: from + 7 } : null;
}

const unitGrains: ReadonlyMap<string, Grain> = new Map<string, Grain>([
  ['day', 'day'],
  ['week', 'week'],
  ['month', 'month'],
  ['quarter', 'quarter'],
  ['half', 'half'],
  ['year', 'year'],
  ['fiscal quarter', 'fiscal_quarter'],
  ['fiscal half', 'fiscal_half'],
  ['fiscal year', 'fiscal_year'],
]);

function grainOf(words: string): Grain | null {
  const singular =
    words === 'halves' || words === 'fiscal halves' ? words.replace('halves', 'half') : words.replace(/s$/, '');
  return unitGrains.get(singular.replace('_', ' ')) ?? null;
}

function relative(words: string, today: Day, calendar: Calendar): Interval | null {
  if (words === 'today') return { from: today, until: today + 1 };
  if (words === 'yesterday') return { from: today - 1, until: today };
  const toDate = /^(.+) to date$/.exec(words);
  if (toDate !== null) {
    const grain = grainOf(toDate[1] ?? '');
    return grain === null ? null : { from: bucketOf(grain, today, calendar), until: today + 1 };
  }
  const match = /^(last|this|next)(?: (\d{1,4}))? ([a-z_ ]+)$/.exec(words);
  const grain = grainOf(match?.[3] ?? '');
  if (match === null || grain === null) return null;
  const count = match[2] === undefined ? 1 : Number(match[2]);
  const current = bucketOf(grain, today, calendar);
  if (count === 0) return null;
  switch (match[1]) {
    case 'this':
      return match[2] === undefined ? { from: current, until: laterBucket(grain, current, 1, calendar) } : null;
    case 'last':
      return { from: laterBucket(grain, current, -count, calendar), until: current };
    default:
      return {
        from: laterBucket(grain, current, 1, calendar),
        until: laterBucket(grain, current, count + 1, calendar),
      };
  }
}

/** The first and last day, as people write an interval. */
export function formatInterval(interval: Interval): string {
  return `${formatDay(interval.from)}..${formatDay(interval.until - 1)}`;
}
