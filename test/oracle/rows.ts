/** Row expressions of the Model, computed for one row after the other: loops over rows, no SQL. */
import type { Column, Join, Model, MomentName, RollUp, RowExpression, Table } from '../../compiler/index.ts';
import { aggregate } from './aggregate.ts';
import { convertedValue, previousValue } from './before.ts';
import { dayNumber } from './calendar.ts';
import { parseFraction } from './number.ts';
import { type Dated, isValid, type Moments, onDay, ownReading, type Reading } from './reading.ts';
import { bucketValue, call, compareValues, type Value } from './values.ts';

export type Row = Readonly<Record<string, Value>>;
export type Data = Readonly<Record<string, readonly Row[]>>;

export interface World extends Reading {
  readonly model: Model;
  /** Rows by table; columns by their names in the model, stored ones only. */
  readonly data: Data;
  readonly today: number;
  /** What is known of who asks, for the rules of roles. */
  readonly user?: Readonly<Record<string, Value>>;
}

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
      return previousValue(expression, row, world);
    case 'convert':
      return convertedValue(expression, table, row, world);
    case 'moment':
      return momentValue(expression.name, world.moments);
    case 'attribute':
      return attributeValue(expression.name, world);
    case 'error':
      throw new Error('an error in the model');
  }
}

function attributeValue(name: string, { user }: World): Value {
  const value = user?.[name];
  if (value === undefined) throw new Error(`nothing is known of user.${name}`);
  return value;
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

/** Every row of the other table that points here by the join's keys, whatever version the join would find. */
function rollUpOf(rollUp: RollUp, here: Row, world: World): Value {
  const { table, where } = rollUp;
  const join = joinOf(rollUp.join, table, world);
  const found = (world.data[table] ?? [])
    .map(row => ({ row, reading: ownReading(row, table, world) }))
    .filter(
      ({ row, reading }) =>
        isFoundByKey(join, keysOf(join, table, row, reading), here, reading) &&
        (where === null || rowValue(where, table, row, reading) === true),
    );
  const { time, key } = tableOf(world, table);
  const order = found.map(({ row, reading }) => [
    ...(time === null ? [] : [rowValue(time, table, row, reading)]),
    ...key.map(name => row[name] ?? null),
  ]);
  const values = rollUp.arguments.map(argument =>
    found.map(({ row, reading }) => rowValue(argument, table, row, reading)),
  );
  return aggregate(rollUp.aggregate, values, found.length, order);
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

export function columnValue(name: string, table: string, row: Row, world: World): Value {
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
  const join = joinOf(first, table, world);
  const keys = keysOf(join, table, row, world);
  const date = versionDate(join, table, row, world);
  const found = (world.data[join.to] ?? []).find(
    other => isFoundByKey(join, keys, other, world) && isVersion(join, date, other, world),
  );
  return found === undefined ? null : follow(rest, join.to, found, world);
}

function joinOf(name: string, table: string, world: World): Join {
  const join = tableOf(world, table).joins[name];
  if (join === undefined) throw new Error(`no join ${table}.${name}`);
  return join;
}

function keysOf(join: Join, table: string, row: Row, world: World): readonly Value[] {
  return join.on.map(pair => rowValue(pair.here, table, row, world));
}

function isFoundByKey(join: Join, keys: readonly Value[], other: Row, world: World): boolean {
  return join.on.every((pair, index) => {
    const [here, there] = [keys[index] ?? null, columnValue(pair.there, join.to, other, world)];
    return here !== null && there !== null && compareValues(here, there) === 0;
  });
}

/** The date on which a version must be valid; null where a join finds plain rows. */
function versionDate({ version, name }: Join, table: string, row: Row, world: World): Dated | null {
  if (version === null) return null;
  if (version.kind === 'now') return onDay(world.today);
  if (world.stockDay !== undefined) return onDay(world.stockDay);
  if (version.kind === 'date') return { value: rowValue(version.date, table, row, world), type: version.date.type };
  if (world.date === undefined) throw new Error(`no date by which ${name} finds a version`);
  return world.date;
}

function isVersion(join: Join, date: Dated | null, other: Row, world: World): boolean {
  const { valid } = tableOf(world, join.to);
  return date === null || valid === null || isValid(valid, date, join.to, other, world);
}
