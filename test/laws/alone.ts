/**
 * What a metric says depends on nothing that is asked beside it: in its own groups it is the same alone and in any set, and
 * a set has the groups that its metrics have alone; in those of others it has nothing. Claimed of every question but those with a limit, which counts the rows
 * that others bring.
 */
import { bindQuery, type Model, type Query } from '../../compiler/index.ts';
import { now } from '../oracle/check.ts';
import type { Gen } from '../oracle/generate/choose.ts';
import { Broken } from './asker.ts';
import { allIn, hasRank } from './behind.ts';
import { asked, family } from './family.ts';
import { byKey, expectSameRow, type Groups, groupsOf, keyOf, shown } from './groups.ts';
import { type Claim, chosen, type Law, type Scene } from './law.ts';

export const alone: Law = {
  name: 'a metric alone says what it says in any set, and a set has the groups of its metrics',
  seed: 715_204_118,
  cases: { duckdb: 300, postgres: 20 },
  also: g => family(g),
  claim: (g, scene) => {
    const query = { ...asked(g, scene.metrics), order: undefined, limit: undefined };
    const having = bindQuery(scene.model, query, now).query?.having ?? null;
    // A rank in `having` is taken among the groups of the asked metrics alone: not claimed until that is mended.
    return having !== null && hasRank(allIn([having], scene.model)) ? null : setOf(g, scene, query);
  },
};

/** The question with two or three metrics that can be asked together. */
function setOf(g: Gen, { metrics, model }: Scene, query: Query): Claim | null {
  const isFit = (names: readonly string[]) => bindQuery(model, { ...query, metrics: names }, now).query !== null;
  let set = query.metrics;
  for (const name of chosen(g, Object.keys(metrics), 4)) {
    const more = [...set, name];
    if (set.length < 3 && !set.includes(name) && isFit(more)) set = more;
  }
  if (set.length < 2) return null;
  return async asker => {
    const together = groupsOf(await asker.ask(model, { ...query, metrics: set }));
    const groups = new Set<string>();
    for (const name of set) {
      const single = groupsOf(await asker.askAlso(model, { ...query, metrics: [name] }));
      expectWithin(single, together);
      expectNothingElsewhere(name, single, together, model);
      for (const row of single.rows) groups.add(keyOf(row, together.keys));
    }
    const others = together.rows.filter(row => !groups.has(keyOf(row, together.keys)));
    if (others.length > 0) throw new Broken(`rows of none of the metrics: ${JSON.stringify(others)}`);
    return set.length;
  };
}

/** In rows that others bring a metric has no rows: a count or a sum is 0, any other measure nothing, and nothing has no rank. */
function expectNothingElsewhere(name: string, single: Groups, together: Groups, model: Model): void {
  const metric = model.metrics[name];
  const own = byKey(single, together.keys);
  if (metric === undefined || (metric.expression.kind !== 'measure' && metric.expression.kind !== 'rank')) return;
  const { expression, empty } = metric;
  const isZero = expression.kind === 'measure' && ['count', 'count_distinct', 'sum'].includes(expression.aggregate);
  const nothing = empty === 'zero' || (empty === null && isZero) ? 0 : null;
  for (const row of together.rows) {
    const value = row[name] ?? null;
    if (
      own.has(keyOf(row, together.keys)) ||
      (value === null ? nothing === null : nothing === 0 && Number(value) === 0)
    )
      continue;
    throw new Broken(`${name} is ${String(value)} where it has no rows: ${JSON.stringify(row)}, ${shown(single)}`);
  }
}

function expectWithin(single: Groups, together: Groups): void {
  const rows = byKey(together);
  for (const row of single.rows) {
    const same = rows.get(keyOf(row, together.keys));
    if (same === undefined) throw new Broken(`no row ${JSON.stringify(row)} in ${shown(together)}`);
    expectSameRow(same, row, single.metrics, single.types);
  }
}
