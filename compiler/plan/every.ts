/** `per every rep`: the members of a joined table, as an inner frame shows them although no row names them. */
import type { RowExpression } from '../model.ts';
import { own } from '../record.ts';
import { aboutMembers, type BoundCompletion, followersOf, membersBehind, modelScope } from '../resolve/index.ts';
import { conjunctsOf } from './conditions.ts';
import type { Frame } from './frame.ts';

export function everyMember(
  names: readonly string[],
  { dimensions, model }: Pick<Frame, 'dimensions' | 'model'>,
  bound: readonly Readonly<Record<string, RowExpression>>[],
): readonly BoundCompletion[] {
  const scope = modelScope(model, () => undefined);
  return names.flatMap(name => {
    const dimension = dimensions.find(each => each.name === name);
    const members = dimension === undefined ? null : membersBehind(dimension, scope);
    if (members === null) return [];
    const conditions = bound.flatMap(each => own(each, members.base) ?? []).flatMap(conjunctsOf);
    return {
      name,
      table: members.table,
      members: followersOf(members, dimensions, scope, () => undefined),
      where: conditions.flatMap(each => aboutMembers(each, members, model) ?? []),
    };
  });
}
