/**
 * What a role knows: the Model in, the Model without the names that the role hides out. Questions are bound against it,
 * so that what is hidden is unknown; what stands on hidden names is computed from the whole Model.
 */
import type { Hidden, Join, Model, Table } from '../model.ts';
import { recordOf } from '../record.ts';

export const nothingHidden: Hidden = { metrics: [], columns: [], joins: [], entities: [] };

export function hidesNothing({ metrics, columns, joins, entities }: Hidden): boolean {
  return metrics.length + columns.length + joins.length + entities.length === 0;
}

export function visibleModel(model: Model, hidden: Hidden): Model {
  if (hidesNothing(hidden)) return model;
  const isShown = (name: string) => !hidden.metrics.includes(name);
  return {
    ...model,
    metrics: recordOf(Object.entries(model.metrics).filter(([name]) => isShown(name))),
    tables: recordOf(Object.entries(model.tables).map(([name, table]) => [name, visibleTable(table, hidden)] as const)),
  };
}

function visibleTable(table: Table, { columns, joins, entities }: Hidden): Table {
  const isHidden = (name: string, column: string) => columns.includes(`${name}.${column}`);
  const isKeyHidden = ({ on, to }: Join) =>
    on.some(({ stored, there }) => (stored === null ? isHidden(to, there) : isHidden(table.name, stored)));
  return {
    ...table,
    entity: entities.includes(table.name) ? null : table.entity,
    isKeyHidden: table.key.some(key => isHidden(table.name, key)),
    columns: recordOf(Object.entries(table.columns).filter(([name]) => !isHidden(table.name, name))),
    joins: recordOf(
      Object.entries(table.joins).flatMap(([name, join]) =>
        joins.includes(`${table.name}.${name}`) ? [] : [[name, { ...join, isKeyHidden: isKeyHidden(join) }] as const],
      ),
    ),
  };
}

/** Whether a text names anything that is hidden; a word too many is found rather than one too few. */
export function mentions(text: string, { metrics, columns, joins, entities }: Hidden): boolean {
  const names = [...metrics, ...columns, ...joins, ...entities].flatMap(name => [name, ...name.split('.').slice(-1)]);
  const words = new Set(text.match(/[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*/g)?.flatMap(partsOf) ?? []);
  return names.some(name => words.has(name));
}

function partsOf(path: string): readonly string[] {
  return [path, ...path.split('.')];
}
