/**
 * Measures on intervals that may overlap or lie apart (moved, accumulated, stocks): the cells are listed, and each meets
 * the rows that it covers.
 */
import type { Day, Interval } from '../calendar/index.ts';
import type { Lifespan, Model, MomentName, RowExpression } from '../model.ts';
import { own } from '../record.ts';
import { rowOperands } from '../resolve/index.ts';
import { asOfBounds, CellColumns, cellsAlias, cellsAt, hullOf, momentScalars } from './cells.ts';
import type { Frame } from './frame.ts';
import type { NamedAggregate, NamedScalar, Relation, Scalar } from './plan.ts';
import type { Rows } from './rows.ts';
import { aggregated, dimensionsOf, failingLast } from './rowsets.ts';
import { call, column, constant, nothing } from './scalar.ts';
import { atLastWindow, type Cell, type Cut, cutsOf, type Times, windowsOf } from './times.ts';
import type { MeasureUse } from './uses.ts';
import { type Next, type Reading, readsVersions, validityOf } from './versions.ts';

/**
 * `direct`: each row is in one bucket of each kind, or there is one interval for all. `joined`: rows meet the cells
 * themselves. `atoms` and `masks`: rows are put together in small groups, which the cells then gather.
 */
export type Shape = 'direct' | 'joined' | 'atoms' | 'masks';

/** How the rows of a measure come to its cells where it is read by itself. */
export function shapeOf(use: MeasureUse, frame: Frame): 'direct' | 'joined' {
  return cutsOf(use.times).length > 0 && needsCells(use, frame) ? 'joined' : 'direct';
}

/** When a row counts that is read at one moment: while it is alive, and of a slowly changing table while it is valid. */
export function spansOf({ measure }: MeasureUse, { model }: Frame): readonly Lifespan[] {
  const { lifespan, table } = measure;
  const valid = validityOf(table, model);
  const isBoth = lifespan !== null && JSON.stringify(lifespan) === JSON.stringify(valid);
  return [...(lifespan === null ? [] : [lifespan]), ...(valid === null || isBoth ? [] : [valid])];
}

/** Whether the cells of a measure must be known one by one. */
export function needsCells(use: MeasureUse, frame: Frame): boolean {
  return spansOf(use, frame).length > 0 || windowsOf(use.times).length > 0 || readsMoment(use, frame);
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

/** The expressions that are computed from the rows of a measure. */
export function readBy({ measure, conditions }: MeasureUse, { dimensions }: Frame): readonly RowExpression[] {
  const { table, arguments: operands, time, lifespan } = measure;
  const groups = dimensions.flatMap(({ byTable }) => own(byTable, table) ?? []);
  const ends = lifespan === null ? [] : [lifespan.from, lifespan.until];
  return [...operands, ...conditions, ...groups, ...ends, ...(time === null ? [] : [time])];
}

/** Whether the rows that a measure joins to depend on the date or the moment at which it is read. */
export function findsVersions(use: MeasureUse, frame: Frame): boolean {
  return readBy(use, frame).some(each => readsVersions(each, use.measure.table, frame.model));
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
  const isByRow = spansOf(use, frame).length === 0 && !readsMoment(use, frame);
  return isByRow ? atLastWindow(use.times).listed : use.times;
}

/** The cells of a measure. */
export function cellsOfUse(use: MeasureUse, frame: Frame): readonly Cell[] {
  return cellsAt(listedTimes(use, frame), frame);
}

/** What `period_start`, `period_end` and `as_of` are in the rows of a measure: constants of the one cell, or columns of the list. */
function momentOf(use: MeasureUse, cells: CellColumns | null, frame: Frame): (name: MomentName) => Scalar {
  if (cells !== null) return name => cells.moment(name);
  const [cell] = cellsOfUse(use, frame);
  return name => (cell === undefined ? nothing : momentScalars(cell, asOf(cell, use, frame))[name]);
}

/**
 * How the rows of a measure are read: on which days their moments are, and which versions of slowly changing rows they
 * find: those of each row's own date or, of what is read at one moment, those of the day on which it is read.
 */
export function readingOf(use: MeasureUse, cells: CellColumns | null, frame: Frame): Reading {
  const moment = momentOf(use, cells, frame);
  if (spansOf(use, frame).length === 0) return { moment, version: { kind: 'own', date: use.measure.time } };
  if (cells !== null)
    return { moment, version: { kind: 'moment', next: type => cells.day('next', type), isStock: true } };
  const [cell] = cellsOfUse(use, frame);
  const next: Next = type => constant(type, cell === undefined ? null : frame.clock.startOf(cell.next, type));
  return { moment, version: { kind: 'moment', next, isStock: true } };
}

/** The columns of the cells that a measure meets one by one; null where it meets none. */
export function cellColumnsOf(use: MeasureUse, shape: Shape, frame: Frame): CellColumns | null {
  return shape === 'direct' ? null : new CellColumns(frame.clock, cell => asOf(cell, use, frame));
}

/** The day as of which a cell is read: a stock's own, else its last day, or today where that is not over. */
function asOf(cell: Cell, { measure }: MeasureUse, { today }: Frame): Day {
  return measure.lifespan === null ? asOfBounds(cell, today) : cell.next - 1;
}

/** What of the rows of a measure meets its cells. */
export interface ListedRows {
  readonly use: MeasureUse;
  readonly rows: Rows;
  readonly columns: CellColumns;
  readonly where: readonly Scalar[];
  readonly measures: readonly NamedAggregate[];
}

/** The buckets of the cells as keys of what meets them. */
export function labelsOf(cuts: readonly Cut[]): readonly NamedScalar[] {
  return cuts.map(({ key }) => ({ name: key, value: column(key, 'date', cellsAlias) }));
}

/** Each row beside every cell that it is in. */
export function fromRows({ use, rows, columns, where, measures }: ListedRows, frame: Frame): Relation {
  const { clock } = frame;
  const cells = cellsOfUse(use, frame);
  const cuts = cutsOf(listedTimes(use, frame));
  const dimensions = dimensionsOf(rows, frame);
  const axis = use.measure.lifespan === null ? axisOf(use, rows) : null;
  const stamp = axis?.kind === 'call' && axis.function === 'date' ? (axis.arguments[0] ?? axis) : axis;
  const lives = spansOf(use, frame).flatMap(({ from, until }) =>
    clock.alive(rows.scalar(from), rows.scalar(until), type => columns.day('next', type)),
  );
  const places = [...lives, ...(stamp === null ? [] : within(stamp, cells, columns))];
  const later: Scalar[] = [];
  const matched = rows.relationBeside(cellsAlias, (input, has) => {
    const conditions = places.filter(has);
    later.push(...places.filter(place => !has(place)));
    return { kind: 'match', input, other: columns.list(cells, cuts), alias: cellsAlias, conditions };
  });
  const buckets = axis === null ? [] : ownBuckets(use, axis, null, frame);
  const hull = axis === null ? [] : clock.within(axis, hullOf(cells));
  const conditions = failingLast([...where, ...later, ...hull], places);
  return aggregated(matched, conditions, [...dimensions, ...labelsOf(cuts), ...buckets], measures);
}

/** The buckets behind the last window, from each row's own time. */
function ownBuckets(use: MeasureUse, axis: Scalar, bounds: Interval | null, frame: Frame): readonly NamedScalar[] {
  const listed = cutsOf(listedTimes(use, frame)).length;
  return cutsOf(use.times)
    .slice(listed)
    .map(({ key, grain }) => ({ name: key, value: frame.clock.bucket(axis, grain, bounds) }));
}

export function axisOf(use: MeasureUse, rows: Rows): Scalar {
  const { time } = use.measure;
  if (time === null) throw new Error(`${use.name} has no time axis`);
  return rows.scalar(time);
}

/** That a moment lies in a cell. */
export function within(moment: Scalar, cells: readonly Cell[], columns: CellColumns): readonly Scalar[] {
  const type = moment.type === 'timestamp' ? 'timestamp' : 'date';
  const isOpen = (end: 'from' | 'until') => cells.every(cell => cell[end] === null);
  const ends = [
    ...(isOpen('from') ? [] : [call('greater_or_equal', 'boolean', moment, columns.day('from', type))]),
    ...(isOpen('until') ? [] : [call('less', 'boolean', moment, columns.day('until', type))]),
  ];
  return ends.length > 0 ? ends : [call('not', 'boolean', call('is_null', 'boolean', moment))];
}
