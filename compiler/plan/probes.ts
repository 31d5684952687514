/**
 * Probes: what a model says of its tables, in plans that count the rows for which it is not so. One scan of a table counts
 * its keys, those that are missing and the values that are not declared; one of each join counts the rows that find nothing.
 */
import { formatDay } from '../calendar/index.ts';
import type { ExpressionType, Join, Model, RowExpression, Table } from '../model.ts';
import { own } from '../record.ts';
import { isKeptTable, type Now } from '../resolve/index.ts';
import { OwnAccess } from './access.ts';
import { Clock } from './clock.ts';
import type { NamedAggregate, NamedScalar, OutputColumn, Plan, Relation, Scalar } from './plan.ts';
import { Reads } from './reads.ts';
import { Rows } from './rows.ts';
import { call, column, constant, every, some } from './scalar.ts';
import { ownReading, validOn } from './versions.ts';

/** What one query holds against the warehouse. Its answer is one row of counts. */
export type Check =
  | { readonly kind: 'table'; readonly table: string }
  | { readonly kind: 'versions'; readonly table: string }
  | { readonly kind: 'join'; readonly table: string; readonly join: string };

/** What is not as it is declared, by which examples of it are found. */
export type Fault =
  | { readonly kind: 'duplicates'; readonly table: string }
  | { readonly kind: 'undeclared'; readonly table: string; readonly column: string }
  | { readonly kind: 'overlaps'; readonly table: string }
  | { readonly kind: 'orphans'; readonly table: string; readonly join: string };

export const mostSamples = 3;

/** All that a model says of tables that can be held against the warehouse, table by table. */
export function checksOf(model: Model): readonly Check[] {
  return Object.values(model.tables).flatMap((table): readonly Check[] => {
    const { name } = table;
    if (isKeptTable(name)) return [];
    const joins = Object.values(table.joins).filter(join => isFindable(join, table));
    return [
      { kind: 'table', table: name },
      ...(table.valid === null ? [] : [{ kind: 'versions' as const, table: name }]),
      ...joins.map(join => ({ kind: 'join' as const, table: name, join: join.name })),
    ];
  });
}

/** A version by the own date of what is read cannot be found for rows that have none. */
function isFindable({ to, version }: Join, { time }: Table): boolean {
  return !isKeptTable(to) && (version?.kind !== 'own' || time !== null);
}

/** Columns whose values are declared and stand in the warehouse. */
export function listedColumns({ columns }: Table): readonly string[] {
  return Object.values(columns).flatMap(({ name, values, source }) =>
    values === null || source.kind === 'computed' ? [] : [name],
  );
}

/** The name of the count of values of a column that are not declared. */
export function undeclaredName(column: string): string {
  return `undeclared_${column}`;
}

export function planCheck(model: Model, check: Check, now: Now): Plan {
  const probe = new Probe(model, check.table, now);
  switch (check.kind) {
    case 'table':
      return probe.tablePlan();
    case 'versions':
      return probe.overlapPlan();
    case 'join':
      return probe.orphanPlan(check.join);
  }
}

/** A few of the keys or values at fault, in order, and how often each is there. */
export function planSamples(model: Model, fault: Fault, now: Now): Plan {
  return new Probe(model, fault.table, now).samplePlan(fault);
}

const countOf = (name: string, filter: Scalar | null = null): NamedAggregate => ({
  name,
  aggregate: 'count',
  arguments: [],
  order: [],
  filter,
  type: 'integer',
});

const sumOf = (name: string, of: string, filter: Scalar | null = null): NamedAggregate => ({
  ...countOf(name, filter),
  aggregate: 'sum',
  arguments: [column(of, 'integer')],
});

const isNull = (value: Scalar) => call('is_null', 'boolean', value);
const isThere = (value: Scalar) => call('not', 'boolean', isNull(value));

/** The rows of one table, read whole, and what is counted of them. */
class Probe {
  private readonly reads = new Reads();
  private readonly clock: Clock;
  private readonly table: Table;
  private readonly rows: Rows;

  constructor(
    private readonly model: Model,
    name: string,
    private readonly now: Now,
  ) {
    const table = own(model.tables, name);
    if (table === undefined) throw new Error(`no table ${name} in the model`);
    const { timeZone, calendar } = model.settings;
    this.table = table;
    this.clock = new Clock(timeZone, calendar);
    const access = new OwnAccess(null);
    const context = { model, clock: this.clock, reads: this.reads, access, today: now.day };
    this.rows = new Rows({ ...context, reading: ownReading(table.time) }, name);
  }

  private get keys(): readonly NamedScalar[] {
    return this.table.key.map((name, index) => ({ name: `key_${index + 1}`, value: this.rows.named(name) }));
  }

  /** Grouped by the key first, so that one scan counts rows, keys and values alike. Of versions a key has several rows. */
  tablePlan(): Plan {
    const keys = this.keys;
    const listed = listedColumns(this.table);
    const undeclared = listed.map(name => countOf(undeclaredName(name), this.isUndeclared(name)));
    const input = this.rows.relation();
    const inner: Relation = { kind: 'aggregate', input, keys, measures: [countOf('rows_of_key'), ...undeclared] };
    const found = keys.map(({ name, value }) => column(name, value.type));
    const isWhole = every(found.map(isThere));
    const isTwice = every([
      call('greater', 'boolean', column('rows_of_key', 'integer'), constant('integer', '1')),
      isWhole,
    ]);
    const measures = [
      sumOf('rows', 'rows_of_key'),
      sumOf('keyless', 'rows_of_key', some(found.map(isNull))),
      ...(this.table.valid === null
        ? [countOf('keys_twice', isTwice), sumOf('rows_twice', 'rows_of_key', isTwice)]
        : []),
      ...listed.map(name => sumOf(undeclaredName(name), undeclaredName(name))),
    ];
    return this.counts({ kind: 'aggregate', input: inner, keys: [], measures });
  }

  /** Of nothing it is not known, so that it does not count. */
  private isUndeclared(name: string): Scalar {
    const value = this.rows.named(name);
    const values = own(this.table.columns, name)?.values ?? [];
    const declared = values.map((text): Scalar => ({ kind: 'parameter', type: value.type, value: text }));
    return call('not', 'boolean', call('in', 'boolean', value, ...declared));
  }

  overlapPlan(): Plan {
    return this.counts({ kind: 'aggregate', input: this.overlaps(), keys: [], measures: [countOf('overlaps')] });
  }

  /** Versions that begin before the one before them, of the same key, has ended. Those that are valid on no day do not matter. */
  private overlaps(): Relation {
    const { valid } = this.table;
    if (valid === null) throw new Error(`${this.table.name} has no versions`);
    const keys = this.keys;
    const [from, until] = [this.rows.scalar(valid.from), this.rows.scalar(valid.until)];
    const [, isEver = isThere(from)] = validOn({ from, until }, from);
    const conditions = [...keys.map(({ value }) => isThere(value)), isThere(from), isEver];
    const partition = keys.map(({ value }) => value);
    const before = (value: Scalar): Scalar => ({
      kind: 'lag',
      value,
      partition,
      order: [from, until],
      type: value.type,
    });
    const columns = [
      ...keys,
      { name: 'from_1', value: from },
      { name: 'before_from', value: before(from) },
      { name: 'before_until', value: before(until) },
    ];
    const input: Relation = { kind: 'filter', input: this.rows.relation(), conditions };
    const beside: Relation = { kind: 'project', input, columns };
    const ends = { from: column('before_from', from.type), until: column('before_until', until.type) };
    // A version before is there, and it is valid on the day on which this one begins.
    const overlap = [isThere(ends.from), ...validOn(ends, column('from_1', from.type)).slice(1)];
    return { kind: 'filter', input: beside, conditions: overlap };
  }

  orphanPlan(join: string): Plan {
    const { relation } = this.orphans(join);
    return this.counts({ kind: 'aggregate', input: relation, keys: [], measures: [countOf('orphans')] });
  }

  /** Rows that point somewhere and find nothing there, with what they point with. */
  private orphans(name: string) {
    const join = own(this.table.joins, name);
    const to = own(this.model.tables, join?.to ?? '');
    const [first] = join?.on ?? [];
    const target = first === undefined || to === undefined ? undefined : own(to.columns, first.there);
    if (join === undefined || to === undefined || target === undefined) throw new Error(`no join ${name}`);
    const { type, unit } = target;
    const there: RowExpression = { kind: 'column', joins: [name], table: to.name, column: target.name, type, unit };
    const found = this.rows.scalar(there);
    const pointers = join.on.map(({ here }, index) => ({ name: `key_${index + 1}`, value: this.rows.scalar(here) }));
    const conditions = [...pointers.map(({ value }) => isThere(value)), isNull(found)];
    const relation: Relation = { kind: 'filter', input: this.rows.relation(), conditions };
    return { relation, pointers };
  }

  samplePlan(fault: Fault): Plan {
    switch (fault.kind) {
      case 'duplicates': {
        const keys = this.keys;
        const input: Relation = {
          kind: 'filter',
          input: this.rows.relation(),
          conditions: keys.map(({ value }) => isThere(value)),
        };
        return this.samples(input, keys, [
          call('greater', 'boolean', column('rows', 'integer'), constant('integer', '1')),
        ]);
      }
      case 'undeclared': {
        const isOther = this.isUndeclared(fault.column);
        const keys = [{ name: 'key_1', value: this.rows.named(fault.column) }];
        return this.samples({ kind: 'filter', input: this.rows.relation(), conditions: [isOther] }, keys, []);
      }
      case 'overlaps': {
        const keys = this.keys.map(({ name, value }) => ({ name, value: column(name, value.type) }));
        return this.samples(this.overlaps(), keys, []);
      }
      case 'orphans': {
        const { relation, pointers } = this.orphans(fault.join);
        return this.samples(relation, pointers, []);
      }
    }
  }

  private samples(input: Relation, keys: readonly NamedScalar[], having: readonly Scalar[]): Plan {
    const grouped: Relation = { kind: 'aggregate', input, keys, measures: [countOf('rows')] };
    const chosen: Relation = having.length === 0 ? grouped : { kind: 'filter', input: grouped, conditions: having };
    const by = keys.map(({ name, value }) => ({ column: name, type: value.type, isDescending: false, values: null }));
    const columns = [...keys.map(({ name, value }) => output(name, value.type)), output('rows', 'integer')];
    return this.plan({ kind: 'sort', input: chosen, by, limit: mostSamples }, columns);
  }

  private counts(relation: Extract<Relation, { kind: 'aggregate' }>): Plan {
    return this.plan(
      relation,
      relation.measures.map(({ name, type }) => output(name, type)),
    );
  }

  private plan(relation: Relation, columns: readonly OutputColumn[]): Plan {
    const { timeZone, calendar } = this.clock;
    const now = formatDay(this.now.day);
    const reads = this.reads.all;
    return {
      kind: 'plan',
      relation,
      columns,
      timeZone,
      calendar,
      period: null,
      now,
      partial: [],
      reader: null,
      isFenced: false,
      reads,
    };
  }
}

function output(name: string, type: ExpressionType): OutputColumn {
  return { name, kind: 'metric', type, unit: { kind: 'unspecified' }, isPercent: false };
}
