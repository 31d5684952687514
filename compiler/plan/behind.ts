/** The rows behind a number: a metric and a bound query in, a plan that lists the rows that its measures of one table cover. */
import { formatDay, formatInterval } from '../calendar/index.ts';
import { type Diagnostic, notBuiltYet, severalTables, type Uncertainty } from '../diagnostics/index.ts';
import type { AggregateName, Hidden, Metric, Model, RowExpression } from '../model.ts';
import { own } from '../record.ts';
import {
  type BoundQuery,
  bindOrder,
  isKeptTable,
  mentions,
  nothingHidden,
  rowOperands,
  tableAt,
  visibleModel,
  wholeSpan,
  writtenName,
} from '../resolve/index.ts';
import { OwnAccess } from './access.ts';
import { hullOf } from './cells.ts';
import { Clock } from './clock.ts';
import { FramePlan } from './evaluate.ts';
import { boundsOf, conditionsOf, FactNames, unbounded } from './facts.ts';
import { needsFence } from './fence.ts';
import type { Frame } from './frame.ts';
import { findsVersions, readingOf, readsMoment, shapeOf } from './listed.ts';
import type { NamedScalar, OutputColumn, Plan, Relation } from './plan.ts';
import { Reads } from './reads.ts';
import { closedProblem, timeProblem } from './refuse.ts';
import { Rows } from './rows.ts';
import { every, some } from './scalar.ts';
import type { MeasureUse } from './uses.ts';

export interface BehindResult {
  readonly plan: Plan | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** What is asked of rows and not of groups. */
interface RowsAsked {
  /** Chooses among the tables that the metric reads; null where it reads one only. */
  readonly table: string | null;
  /** By the columns of the rows. */
  readonly order: readonly string[];
}

export function planBehind(model: Model, query: BoundQuery, metric: Metric, { table, order }: RowsAsked): BehindResult {
  const clock = new Clock(model.settings.timeZone, model.settings.calendar);
  const reads = new Reads();
  const access = new OwnAccess(query.principal);
  const { where, now } = query;
  const context = {
    model,
    clock,
    reads,
    access,
    where,
    today: now.day,
    strategy: 'optimised',
    factNames: new FactNames(model),
    smaller: new Map(),
    // Rows are those of whoever asks.
    benchmark: null,
    telling: new Set<AggregateName>(),
    misplaced: new Set<Uncertainty>(),
  } as const;
  const root = new FramePlan(context, query.dimensions, { period: query.period, steps: [] });
  root.metric(metric);
  const all = root.all.flatMap(plan => plan.uses.values);
  // What is kept in the definitions has a table too, whose rows are listed where it is all that is read.
  const read = metric.tables.filter(name => all.some(use => use.measure.table === name));
  const stored = read.filter(name => !isKeptTable(name));
  const tables = stored.length > 0 ? stored : read;
  if (tables.length === 0) {
    const form = 'rows of a metric that reads none in the period are';
    return { plan: null, diagnostics: [notBuiltYet(query.places.metrics, { form })] };
  }
  const asked = read.find(name => isKeptTable(name) && writtenName(name) === table) ?? table;
  const chosen = asked ?? (tables.length === 1 ? tables[0] : undefined);
  const measures = all.filter(use => use.measure.table === chosen);
  const [first, ...others] = measures;
  if (chosen === undefined || first === undefined) {
    const at = table === null ? query.places.metrics : wholeSpan('table', table);
    return { plan: null, diagnostics: [severalTables(at, { metric: metric.name, tables, asked: table })] };
  }
  for (const plan of root.all) {
    const problem = timeProblem(plan, query);
    if (problem !== null) return { plan: null, diagnostics: [problem] };
  }
  const { frame } = root;
  const hidden = query.principal?.role.hides ?? nothingHidden;
  const differing = others.find(use => !isReadAlike(first, use, frame));
  if (differing !== undefined) {
    const text = (use: MeasureUse) => textOf(use, measures, hidden);
    const form = `\`rows\` of \`${text(first)}\` and \`${text(differing)}\`, which are read at different times, are`;
    return { plan: null, diagnostics: [notBuiltYet(query.places.metrics, { form })] };
  }
  const days = isKeptTable(chosen) ? hullOf(measures.map(use => boundsOf(use, frame))) : undefined;
  const rows = new Rows({ ...frame, reading: readingOf(first, null, frame) }, chosen, days);
  const covered = measures.map(use =>
    every(
      conditionsOf(use, shapeOf(use, frame), rows, frame, { keeps: 'all', bounds: unbounded }).flatMap(condition =>
        condition.scalars(),
      ),
    ),
  );
  const columns = columnsOf(chosen, measures, query, model);
  const values: NamedScalar[] = columns.map(({ output, value }) => ({ name: output.name, value: rows.scalar(value) }));
  const flags =
    measures.length < 2
      ? []
      : measures.map((use, index) => ({ name: textOf(use, measures, hidden), value: covered[index] ?? every([]) }));
  const isLimited = covered.some(condition => condition.kind !== 'constant');
  const source = rows.relation();
  const input: Relation = isLimited ? { kind: 'filter', input: source, conditions: [some(covered)] } : source;
  const listed: Relation = { kind: 'project', input, columns: [...values, ...flags] };
  const closed = closedProblem(access, query);
  if (closed !== null) return { plan: null, diagnostics: [closed] };
  const keys = (own(model.tables, chosen)?.key ?? []).map(name => shownName(chosen, name, model));
  const outputs = [...columns.map(({ output }) => output), ...flags.map(({ name }) => flagColumn(name))];
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
  const names = outputs.map(output => output.name);
  const wanted = bindOrder(order, names, report);
  if (diagnostics.length > 0) return { plan: null, diagnostics };
  const rest = keys
    .filter(key => names.includes(key) && !wanted.some(({ column }) => column === key))
    .map(key => ({ column: key, isDescending: false }));
  const types = new Map(outputs.map(({ name, type }) => [name, type]));
  const by = [...wanted, ...rest].map(key => ({
    ...key,
    type: types.get(key.column) ?? ('unknown' as const),
    values: null,
  }));
  const plan: Plan = {
    kind: 'plan',
    relation: { kind: 'sort', input: listed, by, limit: query.limit },
    columns: outputs,
    timeZone: clock.timeZone,
    calendar: model.settings.calendar,
    period: query.period === null ? null : formatInterval(query.period),
    now: formatDay(query.now.day),
    reader: query.principal?.role.name ?? null,
    isFenced: query.principal?.rules != null && needsFence(listed),
    partial: [],
    reads: reads.all,
  };
  return { plan, diagnostics: [] };
}

/** Whether two measures see the same values in a row, also where those depend on when it is read. */
function isReadAlike(a: MeasureUse, b: MeasureUse, frame: Frame): boolean {
  const at = ({ measure, times }: MeasureUse) => JSON.stringify([measure.time, measure.lifespan, times]);
  return at(a) === at(b) || [a, b].every(use => !readsMoment(use, frame) && !findsVersions(use, frame));
}

function flagColumn(name: string): OutputColumn {
  return { name, kind: 'metric', type: 'boolean', unit: { kind: 'unspecified' }, isPercent: false };
}

/** The key, the asked dimensions, and every column that the measures read, each once. */
function columnsOf(table: string, measures: readonly MeasureUse[], query: BoundQuery, model: Model) {
  const found = new Map<string, { readonly output: OutputColumn; readonly value: RowExpression }>();
  const add = (name: string, value: RowExpression) => {
    if (found.has(name) || value.kind === 'error' || isHidden(value, table, query, model)) return;
    if (isPrivate(value, model)) return;
    found.set(name, {
      output: { name, kind: 'dimension', type: value.type, unit: value.unit, isPercent: false },
      value,
    });
  };
  const addColumn = (name: string) => {
    const column = own(own(model.tables, table)?.columns ?? {}, name);
    if (column !== undefined)
      add(shownName(table, name, model), {
        ...{ kind: 'column', joins: [], table, column: name },
        ...{ type: column.type, unit: column.unit },
      });
  };
  for (const key of own(model.tables, table)?.key ?? []) addColumn(key);
  for (const dimension of query.dimensions) {
    const value = dimension.byTable[table];
    if (value !== undefined) add(dimension.name, value);
  }
  if (isKeptTable(table)) {
    Object.keys(own(model.tables, table)?.columns ?? {}).forEach(addColumn);
    return [...found.values()];
  }
  const visit = (expression: RowExpression): void => {
    if (expression.kind === 'column') add([...expression.joins, expression.column].join('.'), expression);
    rowOperands(expression).forEach(visit);
  };
  for (const { measure, conditions } of measures) {
    const keys = measure.followedBy?.by.map(({ here }) => here) ?? [];
    const times = measure.time === null ? [] : [measure.time];
    for (const expression of [...times, ...measure.arguments, ...conditions, ...keys]) visit(expression);
  }
  return [...found.values()];
}

/** Columns of what is kept in the definitions have names that no formula can say, and others in SQL. */
function shownName(table: string, name: string, { tables }: Model): string {
  const source = own(own(tables, table)?.columns ?? {}, name)?.source;
  return isKeptTable(table) && source?.kind === 'stored' ? source.physical : name;
}

/** Private columns may stand in formulas, and are shown to nobody; periods and targets are no columns of anybody's. */
function isPrivate(value: RowExpression, { tables }: Model): boolean {
  if (value.kind !== 'column' || isKept(value, tables)) return false;
  return own(own(tables, value.table)?.columns ?? {}, value.column)?.isPrivate === true;
}

/** Whether a column, or a join on the way to it, is none for whoever asks. */
function isHidden(value: RowExpression, table: string, { principal }: BoundQuery, model: Model): boolean {
  const { tables } = model;
  const hidden = principal?.role.hides ?? nothingHidden;
  if (value.kind !== 'column' || isKept(value, tables)) return false;
  const isOnTheWay = value.joins.some((join, index) =>
    hidden.joins.includes(`${tableAt(tables, table, value.joins.slice(0, index))}.${join}`),
  );
  if (isOnTheWay || hidden.columns.includes(`${value.table}.${value.column}`)) return true;
  // By what targets are kept is known as far as any of its names is.
  return isKeptTable(value.table) && !isStandIn(value, visibleModel(model, hidden).tables);
}

type ColumnExpression = Extract<RowExpression, { kind: 'column' }>;

/** A period, a target or a frozen value. */
function isKept(value: ColumnExpression, tables: Model['tables']): boolean {
  return isKeptTable(value.table) && !isStandIn(value, tables);
}

function isStandIn({ table, column }: ColumnExpression, tables: Model['tables']): boolean {
  return Object.values(own(tables, table)?.standIns ?? {}).some(standIn => standIn.column === column);
}

/** A measure as it is written, or by its place where that names what is hidden. */
function textOf(use: MeasureUse, measures: readonly MeasureUse[], hidden: Hidden): string {
  const { text } = use.measure;
  return mentions(text, hidden) ? `measure ${measures.indexOf(use) + 1}` : text;
}
