/**
 * What a metric says depends on nothing that is asked beside it: in its own groups it is the same alone and in any set, and
 * a set has the groups that its metrics have alone. Claimed of every question but those with a limit, which counts the rows
 * that others bring.
 */
import { bindQuery, type Query } from '../../compiler/index.ts';
import { now } from '../oracle/check.ts';
import type { Gen } from '../oracle/generate/choose.ts';
import { generateQuery } from '../oracle/generate/query.ts';
import { forms } from '../oracle/generate/written.ts';
import { Broken } from './asker.ts';
import { byKey, expectSameRow, type Groups, groupsOf, keyOf, shown } from './groups.ts';
import { type Claim, chosen, type Law, type Scene } from './law.ts';

export const alone: Law = {
  name: 'a metric alone says what it says in any set, and a set has the groups of its metrics',
  seed: 715_204_118,
  cases: { duckdb: 300, postgres: 20 },
  claim: (g, scene) => {
    const asked = generateQuery(g, scene.metrics, forms, []);
    return setOf(g, scene, { ...asked, order: undefined, limit: undefined });
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
      for (const row of single.rows) groups.add(keyOf(row, together.keys));
    }
    const others = together.rows.filter(row => !groups.has(keyOf(row, together.keys)));
    if (others.length > 0) throw new Broken(`rows of none of the metrics: ${JSON.stringify(others)}`);
    return set.length;
  };
}

function expectWithin(single: Groups, together: Groups): void {
  const rows = byKey(together);
  for (const row of single.rows) {
    const same = rows.get(keyOf(row, together.keys));
    if (same === undefined) throw new Broken(`no row ${JSON.stringify(row)} in ${shown(together)}`);
    expectSameRow(same, row, single.metrics, single.types);
  }
}
