/** Comparison columns: `compare: [prior_year]` gives each metric a `NAME.prior` and, where it is a number, a `NAME.change`. */
import { didYouMean, nearest, noTimeToMove, type Report, unknownName } from '../diagnostics/index.ts';
import type { Metric, MetricExpression, TimeWindow } from '../model.ts';
import type { BoundColumn } from './bound.ts';
import { isNumber } from './meeting.ts';
import { itemSpan } from './query.ts';
import { type MetricLookup, measuresOf } from './walk.ts';

const windows = {
  prior_period: { kind: 'prior', step: null, isLikeForLike: false },
  prior_year: { kind: 'prior', step: { amount: 1, unit: 'year' }, isLikeForLike: false },
} as const satisfies Readonly<Record<string, TimeWindow>>;

type Comparison = keyof typeof windows;
export const comparisonNames: readonly Comparison[] = ['prior_period', 'prior_year'];

/** The metrics as they were asked, each with its comparisons behind it. */
export function columnsWithComparisons(
  metrics: readonly Metric[],
  compare: readonly string[],
  likeForLike: 'like for like' | 'whole',
  lookup: MetricLookup,
  report: Report,
): readonly BoundColumn[] {
  const asked = compare.flatMap((text, index) => {
    const name = comparisonNames.find(each => each === text.trim());
    if (name !== undefined) return [{ name, index }];
    const help =
      didYouMean(nearest(text, comparisonNames)) ??
      `comparisons are ${comparisonNames.map(each => `\`${each}\``).join(' and ')}`;
    report(unknownName(itemSpan('compare', compare, index), { name: text, kind: 'comparison', help }));
    return [];
  });
  return metrics.flatMap(metric => {
    const { name, type, unit, isPercent } = metric;
    const value: MetricExpression = { kind: 'metric', name, type, unit };
    const comparisons = asked.flatMap(({ name: comparison, index }): readonly BoundColumn[] => {
      const timeless = measuresOf(value, lookup).find(({ time, lifespan }) => time === null && lifespan === null);
      if (timeless !== undefined) {
        const at = itemSpan('compare', compare, index);
        report(noTimeToMove(at, { form: comparison, text: name, table: timeless.table }));
        return [];
      }
      const window: TimeWindow = { ...windows[comparison], isLikeForLike: likeForLike === 'like for like' };
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
