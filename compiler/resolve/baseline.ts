/** A baseline: its declaration and what was frozen of it in, the `Baseline`, its metrics and the table of its values out. */
import { dayAfter, formatDay, isGrain, lengthOf, parseDay } from '../calendar/index.ts';
import {
  badBaseline,
  didYouMean,
  nearest,
  notFrozen,
  type Report,
  unfrozenYet,
  unknownName,
} from '../diagnostics/index.ts';
import { type BaselineDeclaration, type Freeze, type FrozenPart, spanOf, spanWithin } from '../document/index.ts';
import { type At, parseFormula } from '../formula/index.ts';
import {
  type Baseline,
  type BaselinePart,
  type Dimension,
  type FrozenWindow,
  type Measure,
  type Metric,
  type MetricExpression,
  type Table,
  type Type,
  type Unit,
  unspecified,
} from '../model.ts';
import { own } from '../record.ts';
import type { Span } from '../source.ts';
import { derived } from './derived.ts';
import { bindDimension } from './dimension.ts';
import { bucketColumn, keptTable, reference, valueColumn } from './kepttable.ts';
import { isNumber, typeText } from './meeting.ts';
import { type Parts, partsOf } from './parts.ts';
import { tableOfBaseline } from './paths.ts';
import type { Scope } from './scope.ts';

export interface BaselineContext {
  readonly scope: Scope;
  readonly metric: (name: string, user: Span | null) => Metric | null | undefined;
  readonly metricNames: () => Iterable<string>;
  /** What was frozen of it last, or on the day that it names. */
  readonly freeze: Freeze | null;
  /** `judged` says what is not frozen yet; `asked` is a use of its values; of what is `unread` all has been said. */
  readonly reason: 'judged' | 'asked' | 'unread';
  readonly addTable: (table: Table) => void;
}

export interface ResolvedBaseline {
  readonly baseline: Baseline;
  readonly metrics: readonly Metric[];
}

/** Null where it is broken, which has been reported. What is not frozen has no metrics. */
export function resolveBaseline(declaration: BaselineDeclaration, context: BaselineContext): ResolvedBaseline | null {
  const { scope, freeze, reason } = context;
  const { file, name, period } = declaration;
  const metric = metricOf(declaration, context);
  if (metric === null || period === null) return null;
  const by = dimensionsOf(declaration, metric, metric.tables, scope);
  if (by === null) return null;
  const at = spanOf(file, name.at);
  const written = declaration.grain?.text ?? null;
  const { label, description, owner, covers, tags } = declaration;
  const draft: Baseline = {
    name: name.text,
    metric: metric.name,
    period: period.text,
    grain: written !== null && isGrain(written) ? written : null,
    by: by.map(dimension => dimension.name),
    frozen: null,
    ...{ label, description, owner, covers, tags, at },
  };
  if (freeze === null) {
    const finding = reason === 'asked' ? notFrozen : unfrozenYet;
    if (reason !== 'unread') scope.report(finding(at, { name: name.text }, { path: `baselines.${name.text}` }));
    return { baseline: draft, metrics: [] };
  }
  return withValues(draft, freeze, metric, context);
}

function metricOf({ metric: word, file }: BaselineDeclaration, context: BaselineContext): Metric | null {
  if (word === null) return null;
  const at = spanOf(file, word.at);
  const found = context.metric(word.text, at);
  const { report } = context.scope;
  if (found === undefined) {
    const help = didYouMean(nearest(word.text, context.metricNames()));
    report(unknownName(at, { name: word.text, kind: 'metric', help }));
  }
  if (found === undefined || found === null) return null;
  if (isNumber(found.type)) return found;
  const reason = `is of a number, and \`${found.name}\` is ${typeText(found.type)}`;
  report(badBaseline(at, { reason, help: 'name a metric that is counted, summed or measured' }));
  return null;
}

/** The dimensions at which it is to be frozen. */
function dimensionsOf(
  { by, file, name }: BaselineDeclaration,
  metric: Metric,
  tables: readonly string[],
  scope: Scope,
): readonly Dimension[] | null {
  const found = by.flatMap(text => {
    const locate = (at: At) => spanWithin(file, text, at);
    const path = parseFormula(text.text, locate, scope.report);
    if (path.kind !== 'path') {
      if (path.kind === 'error') return [];
      const reason = `is frozen by dimensions, and \`${text.text}\` is none`;
      scope.report(badBaseline(spanOf(file, text.at), { reason, help: 'write a column or a path: `rep.region`' }));
      return [];
    }
    const asker = { subject: () => metric.name, verb: 'grouped', locate, report: scope.report } as const;
    return bindDimension(path.words.map(word => word.text).join('.'), path, tables, scope, asker) ?? [];
  });
  const odd = found.find(({ type }) => !keyTypes.includes(type));
  if (odd !== undefined) {
    const reason = `cannot be frozen by \`${odd.name}\`, which is ${typeText(odd.type)}`;
    scope.report(badBaseline(spanOf(file, name.at), { reason, help: 'freeze it by text, whole numbers or days' }));
    return null;
  }
  return found.length < by.length ? null : found;
}

const keyTypes: readonly string[] = ['string', 'integer', 'boolean', 'date'];

/** The dimensions by which it was frozen, as they are now: in the order of the freeze. */
function frozenBy(freeze: Freeze, metric: Metric, at: Span, scope: Scope, report: Report): readonly Dimension[] | null {
  const found = freeze.by.flatMap(({ name }) => {
    const path = parseFormula(name, () => at, report);
    const asker = { subject: () => metric.name, verb: 'grouped', locate: () => at, report } as const;
    return path.kind === 'path' ? (bindDimension(name, path, metric.tables, scope, asker) ?? []) : [];
  });
  return found.length < freeze.by.length ? null : found;
}

function withValues(
  draft: Baseline,
  freeze: Freeze,
  metric: Metric,
  context: BaselineContext,
): ResolvedBaseline | null {
  const { scope, addTable } = context;
  const { name, at } = draft;
  const by = frozenBy(freeze, metric, at, scope, scope.report);
  if (by === null) return null;
  const grain = freeze.grain !== null && isGrain(freeze.grain) ? freeze.grain : null;
  const [first, last] = freeze.period;
  const values = freeze.parts.map((part, index) => ({
    name: `value_${index + 1}`,
    type: partType(part),
    unit: partUnit(part),
  }));
  // Without a grain everything lies on the first day of the period.
  const rows = freeze.rows.map(row => (grain === null ? [first, ...row] : row));
  const table = keptTable(
    { table: tableOfBaseline(name), bucket: grain ?? 'period', by, tables: metric.tables, values, at },
    columns => ({ kind: 'written', columns, rows }),
    scope,
  );
  addTable(table);
  const baseline: Baseline = {
    ...draft,
    period: `${first}..${last}`,
    grain,
    by: by.map(dimension => dimension.name),
    frozen: {
      on: freeze.frozenAt,
      asOf: freeze.asOf,
      meaning: freeze.meaning,
      formula: freeze.formula,
      isWhole: freeze.kind === 'whole',
    },
  };
  const value = frozenValue(baseline, freeze, metric, table, context);
  if (value === null) {
    const reason = `was frozen of a metric that had other parts: \`${freeze.formula}\``;
    scope.report(badBaseline(at, { reason, help: `freeze it anew: \`metrics baseline freeze ${name}\`` }));
    return null;
  }
  const end = parseDay(last) ?? 0;
  const window: FrozenWindow = {
    kind: 'frozen',
    baseline: name,
    from: first,
    until: formatDay(dayAfter(end, lengthOf(1, 'day'))),
    grain,
    isAnyLength: metric.additivity.time !== 'sum',
    reads: freeze.parts.some(part => part.time === 'last') ? 'last' : 'all',
  };
  const framed: MetricExpression = {
    kind: 'windowed',
    window,
    operand: value,
    type: value.type,
    unit: value.unit,
  };
  return { baseline, metrics: metricsOf(baseline, metric, framed, table.name) };
}

function partType({ type }: FrozenPart): Type {
  return type === 'integer' || type === 'decimal' ? type : 'float';
}

function partUnit({ unit }: FrozenPart): Unit {
  return unit === null ? unspecified : { kind: 'known', factors: unit };
}

/** The metric, computed of what was frozen; null where it has other parts now than were frozen then. */
function frozenValue(
  baseline: Baseline,
  freeze: Freeze,
  metric: Metric,
  table: Table,
  { scope, metric: lookup }: BaselineContext,
): MetricExpression | null {
  const read = (index: number, aggregate: 'sum' | 'min') => frozenMeasure(baseline, table, index, aggregate);
  if (freeze.kind === 'whole') return read(0, 'min');
  const [only, ...others] = freeze.parts;
  const sum = (index: number) => read(index, 'sum');
  if (only !== undefined && others.length === 0 && only.name === metric.name) return sum(0);
  const now: Parts = partsOf(metric, { metric: name => lookup(name, null), scope });
  return now.kind === 'parts' && now.parts.length === freeze.parts.length ? now.value(sum) : null;
}

function frozenMeasure({ name }: Baseline, table: Table, index: number, aggregate: 'sum' | 'min'): Measure {
  const value = own(table.columns, valueColumn(index));
  const bucket = own(table.columns, bucketColumn);
  if (value === undefined || bucket === undefined) throw new Error(`${table.name} is no table of a baseline`);
  return {
    kind: 'measure',
    text: `${aggregate} of the frozen values of ${name}`,
    table: table.name,
    aggregate,
    arguments: [reference(table.name, value)],
    where: null,
    time: reference(table.name, bucket),
    isDated: false,
    lifespan: null,
    followedBy: null,
    type: value.type,
    unit: value.unit,
  };
}

function metricsOf(baseline: Baseline, metric: Metric, value: MetricExpression, table: string): readonly Metric[] {
  const { name, metric: of } = baseline;
  const { type, unit, isPercent } = metric;
  const made = (part: BaselinePart, expression: MetricExpression, formula: string, more: Partial<Metric>): Metric => ({
    name: `${name}.${part}`,
    expression,
    formula,
    type: expression.type,
    unit,
    isPercent,
    ...derived,
    tables: [...new Set([...metric.tables, table])].sort(),
    owner: baseline.owner,
    tags: baseline.tags,
    at: baseline.at,
    ...more,
  });
  const frozen = made('value', value, `${of}, as it was frozen over ${baseline.period}`, {
    empty: 'null',
    tables: [table],
  });
  const now: MetricExpression = { kind: 'metric', name: of, type, unit };
  const then: MetricExpression = { kind: 'metric', name: frozen.name, type: frozen.type, unit };
  const difference: MetricExpression = { kind: 'call', function: 'subtract', arguments: [now, then], type, unit };
  const size: MetricExpression = { kind: 'call', function: 'abs', arguments: [then], type: then.type, unit };
  const growth: MetricExpression = {
    kind: 'call',
    function: 'divide',
    arguments: [difference, size],
    type: 'float',
    unit: { kind: 'known', factors: {} },
  };
  return [
    frozen,
    made('difference', difference, `${of} - ${frozen.name}`, {}),
    made('growth', growth, `(${of} - ${frozen.name}) / abs(${frozen.name})`, {
      isPercent: true,
      unit: { kind: 'known', factors: {} },
    }),
  ];
}
