/** Which keys of a frame `total`, `share` and `rank` take away. */
import type { MetricExpression, TotalScope } from '../../compiler/index.ts';
import type { Frame, Key } from './frame.ts';
import { follows } from './paths.ts';
import type { World } from './rows.ts';

/** For each key of the frame, whether it is taken away. */
export function takenAway(
  scope: TotalScope | null,
  operand: MetricExpression,
  frame: Frame,
  world: World,
): readonly boolean[] {
  if (scope === null) return frame.keys.map(() => true);
  const tables = tablesOf(operand, world);
  const isAcross = scope.kind === 'across';
  return frame.keys.map(key => isLacked(key, tables) || isNamed(key, scope, tables, world) === isAcross);
}

/** Whether an expression lacks one of the asked dimensions: then it has no groups, and one value for all that others have. */
export function isSpread(operand: MetricExpression, frame: Frame, world: World): boolean {
  const tables = tablesOf(operand, world);
  return frame.keys.some(key => isLacked(key, tables));
}

function isLacked(key: Key, tables: readonly string[]): boolean {
  return (
    key.kind !== 'time' && tables.length > 0 && tables.every(table => key.dimension.destinations[table] === undefined)
  );
}

function isNamed(key: Key, { dimensions, times }: TotalScope, tables: readonly string[], world: World): boolean {
  if (key.kind === 'time') return times.includes('time') || times.includes(key.grain);
  return dimensions.some(named => {
    const read = tables.filter(table => named.byTable[table] !== undefined);
    if (read.length === 0) return false;
    return (
      read.every(table => isSame(key.dimension.byTable[table], named.byTable[table])) ||
      read.every(table => follows(key.dimension, named, table, world))
    );
  });
}

function isSame(a: unknown, b: unknown): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

/** The tables that an expression's measures read. */
function tablesOf(expression: MetricExpression, world: World): readonly string[] {
  switch (expression.kind) {
    case 'measure':
      return [expression.table];
    case 'metric':
      return world.model.metrics[expression.name]?.tables ?? [];
    case 'filtered':
    case 'windowed':
    case 'total':
    case 'rank':
    case 'truncate':
      return tablesOf(expression.operand, world);
    case 'call':
    case 'nested':
      return expression.arguments.flatMap(argument => tablesOf(argument, world));
    case 'literal':
    case 'moment':
    case 'days':
    case 'error':
      return [];
  }
}
