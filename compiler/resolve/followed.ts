/** Conversions: how many events of one table were followed by one of another with the same key, as a measure of the first. */

import { isGrain } from '../calendar/index.ts';
import {
  didYouMean,
  misplacedModifier,
  nearest,
  noTimeAxis,
  notAConstant,
  notBuiltYet,
  severalVersions,
  wrongArgument,
} from '../diagnostics/index.ts';
import {
  type ConversionsExpression,
  type Expression,
  type ModifiedExpression,
  printFormula,
} from '../formula/index.ts';
import { errorNode, type Following, type Measure, noUnit, type RowExpression } from '../model.ts';
import { own } from '../record.ts';
import { requireCondition } from './condition.ts';
import type { MetricContext } from './context.ts';
import { bindDimension } from './dimension.ts';
import { readsInterval } from './interval.ts';
import { axisOf } from './measure.ts';
import { declaredTables } from './paths.ts';
import { resolveRow, rowsOf } from './row.ts';

export function resolveConversions(written: ConversionsExpression, context: MetricContext): Measure | typeof errorNode {
  const [first, then] = [sideOf(written.from, context), sideOf(written.to, { ...context, time: null })];
  if (first === null || then === null) return errorNode;
  const by = keysOf(written, first.table, then.table, context);
  const within = withinOf(written, [first.time, then.time], context);
  if (by === null || within === 'broken') return errorNode;
  const { table, where, time, isDated } = first;
  return {
    kind: 'measure',
    text: printFormula(written),
    table,
    aggregate: 'count',
    arguments: [],
    where,
    time,
    isDated,
    lifespan: null,
    followedBy: { table: then.table, where: then.where, time: then.time, by, within },
    type: 'integer',
    unit: noUnit,
  };
}

/** `table [where ...] [at column]`. */
interface Side {
  readonly table: string;
  readonly where: RowExpression | null;
  readonly time: RowExpression;
  readonly isDated: boolean;
}

function sideOf(written: Expression, context: MetricContext): Side | null {
  const { scope, locate, report } = context;
  const modified: ModifiedExpression | null = written.kind === 'modified' ? written : null;
  const named = modified?.operand ?? written;
  const table = named.kind === 'path' && named.words.length === 1 ? (named.words[0]?.text ?? '') : '';
  if (own(scope.graph, table) === undefined) {
    const expected = 'a table, with `where` and `at` behind it as you like';
    const help = didYouMean(
      table === ''
        ? null
        : nearest(
            table,
            declaredTables(scope.graph).map(each => each.name),
          ),
    );
    const found = `\`${printFormula(named)}\``;
    report(wrongArgument(locate(named.at), { what: '`conversions`', expected, found, help }));
    return null;
  }
  if (modified !== null && modified.lifespan !== null) {
    report(misplacedModifier(locate(modified.modifiersAt), { modifier: 'while' }));
    return null;
  }
  if (scope.valid(table) !== null) {
    report(severalVersions(locate(named.at), { form: '`conversions`', table }));
    return null;
  }
  const condition = modified?.where ?? null;
  const where =
    condition === null
      ? null
      : requireCondition(resolveRow(condition, scope, rowsOf(scope, table, locate)), condition, context);
  if (condition !== null && where !== null && readsInterval(where, scope)) {
    report(notBuiltYet(locate(condition.at), { form: 'a condition of `conversions` on the period is' }));
    return null;
  }
  const { axis, isDated } = axisOf(modified?.time ?? null, table, context);
  if (axis === null) {
    report(noTimeAxis(locate(named.at), { metric: context.subject, table, asked: 'for conversions' }));
    return null;
  }
  const isBroken = axis.type === 'unknown' || where?.type === 'unknown';
  return isBroken ? null : { table, where, time: axis, isDated };
}

/** What both events must share: dimensions of both tables. */
function keysOf(
  { by }: ConversionsExpression,
  here: string,
  there: string,
  context: MetricContext,
): Following['by'] | null {
  const { scope, locate, report } = context;
  const asker = { subject: () => context.subject, verb: 'grouped', locate, report } as const;
  const tables = [...new Set([here, there])];
  const pairs: { here: RowExpression; there: RowExpression }[] = [];
  for (const { path, every } of by) {
    const name = path.words.map(word => word.text).join('.');
    if (every || isGrain(name)) {
      const found = every ? '`every`' : `the grain \`${name}\``;
      report(
        wrongArgument(locate(path.at), { what: '`by` of `conversions`', expected: 'a key of both tables', found }),
      );
      return null;
    }
    const dimension = bindDimension(name, path, tables, scope, asker);
    const [left, right] = [own(dimension?.byTable ?? {}, here), own(dimension?.byTable ?? {}, there)];
    if (left === undefined || right === undefined || left.type === 'unknown' || right.type === 'unknown') return null;
    pairs.push({ here: left, there: right });
  }
  return pairs;
}

function withinOf(
  { within }: ConversionsExpression,
  times: readonly RowExpression[],
  { locate, report }: MetricContext,
): Following['within'] | 'broken' {
  if (within === null) return null;
  const { unit, at } = within;
  const amount = Number(within.amount);
  if (!Number.isSafeInteger(amount)) {
    report(notAConstant(locate(at), { what: '`within`', expected: `a whole number of ${unit}s` }));
    return 'broken';
  }
  const isShort = unit === 'hour' || unit === 'minute';
  if (isShort && times.some(({ type }) => type === 'date')) {
    const expected = 'whole days where one of the events has a date and no time of day';
    report(wrongArgument(locate(at), { what: '`within`', expected, found: `\`${within.amount} ${unit}s\`` }));
    return 'broken';
  }
  return { amount, unit };
}
