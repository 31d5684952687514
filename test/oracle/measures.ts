/** Measures of the oracle: for each cell of a frame, the rows that fall in it, and the aggregate over them. */
import type { BoundQuery, Measure, RowExpression } from '../../compiler/index.ts';
import { aggregate } from './aggregate.ts';
import { MissingRate } from './before.ts';
import { type Cell, keyOf } from './cells.ts';
import { isFollowed } from './followed.ts';
import type { Frame } from './frame.ts';
import { always, type Interval, isAlways } from './interval.ts';
import { type Dated, dayOf, isValid, onDay } from './reading.ts';
import { type Row, readsMoments, rowValue, tableOf, type World } from './rows.ts';
import type { Time } from './time.ts';
import type { Value } from './values.ts';

interface Covered {
  readonly cell: Cell;
  readonly rows: readonly CoveredRow[];
}

/** A row with what it was read with: the days of the cell's interval, and the date by which it finds versions. */
interface CoveredRow {
  readonly row: Row;
  readonly reading: World;
}

type Read = (expression: RowExpression, row: Row, reading: World) => Value;

export class Measures {
  private readonly covered = new Map<Measure, Map<string, ReadonlyMap<string, Covered>>>();

  constructor(
    private readonly query: BoundQuery,
    private readonly world: World,
    private readonly time: Time,
  ) {}

  cells(measure: Measure, frame: Frame): readonly Cell[] {
    return [...this.coveredBy(measure, frame).values()].map(covered => covered.cell);
  }

  value(measure: Measure, frame: Frame, cell: Cell): Value {
    const covered = this.coveredBy(measure, frame).get(keyOf(cell))?.rows ?? [];
    const { table, followedBy, time } = measure;
    const rows =
      followedBy === null || time === null
        ? covered
        : covered.filter(({ row, reading }) => isFollowed(followedBy, time, table, row, reading));
    const of = (expression: RowExpression) => rows.map(({ row, reading }) => rowValue(expression, table, row, reading));
    const { time: order, key } = tableOf(this.world, table);
    const places = rows.map(({ row, reading }) => [
      ...(order === null ? [] : [rowValue(order, table, row, reading)]),
      ...key.map(name => row[name] ?? null),
    ]);
    return aggregate(measure.aggregate, measure.arguments.map(of), rows.length, places);
  }

  private coveredBy(measure: Measure, frame: Frame): ReadonlyMap<string, Covered> {
    const cache = this.covered.get(measure) ?? new Map<string, ReadonlyMap<string, Covered>>();
    this.covered.set(measure, cache);
    const known = cache.get(frame.id);
    if (known !== undefined) return known;
    const found = this.cover(measure, frame);
    cache.set(frame.id, found);
    return found;
  }

  private cover(measure: Measure, frame: Frame): ReadonlyMap<string, Covered> {
    const { table, where } = measure;
    const read = this.reader(measure);
    const pushed = [this.query.where, ...frame.pushed].map(each => each?.[table] ?? null);
    const conditions = [where, ...pushed].flatMap(each => (each === null ? [] : conjuncts(each)));
    const found = new Map<string, { cell: Cell; rows: CoveredRow[] }>();
    for (const { labels, interval } of this.time.cellsOf(frame)) {
      if (interval !== null && interval.until <= interval.from) continue;
      const { isIn, readingOf } = this.coverage(measure, frame, interval);
      for (const row of this.world.data[table] ?? []) {
        if (!isIn(row)) continue;
        const reading = readingOf(row);
        if (!holds(conditions, condition => read(condition, row, reading))) continue;
        const cell = cellOf(frame, table, labels, expression => read(expression, row, reading));
        const group = found.get(keyOf(cell)) ?? { cell, rows: [] };
        group.rows.push({ row, reading });
        found.set(keyOf(cell), group);
      }
    }
    return found;
  }

  /** Row values, each computed once where it is the same on every interval. */
  private reader(measure: Measure): Read {
    const { table } = measure;
    const isByDay = this.isStock(measure) && Object.values(this.world.model.tables).some(({ valid }) => valid !== null);
    const values = new Map<RowExpression, Map<Row, Value> | null>();
    return (expression, row, reading) => {
      if (!values.has(expression))
        values.set(expression, isByDay || readsMoments(expression, this.world) ? null : new Map<Row, Value>());
      const known = values.get(expression) ?? null;
      const value = known?.get(row) ?? rowValue(expression, table, row, reading);
      known?.set(row, value);
      return value;
    };
  }

  /** Whether rows are read as they are on one day of each interval: what is alive then, or the version that is valid. */
  private isStock({ lifespan, table }: Measure): boolean {
    return lifespan !== null || tableOf(this.world, table).valid !== null;
  }

  /** Which rows fall into an interval, and what they are read with. */
  private coverage(
    measure: Measure,
    { steps }: Frame,
    interval: Interval | null,
  ): { readonly isIn: (row: Row) => boolean; readonly readingOf: (row: Row) => World } {
    const { table, time, isDated, lifespan } = measure;
    const { valid } = tableOf(this.world, table);
    const moments = this.time.momentsOf(interval);
    const isMoved = steps.some(step => step.kind === 'window' && step.window.kind !== 'goal');
    const isInTime = (row: Row) => {
      if (lifespan !== null) return true;
      if (time === null) {
        if (steps.length > 0) throw new Error(`${measure.text} has no time`);
        return true;
      }
      const day = this.day(time, table, row);
      if (day === null) return !isDated && !isMoved && (interval === null || isAlways(interval));
      return interval !== null && day >= interval.from && day < interval.until;
    };
    if (!this.isStock(measure)) {
      const reading = { ...this.world, moments };
      return {
        isIn: isInTime,
        readingOf: row => (time === null ? reading : { ...reading, ...dateOf(time, table, row, this.world) }),
      };
    }
    if (interval === null && lifespan !== null) throw new Error('a stock of no date');
    const stockDay = this.time.stockDay(interval ?? always, steps) - 1;
    const reading = { ...this.world, moments: { ...moments, as_of: stockDay }, stockDay };
    const spans = [lifespan, valid].filter(span => span !== null);
    return {
      isIn: row => isInTime(row) && spans.every(span => isValid(span, onDay(stockDay), table, row, reading)),
      readingOf: () => reading,
    };
  }

  private readonly days = new Map<RowExpression, Map<Row, number | null>>();

  /** The calendar day of a moment of a row, in the project's zone. */
  private day(time: RowExpression, table: string, row: Row): number | null {
    const known = this.days.get(time) ?? new Map<Row, number | null>();
    this.days.set(time, known);
    const done = known.get(row);
    if (done !== undefined) return done;
    const { date } = dateOf(time, table, row, this.world);
    const day = date.value === null ? null : dayOf(date, this.world);
    known.set(row, day);
    return day;
  }
}

function dateOf(time: RowExpression, table: string, row: Row, world: World): { readonly date: Dated } {
  return { date: { value: rowValue(time, table, row, world), type: time.type } };
}

function conjuncts(condition: RowExpression): readonly RowExpression[] {
  return condition.kind === 'call' && condition.function === 'and'
    ? condition.arguments.flatMap(conjuncts)
    : [condition];
}

/** A condition that misses a rate matters only where all others hold. */
function holds(conditions: readonly RowExpression[], read: (condition: RowExpression) => Value): boolean {
  let missing: MissingRate | null = null;
  for (const condition of conditions) {
    try {
      if (read(condition) !== true) return false;
    } catch (error) {
      if (!(error instanceof MissingRate)) throw error;
      missing = error;
    }
  }
  if (missing !== null) throw missing;
  return true;
}

function cellOf({ keys }: Frame, table: string, labels: Cell, read: (expression: RowExpression) => Value): Cell {
  const rest = labels.values();
  return keys.map(key => {
    if (key.kind === 'time') return rest.next().value ?? null;
    const expression = key.dimension.byTable[table];
    if (expression === undefined) throw new Error(`${key.dimension.name} is not bound to ${table}`);
    return read(expression);
  });
}
