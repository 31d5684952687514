/** Ranks: the place of a group's value among those of its peers. */
import { areEnough, ofEnough } from './benchmark.ts';
import type { Column } from './frame.ts';
import type { NamedScalar, Scalar } from './plan.ts';
import { call, column, columnsIn, constant, every, nothing } from './scalar.ts';

/** A value, and whether a group has it. */
export interface Ranked {
  readonly value: Scalar;
  readonly isPeer: Scalar;
}

/** The values of others, and which of their groups are members: what belongs to nobody has a place, and hides nobody. */
export interface Others extends Ranked {
  readonly isMember: Scalar;
}

/** The place among the groups of the same keys; or among the values that others have there, where those are enough. */
export function placeAmong(own: Ranked, others: Others | null, keys: readonly Column[]): Scalar {
  const { value, isPeer } = others ?? own;
  const partition = [...keys.map(key => column(key.name, key.type)), isPeer];
  const place: Scalar = { kind: 'rank', of: 'place', value, partition, type: 'integer' };
  if (others === null) return call('case', 'integer', isPeer, place, nothing);
  return call('case', 'integer', isRanked(own, others), ofEnough(place, [membersAmong(others, keys)]), nothing);
}

/** Whether the place among others is known: whoever has no value has none, however many others there are. */
export function isPlaceKnown(own: Ranked, others: Others, keys: readonly Column[]): Scalar {
  const enough = areEnough([membersAmong(others, keys)]);
  return call('case', 'boolean', isRanked(own, others), enough, constant('boolean', true));
}

function isRanked(own: Ranked, { isPeer, isMember }: Others): Scalar {
  return every([own.isPeer, isPeer, isMember]);
}

function membersAmong({ value, isPeer, isMember }: Others, keys: readonly Column[]): Scalar {
  const partition = [...keys.map(key => column(key.name, key.type)), every([isPeer, isMember])];
  return { kind: 'rank', of: 'peers', value, partition, type: 'integer' };
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
