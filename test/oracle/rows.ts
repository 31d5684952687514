/** Row expressions of the Model, computed for one row after the other: loops over rows, no SQL. */
import type { Column, Model, MomentName, RollUp, RowExpression, Table } from '../../compiler/index.ts';
import { aggregate } from './aggregate.ts';
import { dayNumber } from './calendar.ts';
import { parseFraction } from './number.ts';
import { bucketValue, call, compareValues, type Value } from './values.ts';

export type Row = Readonly<Record<string, Value>>;
export type Data = Readonly<Record<string, readonly Row[]>>;

export interface World {
  readonly model: Model;
  /** Rows by table; columns by their names in the model, stored ones only. */
  readonly data: Data;
  /** The days that `period_start` and its like are, while something is read. */
  readonly moments?: Moments;
}

/** Infinite where the interval has no such end. */
export type Moments = Readonly<Record<MomentName, number>>;

export function tableOf(world: World, name: string): Table {
  const table = world.model.tables[name];
  if (table === undefined) throw new Error(`no table ${name}`);
  return table;
}

export function rowValue(expression: RowExpression, table: string, row: Row, world: World): Value {
  switch (expression.kind) {
    case 'literal':
      return literalValue(expression.type, expression.value);
    case 'column': {
      const found = follow(expression.joins, table, row, world);
      return found === null ? null : columnValue(expression.column, found.table, found.row, world);
    }
    case 'truncate':
      return bucketValue(
        expression.grain,
        rowValue(expression.operand, table, row, world),
        expression.operand.type,
        world.model.settings,
      );
    case 'call':
      return call(
        expression,
        expression.arguments.map(argument => () => rowValue(argument, table, row, world)),
        world.model.settings,
      );
    case 'rollup':
      return rollUpValue(expression, row, world);
    case 'previous':
    case 'convert':
      throw new Error('the oracle does not know it yet');
    case 'moment':
      return momentValue(expression.name, world.moments);
    case 'error':
      throw new Error('an error in the model');
  }
}

const rolledUp = new WeakMap<Data, Map<RollUp, Map<Row, Value>>>();

/** Of a row, each is computed once: what is rolled up depends on nothing else. */
function rollUpValue(rollUp: RollUp, here: Row, world: World): Value {
  const ofData = rolledUp.get(world.data) ?? new Map<RollUp, Map<Row, Value>>();
  rolledUp.set(world.data, ofData);
  const values = ofData.get(rollUp) ?? new Map<Row, Value>();
  ofData.set(rollUp, values);
  const known = values.get(here);
  if (known !== undefined) return known;
  const value = rollUpOf(rollUp, here, world);
  values.set(here, value);
  return value;
}

/** Every row of the other table whose join finds this very row. */
function rollUpOf(rollUp: RollUp, here: Row, world: World): Value {
  const { table, join, where } = rollUp;
  const rows = (world.data[table] ?? []).filter(
    row =>
      follow([join], table, row, world)?.row === here &&
      (where === null || rowValue(where, table, row, world) === true),
  );
  const { time, key } = tableOf(world, table);
  const order = rows.map(row => [
    ...(time === null ? [] : [rowValue(time, table, row, world)]),
    ...key.map(name => row[name] ?? null),
  ]);
  const values = rollUp.arguments.map(argument => rows.map(row => rowValue(argument, table, row, world)));
  return aggregate(rollUp.aggregate, values, rows.length, order);
}

export function momentValue(name: MomentName, moments: Moments | undefined): Value {
  const day = moments?.[name];
  if (day === undefined || !Number.isFinite(day)) throw new Error(`${name} where there is none`);
  return day;
}

/** The expressions inside one that are computed from the same row. */
function insideOf(expression: RowExpression): readonly RowExpression[] {
  if (expression.kind === 'call') return expression.arguments;
  if (expression.kind === 'truncate') return [expression.operand];
  if (expression.kind === 'previous') return [expression.operand, ...expression.per];
  return expression.kind === 'convert' ? [expression.amount, expression.from, expression.at] : [];
}

/** Whether a value depends on the interval on which it is read, by itself or by a computed column. */
export function readsMoments(expression: RowExpression, world: World): boolean {
  if (expression.kind === 'moment') return true;
  if (expression.kind !== 'column') return insideOf(expression).some(each => readsMoments(each, world));
  const { source } = columnOf(expression.column, expression.table, world);
  return source.kind === 'computed' && readsMoments(source.formula, world);
}

export function literalValue(type: RowExpression['type'], value: string | boolean | null): Value {
  if (value === null || typeof value === 'boolean') return value;
  switch (type) {
    case 'integer':
    case 'decimal':
    case 'duration':
      return parseFraction(value);
    case 'date':
      return dayNumber(value);
    default:
      return value;
  }
}

function columnOf(name: string, table: string, world: World): Column {
  const column = tableOf(world, table).columns[name];
  if (column === undefined) throw new Error(`no column ${table}.${name}`);
  return column;
}

function columnValue(name: string, table: string, row: Row, world: World): Value {
  const column = columnOf(name, table, world);
  return column.source.kind === 'stored' ? (row[name] ?? null) : rowValue(column.source.formula, table, row, world);
}

/** The row at the end of joins, or null where one of them finds none. */
export function follow(
  joins: readonly string[],
  table: string,
  row: Row,
  world: World,
): { readonly table: string; readonly row: Row } | null {
  const [first, ...rest] = joins;
  if (first === undefined) return { table, row };
  const join = tableOf(world, table).joins[first];
  if (join === undefined) throw new Error(`no join ${table}.${first}`);
  const wanted = join.on.map(pair => rowValue(pair.here, table, row, world));
  const found = (world.data[join.to] ?? []).find(other =>
    join.on.every((pair, index) => {
      const [here, there] = [wanted[index] ?? null, columnValue(pair.there, join.to, other, world)];
      return here !== null && there !== null && compareValues(here, there) === 0;
    }),
  );
  return found === undefined ? null : follow(rest, join.to, found, world);
}
