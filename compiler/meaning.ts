/**
 * Meaning: a metric of the Model in, a text out that is the same as long as the metric computes the same. Names, labels, places
 * and the order of what may stand in any order are no part of it; columns are what the warehouse calls them, and computed
 * columns and other metrics are what they compute.
 */
import type {
  Destination,
  Dimension,
  Following,
  FunctionName,
  Lifespan,
  Measure,
  MetricExpression,
  Model,
  Per,
  RowExpression,
  Table,
  TotalScope,
  Version,
} from './model.ts';
import { own } from './record.ts';

/** Null, truth, text and lists of such: what JSON writes in one way alone. */
type Meaning = string | number | boolean | null | readonly Meaning[];

/** The meaning of a metric; of a name that is no metric, the empty text. */
export function meaningOf(model: Model, name: string): string {
  const metric = own(model.metrics, name);
  if (metric === undefined) return '';
  const reader = new Reader(model);
  const meaning = reader.named(name, noConditions);
  const { timeZone, calendar } = model.settings;
  const { holidays, ...weeks } = calendar;
  const days = reader.readsWorkingDays ? [...holidays].sort() : [];
  return JSON.stringify([meaning, timeZone, JSON.stringify(weeks), days]);
}

/** Conditions that have been pushed into the measures of an expression. */
type Conditions = readonly Readonly<Record<string, RowExpression>>[];
const noConditions: Conditions = [];

/** Operands of these may stand in any order. */
const commutative: ReadonlySet<FunctionName> = new Set([
  'and',
  'or',
  'add',
  'multiply',
  'equal',
  'unequal',
  'greatest',
  'least',
]);

class Reader {
  readsWorkingDays = false;
  /** Columns and tables that are being read, so that what leads back to itself ends. */
  private readonly open = new Set<string>();

  constructor(private readonly model: Model) {}

  named(name: string, pushed: Conditions): Meaning {
    const metric = own(this.model.metrics, name);
    if (metric === undefined) return ['unknown', name];
    const meaning = this.metric(metric.expression, pushed);
    return metric.empty === null ? meaning : ['empty', metric.empty, meaning];
  }

  private metric(expression: MetricExpression, pushed: Conditions): Meaning {
    const inner = (operand: MetricExpression) => this.metric(operand, pushed);
    switch (expression.kind) {
      case 'literal':
        return this.literal(expression);
      case 'moment':
        return ['moment', expression.name];
      case 'days':
        return ['days', expression.of, expression.grain, expression.pace];
      case 'metric':
        return this.named(expression.name, pushed);
      case 'measure':
        return this.measure(expression, pushed);
      case 'filtered':
        return this.metric(expression.operand, [...pushed, expression.conditions]);
      case 'windowed':
        return ['windowed', JSON.stringify(expression.window), inner(expression.operand)];
      case 'nested': {
        const { aggregate, having, per } = expression;
        const parts = expression.arguments.map(inner);
        const cuts = sorted(per.map(each => this.per(each)));
        return ['nested', aggregate, parts, cuts, having === null ? null : inner(having), this.conditions(pushed)];
      }
      case 'total':
      case 'rank':
        return [expression.kind, inner(expression.operand), this.scope(expression.scope)];
      case 'truncate':
        return ['truncate', expression.grain, inner(expression.operand)];
      case 'call':
        return this.call(expression.function, expression.arguments.map(inner));
      case 'error':
        return ['error'];
    }
  }

  private measure(measure: Measure, pushed: Conditions): Meaning {
    const { table, aggregate, time, isDated, lifespan, followedBy } = measure;
    const row = (expression: RowExpression) => this.row(expression, table);
    const conditions = [measure.where, ...pushed.map(each => own(each, table) ?? null)].flatMap(each => each ?? []);
    return [
      'measure',
      this.table(table),
      aggregate,
      measure.arguments.map(row),
      sorted(conditions.flatMap(conjuncts).map(row)),
      time === null ? null : row(time),
      isDated,
      lifespan === null ? null : this.lifespan(lifespan, table),
      followedBy === null ? null : this.following(followedBy, table),
      aggregate === 'first' || aggregate === 'last' ? this.order(table) : null,
    ];
  }

  private following({ table, where, time, by, within }: Following, here: string): Meaning {
    const there = (expression: RowExpression) => this.row(expression, table);
    const keys = by.map(pair => [this.row(pair.here, here), there(pair.there)]);
    const conditions = where === null ? [] : conjuncts(where).map(there);
    return [this.table(table), sorted(conditions), there(time), sorted(keys), JSON.stringify(within)];
  }

  private lifespan({ from, until }: Lifespan, table: string): Meaning {
    return [this.row(from, table), this.row(until, table)];
  }

  private per(per: Per): Meaning {
    return per.kind === 'grain' ? ['grain', per.grain, per.isEvery] : [this.dimension(per.dimension), per.isEvery];
  }

  private scope(scope: TotalScope | null): Meaning {
    if (scope === null) return null;
    const dimensions = scope.dimensions.map(each => this.dimension(each));
    return [scope.kind, sorted(dimensions), [...scope.times].sort()];
  }

  private dimension({ byTable, destinations }: Dimension): Meaning {
    const tables = Object.keys(byTable).sort();
    return tables.map(table => {
      const value = own(byTable, table);
      return [value === undefined ? null : this.row(value, table), this.ends(own(destinations, table))];
    });
  }

  /** The table whose members a dimension names. */
  private ends(destination: Destination | undefined): Meaning {
    return destination === undefined ? null : [destination.kind, this.table(destination.table)];
  }

  private conditions(pushed: Conditions): Meaning {
    return sorted(
      pushed.map(each =>
        sorted(Object.entries(each).map(([table, condition]) => [this.table(table), this.row(condition, table)])),
      ),
    );
  }

  private row(expression: RowExpression, base: string): Meaning {
    const inner = (operand: RowExpression) => this.row(operand, base);
    switch (expression.kind) {
      case 'literal':
        return this.literal(expression);
      case 'moment':
        return ['moment', expression.name];
      case 'column':
        return this.column(expression.joins, base, expression.column);
      case 'truncate':
        return ['truncate', expression.grain, inner(expression.operand)];
      case 'call':
        return this.call(expression.function, expression.arguments.map(inner));
      case 'rollup': {
        const { table, join, aggregate, where } = expression;
        const there = (operand: RowExpression) => this.row(operand, table);
        const conditions = where === null ? [] : conjuncts(where).map(there);
        const pointing = own(own(this.model.tables, table)?.joins ?? {}, join)?.on ?? [];
        const keys = pointing.map(pair => [there(pair.here), this.column([], base, pair.there)]);
        return [
          'rollup',
          this.table(table),
          sorted(keys),
          aggregate,
          expression.arguments.map(there),
          sorted(conditions),
        ];
      }
      case 'previous':
        return ['previous', this.order(expression.table), inner(expression.operand), sorted(expression.per.map(inner))];
      case 'convert': {
        const { rates } = this.model.settings;
        const { amount, from, to, at } = expression;
        const columns = rates === null ? [] : [rates.from, rates.to, rates.rate, rates.on];
        const table =
          rates === null ? null : [this.table(rates.table), columns.map(name => this.column([], rates.table, name))];
        return ['convert', inner(amount), inner(from), to, inner(at), table];
      }
      case 'attribute':
        return ['attribute', expression.name];
      case 'error':
        return ['error'];
    }
  }

  /** A column over joins, as the warehouse has it; a computed one is what it computes at the end of them. */
  private column(joins: readonly string[], base: string, name: string): Meaning {
    const path: Meaning[] = [];
    let at = own(this.model.tables, base);
    for (const step of joins) {
      const join = own(at?.joins ?? {}, step);
      if (at === undefined || join === undefined) return ['unknown', ...joins, name];
      const here = at.name;
      const keys = join.on.map(pair => [this.row(pair.here, here), this.column([], join.to, pair.there)]);
      path.push([this.table(join.to), sorted(keys), this.version(join.version, here)]);
      at = own(this.model.tables, join.to);
    }
    const column = own(at?.columns ?? {}, name);
    if (at === undefined || column === undefined) return ['unknown', ...joins, name];
    if (column.source.kind === 'stored') return ['column', path, column.source.physical, column.type];
    const { formula } = column.source;
    const { name: table } = at;
    const meaning = this.once(`${table}.${name}`, () => this.row(formula, table));
    return path.length === 0 ? meaning : ['behind', path, meaning];
  }

  private once(key: string, read: () => Meaning): Meaning {
    if (this.open.has(key)) return ['itself'];
    this.open.add(key);
    const meaning = read();
    this.open.delete(key);
    return meaning;
  }

  /** What puts the rows of a table in order. */
  private order(table: string): Meaning {
    const time = own(this.model.tables, table)?.time ?? null;
    return time === null ? null : this.once(`${table} in order`, () => this.row(time, table));
  }

  private version(version: Version | null, table: string): Meaning {
    if (version === null) return null;
    return version.kind === 'date' ? ['date', this.row(version.date, table)] : [version.kind];
  }

  private call(name: FunctionName, operands: readonly Meaning[]): Meaning {
    if (name === 'working_days') this.readsWorkingDays = true;
    if (name === 'in') {
      const [value = null, ...options] = operands;
      return ['in', value, sorted(options)];
    }
    return [name, commutative.has(name) ? sorted(operands) : operands];
  }

  private literal({ type, value, unit }: Extract<RowExpression, { kind: 'literal' }>): Meaning {
    return type === 'duration' ? ['literal', type, value, JSON.stringify(unit)] : ['literal', type, value];
  }

  /** Where rows come from, and which of them count. */
  private table(name: string): Meaning {
    const table = own(this.model.tables, name);
    if (table === undefined) return ['unknown', name];
    const { valid, key } = table;
    const keys = key.map(column => physicalName(table, column));
    if (valid === null) return [sourceText(table), keys];
    return [sourceText(table), keys, this.once(`${name} valid`, () => this.lifespan(valid, name))];
  }
}

function sourceText({ source }: Table): string {
  switch (source.kind) {
    case 'relation':
      return source.path.join('.');
    case 'file':
      return source.path;
    case 'sql':
      return source.text;
    case 'written':
    case 'repeated':
      return JSON.stringify(source);
  }
}

function physicalName(table: Table, column: string): string {
  const source = own(table.columns, column)?.source;
  return source?.kind === 'stored' ? source.physical : column;
}

function conjuncts(condition: RowExpression): readonly RowExpression[] {
  return condition.kind === 'call' && condition.function === 'and'
    ? condition.arguments.flatMap(conjuncts)
    : [condition];
}

function sorted(meanings: readonly Meaning[]): readonly Meaning[] {
  const texts = meanings.map(meaning => [JSON.stringify(meaning), meaning] as const);
  return texts.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, meaning]) => meaning);
}
