/** A scorecard as one file of HTML. */
import type { Shown } from './data.ts';

export function scorecardPage({ reading }: Shown): string {
  return reading.asOf;
}
