/** Dimensions asked of metrics: one name, bound once for each table that the metrics read. */
import { grains } from '../calendar/index.ts';
import { didYouMean, nearest, noPath, oneOf, type Report, unknownName } from '../diagnostics/index.ts';
import type { At, Expression, PathExpression } from '../formula/index.ts';
import { errorNode, type RowExpression, type Typed } from '../model.ts';
import { own, recordOf } from '../record.ts';
import type { Span } from '../source.ts';
import { requireCondition } from './condition.ts';
import { momentNames } from './forms.ts';
import { findDimension, type PathSearch, tablesBehind } from './paths.ts';
import { type RowContext, reportMissing, resolveRow } from './row.ts';
import type { Scope } from './scope.ts';

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

/** Whether a word that is no dimension is something else, of which there is more to be said. */
function isOtherThing(word: string, scope: Scope): boolean {
  return own(scope.graph, word) !== undefined || scope.isMetric(word) || momentNames.includes(word);
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
      ...Object.keys(table.joins),
      ...(table.entity === null ? [] : [table.entity]),
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
