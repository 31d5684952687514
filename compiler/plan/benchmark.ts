/**
 * Benchmarks: totals, ranks and averages of members stand on the rows of others as well. What is told of others is told of
 * five at least, and nothing is the value of one row.
 */
import type {
  AggregateName,
  Destination,
  Dimension,
  FunctionName,
  Measure,
  Model,
  Nested,
  TotalScope,
} from '../model.ts';
import { noUnit } from '../model.ts';
import { own } from '../record.ts';
import { type Audience, type Benchmark, keyFollows, tableAt } from '../resolve/index.ts';
import { tellsAny } from './follows.ts';
import type { Scalar } from './plan.ts';
import { call, constant, every, nothing } from './scalar.ts';

/** Of fewer others each might be told by the rest. */
const fewestMembers = '5';

/**
 * Whose rows an expression stands on: those of whoever asks; with those of others, one value for each, of which only the
 * place or the average is told (`peers`); or with those of others, in values that are told themselves.
 */
export type Standing = 'own' | 'peers' | 'benchmark';

/** Made when it is asked for the first time, and then the same. */
export function once(make: Knowledge): Knowledge {
  let made: Scalar | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

export function audienceOf(standing: Standing): Audience {
  return standing === 'own' ? 'own' : 'benchmark';
}

/**
 * Whether something of others is known, in each cell. It is made where it is asked for: where something would make a number
 * of what is not known.
 */
export type Knowledge = () => Scalar;

/** How many different members stand behind a measure; none where its table is open to all. */
export function memberCounts({ table, ...measure }: Measure, benchmark: Benchmark | null): readonly Measure[] {
  const members = benchmark === null || benchmark.open.includes(table) ? [] : (own(benchmark.members, table) ?? []);
  return members.map(member => ({
    ...measure,
    table,
    aggregate: 'count_distinct',
    arguments: [member],
    type: 'integer',
    unit: noUnit,
  }));
}

/** Whether all counts of members are high enough. */
export function areEnough(counts: readonly Scalar[]): Scalar {
  return every(counts.map(count => call('greater_or_equal', 'boolean', count, constant('integer', fewestMembers))));
}

/** A value where all counts of members are high enough. */
export function ofEnough(value: Scalar, counts: readonly Scalar[]): Scalar {
  return counts.length === 0 ? value : call('case', value.type, areEnough(counts), value, nothing);
}

/** A value where all that it stands on is known, which would be another one otherwise. */
export function ofKnown(value: Scalar, knowledge: ReadonlySet<Knowledge>): Scalar {
  return knowledge.size === 0 ? value : call('case', value.type, allKnown(knowledge), value, nothing);
}

/** True or false: what is missing is not known. */
export function allKnown(knowledge: ReadonlySet<Knowledge>): Scalar {
  const conditions = [...new Set([...knowledge].map(isKnown => isKnown()))];
  return call('coalesce', 'boolean', every(conditions), constant('boolean', false));
}

/** Functions that make something of what is not known. */
const maskNull: ReadonlySet<FunctionName> = new Set([
  'coalesce',
  'case',
  'is_null',
  'nullif',
  'greatest',
  'least',
  'and',
  'or',
  'in',
]);

export function masksUnknown(name: FunctionName): boolean {
  return maskNull.has(name);
}

const ofOneRow: readonly AggregateName[] = ['min', 'max', 'first', 'last', 'any', 'all', 'percentile'];

/** Whether an aggregate of many rows tells what one of them says. */
export function tellsRow(aggregate: AggregateName): boolean {
  return ofOneRow.includes(aggregate);
}

/** Whether a dimension tells members apart: it is what the rule compares with the user. */
export function isMember({ byTable }: Dimension, benchmark: Benchmark | null): boolean {
  if (benchmark === null) return false;
  const [first] = Object.values(benchmark.members);
  return (first ?? []).some((_, index) =>
    Object.entries(byTable).every(
      ([table, value]) => JSON.stringify(own(benchmark.members, table)?.[index]) === JSON.stringify(value),
    ),
  );
}

/** The dimensions of members for each of which a nested aggregate has a value. */
export function membersPer({ per }: Nested, among: readonly Dimension[], benchmark: Benchmark | null) {
  const isThere = ({ byTable }: Dimension) =>
    among.some(each => JSON.stringify(each.byTable) === JSON.stringify(byTable));
  return per.flatMap(each =>
    each.kind === 'dimension' && isMember(each.dimension, benchmark) && !isThere(each.dimension)
      ? [each.dimension]
      : [],
  );
}

/**
 * What `rank` puts in order: members, each with one group, whose place is among all members; things of whoever asks, whose
 * place is among the own; or neither, where a place would not be what it seems.
 */
export function rankedAs(
  ranked: readonly Dimension[],
  cuts: readonly unknown[],
  benchmark: Benchmark,
  model: Model,
): 'members' | 'things' | 'neither' {
  const members = ranked.filter(each => isMember(each, benchmark));
  if (members.length === 0) {
    const areThings = !ranked.some(each => tellsMember(each, benchmark, model));
    return areThings && ranked.length + cuts.length > 0 ? 'things' : 'neither';
  }
  const others = ranked.filter(each => !members.includes(each));
  const follow = others.every(other => members.some(member => keyFollows(member, other, model)));
  return follow && cuts.length === 0 && areTold(members, benchmark, model) ? 'members' : 'neither';
}

/** Whether groups of these dimensions are of one member each, by everything that tells members apart. */
function areTold(dimensions: readonly Dimension[], { members }: Benchmark, model: Model): boolean {
  return dimensions.some(({ byTable }) =>
    Object.keys(byTable).every(table => {
      const known = dimensions.flatMap(each => own(each.byTable, table) ?? []);
      return (own(members, table) ?? []).every(member => tellsAny(member, known, table, model));
    }),
  );
}

/**
 * Whether a total is one of others as well: the member is taken away, whom a role's rule stands for although no question names
 * him. Across months or products it is of the own rows, and so it is within a member, or within a single deal of his.
 */
export function isOfOthers(scope: TotalScope | null, benchmark: Benchmark, model: Model): boolean {
  if (scope === null) return true;
  const { kind, dimensions } = scope;
  if (kind === 'within') return !dimensions.some(each => isSomebodys(each, benchmark, model));
  return dimensions.some(each => isSomebodys(each, benchmark, model) || tellsMember(each, benchmark, model));
}

/** Whether a dimension is what the members are told by, or follows from it, as a region does. */
function tellsMember({ byTable }: Dimension, { members }: Benchmark, model: Model): boolean {
  return Object.entries(byTable).some(([table, value]) => tellsAny(value, own(members, table) ?? [], table, model));
}

/** Whether groups of a dimension are somebody's own: members themselves, or single rows that belong to one, such as deals. */
function isSomebodys({ destinations }: Dimension, benchmark: Benchmark, model: Model): boolean {
  return Object.entries(destinations).some(([base, destination]) => {
    const table = keyedBy(base, destination, model);
    return table !== null && !benchmark.open.includes(table) && (own(benchmark.members, table) ?? []).length > 0;
  });
}

/** The table whose key a destination is. */
function keyedBy(base: string, destination: Destination, { tables }: Model): string | null {
  switch (destination.kind) {
    case 'key':
      return destination.table;
    case 'join':
      return tableAt(tables, base, [...destination.joins, destination.join]);
    case 'column': {
      const { table, column } = destination;
      return JSON.stringify(own(tables, table)?.key) === JSON.stringify([column]) ? table : null;
    }
  }
}
