/** `previous(expr per column)`: the value in the row before, among those that share the columns. */
import {
  argumentCount,
  distinctOf,
  noOrder,
  notBuiltYet,
  severalVersions,
  wrongArgument,
} from '../diagnostics/index.ts';
import type { CallExpression } from '../formula/index.ts';
import { errorNode, type RowExpression } from '../model.ts';
import { type Level, resolveExpression } from './expression.ts';
import { readsInterval } from './interval.ts';
import type { Scope } from './scope.ts';
import { unitElsewhere } from './units.ts';

export function resolvePrevious(
  call: CallExpression,
  table: string,
  level: Level<RowExpression>,
  scope: Scope,
): RowExpression {
  const { locate, report } = level;
  const [written, ...others] = call.arguments;
  if (call.distinct) {
    report(distinctOf(locate(call.name.at), { name: 'previous' }));
    return errorNode;
  }
  if (written === undefined || others.length > 0) {
    const found = call.arguments.length;
    report(argumentCount(locate(call.at), { name: 'previous', expected: 'one expression', found }));
    return errorNode;
  }
  const per = call.scope?.kind === 'per' && call.scope.having === null ? call.scope.dimensions : [];
  const odd = per.find(each => each.every)?.path ?? null;
  if (per.length === 0 || odd !== null) {
    const expected = 'the columns whose rows belong together: `previous(happened_on per account_id)`';
    const kind = call.scope?.kind === 'per' ? 'having' : call.scope?.kind;
    const found = odd !== null ? '`every`' : kind === undefined ? 'none' : `\`${kind}\``;
    report(wrongArgument(locate(odd?.at ?? call.at), { what: '`previous`', expected, found }));
    return errorNode;
  }
  if (scope.valid(table) !== null) {
    report(severalVersions(locate(call.at), { form: '`previous`', table }));
    return errorNode;
  }
  const time = scope.axis(table);
  if (time === null) {
    report(noOrder(locate(call.at), { table }));
    return errorNode;
  }
  const operand = resolveExpression(written, level);
  const columns = per.map(each => resolveExpression(each.path, level));
  if ([operand, ...columns, time].some(each => each.type === 'unknown')) return errorNode;
  if ([operand, ...columns].some(each => readsInterval(each, scope))) {
    report(notBuiltYet(locate(call.at), { form: '`previous` of what depends on the period is' }));
    return errorNode;
  }
  return {
    kind: 'previous',
    table,
    operand,
    per: columns,
    type: operand.type,
    unit: unitElsewhere(operand.unit, 'previous'),
  };
}
