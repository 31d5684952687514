/** Row expressions: a written expression and the table it is read from in, a typed `RowExpression` out. */
import {
  aggregateOfOneRow,
  allOf,
  ambiguousPath,
  compositeKey,
  didYouMean,
  fanOut,
  metricInRow,
  misplacedModifier,
  nearest,
  nestedAggregate,
  type Report,
  respelt,
  unknownName,
  wholeTable,
} from '../diagnostics/index.ts';
import type { At, CallExpression, Expression, ModifiedExpression, PathExpression } from '../formula/index.ts';
import {
  type ColumnReference,
  type Destination,
  errorNode,
  type RowExpression,
  type Typed,
  unspecified,
} from '../model.ts';
import { own } from '../record.ts';
import type { Span } from '../source.ts';
import { isAggregate } from './aggregates.ts';
import { resolveConvert } from './convert.ts';
import { type Level, resolveExpression } from './expression.ts';
import { metricForms, momentNames } from './forms.ts';
import { commonType, isNumber } from './meeting.ts';
import {
  declaredTables,
  destinationText,
  followPath,
  type GraphTable,
  joinsTo,
  type PathSearch,
  writtenName,
} from './paths.ts';
import { resolvePrevious } from './previous.ts';
import type { Scope } from './scope.ts';
import { meet, unitBehind } from './units.ts';

/** Where a row expression stands. */
export interface RowContext {
  readonly table: string;
  readonly locate: (at: At) => Span;
  readonly report: Report;
  /** The aggregate around it, or null for a column, a join or a condition on its own. */
  readonly aggregate: string | null;
  /** How its names are looked up; rows of a table follow paths, conditions on metrics look for dimensions. */
  readonly search: (words: readonly string[]) => PathSearch;
  /** A name that is not offered in place of a misspelt one. */
  readonly except?: string;
  /** Whether a path that is one of several could be written; without it, each could. */
  readonly accepts?: (spelling: string) => boolean;
  /** What an aggregate is here: a column may roll up the rows that point to its own; elsewhere there is none. */
  readonly rollUp?: (call: CallExpression, behind: ModifiedExpression | null) => RowExpression;
  /** What a path stands for that is read from no row, such as what is known of the user; null where it is read from one. */
  readonly outside?: (path: PathExpression) => RowExpression | null;
  /** Reports a path that leads nowhere, in place of `reportMissing`. */
  readonly onMissing?: typeof reportMissing;
}

/** The context of formulas that are read from the rows of `table`: columns, joins, measures. */
export function rowsOf(
  scope: Scope,
  table: string,
  locate: RowContext['locate'],
  aggregate: string | null = null,
): RowContext {
  return { table, locate, report: scope.report, aggregate, search: words => followPath(scope.graph, table, words) };
}

export function resolveRow(expression: Expression, scope: Scope, context: RowContext): RowExpression {
  const level: Level<RowExpression> = {
    make: node => node,
    error: errorNode,
    locate: context.locate,
    report: context.report,
    path: (path, company) => resolvePath(path, company, scope, context),
    call: call => resolveCall(call, level, scope, context),
    modified: modified => {
      const { operand } = modified;
      if (context.rollUp !== undefined && operand.kind === 'call' && isAggregate(operand.name.text))
        return context.rollUp(operand, modified);
      const modifier = modified.where !== null ? 'where' : modified.lifespan !== null ? 'while' : 'at';
      context.report(misplacedModifier(context.locate(modified.modifiersAt), { modifier }));
      return errorNode;
    },
    conversions: conversions => {
      context.report(metricInRow(context.locate(conversions.at), { name: 'conversions' }));
      return errorNode;
    },
    values: operand => valuesOf(operand, scope),
    forms: [],
  };
  return resolveExpression(expression, level);
}

function valuesOf(operand: RowExpression, scope: Scope) {
  if (operand.kind !== 'column') return null;
  const values = scope.column(operand.table, operand.column)?.values ?? null;
  return values === null ? null : { column: operand.column, values };
}

function resolvePath(path: PathExpression, company: Typed | null, scope: Scope, context: RowContext): RowExpression {
  const words = path.words.map(word => word.text);
  const moment = momentNames.find(name => words.length === 1 && name === words[0]);
  if (moment !== undefined) return { kind: 'moment', name: moment, type: 'date', unit: unspecified };
  const outside = context.outside?.(path) ?? null;
  if (outside !== null) return outside;
  const search = context.search(words);
  if (search.kind === 'found') return destinationValue(search.destination, path, scope, context);
  const at = context.locate(path.at);
  if (search.kind === 'ambiguous') {
    const accepted = search.paths.filter(each => context.accepts?.(each) !== false);
    const paths = accepted.length === 0 ? search.paths : accepted;
    context.report(ambiguousPath(at, { name: words.join('.'), table: writtenName(context.table), paths }));
    return errorNode;
  }
  (context.onMissing ?? reportMissing)(path, search, company, scope, context);
  return errorNode;
}

/** The value at the end of a path; a join stands for the key as it is stored with it. */
export function destinationValue(
  destination: Destination,
  path: PathExpression,
  scope: Scope,
  context: RowContext,
): RowExpression {
  switch (destination.kind) {
    case 'column':
      return columnValue(destination.joins, destination.table, destination.column, scope);
    case 'key': {
      const keys = own(scope.graph, destination.table)?.key ?? [];
      const [only, ...others] = keys;
      if (only !== undefined && others.length === 0) return columnValue([], destination.table, only, scope);
      context.report(compositeKey(context.locate(path.at), { name: destinationText(destination), columns: keys }));
      return errorNode;
    }
    case 'join': {
      const join = scope.join(destination.table, destination.join);
      const [pair, ...others] = join?.on ?? [];
      if (pair !== undefined && others.length === 0) return behind(destination.joins, pair.here);
      if (join !== null) {
        const columns = join.on.map(({ there }) => `${destinationText(destination)}.${there}`);
        context.report(compositeKey(context.locate(path.at), { name: destinationText(destination), columns }));
      }
      return errorNode;
    }
  }
}

function columnValue(joins: readonly string[], table: string, name: string, scope: Scope): RowExpression {
  const column = scope.column(table, name);
  if (column === null || column.type === 'unknown') return errorNode;
  const reference: ColumnReference = {
    kind: 'column',
    joins,
    table,
    column: name,
    type: column.type,
    unit: unitBehind(column.unit, joins),
  };
  return reference;
}

/** The same expression, read from rows that are reached over further joins. */
export function behind(joins: readonly string[], expression: RowExpression): RowExpression {
  if (joins.length === 0) return expression;
  switch (expression.kind) {
    case 'column':
      return { ...expression, joins: [...joins, ...expression.joins], unit: unitBehind(expression.unit, joins) };
    case 'call':
      return { ...expression, arguments: expression.arguments.map(argument => behind(joins, argument)) };
    case 'truncate':
      return { ...expression, operand: behind(joins, expression.operand) };
    case 'convert': {
      const [amount, from, at] = [expression.amount, expression.from, expression.at].map(each => behind(joins, each));
      return amount === undefined || from === undefined || at === undefined
        ? errorNode
        : { ...expression, amount, from, at };
    }
    case 'previous':
    case 'rollup':
    case 'moment':
    case 'attribute':
    case 'literal':
    case 'error':
      return expression;
  }
}

function resolveCall(
  call: CallExpression,
  level: Level<RowExpression>,
  scope: Scope,
  context: RowContext,
): RowExpression | null {
  const name = call.name.text;
  const at = context.locate(call.name.at);
  if (isAggregate(name)) {
    if (context.aggregate !== null) context.report(nestedAggregate(at, { outer: context.aggregate, inner: name }));
    else if (context.rollUp !== undefined) return context.rollUp(call, null);
    else context.report(aggregateOfOneRow(at, { name }));
    return errorNode;
  }
  if (name === 'previous') return resolvePrevious(call, context.table, level, scope);
  if (name === 'convert') return resolveConvert(call, context.table, level, scope);
  if (metricForms.includes(name)) {
    context.report(metricInRow(at, { name }));
    return errorNode;
  }
  return null;
}

/** Says which word of a path leads nowhere, and what it may have been meant to be. */
export function reportMissing(
  path: PathExpression,
  search: Extract<PathSearch, { kind: 'missing' }>,
  company: Typed | null,
  scope: Scope,
  context: RowContext,
): void {
  const words = path.words.map(word => word.text);
  const name = words[search.word] ?? '';
  const at = context.locate(path.words[search.word]?.at ?? path.at);
  const isFirst = search.word === 0;
  if (isFirst && own(scope.graph, name) !== undefined) {
    reportTable(name, words, at, scope, context);
    return;
  }
  if (isFirst && words.length === 1 && scope.isMetric(name)) {
    context.report(metricInRow(at, { name }));
    return;
  }
  const table = own(scope.graph, search.table);
  if (table === undefined) return;
  const isLast = search.word === words.length - 1;
  const candidates = [
    ...(isLast ? Object.keys(table.columns) : []),
    ...Object.keys(table.joins),
    ...(table.entity === null ? [] : [table.entity]),
  ].filter(candidate => candidate !== context.except);
  const suggestion = nearest(name, candidates, candidate =>
    fitsCompany(candidate, search.table, company, scope, context),
  );
  const fixes = respelt(at, name, suggestion, candidates);
  const kind = isLast ? 'column' : 'join';
  const isText = company?.type === 'string' && words.length === 1;
  const help =
    didYouMean(suggestion) ??
    (isLast ? elsewhere(name, search.table, scope) : undefined) ??
    (isText ? `text stands in single quotes: '${name}'` : undefined) ??
    (words.length > 1 ? namesOf(table, kind, scope) : undefined);
  context.report(unknownName(at, { name, kind, of: search.table, help }, { fixes }));
}

/** What a table has, where a path asks it for something else; private columns are not offered. */
function namesOf(table: GraphTable, kind: 'column' | 'join', scope: Scope): string | undefined {
  const columns = Object.keys(table.columns).filter(name => scope.column(table.name, name)?.isPrivate !== true);
  const names = kind === 'column' ? columns : Object.keys(table.joins);
  return names.length === 0 ? undefined : `its ${kind}s are ${allOf(names)}`;
}

/** Whether a column could stand where the misspelt name does: beside that company, inside that aggregate. */
function fitsCompany(
  candidate: string,
  table: string,
  company: Typed | null,
  scope: Scope,
  context: RowContext,
): boolean {
  const column =
    own(own(scope.graph, table)?.columns ?? {}, candidate) === undefined ? null : scope.column(table, candidate);
  if (column === null) return true;
  if (company !== null)
    return commonType(company.type, column.type) !== null && meet(company.unit, column.unit) !== null;
  return !numericAggregates.includes(context.aggregate ?? '') || isNumber(column.type);
}

const numericAggregates = ['sum', 'avg', 'median', 'percentile', 'stddev', 'variance', 'corr'];

function reportTable(name: string, words: readonly string[], at: Span, scope: Scope, context: RowContext): void {
  const base = context.table;
  if (name === base) {
    context.report(wholeTable(at, { table: name }));
    return;
  }
  const [join] = joinsTo(scope.graph, base, name);
  if (join === undefined && joinsTo(scope.graph, name, base).length > 0) {
    context.report(fanOut(at, { from: base, to: name, path: words.join('.') }));
    return;
  }
  const help =
    join === undefined
      ? `\`${base}\` has no join to the table \`${name}\``
      : `its rows are reached as \`${[join, ...words.slice(1)].join('.')}\``;
  context.report(unknownName(at, { name, kind: 'column or join', of: base, help }));
}

/** Where else the name exists: on a table that this one joins to, or any. */
function elsewhere(name: string, table: string, scope: Scope): string | undefined {
  for (const [join, { to }] of Object.entries(own(scope.graph, table)?.joins ?? {})) {
    const columns = own(scope.graph, to)?.columns ?? {};
    if (own(columns, name) !== undefined) return `\`${to}\` has it: write \`${join}.${name}\``;
  }
  const owners = declaredTables(scope.graph).filter(other => own(other.columns, name) !== undefined);
  return owners[0] === undefined ? undefined : `\`${name}\` is a column of \`${owners[0].name}\``;
}
