/** Dimensions asked of metrics: one name, bound once for each table that the metrics read. */
import { noPath, type Report } from '../diagnostics/index.ts';
import type { At, Expression, PathExpression } from '../formula/index.ts';
import { errorNode, type RowExpression } from '../model.ts';
import { own, recordOf } from '../record.ts';
import type { Span } from '../source.ts';
import { requireCondition } from './condition.ts';
import { findDimension, type PathSearch } from './paths.ts';
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
    if (!isKnownElsewhere && !isKnownAnywhere(words, scope)) return reportMissing(path, search, company, ...rest);
    reportNoPath(path, search, table, scope, asker);
  };
  const { locate, report } = asker;
  return {
    table,
    locate,
    report,
    aggregate: null,
    search: words => findDimension(scope.graph, table, words),
    onMissing,
  };
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
