/** The names by which what is read from some tables can be grouped: tables of a Model in, the names that all of them have out. */
import type { Model, Table } from '../model.ts';
import { own } from '../record.ts';
import { isKeptTable } from '../resolve/index.ts';

/** Paths may be of any length; what is lost over a long one is lost over its beginning too, or is a change of the table at its end. */
const longestPath = 3;

export function dimensionNames(tables: readonly string[], model: Model): ReadonlySet<string> {
  const [first, ...others] = tables.filter(name => !isKeptTable(name)).map(name => namesOf(name, model));
  return new Set([...(first ?? [])].filter(name => others.every(each => each.has(name))));
}

function namesOf(name: string, model: Model): ReadonlySet<string> {
  const table = own(model.tables, name);
  if (table === undefined) return new Set();
  const { entity } = table;
  const paths = pathsFrom(table, model, longestPath);
  const ofEntity = entity === null ? [] : [entity, ...Object.keys(table.columns).map(column => `${entity}.${column}`)];
  return new Set([...paths, ...ofEntity]);
}

function pathsFrom(table: Table, model: Model, left: number): readonly string[] {
  const columns = Object.values(table.columns).flatMap(({ name, dimension, isPrivate }) => {
    return isPrivate ? [] : [name, ...(dimension === null ? [] : [dimension])];
  });
  if (left <= 1) return columns;
  const behind = Object.values(table.joins).flatMap(({ name, to }) => {
    const there = own(model.tables, to);
    const paths = there === undefined ? [] : pathsFrom(there, model, left - 1);
    return [name, ...paths.map(path => `${name}.${path}`)];
  });
  return [...columns, ...behind];
}
