/**
 * What a question says beside its metrics, said otherwise: `where` is a condition behind each metric (claimed without
 * members, which the question's condition cuts as well), `having` keeps the rows for which it is true, `order` sorts the rows
 * that there are, with what is missing last and ties in the order of the dimensions, and `limit` keeps the first.
 */
import { bindQuery, type Query } from '../../compiler/index.ts';
import { now } from '../oracle/check.ts';
import { chance, count, type Gen, pick } from '../oracle/generate/choose.ts';
import { sharedCondition } from '../oracle/generate/dimensions.ts';
import { around, type Written } from '../oracle/generate/written.ts';
import { compareFractions, parseFraction } from '../oracle/number.ts';
import { Broken } from './asker.ts';
import { allIn, hasRank } from './behind.ts';
import { askedOfKin, family, familyAnd } from './family.ts';
import {
  byKey,
  expectSame,
  expectSameOrder,
  type Groups,
  groupsOf,
  keyOf,
  type Row,
  renamed,
  type Value,
} from './groups.ts';
import { asRecord, chosen, type Law, type Scene } from './law.ts';

export const filters: Law = {
  name: '`where` in a question is that condition behind each of its metrics',
  seed: 745_201_633,
  cases: { duckdb: 200, postgres: 20 },
  also: g => {
    const condition = sharedCondition(g);
    const filtered = ([name, each]: readonly [string, Written]) =>
      [`filtered_${name}`, around(`(${name}) where ${condition}`, [each], null, each.kind)] as const;
    return familyAnd(g, kin => Object.fromEntries(Object.entries(kin).map(filtered)));
  },
  claim: (g, scene) => {
    const { model, world } = scene;
    const found = ofKin(g, scene);
    if (found === null) return null;
    const query = { ...found, having: undefined, complete: undefined };
    const names = Object.fromEntries(query.metrics.map(name => [`filtered_${name}`, name]));
    const [first = ''] = Object.keys(names);
    const condition = formulaOf(world.definitions.metrics, first).replace(/^\(\w+\) where /, '');
    const { where } = query;
    return async asker => {
      const behind = groupsOf(await asker.ask(model, { ...query, metrics: Object.keys(names) }));
      const both = where === undefined ? condition : `(${where}) and (${condition})`;
      expectSameOrder(renamed(behind, names), groupsOf(await asker.askAlso(model, { ...query, where: both })));
      return 1;
    };
  },
};

export const conditions: Law = {
  name: '`having` keeps the rows for which it is true, and adds none',
  seed: 1_599_037_118,
  cases: { duckdb: 200, postgres: 20 },
  also: g => familyAnd(g, kin => Object.fromEntries(Object.entries(kin).map(each => judged(g, ...each)))),
  claim: (g, scene) => {
    const { model, world, metrics } = scene;
    const found = ofKin(g, scene);
    if (found === null) return null;
    const query = { ...found, having: undefined };
    const others = Object.keys(metrics).filter(name => name.startsWith('is_'));
    const named = others.filter(name => query.metrics.includes(name.slice(3)));
    const condition = pick(g, ...(named.length === 0 || chance(g, 40) ? others : named));
    const having = formulaOf(world.definitions.metrics, condition);
    // Other metrics may have neither the dimensions nor the time.
    const bound = bindQuery(model, { ...query, having }, now).query;
    if (bound === null) return null;
    // A rank in `having` is taken among the groups of the asked metrics alone: not claimed until that is mended.
    if (bound.having !== null && hasRank(allIn([bound.having], model))) return null;
    return async asker => {
      const kept = groupsOf(await asker.ask(model, { ...query, having }));
      const judged = groupsOf(await asker.askAlso(model, { ...query, metrics: [...query.metrics, condition] }));
      const isTrue = new Set(judged.rows.flatMap(row => (row[condition] === true ? [keyOf(row, judged.keys)] : [])));
      // The condition's own metric may bring rows that the question has not.
      const whole = groupsOf(await asker.askAlso(model, query));
      expectSameOrder(kept, { ...whole, rows: whole.rows.filter(row => isTrue.has(keyOf(row, whole.keys))) });
      return 1;
    };
  },
};

/** A condition on a metric. */
function judged(g: Gen, name: string, written: Written): readonly [string, Written] {
  const numbers = [
    `${name} > ${pick(g, '0', '1', '12.5')}`,
    `${name} <= 2 or ${name} is null`,
    `share(${name}) > 0.3`,
    `${name} < total(${name})`,
    `not (${name} <> 0)`,
  ];
  const text = written.kind === 'number' ? pick(g, ...numbers) : `${name} is ${pick(g, 'not ', '')}null`;
  return [`is_${name}`, around(text, [written], null, 'condition')];
}

export const orderAndLimit: Law = {
  name: '`order` sorts the rows that there are, and `limit` keeps the first',
  seed: 301_774_920,
  cases: { duckdb: 200, postgres: 20 },
  also: g => family(g),
  claim: (g, scene) => {
    const { model } = scene;
    const query = ofKin(g, scene);
    if (query === null) return null;
    const columns = [...(query.by ?? []), ...query.metrics].filter(name => !isLabelled(name));
    if ((query.by ?? []).length === 0 || columns.length === 0) return null;
    const order = chosen(g, columns, 2).map(name => ({ name, isDescending: chance(g, 50) }));
    const ordered: Query = {
      ...query,
      order: order.map(({ name, isDescending }) => (isDescending ? `${name} desc` : pick(g, name, `${name} asc`))),
    };
    const limit = count(g, 0, 6);
    return async asker => {
      const plain = groupsOf(await asker.ask(model, query));
      if ((query.by ?? []).every(name => !isLabelled(name)))
        expectSorted(
          plain,
          plain.keys.map(name => ({ name, isDescending: false })),
          plain,
        );
      const whole = groupsOf(await asker.askAlso(model, ordered));
      expectSame(whole, plain);
      expectSorted(whole, order, plain);
      const first = groupsOf(await asker.askAlso(model, { ...ordered, limit }));
      expectSameOrder(first, { ...whole, rows: whole.rows.slice(0, limit) });
      return 1;
    };
  },
};

/** Dimensions that `bucket` makes are sorted by their bounds, which their texts do not show. */
function isLabelled(name: string): boolean {
  return /band$/.test(name);
}

interface SortedBy {
  readonly name: string;
  readonly isDescending: boolean;
}

/** Rows are in the asked order; those that are equal in it are in that of the plain answer. */
function expectSorted(groups: Groups, order: readonly SortedBy[], plain: Groups): void {
  const places = new Map([...byKey(plain).keys()].map((key, index) => [key, index]));
  const placeOf = (row: Row) => places.get(keyOf(row, plain.keys)) ?? -1;
  for (const [index, row] of groups.rows.entries()) {
    const next = groups.rows[index + 1];
    if (next === undefined) return;
    const found = order
      .map(({ name, isDescending }) =>
        compare(row[name] ?? null, next[name] ?? null, groups.types[name], isDescending ? -1 : 1),
      )
      .find(each => each !== 0);
    if ((found ?? placeOf(row) - placeOf(next)) > 0)
      throw new Broken(`${JSON.stringify(row)} stands before ${JSON.stringify(next)}`);
  }
}

/** What is missing comes last both ways. */
function compare(a: Value, b: Value, type: string | undefined, sign: 1 | -1): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (type === 'integer' || type === 'decimal')
    return sign * compareFractions(parseFraction(String(a)), parseFraction(String(b)));
  return a === b ? 0 : sign * (a < b ? -1 : 1);
}

/** A question without order and limit. */
function ofKin(g: Gen, { metrics }: Scene): Query | null {
  const query = askedOfKin(g, metrics);
  return query && { ...query, order: undefined, limit: undefined };
}

function formulaOf(metrics: unknown, name: string): string {
  const { formula } = asRecord(asRecord(metrics)[name]);
  if (typeof formula !== 'string') throw new Error(`no formula of ${name}`);
  return formula;
}
