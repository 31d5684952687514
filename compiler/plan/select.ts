/** What is asked of groups: the values of metrics, computed from the columns of their facts, and the groups that a condition leaves. */
import { withoutZero } from './empty.ts';
import type { Column } from './frame.ts';
import type { Groups } from './groups.ts';
import type { NamedScalar, Relation, Scalar } from './plan.ts';
import { column, operandsOf, withOperands } from './scalar.ts';
import { shareScalars } from './share.ts';

export function select(
  groups: Groups,
  keys: readonly Column[],
  values: readonly NamedScalar[],
  having: Scalar | null,
  nameOf: (scalar: Scalar) => string | undefined,
): Relation {
  const dimensions = keys.map(key => ({ name: key.name, value: column(key.name, key.type) }));
  const simplify = withoutNeedlessZeros(groups.neverNull, nameOf);
  const roots = [...dimensions, ...values]
    .map(each => each.value)
    .concat(having ?? [])
    .map(simplify.rewrite);
  const shared = shareScalars(groups.relation, roots, simplify.nameOf);
  const condition = having === null ? null : (shared.roots.at(-1) ?? null);
  const input: Relation =
    condition === null ? shared.relation : { kind: 'filter', input: shared.relation, conditions: [condition] };
  const columns = [...dimensions, ...values].map((each, index) => ({
    name: each.name,
    value: shared.roots[index] ?? each.value,
  }));
  return { kind: 'project', input, columns };
}

/** `coalesce(n, 0)` where n is never null is n; what is one object stays one. */
function withoutNeedlessZeros(neverNull: ReadonlySet<string>, nameOf: (scalar: Scalar) => string | undefined) {
  const done = new Map<Scalar, Scalar>();
  const names = new Map<Scalar, string>();
  const rewrite = (scalar: Scalar): Scalar => {
    const known = done.get(scalar);
    if (known !== undefined) return known;
    const value = withoutZero(scalar);
    const isNeedless = value?.kind === 'column' && neverNull.has(value.name);
    const operands = operandsOf(scalar);
    const next = isNeedless ? value : operands.length === 0 ? scalar : withOperands(scalar, operands.map(rewrite));
    const name = nameOf(scalar);
    if (name !== undefined) names.set(next, name);
    done.set(scalar, next);
    return next;
  };
  return { rewrite, nameOf: (scalar: Scalar) => names.get(scalar) };
}
