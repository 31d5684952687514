/** Frames: the groups and intervals that values are computed for, and the facts that hold them. */
import type { Day } from '../calendar/index.ts';
import type { Dimension, ExpressionType } from '../model.ts';
import type { NamedScalar, Relation } from './plan.ts';
import type { RowsContext } from './rows.ts';
import { column } from './scalar.ts';
import { cutsOf, type Times } from './times.ts';
import type { Uses } from './uses.ts';

/** What the groups of a query are, and which rows are in them. */
export interface Frame extends RowsContext {
  readonly dimensions: readonly Dimension[];
  readonly times: Times;
  /** The day on which the question is asked. */
  readonly today: Day;
  readonly uses: Uses;
  readonly strategy: Strategy;
}

/** `plain` plans every measure by itself and joins before it aggregates: slow, and plain to see to be right. */
export type Strategy = 'optimised' | 'plain';

export interface Column {
  readonly name: string;
  readonly type: ExpressionType;
}

export interface Fact {
  readonly name: string;
  readonly relation: Relation;
  readonly values: readonly Column[];
  /** Values that are never null in a group of this fact. */
  readonly neverNull: ReadonlySet<string>;
  /** Whether all of its groups have an asked column, none, or those that the column `presentName` says. */
  readonly presence: 'all' | 'none' | 'some';
}

/** No dimension can be called this: names have no question marks. */
export const presentName = 'present?';

/** The key columns of a frame: its dimensions in order, and the buckets behind them. */
export function frameKeys({ dimensions, times }: Pick<Frame, 'dimensions' | 'times'>): readonly Column[] {
  const buckets = cutsOf(times).map(({ key, grain }) => ({
    name: key,
    type: grain === 'hour' ? ('timestamp' as const) : ('date' as const),
  }));
  return [...dimensions.map(({ name, type }) => ({ name, type })), ...buckets];
}

/** A column as it is below. */
export function same({ name, type }: Column): NamedScalar {
  return { name, value: column(name, type) };
}

/** A relation with its keys in the frame's order, and nothing else. */
export function inOrder(input: Relation, keys: readonly Column[]): Relation {
  return { kind: 'project', input, columns: keys.map(same) };
}
