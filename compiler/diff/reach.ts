/** What stands on a definition, on either side: by its path, the paths of metrics, goals, baselines, alerts and scorecards. */
import type { Model } from '../model.ts';
import type { Pair, Reading } from './change.ts';

export function dependentsOf({ before, after }: Pair): (path: string) => readonly string[] {
  const reached = new Map<string, Set<string>>();
  for (const side of [before, after]) collect(side, reached);
  return path => [...(reached.get(path) ?? [])].toSorted();
}

function collect({ model, lineage }: Reading, reached: Map<string, Set<string>>): void {
  const add = (path: string, dependent: string) => {
    if (path === dependent) return;
    const known = reached.get(path) ?? new Set<string>();
    reached.set(path, known.add(dependent));
  };
  const beneath = new Map<string, readonly string[]>();
  for (const name of Object.keys(model.metrics)) {
    const paths = [...lineage(name).keys()];
    beneath.set(name, paths);
    for (const path of paths) add(path, subjectOf(name, model));
  }
  const shows = (dependent: string, metric: string) => {
    for (const path of beneath.get(metric) ?? []) add(path, dependent);
    add(subjectOf(metric, model), dependent);
  };
  for (const { name, metric } of Object.values(model.baselines)) shows(`baselines.${name}`, metric);
  for (const { role, sections } of Object.values(model.scorecards)) {
    for (const { metric, goal } of sections.flatMap(section => section.items)) {
      shows(`roles.${role}.scorecard`, metric.text);
      if (goal !== null) shows(`roles.${role}.scorecard`, `${goal.text}.status`);
    }
  }
  for (const { name, when } of Object.values(model.alerts)) {
    for (const [word] of when.text.matchAll(/[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?/g)) {
      if (beneath.has(word)) shows(`alerts.${name}`, word);
    }
  }
}

/** Metrics of goals and baselines stand for them. */
function subjectOf(name: string, { goals, baselines }: Model): string {
  const [whole = name] = name.split('.');
  if (Object.hasOwn(goals, whole)) return `goals.${whole}`;
  return Object.hasOwn(baselines, whole) ? `baselines.${whole}` : `metrics.${name}`;
}
