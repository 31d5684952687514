/**
 * Lineage: a metric of the Model in, every definition that it stands on out, each with what it says in one line. What it comes to
 * is the business of `meaning.ts`; this tells people where a change came from.
 */
import { parseFormula, printFormula } from './formula/index.ts';
import type {
  Column,
  Destination,
  Dimension,
  Goal,
  Join,
  Lifespan,
  Measure,
  Metric,
  MetricExpression,
  Model,
  RowExpression,
  Table,
  TotalScope,
} from './model.ts';
import { own } from './record.ts';
import { isKeptTable, operandsOf, writtenName } from './resolve/index.ts';
import type { Span } from './source.ts';

/** A definition, by the path at which it stands: `metrics.won_revenue`, `tables.deals.columns.is_won`, `calendar`. */
export interface Definition {
  readonly path: string;
  /** What it says, in one line. */
  readonly text: string;
  /** Null for what a project says of itself. */
  readonly at: Span | null;
}

/** What a metric stands on, by path, itself among it. */
export type Lineage = (metric: string) => ReadonlyMap<string, Definition>;

export function lineageOf(model: Model): Lineage {
  const known = new Map<string, Definition>();
  return metric => {
    const walk = new Walk(model, known);
    walk.named(metric);
    return walk.found;
  };
}

/** A formula in its one spelling. */
function formulaText(formula: string): string {
  const locate = () => ({ file: '', start: 0, end: 0 });
  return printFormula(parseFormula(formula.trim(), locate, () => {}));
}

/** A metric as it is written: its formula, and what else decides about its value. */
export function metricText({ formula, expression, empty }: Metric, model: Model): string {
  const text = formulaText(formula);
  const axes = new Set(ownMeasures(expression).flatMap(measure => otherAxis(measure, model) ?? []));
  const unsaid = [...axes].filter(axis => !text.includes(` at ${axis}`));
  return [text, ...unsaid.map(axis => `time: ${axis}`), ...(empty === null ? [] : [`empty: ${empty}`])].join(', ');
}

/** A goal as it is written, in the order in which people say it. */
export function goalText({ metric, grain, by, target, rollup, pace, status, from, until }: Goal): string {
  const parts = [
    `${metric} per ${[grain, ...by.map(({ name }) => name)].join(', ')}: ${targetText(target)}`,
    rollup === null ? null : `rollup ${rollup}`,
    `pace ${pace}`,
    `on track from ${status.onTrack}, at risk from ${status.atRisk}`,
    from === null ? null : `from ${from}`,
    until === null ? null : `until ${until}`,
  ];
  return parts.filter(part => part !== null).join('; ');
}

const mostValues = 12;

function targetText(target: Goal['target']): string {
  switch (target.kind) {
    case 'number':
      return target.value;
    case 'formula':
      return formulaText(target.text);
    case 'values': {
      const shown = target.values
        .slice(0, mostValues)
        .map(({ from, group, value }) => `${[from, ...group].join(' ')} ${value}`);
      const others = target.values.length - shown.length;
      return `${shown.join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
    }
  }
}

class Walk {
  readonly found = new Map<string, Definition>();

  /** `known` are those that other metrics stand on: what one says is written once. */
  constructor(
    private readonly model: Model,
    private readonly known: Map<string, Definition>,
  ) {}

  /** Metrics of goals and baselines stand for them. */
  named(name: string): void {
    const metric = own(this.model.metrics, name);
    if (metric === undefined) return;
    const [whole = name] = name.split('.');
    const goal = own(this.model.goals, whole);
    const baseline = own(this.model.baselines, whole);
    const isNew =
      goal !== undefined
        ? this.add(`goals.${whole}`, () => goalText(goal), goal.at)
        : baseline !== undefined
          ? this.add(`baselines.${whole}`, () => `${baseline.metric} over ${baseline.period}`, baseline.at)
          : this.add(`metrics.${name}`, () => metricText(metric, this.model), metric.at);
    if (goal !== undefined || baseline !== undefined) {
      if (this.seen.has(name)) return;
      this.seen.add(name);
    } else if (!isNew) return;
    this.metric(metric.expression);
  }

  private readonly seen = new Set<string>();

  private add(path: string, text: () => string, at: Span | null): boolean {
    if (this.found.has(path)) return false;
    const definition = this.known.get(path) ?? definitionOf(path, text, at);
    this.known.set(path, definition);
    this.found.set(path, definition);
    return true;
  }

  private metric(expression: MetricExpression): void {
    switch (expression.kind) {
      case 'metric':
        this.named(expression.name);
        break;
      case 'measure':
        this.measure(expression);
        break;
      case 'filtered':
        for (const [table, condition] of Object.entries(expression.conditions)) this.row(condition, table);
        break;
      case 'nested':
        for (const per of expression.per) if (per.kind === 'dimension') this.dimension(per.dimension);
        break;
      case 'total':
      case 'rank':
        this.scope(expression.scope);
        break;
      case 'days':
        if (expression.pace === 'working_days') this.calendar();
        break;
      case 'windowed':
      case 'truncate':
        this.calendar();
        break;
      case 'moment':
      case 'literal':
      case 'call':
      case 'error':
        break;
    }
    for (const operand of operandsOf(expression)) this.metric(operand);
  }

  private measure({ table, arguments: taken, where, time, lifespan, followedBy }: Measure): void {
    this.table(table);
    for (const each of [...taken, where, time]) if (each !== null) this.row(each, table);
    if (lifespan !== null) this.lifespan(lifespan, table);
    if (followedBy === null) return;
    this.table(followedBy.table);
    for (const each of [followedBy.where, followedBy.time]) if (each !== null) this.row(each, followedBy.table);
    for (const { here, there } of followedBy.by) {
      this.row(here, table);
      this.row(there, followedBy.table);
    }
  }

  private lifespan(lifespan: Lifespan, table: string): void {
    const named = Object.entries(own(this.model.tables, table)?.lifespans ?? {});
    const [name] = named.find(([, each]) => each === lifespan) ?? [];
    if (name !== undefined)
      this.add(
        `tables.${table}.lifespans.${name}`,
        () => spanText(lifespan),
        own(this.model.tables, table)?.at ?? null,
      );
    this.row(lifespan.from, table);
    this.row(lifespan.until, table);
  }

  private scope(scope: TotalScope | null): void {
    for (const dimension of scope?.dimensions ?? []) this.dimension(dimension);
  }

  private dimension({ byTable, destinations }: Dimension): void {
    for (const [table, value] of Object.entries(byTable)) this.row(value, table);
    for (const destination of Object.values(destinations)) this.ends(destination);
  }

  private ends(destination: Destination): void {
    this.table(destination.table);
  }

  private row(expression: RowExpression, base: string): void {
    switch (expression.kind) {
      case 'column':
        this.column(expression.joins, base, expression.column);
        break;
      case 'call':
        if (expression.function === 'working_days') this.calendar();
        for (const operand of expression.arguments) this.row(operand, base);
        break;
      case 'truncate':
        this.calendar();
        this.row(expression.operand, base);
        break;
      case 'rollup': {
        const { table, join, arguments: taken, where } = expression;
        this.table(table);
        this.join(table, join);
        for (const each of [...taken, where]) if (each !== null) this.row(each, table);
        break;
      }
      case 'previous':
        for (const each of [expression.operand, ...expression.per]) this.row(each, base);
        break;
      case 'convert': {
        const { rates } = this.model.settings;
        for (const each of [expression.amount, expression.from, expression.at]) this.row(each, base);
        if (rates !== null) {
          this.add('rates', () => `${rates.rate} of ${rates.table}`, null);
          this.table(rates.table);
        }
        break;
      }
      case 'literal':
      case 'moment':
      case 'attribute':
      case 'error':
        break;
    }
  }

  private column(joins: readonly string[], base: string, name: string): void {
    let at = base;
    for (const step of joins) at = this.join(at, step);
    const column = own(own(this.model.tables, at)?.columns ?? {}, name);
    if (column === undefined || isKeptTable(at)) return;
    const { source } = column;
    const isNew = this.add(`tables.${at}.columns.${name}`, () => columnText(column), column.at);
    if (isNew && source.kind === 'computed') this.row(source.formula, at);
  }

  /** Where the join leads to. */
  private join(table: string, name: string): string {
    const join = own(own(this.model.tables, table)?.joins ?? {}, name);
    if (join === undefined) return table;
    const { on, to, version } = join;
    if (this.add(`tables.${table}.joins.${name}`, () => joinText(join), join.at)) {
      for (const { here } of on) this.row(here, table);
      if (version?.kind === 'date') this.row(version.date, table);
      this.table(to);
    }
    return to;
  }

  private table(name: string): void {
    const table = own(this.model.tables, name);
    if (table === undefined) return;
    // What is kept in the definitions is a part of its goal or baseline.
    if (isKeptTable(name)) {
      const goal = own(this.model.goals, writtenName(name));
      if (goal !== undefined) this.add(`goals.${goal.name}`, () => goalText(goal), goal.at);
      return;
    }
    if (!this.add(`tables.${name}`, () => tableText(table), table.at)) return;
    if (table.time !== null) this.row(table.time, name);
    if (table.valid !== null) this.lifespan(table.valid, name);
  }

  private calendar(): void {
    const { weekStarts, fiscalYearStarts, holidays } = this.model.settings.calendar;
    const text = `weeks from day ${weekStarts}, fiscal years from month ${fiscalYearStarts}, ${holidays.length} holidays`;
    this.add('calendar', () => text, null);
    this.add('time_zone', () => this.model.settings.timeZone, null);
  }
}

export function columnText({ name, source, type }: Column): string {
  if (source.kind === 'computed') return formulaText(source.text);
  return source.physical === name ? type : `${type} from ${source.physical}`;
}

export function joinText({ on, to, version }: Join): string {
  const keys = on.map(({ here, there }) => `${rowText(here)} = ${there}`).join(' and ');
  const valid = version === null ? '' : `, as of ${version.kind === 'date' ? rowText(version.date) : version.kind}`;
  return `${to} on ${keys}${valid}`;
}

export function tableText({ source, key, time, valid }: Table): string {
  const keys = `key ${key.join(', ')}`;
  const axis = time === null ? [] : [`time ${rowText(time)}`];
  return [sourceText(source), keys, ...axis, ...(valid === null ? [] : [`valid ${spanText(valid)}`])].join('; ');
}

function sourceText(source: Table['source']): string {
  switch (source.kind) {
    case 'relation':
      return source.path.join('.');
    case 'file': {
      const { delimiter, dateFormat, nulls, dropExtraFields } = source.csv;
      const read = [
        delimiter === null ? null : `delimiter ${delimiter}`,
        dateFormat === null ? null : `dates ${dateFormat}`,
        nulls.length === 0 ? null : `nulls ${nulls.join(' ')}`,
        dropExtraFields ? 'extra fields dropped' : null,
      ].filter(part => part !== null);
      return [source.path, ...read].join(', ');
    }
    case 'sql':
      return source.text.trim().replace(/\s+/g, ' ');
    case 'written':
    case 'repeated':
      return 'kept in the definitions';
  }
}

function spanText({ from, until }: Lifespan): string {
  return `from ${rowText(from)} until ${rowText(until)}`;
}

function rowText(expression: RowExpression): string {
  return expression.kind === 'column' ? [...expression.joins, expression.column].join('.') : 'a formula';
}

/** Most are only counted, so what one says is written when it is asked for. */
function definitionOf(path: string, write: () => string, at: Span | null): Definition {
  let written: string | null = null;
  return {
    path,
    at,
    get text() {
      written ??= write();
      return written;
    },
  };
}

/** Measures of an expression itself, without those of the metrics that it names. */
function ownMeasures(expression: MetricExpression): readonly Measure[] {
  return expression.kind === 'measure' ? [expression] : operandsOf(expression).flatMap(ownMeasures);
}

/** The time axis of a measure, where it is another than its table's. */
function otherAxis({ time, table, isDated }: Measure, model: Model): string | null {
  const usual = own(model.tables, table)?.time ?? null;
  const isUsual = JSON.stringify(time) === JSON.stringify(usual);
  return time === null || (isUsual && !isDated) ? null : rowText(time);
}
