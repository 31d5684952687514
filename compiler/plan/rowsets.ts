/** Rows of one table, filtered and aggregated: the parts that every fact is made of. */
import { follows } from '../calendar/index.ts';
import type { RowExpression } from '../model.ts';
import { own } from '../record.ts';
import type { Frame } from './frame.ts';
import type { NamedAggregate, NamedScalar, Relation, Scalar } from './plan.ts';
import type { Rows } from './rows.ts';
import { call, column, constant, every, operandsOf } from './scalar.ts';
import { shareScalars } from './share.ts';
import { type Cut, cutsOf } from './times.ts';
import type { MeasureUse } from './uses.ts';

export function aggregateOf(use: MeasureUse, filter: Scalar | null, rows: Rows, frame: Frame): NamedAggregate {
  const { aggregate, type, arguments: operands } = use.measure;
  const isOrdered = aggregate === 'first' || aggregate === 'last';
  return {
    name: use.name,
    aggregate,
    arguments: operands.map(operand => rows.scalar(operand)),
    order: isOrdered ? orderOf(rows, frame) : [],
    filter,
    type,
  };
}

/** The order of `first` and `last`: the table's time, then its key; a row without a time comes before and after none that has one. */
function orderOf(rows: Rows, frame: Frame): readonly Scalar[] {
  const { table } = rows;
  const time = table.time === null ? [] : [rows.scalar(table.time)];
  const keys = table.key.map(name => {
    const key = own(own(frame.model.tables, table.name)?.columns ?? {}, name);
    return rows.scalar({
      kind: 'column',
      joins: [],
      table: table.name,
      column: name,
      type: key?.type ?? 'string',
      unit: { kind: 'unspecified' },
    });
  });
  return [...time, ...keys];
}

/**
 * Rows aggregated by the asked dimensions and buckets, where each row is in one of each kind. Where one bucket tells the
 * others, as a day tells its month, it alone parts the rows.
 */
export function aggregatedByBuckets(
  use: MeasureUse,
  rows: Rows,
  where: readonly Scalar[],
  measures: readonly NamedAggregate[],
  frame: Frame,
): Relation {
  const { clock } = frame;
  const cuts = cutsOf(use.times);
  const finest = cuts.find(cut => cuts.every(({ grain }) => follows(grain, cut.grain, clock.calendar)));
  const buckets = cuts.map(cut => ({ cut, value: bucketOf(cut, use, rows, frame) }));
  const parting = buckets.filter(({ cut }) => finest === undefined || cut === finest);
  const dimensions = dimensionsOf(rows, frame);
  const keys = [...dimensions, ...parting.map(({ cut: { key }, value }) => ({ name: key, value }))];
  // Keys come first: what they need must be joined before the relation is made.
  const relation = aggregated(rows.relation(), where, keys, measures);
  if (finest === undefined || cuts.length === 1) return relation;
  const told = cuts.map(({ key, grain }) => ({
    name: key,
    value: key === finest.key ? column(key, 'date') : clock.bucket(column(finest.key, 'date'), grain, null),
  }));
  const others = [...dimensions.map(({ name, value }) => ({ name, type: value.type })), ...measures];
  const same = others.map(({ name, type }) => ({ name, value: column(name, type) }));
  return { kind: 'project', input: relation, columns: [...same, ...told] };
}

function bucketOf({ grain }: Cut, use: MeasureUse, rows: Rows, { clock }: Frame): Scalar {
  const { time } = use.measure;
  if (time === null) throw new Error(`${use.name} has no time axis`);
  return clock.bucket(rows.scalar(time), grain, use.times.period);
}

export function dimensionsOf(rows: Rows, frame: Frame): readonly NamedScalar[] {
  return frame.dimensions.map(({ name, byTable }) => ({ name, value: keyScalar(own(byTable, rows.table.name), rows) }));
}

function keyScalar(expression: RowExpression | undefined, rows: Rows): Scalar {
  if (expression === undefined) throw new Error('a dimension is not bound to a table of the query');
  return rows.scalar(expression);
}

/** Rows, filtered and aggregated in one step; expressions that would double as text are shared below. */
export function aggregated(
  source: Relation,
  where: readonly Scalar[],
  keys: readonly NamedScalar[],
  measures: readonly NamedAggregate[],
): Relation {
  const roots = [
    ...where,
    ...keys.map(key => key.value),
    ...measures.flatMap(measure => [
      ...measure.arguments,
      ...measure.order,
      ...(measure.filter === null ? [] : [measure.filter]),
    ]),
  ];
  const shared = shareScalars(source, roots, () => undefined);
  const rest = [...shared.roots];
  const next = (count: number) => rest.splice(0, count);
  const conditions = next(where.length);
  const input: Relation =
    conditions.length === 0 ? shared.relation : { kind: 'filter', input: shared.relation, conditions };
  return {
    kind: 'aggregate',
    input,
    keys: keys.map(key => ({ name: key.name, value: next(1)[0] ?? key.value })),
    measures: measures.map(measure => ({
      ...measure,
      arguments: next(measure.arguments.length),
      order: next(measure.order.length),
      filter: measure.filter === null ? null : (next(1)[0] ?? null),
    })),
  };
}

/**
 * Conditions in which what may fail is computed only where the others hold, and those that the rows meet besides: a
 * server may take them in any order.
 */
export function failingLast(conditions: readonly Scalar[], besides: readonly Scalar[] = []): readonly Scalar[] {
  const risky = conditions.filter(fails);
  const safe = conditions.filter(condition => !risky.includes(condition));
  if (risky.length === 0 || safe.length + besides.length === 0) return conditions;
  const held = every([...besides, ...safe]);
  return [...safe, call('case', 'boolean', held, every(risky), constant('boolean', false))];
}

function fails(scalar: Scalar): boolean {
  const seen = new Set<Scalar>();
  const visit = (node: Scalar): boolean => {
    if (seen.has(node)) return false;
    seen.add(node);
    return (node.kind === 'call' && node.function === 'no_rate') || operandsOf(node).some(visit);
  };
  return visit(scalar);
}
