/**
 * The rule that no two metrics compute the same, by whatever words. A metric that only gives another one a name of its own is
 * none, and neither is a deprecated one, which goes anyway.
 */
import { duplicateMetric } from '../diagnostics/index.ts';
import { meaningOf } from '../meaning.ts';
import type { Metric, MetricExpression, Model } from '../model.ts';
import { grouped, own } from '../record.ts';
import { operandsOf } from '../resolve/index.ts';
import { metricsOf } from './presence.ts';
import type { Finding, Judged } from './rule.ts';

/** A meaning is written out in full, and a chain of metrics that each use another twice would double at every step. */
const longestMeaning = 10_000;

export function duplicates(judged: Judged): readonly Finding[] {
  const { model } = judged;
  const sizes = new Map<string, number>();
  const candidates = metricsOf(judged).filter(
    ({ metric }) =>
      metric.status !== 'deprecated' &&
      metric.expression.kind !== 'metric' &&
      sizeOf(metric.name, model, sizes) <= longestMeaning,
  );
  const alike = [...grouped(candidates, ({ metric }) => shapeOf(metric)).values()].filter(({ length }) => length > 1);
  const groups = alike.flatMap(group => [...grouped(group, ({ metric }) => meaningOf(model, metric.name)).values()]);
  return groups.flatMap(([first, ...others]) =>
    others.map(({ subject, metric }) => {
      const related = [{ message: `\`${first.metric.name}\` is defined here`, span: first.subject.at }];
      const edits = [{ span: metric.at, text: first.metric.name }];
      const fixes = [{ title: `join them: \`formula: ${first.metric.name}\``, safe: false, edits }];
      const said = { name: metric.name, other: first.metric.name };
      const { at, path } = subject;
      return { subject, diagnostic: duplicateMetric(at, said, { path, related, fixes }) };
    }),
  );
}

/** What of a metric is the same where the meaning is, and quickly told: most metrics differ in it from all others. */
function shapeOf({ tables, type, empty }: Metric): string {
  return JSON.stringify([tables, type, empty]);
}

/** How many nodes a metric has with all that it names written out. */
function sizeOf(name: string, model: Model, known: Map<string, number>): number {
  const found = known.get(name);
  if (found !== undefined) return found;
  const metric = own(model.metrics, name);
  const size = metric === undefined ? 1 : written(metric.expression, model, known);
  known.set(name, size);
  return size;
}

function written(expression: MetricExpression, model: Model, known: Map<string, number>): number {
  if (expression.kind === 'metric') return sizeOf(expression.name, model, known);
  return operandsOf(expression).reduce((sum, operand) => sum + written(operand, model, known), 1);
}
