/** Dimensions asked of metrics: one name, bound once for each table that the metrics read. */
import { grains } from '../calendar/index.ts';
import {
  didYouMean,
  nearest,
  noPath,
  notConformed,
  notFrozenBy,
  oneOf,
  type Report,
  targetSpread,
  unknownName,
} from '../diagnostics/index.ts';
import type { At, Expression, PathExpression } from '../formula/index.ts';
import {
  type Destination,
  type Dimension,
  errorNode,
  type MetricExpression,
  type RowExpression,
  type Typed,
} from '../model.ts';
import { own, recordOf } from '../record.ts';
import type { Span } from '../source.ts';
import { requireCondition } from './condition.ts';
import { type MetricContext, tablesOf } from './context.ts';
import { momentNames } from './forms.ts';
import { commonType } from './meeting.ts';
import {
  destinationText,
  dimensionNames,
  findDimension,
  isKeptTable,
  isTableOfGoal,
  type PathSearch,
  tablesBehind,
  writtenName,
} from './paths.ts';
import { destinationValue, type RowContext, reportMissing, resolveRow } from './row.ts';
import type { Scope } from './scope.ts';
import { operandsOf } from './walk.ts';

/** Who asks, for the sentence `win_rate cannot be grouped by x`. */
export interface Asker {
  readonly subject: (table: string) => string;
  readonly verb: 'grouped' | 'filtered';
  readonly locate: (at: At) => Span;
  readonly report: Report;
}

/** How dimensions are looked up from the rows of one of several tables. */
export function dimensionsOf(scope: Scope, table: string, tables: readonly string[], asker: Asker): RowContext {
  const onMissing: typeof reportMissing = (path, search, company, ...rest) => {
    const words = path.words.map(word => word.text);
    if (isKeptTable(table)) {
      const others = tables.filter(each => !isKeptTable(each));
      // What other tables lack as well is told of those.
      if (others.some(each => findDimension(scope.graph, each, words).kind !== 'found')) return;
      if (isKnownAnywhere(words, scope)) return reportSpread(path, table, scope, asker);
    }
    const isKnownElsewhere = tables.some(other => findDimension(scope.graph, other, words).kind === 'found');
    if (isKnownElsewhere || isKnownAnywhere(words, scope)) return reportNoPath(path, search, table, scope, asker);
    const [word = '', ...others] = words;
    if (others.length > 0 || isOtherThing(word, scope)) return reportMissing(path, search, company, ...rest);
    reportUnknown(word, path, company, tables, scope, asker);
  };
  const { locate, report } = asker;
  return {
    table,
    locate,
    report,
    aggregate: null,
    search: words => findDimension(scope.graph, table, words),
    accepts: spelling => isAccepted(spelling, tables, scope),
    onMissing,
  };
}

/** A dimension that does not follow from those by which targets, or frozen values, are kept. */
function reportSpread(path: PathExpression, table: string, scope: Scope, { locate, report, verb }: Asker): void {
  const dimension = path.words.map(word => word.text).join('.');
  const standIns = Object.entries(own(scope.graph, table)?.standIns ?? {});
  const columns = [...new Set(standIns.map(([, { column }]) => column))];
  const by = columns.map(column => standIns.find(([, standIn]) => standIn.column === column)?.[0] ?? column);
  const name = writtenName(table);
  report(
    isTableOfGoal(table)
      ? targetSpread(locate(path.at), { goal: name, dimension, by, verb })
      : notFrozenBy(locate(path.at), { baseline: name, dimension, by, verb }),
  );
}

/** Whether a word that is no dimension is something else, of which there is more to be said. */
function isOtherThing(word: string, scope: Scope): boolean {
  return own(scope.graph, word) !== undefined || scope.isMetric(word) || momentNames.some(moment => moment === word);
}

/** A word that no table knows: once for all tables, with the nearest name that each of them can be asked by. */
function reportUnknown(
  word: string,
  path: PathExpression,
  company: Typed | null,
  tables: readonly string[],
  scope: Scope,
  asker: Asker,
): void {
  const names = namesBehind(tables, scope);
  const shared = [...names].filter(name =>
    tables.every(table => findDimension(scope.graph, table, [name]).kind !== 'missing'),
  );
  const candidates = [...(shared.length > 0 ? shared : names), ...(asker.verb === 'grouped' ? grains : [])];
  const suggestion = nearest(word, candidates);
  const isText = company?.type === 'string';
  const help = suggested(suggestion, tables, scope) ?? (isText ? `text stands in single quotes: '${word}'` : undefined);
  asker.report(unknownName(asker.locate(path.at), { name: word, kind: 'dimension', help }));
}

/** A name, or where several paths lead to it the paths. */
function suggested(name: string | null, tables: readonly string[], scope: Scope): string | undefined {
  if (name === null) return undefined;
  const searches = tables.map(table => findDimension(scope.graph, table, [name]));
  const paths = new Set(searches.flatMap(search => (search.kind === 'ambiguous' ? search.paths : [])));
  const accepted = [...paths].filter(each => isAccepted(each, tables, scope));
  return accepted.length === 0 ? didYouMean(name) : `did you mean ${oneOf(accepted)}?`;
}

/** The one-word names of dimensions on tables and behind their joins; private columns are not offered. */
function namesBehind(tables: readonly string[], scope: Scope): ReadonlySet<string> {
  const names = [...tablesBehind(scope.graph, tables).values()].flatMap(table => {
    const columns = Object.entries(table.columns).filter(
      ([name]) => scope.column(table.name, name)?.isPrivate === false,
    );
    const shared = columns.flatMap(([, { dimension }]) => dimension ?? []);
    return [
      ...columns.map(([name]) => name),
      ...shared,
      ...Object.keys(table.joins).filter(name => own(table.joins, name)?.isKeyHidden !== true),
      ...(table.entity === null || table.isKeyHidden === true ? [] : [table.entity]),
    ];
  });
  return new Set(names);
}

/** Whether all tables can be asked by a path. */
function isAccepted(path: string, tables: readonly string[], scope: Scope): boolean {
  return tables.every(table => findDimension(scope.graph, table, path.split('.')).kind === 'found');
}

function isKnownAnywhere(words: readonly string[], scope: Scope): boolean {
  return Object.keys(scope.graph).some(table => findDimension(scope.graph, table, words).kind === 'found');
}

function reportNoPath(
  path: PathExpression,
  search: Extract<PathSearch, { kind: 'missing' }>,
  table: string,
  scope: Scope,
  asker: Asker,
): void {
  const words = path.words.map(word => word.text);
  const dimension = words.join('.');
  const name = words[search.word] ?? dimension;
  const isColumn = search.word === words.length - 1 && words.length > 1;
  const target = Object.values(scope.graph).flatMap(
    other => own(other.joins, name)?.to ?? (other.entity === name ? other.name : []),
  )[0];
  const reason = isColumn
    ? `\`${search.table}\` has no column \`${name}\``
    : words.length > 1 || target !== undefined
      ? `\`${search.table}\` has no join \`${name}\``
      : `\`${search.table}\` has no dimension \`${name}\``;
  const help =
    target === undefined || isColumn
      ? undefined
      : `add a join \`${name}: { to: ${target}, on: ... }\` to \`${search.table}\``;
  asker.report(
    noPath(asker.locate(path.at), { subject: asker.subject(table), verb: asker.verb, dimension, reason, help }),
  );
}

/** Whether nothing that an expression reads has a dimension which other tables have. */
export function isLacking(
  path: PathExpression,
  expression: MetricExpression,
  scope: Scope,
  lookup: Pick<MetricContext, 'resolved'>,
): boolean {
  const words = path.words.map(word => word.text);
  const tables = tablesOf(expression, lookup);
  return (
    tables.length > 0 &&
    tables.every(table => !isKeptTable(table) && findDimension(scope.graph, table, words).kind === 'missing') &&
    isKnownAnywhere(words, scope)
  );
}

/**
 * The tables for which a dimension must be bound so that expressions can be asked by it: all that they read, without those of
 * a total that lacks it, since its value is spread.
 */
export function tablesAskedBy(
  path: PathExpression,
  expressions: readonly MetricExpression[],
  scope: Scope,
  lookup: Pick<MetricContext, 'resolved'>,
): readonly string[] {
  const words = path.words.map(word => word.text);
  const tables = [...new Set(expressions.flatMap(expression => tablesOf(expression, lookup)))].sort();
  const has = (table: string) => isKeptTable(table) || findDimension(scope.graph, table, words).kind !== 'missing';
  if (tables.every(has)) return tables;
  const asked = new Set<string>();
  const visited = new Set<MetricExpression>();
  const visit = (node: MetricExpression): void => {
    if (visited.has(node)) return;
    visited.add(node);
    if (node.kind === 'total' && !tablesOf(node, lookup).some(has)) return;
    if (node.kind === 'measure') asked.add(node.table);
    if (node.kind === 'metric') {
      const metric = lookup.resolved(node.name);
      if (metric !== null && metric !== undefined) visit(metric.expression);
    }
    operandsOf(node).forEach(visit);
  };
  expressions.forEach(visit);
  const bound = tables.filter(table => has(table) || asked.has(table));
  return bound.length === 0 ? tables : bound;
}

/** A dimension, bound for each table; null where one of them does not have it, which has been reported. */
export function bindDimension(
  name: string,
  path: PathExpression,
  tables: readonly string[],
  scope: Scope,
  asker: Asker,
): Dimension | null {
  const words = path.words.map(word => word.text);
  const byTable: [string, RowExpression][] = [];
  const destinations: [string, Destination][] = [];
  for (const table of tables) {
    const context = dimensionsOf(scope, table, tables, asker);
    const search = context.search(words);
    const value =
      search.kind === 'found'
        ? destinationValue(search.destination, path, scope, context)
        : resolveRow(path, scope, context);
    if (search.kind !== 'found' || value.kind === errorNode.kind) continue;
    byTable.push([table, value]);
    destinations.push([table, search.destination]);
  }
  const [first] = byTable;
  if (first === undefined || byTable.length < tables.length) return null;
  checkConformed(name, byTable, destinations, scope, asker.report, asker.locate(path.at));
  const { type, unit } = first[1];
  return { name, type, unit, byTable: recordOf(byTable), destinations: recordOf(destinations) };
}

/** One dimension must mean the same for every table that is read. */
export function checkConformed(
  name: string,
  values: readonly (readonly [string, RowExpression])[],
  destinations: readonly (readonly [string, Destination])[],
  scope: Scope,
  report: Report,
  at: Span,
): void {
  const names = destinations.map(([, destination]) => dimensionNames(scope.graph, destination));
  const [first, ...others] = names;
  // Where nothing is read there is nothing to differ: that has been told.
  if (first === undefined) return;
  const shared = [...(first ?? [])].some(candidate => others.every(other => other.has(candidate)));
  const types = values.map(([, value]) => value.type);
  const isOneType = types.every(type => commonType(types[0] ?? type, type) !== null);
  if (shared && isOneType) return;
  const meanings = destinations.map(([table, destination]) => `\`${destinationText(destination)}\` for \`${table}\``);
  report(notConformed(at, { dimension: name, meanings }));
}

/** A condition over dimensions, bound for each table; tables for which it does not hold together get an error node. */
export function bindCondition(
  condition: Expression,
  tables: readonly string[],
  scope: Scope,
  asker: Asker,
): Readonly<Record<string, RowExpression>> {
  return recordOf(
    tables.map(table => {
      const resolved = resolveRow(condition, scope, dimensionsOf(scope, table, tables, asker));
      return [table, requireCondition(resolved, condition, asker)] as const;
    }),
  );
}

export function isBroken(bindings: Readonly<Record<string, RowExpression>>): boolean {
  return Object.values(bindings).some(binding => binding.kind === errorNode.kind);
}
