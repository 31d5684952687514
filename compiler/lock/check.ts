/** A Model and the lock that was written for an earlier one in, what must not go unsaid out: a meaning that changed under the same version. */
import {
  allOf,
  type Diagnostic,
  goalMoved,
  lockGone,
  lockStale,
  meaningMoved,
  type Related,
  versionLowered,
} from '../diagnostics/index.ts';
import { goalText, type Lineage, lineageOf, metricText } from '../lineage.ts';
import type { Digest } from '../meaning.ts';
import type { Metric, Model } from '../model.ts';
import { own } from '../record.ts';
import type { ReadLock } from './file.ts';
import { type Lock, lockOf } from './lock.ts';

/** The Model must be sound. */
export function lockFindings(model: Model, { lock, places, edited }: ReadLock, digest: Digest): readonly Diagnostic[] {
  const now = lockOf(model, digest);
  const lineage = lineageOf(model);
  const moved = (name: string) => own(lock.metrics, name)?.meaning !== own(now.metrics, name)?.meaning;
  const metrics = Object.values(model.metrics).flatMap(metric => {
    const { name, at, version } = metric;
    const [before, after] = [own(lock.metrics, name), own(now.metrics, name)];
    if (after === undefined || edited.has(`metrics.${name}`)) return [];
    const path = `metrics.${name}.formula`;
    if (before === undefined) return [lockStale(at, { name, locked: null, version }, { path })];
    if (version < before.version) return [versionLowered(at, { name, version, locked: before.version }, { path })];
    if (version > before.version) return [lockStale(at, { name, locked: before.version, version }, { path })];
    return before.meaning === after.meaning ? [] : [changeOf(metric, before.formula, model, lock, lineage, moved)];
  });
  const goals = Object.values(model.goals).flatMap(goal => {
    const { name, at } = goal;
    const [before, after] = [own(lock.goals, name), own(now.goals, name)];
    const path = `goals.${name}`;
    if (after === undefined || edited.has(path)) return [];
    if (before === undefined) return [lockStale(at, { name, locked: null, version: null }, { path })];
    return before.meaning === after.meaning
      ? []
      : [goalMoved(at, { name, before: before.terms, after: goalText(goal) }, { path })];
  });
  const gone = [
    ...Object.keys(lock.metrics).flatMap(name => (own(now.metrics, name) === undefined ? [`metrics.${name}`] : [])),
    ...Object.keys(lock.goals).flatMap(name => (own(now.goals, name) === undefined ? [`goals.${name}`] : [])),
  ].map(path => lockGone(places.get(path) ?? null, { name: path.slice(path.indexOf('.') + 1) }));
  return [...metrics, ...goals, ...gone];
}

/** Through its own formula, or through what it stands on: then that is named, with what it was. */
function changeOf(
  metric: Metric,
  before: string,
  model: Model,
  lock: Lock,
  lineage: Lineage,
  moved: (name: string) => boolean,
): Diagnostic {
  const { name, at, version } = metric;
  const after = metricText(metric, model);
  const causes = [...lineage(name).values()].flatMap(({ path, text, at: place }) => {
    const [kind = '', ...rest] = path.split('.');
    const other = rest.join('.');
    if (kind === 'metrics' && other === name) return [];
    const was =
      kind === 'metrics'
        ? own(lock.metrics, other)?.formula
        : kind === 'goals'
          ? own(lock.goals, other)?.terms
          : own(lock.beneath, path);
    // A metric beneath whose text is another and whose meaning is the same is no cause.
    if (was === text || (kind === 'metrics' && !moved(other))) return [];
    return [{ path: kind === 'metrics' ? other : path, was: was ?? null, text, place }];
  });
  const related = causes.flatMap(({ path, was, text, place }): readonly Related[] => {
    const message =
      was === null ? `\`${path}\` is new to it: \`${text}\`` : `\`${path}\` was \`${was}\` and is \`${text}\``;
    return place === null ? [] : [{ message, span: place }];
  });
  const through = causes.map(({ path }) => path);
  const said = { name, version, before, after, through: through.length === 0 ? null : allOf(through, 3) };
  return meaningMoved(at, said, { path: `metrics.${name}.formula`, related: related.slice(0, 5) });
}
