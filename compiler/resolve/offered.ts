/** What metrics can be asked by: a Model in; for the tables that a metric reads, the names of dimensions that all of them have out. */
import { type Grain, grains, isGrain } from '../calendar/index.ts';
import { parseFormula } from '../formula/index.ts';
import {
  type Column,
  type Destination,
  errorNode,
  type Metric,
  type Model,
  type RowExpression,
  type Typed,
} from '../model.ts';
import { own } from '../record.ts';
import { isPrivate } from './bind.ts';
import { checkConformed, tablesAskedBy } from './dimension.ts';
import { findDimension, type GraphTable, isKeptTable, tablesBehind } from './paths.ts';
import { destinationValue, rowsOf } from './row.ts';
import { modelScope, type Scope } from './scope.ts';
import { allBehind, measuresOf } from './walk.ts';

/** A dimension by one of its names. */
export interface OfferedDimension extends Typed {
  readonly name: string;
  /** All the texts that it can be, where that is declared. */
  readonly values: readonly string[] | null;
  /** The column that it is, for what is said of it; null where it is computed on the way. */
  readonly column: Column | null;
}

/** A name looked up from the rows of one table; null where it leads nowhere, to several things or to what is private. */
type Found = { readonly destination: Destination; readonly value: RowExpression } | null;

/**
 * The dimensions by which metrics can be asked that read certain tables, sorted by name: words, and paths over one join, or two
 * where one is not enough to say which. There is no end of longer paths; they can be asked all the same.
 */
export class Offer {
  private readonly scope: Scope;
  private readonly candidates = new Map<string, ReadonlySet<string>>();
  private readonly searches = new Map<string, Map<string, Found>>();
  private readonly words = new Map<string, ReadonlySet<string>>();
  private readonly offers = new Map<string, readonly OfferedDimension[]>();

  /** What whoever asks knows of a model, and all of its metrics: what is known may stand on what is not. */
  constructor(
    visible: Model,
    private readonly metrics: Model['metrics'] = visible.metrics,
  ) {
    this.scope = modelScope(visible, () => {});
  }

  /** What a metric can be asked by. Metrics that read the same tables give the same list, but for what totals are spread over. */
  dimensions(metric: Metric): readonly OfferedDimension[] {
    const { tables } = metric;
    const spreads = tables.length > 1 && this.hasTotal(metric);
    const key = spreads ? `a total: ${metric.name}` : tables.join(' ');
    const known = this.offers.get(key);
    if (known !== undefined) return known;
    const common = tables.length > 1 ? tables.flatMap(table => this.ownNames(table)) : [];
    const names = new Set([...tables.flatMap(table => [...this.namesFrom(table)]), ...common]);
    const asked = (name: string) => (spreads ? this.tablesAsked(metric, name) : tables);
    const offered = [...names].sort().flatMap(name => this.dimension(name, asked(name)) ?? []);
    this.offers.set(key, offered);
    return offered;
  }

  private hasTotal({ expression }: Metric): boolean {
    return allBehind(expression, name => own(this.metrics, name)).some(({ kind }) => kind === 'total');
  }

  private tablesAsked({ name, type, unit, tables }: Metric, dimension: string): readonly string[] {
    const path = parseFormula(
      dimension,
      () => ({ file: '', start: 0, end: 0 }),
      () => {},
    );
    if (path.kind !== 'path') return tables;
    const resolved = (other: string) => own(this.metrics, other);
    return tablesAskedBy(path, [{ kind: 'metric', name, type, unit }], this.scope, { resolved });
  }

  /** The grains of time by which a metric can be asked; stocks are read by whole days. */
  grains(metric: Metric): readonly Grain[] {
    const measures = measuresOf(metric.expression, name => own(this.metrics, name));
    const dated = measures.filter(({ table }) => !isKeptTable(table));
    if (dated.some(({ time, lifespan }) => time === null && lifespan === null)) return [];
    const hasHours =
      dated.length > 0 && dated.every(({ time, lifespan }) => lifespan === null && time?.type === 'timestamp');
    return grains.filter(grain => grain !== 'hour' || (hasHours && dated.length === measures.length));
  }

  private dimension(name: string, tables: readonly string[]): OfferedDimension | null {
    const found = tables.flatMap(table => {
      const each = this.find(table, name);
      return each === null ? [] : [{ table, ...each }];
    });
    const [first] = found;
    if (first === undefined || found.length < tables.length) return null;
    let isOne = true;
    const values = found.map(({ table, value }) => [table, value] as const);
    const destinations = found.map(({ table, destination }) => [table, destination] as const);
    const at = { file: '', start: 0, end: 0 };
    const refuse = () => {
      isOne = false;
    };
    if (tables.length > 1) checkConformed(name, values, destinations, this.scope, refuse, at);
    const { type, unit } = first.value;
    if (!isOne) return null;
    const columns = found.map(({ value }) =>
      value.kind === 'column' ? this.scope.column(value.table, value.column) : null,
    );
    return { name, type, unit, values: valuesOf(columns), column: columns[0] ?? null };
  }

  private find(table: string, name: string): Found {
    const known = this.searches.get(table) ?? new Map<string, Found>();
    this.searches.set(table, known);
    const before = known.get(name);
    if (before !== undefined) return before;
    const found = this.search(table, name);
    known.set(name, found);
    return found;
  }

  private search(table: string, name: string): Found {
    const words = name.split('.');
    const known = this.wordsFrom(table);
    // Most names of other tables are told apart by their words, without a walk over all joins.
    if (known !== null && !words.every(word => known.has(word))) return null;
    const search = findDimension(this.scope.graph, table, words);
    if (search.kind !== 'found' || isPrivate(search.destination, this.scope)) return null;
    const context = rowsOf({ ...this.scope, report: () => {} }, table, () => ({ file: '', start: 0, end: 0 }));
    const path = parseFormula(name, context.locate, () => {});
    if (path.kind !== 'path') return null;
    const value = destinationValue(search.destination, path, this.scope, context);
    return value.kind === errorNode.kind ? null : { destination: search.destination, value };
  }

  /** The words of all paths from a table; null where it has what stands for paths of other tables. */
  private wordsFrom(base: string): ReadonlySet<string> | null {
    const { graph } = this.scope;
    if (own(graph, base)?.standIns !== undefined) return null;
    const known = this.words.get(base);
    if (known !== undefined) return known;
    const behind = [...tablesBehind(graph, [base]).values()];
    const words = new Set([base, own(graph, base)?.entity ?? base, ...behind.flatMap(namesOn)]);
    this.words.set(base, words);
    return words;
  }

  /** Names to look up from a table: words, paths of two words, and what tells apart where those lead to several things. */
  private namesFrom(base: string): ReadonlySet<string> {
    const known = this.candidates.get(base);
    if (known !== undefined) return known;
    const { graph } = this.scope;
    const table = own(graph, base);
    const behind = [...tablesBehind(graph, [base]).values()];
    const standIns = Object.entries(table?.standIns ?? {}).flatMap(([name, { join }]) => {
      const target = own(graph, own(table?.joins ?? {}, join ?? '')?.to ?? '');
      return target === undefined ? [name] : [name, ...namesOn(target).map(each => `${name}.${each}`)];
    });
    const short = [...behind.flatMap(each => [...namesOn(each), ...pathsOver(each, graph)]), ...standIns];
    const { entity = null } = table ?? {};
    const names = new Set([...short, ...(entity === null ? [] : [entity])].filter(isPath));
    const isAmbiguous = (words: readonly string[]) => findDimension(graph, base, words).kind === 'ambiguous';
    const unclear = [...names].filter(name => name.includes('.') && isAmbiguous(name.split('.')));
    for (const name of unclear) for (const path of pathsTo(name, behind, graph)) names.add(path);
    for (const name of this.ownNames(base)) if (isAmbiguous(name.split('.').slice(1))) names.add(name);
    this.candidates.set(base, names);
    return names;
  }

  /** Columns by the name of their own table: what other tables have behind a join of that name. */
  private ownNames(base: string): readonly string[] {
    const table = own(this.scope.graph, base);
    if (table === undefined) return [];
    const words = new Set([table.name, table.entity ?? table.name]);
    return [...words].flatMap(word => namesOn(table).map(name => `${word}.${name}`)).filter(isPath);
  }
}

/** The paths of one join more by which a path of two words can be reached. */
function pathsTo(name: string, behind: readonly GraphTable[], graph: Scope['graph']): readonly string[] {
  const [first = ''] = name.split('.');
  return behind.flatMap(({ joins }) =>
    Object.entries(joins).flatMap(([join, { to }]) =>
      own(own(graph, to)?.joins ?? {}, first) === undefined ? [] : [`${join}.${name}`],
    ),
  );
}

/** All the texts that the columns of a dimension can be; null where one of them does not say. */
function valuesOf(columns: readonly (Column | null)[]): readonly string[] | null {
  const declared = columns.flatMap(column => column?.values ?? []);
  return columns.every(column => (column?.values ?? null) !== null) ? [...new Set(declared)].sort() : null;
}

function namesOn({ columns, joins }: GraphTable): readonly string[] {
  const shared = Object.values(columns).flatMap(({ dimension }) => dimension ?? []);
  return [...Object.keys(columns), ...shared, ...Object.keys(joins)];
}

function pathsOver({ joins }: GraphTable, graph: Scope['graph']): readonly string[] {
  return Object.entries(joins).flatMap(([join, { to }]) => {
    const target = own(graph, to);
    return target === undefined ? [] : namesOn(target).map(name => `${join}.${name}`);
  });
}

/** The columns of what definitions keep have names that nobody can write, and the word of a grain is the grain. */
function isPath(name: string): boolean {
  return !isGrain(name) && /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/.test(name);
}
