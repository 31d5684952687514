/** JSON Schemas for editors: the published ones as one document, and with a project's own names where names are written. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The names that a project has, by what they are of. */
export interface Names {
  readonly tables: readonly string[];
  readonly metrics: readonly string[];
  readonly goals: readonly string[];
  readonly baselines: readonly string[];
  readonly roles: readonly string[];
  readonly alerts: readonly string[];
}

/** A file of the project may be its own file or one of definitions: the schema of the one, with what the other shares. */
export function bundled(file: Json, definitions: Json): Json {
  const shared = entriesOf(entriesOf(definitions).$defs ?? {});
  const own = entriesOf(entriesOf(file).$defs ?? {});
  const at = '#/$defs/';
  const inlined = (json: Json): Json => {
    if (typeof json === 'string') return json.replace(/^definitions\.schema\.json#\/\$defs\//, at);
    if (Array.isArray(json)) return json.map(inlined);
    return json === null || typeof json !== 'object' ? json : mapped(entriesOf(json), inlined);
  };
  return inlined({ ...entriesOf(file), $defs: { ...shared, ...own } });
}

/** Where a name of a project is written, and which it may be. */
const places: readonly (readonly [path: string, kinds: readonly (keyof Names)[]])[] = [
  ['$defs.join.properties.to', ['tables']],
  ['$defs.metric.properties.table', ['tables']],
  ['$defs.metric.properties.replaced_by', ['metrics']],
  ['$defs.metric.properties.balance_with.items', ['metrics']],
  ['$defs.goal.properties.metric', ['metrics']],
  ['$defs.baseline.properties.metric', ['metrics']],
  ['$defs.role.properties.unrestricted.items', ['tables']],
  ['$defs.role.properties.alerts.items', ['alerts']],
  ['$defs.item.properties.metric', ['metrics']],
  ['$defs.item.properties.of', ['metrics']],
  ['$defs.item.properties.goal', ['goals']],
  ['$defs.question.properties.as', ['roles']],
];

/**
 * With the names of a project to choose from. Others pass too: what is being written is not in the schema yet, and whether a
 * name is there is for `validate` to say.
 */
export function withNames(schema: Json, names: Names): Json {
  return places.reduce(
    (json, [path, kinds]) =>
      changedAt(json, path.split('.'), before => {
        const known = [...new Set(kinds.flatMap(kind => names[kind]))].sort();
        return known.length === 0 ? before : { anyOf: [{ enum: known }, before] };
      }),
    schema,
  );
}

function changedAt(json: Json, path: readonly string[], change: (before: Json) => Json): Json {
  const [first, ...rest] = path;
  if (first === undefined) return change(json);
  const entries = entriesOf(json);
  const below = entries[first];
  if (below === undefined) throw new Error(`the schema has no ${path.join('.')}`);
  return { ...entries, [first]: changedAt(below, rest, change) };
}

function entriesOf(json: Json): { readonly [key: string]: Json } {
  return json !== null && typeof json === 'object' && !isList(json) ? json : {};
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

function mapped(entries: { readonly [key: string]: Json }, change: (json: Json) => Json): Json {
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, change(value)]));
}
