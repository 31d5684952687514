/** Roll-up columns: `count(activities where kind = 'call')` in a column of accounts, over the activities that point there. */
import {
  misplacedModifier,
  notBuiltYet,
  nothingPointsHere,
  severalPointHere,
  severalVersions,
  versionNeeded,
} from '../diagnostics/index.ts';
import type { At, CallExpression, ModifiedExpression } from '../formula/index.ts';
import { errorNode, type RowExpression, type Table } from '../model.ts';
import type { Span } from '../source.ts';
import { standingOf } from './circles.ts';
import { readsInterval } from './interval.ts';
import { resolveMeasure } from './measure.ts';
import { joinsTo, tableAt } from './paths.ts';
import type { Scope } from './scope.ts';
import { unitElsewhere } from './units.ts';
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
  if (scope.valid(table) !== null) {
    report(severalVersions(locate(call.at), { form: 'a column that rolls up rows', table }));
    return errorNode;
  }
  const joins = joinsByKey(table, here, scope);
  const [join, ...others] = joins;
  if (join === undefined) {
    report(nothingPointsHere(locate(call.at), { from: table, to: here }));
    return errorNode;
  }
  if (others.length > 0) {
    report(severalPointHere(locate(call.at), { from: table, to: here, joins }));
    return errorNode;
  }
  const read = [...operands, ...(where === null ? [] : [where])];
  const dated = scope.axis(table) === null ? read.map(each => standingOf(each, table, scope).dated) : [];
  const choice = dated.find(each => each !== null);
  if (choice != null) {
    const [holder = '', name = ''] = choice.split('.');
    report(versionNeeded(locate(call.at), { join: choice, from: table, to: tableAt(scope.graph, holder, [name]) }));
    return errorNode;
  }
  if (read.some(each => readsInterval(each, scope))) {
    report(notBuiltYet(locate(call.at), { form: 'a roll-up that depends on the period is' }));
    return errorNode;
  }
  return {
    kind: 'rollup',
    table,
    join,
    aggregate,
    arguments: operands,
    where,
    type,
    unit: unitElsewhere(unit, aggregate),
  };
}

/** The joins that lead here, one of those that find the same rows: versions of a row are one here. */
function joinsByKey(table: string, here: string, scope: Scope): readonly string[] {
  const byKey = new Map<string, string>();
  for (const name of joinsTo(scope.graph, table, here)) {
    const pairs = scope.join(table, name)?.on.map(pair => [pair.here, pair.there]);
    const key = JSON.stringify(pairs ?? name);
    if (!byKey.has(key)) byKey.set(key, name);
  }
  return [...byKey.values()];
}

/** The tables whose rows are rolled up in the columns of one. */
export function tablesRolledUp({ columns }: Table): readonly string[] {
  const tablesIn = (expression: RowExpression): readonly string[] =>
    expression.kind === 'rollup' ? [expression.table] : rowOperands(expression).flatMap(tablesIn);
  return Object.values(columns).flatMap(({ source }) => (source.kind === 'computed' ? tablesIn(source.formula) : []));
}
