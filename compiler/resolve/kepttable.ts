/**
 * Tables of what is kept: the targets of a goal, or the values of a baseline, as rows by the first day of their period and by
 * dimensions of a metric. They are put beside the metric's tables on those dimensions, so they have what those have there: a
 * join where they have one.
 */
import {
  type Column,
  type Destination,
  type Dimension,
  type ExpressionType,
  type Join,
  noUnit,
  type RowExpression,
  type StandIn,
  type Table,
  type TableSource,
  type Type,
  type Unit,
  unspecified,
  type Version,
  type WrittenSource,
} from '../model.ts';
import { own, recordOf } from '../record.ts';
import type { Span } from '../source.ts';
import { asKey, destinationText, dimensionNames } from './paths.ts';
import type { Scope } from './scope.ts';

/** No formula can say these names. */
export const bucketColumn = 'kept:bucket';
export const valueColumn = (index: number) => `kept:value_${index + 1}`;

/** What is kept, by what, and under which name the warehouse sees it. */
export interface KeptValues {
  /** The name of the table. */
  readonly table: string;
  /** What the first day of a period is called. */
  readonly bucket: string;
  readonly by: readonly Dimension[];
  /** The tables that the metric reads. */
  readonly tables: readonly string[];
  readonly values: readonly { readonly name: string; readonly type: Type; readonly unit: Unit }[];
  readonly at: Span;
}

export function keptTable(
  kept: KeptValues,
  sourceOf: (columns: WrittenSource['columns']) => TableSource,
  scope: Scope,
): Table {
  const { table: name, by, at } = kept;
  const physical = new Set<string>([kept.bucket, ...kept.values.map(value => value.name)]);
  const parts = by.map(dimension => partOf(dimension, { table: name, taken: physical, at }, scope));
  const bucket = storedColumn(bucketColumn, kept.bucket, 'date', unspecified, at);
  const values = kept.values.map((value, index) =>
    storedColumn(valueColumn(index), value.name, value.type, value.unit, at),
  );
  const columns = [bucket, ...parts.map(part => part.column), ...values];
  const keys = parts.flatMap(part => part.join ?? []);
  const joins = [...keys, ...joinsThatFollow(kept, keys, scope)];
  return {
    name,
    source: sourceOf([
      { name: kept.bucket, type: 'date' },
      ...parts.map(part => ({ name: part.column.name, type: keyType(part.column.type) })),
      ...kept.values.map(value => ({ name: value.name, type: value.type })),
    ]),
    key: [bucketColumn, ...parts.map(part => part.column.name)],
    entity: null,
    time: reference(name, bucket),
    valid: null,
    columns: recordOf(columns.map(column => [column.name, column] as const)),
    joins: recordOf(joins.map(join => [join.name, join] as const)),
    standIns: recordOf(parts.flatMap(part => part.standIns)),
    lifespans: {},
    label: null,
    description: null,
    owner: null,
    at,
  };
}

/** The types of dimensions that targets can be kept by. */
function keyType(type: ExpressionType): Type {
  return type === 'integer' || type === 'boolean' || type === 'date' ? type : 'string';
}

export function reference(table: string, { name, type, unit }: Column): RowExpression {
  return { kind: 'column', joins: [], table, column: name, type, unit };
}

function storedColumn(name: string, physical: string, type: ExpressionType, unit: Unit, at: Span): Column {
  return {
    name,
    type,
    unit,
    source: { kind: 'stored', physical },
    values: null,
    dimension: null,
    label: null,
    description: null,
    isPrivate: true,
    at,
  };
}

interface Part {
  readonly column: Column;
  readonly join: Join | null;
  readonly standIns: readonly (readonly [string, StandIn])[];
}

interface Place {
  readonly table: string;
  /** Names of columns that are taken. */
  readonly taken: Set<string>;
  readonly at: Span;
}

/** The column of a dimension, with a join that stands on it where the dimension is the key of a table. */
function partOf(dimension: Dimension, { table, taken, at }: Place, scope: Scope): Part {
  const { graph } = scope;
  const places = Object.entries(dimension.destinations);
  const key = places.map(([base, destination]) => keyOf(base, destination, scope)).find(each => each !== null) ?? null;
  const words = dimension.name.split('.');
  const name = freeName([key?.stored ?? words.at(-1) ?? '', words.join('_')], taken);
  const original = places.flatMap(([, destination]) =>
    destination.kind === 'column' ? (scope.column(destination.table, destination.column) ?? []) : [],
  )[0];
  const column: Column = {
    ...storedColumn(name, name, dimension.type, noUnit, at),
    unit: dimension.unit,
    values: original?.values ?? null,
    isPrivate: original?.isPrivate ?? false,
  };
  const names = [...new Set(places.flatMap(([, destination]) => [...dimensionNames(graph, destination)]))];
  const shared = names.flatMap(each => (each.startsWith('dimension:') ? [each.slice('dimension:'.length)] : []));
  const paths = [dimension.name, ...places.map(([, destination]) => destinationText(destination)), ...shared];
  const standIn: StandIn = { column: name, join: key?.join ?? null, names };
  return {
    column,
    join: key === null ? null : joinOn(key, column, table),
    standIns: [...new Set(paths)].map(path => [path, standIn] as const),
  };
}

interface Key {
  readonly join: string;
  readonly to: string;
  readonly there: string;
  readonly stored: string;
  /** Of a slowly changing table the version that is valid on the first day of the period, or now where the metric says so. */
  readonly version: Version | null;
}

function keyOf(base: string, destination: Destination, scope: Scope): Key | null {
  const { graph } = scope;
  const table = own(graph, base);
  const ownKey = table?.key.length === 1 ? (table.key[0] ?? null) : null;
  const isOwnKey =
    destination.kind === 'key' ||
    (destination.kind === 'column' && destination.joins.length === 0 && destination.column === ownKey);
  if (isOwnKey && table !== undefined && table.entity !== null && ownKey !== null)
    return { join: table.entity, to: base, there: ownKey, stored: ownKey, version: versionOf(base, null, scope) };
  const found = asKey(graph, base, destination);
  if (found.kind !== 'join') return null;
  const join = own(own(graph, found.table)?.joins ?? {}, found.join);
  const [pair, ...others] = join?.on ?? [];
  if (join === undefined || pair === undefined || others.length > 0) return null;
  const version = versionOf(join.to, scope.join(found.table, found.join)?.version ?? null, scope);
  return { join: found.join, to: join.to, there: pair.there, stored: pair.stored ?? pair.there, version };
}

function versionOf(table: string, elsewhere: Version | null, scope: Scope): Version | null {
  if (scope.valid(table) === null) return null;
  return elsewhere?.kind === 'now' ? elsewhere : { kind: 'own' };
}

function joinOn({ join, to, there, version }: Key, column: Column, table: string): Join {
  const pair = { here: reference(table, column), stored: column.name, there };
  return { name: join, to, on: [pair], version, at: column.at };
}

/**
 * Joins of the metric's tables that stand on nothing but the key of a kept dimension: `team` on `owner.team_id`, where targets
 * are kept by owner. Under their name the goal is asked as its metric is, also where other paths lead to a join called so.
 */
function joinsThatFollow({ by, tables }: KeptValues, known: readonly Join[], scope: Scope): readonly Join[] {
  const joinsOf = (base: string) => Object.keys(own(scope.graph, base)?.joins ?? {});
  const names = [...new Set(tables.flatMap(joinsOf))].filter(name => !known.some(join => join.name === name));
  return names.flatMap(name => {
    const bases = tables.filter(base => joinsOf(base).includes(name));
    const found = bases.map(base => by.flatMap(dimension => follow(name, base, dimension, scope) ?? [])[0] ?? null);
    const [first = null] = found;
    const isOne = first !== null && found.every(each => each !== null && isSameJoin(each, first));
    return isOne ? [{ ...first, standsFor: bases.map(base => `${base}.${name}`) }] : [];
  });
}

/** A join of a table as one of the rows that are kept by a dimension of it; null where it stands on anything else. */
function follow(name: string, base: string, dimension: Dimension, scope: Scope): Join | null {
  const join = scope.join(base, name);
  const destination = own(dimension.destinations, base);
  const key = destination === undefined ? null : keyOf(base, destination, scope);
  const found = destination === undefined ? null : asKey(scope.graph, base, destination);
  if (join === null || key === null || found?.kind !== 'join') return null;
  const path = [...found.joins, found.join];
  const on = join.on.flatMap(({ here, there }) => {
    if (here.kind !== 'column' || !path.every((step, index) => here.joins[index] === step)) return [];
    return [{ here: { ...here, joins: [key.join, ...here.joins.slice(path.length)] }, stored: null, there }];
  });
  if (on.length < join.on.length) return null;
  return { name, to: join.to, on, version: versionOf(join.to, join.version, scope), at: join.at };
}

function isSameJoin(a: Join, b: Join): boolean {
  return JSON.stringify([a.to, a.on, a.version]) === JSON.stringify([b.to, b.on, b.version]);
}

function freeName(wanted: readonly string[], taken: Set<string>): string {
  const [first = ''] = wanted;
  let name = wanted.find(each => !taken.has(each)) ?? first;
  for (let count = 2; taken.has(name); count += 1) name = `${first}_${count}`;
  taken.add(name);
  return name;
}
