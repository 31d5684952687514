/** A lock: what the metrics and goals of a Model mean, in an order that has nothing to do with where they stand. */
import { goalText, lineageOf, metricText } from '../lineage.ts';
import { columnMeanings, type Digest, meaningsOf } from '../meaning.ts';
import type { Goal, Model } from '../model.ts';
import { recordOf } from '../record.ts';

export interface LockedMetric {
  readonly version: number;
  /** The hash of what it means. */
  readonly meaning: string;
  /** As it is written, in one spelling, so that a later change can be shown. */
  readonly formula: string;
}

export interface LockedGoal {
  readonly meaning: string;
  readonly terms: string;
}

export interface Lock {
  readonly metrics: Readonly<Record<string, LockedMetric>>;
  readonly goals: Readonly<Record<string, LockedGoal>>;
  /** What else locked metrics stand on, by path, as it is written: so that it can be said through what a meaning changed. */
  readonly beneath: Readonly<Record<string, string>>;
}

/** Of a sound Model. Metrics of goals and baselines are locked with these. */
export function lockOf(model: Model, digest: Digest): Lock {
  const meanings = meaningsOf(model, digest);
  const metrics = Object.values(model.metrics)
    .filter(({ name }) => !name.includes('.'))
    .toSorted(byName)
    .map(metric => {
      const { name, version } = metric;
      return [name, { version, meaning: digest(meanings(name)), formula: metricText(metric, model) }] as const;
    });
  const goalMeaning = goalMeanings(model, digest);
  const goals = Object.values(model.goals)
    .toSorted(byName)
    .map(goal => [goal.name, { meaning: goalMeaning(goal), terms: goalText(goal) }] as const);
  const lineage = lineageOf(model);
  const beneath = new Map<string, string>();
  for (const [name] of metrics)
    for (const { path, text } of lineage(name).values()) {
      if (!path.startsWith('metrics.') && !path.startsWith('goals.')) beneath.set(path, text);
    }
  const paths = [...beneath].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { metrics: recordOf(metrics), goals: recordOf(goals), beneath: recordOf(paths) };
}

/** What goals say of themselves, by goal. What the metric of one means is locked with the metric. */
export function goalMeanings(model: Model, digest: Digest): (goal: Goal) => string {
  const column = columnMeanings(model, digest);
  const metricMeaning = meaningsOf(model, digest);
  const targetMeaning = ({ target, name }: Goal) => {
    switch (target.kind) {
      case 'number':
        return target.value;
      case 'values':
        return target.values.map(({ from, group, value }) => JSON.stringify([from, ...group, value])).toSorted();
      case 'formula':
        return metricMeaning(`${name}.target`);
    }
  };
  return goal => {
    const { metric, grain, rollup, pace, status, from, until, by } = goal;
    const groups = by.map(({ destinations }) =>
      Object.values(destinations).map(each => (each.kind === 'column' ? column(each.table, each.column) : each.table)),
    );
    const terms = [metric, grain, rollup, pace, status.onTrack, status.atRisk, from, until];
    return digest(JSON.stringify([...terms, groups.flat().toSorted(), targetMeaning(goal)]));
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
