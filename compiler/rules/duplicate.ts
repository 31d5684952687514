/**
 * The rule that no two metrics compute the same, by whatever words. A metric that only gives another one a name of its own is
 * none, and neither is a deprecated one, which goes anyway.
 */
import { duplicateMetric } from '../diagnostics/index.ts';
import { meaningsWithin } from '../meaning.ts';
import type { Metric } from '../model.ts';
import { grouped } from '../record.ts';
import { metricsOf } from './presence.ts';
import type { Finding, Judged } from './rule.ts';

export function duplicates(judged: Judged): readonly Finding[] {
  const { model } = judged;
  const meaning = meaningsWithin(model);
  const candidates = metricsOf(judged).filter(
    ({ metric }) => metric.status !== 'deprecated' && metric.expression.kind !== 'metric',
  );
  const alike = [...grouped(candidates, ({ metric }) => shapeOf(metric)).values()].filter(({ length }) => length > 1);
  const groups = alike.flatMap(group => [...grouped(group, ({ metric }) => meaning(metric.name)).values()]);
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
