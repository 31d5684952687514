/** Names of the language that are neither functions of rows nor aggregates. */

/** Forms that read other intervals than the asked one. */
export const timedForms = ['prior', 'change', 'growth', 'to_date', 'rolling', 'running', 'opening'] as const;
export type TimedForm = (typeof timedForms)[number];

export function isTimedForm(name: string): name is TimedForm {
  return timedForms.some(form => form === name);
}

/** Forms that look beyond their own cell. */
export const totalForms = ['total', 'share', 'rank'] as const;
export type TotalForm = (typeof totalForms)[number];

export function isTotalForm(name: string): name is TotalForm {
  return totalForms.some(form => form === name);
}

/** Forms that work on metrics and time. */
export const metricForms: readonly string[] = [...timedForms, ...totalForms, 'conversions'];

/** Values that every formula may name: the first and last day of the interval, and the day as of which it is read. */
export const momentNames = ['period_start', 'period_end', 'as_of'] as const;
