/**
 * Groups: facts put side by side, one row for each group that an asked metric has; then the empty buckets of the period
 * and the members that `complete` asks for. Every row that is brought here has no measure, and changes none.
 */
import { bucketOf, formatDay, laterBucket } from '../calendar/index.ts';
import type { BoundCompletion, BoundQuery } from '../resolve/index.ts';
import { type Column, type Fact, type Frame, frameKeys, presentName } from './frame.ts';
import { asOfBounds, momentScalars } from './listed.ts';
import type { NamedScalar, Relation, Scalar, SpineRelation } from './plan.ts';
import { Rows } from './rows.ts';
import { call, column, constant, every, some } from './scalar.ts';
import { type Cut, cellsOf, cutsOf } from './times.ts';

/** More buckets than this are not shown one by one. */
export const mostBuckets = 100_000;

/** The groups of a query, and which of their values are never null. */
export interface Groups {
  readonly relation: Relation;
  readonly neverNull: ReadonlySet<string>;
}

/** Rows that are shown beside those that facts have. */
export interface Filling {
  /** The buckets of a bounded period. */
  readonly spine: SpineRelation | null;
  readonly completions: readonly BoundCompletion[];
  /** Cuts of which every bucket is shown that has begun. */
  readonly newCuts: readonly Cut[];
  /** Keys of the frame around this one: no member brings a group of them that no row has. */
  readonly outer: readonly string[];
}

export function planGroups(facts: readonly Fact[], filling: Filling, frame: Frame): Groups {
  const { spine, completions, newCuts } = filling;
  const keys = frameKeys(frame);
  const [only, ...others] = facts;
  const isFilled = spine !== null || completions.length > 0 || newCuts.length > 0;
  if (only !== undefined && others.length === 0 && !isFilled) {
    return { relation: onlyPresent(only, keys), neverNull: only.neverNull };
  }
  const isGrouped = frame.dimensions.length > 0 || completions.length > 0 || newCuts.length > 0;
  const isReadAgain = isGrouped && isFilled;
  const bindings = isReadAgain ? facts.map(({ name, relation }) => ({ name, relation })) : [];
  const read = (fact: Fact): Relation => (isReadAgain ? { kind: 'read', name: fact.name } : fact.relation);
  const added = [
    ...(spine === null ? [] : [filled(spine, facts, read, frame)]),
    ...(completions.length + newCuts.length === 0 ? [] : [completed(filling, facts, read, frame)]),
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
  { completions, spine, newCuts, outer }: Filling,
  facts: readonly Fact[],
  read: (fact: Fact) => Relation,
  frame: Frame,
): Relation {
  const isNew = (name: string) => newCuts.some(cut => cut.key === name);
  const given = new Set(completions.flatMap(completion => completion.members.map(member => member.dimension)));
  const others = frameKeys(frame).filter(key => !given.has(key.name) && key.name !== spine?.name && !isNew(key.name));
  const shared = frameKeys(frame).filter(key => given.has(key.name) && outer.includes(key.name));
  if (shared.length > 0) {
    const groups = groupsOf(facts, read, [...others, ...shared]);
    const members = withMembers(groups, [...others, ...shared], completions, frame);
    return inOrder(newCuts.length === 0 ? members : withCells(members, newCuts, frame), frameKeys(frame));
  }
  const inputs = [
    ...completions.map((completion, index) => ({
      name: index === 0 ? 'members' : `members_${index + 1}`,
      relation: membersOf(completion, frame),
    })),
    ...(others.length === 0 ? [] : [{ name: 'groups', relation: groupsOf(facts, read, others) }]),
    ...(spine === null ? [] : [{ name: 'buckets', relation: spine }]),
  ];
  const [only, ...rest] = inputs;
  const crossed: Relation | null =
    only === undefined ? null : rest.length === 0 ? only.relation : { kind: 'cross', inputs };
  return inOrder(newCuts.length === 0 ? (crossed ?? nowhere) : withCells(crossed, newCuts, frame), frameKeys(frame));
}

/** Groups with every member that has their values, where a member says something of their keys, or else with every one. */
function withMembers(
  groups: Relation,
  keys: readonly Column[],
  completions: readonly BoundCompletion[],
  frame: Frame,
): Relation {
  let relation = groups;
  let known = keys;
  for (const completion of completions) {
    const members = completion.members.map(({ dimension, value }) => ({ name: dimension, type: value.type }));
    const conditions = members
      .filter(member => known.some(key => key.name === member.name))
      .map(({ name, type }) => sameKey(column(name, type, 'groups'), column(name, type, 'members')));
    const added = members.filter(member => !known.some(key => key.name === member.name));
    const matched: Relation = {
      kind: 'match',
      input: { kind: 'alias', input: relation, alias: 'groups' },
      other: membersOf(completion, frame),
      alias: 'members',
      conditions,
    };
    const columns = [
      ...known.map(({ name, type }) => ({ name, value: column(name, type, 'groups') })),
      ...added.map(({ name, type }) => ({ name, value: column(name, type, 'members') })),
    ];
    relation = { kind: 'project', input: matched, columns };
    known = [...known, ...added];
  }
  return relation;
}

/** Two keys that are equal, or both null. */
function sameKey(a: Scalar, b: Scalar): Scalar {
  const areNull = every([call('is_null', 'boolean', a), call('is_null', 'boolean', b)]);
  return some([call('equal', 'boolean', a, b), areNull]);
}

const nowhere: Relation = { kind: 'list', columns: [], rows: [] };

/** Groups with every cell inside them that has begun. */
function withCells(groups: Relation | null, newCuts: readonly Cut[], frame: Frame): Relation {
  const cells = cellsOf(frame.times, { calendar: frame.clock.calendar, today: frame.today });
  if (typeof cells === 'string') throw new Error(`the cells of a frame are ${cells}`);
  const begun = cells.filter(({ from }) => from === null || from <= frame.today);
  const cuts = cutsOf(frame.times);
  const list: Relation = {
    kind: 'list',
    columns: cuts.map(cut => ({ name: cut.key, type: 'date' as const })),
    rows: begun.map(({ labels }) => labels.map(formatDay)),
  };
  if (groups === null) return list;
  const isOld = (cut: Cut) => !newCuts.some(each => each.key === cut.key);
  const conditions = cuts
    .filter(isOld)
    .map(({ key }) => call('equal', 'boolean', column(key, 'date', 'groups'), column(key, 'date', 'cells')));
  const matched: Relation = {
    kind: 'match',
    input: { kind: 'alias', input: groups, alias: 'groups' },
    other: list,
    alias: 'cells',
    conditions,
  };
  const columns = frameKeys(frame).map(({ name, type }) => {
    const isCell = newCuts.some(cut => cut.key === name);
    return { name, value: column(name, type, isCell ? 'cells' : 'groups') };
  });
  return { kind: 'project', input: matched, columns };
}

/** The moments of a frame that has one cell; null where each cell has its own. */
function momentsOfFrame(frame: Frame): Frame['moments'] {
  if (cutsOf(frame.times).length > 0) return null;
  const cells = cellsOf(frame.times, { calendar: frame.clock.calendar, today: frame.today });
  const [cell] = typeof cells === 'string' ? [] : cells;
  return cell === undefined ? null : momentScalars(cell, asOfBounds(cell, frame.today));
}

function membersOf(completion: BoundCompletion, frame: Frame): Relation {
  const rows = new Rows({ ...frame, moments: momentsOfFrame(frame) }, completion.table);
  const columns = completion.members.map(member => ({ name: member.dimension, value: rows.scalar(member.value) }));
  const conditions = completion.where.flatMap(condition => rows.conditions(condition));
  const input = rows.relation();
  return { kind: 'distinct', input: conditions.length === 0 ? input : { kind: 'filter', input, conditions }, columns };
}

function inOrder(input: Relation, keys: readonly Column[]): Relation {
  return { kind: 'project', input, columns: keys.map(same) };
}
