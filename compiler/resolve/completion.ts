/** `complete`: which members of a joined table an answer shows although no row names them. */
import { allOf, badComplete, didYouMean, nearest, type Report } from '../diagnostics/index.ts';
import { type At, children, type Expression, type PathExpression, parseFormula } from '../formula/index.ts';
import type { Destination, Dimension, Model, RowExpression } from '../model.ts';
import { own } from '../record.ts';
import type { Span } from '../source.ts';
import type { BoundCompletion } from './bound.ts';
import { requireCondition } from './condition.ts';
import { asJoin, findDimension, followPath, tableAt } from './paths.ts';
import { destinationValue, type RowContext, resolveRow, rowsOf } from './row.ts';
import type { Scope } from './scope.ts';

interface Places {
  readonly locate: (index: number, at: At) => Span;
  readonly report: Report;
}

export function bindCompletions(
  items: readonly string[],
  dimensions: readonly Dimension[],
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
  dimensions: readonly Dimension[],
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
  const tables = [...new Set(dimensions.flatMap(({ byTable }) => Object.keys(byTable)))];
  const table = tables.find(each => findDimension(scope.graph, each, name.split('.')).kind === 'found') ?? tables[0];
  if (table === undefined) return refuse('the query asks for no dimension');
  const search = findDimension(scope.graph, table, name.split('.'));
  if (search.kind !== 'found')
    return refuse('it is no dimension of the query', didYouMean(nearest(name, asked)) ?? `those are ${allOf(asked)}`);
  const members = membersAt(table, search.destination, scope);
  if (members === null) return refuse('no joined table lists its members');
  const followers = followersOf(members, dimensions, scope, site.report);
  if (followers.length === 0) return refuse(`the query does not ask by it; add it to \`by\``);
  const conditions = where === null ? [] : conjuncts(where).flatMap(each => conditionOn(each, members, scope, site));
  return {
    name: [...members.joins, members.table].join('.'),
    table: members.table,
    members: followers,
    where: conditions,
  };
}

/** The table whose rows are the members of a dimension, and the joins that lead to it from a table that is read. */
export interface Members {
  readonly base: string;
  readonly joins: readonly string[];
  readonly table: string;
}

/** Null where no joined table lists them. */
export function membersBehind({ destinations }: Pick<Dimension, 'destinations'>, scope: Scope): Members | null {
  const [first] = Object.entries(destinations);
  return first === undefined ? null : membersAt(first[0], first[1], scope);
}

function membersAt(base: string, destination: Destination, scope: Scope): Members | null {
  const role = roleOf(asJoin(scope.graph, destination));
  if (role === null && own(scope.graph, base)?.entity === null) return null;
  const joins = role ?? [];
  return { base, joins, table: tableAt(scope.graph, base, joins) };
}

/** What the members' own rows say of the dimensions that follow from them. */
export function followersOf(
  { base, joins, table }: Members,
  dimensions: readonly Dimension[],
  scope: Scope,
  report: Report,
): readonly { readonly dimension: string; readonly value: RowExpression }[] {
  return dimensions.flatMap(dimension => {
    const destination = own(dimension.destinations, base);
    const rest = destination === undefined ? null : wordsBehind(joins, asJoin(scope.graph, destination, joins));
    const value = rest === null ? null : memberValue(rest, table, scope, report);
    return value === null ? [] : [{ dimension: dimension.name, value }];
  });
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

function memberValue(words: readonly string[], table: string, scope: Scope, report: Report): RowExpression | null {
  const path: PathExpression = { kind: 'path', words: words.map(text => ({ text, at: [0, 0] })), at: [0, 0] };
  const context = { ...rowsOf(scope, table, ([start, end]) => ({ file: '', start, end })), report };
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
  { base, joins, table: members }: Members,
  scope: Scope,
  site: Site,
): readonly RowExpression[] {
  const search = (words: readonly string[]) => {
    const asked = findDimension(scope.graph, base, words);
    const rest = asked.kind === 'found' ? wordsBehind(joins, asJoin(scope.graph, asked.destination, joins)) : null;
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

/** A condition on the rows of the base table as one on the members' own rows; null where it reads anything else. */
export function aboutMembers(condition: RowExpression, members: Members, model: Model): RowExpression | null {
  const { base, joins, table } = members;
  switch (condition.kind) {
    case 'literal':
    case 'attribute':
    case 'moment':
      return condition;
    case 'truncate': {
      const operand = aboutMembers(condition.operand, members, model);
      return operand === null ? null : { ...condition, operand };
    }
    case 'call': {
      const operands = condition.arguments.map(each => aboutMembers(each, members, model));
      const known = operands.flatMap(each => each ?? []);
      return known.length < operands.length ? null : { ...condition, arguments: known };
    }
    case 'column': {
      const rest = wordsBehind(joins, asJoin(model.tables, { ...condition, kind: 'column' }, joins));
      if (rest === null || (joins.length === 0 && base !== table)) return null;
      if (rest.length > 0) return { ...condition, joins: rest.slice(0, -1) };
      const [key, ...others] = own(model.tables, table)?.key ?? [];
      return key === undefined || others.length > 0 ? null : { ...condition, joins: [], table, column: key };
    }
    case 'previous':
    case 'convert':
    case 'rollup':
    case 'error':
      return null;
  }
}

/** Whether a dimension follows from another: it is read from the row that the other is the key of. */
export function keyFollows(key: Dimension, follower: Dimension, model: Model): boolean {
  return Object.entries(key.destinations).every(([base, destination]) => {
    const other = own(follower.destinations, base);
    const joined = asJoin(model.tables, destination);
    if (other === undefined) return false;
    if (joined.kind === 'key') return true;
    if (joined.kind !== 'join') return false;
    const path = [...joined.joins, joined.join];
    const rest = wordsBehind(path, asJoin(model.tables, other, path));
    return rest !== null && rest.length > 0;
  });
}
