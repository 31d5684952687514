/** Comparisons: what they are called, and the columns `NAME.prior` and, of numbers, `NAME.change` that they give each metric. */
import { didYouMean, nearest, noTimeToMove, type Report, unknownName } from '../diagnostics/index.ts';
import type { Metric, MetricExpression, Step, TimeWindow } from '../model.ts';
import type { BoundColumn } from './bound.ts';
import { isNumber } from './meeting.ts';
import { itemSpan } from './query.ts';
import { type MetricLookup, measuresOf } from './walk.ts';

/** How far back each looks; null is the length of what is asked. */
const steps: ReadonlyMap<string, Step | null> = new Map<string, Step | null>([
  ['prior_period', null],
  ['prior_day', { amount: 1, unit: 'day' }],
  ['prior_week', { amount: 1, unit: 'week' }],
  ['prior_month', { amount: 1, unit: 'month' }],
  ['prior_quarter', { amount: 1, unit: 'quarter' }],
  ['prior_half', { amount: 1, unit: 'half' }],
  ['prior_year', { amount: 1, unit: 'year' }],
]);

export const comparisonNames: readonly string[] = [...steps.keys()];

/** Undefined where no comparison has that name. */
export function comparisonStep(name: string): Step | null | undefined {
  return steps.get(name.trim());
}

/** The metrics as they were asked, each with its comparisons behind it. */
export function columnsWithComparisons(
  metrics: readonly Metric[],
  compare: readonly string[],
  likeForLike: 'like for like' | 'whole',
  lookup: MetricLookup,
  report: Report,
): readonly BoundColumn[] {
  const asked = compare.flatMap((text, index) => {
    const step = comparisonStep(text);
    if (step !== undefined) return [{ name: text.trim(), step, index }];
    const help =
      didYouMean(nearest(text, comparisonNames)) ??
      `comparisons are ${comparisonNames.map(each => `\`${each}\``).join(', ')}`;
    report(unknownName(itemSpan('compare', compare, index), { name: text, kind: 'comparison', help }));
    return [];
  });
  return metrics.flatMap(metric => {
    const { name, type, unit, isPercent } = metric;
    const value: MetricExpression = { kind: 'metric', name, type, unit };
    const comparisons = asked.flatMap(({ name: comparison, step, index }): readonly BoundColumn[] => {
      const timeless = measuresOf(value, lookup).find(({ time, lifespan }) => time === null && lifespan === null);
      if (timeless !== undefined) {
        const at = itemSpan('compare', compare, index);
        report(noTimeToMove(at, { form: comparison, text: name, table: timeless.table }));
        return [];
      }
      const window: TimeWindow = { kind: 'prior', step, isLikeForLike: likeForLike === 'like for like' };
      const prior: MetricExpression = { kind: 'windowed', window, operand: value, type, unit };
      const change: MetricExpression = {
        kind: 'call',
        function: 'subtract',
        arguments: [value, prior],
        type,
        unit,
      };
      const [priorName, changeName] = asked.length === 1 ? ['prior', 'change'] : [comparison, `${comparison}_change`];
      const before: BoundColumn = { name: `${name}.${priorName}`, expression: prior, type, unit, isPercent };
      const difference: BoundColumn = { name: `${name}.${changeName}`, expression: change, type, unit, isPercent };
      return isNumber(type) ? [before, difference] : [before];
    });
    return [{ name, expression: value, type, unit, isPercent }, ...comparisons];
  });
}
