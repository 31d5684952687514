/** Random values of the row before. */
import { chance, type Gen, pick } from './choose.ts';
import { withoutStage } from './expressions.ts';
import type { TableName } from './rows.ts';

/** A number of the row before, among those that share one of the columns, or two. */
export function before(g: Gen, table: TableName, ...columns: readonly string[]): string {
  const [first, second] = [pick(g, ...columns), pick(g, ...columns)];
  const per = chance(g, 25) && first !== second ? `${first}, ${second}` : first;
  return `previous(${withoutStage.number(g, table, pick(g, 0, 0, 1))} per ${per})`;
}
