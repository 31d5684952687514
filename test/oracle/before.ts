/** What a row takes from others of its table, or from the rates: the row before it, and its money in another currency. */
import type { Conversion, Previous } from '../../compiler/index.ts';
import { keyOf } from './cells.ts';
import { dayOf, ownReading } from './reading.ts';
import { type Data, type Row, rowValue, tableOf, type World } from './rows.ts';
import { call, compareValues, type Value } from './values.ts';

const sequences = new WeakMap<Data, Map<Previous, ReadonlyMap<Row, Row>>>();

/** The expression's value in the row before. */
export function previousValue(previous: Previous, row: Row, world: World): Value {
  const ofData = sequences.get(world.data) ?? new Map<Previous, ReadonlyMap<Row, Row>>();
  sequences.set(world.data, ofData);
  const rowsBefore = ofData.get(previous) ?? rowsBeforeOthers(previous, world);
  ofData.set(previous, rowsBefore);
  const before = rowsBefore.get(row);
  return before === undefined
    ? null
    : rowValue(previous.operand, previous.table, before, ownReading(before, previous.table, world));
}

/** For each row with a time, the one before it that has the same values: by time, then by key. */
function rowsBeforeOthers({ table, per }: Previous, world: World): ReadonlyMap<Row, Row> {
  const { time, key } = tableOf(world, table);
  if (time === null) throw new Error(`the rows of ${table} have no order`);
  const placed = (world.data[table] ?? []).flatMap(row => {
    const reading = ownReading(row, table, world);
    const at = rowValue(time, table, row, reading);
    const group = keyOf(per.map(each => rowValue(each, table, row, reading)));
    return at === null ? [] : [{ row, group, place: [at, ...key.map(name => row[name] ?? null)] }];
  });
  const found = new Map<Row, Row>();
  for (const { row, group, place } of placed) {
    const earlier = placed.filter(other => other.group === group && comparePlaces(other.place, place) < 0);
    const [last] = earlier.sort((a, b) => comparePlaces(b.place, a.place));
    if (last !== undefined) found.set(row, last.row);
  }
  return found;
}

function comparePlaces(a: readonly Value[], b: readonly Value[]): number {
  for (const [index, value] of a.entries()) {
    const order = compareValues(value, b[index] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

/** Raised by an amount for which there is no rate; the whole question has no answer then. */
export class MissingRate extends Error {}

export function convertedValue({ amount, from, to, at, type }: Conversion, table: string, row: Row, world: World) {
  const value = rowValue(amount, table, row, world);
  if (value === null) return null;
  const currency = rowValue(from, table, row, world);
  if (currency === to) return value;
  const date = { value: rowValue(at, table, row, world), type: at.type };
  const rate =
    currency === null || date.value === null ? null : rateOf(String(currency), to, dayOf(date, world), world);
  if (rate === null) throw new MissingRate(`from ${currency} to ${to} on ${date.value}`);
  const operand = { kind: 'literal', type, unit: { kind: 'unspecified' } } as const;
  const product = { function: 'multiply', type, arguments: [operand, operand] } as const;
  return call(product, [() => value, () => rate], world.model.settings);
}

/** The latest rate on a day or before it. */
function rateOf(from: string, to: string, day: number, world: World): Value {
  const { rates } = world.model.settings;
  if (rates === null) throw new Error('no rates');
  let latest: Row | null = null;
  for (const row of world.data[rates.table] ?? []) {
    const on = row[rates.on];
    if (row[rates.from] !== from || row[rates.to] !== to || typeof on !== 'number' || on > day) continue;
    if ((row[rates.rate] ?? null) === null) continue;
    if (latest === null || on > Number(latest[rates.on])) latest = row;
  }
  return latest?.[rates.rate] ?? null;
}
