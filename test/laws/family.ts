/**
 * Metrics that are kin: two measures, and forms around them. Asked together they share scans, frames and intervals, which
 * metrics that are chosen at random seldom do.
 */
import type { Query } from '../../compiler/index.ts';
import { chance, type Gen, pick } from '../oracle/generate/choose.ts';
import { sharedCondition } from '../oracle/generate/dimensions.ts';
import { expression } from '../oracle/generate/forms.ts';
import { measure } from '../oracle/generate/measures.ts';
import { generateQuery } from '../oracle/generate/query.ts';
import { around, type Form, type Written } from '../oracle/generate/written.ts';
import { forms, shape } from './forms.ts';

const facts = ['deals', 'deals', 'calls', 'quotas'] as const;

/** `x0` and `x1`, which are measures, and six metrics around them, of all forms or of these. */
export function family(g: Gen, allowed: readonly Form[] = forms): Readonly<Record<string, Written>> {
  const table = pick(g, ...facts);
  const first = measure(g, table, allowed, shape);
  const second = chance(g, 50) ? addable(g, table) : measure(g, pick(g, ...facts), allowed, shape);
  const named = [first, second].map((written, index) => ({ ...written, text: `x${index}` }));
  const [x, y] = named;
  if (x === undefined || y === undefined) throw new Error('two measures');
  const one = pick(g, x, y);
  const filtered = around(`((${one.text}) where ${sharedCondition(g)})`, [one], null, one.kind);
  const others = [
    filtered,
    ...[3, 4, 5, 6, 7].map(() => expression(g, pick(g, 1, 1, 2), { allowed, metrics: named, shape })),
  ];
  return Object.fromEntries([first, second, ...others].map((written, index) => [`x${index}`, written]));
}

/** What can be added up from parts, so that there are several ways to get it. */
function addable(g: Gen, table: (typeof facts)[number]): Written {
  const columns = { deals: ['amount', 'quantity', 'value'], calls: ['minutes'], quotas: ['quota'] } as const;
  const path = `${table}.${pick(g, ...columns[table])}`;
  const text = pick(g, `min(${path})`, `max(${path})`, `count(${table})`, `sum(${path})`);
  return { ...around(text, []), tables: [table], hasFlow: true };
}

/** The family with metrics that are made of it. */
export function familyAnd(g: Gen, more: (kin: Readonly<Record<string, Written>>) => Readonly<Record<string, Written>>) {
  const kin = family(g);
  return { ...kin, ...more(kin) };
}

/** A question about the family alone, which other metrics are made of. */
export function askedOfKin(g: Gen, metrics: Readonly<Record<string, Written>>): Query | null {
  const kin = Object.entries(metrics).filter(([name]) => isKin(name));
  return kin.length === 0 ? null : plainly(generateQuery(g, Object.fromEntries(kin), forms, [], shape));
}

function isKin(name: string): boolean {
  return /^x\d$/.test(name);
}

/** A question about the family, or now and then about whatever there is. */
export function asked(g: Gen, metrics: Readonly<Record<string, Written>>): Query {
  const kin = Object.entries(metrics).filter(([name]) => isKin(name));
  const all = kin.length === 0 || chance(g, 35) ? metrics : Object.fromEntries(kin);
  return plainly(generateQuery(g, all, forms, [], shape));
}

/** A question without comparisons, which are columns of their own. */
function plainly(query: Query): Query {
  return { ...query, compare: undefined, like_for_like: undefined };
}
