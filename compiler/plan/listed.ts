/**
 * Measures on intervals that may overlap or lie apart (moved, accumulated, stocks): the cells are listed, and each meets
 * the rows that it covers. What can be added up is first added up by small buckets, so that few rows meet the cells.
 */
import {
  type Bounds,
  bucketOf,
  type Calendar,
  type Day,
  formatDay,
  type Grain,
  type Interval,
} from '../calendar/index.ts';
import type { Model, MomentName, RowExpression, Type } from '../model.ts';
import { own } from '../record.ts';
import { rowOperands } from '../resolve/index.ts';
import { reaggregated } from './eager.ts';
import type { Frame } from './frame.ts';
import type { ListRelation, NamedAggregate, NamedScalar, Relation, Scalar } from './plan.ts';
import type { Rows } from './rows.ts';
import { aggregated, dimensionsOf } from './rowsets.ts';
import { call, column, constant } from './scalar.ts';
import { atLastWindow, type Cell, cellsOf, cutsOf, type Times, windowsOf } from './times.ts';
import type { MeasureUse } from './uses.ts';

/**
 * `direct`: each row is in one bucket of each kind, or there is one interval for all. `atoms`: rows are added up by small
 * buckets, which the cells then gather. `joined`: rows meet the cells themselves.
 */
export type Shape = 'direct' | 'atoms' | 'joined';

const cellsAlias = 'cells';
const atomName = 'atom';

export function shapeOf(use: MeasureUse, frame: Frame): Shape {
  const { measure, times } = use;
  if (cutsOf(times).length === 0) return 'direct';
  const isMoment = readsMoment(use, frame);
  if (measure.lifespan === null && windowsOf(times).length === 0 && !isMoment) return 'direct';
  const isAddable = reaggregated[measure.aggregate] !== undefined && measure.lifespan === null && !isMoment;
  return isAddable && frame.strategy !== 'plain' ? 'atoms' : 'joined';
}

/** Whether the cells of a measure must be known one by one. */
export function needsCells(use: MeasureUse, frame: Frame): boolean {
  return use.measure.lifespan !== null || windowsOf(use.times).length > 0 || readsMoment(use, frame);
}

/** Whether a measure depends on the interval that it is read on, beyond the rows that fall in it. */
export function readsMoment(use: MeasureUse, frame: Frame): boolean {
  return momentsIn(use, frame).length > 0;
}

/** The moments that a measure reads, in what it aggregates, its conditions and its groups. */
export function momentsIn({ measure, conditions }: MeasureUse, { model, dimensions }: Frame): readonly MomentName[] {
  const groups = dimensions.flatMap(({ byTable }) => own(byTable, measure.table) ?? []);
  return [...measure.arguments, ...conditions, ...groups].flatMap(each => momentsOfRow(each, model));
}

/** The moments that a row expression reads, those of computed columns among them. */
export function momentsOfRow(expression: RowExpression, model: Model): readonly MomentName[] {
  if (expression.kind === 'moment') return [expression.name];
  if (expression.kind !== 'column') return rowOperands(expression).flatMap(each => momentsOfRow(each, model));
  const source = own(own(model.tables, expression.table)?.columns ?? {}, expression.column)?.source;
  return source?.kind === 'computed' ? momentsOfRow(source.formula, model) : [];
}

/** What must be listed of a measure's times: the buckets behind the last window follow from each row's own time. */
export function listedTimes(use: MeasureUse, frame: Frame): Times {
  const isByRow = use.measure.lifespan === null && !readsMoment(use, frame);
  return isByRow ? atLastWindow(use.times).listed : use.times;
}

/** The cells of a measure; that they can be listed has been seen to before. */
export function cellsOfUse(use: MeasureUse, frame: Frame): readonly Cell[] {
  const cells = cellsOf(listedTimes(use, frame), { calendar: frame.clock.calendar, today: frame.today });
  if (typeof cells === 'string') throw new Error(`the cells of ${use.name} are ${cells}`);
  return cells;
}

/** The range from the first to the last of several. */
export function hullOf(all: readonly Bounds[]): Bounds {
  const froms = all.map(({ from }) => from);
  const untils = all.map(({ until }) => until);
  const isOpen = (days: readonly (number | null)[]) => days.length === 0 || days.includes(null);
  return {
    from: isOpen(froms) ? null : Math.min(...froms.map(Number)),
    until: isOpen(untils) ? null : Math.max(...untils.map(Number)),
  };
}

/** What `period_start`, `period_end` and `as_of` are in the rows of a measure: constants of the one cell, or columns of the list. */
export function momentsOf(use: MeasureUse, shape: Shape, frame: Frame): Readonly<Record<MomentName, Scalar>> | null {
  if (!readsMoment(use, frame)) return null;
  if (shape !== 'direct') {
    const of = (name: MomentName) => column(name, 'date', cellsAlias);
    return { period_start: of('period_start'), period_end: of('period_end'), as_of: of('as_of') };
  }
  const [cell] = cellsOfUse(use, frame);
  return cell === undefined ? null : momentScalars(cell, asOf(cell, use, frame));
}

/** The day as of which a cell is read: a stock's own, else its last day, or today where that is not over. */
function asOf(cell: Cell, { measure }: MeasureUse, { today }: Frame): Day {
  return measure.lifespan === null ? asOfBounds(cell, today) : cell.next - 1;
}

export function asOfBounds({ until }: Bounds, today: Day): Day {
  return until === null ? today : Math.min(until - 1, today);
}

/** The moments of a cell; one of an open end is null. */
export function momentScalars(cell: Bounds, asOfDay: Day): Readonly<Record<MomentName, Scalar>> {
  const { period_start, period_end, as_of } = momentDays(cell, asOfDay);
  return {
    period_start: constant('date', period_start),
    period_end: constant('date', period_end),
    as_of: constant('date', as_of),
  };
}

function momentDays({ from, until }: Bounds, asOfDay: Day): Readonly<Record<MomentName, string | null>> {
  const last = until === null ? null : until - 1;
  return {
    period_start: from === null ? null : formatDay(from),
    period_end: last === null ? null : formatDay(last),
    as_of: formatDay(asOfDay),
  };
}

export function onListedCells(
  use: MeasureUse,
  shape: 'atoms' | 'joined',
  rows: Rows,
  where: readonly Scalar[],
  measures: readonly NamedAggregate[],
  frame: Frame,
): Relation {
  const cells = cellsOfUse(use, frame);
  const listed = cutsOf(listedTimes(use, frame));
  const labels: readonly NamedScalar[] = listed.map(({ key }) => ({
    name: key,
    value: column(key, 'date', cellsAlias),
  }));
  return shape === 'atoms'
    ? fromAtoms(use, rows, where, labels, measures, cells, frame)
    : fromRows(use, rows, where, labels, measures, cells, frame);
}

/** Rows added up by the asked dimensions and small buckets, which each cell then adds up further. */
function fromAtoms(
  use: MeasureUse,
  rows: Rows,
  where: readonly Scalar[],
  labels: readonly NamedScalar[],
  measures: readonly NamedAggregate[],
  cells: readonly Cell[],
  frame: Frame,
): Relation {
  const { clock } = frame;
  const axis = axisOf(use, rows);
  const hull = hullOf(cells);
  const { from, until } = hull;
  const bounded = from === null || until === null ? null : { from, until };
  const atom = clock.bucket(axis, atomGrain(cells, clock.calendar), bounded);
  const dimensions = [...dimensionsOf(rows, frame), ...ownBuckets(use, axis, bounded, frame)];
  const inner = aggregated(
    rows.relation(),
    [...where, ...clock.within(axis, hull)],
    [...dimensions, { name: atomName, value: atom }],
    measures,
  );
  const matched = match(inner, 'atoms', listOf(use, cells, ['from', 'until'], 'date', frame), [
    ...within(column(atomName, 'date', 'atoms'), cells, 'date'),
  ]);
  const kept = dimensions.map(({ name, value }) => ({ name, value: column(name, value.type, 'atoms') }));
  return {
    kind: 'aggregate',
    input: matched,
    keys: [...kept, ...labels],
    measures: measures.map(measure => ({
      ...measure,
      aggregate: reaggregated[measure.aggregate] ?? measure.aggregate,
      arguments: [column(measure.name, measure.type, 'atoms')],
      order: [],
      filter: null,
    })),
  };
}

/** The coarsest buckets of which every cell is made. */
function atomGrain(cells: readonly Cell[], calendar: Calendar): Grain {
  const ends = cells.flatMap(({ from, until }) => [from ?? until ?? 0, until ?? from ?? 0]);
  const fits = (grain: Grain) => ends.every(end => bucketOf(grain, end, calendar) === end);
  return (['month', 'week'] as const).find(fits) ?? 'day';
}

function fromRows(
  use: MeasureUse,
  rows: Rows,
  where: readonly Scalar[],
  labels: readonly NamedScalar[],
  measures: readonly NamedAggregate[],
  cells: readonly Cell[],
  frame: Frame,
): Relation {
  const { lifespan } = use.measure;
  const { clock } = frame;
  const dimensions = dimensionsOf(rows, frame);
  const moments = readsMoment(use, frame) ? (['period_start', 'period_end', 'as_of'] as const) : [];
  if (lifespan !== null) {
    const [from, until] = [rows.scalar(lifespan.from), rows.scalar(lifespan.until)];
    const next = (type: 'date' | 'timestamp') => column(type === 'date' ? 'next' : 'next_at', type, cellsAlias);
    const types = new Set([from.type, until.type]);
    const ends = [
      ...(types.has('date') ? ['next' as const] : []),
      ...(types.has('timestamp') ? ['next_at' as const] : []),
    ];
    const list = listOf(use, cells, [...ends, ...moments], 'date', frame);
    const matched: Relation = {
      kind: 'match',
      input: rows.relation(),
      other: list,
      alias: cellsAlias,
      conditions: clock.alive(from, until, next),
    };
    return aggregated(matched, where, [...dimensions, ...labels], measures);
  }
  const axis = axisOf(use, rows);
  const buckets = ownBuckets(use, axis, null, frame);
  const stamp = axis.kind === 'call' && axis.function === 'date' ? (axis.arguments[0] ?? axis) : axis;
  const type = stamp.type === 'timestamp' ? 'timestamp' : 'date';
  const list = listOf(use, cells, ['from', 'until', ...moments], type, frame);
  const matched: Relation = {
    kind: 'match',
    input: rows.relation(),
    other: list,
    alias: cellsAlias,
    conditions: within(stamp, cells, type),
  };
  return aggregated(
    matched,
    [...where, ...clock.within(axis, hullOf(cells))],
    [...dimensions, ...labels, ...buckets],
    measures,
  );
}

/** The buckets behind the last window, from each row's own time. */
function ownBuckets(use: MeasureUse, axis: Scalar, bounds: Interval | null, frame: Frame): readonly NamedScalar[] {
  const listed = cutsOf(listedTimes(use, frame)).length;
  return cutsOf(use.times)
    .slice(listed)
    .map(({ key, grain }) => ({ name: key, value: frame.clock.bucket(axis, grain, bounds) }));
}

function axisOf(use: MeasureUse, rows: Rows): Scalar {
  const { time } = use.measure;
  if (time === null) throw new Error(`${use.name} has no time axis`);
  return rows.scalar(time);
}

function match(input: Relation, alias: string, other: Relation, conditions: readonly Scalar[]): Relation {
  return { kind: 'match', input: { kind: 'alias', input, alias }, other, alias: cellsAlias, conditions };
}

/** That a moment lies in a cell; all cells begin somewhere, or none does. */
function within(moment: Scalar, cells: readonly Cell[], type: 'date' | 'timestamp'): readonly Scalar[] {
  const isOpen = cells.some(({ from }) => from === null);
  return [
    ...(isOpen ? [] : [call('greater_or_equal', 'boolean', moment, column('from', type, cellsAlias))]),
    call('less', 'boolean', moment, column('until', type, cellsAlias)),
  ];
}

type CellColumn = 'from' | 'until' | 'next' | 'next_at' | MomentName;

/** The cells written out: their buckets, and of the rest what is needed. */
function listOf(
  use: MeasureUse,
  cells: readonly Cell[],
  wanted: readonly CellColumn[],
  bounds: 'date' | 'timestamp',
  frame: Frame,
): ListRelation {
  const isOpen = cells.some(({ from }) => from === null);
  const names = wanted.filter(name => name !== 'from' || !isOpen);
  const typeOf = (name: CellColumn): Type =>
    name === 'next_at' ? 'timestamp' : name === 'from' || name === 'until' ? bounds : 'date';
  const start = (day: number | null, type: 'date' | 'timestamp') =>
    day === null ? null : frame.clock.startOf(day, type);
  const boundOf = (cell: Cell, name: CellColumn): string | null => {
    switch (name) {
      case 'from':
        return start(cell.from, bounds);
      case 'until':
        return start(cell.until, bounds);
      case 'next':
        return start(cell.next, 'date');
      case 'next_at':
        return start(cell.next, 'timestamp');
      default:
        return momentDays(cell, asOf(cell, use, frame))[name];
    }
  };
  const keys = cutsOf(listedTimes(use, frame)).map(({ key }) => ({ name: key, type: 'date' as const }));
  return {
    kind: 'list',
    columns: [...keys, ...names.map(name => ({ name, type: typeOf(name) }))],
    rows: cells.map(cell => [...cell.labels.map(formatDay), ...names.map(name => boundOf(cell, name))]),
  };
}
