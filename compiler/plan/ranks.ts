/** Ranks: the place of a group's value among those of its peers. */
import { ofEnough } from './benchmark.ts';
import type { Column } from './frame.ts';
import type { NamedScalar, Scalar } from './plan.ts';
import { call, column, columnsIn, every, nothing } from './scalar.ts';

/** A value, and whether a group has it. */
export interface Ranked {
  readonly value: Scalar;
  readonly isPeer: Scalar;
}

/** The place among the groups of the same keys; or among the values that others have there, where those are enough. */
export function placeAmong(own: Ranked, others: Ranked | null, keys: readonly Column[]): Scalar {
  const { value, isPeer } = others ?? own;
  const partition = [...keys.map(key => column(key.name, key.type)), isPeer];
  const window = { kind: 'rank', value, partition, type: 'integer' } as const;
  const place: Scalar = { ...window, of: 'place' };
  if (others === null) return call('case', 'integer', isPeer, place, nothing);
  const isRanked = every([own.isPeer, isPeer]);
  return call('case', 'integer', isRanked, ofEnough(place, [{ ...window, of: 'peers' }]), nothing);
}

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
