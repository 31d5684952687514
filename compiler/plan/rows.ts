/** Rows in plans: row expressions in, scalars over a table's scan and the joins that they need out. */

import type { Bounds, Day } from '../calendar/index.ts';
import type {
  Conversion,
  ExpressionType,
  Following,
  FunctionName,
  Model,
  Previous,
  RollUp,
  RowExpression,
  Table,
  Version,
} from '../model.ts';
import { own } from '../record.ts';
import { type Audience, isKeptTable } from '../resolve/index.ts';
import { type Access, deciding } from './access.ts';
import { type Clock, constantDay, mirrored } from './clock.ts';
import { conjunctsOf, isStrict } from './conditions.ts';
import {
  type AliasRelation,
  type ColumnScalar,
  followedName,
  type NamedScalar,
  type Relation,
  type Scalar,
  type ScanRelation,
} from './plan.ts';
import type { Reads } from './reads.ts';
import { call, column, constant, every, nothing, warehouseColumn } from './scalar.ts';
import {
  aliasesIn,
  convertedAmount,
  type FollowedRows,
  followedStep,
  type JoinStep,
  joinAt,
  type RateAt,
  type RowReader,
  rateStep,
} from './steps.ts';
import { dayOf, type Next, ownReading, type Reading, validAt, validOn } from './versions.ts';
import { sourceFor } from './written.ts';

/** What rows are planned from, and where it is noted which stored columns they read. */
export interface RowsContext {
  readonly model: Model;
  readonly clock: Clock;
  readonly reads: Reads;
  readonly access: Access;
  readonly reading: Reading;
  /** The day on which the question is asked. */
  readonly today: Day;
}

/** The rows of one table with what they join to. Joins are added as expressions need them, and only then. */
export class Rows implements RowReader {
  /** By the path of joins, in the order in which they were first needed. */
  private readonly joins = new Map<string, { readonly path: readonly string[]; readonly alias: string }>();
  /** By the path, the table that points there, and how. */
  private readonly rollUps = new Map<string, RolledUp>();
  /** By the path to the table whose rows are put in order. */
  private readonly lags = new Map<string, Lags>();
  private readonly rates = new Map<string, RateAt>();
  private readonly followings = new Map<string, JoinStep>();
  /** Stored columns that are read, by alias. */
  private readonly storedColumns = new Map<string, Map<string, ColumnScalar>>();
  /** Aliases of what stands in for a table with the columns that were read by then. */
  private readonly sealed = new Set<string>();
  private readonly aliases = new Set<string>();
  private readonly computed = new Map<string, Scalar>();
  readonly table: Table;
  readonly alias: string;
  readonly reading: Reading;

  /** `days` are all that are read, for rows that are written out for them alone. */
  constructor(
    private readonly context: RowsContext,
    table: string,
    private readonly days: Bounds = { from: null, until: null },
  ) {
    const found = own(context.model.tables, table);
    if (found === undefined) throw new Error(`no table ${table} in the model`);
    this.table = found;
    this.reading = context.reading;
    this.alias = table;
    this.aliases.add(table);
  }

  scalar(expression: RowExpression): Scalar {
    return this.lower(expression, []);
  }

  /** A condition in the parts that `and` joins. */
  conditions(expression: RowExpression): readonly Scalar[] {
    return conjunctsOf(expression).map(part => this.scalar(part));
  }

  private lower(expression: RowExpression, behind: readonly string[]): Scalar {
    switch (expression.kind) {
      case 'literal':
        return this.context.clock.literal(expression);
      case 'column':
        return this.column([...behind, ...expression.joins], expression.table, expression.column);
      case 'truncate': {
        const operand = this.lower(expression.operand, behind);
        return this.context.clock.bucket(operand, expression.grain, null);
      }
      case 'call':
        return this.call(expression.function, expression, behind);
      case 'moment':
        return this.reading.moment(expression.name);
      case 'rollup':
        return this.rollUp(expression, behind);
      case 'previous':
        return this.previous(expression, behind);
      case 'convert':
        return this.converted(expression, behind);
      case 'attribute':
        throw new Error(`user.${expression.name} was planned without its value`);
      case 'error':
        throw new Error('an expression with errors was planned');
    }
  }

  /** A value of the rows that point to the one at the end of a path; over no rows, counts and sums are 0. */
  private rollUp(rollUp: RollUp, path: readonly string[]): Scalar {
    const key = JSON.stringify([path, rollUp.table, rollUp.join]);
    const known = this.rollUps.get(key);
    this.aliasOf(path);
    const alias = known?.alias ?? this.freeAlias(`${[...path, rollUp.table].join('_')}_rolled`);
    const measures = known?.measures ?? [];
    if (known === undefined) this.rollUps.set(key, { path, table: rollUp.table, join: rollUp.join, alias, measures });
    const text = JSON.stringify(rollUp);
    let index = measures.findIndex(each => JSON.stringify(each) === text);
    if (index < 0) index = measures.push(rollUp) - 1;
    const stored = column(rollUpName(index), rollUp.type, alias);
    const isZero = rollUp.aggregate === 'count' || rollUp.aggregate === 'count_distinct' || rollUp.aggregate === 'sum';
    return isZero ? call('coalesce', rollUp.type, stored, constant('integer', '0')) : stored;
  }

  /** The rows of a table that points here, aggregated by what they point with. */
  private rolledUp({ table, join, measures }: RolledUp): Relation {
    const date = own(this.context.model.tables, table)?.time ?? null;
    const rows = this.other(table, date);
    const pairs = own(rows.table.joins, join)?.on ?? [];
    const keys = pairs.map(({ here, there }) => ({ name: there, value: rows.scalar(here) }));
    const { key } = rows.table;
    const order = [
      ...(rows.table.time === null ? [] : [rows.scalar(rows.table.time)]),
      ...key.map(name => rows.column([], table, name)),
    ];
    const aggregated = measures.map((measure, index) => ({
      name: rollUpName(index),
      aggregate: measure.aggregate,
      arguments: measure.arguments.map(argument => rows.scalar(argument)),
      order: measure.aggregate === 'first' || measure.aggregate === 'last' ? order : [],
      filter: measure.where === null ? null : every(rows.conditions(measure.where)),
      type: measure.type,
    }));
    return { kind: 'aggregate', input: rows.relation(), keys, measures: aggregated };
  }

  /** The value of the row before: windows are computed over all rows, in a SELECT that stands in for the table. */
  private previous(expression: Previous, path: readonly string[]): Scalar {
    const key = path.join('.');
    const alias = this.aliasOf(path);
    const time = own(this.context.model.tables, expression.table)?.time ?? null;
    const lags = this.lags.get(key) ?? {
      rows: this.other(expression.table, time),
      values: [],
    };
    this.lags.set(key, lags);
    const { rows, values } = lags;
    const text = JSON.stringify(expression);
    let index = values.findIndex(each => each.text === text);
    if (index < 0) index = values.push({ text, value: rows.lag(expression) }) - 1;
    return column(lagName(index), expression.type, alias);
  }

  private lag({ operand, per }: Previous): Scalar {
    const { time, key, name } = this.table;
    if (time === null) throw new Error(`the rows of ${name} have no order`);
    const moment = this.scalar(time);
    const isDateless = call('is_null', 'boolean', moment);
    const partition = [...per.map(each => this.scalar(each)), isDateless];
    const order = [moment, ...key.map(each => this.column([], name, each))];
    const value: Scalar = { kind: 'lag', value: this.scalar(operand), partition, order, type: operand.type };
    return call('case', operand.type, call('not', 'boolean', isDateless), value, nothing);
  }

  /** An amount times the rate of its currency on a day; the same currency needs none. */
  private converted({ amount, from, to, at, type }: Conversion, behind: readonly string[]): Scalar {
    const [value, code] = [this.lower(amount, behind), this.lower(from, behind)];
    const day = dayOf(this.lower(at, behind));
    return convertedAmount({ value, code, to, day, rate: this.rate(code, to, day) }, type);
  }

  private rate(from: Scalar, to: string, day: Scalar): Scalar {
    const key = JSON.stringify([from, to, day]);
    const known = this.rates.get(key) ?? { alias: this.freeAlias(`rate_${to.toLowerCase()}`), from, to, day };
    this.rates.set(key, known);
    return column('rate', 'decimal', known.alias);
  }

  /** Whether an event of the same key follows a row; rows that none follows may be kept, or left out. */
  followed(following: Following, time: RowExpression, { keeps, bounds }: FollowedRows): Scalar {
    const key = JSON.stringify([following, keeps, bounds]);
    const isFilter = keeps === 'followed';
    const { table } = following;
    const step =
      this.followings.get(key) ??
      followedStep(
        { alias: this.freeAlias(`${table}_after`), following, time, isFilter, bounds },
        this,
        this.other(table, following.time),
        this.context.clock,
      );
    this.followings.set(key, step);
    return column(followedName, 'boolean', step.alias);
  }

  private call(
    name: FunctionName,
    expression: Extract<RowExpression, { kind: 'call' }>,
    behind: readonly string[],
  ): Scalar {
    const operands = expression.arguments.map(argument => this.lower(argument, behind));
    const swapped = mirrored[name];
    const [left, right] = operands;
    if (swapped !== undefined && left !== undefined && right !== undefined) {
      const [leftDay, rightDay] = [constantDay(left), constantDay(right)];
      if (rightDay !== null) return this.context.clock.compare(name, left, rightDay, right);
      if (leftDay !== null) return this.context.clock.compare(swapped, right, leftDay, left);
    }
    return call(name, expression.type, ...operands);
  }

  private column(path: readonly string[], tableName: string, name: string): Scalar {
    const key = JSON.stringify([path, name]);
    const known = this.computed.get(key);
    if (known !== undefined) return known;
    const found = own(own(this.context.model.tables, tableName)?.columns ?? {}, name);
    if (found === undefined) throw new Error(`no column ${tableName}.${name} in the model`);
    if (found.source.kind === 'stored' && !isKeptTable(tableName)) this.context.reads.add(tableName, name);
    const scalar =
      found.source.kind === 'computed'
        ? this.whereFound(found.source.formula, path)
        : this.stored(found.source.physical, found.type, this.aliasOf(path));
    this.computed.set(key, scalar);
    return scalar;
  }

  /** A column of the warehouse, noted for what may stand in for its table. */
  stored(physical: string, type: ExpressionType, alias: string): Scalar {
    const scalar = warehouseColumn(physical, type, alias);
    const known = this.storedColumns.get(alias) ?? new Map();
    if (this.sealed.has(alias) && !known.has(physical))
      throw new Error(`${alias}.${physical} is read of rows that have been chosen without it`);
    this.storedColumns.set(alias, known.set(physical, scalar));
    return scalar;
  }

  /**
   * A computed column of a joined table. Where the join finds no row there is nothing to compute from, and the column is
   * null, also where its formula would make something of nulls.
   */
  private whereFound(formula: RowExpression, path: readonly string[]): Scalar {
    const value = this.lower(formula, path);
    if (path.length === 0 || isStrict(formula, this.context.model)) return value;
    const [pair] = joinAt(path, this.table, this.context.model).on;
    if (pair === undefined) return value;
    const key = this.column(path, joinAt(path, this.table, this.context.model).to, pair.there);
    return call('case', value.type, call('not', 'boolean', call('is_null', 'boolean', key)), value, nothing);
  }

  /** The alias of the table at the end of a path; its joins are added, nearer ones first. */
  private aliasOf(path: readonly string[]): string {
    if (path.length === 0) return this.alias;
    const key = path.join('.');
    const known = this.joins.get(key);
    if (known !== undefined) return known.alias;
    this.aliasOf(path.slice(0, -1));
    const alias = this.freeAlias(path.join('_'));
    this.joins.set(key, { path, alias });
    return alias;
  }

  private freeAlias(wanted: string): string {
    let alias = wanted;
    for (let count = 2; this.aliases.has(alias); count += 1) alias = `${wanted}_${count}`;
    this.aliases.add(alias);
    return alias;
  }

  /**
   * The scan with the joins that have been needed so far; one whose condition reads another comes after it.
   * `start` may stand in for the scan, as long as it has the columns that are read.
   */
  relation(start?: Relation): Relation {
    const { relation, open } = this.joined(start ?? null, [this.alias]);
    if (open.length > 0) throw new Error(`the joins of ${this.table.name} stand on each other`);
    return relation;
  }

  /**
   * The rows beside another relation, whose columns joins and conditions may read: `beside` puts it next to the rows with
   * the joins that do not need it, and the others follow. What a condition may read of it must be joined before.
   */
  relationBeside(alias: string, beside: (rows: Relation, has: (scalar: Scalar) => boolean) => Relation): Relation {
    const before = this.joined(null, [this.alias]);
    const done = new Set([...before.done, alias]);
    const other = beside(before.relation, scalar => aliasesIn(scalar).every(each => done.has(each)));
    const { relation, open } = this.joined(other, [...done]);
    if (open.length > 0) throw new Error(`the joins of ${this.table.name} stand on each other`);
    return relation;
  }

  /** A relation, or the table itself, with the needed joins that can be made from the aliases that it has. */
  private joined(start: Relation | null, aliases: readonly string[]) {
    const done = new Set(aliases);
    const open = this.steps().filter(step => !done.has(step.alias));
    let relation: Relation = start ?? this.source([], this.table.name, this.alias);
    for (;;) {
      const index = open.findIndex(step => step.needs.every(alias => done.has(alias)));
      const [step] = index < 0 ? [] : open.splice(index, 1);
      if (step === undefined) return { relation, done, open };
      done.add(step.alias);
      relation = step.joined(relation);
    }
  }

  /** A table, or its rows with the values of the rows before them, in either case those that may be read. */
  private source(path: readonly string[], table: string, alias: string): ScanRelation | AliasRelation {
    const lags = this.lags.get(path.join('.'));
    if (lags === undefined) return this.permitted(table, alias);
    const { rows, values } = lags;
    const columns = [
      ...this.standIns(rows, alias),
      ...values.map(({ value }, index) => ({ name: lagName(index), value })),
    ];
    return { kind: 'alias', alias, input: { kind: 'project', input: rows.relation(), columns } };
  }

  /** The one place where a table is read: whole, or the rows of it that pass the rule of whoever asks. */
  private permitted(table: string, alias: string): ScanRelation | AliasRelation {
    const permission = this.context.access.of(table);
    if (permission.kind === 'all') {
      const known = own(this.context.model.tables, table)?.source ?? this.table.source;
      const source = sourceFor(known, this.days, this.context.clock.calendar);
      if (source.kind !== 'written') this.context.reads.add(table, null);
      return { kind: 'scan', table, source, alias, policy: permission.policy };
    }
    const rows = rowsToDecide(table, permission.audience, this.context, this.days);
    const conditions = rows.conditions(permission.rule);
    const columns = this.standIns(rows, alias);
    const input: Relation = { kind: 'filter', input: rows.relation(), conditions };
    return { kind: 'alias', alias, input: { kind: 'project', input, columns } };
  }

  /** The stored columns that are read of a table, as those of the rows that stand in for it. From now on no other is there. */
  private standIns(rows: Rows, alias: string): readonly NamedScalar[] {
    this.sealed.add(alias);
    const stored = [...(this.storedColumns.get(alias)?.values() ?? [])];
    return stored.map(({ name, type }) => ({ name, value: rows.stored(name, type, rows.alias) }));
  }

  /** The needed joins with their conditions; a condition may need further joins, which this loop then reaches as well. */
  private steps() {
    const steps: JoinStep[] = [];
    for (const { path, alias } of this.joins.values()) {
      const { on, to, version } = joinAt(path, this.table, this.context.model);
      const pairs = on.map(({ here, there }) => ({
        left: this.lower(here, path.slice(0, -1)),
        right: this.column(path, to, there),
      }));
      const conditions = version === null ? [] : this.versionAt(version, path, to);
      const read = [...pairs.flatMap(({ left, right }) => [left, right]), ...conditions].flatMap(aliasesIn);
      const needs = read.filter(each => each !== alias);
      const joined = (input: Relation): Relation => {
        const other = this.source(path, to, alias);
        return { kind: 'join', input, other, on: pairs, conditions };
      };
      steps.push({ alias, needs, joined });
    }
    for (const rolledUp of this.rollUps.values()) {
      const { path, table, join, alias } = rolledUp;
      const pairs = own(own(this.context.model.tables, table)?.joins ?? {}, join)?.on ?? [];
      const target = own(own(this.context.model.tables, table)?.joins ?? {}, join)?.to ?? '';
      const on = pairs.map(({ there }) => {
        const left = this.column(path, target, there);
        return { left, right: column(there, left.type, alias) };
      });
      const needs = on.flatMap(({ left }) => aliasesIn(left));
      const other: AliasRelation = { kind: 'alias', input: this.rolledUp(rolledUp), alias };
      steps.push({ alias, needs, joined: input => ({ kind: 'join', input, other, on, conditions: [] }) });
    }
    for (const rate of this.rates.values()) {
      const { rates } = this.context.model.settings;
      if (rates === null) throw new Error('a conversion without rates');
      steps.push(rateStep(rate, rates, this.other(rates.table, null)));
    }
    steps.push(...this.followings.values());
    return steps;
  }

  /** The rows of another table, each read on its own date. */
  private other(table: string, date: RowExpression | null): Rows {
    return new Rows({ ...this.context, reading: ownReading(date) }, table);
  }

  /** A column of the table itself. */
  named(name: string): Scalar {
    return this.column([], this.table.name, name);
  }

  /** That a joined row is the version that counts. */
  private versionAt(version: Version, path: readonly string[], table: string): readonly Scalar[] {
    const { model, clock, today } = this.context;
    const valid = own(model.tables, table)?.valid;
    if (valid === null || valid === undefined) return [];
    const ends = { from: this.lower(valid.from, path), until: this.lower(valid.until, path) };
    const tomorrow: Next = type => constant(type, clock.startOf(today + 1, type));
    if (version.kind === 'now') return validAt(ends, tomorrow, clock);
    const { version: at } = this.reading;
    if (version.kind === 'date' && !(at.kind === 'moment' && at.isStock))
      return validOn(ends, this.lower(version.date, path.slice(0, -1)));
    if (at.kind === 'moment') return validAt(ends, at.next, clock);
    if (at.date === null) throw new Error(`no date by which ${path.join('.')} chooses a version`);
    return validOn(ends, this.lower(at.date, []));
  }
}

/** The rows of a table as a rule is decided on them: each once, at its own date, on all that there is. */
export function rowsToDecide(
  table: string,
  audience: Audience,
  context: Omit<RowsContext, 'access' | 'reading'>,
  days?: Bounds,
): Rows {
  const date = own(context.model.tables, table)?.time ?? null;
  return new Rows({ ...context, access: deciding(table, audience), reading: ownReading(date) }, table, days);
}

/** Values of rows before, over all rows of their table. */
interface Lags {
  readonly rows: Rows;
  readonly values: { readonly text: string; readonly value: Scalar }[];
}

function lagName(index: number): string {
  return `previous_${index + 1}`;
}

/** Roll-ups of one table onto another, which one aggregation gives. */
interface RolledUp {
  readonly path: readonly string[];
  readonly table: string;
  readonly join: string;
  readonly alias: string;
  readonly measures: RollUp[];
}

function rollUpName(index: number): string {
  return `rolled_${index + 1}`;
}
