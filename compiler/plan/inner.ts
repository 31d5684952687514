/** The values of an inner frame, aggregated by the keys of the frame around it: `avg(won_revenue per rep)`. */
import { type Dimension, type Nested, noUnit, type Per } from '../model.ts';
import { allKnown, type Knowledge, type Standing } from './benchmark.ts';
import { type Fact, type Frame, frameKeys } from './frame.ts';
import type { Groups } from './groups.ts';
import type { NamedAggregate, NamedScalar, Relation, Scalar } from './plan.ts';
import { call, column, constant, every, isAlike, nothing } from './scalar.ts';
import { select } from './select.ts';
import type { Cut } from './times.ts';
import type { Pushed, Use, Uses } from './uses.ts';

/** The groups of the inner frame, what cuts them, and what `first` and `last` go by. */
export interface InnerGroups {
  readonly groups: Groups;
  readonly frame: Frame;
  readonly names: ReadonlyMap<Scalar, string>;
  readonly having: Scalar | null;
  readonly order: Scalar | null;
}

export interface InnerUse {
  readonly use: Use;
  readonly expression: Nested;
  readonly values: readonly Scalar[];
  /** The columns of the inner frame that the values stand on. */
  readonly inside: ReadonlySet<Use>;
  /** What must be known of others in each of the inner groups. */
  readonly knowledge: ReadonlySet<Knowledge>;
}

/** The frame of what stands inside a nested aggregate. */
export interface InnerFrame<P> {
  readonly plan: P;
  readonly uses: Map<string, InnerUse>;
  /** Keys whose every member is shown. */
  readonly members: readonly string[];
  readonly everyGrain: boolean;
  readonly having: Scalar | null;
  /** What must be known of others for `having` to be known. */
  readonly knowledge: ReadonlySet<Knowledge>;
  /** Conditions on all of its measures, which hold for members as well. */
  readonly pushed: Pushed;
  /** What `first` and `last` go by. */
  readonly order: Scalar | null;
  readonly standing: Standing;
  /** Keys of members of whom there must be several, since what is made of their values is told. */
  readonly told: readonly string[];
}

/** Whether nothing is read from it. */
export function isIdle({ uses }: InnerFrame<unknown>): boolean {
  return uses.size === 0;
}

interface FrameInside {
  readonly frame: Frame;
  readonly present: (uses: ReadonlySet<Use>) => Scalar;
}

/** How many members have rows behind the value that a nested aggregate takes: those whom `every` brings have none. */
export function valuedMembers(
  { plan, uses }: Pick<InnerFrame<FrameInside>, 'plan' | 'uses'>,
  key: string,
  member: string,
  hint: string,
  outer: Uses,
): Use {
  const counted = `${key} ${member}`;
  const known = uses.get(counted);
  if (known !== undefined) return known.use;
  const of = valueAt(uses, key);
  const use = outer.other(hint);
  const type = frameKeys(plan.frame).find(each => each.name === member)?.type ?? 'string';
  const isKnown = of.values.map(value => call('not', 'boolean', call('is_null', 'boolean', value)));
  const value = call('case', type, every([plan.present(of.inside), ...isKnown]), column(member, type), nothing);
  const expression = { ...of.expression, aggregate: 'count_distinct', type: 'integer', unit: noUnit } as const;
  uses.set(counted, { ...of, use, expression, values: [value] });
  return use;
}

/** Whether what a nested aggregate takes is known in all groups inside; where there are none, nothing is unknown. */
export function knownInside(
  { uses }: Pick<InnerFrame<unknown>, 'uses'>,
  key: string,
  name: string,
  outer: Uses,
): Scalar {
  const asked = `${key} known`;
  const of = valueAt(uses, key);
  const use = uses.get(asked)?.use ?? outer.withoutAsking(() => outer.other(`${name}_known`));
  const expression = { ...of.expression, aggregate: 'all', type: 'boolean', unit: noUnit } as const;
  if (!uses.has(asked)) uses.set(asked, { ...of, use, expression, values: [allKnown(of.knowledge)] });
  return call('coalesce', 'boolean', column(use.name, 'boolean'), constant('boolean', true));
}

function valueAt(uses: ReadonlyMap<string, InnerUse>, key: string): InnerUse {
  const of = uses.get(key);
  if (of === undefined) throw new Error(`no value of ${key} inside`);
  return of;
}

export interface InnerValue {
  readonly use: Use;
  readonly expression: Nested;
  readonly values: readonly Scalar[];
  /** Which of the groups have it; null where all do. */
  readonly presence: Scalar | null;
}

export function planInnerFact(inner: InnerGroups, all: readonly InnerValue[], outer: Frame, name: string): Fact {
  const outputs = new Outputs(inner.frame);
  const rows = all.map(({ use, expression, values, presence }) => ({
    use,
    expression,
    operands: values.map(value => (isConstant(value) ? value : outputs.column(value, use.name))),
    filter: presence === null ? null : outputs.column(presence, 'has_rows'),
  }));
  const keys = frameKeys(inner.frame);
  const relation = select(inner.groups, keys, outputs.beside(keys), inner.having, scalar => inner.names.get(scalar));
  const measures = rows.flatMap(({ use, expression, operands, filter }): readonly NamedAggregate[] => {
    const value: NamedAggregate = {
      name: use.name,
      aggregate: expression.aggregate,
      arguments: operands,
      order: inner.order === null ? [] : [inner.order],
      filter,
      type: expression.type,
    };
    if (!outer.uses.needsPresence(use)) return [value];
    const count = { aggregate: 'count', arguments: [], order: [], filter, type: 'integer' } as const;
    return [value, { ...count, name: outer.uses.countName(use) }];
  });
  const aggregated: Relation = {
    kind: 'aggregate',
    input: relation,
    keys: frameKeys(outer).map(key => ({ name: key.name, value: column(key.name, key.type) })),
    measures,
  };
  return {
    name,
    relation: aggregated,
    values: measures.map(each => ({ name: each.name, type: each.type })),
    neverNull: new Set(measures.flatMap(each => (each.aggregate.startsWith('count') ? [each.name] : []))),
    presence: all.some(({ use }) => outer.uses.isAsked(use)) ? 'all' : 'none',
  };
}

/** The columns that are aggregated, each value once. */
class Outputs {
  private readonly all: NamedScalar[] = [];

  constructor(private readonly frame: Frame) {}

  column(value: Scalar, name: string): Scalar {
    const known = this.all.find(each => isAlike(each.value, value));
    const output = known ?? { name: value.kind === 'column' ? value.name : this.frame.uses.freeName(name), value };
    if (known === undefined) this.all.push(output);
    return column(output.name, value.type);
  }

  /** Those that are no keys. */
  beside(keys: readonly { readonly name: string }[]): readonly NamedScalar[] {
    return this.all.filter(({ name }) => !keys.some(key => key.name === name));
  }
}

function isConstant(scalar: Scalar): boolean {
  return scalar.kind === 'constant' || scalar.kind === 'parameter';
}

/** The groups inside a nested aggregate: those of the frame around it, cut finer by what is said behind `per`. */
export function finerGroups({ per }: Pick<Nested, 'per'>, outer: Frame) {
  const taken = new Set(frameKeys(outer).map(each => each.name));
  const free = (wanted: string) => {
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) name = `${wanted}_${count}`;
    taken.add(name);
    return name;
  };
  const dimensions = [...outer.dimensions];
  const cuts: Cut[] = [];
  const members: string[] = [];
  for (const each of per) {
    if (each.kind === 'grain') cuts.push({ kind: 'cut', grain: each.grain, key: free(each.grain) });
    else {
      const known = dimensions.find(other => isAlikeAs(other, each.dimension));
      const name = known?.name ?? free(each.dimension.name);
      if (known === undefined) dimensions.push({ ...each.dimension, name });
      if (each.isEvery) members.push(name);
    }
  }
  return { dimensions, cuts, members, order: orderKey(per, cuts, dimensions) };
}

function orderKey(per: readonly Per[], cuts: readonly Cut[], dimensions: Frame['dimensions']): Scalar | null {
  const [cut] = cuts;
  if (cut !== undefined) return column(cut.key, cut.grain === 'hour' ? 'timestamp' : 'date');
  const dimension = per.flatMap(each => (each.kind === 'dimension' ? [each.dimension] : []))[0];
  const found = dimensions.find(each => dimension !== undefined && isAlikeAs(each, dimension));
  return found === undefined ? null : column(found.name, found.type);
}

function isAlikeAs(a: Dimension, b: Dimension): boolean {
  return JSON.stringify(a.byTable) === JSON.stringify(b.byTable);
}
