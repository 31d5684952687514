/** With what rows are read: the days of an interval, and the date that decides which version of a changing row is found. */
import type { ExpressionType, Lifespan, MomentName, RowExpression } from '../../compiler/index.ts';
import { localDay } from './calendar.ts';
import { type Row, rowValue, tableOf, type World } from './rows.ts';
import type { Value } from './values.ts';

/** Infinite where the interval has no such end. */
export type Moments = Readonly<Record<MomentName, number>>;

export interface Dated {
  readonly value: Value;
  readonly type: ExpressionType;
}

export interface Reading {
  /** The days that `period_start` and its like are. */
  readonly moments?: Moments;
  /** What joins without a date of their own go by. */
  readonly date?: Dated;
  /** In a stock, the day on which it is read, which all joins go by. */
  readonly stockDay?: number;
}

/** Rows of a table that are read by themselves, outside of any interval: by the table's own time. */
export function ownReading(row: Row, table: string, world: World): World {
  const { time } = tableOf(world, table);
  const { model, data, today } = world;
  const plain: World = { model, data, today };
  return time === null ? plain : dated(plain, time, table, row);
}

/** The world as a row is read whose own date is the given moment. */
export function dated(world: World, time: RowExpression, table: string, row: Row): World {
  return { ...world, date: { value: rowValue(time, table, row, world), type: time.type } };
}

export function onDay(day: number): Dated {
  return { value: day, type: 'date' };
}

/** From the one moment on, and before the other; as instants where both are, else by local days. */
export function isValid(valid: Lifespan, on: Dated, table: string, row: Row, world: World): boolean {
  const at = (moment: RowExpression): Dated => ({ value: rowValue(moment, table, row, world), type: moment.type });
  const [from, until] = [at(valid.from), at(valid.until)];
  if (on.value === null || from.value === null || isBefore(on, from, world)) return false;
  return until.value === null || isBefore(on, until, world);
}

export function isBefore(a: Dated, b: Dated, world: World): boolean {
  if (a.type === 'timestamp' && b.type === 'timestamp') return Number(a.value) < Number(b.value);
  return dayOf(a, world) < dayOf(b, world);
}

export function dayOf({ value, type }: Dated, { model }: World): number {
  return type === 'timestamp' ? localDay(Number(value), model.settings.timeZone) : Number(value);
}
