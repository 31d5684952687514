/**
 * What a role hides: names in, everything that they stand for out. A key takes the foreign keys with it that hold it, and a
 * join all that stands behind it.
 */
import { didYouMean, nearest, type Report, unknownName } from '../diagnostics/index.ts';
import { spanOf, type Text, type Word } from '../document/index.ts';
import { baselineParts, type Destination, goalParts, type Hidden } from '../model.ts';
import { own } from '../record.ts';
import { findDimension, type TableGraph } from './paths.ts';

export function resolveHides(
  texts: readonly Text[],
  file: string,
  { graph, named, report }: { graph: TableGraph; named: Named; report: Report },
): Hidden {
  const metricNames = metricsOf(named);
  const metrics = new Set<string>();
  const found = new Found(graph);
  for (const text of texts) {
    const name = text.text.trim();
    const alike = metricNames.filter(each => each === name || each.startsWith(`${name}.`));
    for (const metric of alike) metrics.add(metric);
    const isFound = found.add(name.split('.')) || alike.length > 0;
    if (isFound) continue;
    const help = didYouMean(nearest(name, [...metricNames, ...found.names]));
    report(unknownName(spanOf(file, text.at), { name, kind: 'metric, column or dimension', help }));
  }
  // What is told of a metric by its goals and baselines would tell the metric.
  for (const { name, metric } of [...named.goals, ...named.baselines]) {
    if (metric !== null && metrics.has(metric.text))
      for (const each of metricNames) if (each.startsWith(`${name.text}.`)) metrics.add(each);
  }
  return { metrics: [...metrics].sort(), ...found.all() };
}

/** What roles may name beside tables and what is in them: metrics, and what gives more of them. */
export interface Named {
  readonly metrics: readonly { readonly name: Word }[];
  readonly goals: readonly OfMetric[];
  readonly baselines: readonly OfMetric[];
}

interface OfMetric {
  readonly name: Word;
  readonly metric: Word | null;
}

/** The names of all metrics, those that goals and baselines give among them. */
function metricsOf({ metrics, goals, baselines }: Named): readonly string[] {
  return [
    ...metrics.map(({ name }) => name.text),
    ...goals.flatMap(({ name }) => goalParts.map(part => `${name.text}.${part}`)),
    ...baselines.flatMap(({ name }) => baselineParts.map(part => `${name.text}.${part}`)),
  ];
}

/** Columns, joins and entities as `deals.amount`, `deals.rep` and `reps`. */
class Found {
  private readonly columns = new Set<string>();
  private readonly joins = new Set<string>();
  private readonly entities = new Set<string>();

  constructor(private readonly graph: TableGraph) {}

  /** Everything that bears a name or stands at the end of a path; false where nothing does. */
  add(words: readonly string[]): boolean {
    const before = this.size;
    const [first = '', second, ...more] = words;
    if (second === undefined) this.addWord(first);
    else if (more.length === 0 && own(this.graph, first) !== undefined) this.addOf(first, second);
    else {
      for (const table of Object.keys(this.graph)) {
        const search = findDimension(this.graph, table, words);
        if (search.kind === 'found') this.addDestination(search.destination);
      }
    }
    return this.size > before || this.has(words);
  }

  private get size(): number {
    return this.columns.size + this.joins.size + this.entities.size;
  }

  /** Whether what a name stands for has been hidden by another. */
  private has([first = '', second]: readonly string[]): boolean {
    const [table, name] = second === undefined ? [null, first] : [first, second];
    const isIt = (path: string) => path === `${table}.${name}` || (table === null && path.endsWith(`.${name}`));
    return [...this.columns, ...this.joins].some(isIt) || this.entities.has(first);
  }

  private addWord(word: string): void {
    for (const { name, columns, joins, entity } of Object.values(this.graph)) {
      for (const [column, { dimension }] of Object.entries(columns))
        if (column === word || dimension === word) this.columns.add(`${name}.${column}`);
      if (own(joins, word) !== undefined) this.joins.add(`${name}.${word}`);
      if (entity === word) this.entities.add(name);
    }
  }

  private addOf(table: string, name: string): void {
    const found = own(this.graph, table);
    if (own(found?.columns ?? {}, name) !== undefined) this.columns.add(`${table}.${name}`);
    if (own(found?.joins ?? {}, name) !== undefined) this.joins.add(`${table}.${name}`);
  }

  private addDestination(destination: Destination): void {
    switch (destination.kind) {
      case 'column':
        this.columns.add(`${destination.table}.${destination.column}`);
        return;
      case 'join':
        this.joins.add(`${destination.table}.${destination.join}`);
        return;
      case 'key':
        this.entities.add(destination.table);
        return;
    }
  }

  /** For suggestions. */
  get names(): readonly string[] {
    return Object.values(this.graph).flatMap(({ name, columns, joins, entity }) => [
      ...Object.keys(columns).flatMap(column => [column, `${name}.${column}`]),
      ...Object.keys(joins),
      ...(entity === null ? [] : [entity]),
    ]);
  }

  /** With what holds the same: foreign keys of a hidden key, the foreign key of a hidden join, the key of a hidden entity. */
  all(): Omit<Hidden, 'metrics'> {
    const pairs = Object.values(this.graph).flatMap(({ name, joins }) =>
      Object.entries(joins).flatMap(([join, { to, on }]) =>
        on.flatMap(({ stored, there }) =>
          stored === null ? [] : [{ join: `${name}.${join}`, here: `${name}.${stored}`, there: `${to}.${there}` }],
        ),
      ),
    );
    for (let before = -1; before !== this.columns.size; ) {
      before = this.columns.size;
      for (const { here, there } of pairs) if (this.columns.has(there)) this.columns.add(here);
    }
    for (const { join, here } of pairs) if (this.joins.has(join)) this.columns.add(here);
    for (const table of this.entities)
      for (const key of own(this.graph, table)?.key ?? []) this.columns.add(`${table}.${key}`);
    return {
      columns: [...this.columns].sort(),
      joins: [...this.joins].sort(),
      entities: [...this.entities].sort(),
    };
  }
}
