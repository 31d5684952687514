/** The rule that every metric is of use: another metric, a goal, a baseline, a scorecard or an alert names it. Tests are no use. */
import { unusedMetric } from '../diagnostics/index.ts';
import { metricsOf } from './presence.ts';
import type { Finding, Judged } from './rule.ts';

export function unused(judged: Judged): readonly Finding[] {
  const used = new Set(judged.uses.flatMap(({ metric, user }) => (user.name === metric ? [] : [metric])));
  return metricsOf(judged).flatMap(({ subject }) => {
    const { name, at, path } = subject;
    return used.has(name) ? [] : [{ subject, diagnostic: unusedMetric(at, { name }, { path }) }];
  });
}
