/** Metric expressions: a written formula in, a typed `MetricExpression` out. */
import {
  bareColumn,
  didYouMean,
  modifierOnMetric,
  nearest,
  notBuiltYet,
  unknownName,
  wholeTable,
} from '../diagnostics/index.ts';
import {
  type CallExpression,
  type Expression,
  type ModifiedExpression,
  type PathExpression,
  printFormula,
} from '../formula/index.ts';
import { type ExpressionType, errorNode, type Metric, type MetricExpression, type Typed } from '../model.ts';
import { own } from '../record.ts';
import { aggregateNames, isAggregate } from './aggregates.ts';
import { bindCondition, isBroken } from './dimension.ts';
import { type Level, resolveExpression } from './expression.ts';
import { metricForms, momentNames } from './forms.ts';
import { type MeasureContext, reportUnclearModifier, resolveMeasure } from './measure.ts';
import { commonType } from './meeting.ts';
import { meet } from './units.ts';

export interface MetricContext extends MeasureContext {
  /** The name of the metric itself, for findings. */
  readonly subject: string;
  /** Another metric, resolved; null where it is broken, which has been reported; undefined where there is none. */
  readonly metric: (name: string, path: PathExpression) => Metric | null | undefined;
  readonly metricNames: () => Iterable<string>;
  /** A metric that has been resolved already, for suggestions: looking must not resolve anything. */
  readonly resolved: (name: string) => Metric | null | undefined;
}

export function resolveMetricExpression(expression: Expression, context: MetricContext): MetricExpression {
  const level: Level<MetricExpression> = {
    make: node => node,
    error: errorNode,
    locate: context.locate,
    report: context.report,
    path: (path, company) => resolveName(path, company, context),
    call: call => resolveCall(call, context),
    modified: modified => resolveModified(modified, context, level),
    conversions: conversions => {
      context.report(notBuiltYet(context.locate(conversions.at), { form: '`conversions` are' }));
      return errorNode;
    },
    values: () => null,
    forms: [...aggregateNames, ...metricForms],
  };
  return resolveExpression(expression, level);
}

function resolveCall(call: CallExpression, context: MetricContext): MetricExpression | null {
  const name = call.name.text;
  const notYet = (form: string) => {
    context.report(notBuiltYet(context.locate(call.at), { form }));
    return errorNode;
  };
  if (metricForms.includes(name)) return notYet(`\`${name}\` is`);
  if (name === 'previous' || name === 'convert') return notYet(`\`${name}\` is`);
  if (!isAggregate(name)) return null;
  if (call.scope !== null) return notYet(`aggregates \`${call.scope.kind}\` a dimension are`);
  return resolveMeasure(call, null, context);
}

function resolveModified(
  modified: ModifiedExpression,
  context: MetricContext,
  level: Level<MetricExpression>,
): MetricExpression {
  const { operand } = modified;
  if (operand.kind === 'call' && isAggregate(operand.name.text) && operand.scope === null) {
    return resolveMeasure(operand, modified, context);
  }
  const isPlain =
    operand.kind === 'path' || operand.kind === 'call' || operand.kind === 'conversions' || operand.kind === 'modified';
  if (!isPlain && !modified.bracketed) {
    reportUnclearModifier(modified, context);
    return errorNode;
  }
  const misplaced = modified.lifespan ?? modified.time;
  if (misplaced !== null) {
    context.report(
      modifierOnMetric(context.locate(modified.modifiersAt), { modifier: modified.lifespan === null ? 'at' : 'while' }),
    );
    return errorNode;
  }
  const resolved = resolveExpression(operand, level);
  if (modified.where === null || resolved.type === 'unknown') return errorNode;
  const { scope, locate, report } = context;
  const subject = printFormula(operand);
  const conditions = bindCondition(modified.where, tablesOf(resolved, context), scope, {
    subject: () => subject,
    verb: 'filtered',
    locate,
    report,
  });
  if (isBroken(conditions)) return errorNode;
  return { kind: 'filtered', operand: resolved, conditions, type: resolved.type, unit: resolved.unit };
}

function resolveName(path: PathExpression, company: Typed | null, context: MetricContext): MetricExpression {
  const words = path.words.map(word => word.text);
  const name = words.join('.');
  const metric = context.metric(name, path);
  if (metric === null) return errorNode;
  if (metric !== undefined) {
    if (metric.type === 'unknown') return errorNode;
    return { kind: 'metric', name, type: metric.type, unit: metric.unit };
  }
  reportName(path, company, context);
  return errorNode;
}

function reportName(path: PathExpression, company: Typed | null, context: MetricContext): void {
  const { scope, report, locate } = context;
  const words = path.words.map(word => word.text);
  const name = words.join('.');
  const at = locate(path.at);
  if (momentNames.includes(name)) {
    report(notBuiltYet(at, { form: `\`${name}\` is` }));
    return;
  }
  const last = words.at(-1) ?? '';
  const qualifier = words.length === 2 ? (words[0] ?? '') : null;
  const owners = Object.values(scope.graph).filter(
    table => own(table.columns, last) !== undefined && (qualifier === null || qualifier === table.name),
  );
  const fits = (candidate: string) => {
    const other = company === null ? undefined : context.resolved(candidate);
    if (company === null || other === undefined || other === null) return true;
    return commonType(company.type, other.type) !== null && meet(company.unit, other.unit) !== null;
  };
  if (owners[0] !== undefined && words.length <= 2) {
    const aggregate = aggregateFor(scope.column(owners[0].name, last)?.type);
    report(bareColumn(at, { name: last, table: owners[0].name, aggregate }));
    return;
  }
  if (own(scope.graph, name) !== undefined) {
    report(wholeTable(at, { table: name }));
    return;
  }
  const suggestion = nearest(name, context.metricNames(), fits);
  const fixes =
    suggestion === null
      ? []
      : [{ title: `write \`${suggestion}\``, safe: true, edits: [{ span: at, text: suggestion }] }];
  report(unknownName(at, { name, kind: 'metric', help: didYouMean(suggestion) }, { fixes }));
}

/** What a column of some type is most often aggregated with. */
function aggregateFor(type: ExpressionType | undefined): string {
  if (type === 'string') return 'count(distinct ';
  if (type === 'boolean') return 'any(';
  return type === 'date' || type === 'timestamp' ? 'max(' : 'sum(';
}

/** The tables that an expression's measures read, sorted. */
export function tablesOf(expression: MetricExpression, context: Pick<MetricContext, 'metric'>): readonly string[] {
  const tables = new Set<string>();
  const visit = (node: MetricExpression) => {
    switch (node.kind) {
      case 'measure':
        tables.add(node.table);
        return;
      case 'metric':
        for (const table of context.metric(node.name, nowhere)?.tables ?? []) tables.add(table);
        return;
      case 'filtered':
      case 'truncate':
        visit(node.operand);
        return;
      case 'call':
        node.arguments.forEach(visit);
        return;
      case 'literal':
      case 'error':
        return;
    }
  };
  visit(expression);
  return [...tables].sort();
}

const nowhere: PathExpression = { kind: 'path', words: [], at: [0, 0] };
