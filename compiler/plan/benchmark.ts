/**
 * Benchmarks: totals, ranks and averages of members stand on the rows of others as well. What is told of others is told of
 * five at least, and nothing is the value of one row.
 */
import { type Diagnostic, uncertainPlace } from '../diagnostics/index.ts';
import type { AggregateName, Dimension, FunctionName, Measure, MetricExpression, Model, Nested } from '../model.ts';
import { noUnit } from '../model.ts';
import { own } from '../record.ts';
import { type Audience, type Benchmark, type BoundQuery, operandsOf } from '../resolve/index.ts';
import type { Scalar } from './plan.ts';
import { call, constant, every, nothing } from './scalar.ts';

/** Of fewer others each might be told by the rest. */
const fewestMembers = '5';

/**
 * Whose rows an expression stands on: those of whoever asks; with those of others, one value for each, of which only the
 * place or the average is told (`peers`); or with those of others, in values that are told themselves.
 */
export type Standing = 'own' | 'peers' | 'benchmark';

export function audienceOf(standing: Standing): Audience {
  return standing === 'own' ? 'own' : 'benchmark';
}

/** How many different members stand behind a measure; none where its table is open to all. */
export function memberCounts(measure: Measure, benchmark: Benchmark | null): readonly Measure[] {
  const members = benchmark === null ? [] : (own(benchmark.members, measure.table) ?? []);
  return members.map(member => ({
    ...measure,
    aggregate: 'count_distinct',
    arguments: [member],
    type: 'integer',
    unit: noUnit,
  }));
}

/** A value where all counts of members are high enough. */
export function ofEnough(value: Scalar, counts: readonly Scalar[]): Scalar {
  if (counts.length === 0) return value;
  const enough = counts.map(count => call('greater_or_equal', 'boolean', count, constant('integer', fewestMembers)));
  return call('case', value.type, every(enough), value, nothing);
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

/** Functions that make something of what is not known. */
const maskNull: ReadonlySet<FunctionName> = new Set(['coalesce', 'case', 'is_null', 'greatest', 'least', 'and', 'or']);

/**
 * What would look like an answer and be none: a value of too few others is not known, which nothing may take for a number;
 * and a place among members is one only where each has a group.
 */
export function benchmarkProblem(query: BoundQuery, model: Model): Diagnostic | null {
  const { principal, places, dimensions, columns, having } = query;
  const benchmark = principal?.benchmark ?? null;
  if (principal === null || benchmark === null) return null;
  const isByMember = dimensions.length === 0 || dimensions.some(each => isMember(each, benchmark));
  const find = (node: MetricExpression, isMasked: 'masked' | 'plain'): string | null => {
    const within = (inner: 'masked' | 'plain') => {
      for (const operand of operandsOf(node)) {
        const found = find(operand, inner);
        if (found !== null) return found;
      }
      return null;
    };
    switch (node.kind) {
      case 'metric': {
        const metric = own(model.metrics, node.name);
        if (metric === undefined) return null;
        return find(metric.expression, metric.empty === 'zero' ? 'masked' : isMasked);
      }
      case 'rank':
        if (!isByMember) return '`rank` has its place among members, so ask by the member';
        return isMasked === 'masked' ? masked('rank') : within(isMasked);
      case 'total':
        return isMasked === 'masked' ? masked('total') : within(isMasked);
      case 'nested': {
        const isAverage = node.aggregate === 'avg' || node.aggregate === 'median';
        const isPerMember = node.per.some(each => each.kind === 'dimension' && isMember(each.dimension, benchmark));
        return isMasked === 'masked' && isAverage && isPerMember ? masked(node.aggregate) : within('masked');
      }
      case 'call':
        return within(maskNull.has(node.function) ? 'masked' : isMasked);
      default:
        return within(isMasked);
    }
  };
  for (const expression of [...columns.map(column => column.expression), ...(having === null ? [] : [having])]) {
    const reason = find(expression, 'plain');
    if (reason !== null) return uncertainPlace(places.metrics, { role: principal.role.name, reason });
  }
  return null;
}

function masked(form: string): string {
  return `\`${form}\` stands inside what makes a number of a value that is not known`;
}
