/**
 * Members: rows that `complete` and `per every` bring, which no measure has. Which they are may differ from cell to cell:
 * of a slowly changing table they are those with a version in its interval.
 */
import type { BoundCompletion } from '../resolve/index.ts';
import { asOfBounds, CellColumns, cellsAlias, cellsIn, momentsOfCell } from './cells.ts';
import { type Column, type Frame, frameKeys, inOrder } from './frame.ts';
import { momentsOfRow } from './listed.ts';
import type { Relation, Scalar, SpineRelation } from './plan.ts';
import { Rows } from './rows.ts';
import { call, column, constant, every, nothing, some } from './scalar.ts';
import { type Cut, cutsOf } from './times.ts';
import { type Reading, readsVersions, validityOf } from './versions.ts';

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

/**
 * Every member with every other group and, where buckets are filled or brought by a cut, with every one of those. Where
 * members say something of keys that groups have as well, each group has those that agree with it.
 */
export function completed(filling: Filling, groupsOf: (keys: readonly Column[]) => Relation, frame: Frame): Relation {
  const { completions, spine, newCuts, outer } = filling;
  const keys = frameKeys(frame);
  const isNew = (name: string) => newCuts.some(cut => cut.key === name);
  const given = new Set(completions.flatMap(completion => completion.members.map(member => member.dimension)));
  const isFromFacts = ({ name }: Column) =>
    name !== spine?.name && !isNew(name) && (!given.has(name) || outer.includes(name));
  const ofFacts = keys.filter(isFromFacts);
  const groups = ofFacts.length === 0 ? null : groupsOf(ofFacts);
  const shown = crossed(groups, ofFacts, spine);
  const known = keys.filter(key => isFromFacts(key) || key.name === spine?.name || isNew(key.name));
  const withNew =
    newCuts.length === 0
      ? shown
      : withCells(
          shown,
          known.filter(key => !isNew(key.name)),
          newCuts,
          frame,
        );
  return inOrder(withMembers(withNew, known, completions, frame), keys);
}

function crossed(groups: Relation | null, keys: readonly Column[], spine: SpineRelation | null): Relation | null {
  if (spine === null || groups === null) return groups ?? spine;
  const inputs = [
    { name: 'groups', relation: groups },
    { name: 'buckets', relation: spine },
  ];
  return inOrder({ kind: 'cross', inputs }, [...keys, { name: spine.name, type: spine.type }]);
}

/** Groups with every member that has their values, where a member says something of their keys, or else with every one. */
function withMembers(
  groups: Relation | null,
  keys: readonly Column[],
  completions: readonly BoundCompletion[],
  frame: Frame,
): Relation {
  let relation = groups;
  let known = keys;
  for (const completion of completions) {
    const { members, columns } = membersOf(completion, frame);
    const added = columns.filter(each => !known.some(key => key.name === each.name));
    if (relation === null) relation = members;
    else {
      const conditions = columns
        .filter(each => known.some(key => key.name === each.name))
        .map(({ name, type }) => sameKey(column(name, type, 'groups'), column(name, type, 'members')));
      const input: Relation = { kind: 'alias', input: relation, alias: 'groups' };
      const values = [
        ...known.map(({ name, type }) => ({ name, value: column(name, type, 'groups') })),
        ...added.map(({ name, type }) => ({ name, value: column(name, type, 'members') })),
      ];
      relation = {
        kind: 'project',
        input: { kind: 'match', input, other: members, alias: 'members', conditions },
        columns: values,
      };
    }
    known = [...known, ...added];
  }
  return relation ?? nowhere;
}

/** Whether the members of a table, or what is said of them, depend on the interval. */
export function isByInterval({ table, members, where }: BoundCompletion, { model }: Pick<Frame, 'model'>): boolean {
  const read = [...where, ...members.map(member => member.value)];
  return (
    validityOf(table, model) !== null ||
    read.some(each => momentsOfRow(each, model).length > 0 || readsVersions(each, table, model))
  );
}

interface MemberRows {
  readonly members: Relation;
  /** What they say of groups: dimensions and, where they differ from cell to cell, the cell's buckets. */
  readonly columns: readonly Column[];
}

function membersOf(completion: BoundCompletion, frame: Frame): MemberRows {
  const dimensions = completion.members.map(({ dimension, value }) => ({ name: dimension, type: value.type }));
  const isByCell = isByInterval(completion, frame) && cutsOf(frame.times).length > 0;
  return isByCell
    ? { members: membersByCell(completion, frame), columns: [...dimensions, ...cutsOf(frame.times).map(keyOf)] }
    : { members: membersOfAll(completion, frame), columns: dimensions };
}

function keyOf({ key }: Cut): Column {
  return { name: key, type: 'date' };
}

/** The members of a frame that has one interval, or whose members are the same in all. */
function membersOfAll(completion: BoundCompletion, frame: Frame): Relation {
  const [cell] = isByInterval(completion, frame) ? cellsIn(frame) : [];
  const bound: Bound = (end, type) => {
    const day = cell?.[end] ?? null;
    return day === null ? null : constant(type, frame.clock.startOf(day, type));
  };
  const moments = cell === undefined ? null : momentsOfCell(cell, frame.today);
  const reading: Reading = {
    moment: name => moments?.[name] ?? nothing,
    version: { kind: 'moment', next: type => bound('next', type) ?? nothing, isStock: false },
  };
  const { rows, columns, conditions } = memberRows(completion, reading, bound, frame);
  const input = rows.relation();
  return { kind: 'distinct', input: conditions.length === 0 ? input : { kind: 'filter', input, conditions }, columns };
}

/** The members of each cell, beside the buckets that name it. */
function membersByCell(completion: BoundCompletion, frame: Frame): Relation {
  const cells = cellsIn(frame);
  const cuts = cutsOf(frame.times);
  const listed = new CellColumns(frame.clock, cell => asOfBounds(cell, frame.today));
  const reading: Reading = {
    moment: name => listed.moment(name),
    version: { kind: 'moment', next: type => listed.day('next', type), isStock: false },
  };
  const bound: Bound = (end, type) => (cells.some(cell => cell[end] === null) ? null : listed.day(end, type));
  const { rows, columns, conditions } = memberRows(completion, reading, bound, frame);
  const labels = cuts.map(({ key }) => ({ name: key, value: column(key, 'date', cellsAlias) }));
  const later: Scalar[] = [];
  const input = rows.relationBeside(cellsAlias, (relation, has) => {
    later.push(...conditions.filter(condition => !has(condition)));
    const other = listed.list(cells, cuts);
    return { kind: 'match', input: relation, other, alias: cellsAlias, conditions: conditions.filter(has) };
  });
  const found: Relation = later.length === 0 ? input : { kind: 'filter', input, conditions: later };
  return { kind: 'distinct', input: found, columns: [...columns, ...labels] };
}

/** An end of the interval in which members are looked for, or the day at whose start they are read; null where there is none. */
type Bound = (end: 'from' | 'until' | 'next', type: 'date' | 'timestamp') => Scalar | null;

function memberRows(completion: BoundCompletion, reading: Reading, bound: Bound, frame: Frame) {
  const rows = new Rows({ ...frame, reading }, completion.table);
  return {
    rows,
    columns: completion.members.map(member => ({ name: member.dimension, value: rows.scalar(member.value) })),
    conditions: [...overlap(rows, bound, frame), ...completion.where.flatMap(each => rows.conditions(each))],
  };
}

/** That a version is valid on some day of an interval; ends that are not there do not cut. */
function overlap(rows: Rows, bound: Bound, { model }: Frame): readonly Scalar[] {
  const valid = validityOf(rows.table.name, model);
  if (valid === null) return [];
  const [from, until] = [rows.scalar(valid.from), rows.scalar(valid.until)];
  const [start, end] = [bound('from', timeType(until)), bound('until', timeType(from))];
  return [
    end === null ? call('not', 'boolean', call('is_null', 'boolean', from)) : call('less', 'boolean', from, end),
    ...(start === null ? [] : [some([call('is_null', 'boolean', until), call('greater', 'boolean', until, start)])]),
  ];
}

function timeType({ type }: Scalar): 'date' | 'timestamp' {
  return type === 'timestamp' ? 'timestamp' : 'date';
}

/** Two keys that are equal, or both null. */
function sameKey(a: Scalar, b: Scalar): Scalar {
  const areNull = every([call('is_null', 'boolean', a), call('is_null', 'boolean', b)]);
  return some([call('equal', 'boolean', a, b), areNull]);
}

const nowhere: Relation = { kind: 'list', columns: [], rows: [] };

/** Groups with every cell inside them that has begun. */
function withCells(groups: Relation | null, keys: readonly Column[], newCuts: readonly Cut[], frame: Frame): Relation {
  const begun = cellsIn(frame).filter(({ from }) => from === null || from <= frame.today);
  const cuts = cutsOf(frame.times);
  const list = new CellColumns(frame.clock, () => frame.today).list(begun, cuts);
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
  const columns = [
    ...keys.map(({ name, type }) => ({ name, value: column(name, type, 'groups') })),
    ...newCuts.map(({ key }) => ({ name: key, value: column(key, 'date', 'cells') })),
  ];
  return { kind: 'project', input: matched, columns };
}
