/**
 * Groups: facts put side by side, one row for each group that an asked metric has; then the empty buckets of the period
 * and the members that `complete` asks for. Every row that is brought here has no measure, and changes none.
 */
import { bucketOf, formatDay, laterBucket } from '../calendar/index.ts';
import type { BoundCompletion, BoundQuery } from '../resolve/index.ts';
import { type Column, type Fact, type Frame, frameKeys, presentName } from './facts.ts';
import type { NamedScalar, Relation, SpineRelation } from './plan.ts';
import { Rows } from './rows.ts';
import { column, constant } from './scalar.ts';

/** More buckets than this are not shown one by one. */
export const mostBuckets = 100_000;

/** The groups of a query, and which of their values are never null. */
export interface Groups {
  readonly relation: Relation;
  readonly neverNull: ReadonlySet<string>;
}

export function planGroups(facts: readonly Fact[], query: BoundQuery, frame: Frame): Groups {
  const keys = frameKeys(frame);
  const spine = planSpine(query, frame);
  const { completions } = query;
  const [only, ...others] = facts;
  if (only !== undefined && others.length === 0 && spine === null && completions.length === 0) {
    return { relation: onlyPresent(only, keys), neverNull: only.neverNull };
  }
  const isGrouped = frame.dimensions.length > 0 || completions.length > 0;
  const isReadAgain = isGrouped && (spine !== null || completions.length > 0);
  const bindings = isReadAgain ? facts.map(({ name, relation }) => ({ name, relation })) : [];
  const read = (fact: Fact): Relation => (isReadAgain ? { kind: 'read', name: fact.name } : fact.relation);
  const added = [
    ...(spine === null ? [] : [filled(spine, facts, read, frame)]),
    ...(completions.length === 0 ? [] : [completed(completions, spine, facts, read, frame)]),
  ];
  const combined = combine(facts, read, added, keys);
  const relation: Relation = bindings.length === 0 ? combined : { kind: 'with', bindings, body: combined };
  return { relation, neverNull: new Set() };
}

function onlyPresent(fact: Fact, keys: readonly Column[]): Relation {
  if (fact.presence === 'all' || keys.length === 0) return fact.relation;
  const present = fact.presence === 'none' ? constant('boolean', false) : column(presentName, 'boolean');
  return { kind: 'filter', input: fact.relation, conditions: [present] };
}

/** One row for each key of any input. Where some facts only serve conditions, rows that no asked measure has are cut again. */
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
  const combined: Relation = { kind: 'combine', keys, values: [...values, ...mark], inputs };
  return isMarked ? { kind: 'filter', input: combined, conditions: [column(presentName, 'boolean')] } : combined;
}

function marked(relation: Relation, fact: Fact, keys: readonly Column[]): Relation {
  if (fact.presence === 'some') return relation;
  return withMark(relation, [...keys, ...fact.values], constant('boolean', fact.presence === 'all'));
}

function withMark(relation: Relation, columns: readonly Column[], value: NamedScalar['value']): Relation {
  return { kind: 'project', input: relation, columns: [...columns.map(same), { name: presentName, value }] };
}

function same({ name, type }: Column): NamedScalar {
  return { name, value: column(name, type) };
}

/** The buckets of a bounded period up to now's, or null where nothing is filled. */
function planSpine(query: BoundQuery, frame: Frame): SpineRelation | null {
  const { grain, period, clock } = frame;
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

function filled(spine: SpineRelation, facts: readonly Fact[], read: (fact: Fact) => Relation, frame: Frame): Relation {
  const dimensions = frameKeys(frame).filter(key => key.name !== spine.name);
  if (dimensions.length === 0) return spine;
  const groups = { name: 'groups', relation: groupsOf(facts, read, dimensions) };
  return inOrder({ kind: 'cross', inputs: [groups, { name: 'buckets', relation: spine }] }, frameKeys(frame));
}

/** Every member with every other group; the buckets of a filled period are groups of their own. */
function completed(
  completions: readonly BoundCompletion[],
  spine: SpineRelation | null,
  facts: readonly Fact[],
  read: (fact: Fact) => Relation,
  frame: Frame,
): Relation {
  const given = new Set(completions.flatMap(completion => completion.members.map(member => member.dimension)));
  const others = frameKeys(frame).filter(key => !given.has(key.name) && key.name !== spine?.name);
  const inputs = [
    ...completions.map((completion, index) => ({
      name: index === 0 ? 'members' : `members_${index + 1}`,
      relation: membersOf(completion, frame),
    })),
    ...(others.length === 0 ? [] : [{ name: 'groups', relation: groupsOf(facts, read, others) }]),
    ...(spine === null ? [] : [{ name: 'buckets', relation: spine }]),
  ];
  const [only, ...rest] = inputs;
  const crossed: Relation = only !== undefined && rest.length === 0 ? only.relation : { kind: 'cross', inputs };
  return inOrder(crossed, frameKeys(frame));
}

function membersOf(completion: BoundCompletion, frame: Frame): Relation {
  const rows = new Rows(frame, completion.table);
  const columns = completion.members.map(member => ({ name: member.dimension, value: rows.scalar(member.value) }));
  const conditions = completion.where.flatMap(condition => rows.conditions(condition));
  const input = rows.relation();
  return { kind: 'distinct', input: conditions.length === 0 ? input : { kind: 'filter', input, conditions }, columns };
}

function inOrder(input: Relation, keys: readonly Column[]): Relation {
  return { kind: 'project', input, columns: keys.map(same) };
}
