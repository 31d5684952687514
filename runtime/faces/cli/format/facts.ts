/** What is said of definitions, a line each: the words of metrics and goals. */
import { type Goal, type Labels, type Metric, own } from '../../../../compiler/index.ts';
import { aboutGoal } from '../../words/about.ts';

/** Its name, and null where there is nothing to be said. */
export type Fact = readonly [name: string, text: string | null];

/** What a goal says, and which of the metrics that it gives there are. */
export function goalFacts(goal: Goal, metrics: Readonly<Record<string, Metric>>): readonly Fact[] {
  const { rollup, status, from, until, by } = goal;
  const metric = own(metrics, goal.metric);
  const about = aboutGoal(goal, metrics);
  return [
    ['label', labelsText(goal.label)],
    ['description', labelsText(goal.description)],
    ['objective', labelsText(goal.objective)],
    ['metric', goal.metric],
    ['good', metric === undefined ? null : direction(metric)],
    ['target', about.target],
    ['grain', goal.grain],
    ['by', list(by.map(dimension => dimension.name))],
    ['roll-up', rollup ?? 'computed anew for any period'],
    ['due', rollup === 'sum' ? goal.pace : 'all of it from the beginning'],
    [
      'status',
      about.hasShares ? `on_track from ${status.onTrack} of what is expected, at_risk from ${status.atRisk}` : null,
    ],
    ['from', from],
    ['until', until],
    ['owner', goal.owner],
    ['covers', list(goal.covers)],
    ['gives', list(about.gives)],
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
