/** Values that read each other, in levels: what look at other rows, such as ranks, each need a SELECT of their own. */
import type { NamedScalar } from './plan.ts';
import { columnsIn } from './scalar.ts';

/** Values in the order in which they can be computed: each level reads only those before it, so that few SELECTs nest. */
export function inLevels(values: readonly NamedScalar[]): readonly (readonly NamedScalar[])[] {
  const levels: NamedScalar[][] = [];
  const levelOf = new Map<string, number>();
  for (const each of values) {
    const below = columnsIn(each.value).map(name => levelOf.get(name) ?? -1);
    const level = Math.max(-1, ...below) + 1;
    levelOf.set(each.name, level);
    const others = levels[level];
    if (others === undefined) levels.push([each]);
    else others.push(each);
  }
  return levels;
}
