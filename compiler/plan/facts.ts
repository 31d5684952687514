/**
 * Facts: the measures of one table, aggregated in the table's own grain by the asked keys. One scan each, conditions that
 * all measures share in front, the others beside their measure; joins only after that, so that no row counts twice.
 */
import type { Grain, Interval } from '../calendar/index.ts';
import type { AggregateName, Dimension, ExpressionType, Model, RowExpression, Table } from '../model.ts';
import { own } from '../record.ts';
import type { NamedAggregate, NamedScalar, Relation, Scalar } from './plan.ts';
import { Rows, type RowsContext } from './rows.ts';
import { call, column, constant, every, some } from './scalar.ts';
import { shareScalars } from './share.ts';
import { isRowCount, type MeasureUse, type MeasureUses } from './uses.ts';

/** What the groups of a query are, and which rows are in them. */
export interface Frame extends RowsContext {
  readonly dimensions: readonly Dimension[];
  readonly grain: Grain | null;
  readonly period: Interval | null;
  readonly uses: MeasureUses;
  readonly strategy: Strategy;
}

/** `plain` plans every measure by itself and joins before it aggregates: slow, and plain to see to be right. */
export type Strategy = 'optimised' | 'plain';

export interface Column {
  readonly name: string;
  readonly type: ExpressionType;
}

export interface Fact {
  readonly name: string;
  readonly relation: Relation;
  readonly values: readonly Column[];
  /** Values that are never null in a group of this fact. */
  readonly neverNull: ReadonlySet<string>;
  /** Whether all of its groups have an asked measure, none, or those that the column `presentName` says. */
  readonly presence: 'all' | 'none' | 'some';
}

/** No dimension can be called this: names have no question marks. */
export const presentName = 'present?';

/** Measures that one scan can answer stand together: those of one table and, where time is cut in buckets, of one axis. */
export function planFacts(frame: Frame): readonly Fact[] {
  const groups = new Map<string, MeasureUse[]>();
  for (const use of frame.uses.all) {
    const axis = frame.grain === null ? '' : JSON.stringify(use.measure.time);
    const key = frame.strategy === 'plain' ? use.name : `${use.measure.table} ${axis}`;
    groups.set(key, [...(groups.get(key) ?? []), use]);
  }
  const taken = new Set(Object.values(frame.model.tables).flatMap(relationName));
  return [...groups.values()].map(uses => planFact(uses, frame, factName(uses[0]?.measure.table ?? '', taken)));
}

/** A name for a fact that no table of the warehouse bears, so that it hides none. */
function factName(table: string, taken: Set<string>): string {
  let name = `${table}_facts`;
  for (let count = 2; taken.has(name); count += 1) name = `${table}_facts_${count}`;
  taken.add(name);
  return name;
}

function relationName({ source }: Table): readonly string[] {
  return source.kind === 'relation' ? source.path.slice(-1) : [];
}

/** A condition by the text that tells it from others, so that what all measures share can be found. */
export interface Condition {
  readonly key: string;
  readonly scalars: () => readonly Scalar[];
}

/** What a row must pass to count in a measure: its conditions, and its place in the period. */
export function conditionsOf(use: MeasureUse, rows: Rows, frame: Frame): readonly Condition[] {
  const { time, isDated } = use.measure;
  const { period, clock } = frame;
  const conditions: Condition[] = use.conditions.map(each => ({
    key: JSON.stringify(each),
    scalars: () => rows.conditions(each),
  }));
  if (time !== null && period !== null) {
    conditions.push({ key: `in ${JSON.stringify(time)}`, scalars: () => clock.within(rows.scalar(time), period) });
  } else if (time !== null && isDated) {
    const dated = () => [call('not', 'boolean', call('is_null', 'boolean', rows.scalar(time)))];
    conditions.push({ key: `dated ${JSON.stringify(time)}`, scalars: dated });
  }
  return conditions;
}

function planFact(uses: readonly MeasureUse[], frame: Frame, name: string): Fact {
  const table = uses[0]?.measure.table ?? '';
  const rows = new Rows(frame, table);
  const conditions = new Map(uses.map(use => [use, conditionsOf(use, rows, frame)] as const));
  const [first, ...others] = [...conditions.values()];
  const common = (first ?? []).filter(({ key }) =>
    others.every(other => other.some(condition => condition.key === key)),
  );
  const where = common.flatMap(condition => condition.scalars());
  const filters = new Map<MeasureUse, Scalar | null>();
  for (const [use, all] of conditions) {
    const rest = all
      .filter(({ key }) => !common.some(condition => condition.key === key))
      .flatMap(condition => condition.scalars());
    filters.set(use, rest.length === 0 ? null : every(rest));
  }
  const presence = presenceOf(uses, filters, frame);
  const split = frame.strategy === 'plain' ? null : splitByKey(uses, table, frame);
  const rowCounts = new RowCounts(uses, filters, frame.uses);
  const needed = uses.filter(use => frame.uses.needsPresence(use)).flatMap(use => rowCounts.own(use));
  const shown = presence === 'some' ? uses.filter(use => use.isAsked).map(use => rowCounts.any(use)) : [];
  const measures = [
    ...uses.map(use => aggregateOf(use, filters.get(use) ?? null, rows, frame)),
    ...needed,
    ...rowCounts.added(needed),
  ];
  const relation =
    split === null
      ? aggregated(rows, where, keysOf(rows, table, uses, frame), measures)
      : aggregatedByKey(split, rows, where, measures, frame);
  const values = measures.map(({ name: value, type }) => ({ name: value, type }));
  const neverNull = new Set(
    measures
      .filter(measure => measure.aggregate === 'count' || measure.aggregate === 'count_distinct')
      .map(measure => measure.name),
  );
  if (presence !== 'some') return { name, relation, values, neverNull, presence };
  const present = some(
    [...new Set(shown)].map(count => call('greater', 'boolean', column(count, 'integer'), constant('integer', '0'))),
  );
  if (uses.every(use => use.isAsked)) {
    return {
      name,
      relation: { kind: 'filter', input: relation, conditions: [present] },
      values,
      neverNull,
      presence: 'all',
    };
  }
  const keys = frameKeys(frame).map(key => ({ name: key.name, value: column(key.name, key.type) }));
  const columns = [
    ...keys,
    ...values.map(value => ({ name: value.name, value: column(value.name, value.type) })),
    { name: presentName, value: present },
  ];
  return { name, relation: { kind: 'project', input: relation, columns }, values, neverNull, presence: 'some' };
}

/** The key columns of a frame: its dimensions in order, and the bucket behind them. */
export function frameKeys(frame: Frame): readonly Column[] {
  const dimensions = frame.dimensions.map(({ name, type }) => ({ name, type }));
  return frame.grain === null
    ? dimensions
    : [...dimensions, { name: frame.grain, type: frame.grain === 'hour' ? 'timestamp' : 'date' }];
}

/** Which of a fact's groups an asked measure has. Without keys there is one group, and it is always there. */
function presenceOf(
  uses: readonly MeasureUse[],
  filters: ReadonlyMap<MeasureUse, Scalar | null>,
  frame: Frame,
): Fact['presence'] {
  const asked = uses.filter(use => use.isAsked);
  if (frameKeys(frame).length === 0) return 'all';
  if (asked.length === 0) return 'none';
  return asked.some(use => filters.get(use) === null) ? 'all' : 'some';
}

/** Counts of the rows that a measure covers; measures of the same rows share one. */
class RowCounts {
  private readonly byFilter = new Map<string, { readonly name: string; readonly count: NamedAggregate | null }>();

  constructor(
    uses: readonly MeasureUse[],
    private readonly filters: ReadonlyMap<MeasureUse, Scalar | null>,
    private readonly names: MeasureUses,
  ) {
    for (const use of uses)
      if (isRowCount(use.measure)) this.byFilter.set(this.key(use), { name: use.name, count: null });
  }

  private key(use: MeasureUse): string {
    return JSON.stringify(this.filters.get(use) ?? null);
  }

  /** The count under the measure's own name. */
  own(use: MeasureUse): readonly NamedAggregate[] {
    if (isRowCount(use.measure)) return [];
    const count: NamedAggregate = {
      name: this.names.countName(use),
      aggregate: 'count',
      arguments: [],
      order: [],
      filter: this.filters.get(use) ?? null,
      type: 'integer',
    };
    if (!this.byFilter.has(this.key(use))) this.byFilter.set(this.key(use), { name: count.name, count });
    return [count];
  }

  /** The name of a count of the measure's rows, whichever measure it stands for. */
  any(use: MeasureUse): string {
    this.own(use);
    return this.byFilter.get(this.key(use))?.name ?? this.names.countName(use);
  }

  /** The counts that were asked for with `any` and are no measure of their own. */
  added(others: readonly NamedAggregate[]): readonly NamedAggregate[] {
    return [...this.byFilter.values()].flatMap(({ count }) =>
      count === null || others.some(other => other.name === count.name) ? [] : [count],
    );
  }
}

function aggregateOf(use: MeasureUse, filter: Scalar | null, rows: Rows, frame: Frame): NamedAggregate {
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

function keysOf(rows: Rows, table: string, uses: readonly MeasureUse[], frame: Frame): readonly NamedScalar[] {
  const keys = frame.dimensions.map(({ name, byTable }) => ({ name, value: keyScalar(byTable[table], rows) }));
  const time = uses[0]?.measure.time ?? null;
  if (frame.grain === null || time === null) return keys;
  return [...keys, { name: frame.grain, value: frame.clock.bucket(rows.scalar(time), frame.grain, frame.period) }];
}

function keyScalar(expression: RowExpression | undefined, rows: Rows): Scalar {
  if (expression === undefined) throw new Error('a dimension is not bound to a table of the query');
  return rows.scalar(expression);
}

/** Rows, filtered and aggregated in one step; expressions that would double as text are shared below. */
function aggregated(
  rows: Rows,
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
  const shared = shareScalars(rows.relation(), roots, () => undefined);
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

/** Keys that all follow from one foreign key: rows can be aggregated by it first, and what follows be looked up for the few that remain. */
interface Split {
  readonly table: string;
  /** The foreign key's columns, and local keys of few values beside it. */
  readonly stored: readonly string[];
  /** Whether the foreign key itself is among the asked keys, so that nothing is left to add up. */
  readonly isComplete: boolean;
}

const reaggregated: Partial<Readonly<Record<AggregateName, AggregateName>>> = {
  count: 'sum',
  sum: 'sum',
  min: 'min',
  max: 'max',
  any: 'any',
  all: 'all',
};

function splitByKey(uses: readonly MeasureUse[], table: string, frame: Frame): Split | null {
  if (frame.grain !== null || uses.some(use => reaggregated[use.measure.aggregate] === undefined)) return null;
  const keys = frame.dimensions.flatMap(dimension => dimension.byTable[table] ?? []);
  const columns = keys.filter(key => key.kind === 'column');
  if (columns.length < keys.length) return null;
  const [join, ...otherJoins] = new Set(columns.flatMap(key => key.joins[0] ?? []));
  if (join === undefined || otherJoins.length > 0) return null;
  if (
    uses.some(use =>
      [...use.conditions, ...use.measure.arguments].some(expression => reads(expression, join, frame.model)),
    )
  )
    return null;
  const foreign =
    own(own(frame.model.tables, table)?.joins ?? {}, join)?.on.map(pair =>
      storedColumn(table, pair.stored, frame.model),
    ) ?? [];
  const local = columns.filter(key => key.joins.length === 0);
  const beside = local.filter(key => !foreign.includes(storedColumn(table, key.column, frame.model)));
  if (beside.some(key => !hasFewValues(table, key.column, frame.model))) return null;
  const stored = [...foreign, ...beside.map(key => storedColumn(table, key.column, frame.model))];
  if (stored.some(name => name === null)) return null;
  const isComplete = foreign.every(name => local.some(key => storedColumn(table, key.column, frame.model) === name));
  return { table, stored: [...new Set(stored.flatMap(name => name ?? []))], isComplete };
}

/** The warehouse's name of a column that is stored as it is, or null. */
function storedColumn(table: string, name: string | null, model: Model): string | null {
  const source = name === null ? undefined : own(own(model.tables, table)?.columns ?? {}, name)?.source;
  return source?.kind === 'stored' ? source.physical : null;
}

function hasFewValues(table: string, name: string, model: Model): boolean {
  const found = own(own(model.tables, table)?.columns ?? {}, name);
  return found?.type === 'boolean' || (found?.values?.length ?? Number.POSITIVE_INFINITY) <= 50;
}

/** Whether an expression reads columns behind a join. */
function reads(expression: RowExpression, join: string, model: Model): boolean {
  switch (expression.kind) {
    case 'column': {
      if (expression.joins.length > 0) return expression.joins[0] === join;
      const source = own(own(model.tables, expression.table)?.columns ?? {}, expression.column)?.source;
      return source?.kind === 'computed' && reads(source.formula, join, model);
    }
    case 'call':
      return expression.arguments.some(argument => reads(argument, join, model));
    case 'truncate':
      return reads(expression.operand, join, model);
    case 'moment':
    case 'literal':
    case 'error':
      return false;
  }
}

function aggregatedByKey(
  split: Split,
  rows: Rows,
  where: readonly Scalar[],
  measures: readonly NamedAggregate[],
  frame: Frame,
): Relation {
  const physical = split.stored.map(name => {
    const found = Object.values(own(frame.model.tables, split.table)?.columns ?? {}).find(
      each => each.source.kind === 'stored' && each.source.physical === name,
    );
    return { name, value: column(name, found?.type ?? 'string', rows.alias) };
  });
  const inner = aggregated(rows, where, physical, measures);
  const outer = new Rows(frame, split.table);
  const keys = keysOf(outer, split.table, [], frame);
  const joined = outer.relation({ kind: 'alias', input: inner, alias: outer.alias });
  const value = (measure: NamedAggregate) => column(measure.name, measure.type, outer.alias);
  if (split.isComplete) {
    return {
      kind: 'project',
      input: joined,
      columns: [...keys, ...measures.map(measure => ({ name: measure.name, value: value(measure) }))],
    };
  }
  return {
    kind: 'aggregate',
    input: joined,
    keys,
    measures: measures.map(measure => ({
      ...measure,
      aggregate: reaggregated[measure.aggregate] ?? measure.aggregate,
      arguments: [value(measure)],
      order: [],
      filter: null,
    })),
  };
}
