/** Names of the language that are neither functions of rows nor aggregates. */

/** Forms that work on metrics and time. */
export const metricForms: readonly string[] = [
  'prior',
  'change',
  'growth',
  'to_date',
  'rolling',
  'running',
  'total',
  'share',
  'rank',
  'opening',
  'conversions',
];

/** Values that every formula may name: the first and last day of the interval, and the day as of which it is read. */
export const momentNames: readonly string[] = ['period_start', 'period_end', 'as_of'];
