/** Measures of the oracle: for each cell of a frame, the rows that fall in it, and the aggregate over them. */
import type { BoundQuery, Measure, RowExpression } from '../../compiler/index.ts';
import { aggregate } from './aggregate.ts';
import { localDay } from './calendar.ts';
import { type Cell, keyOf } from './cells.ts';
import type { Frame } from './frame.ts';
import { type Interval, isAlways } from './interval.ts';
import { type Row, readsMoments, rowValue, tableOf, type World } from './rows.ts';
import type { Time } from './time.ts';
import type { Value } from './values.ts';

interface Covered {
  readonly cell: Cell;
  readonly rows: readonly Row[];
  /** What the rows were read with: the world, and the days of the cell's interval. */
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
    const covered = this.coveredBy(measure, frame).get(keyOf(cell));
    const { rows, reading } = covered ?? { rows: [], reading: this.world };
    const of = (expression: RowExpression) => rows.map(row => rowValue(expression, measure.table, row, reading));
    const table = tableOf(this.world, measure.table);
    const order = rows.map(row => [
      ...(table.time === null ? [] : [rowValue(table.time, measure.table, row, reading)]),
      ...table.key.map(key => row[key] ?? null),
    ]);
    return aggregate(measure.aggregate, measure.arguments.map(of), rows.length, order);
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
    const read = this.reader(table);
    const pushed = [this.query.where, ...frame.pushed].map(each => each?.[table] ?? null);
    const conditions = [where, ...pushed].filter(each => each !== null);
    const found = new Map<string, { cell: Cell; rows: Row[]; reading: World }>();
    for (const { labels, interval } of this.time.cellsOf(frame)) {
      const isIn = this.coverage(measure, frame, interval);
      const reading = { ...this.world, moments: this.moments(measure, frame, interval) };
      for (const row of this.world.data[table] ?? []) {
        if (!isIn(row) || !conditions.every(condition => read(condition, row, reading) === true)) continue;
        const cell = cellOf(frame, table, labels, expression => read(expression, row, reading));
        const group = found.get(keyOf(cell)) ?? { cell, rows: [], reading };
        group.rows.push(row);
        found.set(keyOf(cell), group);
      }
    }
    return found;
  }

  /** Row values, each computed once where it is the same on every interval. */
  private reader(table: string): Read {
    const values = new Map<RowExpression, Map<Row, Value> | null>();
    return (expression, row, reading) => {
      if (!values.has(expression))
        values.set(expression, readsMoments(expression, this.world) ? null : new Map<Row, Value>());
      const known = values.get(expression) ?? null;
      const value = known?.get(row) ?? rowValue(expression, table, row, reading);
      known?.set(row, value);
      return value;
    };
  }

  /** In a stock, the day as of which something is said is the one on which it is read. */
  private moments({ lifespan }: Measure, { steps }: Frame, interval: Interval | null) {
    const moments = this.time.momentsOf(interval);
    return lifespan === null ? moments : { ...moments, as_of: this.time.stockDay(interval, steps) - 1 };
  }

  private coverage(measure: Measure, { steps }: Frame, interval: Interval | null): (row: Row) => boolean {
    const { table, time, isDated, lifespan } = measure;
    if (lifespan !== null) {
      const next = this.time.stockDay(interval, steps);
      return row => {
        const [from, until] = [this.day(lifespan.from, table, row), this.day(lifespan.until, table, row)];
        return from !== null && from < next && (until === null || until >= next);
      };
    }
    if (time === null) {
      if (steps.length > 0) throw new Error(`${measure.text} has no time`);
      return () => true;
    }
    const isMoved = steps.some(step => step.kind === 'window');
    return row => {
      const day = this.day(time, table, row);
      if (day === null) return !isDated && !isMoved && (interval === null || isAlways(interval));
      return interval !== null && day >= interval.from && day < interval.until;
    };
  }

  private readonly days = new Map<RowExpression, Map<Row, number | null>>();

  /** The calendar day of a moment, in the project's zone. */
  private day(moment: RowExpression, table: string, row: Row): number | null {
    const known = this.days.get(moment) ?? new Map<Row, number | null>();
    this.days.set(moment, known);
    const done = known.get(row);
    if (done !== undefined) return done;
    const value = rowValue(moment, table, row, this.world);
    const { timeZone } = this.world.model.settings;
    const day = typeof value !== 'number' ? null : moment.type === 'timestamp' ? localDay(value, timeZone) : value;
    known.set(row, day);
    return day;
  }
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
