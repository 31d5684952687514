/** `complete`: which members of a joined table an answer shows although no row names them. */
import { allOf, badComplete, didYouMean, nearest, type Report } from '../diagnostics/index.ts';
import { type At, children, type Expression, type PathExpression, parseFormula } from '../formula/index.ts';
import type { RowExpression } from '../model.ts';
import { own } from '../record.ts';
import type { Span } from '../source.ts';
import type { BoundCompletion, BoundDimension } from './bound.ts';
import { requireCondition } from './condition.ts';
import { asJoin, type Destination, findDimension, followPath, tableAt } from './paths.ts';
import { destinationValue, type RowContext, resolveRow, rowsOf } from './row.ts';
import type { Scope } from './scope.ts';

interface Places {
  readonly locate: (index: number, at: At) => Span;
  readonly report: Report;
}

export function bindCompletions(
  items: readonly string[],
  dimensions: readonly BoundDimension[],
  where: Expression | null,
  scope: Scope,
  places: Places,
): readonly BoundCompletion[] {
  const done = new Set<string>();
  return items.flatMap((text, index) => {
    const path = parseFormula(text, at => places.locate(index, at), places.report);
    const locate = (at: At) => places.locate(index, at);
    if (path.kind !== 'path') {
      const reason = 'it is no name of a dimension';
      if (path.kind !== 'error') places.report(badComplete(locate(path.at), { name: text.trim(), reason }));
      return [];
    }
    const completion = bindCompletion(path, dimensions, where, scope, { table: '', locate, report: places.report });
    if (completion === null || done.has(completion.name)) return [];
    done.add(completion.name);
    return [completion];
  });
}

type Site = Pick<RowContext, 'table' | 'locate' | 'report'>;

function bindCompletion(
  path: PathExpression,
  dimensions: readonly BoundDimension[],
  where: Expression | null,
  scope: Scope,
  site: Site,
): BoundCompletion | null {
  const name = path.words.map(word => word.text).join('.');
  const asked = dimensions.map(dimension => dimension.name);
  const refuse = (reason: string, help?: string) => {
    site.report(badComplete(site.locate(path.at), { name, reason }, { help }));
    return null;
  };
  const [table] = Object.keys(dimensions[0]?.byTable ?? {});
  if (table === undefined) return refuse('the query asks for no dimension');
  const search = findDimension(scope.graph, table, name.split('.'));
  if (search.kind !== 'found')
    return refuse('it is no dimension of the query', didYouMean(nearest(name, asked)) ?? `those are ${allOf(asked)}`);
  const role = roleOf(asJoin(scope.graph, search.destination));
  if (role === null && own(scope.graph, table)?.entity === null) return refuse('no joined table lists its members');
  const joins = role ?? [];
  const members = tableAt(scope.graph, table, joins);
  const followers = dimensions.flatMap(dimension => {
    const destination = own(dimension.destinations, table);
    const rest = destination === undefined ? null : wordsBehind(joins, asJoin(scope.graph, destination));
    if (rest === null) return [];
    const value = memberValue(rest, members, path, scope, site);
    return value === null ? [] : [{ dimension: dimension.name, value }];
  });
  if (followers.length === 0) return refuse(`the query does not ask by it; add it to \`by\``);
  const conditions =
    where === null ? [] : conjuncts(where).flatMap(each => conditionOn(each, joins, table, members, scope, site));
  return { name: [...joins, members].join('.'), table: members, members: followers, where: conditions };
}

/** The joins that lead to the table whose rows a dimension is about; null for a column of the measure's own table. */
function roleOf(destination: Destination): readonly string[] | null {
  switch (destination.kind) {
    case 'join':
      return [...destination.joins, destination.join];
    case 'column':
      return destination.joins.length === 0 ? null : destination.joins;
    case 'key':
      return null;
  }
}

/** What is left of a dimension's path behind the joins; empty for the key itself, null where it does not stand behind them. */
function wordsBehind(joins: readonly string[], destination: Destination): readonly string[] | null {
  const words =
    destination.kind === 'key'
      ? []
      : destination.kind === 'join'
        ? [...destination.joins, destination.join]
        : [...destination.joins, destination.column];
  return joins.every((join, index) => words[index] === join) ? words.slice(joins.length) : null;
}

function memberValue(
  words: readonly string[],
  table: string,
  path: PathExpression,
  scope: Scope,
  site: Site,
): RowExpression | null {
  const context = { ...rowsOf(scope, table, site.locate), report: site.report };
  if (words.length === 0) return known(destinationValue({ kind: 'key', table }, path, scope, context));
  const search = followPath(scope.graph, table, words);
  return search.kind === 'found' ? known(destinationValue(search.destination, path, scope, context)) : null;
}

function known(value: RowExpression): RowExpression | null {
  return value.kind === 'error' ? null : value;
}

/** A condition joined by `and`, in its parts. */
export function conjuncts(condition: Expression): readonly Expression[] {
  return condition.kind === 'and' ? condition.operands.flatMap(conjuncts) : [condition];
}

/** One part of the condition read from the members' own rows, where all its paths stand behind the joins. */
function conditionOn(
  condition: Expression,
  joins: readonly string[],
  base: string,
  members: string,
  scope: Scope,
  site: Site,
): readonly RowExpression[] {
  const search = (words: readonly string[]) => {
    const asked = findDimension(scope.graph, base, words);
    const rest = asked.kind === 'found' ? wordsBehind(joins, asJoin(scope.graph, asked.destination)) : null;
    if (rest === null) return { kind: 'missing', word: 0, table: members } as const;
    if (rest.length === 0) return { kind: 'found', destination: { kind: 'key', table: members } } as const;
    return followPath(scope.graph, members, rest);
  };
  if (!everyPath(condition, words => search(words).kind === 'found')) return [];
  const context: RowContext = { table: members, locate: site.locate, report: () => {}, aggregate: null, search };
  const resolved = requireCondition(resolveRow(condition, scope, context), condition, context);
  return resolved.kind === 'error' ? [] : [resolved];
}

function everyPath(expression: Expression, fits: (words: readonly string[]) => boolean): boolean {
  if (expression.kind === 'path') return fits(expression.words.map(word => word.text));
  return children(expression).every(child => everyPath(child, fits));
}
