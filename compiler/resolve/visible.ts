/**
 * What a role knows: the Model in, the Model without the names that the role hides out. Questions are bound against it,
 * so that what is hidden is unknown; what stands on hidden names is computed from the whole Model.
 */
import type { Hidden, Join, Metric, Model, Role, Table } from '../model.ts';
import { own, recordOf } from '../record.ts';
import { declaredTables, findDimension } from './paths.ts';

export const nothingHidden: Hidden = { metrics: [], columns: [], joins: [], entities: [] };

export function hidesNothing({ metrics, columns, joins, entities }: Hidden): boolean {
  return metrics.length + columns.length + joins.length + entities.length === 0;
}

/** A model does not change, and making a view of it takes longer than to bind a question: each is made once. */
const views = new WeakMap<Model, WeakMap<Hidden, Model>>();

export function visibleModel(model: Model, hidden: Hidden): Model {
  if (hidesNothing(hidden)) return model;
  const ofModel = views.get(model) ?? new WeakMap<Hidden, Model>();
  views.set(model, ofModel);
  const view = ofModel.get(hidden) ?? makeView(model, hidden);
  ofModel.set(hidden, view);
  return view;
}

function makeView(model: Model, hidden: Hidden): Model {
  const isShown = (name: string) => !hidden.metrics.some(each => each === name || each.startsWith(`${name}.`));
  const shown = <T>(named: Readonly<Record<string, T>>) =>
    recordOf(Object.entries(named).filter(([name]) => isShown(name)));
  const tables = recordOf(
    Object.entries(model.tables).map(([name, table]) => [name, visibleTable(table, hidden)] as const),
  );
  return {
    ...model,
    metrics: shown(model.metrics),
    goals: shown(model.goals),
    baselines: shown(model.baselines),
    tables: withKnownPaths(tables, hidden),
  };
}

/** What is kept by dimensions of other tables is known by those of their paths that are. */
function withKnownPaths(tables: Model['tables'], hidden: Hidden): Model['tables'] {
  const declared = declaredTables(tables);
  // A path of several words is as before where none of them is hidden.
  const find = (path: string) =>
    (path.includes('.') && !mentions(path, hidden)) ||
    declared.some(({ name }) => findDimension(tables, name, path.split('.')).kind === 'found');
  /** Goals and baselines are kept by the same few dimensions. */
  const found = new Map<string, boolean>();
  const isKnown = (path: string) => {
    const known = found.get(path) ?? find(path);
    found.set(path, known);
    return known;
  };
  return recordOf(
    Object.entries(tables).map(([name, table]) => {
      if (table.standIns === undefined) return [name, table] as const;
      const standIns = recordOf(Object.entries(table.standIns).filter(([path]) => isKnown(path)));
      return [name, { ...table, standIns }] as const;
    }),
  );
}

/** The metrics that a role can be told: those that it knows, on tables on which its rule can be decided. Null is nobody in particular. */
export function metricsFor({ metrics }: Model, role: Role | null): readonly Metric[] {
  return Object.values(metrics).filter(({ tables }) => tables.length > 0 && tables.every(table => isOpen(table, role)));
}

/** What stands on a table that is closed is refused, whatever is asked. */
function isOpen(table: string, role: Role | null): boolean {
  if (role === null || role.sees === 'all') return true;
  return role.unrestricted.includes(table) || own(role.sees.byTable, table) !== undefined;
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
      Object.entries(table.joins).flatMap(([name, join]) => {
        const places = join.standsFor ?? [`${table.name}.${name}`];
        const isGone = joins.includes(`${table.name}.${name}`) || places.every(place => joins.includes(place));
        return isGone ? [] : [[name, { ...join, isKeyHidden: isKeyHidden(join) }] as const];
      }),
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
