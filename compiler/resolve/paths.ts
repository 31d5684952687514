/**
 * Paths of names, followed over joins: `rep.region` from opportunities to a column of reps.
 * Only declared joins are followed, each from many rows to one, so that a path can never multiply rows.
 */
import type { Destination, StandIn } from '../model.ts';
import { own } from '../record.ts';

/** What of a table paths need to know; a `Table` of the Model is one. */
export interface GraphTable {
  readonly name: string;
  readonly entity: string | null;
  readonly key: readonly string[];
  readonly isKeyHidden?: boolean;
  readonly columns: Readonly<Record<string, { readonly dimension: string | null }>>;
  readonly joins: Readonly<Record<string, GraphJoin>>;
  /** Paths of other tables that lead to a column or a join here. */
  readonly standIns?: Readonly<Record<string, StandIn>>;
}

export interface GraphJoin {
  readonly to: string;
  readonly isKeyHidden?: boolean;
  /** `stored` is the plain column that a side stands in, or null where it is computed or reached over joins. */
  readonly on: readonly { readonly stored: string | null; readonly there: string }[];
}

export type TableGraph = Readonly<Record<string, GraphTable>>;

/** The tables that are declared: goals and baselines have tables too, which nobody can name. */
export function declaredTables(graph: TableGraph): readonly GraphTable[] {
  return Object.values(graph).filter(({ name }) => !isKeptTable(name));
}

/** What the table of a goal is called; no table that is declared can be. */
export function tableOfGoal(goal: string): string {
  return `goal:${goal}`;
}

/** What people call a table: that of a goal or a baseline has its name. */
export function writtenName(table: string): string {
  return table.slice(table.indexOf(':') + 1);
}

/** What the table of a baseline is called. */
export function tableOfBaseline(baseline: string): string {
  return `baseline:${baseline}`;
}

/** Whether the rows of a table stand in the definitions, where a goal or a baseline keeps them. */
export function isKeptTable(table: string): boolean {
  return table.includes(':');
}

export function isTableOfGoal(table: string): boolean {
  return table.startsWith('goal:');
}

export type PathSearch =
  | { readonly kind: 'found'; readonly destination: Destination }
  /** The first word that leads nowhere, and the table in which it was looked up. */
  | { readonly kind: 'missing'; readonly word: number; readonly table: string }
  | { readonly kind: 'ambiguous'; readonly paths: readonly string[] };

const mostSteps = 20_000;
const mostFound = 8;

/** Follows a path from `base`, one word a step; a first word that `base` does not have may stand for the one path to a join of that name. */
export function followPath(graph: TableGraph, base: string, words: readonly string[]): PathSearch {
  const [first = ''] = words;
  const table = own(graph, base);
  if (table === undefined) return { kind: 'missing', word: 0, table: base };
  const standIn = followStandIn(graph, table, words);
  if (standIn !== null) return standIn;
  if (own(table.joins, first) !== undefined || (words.length === 1 && own(table.columns, first) !== undefined)) {
    return walk(graph, base, words);
  }
  if (words.length > 1 && (first === base || first === table.entity))
    return later(walk(graph, base, words.slice(1)), 1);
  if (first === table.entity && table.isKeyHidden !== true)
    return { kind: 'found', destination: { kind: 'key', table: base } };
  const paths = pathsToJoin(graph, base, first);
  const [only] = paths;
  if (only === undefined) return { kind: 'missing', word: 0, table: base };
  if (paths.length > 1) return { kind: 'ambiguous', paths: paths.map(path => [...path, ...words.slice(1)].join('.')) };
  return later(walk(graph, base, [...only, ...words.slice(1)]), 1 - only.length);
}

/** A path that begins with one of another table, where the table has something in its place. */
function followStandIn(graph: TableGraph, table: GraphTable, words: readonly string[]): PathSearch | null {
  if (table.standIns === undefined) return null;
  const { name, standIns } = table;
  for (let length = words.length; length > 0; length -= 1) {
    const standIn = own(standIns, words.slice(0, length).join('.'));
    const rest = words.slice(length);
    if (standIn === undefined) continue;
    if (standIn.join !== null) return later(walk(graph, name, [standIn.join, ...rest]), length - 1);
    if (rest.length > 0) return { kind: 'missing', word: length, table: name };
    return { kind: 'found', destination: { kind: 'column', joins: [], table: name, column: standIn.column } };
  }
  return null;
}

/** A search whose words were not those that were written: `by` words are put before them or, if negative, taken away. */
function later(search: PathSearch, by: number): PathSearch {
  return search.kind === 'missing' ? { ...search, word: Math.max(0, search.word + by) } : search;
}

function walk(graph: TableGraph, base: string, words: readonly string[]): PathSearch {
  let at = base;
  const joins: string[] = [];
  let last: GraphJoin | undefined;
  for (const [index, word] of words.entries()) {
    const table = own(graph, at);
    const join = table === undefined ? undefined : own(table.joins, word);
    const isLast = index === words.length - 1;
    if (isLast && isHiddenKey(last, word)) return { kind: 'missing', word: index, table: at };
    if (isLast && table !== undefined && own(table.columns, word) !== undefined) {
      return { kind: 'found', destination: { kind: 'column', joins, table: at, column: word } };
    }
    if (join === undefined || (isLast && join.isKeyHidden === true)) return { kind: 'missing', word: index, table: at };
    if (isLast) return { kind: 'found', destination: { kind: 'join', joins, table: at, join: word } };
    joins.push(word);
    at = join.to;
    last = join;
  }
  return { kind: 'missing', word: 0, table: base };
}

/** Whether a column is the key by which a join finds its row, and the key is hidden. */
function isHiddenKey(join: GraphJoin | undefined, column: string): boolean {
  return join?.isKeyHidden === true && join.on.some(({ there }) => there === column);
}

/** All paths over joins from `base` that end in a join called `name`; no path uses one join twice. */
function pathsToJoin(graph: TableGraph, base: string, name: string): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  explore(
    graph,
    base,
    table => own(table.joins, name) !== undefined,
    (path, table) => {
      if (own(table.joins, name) !== undefined && !usesJoin(graph, base, path, table.name, name))
        found.push([...path, name]);
      return found.length < mostFound;
    },
  );
  return found;
}

function usesJoin(graph: TableGraph, base: string, path: readonly string[], holder: string, join: string): boolean {
  return path.some((step, index) => step === join && tableAt(graph, base, path.slice(0, index)) === holder);
}

/** The table at the end of joins from `base`; empty where they lead nowhere. */
export function tableAt(graph: TableGraph, base: string, joins: readonly string[]): string {
  return joins.reduce((at, join) => own(own(graph, at)?.joins ?? {}, join)?.to ?? '', base);
}

/** Visits every path over joins from `base` that may lead to a wanted table, shorter ones first, until `visit` returns false. */
function explore(
  graph: TableGraph,
  base: string,
  wanted: (table: GraphTable) => boolean,
  visit: (path: readonly string[], table: GraphTable) => boolean,
): void {
  const leads = tablesThatLead(graph, base, wanted);
  const start = own(graph, base);
  let paths = start === undefined || !leads.has(base) ? [] : [{ path: noJoins, table: start }];
  for (let steps = 0; paths.length > 0; ) {
    const longer: typeof paths = [];
    for (const { path, table } of paths) {
      steps += 1;
      if (steps > mostSteps || !visit(path, table)) return;
      for (const [name, join] of Object.entries(table.joins)) {
        const target = own(graph, join.to);
        if (target === undefined || !leads.has(target.name) || usesJoin(graph, base, path, table.name, name)) continue;
        longer.push({ path: [...path, name], table: target });
      }
    }
    paths = longer;
  }
}

const noJoins: readonly string[] = [];

/** The tables that can be reached over joins, those from which it begins among them. */
export function tablesBehind(graph: TableGraph, bases: readonly string[]): ReadonlyMap<string, GraphTable> {
  const reached = new Map<string, GraphTable>();
  const open = [...bases];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const table = own(graph, name);
    if (table === undefined || reached.has(name)) continue;
    reached.set(name, table);
    open.push(...Object.values(table.joins).map(join => join.to));
  }
  return reached;
}

/** Of the tables that can be reached from `base`, those that are wanted or lead to one that is. */
function tablesThatLead(graph: TableGraph, base: string, wanted: (table: GraphTable) => boolean): ReadonlySet<string> {
  const reached = tablesBehind(graph, [base]);
  const leads = new Set([...reached.values()].filter(wanted).map(table => table.name));
  for (let before = -1; before !== leads.size; ) {
    before = leads.size;
    for (const table of reached.values()) {
      if (Object.values(table.joins).some(join => leads.has(join.to))) leads.add(table.name);
    }
  }
  return leads;
}

/** A destination as people would write it. */
export function destinationText(destination: Destination): string {
  switch (destination.kind) {
    case 'column': {
      const path = destination.joins.length === 0 ? [destination.table] : destination.joins;
      return [...path, destination.column].join('.');
    }
    case 'join':
      return [...destination.joins, destination.join].join('.');
    case 'key':
      return destination.table;
  }
}

/**
 * A dimension asked of a table. A single word may also be the name of a column somewhere over the joins, as long as it
 * is the name of one only; a foreign key and the key that it stands for are one.
 */
export function findDimension(graph: TableGraph, base: string, words: readonly string[]): PathSearch {
  const [word = ''] = words;
  const direct = followPath(graph, base, words);
  if (words.length > 1 || direct.kind === 'ambiguous') return direct;
  if (own(own(graph, base)?.standIns ?? {}, word) !== undefined) return direct;
  const found = new Map<string, Destination>();
  const add = (destination: Destination) => {
    const key = destinationText(asStored(graph, base, destination));
    if (!found.has(key)) found.set(key, destination);
    return found.size < mostFound;
  };
  if (direct.kind === 'found') add(direct.destination);
  const bearers = (table: GraphTable) =>
    Object.entries(table.columns).filter(([name, column]) => name === word || column.dimension === word);
  explore(
    graph,
    base,
    table => bearers(table).length > 0,
    (joins, table) => {
      const last = own(own(graph, tableAt(graph, base, joins.slice(0, -1)))?.joins ?? {}, joins.at(-1) ?? '');
      const shown = bearers(table).filter(([column]) => !isHiddenKey(last, column));
      return shown.every(([column]) => add({ kind: 'column', joins, table: table.name, column }));
    },
  );
  const all = [...found.values()];
  const [only, ...others] = nearestOfOne(graph, all);
  if (only === undefined) return { kind: 'missing', word: 0, table: base };
  if (others.length > 0) return { kind: 'ambiguous', paths: all.map(destinationText) };
  return { kind: 'found', destination: only };
}

/** Columns that declare one `dimension:` are one dimension, and the nearest to the table is its value there. */
function nearestOfOne(graph: TableGraph, found: readonly Destination[]): readonly Destination[] {
  const columns = found.flatMap(destination => (destination.kind === 'column' ? [destination] : []));
  const declared = new Set(
    columns.map(({ table, column }) => own(own(graph, table)?.columns ?? {}, column)?.dimension),
  );
  if (columns.length < found.length || declared.size !== 1 || declared.has(null)) return found;
  const nearest = Math.min(...columns.map(({ joins }) => joins.length));
  return columns.filter(({ joins }) => joins.length === nearest);
}

/**
 * A plain column as the join that stands on it alone. Of several that find a row by the same key, any will do: the one in
 * `path` where that leads over one of them, else the one of the column's name, else the first.
 */
export function asJoin(graph: TableGraph, destination: Destination, path: readonly string[] = []): Destination {
  if (destination.kind !== 'column') return destination;
  const { joins, table, column } = destination;
  const standing = Object.entries(own(graph, table)?.joins ?? {}).filter(
    ([, { on }]) => on.length === 1 && on[0]?.stored === column,
  );
  const targets = new Set(standing.map(([, { to, on }]) => JSON.stringify([to, on[0]?.there])));
  if (targets.size !== 1) return destination;
  const names = standing.map(([name]) => name);
  const wanted = [path[joins.length], column].find(name => name !== undefined && names.includes(name)) ?? names[0];
  return wanted === undefined ? destination : { kind: 'join', joins, table, join: wanted };
}

/** The join that finds rows by a dimension, where there is one; a destination that no join stands on as it is. */
export function asKey(graph: TableGraph, base: string, destination: Destination): Destination {
  return asJoin(graph, asStored(graph, base, destination));
}

/** `rep` and `rep.rep_id` as the column `rep_id` that is stored here, where a plain column stands for them. */
function asStored(graph: TableGraph, base: string, destination: Destination): Destination {
  if (destination.kind === 'key') {
    const [only, ...others] = own(graph, base)?.key ?? [];
    return only === undefined || others.length > 0
      ? destination
      : { kind: 'column', joins: [], table: base, column: only };
  }
  const isJoin = destination.kind === 'join';
  const joins = isJoin ? destination.joins : destination.joins.slice(0, -1);
  const name = isJoin ? destination.join : destination.joins.at(-1);
  const holder = tableAt(graph, base, joins);
  const pairs = own(own(graph, holder)?.joins ?? {}, name ?? '')?.on ?? [];
  const pair = isJoin
    ? pairs.length === 1
      ? pairs[0]
      : undefined
    : pairs.find(({ there }) => there === destination.column);
  const column = pair?.stored ?? null;
  if (column === null) return destination;
  return asStored(graph, base, { kind: 'column', joins, table: holder, column });
}

/**
 * The names under which a dimension is known, whatever table it is asked of: the role and column that a join leads to,
 * the column's own table, and its declared `dimension:`. Two dimensions are one when they share a name.
 */
export function dimensionNames(graph: TableGraph, destination: Destination): ReadonlySet<string> {
  const names = new Set<string>();
  const addKeys = (holder: string, matches: (stored: string | null, there: string) => boolean) => {
    for (const [name, join] of Object.entries(own(graph, holder)?.joins ?? {})) {
      for (const { stored, there } of join.on) if (matches(stored, there)) names.add(`${name}:${join.to}.${there}`);
    }
  };
  if (destination.kind === 'key') {
    const table = own(graph, destination.table);
    for (const column of table?.key ?? []) names.add(`${table?.entity ?? ''}:${destination.table}.${column}`);
  } else if (destination.kind === 'join') {
    const join = own(own(graph, destination.table)?.joins ?? {}, destination.join);
    for (const { there } of join?.on ?? []) names.add(`${destination.join}:${join?.to ?? ''}.${there}`);
  } else {
    const { joins, table: name, column } = destination;
    const table = own(graph, name);
    const role = joins.at(-1) ?? table?.entity ?? null;
    if (role !== null) names.add(`${role}:${name}.${column}`);
    if (joins.length === 0) names.add(`${name}.${column}`);
    const shared = own(table?.columns ?? {}, column)?.dimension ?? null;
    if (shared !== null) names.add(`dimension:${shared}`);
    if (joins.length === 0) addKeys(name, stored => stored === column);
    const standIns = joins.length === 0 ? Object.values(table?.standIns ?? {}) : [];
    for (const standIn of standIns) if (standIn.column === column) for (const each of standIn.names) names.add(each);
  }
  return names;
}

/** Joins by which `from` reaches `to` in one step, for suggestions. */
export function joinsTo(graph: TableGraph, from: string, to: string): readonly string[] {
  const joins = Object.entries(own(graph, from)?.joins ?? {});
  return joins.filter(([, join]) => join.to === to).map(([name]) => name);
}
