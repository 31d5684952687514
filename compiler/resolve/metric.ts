/** Metric expressions: a written formula in, a typed `MetricExpression` out. */
import {
  bareColumn,
  didYouMean,
  modifierOnMetric,
  nearest,
  respelt,
  rowFormOnGroups,
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
import { type ExpressionType, errorNode, type MetricExpression, type Typed, unspecified } from '../model.ts';
import { own } from '../record.ts';
import { aggregateNames, isAggregate } from './aggregates.ts';
import { type MetricContext, tablesOf } from './context.ts';
import { bindCondition, isBroken } from './dimension.ts';
import { type Level, resolveExpression } from './expression.ts';
import { resolveConversions } from './followed.ts';
import { isTimedForm, isTotalForm, metricForms, momentNames } from './forms.ts';
import { reportUnclearModifier, resolveMeasure } from './measure.ts';
import { commonType } from './meeting.ts';
import { resolveNested } from './nested.ts';
import { declaredTables } from './paths.ts';
import { resolveTimed } from './timed.ts';
import { resolveTotal } from './total.ts';
import { meet } from './units.ts';

export function resolveMetricExpression(expression: Expression, context: MetricContext): MetricExpression {
  const level: Level<MetricExpression> = {
    make: node => node,
    error: errorNode,
    locate: context.locate,
    report: context.report,
    path: (path, company) => resolveName(path, company, context),
    call: call => resolveCall(call, level, context),
    modified: modified => resolveModified(modified, context, level),
    conversions: conversions => resolveConversions(conversions, context),
    values: operand => valuesOf(operand, context),
    forms: [...aggregateNames, ...metricForms],
  };
  return resolveExpression(expression, level);
}

/** The texts that a metric can be. */
function valuesOf(operand: MetricExpression, { resolved }: MetricContext) {
  const values = operand.kind === 'metric' ? (resolved(operand.name)?.values ?? null) : null;
  return values === null || operand.kind !== 'metric' ? null : { column: operand.name, values };
}

function resolveCall(
  call: CallExpression,
  level: Level<MetricExpression>,
  context: MetricContext,
): MetricExpression | null {
  const name = call.name.text;
  if (isTimedForm(name)) return resolveTimed(call, name, level, context);
  if (isTotalForm(name)) return resolveTotal(call, name, level, context);
  if (name === 'previous' || name === 'convert') {
    context.report(rowFormOnGroups(context.locate(call.name.at), { name }));
    return errorNode;
  }
  if (!isAggregate(name)) return null;
  if (call.scope !== null) return resolveNested(call, level, context);
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
  const moment = momentNames.find(each => each === name);
  if (moment !== undefined) return { kind: 'moment', name: moment, type: 'date', unit: unspecified };
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
  const last = words.at(-1) ?? '';
  const qualifier = words.length === 2 ? (words[0] ?? '') : null;
  const owners = declaredTables(scope.graph).filter(
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
  const fixes = respelt(at, name, suggestion, context.metricNames());
  report(unknownName(at, { name, kind: 'metric', help: didYouMean(suggestion) }, { fixes }));
}

/** What a column of some type is most often aggregated with. */
function aggregateFor(type: ExpressionType | undefined): string {
  if (type === 'string') return 'count(distinct ';
  if (type === 'boolean') return 'any(';
  return type === 'date' || type === 'timestamp' ? 'max(' : 'sum(';
}
