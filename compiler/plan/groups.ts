/**
 * Groups: facts put side by side, one row for each group that an asked metric has; then the empty buckets of the period
 * and the members that `complete` asks for. Every row that is brought here has no measure, and changes none.
 */
import { bucketOf, formatDay, laterBucket } from '../calendar/index.ts';
import type { BoundQuery } from '../resolve/index.ts';
import { type Column, type Fact, type Frame, frameKeys, inOrder, presentName, same } from './frame.ts';
import { completed, type Filling } from './members.ts';
import type { NamedScalar, Relation, Scalar, SpineRelation } from './plan.ts';
import { column, constant } from './scalar.ts';

/** More buckets than this are not shown one by one. */
export const mostBuckets = 100_000;

/** The groups of a query, and which of their values are never null. */
export interface Groups {
  readonly relation: Relation;
  readonly neverNull: ReadonlySet<string>;
}

/** Groups among which some may be that only a condition has. */
export interface UncutGroups extends Groups {
  /** What says that an asked measure has a group; null where one has each. */
  readonly present: Scalar | null;
}

/** The groups that an asked measure has. */
export function cutGroups({ relation, present, neverNull }: UncutGroups): Groups {
  if (present === null) return { relation, neverNull };
  return { relation: { kind: 'filter', input: relation, conditions: [present] }, neverNull };
}

export function planGroups(facts: readonly Fact[], filling: Filling, frame: Frame): UncutGroups {
  const { spine, completions, newCuts } = filling;
  const keys = frameKeys(frame);
  const [only, ...others] = facts;
  const isFilled = spine !== null || completions.length > 0 || newCuts.length > 0;
  if (only !== undefined && others.length === 0 && !isFilled) {
    return { relation: only.relation, neverNull: only.neverNull, present: presenceOf(only, keys) };
  }
  if (only === undefined && !isFilled) return { relation: ofNothing(keys), neverNull: new Set(), present: null };
  const isGrouped = frame.dimensions.length > 0 || completions.length > 0 || newCuts.length > 0;
  const isReadAgain = isGrouped && isFilled;
  const bindings = isReadAgain ? facts.map(({ name, relation }) => ({ name, relation })) : [];
  const read = (fact: Fact): Relation => (isReadAgain ? { kind: 'read', name: fact.name } : fact.relation);
  const added = [
    ...(spine === null ? [] : [filled(spine, facts, read, frame)]),
    ...(completions.length + newCuts.length === 0 ? [] : [completed(filling, of => groupsOf(facts, read, of), frame)]),
  ];
  const combined = combine(facts, read, added, keys);
  const relation: Relation = bindings.length === 0 ? combined : { kind: 'with', bindings, body: combined };
  const isMarked = keys.length > 0 && facts.some(fact => fact.presence !== 'all');
  return { relation, neverNull: new Set(), present: isMarked ? column(presentName, 'boolean') : null };
}

function presenceOf(fact: Fact, keys: readonly Column[]): Scalar | null {
  if (fact.presence === 'all' || keys.length === 0) return null;
  return fact.presence === 'none' ? constant('boolean', false) : column(presentName, 'boolean');
}

/** One row for each key of any input. Where some facts only serve conditions, a mark tells the rows that an asked measure has. */
function combine(
  facts: readonly Fact[],
  read: (fact: Fact) => Relation,
  added: readonly Relation[],
  keys: readonly Column[],
): Relation {
  const values = facts.flatMap(fact => fact.values);
  const isMarked = keys.length > 0 && facts.some(fact => fact.presence !== 'all');
  const names = keys.map(key => key.name);
  const mark: readonly Column[] = isMarked ? [{ name: presentName, type: 'boolean' }] : [];
  const inputs = [
    ...facts.map(fact => ({
      relation: isMarked ? marked(read(fact), fact, keys) : read(fact),
      columns: [...names, ...fact.values.map(value => value.name), ...mark.map(each => each.name)],
    })),
    ...added.map(relation => ({
      relation: isMarked ? withMark(relation, keys, constant('boolean', true)) : relation,
      columns: [...names, ...mark.map(each => each.name)],
    })),
  ];
  return { kind: 'combine', keys, values: [...values, ...mark], inputs };
}

function marked(relation: Relation, fact: Fact, keys: readonly Column[]): Relation {
  if (fact.presence === 'some') return relation;
  return withMark(relation, [...keys, ...fact.values], constant('boolean', fact.presence === 'all'));
}

function withMark(relation: Relation, columns: readonly Column[], value: NamedScalar['value']): Relation {
  return { kind: 'project', input: relation, columns: [...columns.map(same), { name: presentName, value }] };
}

/** The buckets of a bounded period up to now's, or null where nothing is filled. */
export function planSpine(query: BoundQuery, frame: Frame): SpineRelation | null {
  const { clock } = frame;
  const { period } = query;
  const grain = query.bucket?.grain ?? null;
  if (grain === null || period === null || query.isSparse) return null;
  const { now } = query;
  if (grain === 'hour') {
    const { first, count } = clock.hours(period, now);
    return count === 0 ? null : { kind: 'spine', name: grain, grain, first, count, type: 'timestamp' };
  }
  const start = bucketOf(grain, period.from, clock.calendar);
  const last = Math.min(period.until - 1, now.day);
  let count = 0;
  for (let next = start; next <= last && count <= mostBuckets; next = laterBucket(grain, next, 1, clock.calendar))
    count += 1;
  return count === 0 ? null : { kind: 'spine', name: grain, grain, first: formatDay(start), count, type: 'date' };
}

/** The distinct groups of the named keys that any asked measure has. */
function groupsOf(facts: readonly Fact[], read: (fact: Fact) => Relation, keys: readonly Column[]): Relation {
  const asked = facts.filter(fact => fact.presence !== 'none');
  if (facts.length === 0) return ofNothing(keys);
  const present = (fact: Fact): Relation =>
    fact.presence === 'some'
      ? { kind: 'filter', input: read(fact), conditions: [column(presentName, 'boolean')] }
      : read(fact);
  const [only, ...others] = asked;
  const input: Relation =
    only !== undefined && others.length === 0
      ? present(only)
      : {
          kind: 'union',
          inputs: asked.map(fact => ({ kind: 'project', input: present(fact), columns: keys.map(same) })),
          columns: keys.map(key => key.name),
        };
  return { kind: 'distinct', input, columns: keys.map(same) };
}

/** Where nothing is read: no group, or the one that is always there. */
function ofNothing(keys: readonly Column[]): Relation {
  const one: Relation = { kind: 'list', columns: [{ name: 'cell', type: 'integer' }], rows: [['1']] };
  if (keys.length === 0) return one;
  const columns = keys.map(({ name, type }) => ({ name, value: constant(type, null) }));
  return { kind: 'project', input: { kind: 'filter', input: one, conditions: [constant('boolean', false)] }, columns };
}

function filled(spine: SpineRelation, facts: readonly Fact[], read: (fact: Fact) => Relation, frame: Frame): Relation {
  const dimensions = frameKeys(frame).filter(key => key.name !== spine.name);
  if (dimensions.length === 0) return spine;
  const groups = { name: 'groups', relation: groupsOf(facts, read, dimensions) };
  return inOrder({ kind: 'cross', inputs: [groups, { name: 'buckets', relation: spine }] }, frameKeys(frame));
}
