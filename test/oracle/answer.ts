/**
 * The oracle: a bound query and rows in memory in, the answer out, by the letter of the language's rules. Every metric is
 * computed anew for every group by going through all rows; nothing is shared with the planner but the Model's types.
 */
import type { BoundQuery, Column, Measure, Metric, MetricExpression, RowExpression } from '../../compiler/index.ts';
import { aggregate } from './aggregate.ts';
import { bucketStart, localDay } from './calendar.ts';
import { type Fraction, fraction, toNumber } from './number.ts';
import { literalValue, type Row, rowValue, tableOf, type World } from './rows.ts';
import { bucketValue, call, compareValues, isFraction, type Value } from './values.ts';

type Conditions = readonly Readonly<Record<string, RowExpression>>[];
type Group = readonly Value[];

interface Member {
  readonly row: Row;
  readonly group: Group;
}

export interface OracleAnswer {
  readonly keys: readonly string[];
  readonly metrics: readonly string[];
  /** Keys first, in the order in which they were asked, then metrics. */
  readonly rows: readonly (readonly Value[])[];
}

export function answer(query: BoundQuery, world: World): OracleAnswer {
  return new Oracle(query, world).answer();
}

class Oracle {
  private readonly byConditions = new Map<Measure, Map<string, readonly Member[]>>();

  constructor(
    private readonly query: BoundQuery,
    private readonly world: World,
  ) {}

  answer(): OracleAnswer {
    const { query } = this;
    const found = unique(query.metrics.flatMap(metric => this.groupsOf(metric.expression, [])));
    const start: readonly Group[] = this.keyCount === 0 ? [[]] : found;
    const completed = this.complete(this.fill(start));
    const kept = completed.filter(group => query.having === null || this.value(query.having, group, []) === true);
    const rows = kept.map(group => [
      ...this.shown(group),
      ...query.metrics.map(metric => this.metric(metric, group, [])),
    ]);
    const names = query.dimensions.map(dimension => dimension.name);
    const keys = query.bucket === null ? names : names.toSpliced(query.bucket.position, 0, query.bucket.grain);
    const metrics = query.metrics.map(metric => metric.name);
    const sorted = rows.toSorted((a, b) => this.compareRows(a, b, [...keys, ...metrics], keys.length));
    return { keys, metrics, rows: query.limit === null ? sorted : sorted.slice(0, query.limit) };
  }

  private get keyCount(): number {
    return this.query.dimensions.length + (this.query.bucket === null ? 0 : 1);
  }

  /** Groups hold the dimensions and, last, the bucket; answers show the bucket where it was asked. */
  private shown(group: Group): Group {
    const { bucket } = this.query;
    return bucket === null ? group : group.slice(0, -1).toSpliced(bucket.position, 0, group.at(-1) ?? null);
  }

  private compareRows(a: readonly Value[], b: readonly Value[], names: readonly string[], keyCount: number): number {
    const order = [
      ...this.query.order.map(({ column, isDescending }) => ({
        index: names.indexOf(column),
        sign: isDescending ? -1 : 1,
      })),
      ...names.slice(0, keyCount).map((_, index) => ({ index, sign: 1 })),
    ];
    for (const { index, sign } of order) {
      const labels = this.labels(names[index] ?? '');
      const [left, right] = [a, b].map(row => placeOf(row[index] ?? null, labels));
      if (left === undefined || right === undefined) continue;
      if (left === null || right === null) {
        if (left !== right) return left === null ? 1 : -1;
      } else if (compareValues(left, right) !== 0) return compareValues(left, right) * sign;
    }
    return 0;
  }

  /** The texts of a dimension that `bucket` makes, lowest first; null for any other. */
  private labels(name: string): readonly string[] | null {
    const dimension = this.query.dimensions.find(each => each.name === name);
    let [expression] = Object.values(dimension?.byTable ?? {});
    while (expression?.kind === 'column') {
      const source: Column['source'] | undefined =
        this.world.model.tables[expression.table]?.columns[expression.column]?.source;
      expression = source?.kind === 'computed' ? source.formula : undefined;
    }
    if (expression?.kind !== 'call' || expression.function !== 'bucket') return null;
    const bounds = expression.arguments.slice(1).map(bound => (bound.kind === 'literal' ? String(bound.value) : ''));
    return [
      `< ${bounds[0]}`,
      ...bounds.slice(1).map((bound, index) => `${bounds[index]} to < ${bound}`),
      `>= ${bounds.at(-1)}`,
    ];
  }

  /** The groups that an expression's measures have. */
  private groupsOf(expression: MetricExpression, pushed: Conditions): readonly Group[] {
    switch (expression.kind) {
      case 'measure':
        return this.membersOf(expression, pushed).map(member => member.group);
      case 'metric':
        return this.groupsOf(this.named(expression.name).expression, pushed);
      case 'filtered':
        return this.groupsOf(expression.operand, [...pushed, expression.conditions]);
      case 'call':
        return expression.arguments.flatMap(argument => this.groupsOf(argument, pushed));
      case 'truncate':
        return this.groupsOf(expression.operand, pushed);
      case 'windowed':
      case 'nested':
      case 'total':
      case 'rank':
        throw new Error(`${expression.kind} is not known to the oracle yet`);
      case 'moment':
      case 'literal':
      case 'error':
        return [];
    }
  }

  private named(name: string): Metric {
    const metric = this.world.model.metrics[name];
    if (metric === undefined) throw new Error(`no metric ${name}`);
    return metric;
  }

  private groupOf(row: Row, measure: Measure): Group {
    const { dimensions, bucket } = this.query;
    const values = dimensions.map(({ byTable }) => {
      const expression = byTable[measure.table];
      if (expression === undefined) throw new Error(`a dimension is not bound to ${measure.table}`);
      return rowValue(expression, measure.table, row, this.world);
    });
    if (bucket === null || measure.time === null) return values;
    const moment = rowValue(measure.time, measure.table, row, this.world);
    return [...values, bucketValue(bucket.grain, moment, measure.time.type, this.world.model.settings)];
  }

  /** The rows that a measure covers (its condition, the pushed ones, the query's, and the period), each with its group. */
  private membersOf(measure: Measure, pushed: Conditions): readonly Member[] {
    const cache = this.byConditions.get(measure) ?? new Map<string, readonly Member[]>();
    this.byConditions.set(measure, cache);
    const key = JSON.stringify(pushed);
    const known = cache.get(key);
    if (known !== undefined) return known;
    const { table } = measure;
    const conditions = [
      measure.where,
      this.query.where?.[table] ?? null,
      ...pushed.map(each => each[table] ?? null),
    ].filter(each => each !== null);
    const rows = (this.world.data[table] ?? []).filter(
      row =>
        conditions.every(condition => rowValue(condition, table, row, this.world) === true) &&
        this.isInPeriod(row, measure),
    );
    const members = rows.map(row => ({ row, group: this.groupOf(row, measure) }));
    cache.set(key, members);
    return members;
  }

  private isInPeriod(row: Row, { time, table, isDated }: Measure): boolean {
    const { period } = this.query;
    if (time === null) return true;
    const moment = rowValue(time, table, row, this.world);
    if (typeof moment !== 'number') return period === null && !isDated;
    const day = time.type === 'timestamp' ? localDay(moment, this.world.model.settings.timeZone) : moment;
    return period === null || (day >= period.from && day < period.until);
  }

  private metric(metric: Metric, group: Group, pushed: Conditions): Value {
    const { empty, expression } = metric;
    if (empty !== null && !this.groupsOf(expression, pushed).some(other => sameGroup(other, group))) {
      return empty === 'zero' ? zeroOf(metric.type) : null;
    }
    return this.value(expression, group, pushed);
  }

  private value(expression: MetricExpression, group: Group, pushed: Conditions): Value {
    switch (expression.kind) {
      case 'literal':
        return literalValue(expression.type, expression.value);
      case 'measure':
        return this.measure(expression, group, pushed);
      case 'metric':
        return this.metric(this.named(expression.name), group, pushed);
      case 'filtered':
        return this.value(expression.operand, group, [...pushed, expression.conditions]);
      case 'call':
        return call(
          expression,
          expression.arguments.map(argument => () => this.value(argument, group, pushed)),
          this.world.model.settings,
        );
      case 'truncate':
        return bucketValue(
          expression.grain,
          this.value(expression.operand, group, pushed),
          expression.operand.type,
          this.world.model.settings,
        );
      case 'moment':
      case 'windowed':
      case 'nested':
      case 'total':
      case 'rank':
        throw new Error(`${expression.kind} is not known to the oracle yet`);
      case 'error':
        throw new Error('an error in the model');
    }
  }

  private measure(measure: Measure, group: Group, pushed: Conditions): Value {
    const members = this.membersOf(measure, pushed).filter(member => sameGroup(member.group, group));
    const rows = members.map(member => member.row);
    const of = (expression: RowExpression) => rows.map(row => rowValue(expression, measure.table, row, this.world));
    const table = tableOf(this.world, measure.table);
    const order = rows.map(row => [
      ...(table.time === null ? [] : [rowValue(table.time, measure.table, row, this.world)]),
      ...table.key.map(key => row[key] ?? null),
    ]);
    return aggregate(measure.aggregate, measure.arguments.map(of), rows.length, order);
  }

  /** Every bucket of a bounded period up to now's, for each group of the other dimensions. */
  private fill(groups: readonly Group[]): readonly Group[] {
    const buckets = this.buckets();
    if (buckets === null) return groups;
    const others = this.query.dimensions.length === 0 ? [[]] : unique(groups.map(group => group.slice(0, -1)));
    return unique([
      ...groups.filter(group => group.length === this.keyCount),
      ...others.flatMap(other => buckets.map(bucket => [...other, bucket])),
    ]);
  }

  private buckets(): readonly Value[] | null {
    const { bucket, period, isSparse, now } = this.query;
    if (bucket === null || period === null || isSparse || bucket.grain === 'hour') return null;
    const days = Array.from({ length: period.until - period.from }, (_, index) => period.from + index);
    const starts = new Set(days.map(day => bucketStart(bucket.grain, day, this.world.model.settings.calendar)));
    const begun = [...starts].filter(start => start <= now.day);
    return begun.length === 0 ? null : begun;
  }

  /** Every member of the completed tables with every other group. */
  private complete(groups: readonly Group[]): readonly Group[] {
    const { completions, dimensions, bucket } = this.query;
    if (completions.length === 0) return groups;
    const names = [...dimensions.map(dimension => dimension.name), ...(bucket === null ? [] : [bucket.grain])];
    const given = new Set(completions.flatMap(completion => completion.members.map(member => member.dimension)));
    const buckets = this.buckets();
    let partial: readonly Readonly<Record<string, Value>>[] = [{}];
    for (const { table, where, members } of completions) {
      const rows = (this.world.data[table] ?? []).filter(row =>
        where.every(condition => rowValue(condition, table, row, this.world) === true),
      );
      const values = rows.map(row =>
        Object.fromEntries(members.map(member => [member.dimension, rowValue(member.value, table, row, this.world)])),
      );
      partial = partial.flatMap(start => values.map(value => ({ ...start, ...value })));
    }
    const others = names.filter(name => !given.has(name) && !(buckets !== null && name === bucket?.grain));
    const found =
      others.length === 0
        ? [{}]
        : groups.map(group => Object.fromEntries(others.map(name => [name, group[names.indexOf(name)] ?? null])));
    partial = partial.flatMap(start => found.map(value => ({ ...start, ...value })));
    if (buckets !== null && bucket !== null)
      partial = partial.flatMap(start => buckets.map(value => ({ ...start, [bucket.grain]: value })));
    return unique([...groups, ...partial.map(values => names.map(name => values[name] ?? null))]);
  }
}

/** A text by its place in a list, where it has one. */
function placeOf(value: Value, labels: readonly string[] | null): Value {
  return labels === null || value === null ? value : labels.indexOf(String(value));
}

function zeroOf(type: Metric['type']): Value {
  return type === 'float' ? 0 : fraction(0n);
}

function sameGroup(a: Group, b: Group): boolean {
  return keyOf(a) === keyOf(b);
}

const groupKeys = new WeakMap<Group, string>();

/** Equal for equal groups: null equals null, and a number equals itself however it is kept. */
function keyOf(group: Group): string {
  const known = groupKeys.get(group);
  if (known !== undefined) return known;
  const key = JSON.stringify(group.map(valueKey));
  groupKeys.set(group, key);
  return key;
}

function valueKey(value: Value): string | boolean | null {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return `'${value}`;
  if (!isFraction(value)) return Number.isInteger(value) ? `${BigInt(value)}/1` : `${value}`;
  return value.under === 1n || !isShort(value) ? `${value.over}/${value.under}` : `${toNumber(value)}`;
}

/** Whether a float could be the same number. */
function isShort({ over }: Fraction): boolean {
  return over < 2n ** 53n && over > -(2n ** 53n);
}

function unique(groups: readonly Group[]): readonly Group[] {
  const seen = new Set<string>();
  return groups.filter(group => !seen.has(keyOf(group)) && seen.add(keyOf(group)));
}
