/** What follows from what: dimensions as lists of joins, and the rows of the tables behind them. */
import type { Destination, Dimension, RowExpression } from '../../compiler/index.ts';
import { follow, type Row, rowValue, tableOf, type World } from './rows.ts';
import type { Value } from './values.ts';

/** A path of joins, and the column at its end; none where it stands for the key behind the last join, or for the own key. */
export interface Path {
  readonly joins: readonly string[];
  readonly column: string | null;
}

/** A dimension as the path that it is from the rows of a table; a stored foreign key is the join that stands on it alone. */
export function pathOf(dimension: Dimension, table: string, world: World): Path | null {
  const destination = dimension.destinations[table];
  return destination === undefined ? null : asPath(destination, world);
}

function asPath(destination: Destination, world: World): Path {
  switch (destination.kind) {
    case 'key':
      return { joins: [], column: null };
    case 'join':
      return { joins: [...destination.joins, destination.join], column: null };
    case 'column': {
      const { joins, table, column } = destination;
      const standing = Object.values(tableOf(world, table).joins).filter(
        ({ on }) => on.length === 1 && on[0]?.stored === column,
      );
      const [only, ...others] = standing;
      return only !== undefined && others.length === 0
        ? { joins: [...joins, only.name], column: null }
        : { joins, column };
    }
  }
}

function begins(path: Path, joins: readonly string[]): boolean {
  return joins.every((join, index) => path.joins[index] === join);
}

/** Whether a dimension is known where another is: the region, and the region's country, where the rep is. */
export function follows(dimension: Dimension, from: Dimension, table: string, world: World): boolean {
  const [path, start] = [pathOf(dimension, table, world), pathOf(from, table, world)];
  return path !== null && start !== null && start.column === null && begins(path, start.joins);
}

/** The table whose rows are the members of a dimension, and the joins that lead to it from the rows of another. */
export interface Members {
  readonly base: string;
  readonly joins: readonly string[];
  readonly table: string;
}

export function membersOf(dimension: Dimension, world: World): Members {
  const [base = ''] = Object.keys(dimension.destinations);
  const joins = pathOf(dimension, base, world)?.joins ?? [];
  const table = joins.reduce((at, join) => tableOf(world, at).joins[join]?.to ?? '', base);
  return { base, joins, table };
}

/** Whether members say something of a dimension. */
export function saysOf(dimension: Dimension, members: Members, world: World): boolean {
  const path = pathOf(dimension, members.base, world);
  return path !== null && begins(path, members.joins);
}

/** What a member's own row says of a dimension; undefined where it does not stand behind the members. */
export function memberValue(dimension: Dimension, members: Members, row: Row, world: World): Value | undefined {
  const path = pathOf(dimension, members.base, world);
  if (path === null || !begins(path, members.joins)) return undefined;
  const rest = path.joins.slice(members.joins.length);
  const [key = ''] = tableOf(world, members.table).key;
  if (path.column !== null) return read({ joins: rest, column: path.column }, members.table, row, world);
  if (rest.length === 0) return read({ joins: [], column: key }, members.table, row, world);
  const holder = follow(rest.slice(0, -1), members.table, row, world);
  const join = holder === null ? undefined : tableOf(world, holder.table).joins[rest.at(-1) ?? ''];
  const here = join?.on[0]?.here;
  return holder === null || here === undefined ? null : rowValue(here, holder.table, holder.row, world);
}

function read(path: { joins: readonly string[]; column: string }, table: string, row: Row, world: World): Value {
  const found = follow(path.joins, table, row, world);
  return found === null ? null : rowValue(columnAt(path.column, found.table), found.table, found.row, world);
}

function columnAt(column: string, table: string): RowExpression {
  return { kind: 'column', joins: [], table, column, type: 'unknown', unit: { kind: 'unspecified' } };
}

/** Those parts of a condition that concern the members alone, as conditions on their own rows. */
export function onMembers(condition: RowExpression, members: Members, world: World): readonly RowExpression[] {
  if (condition.kind === 'call' && condition.function === 'and')
    return condition.arguments.flatMap(argument => onMembers(argument, members, world));
  const moved = fromMember(condition, members, keyHere(members, world), world);
  return moved === null ? [] : [moved];
}

/** The key of a member as it is stored in the row that names it, as text; null where members are the rows themselves. */
function keyHere({ base, joins }: Members, world: World): string | null {
  const [last, ...before] = joins.toReversed();
  if (last === undefined) return null;
  const holders = before.toReversed();
  const table = holders.reduce((at, join) => tableOf(world, at).joins[join]?.to ?? '', base);
  const here = tableOf(world, table).joins[last]?.on[0]?.here;
  return here === undefined ? null : JSON.stringify(behind(holders, here));
}

function behind(joins: readonly string[], expression: RowExpression): RowExpression {
  switch (expression.kind) {
    case 'column':
      return { ...expression, joins: [...joins, ...expression.joins] };
    case 'call':
      return { ...expression, arguments: expression.arguments.map(argument => behind(joins, argument)) };
    case 'truncate':
      return { ...expression, operand: behind(joins, expression.operand) };
    default:
      return expression;
  }
}

function fromMember(
  expression: RowExpression,
  members: Members,
  key: string | null,
  world: World,
): RowExpression | null {
  if (JSON.stringify(expression) === key) {
    const { type, unit } = expression;
    return { kind: 'column', joins: [], table: members.table, column: keyOf(members, world), type, unit };
  }
  switch (expression.kind) {
    case 'column': {
      const { joins } = expression;
      const isBehind = members.joins.every((join, index) => joins[index] === join);
      return isBehind ? { ...expression, joins: joins.slice(members.joins.length) } : null;
    }
    case 'call': {
      const moved = expression.arguments.map(argument => fromMember(argument, members, key, world));
      const known = moved.filter(each => each !== null);
      return known.length < moved.length ? null : { ...expression, arguments: known };
    }
    case 'truncate': {
      const operand = fromMember(expression.operand, members, key, world);
      return operand === null ? null : { ...expression, operand };
    }
    default:
      return expression;
  }
}

function keyOf({ table }: Members, world: World): string {
  return tableOf(world, table).key[0] ?? '';
}
