/** Diff: two Models in, what the second changes out, sorted by what it does and with all that it reaches. Nothing is run. */

import { lineageOf } from '../lineage.ts';
import { goalMeanings } from '../lock/index.ts';
import { columnMeanings, type Digest, meaningsOf, ruleMeanings } from '../meaning.ts';
import { Offer } from '../resolve/index.ts';
import { type Attempts, judgeAlert, judgeItem } from '../scorecard/index.ts';
import { type Change, effects, type Reading } from './change.ts';
import { baselineChanges, goalChanges, renamedGoals } from './goals.ts';
import { metricChanges, renamedMetrics } from './metrics.ts';
import { dependentsOf } from './reach.ts';
import { roleChanges } from './roles.ts';
import { settingChanges } from './settings.ts';
import { shownChanges } from './shown.ts';
import type { Side } from './side.ts';
import { renamedTables, tableChanges } from './tables.ts';

export { breaking, type Change, type Effect, effects } from './change.ts';
export { isZeroWhereEmpty } from './empty.ts';
export { type Side, sideOf } from './side.ts';

export function changesBetween(
  before: Side,
  after: Side,
  digest: Digest,
  attempts: (side: Side) => Attempts,
): readonly Change[] {
  const [old, now] = [readingOf(before, digest, attempts(before)), readingOf(after, digest, attempts(after))];
  const renamed = {
    metrics: renamedMetrics(old, now),
    goals: renamedGoals(old, now),
    tables: renamedTables(old, now),
  };
  const pair = { before: old, after: now, renamed };
  const found = [
    ...settingChanges(pair),
    ...tableChanges(pair),
    ...metricChanges(pair),
    ...goalChanges(pair),
    ...baselineChanges(pair),
    ...roleChanges(pair),
    ...shownChanges(pair),
  ];
  if (found.length === 0) return [];
  const dependents = dependentsOf(pair);
  const changes = found.map(change => ({ ...change, reaches: dependents(change.subject) }));
  return changes.toSorted((a, b) => effects.indexOf(a.effect) - effects.indexOf(b.effect));
}

function readingOf(side: Side, digest: Digest, attempts: Attempts): Reading {
  const { model } = side;
  const meanings = meaningsOf(model, digest);
  const offer = new Offer(model);
  const known = new Map<string, string>();
  return {
    ...side,
    meaning: metric => {
      const meaning = known.get(metric) ?? meanings(metric);
      known.set(metric, meaning);
      return meaning;
    },
    column: columnMeanings(model, digest),
    goal: goalMeanings(model, digest),
    rule: ruleMeanings(model, digest),
    lineage: lineageOf(model),
    offer: metric => offer.dimensions(metric).map(({ name }) => name),
    judge: {
      item: (item, scorecard) => judgeItem(item, scorecard, model, attempts),
      alert: alert => judgeAlert(alert, model, attempts),
    },
  };
}
