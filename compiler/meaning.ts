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
  RowCall,
  RowExpression,
  RowRule,
  Step,
  Table,
  TimeWindow,
  TotalScope,
  Version,
} from './model.ts';
import { own } from './record.ts';

/** Null, truth, text and lists of such: what JSON writes in one way alone. */
type Meaning = string | number | boolean | null | readonly Meaning[];

/** A short text in place of a long one: a hash. What is given by name often is written once, not wherever it is named. */
export type Digest = (text: string) => string;

/** What the metrics of one model mean, by name; of a name that is no metric, the empty text. */
export function meaningsOf(model: Model, digest: Digest): (name: string) => string {
  const reader = new Reader(model, digest);
  const { timeZone, calendar } = model.settings;
  const time = [timeZone, calendar.weekStarts, calendar.fiscalYearStarts];
  return name => (own(model.metrics, name) === undefined ? '' : JSON.stringify([reader.named(name, nowhere), ...time]));
}

/** The same where only metrics of this model are held against each other: no hash is needed to tell texts apart. */
export function meaningsWithin(model: Model): (name: string) => string {
  const numbers = new Map<string, string>();
  return meaningsOf(model, text => {
    const number = numbers.get(text) ?? `#${numbers.size}`;
    numbers.set(text, number);
    return number;
  });
}

/** What the values of a column are, where it is asked for or grouped by; of one that there is not, the empty text. */
export function columnMeanings(model: Model, digest: Digest): (table: string, column: string) => string {
  const reader = new Reader(model, digest);
  return (table, column) => {
    const isThere = own(own(model.tables, table)?.columns ?? {}, column) !== undefined;
    return isThere ? JSON.stringify(reader.ofColumn(table, column)) : '';
  };
}

/** What a condition on the rows of several tables means, by what these tables are. */
export function ruleMeanings(model: Model, digest: Digest): (rule: RowRule) => ReadonlyMap<string, string> {
  const reader = new Reader(model, digest);
  return ({ byTable }) => new Map(Object.entries(byTable).map(([table, rule]) => reader.ofRule(table, rule)));
}

/** Conditions that have been pushed into the measures of an expression, and what they mean. */
interface Pushed {
  readonly conditions: readonly Readonly<Record<string, RowExpression>>[];
  readonly meaning: readonly Meaning[];
}
const nowhere: Pushed = { conditions: [], meaning: [] };

/** Longer texts are shortened: a name is as good as what it stands for, so both come to the same. */
const longestWritten = 120;

/** Conditions are pushed into so many metrics at most; definitions that double and double would have no end. */
const mostPushed = 500;

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

/** These are the same the other way around. */
const mirrored: Readonly<Partial<Record<FunctionName, FunctionName>>> = {
  greater: 'less',
  greater_or_equal: 'less_or_equal',
};

class Reader {
  /** Columns and tables that are being read, so that what leads back to itself ends. */
  private readonly open = new Set<string>();
  private readonly known = new Map<string, Meaning>();
  /** How often something led back to itself: what was read meanwhile is not known of others. */
  private returns = 0;
  private pushes = 0;

  constructor(
    private readonly model: Model,
    private readonly digest: Digest,
  ) {}

  ofColumn(table: string, column: string): Meaning {
    return this.column([], table, column);
  }

  ofRule(table: string, rule: RowExpression): readonly [string, string] {
    return [JSON.stringify(this.table(table)), JSON.stringify(this.row(rule, table))];
  }

  named(name: string, pushed: Pushed): Meaning {
    const metric = own(this.model.metrics, name);
    if (metric === undefined) return ['unknown', name];
    if (this.pushes > mostPushed && pushed !== nowhere) return ['filtered', pushed.meaning, this.named(name, nowhere)];
    return this.once(`${name} ${JSON.stringify(pushed.meaning)}`, () => {
      const before = this.pushes;
      // What it means by itself depends on nothing that was read before it.
      this.pushes = pushed === nowhere ? 0 : before + 1;
      const meaning = this.metric(metric.expression, pushed);
      if (pushed === nowhere) this.pushes = before;
      return metric.empty === null ? meaning : ['empty', metric.empty, meaning];
    });
  }

  private metric(expression: MetricExpression, pushed: Pushed): Meaning {
    return this.short(this.metricInFull(expression, pushed));
  }

  private short(meaning: Meaning): Meaning {
    const text = JSON.stringify(meaning);
    return text.length > longestWritten ? this.digest(text) : meaning;
  }

  private metricInFull(expression: MetricExpression, pushed: Pushed): Meaning {
    const inner = (operand: MetricExpression) => this.metric(operand, pushed);
    switch (expression.kind) {
      case 'literal':
        return this.literal(expression);
      case 'moment':
        return ['moment', expression.name];
      case 'days':
        return ['days', expression.of, expression.grain, expression.pace, this.daysOff(expression.pace)];
      case 'metric':
        return this.named(expression.name, pushed);
      case 'measure':
        return this.measure(expression, pushed);
      case 'filtered':
        return this.metric(expression.operand, this.push(expression.conditions, pushed));
      case 'windowed':
        return ['windowed', this.window(expression.window), inner(expression.operand)];
      case 'nested': {
        const { aggregate, having, per } = expression;
        const parts = expression.arguments.map(inner);
        const cuts = sorted(per.map(each => this.per(each)));
        return ['nested', aggregate, parts, cuts, having === null ? null : inner(having), sorted(pushed.meaning)];
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

  private measure(measure: Measure, pushed: Pushed): Meaning {
    const { table, aggregate, time, isDated, lifespan, followedBy } = measure;
    const row = (expression: RowExpression) => this.row(expression, table);
    const conditions = [measure.where, ...pushed.conditions.map(each => own(each, table) ?? null)].flatMap(
      each => each ?? [],
    );
    return [
      'measure',
      this.table(table),
      aggregate,
      measure.arguments.map(row),
      distinct(conditions.flatMap(conjuncts).map(row)),
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
    return [this.table(table), distinct(conditions), there(time), sorted(keys), JSON.stringify(within)];
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

  private push(added: Pushed['conditions'][number], { conditions, meaning }: Pushed): Pushed {
    const tables = Object.entries(added).map(([table, condition]) => [this.table(table), this.row(condition, table)]);
    return { conditions: [...conditions, added], meaning: [...meaning, this.short(sorted(tables))] };
  }

  /** A goal and a baseline are what they say, whatever they are called. */
  private window(window: TimeWindow): Meaning {
    switch (window.kind) {
      case 'prior':
        return ['prior', stepText(window.step), window.isLikeForLike];
      case 'to_date':
        return ['to_date', window.grain];
      case 'rolling':
        return ['rolling', stepText(window.step)];
      case 'running':
      case 'opening':
        return [window.kind];
      case 'goal': {
        const { extent, grain, from, until } = window;
        const goal = own(this.model.goals, window.goal);
        const by = goal === undefined ? [] : goal.by.map(each => this.dimension(each));
        return [...['goal', extent, grain, from, until], goal?.target.kind ?? null, goal?.rollup ?? null, sorted(by)];
      }
      case 'frozen': {
        const { from, until, grain, isAnyLength, reads } = window;
        return ['frozen', from, until, grain, isAnyLength, reads];
      }
    }
  }

  private row(expression: RowExpression, base: string): Meaning {
    return this.short(this.rowInFull(expression, base));
  }

  private rowInFull(expression: RowExpression, base: string): Meaning {
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
        return this.rowCall(expression, inner);
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
    const meaning = this.once(`column ${table}.${name}`, () => this.row(formula, table));
    return path.length === 0 ? meaning : ['behind', path, meaning];
  }

  private once(key: string, read: () => Meaning): Meaning {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    if (this.open.has(key)) {
      this.returns += 1;
      return ['itself'];
    }
    const before = this.returns;
    this.open.add(key);
    const meaning = read();
    this.open.delete(key);
    if (this.returns === before) this.known.set(key, meaning);
    return meaning;
  }

  /** What puts the rows of a table in order. */
  private order(table: string): Meaning {
    const time = own(this.model.tables, table)?.time ?? null;
    return time === null ? null : this.once(`order ${table}`, () => this.row(time, table));
  }

  private version(version: Version | null, table: string): Meaning {
    if (version === null) return null;
    return version.kind === 'date' ? ['date', this.row(version.date, table)] : [version.kind];
  }

  /** What stands between `and` and `and` may stand in any brackets, in any order, and any number of times. */
  private rowCall(expression: RowCall, inner: (operand: RowExpression) => Meaning): Meaning {
    const { function: name } = expression;
    if (name !== 'and' && name !== 'or') return this.call(name, expression.arguments.map(inner));
    const parts = distinct(joinedBy(name, expression).map(inner));
    return parts.length === 1 ? (parts[0] ?? null) : [name, parts];
  }

  private call(name: FunctionName, operands: readonly Meaning[]): Meaning {
    const mirror = mirrored[name];
    if (mirror !== undefined) return [mirror, operands.toReversed()];
    switch (name) {
      case 'working_days':
        return [name, operands, this.daysOff(name)];
      case 'in': {
        const [value = null, ...options] = operands;
        return [name, value, sorted(options)];
      }
      default:
        return [name, commutative.has(name) ? sorted(operands) : operands];
    }
  }

  private daysOff(counts: 'linear' | 'working_days'): Meaning {
    return counts === 'linear' ? null : this.short(distinct(this.model.settings.calendar.holidays));
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
    return this.short([
      sourceText(table),
      keys,
      valid === null ? null : this.once(`valid ${name}`, () => this.lifespan(valid, name)),
    ]);
  }
}

function stepText(step: Step | null): string | null {
  return step === null ? null : `${step.amount} ${step.unit}`;
}

function sourceText({ source }: Table): string {
  switch (source.kind) {
    case 'relation':
      return JSON.stringify(source.path);
    case 'file':
      return JSON.stringify([source.path, source.relation, source.format, source.csv]);
    case 'sql':
      return source.text.trim();
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
  return joinedBy('and', condition);
}

function joinedBy(name: 'and' | 'or', condition: RowExpression): readonly RowExpression[] {
  return condition.kind === 'call' && condition.function === name
    ? condition.arguments.flatMap(each => joinedBy(name, each))
    : [condition];
}

/** Those that are said twice count once. */
function distinct(meanings: readonly Meaning[]): readonly Meaning[] {
  return sorted(meanings).filter((each, index, all) => JSON.stringify(each) !== JSON.stringify(all[index - 1]));
}

function sorted(meanings: readonly Meaning[]): readonly Meaning[] {
  const texts = meanings.map(meaning => [JSON.stringify(meaning), meaning] as const);
  return texts.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, meaning]) => meaning);
}
