/** Roll-up columns: `count(activities where kind = 'call')` in a column of accounts, over the activities that point there. */
import { misplacedModifier, notBuiltYet, nothingPointsHere, severalPointHere } from '../diagnostics/index.ts';
import type { At, CallExpression, ModifiedExpression } from '../formula/index.ts';
import { errorNode, type RowExpression, type Table } from '../model.ts';
import type { Span } from '../source.ts';
import { resolveMeasure } from './measure.ts';
import { joinsTo } from './paths.ts';
import type { Scope } from './scope.ts';
import { rowOperands } from './walk.ts';

export function resolveRollUp(
  call: CallExpression,
  behind: ModifiedExpression | null,
  here: string,
  scope: Scope,
  locate: (at: At) => Span,
): RowExpression {
  const { report } = scope;
  const modified = [
    ...call.arguments.filter(argument => argument.kind === 'modified'),
    ...(behind === null ? [] : [behind]),
  ];
  const timed = modified.find(each => each.lifespan !== null || each.time !== null);
  if (timed !== undefined) {
    report(misplacedModifier(locate(timed.modifiersAt), { modifier: timed.lifespan === null ? 'at' : 'while' }));
    return errorNode;
  }
  const measure = resolveMeasure(call, behind, { scope, table: null, time: null, locate, report });
  if (measure.kind === 'error') return errorNode;
  const { table, aggregate, arguments: operands, where, type, unit } = measure;
  const joins = joinsTo(scope.graph, table, here);
  const [join, ...others] = joins;
  if (join === undefined) {
    report(nothingPointsHere(locate(call.at), { from: table, to: here }));
    return errorNode;
  }
  if (others.length > 0) {
    report(severalPointHere(locate(call.at), { from: table, to: here, joins }));
    return errorNode;
  }
  if ([...operands, ...(where === null ? [] : [where])].some(each => readsInterval(each, scope))) {
    report(notBuiltYet(locate(call.at), { form: 'a roll-up that depends on the period is' }));
    return errorNode;
  }
  return { kind: 'rollup', table, join, aggregate, arguments: operands, where, type, unit };
}

function readsInterval(expression: RowExpression, scope: Scope): boolean {
  if (expression.kind === 'moment') return true;
  if (expression.kind !== 'column') return rowOperands(expression).some(each => readsInterval(each, scope));
  const source = scope.column(expression.table, expression.column)?.source;
  return source?.kind === 'computed' && readsInterval(source.formula, scope);
}

/** The tables whose rows are rolled up in the columns of one. */
export function tablesRolledUp({ columns }: Table): readonly string[] {
  const tablesIn = (expression: RowExpression): readonly string[] =>
    expression.kind === 'rollup' ? [expression.table] : rowOperands(expression).flatMap(tablesIn);
  return Object.values(columns).flatMap(({ source }) => (source.kind === 'computed' ? tablesIn(source.formula) : []));
}
