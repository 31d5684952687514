/**
 * A formula as people read it: its text in; numbers, texts, functions and names with their places, and what each name leads to, out.
 * A name is looked up where the formula would look it up first; one that is not found leads nowhere, and is no finding.
 */
import {
  type At,
  type CallScope,
  children,
  type Expression,
  type PathExpression,
  parseFormula,
} from '../formula/index.ts';
import type { Destination, Model } from '../model.ts';
import { own } from '../record.ts';
import { declaredTables, findDimension, followPath, isKeptTable, type PathSearch } from './paths.ts';

export type NameTarget =
  | { readonly kind: 'metric'; readonly metric: string }
  | { readonly kind: 'table'; readonly table: string }
  | { readonly kind: 'column'; readonly table: string; readonly column: string }
  | { readonly kind: 'join'; readonly table: string; readonly join: string }
  | { readonly kind: 'lifespan'; readonly table: string; readonly lifespan: string };

export type FormulaMark =
  | { readonly kind: 'number' | 'text' | 'function'; readonly at: At }
  | { readonly kind: 'name'; readonly at: At; readonly target: NameTarget | null };

/** Where names are looked up that do not say it themselves: of a metric its tables, of a column its own. */
export interface FormulaContext {
  readonly model: Model;
  readonly tables: readonly string[];
  /** Whether it is about single rows, as a column and a rule are, or about groups of them. */
  readonly reads: 'rows' | 'groups';
}

/** The marks of a formula, in the order of their places. */
export function formulaMarks(text: string, context: FormulaContext): readonly FormulaMark[] {
  const nowhere = { file: '', start: 0, end: 0 };
  const expression = parseFormula(
    text,
    () => nowhere,
    () => {},
  );
  const marks: FormulaMark[] = [];
  const [only, ...others] = context.reads === 'rows' ? context.tables : [];
  const base = only === undefined || others.length > 0 ? null : only;
  visit(expression, { base, reads: context.reads }, context, marks);
  return marks.sort((a, b) => a.at[0] - b.at[0]);
}

/** The table whose rows are read, where that is known, and whether the expression is about rows or about groups of them. */
interface Place {
  readonly base: string | null;
  readonly reads: 'rows' | 'groups';
}

function visit(expression: Expression, place: Place, context: FormulaContext, marks: FormulaMark[]): void {
  const each = (inner: Expression, where: Place) => visit(inner, where, context, marks);
  switch (expression.kind) {
    case 'path':
      marks.push({ kind: 'name', at: expression.at, target: targetOf(expression, place, context) });
      return;
    case 'number':
    case 'duration':
    case 'boolean':
    case 'null':
      marks.push({ kind: 'number', at: expression.at });
      return;
    case 'string':
    case 'date':
    case 'timestamp':
      marks.push({ kind: 'text', at: expression.at });
      return;
    case 'call': {
      marks.push({ kind: 'function', at: expression.name.at });
      const base = firstTable(expression.arguments, context) ?? place.base;
      for (const inner of expression.arguments) each(inner, { base, reads: place.reads });
      visitScope(expression.scope, { base, reads: place.reads }, context, marks);
      return;
    }
    case 'modified': {
      const base = firstTable([expression.operand], context) ?? place.base;
      each(expression.operand, { base, reads: place.reads });
      const rows: Place = { base, reads: 'rows' };
      if (expression.where !== null) each(expression.where, rows);
      if (expression.time !== null) each(expression.time, rows);
      if (expression.lifespan !== null) marks.push(lifespanMark(expression.lifespan, rows, context));
      return;
    }
    case 'conversions': {
      const base = firstTable([expression.from], context) ?? place.base;
      for (const inner of [expression.from, expression.to]) each(inner, { base, reads: place.reads });
      for (const { path } of expression.by) each(path, { base, reads: 'rows' });
      return;
    }
    case 'negate':
    case 'not':
    case 'is_null':
    case 'arithmetic':
    case 'comparison':
    case 'and':
    case 'or':
    case 'in':
    case 'between':
    case 'like':
    case 'case':
    case 'error':
      for (const inner of children(expression)) each(inner, place);
  }
}

function visitScope(scope: CallScope | null, place: Place, context: FormulaContext, marks: FormulaMark[]): void {
  if (scope === null) return;
  for (const { path } of scope.dimensions) visit(path, { ...place, reads: 'rows' }, context, marks);
  if (scope.having !== null) visit(scope.having, { ...place, reads: 'groups' }, context, marks);
}

/** The table that is named first, directly or by the metrics that stand in its place. */
function firstTable(expressions: readonly Expression[], context: FormulaContext): string | null {
  for (const expression of expressions) {
    const [first] = expression.kind === 'path' ? expression.words : [];
    const found =
      first === undefined
        ? firstTable(children(expression), context)
        : (tableCalled(first.text, context) ?? tableOfMetric(expression, context));
    if (found !== null) return found;
  }
  return null;
}

function tableCalled(name: string, { model }: FormulaContext): string | null {
  return declaredTables(model.tables).find(table => table.name === name || table.entity === name)?.name ?? null;
}

function tableOfMetric(expression: Expression, { model }: FormulaContext): string | null {
  if (expression.kind !== 'path') return null;
  const metric = own(model.metrics, nameOf(expression));
  return metric?.tables.find(table => !isKeptTable(table)) ?? null;
}

function targetOf(path: PathExpression, { base, reads }: Place, context: FormulaContext): NameTarget | null {
  const name = nameOf(path);
  const { model, tables } = context;
  const metric: NameTarget | null = own(model.metrics, name) === undefined ? null : { kind: 'metric', metric: name };
  if (reads === 'groups' && metric !== null) return metric;
  const words = path.words.map(word => word.text);
  const [first = ''] = words;
  const named = tableCalled(first, context);
  const here = own(model.tables, base ?? '');
  const isHere = own(here?.columns ?? {}, first) !== undefined || own(here?.joins ?? {}, first) !== undefined;
  if (named !== null && words.length === 1 && !isHere) return { kind: 'table', table: named };
  const searches: (() => PathSearch)[] = [
    ...(base === null ? [] : [() => followPath(model.tables, base, words)]),
    ...(named === null ? [] : [() => followPath(model.tables, named, words)]),
    ...[...(base === null ? [] : [base]), ...tables].map(table => () => findDimension(model.tables, table, words)),
  ];
  for (const search of searches) {
    const found = search();
    if (found.kind === 'found') return asTarget(found.destination);
  }
  return metric;
}

function asTarget(destination: Destination): NameTarget | null {
  switch (destination.kind) {
    case 'column': {
      const { table, column } = destination;
      return isKeptTable(table) ? null : { kind: 'column', table, column };
    }
    case 'join': {
      const { table, join } = destination;
      return isKeptTable(table) ? null : { kind: 'join', table, join };
    }
    case 'key':
      return isKeptTable(destination.table) ? null : { kind: 'table', table: destination.table };
  }
}

function lifespanMark(path: PathExpression, { base }: Place, { model, tables }: FormulaContext): FormulaMark {
  const lifespan = nameOf(path);
  const holder = [...(base === null ? [] : [base]), ...tables].find(
    table => own(own(model.tables, table)?.lifespans ?? {}, lifespan) !== undefined,
  );
  const target: NameTarget | null = holder === undefined ? null : { kind: 'lifespan', table: holder, lifespan };
  return { kind: 'name', at: path.at, target };
}

function nameOf({ words }: PathExpression): string {
  return words.map(word => word.text).join('.');
}
