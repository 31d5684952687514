/** A question about one metric, and what plain SQL has to say to it. */

export interface Question {
  /** Dimensions and a grain, in the order in which the SQL gives them before the value. */
  readonly by: readonly string[];
  readonly period: string;
  readonly where?: string;
  readonly sql: string;
}

/** The months from `first` on, with their last days, as `m (month, d)`. */
export const months = (first: string, count: number) =>
  `(select month::date as month, (month + interval 1 month)::date - 1 as d
    from range(date '${first}', date '${first}' + interval ${count} month, interval 1 month) as t(month)) m`;

/** The quarters from `first` on, with their last days, as `q (quarter, d)`. */
export const quarters = (first: string, count: number) =>
  `(select quarter::date as quarter, (quarter + interval 3 month)::date - 1 as d
    from range(date '${first}', date '${first}' + interval ${3 * count} month, interval 3 month) as t(quarter)) q`;

export const madrid = (moment: string) => `timezone('Europe/Madrid', ${moment}::timestamptz)::date`;

export const byMonth = (sql: string, period = '2026-01..2026-10'): Question => ({ by: ['month'], period, sql });
export const byQuarter = (sql: string, period = '2025-Q1..2026-Q3'): Question => ({ by: ['quarter'], period, sql });
export const by = (dimension: string, period: string, sql: string): Question => ({ by: [dimension], period, sql });
export const once = (period: string, sql: string): Question => ({ by: [], period, sql });

/** Won amount between two days, both of which belong to it. */
export const wonBetween = (from: string, until: string) =>
  `(select coalesce(sum(amount), 0) from opportunity where is_won and close_date between ${from} and ${until})`;
