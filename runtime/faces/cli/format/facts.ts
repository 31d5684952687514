/** What is said of definitions, a line each: the words of metrics and goals. */
import { type Goal, goalParts, type Labels, type Metric, own } from '../../../../compiler/index.ts';

/** Its name, and null where there is nothing to be said. */
export type Fact = readonly [name: string, text: string | null];

/** What a goal says, and which of the metrics that it gives there are. */
export function goalFacts(goal: Goal, metrics: Readonly<Record<string, Metric>>): readonly Fact[] {
  const { name, rollup, status, from, until, by } = goal;
  const metric = own(metrics, goal.metric);
  const isBand = typeof metric?.good === 'object' && metric.good !== null;
  const given = goalParts.map(part => `${name}.${part}`).filter(each => own(metrics, each) !== undefined);
  return [
    ['label', labelsText(goal.label)],
    ['description', labelsText(goal.description)],
    ['objective', labelsText(goal.objective)],
    ['metric', goal.metric],
    ['good', metric === undefined ? null : direction(metric)],
    ['target', own(metrics, `${name}.target`)?.formula.trim() ?? null],
    ['grain', goal.grain],
    ['by', list(by.map(dimension => dimension.name))],
    ['roll-up', rollup ?? 'computed anew for any period'],
    ['due', rollup === 'sum' ? goal.pace : 'all of it from the beginning'],
    ['status', isBand ? null : `on_track from ${status.onTrack} of what is expected, at_risk from ${status.atRisk}`],
    ['from', from],
    ['until', until],
    ['owner', goal.owner],
    ['covers', list(goal.covers)],
    ['gives', list(given)],
  ];
}

export function labelsText(labels: Labels | null): string | null {
  if (labels === null) return null;
  return Object.entries(labels)
    .map(([language, text]) => `${text} (${language})`)
    .join(', ');
}

export function list(items: readonly string[]): string | null {
  return items.length === 0 ? null : items.join(', ');
}

export function direction({ good }: Metric): string | null {
  if (good === null || good === 'up' || good === 'down') return good;
  return `between ${good.between[0]} and ${good.between[1]}`;
}
