/** Bind: a `Query` and the Model in, a `BoundQuery` out, with every finding about the question. */
import { type Grain, grains, type Interval, isGrain, periodExamples, readPeriod } from '../calendar/index.ts';
import {
  askedTwice,
  badLimit,
  badPeriod,
  type Diagnostic,
  datesByHour,
  didYouMean,
  nearest,
  noTable,
  noTimeAxis,
  notFrozen,
  nothingCompared,
  privateColumn,
  type Report,
  severalGrains,
  unknownName,
} from '../diagnostics/index.ts';
import { type At, type Expression, type PathExpression, parseFormula } from '../formula/index.ts';
import type { Destination, Dimension, Metric, MetricExpression, Model, RowExpression } from '../model.ts';
import { own } from '../record.ts';
import type { Span } from '../source.ts';
import type { BindResult, BoundColumn, BoundQuery } from './bound.ts';
import { choicesCondition } from './choices.ts';
import { columnsWithComparisons } from './compare.ts';
import { bindCompletions } from './completion.ts';
import { requireCondition } from './condition.ts';
import { tablesOf } from './context.ts';
import { bindCondition, bindDimension, checkConformed, dimensionsOf, isBroken, tablesAskedBy } from './dimension.ts';
import { momentNames } from './forms.ts';
import { resolveMetricExpression } from './metric.ts';
import { bindOrder } from './order.ts';
import { isKeptTable } from './paths.ts';
import { bindPrincipal, type Principal } from './principal.ts';
import { itemSpan, type Now, type Query, textSpan, whereText, wholeSpan } from './query.ts';
import { modelScope, type Scope } from './scope.ts';
import { nothingHidden, visibleModel } from './visible.ts';
import { measuresOf, pathsOf } from './walk.ts';

export function bindQuery(model: Model, query: Query, now: Now): BindResult {
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  const report = (diagnostic: Diagnostic) => {
    const key = JSON.stringify([diagnostic.code, diagnostic.span, diagnostic.message]);
    if (!seen.has(key)) diagnostics.push(diagnostic);
    seen.add(key);
  };
  const principal = bindPrincipal(model, query, report);
  const visible = visibleModel(model, principal?.role.hides ?? nothingHidden);
  const bound = principal === undefined ? null : new Binder(model, visible, query, now, principal, report).bind();
  const failed = diagnostics.some(diagnostic => diagnostic.severity === 'error');
  return { query: failed ? null : bound, diagnostics };
}

class Binder {
  private readonly scope: Scope;

  constructor(
    private readonly model: Model,
    /** What whoever asks knows of the model: names of the question are looked up there, and nowhere else. */
    private readonly visible: Model,
    private readonly query: Query,
    private readonly now: Now,
    private readonly principal: Principal | null,
    private readonly report: Report,
  ) {
    this.scope = modelScope(visible, report);
  }

  bind(): BoundQuery | null {
    const { query, principal } = this;
    const metrics = this.metrics();
    const having = this.having();
    const readers = new Map(metrics.flatMap(metric => metric.tables.map(table => [table, metric.name] as const)));
    const lookup = { resolved: (name: string) => own(this.model.metrics, name) };
    for (const table of having === null ? [] : tablesOf(having, lookup)) {
      if (!readers.has(table)) readers.set(table, 'having');
    }
    const tables = [...readers.keys()].sort();
    if (tables.length === 0) this.refuseTableless(metrics);
    const subject = (table: string) => readers.get(table) ?? table;
    const asked = [...metrics.map(referenceTo), ...(having === null ? [] : [having])];
    const { dimensions, bucket } = this.dimensions(asked, tables, subject);
    for (const [index, name] of query.metrics.entries()) {
      const isKey = name === bucket?.grain || dimensions.some(dimension => dimension.name === name);
      if (isKey) this.report(askedTwice(itemSpan('metrics', query.metrics, index), { name }));
    }
    const period = this.period();
    const written = this.condition(tables);
    const where = written === null ? null : this.where(written, tables, subject);
    this.checkAxes(metrics, having, bucket?.grain ?? null, period);
    const isWhole = dimensions.length + (bucket === null ? 0 : 1) === (query.by ?? []).length;
    const completions = bindCompletions(isWhole ? (query.complete ?? []) : [], dimensions, written, this.scope, {
      locate: (index, at) => itemSpan('complete', query.complete ?? [], index, at),
      report: this.report,
    });
    if (query.like_for_like === true && (query.compare ?? []).length === 0)
      this.report(nothingCompared(wholeSpan('like_for_like', 'true'), {}));
    const columns = columnsWithComparisons(
      metrics,
      query.compare ?? [],
      query.like_for_like === true ? 'like for like' : 'whole',
      lookup.resolved,
      this.report,
    );
    return {
      principal,
      metrics,
      columns,
      dimensions,
      bucket,
      where,
      having,
      period,
      now: this.now,
      order: this.order(columns, dimensions, bucket?.grain ?? null),
      limit: this.limit(),
      isSparse: query.sparse ?? false,
      completions,
      places: {
        metrics: wholeSpan('metrics', query.metrics.join(', ')),
        period: wholeSpan('period', query.period ?? ''),
        as: wholeSpan('as', query.as ?? ''),
        where: wholeSpan('where', whereText(query) ?? ''),
        having: wholeSpan('having', query.having ?? ''),
      },
    };
  }

  /** Without a table there are no rows, so no groups and no answer. */
  private refuseTableless(metrics: readonly Metric[]): void {
    const { metrics: names } = this.query;
    if (metrics.length < names.length) return;
    const text = names.join(', ');
    this.report(noTable(wholeSpan('metrics', text), { metrics: names }));
  }

  private parse(text: string, key: string): Expression {
    return parseFormula(text, textSpan(key), this.report);
  }

  private metrics(): readonly Metric[] {
    const { metrics: names } = this.query;
    return names.flatMap((name, index) => {
      const at = itemSpan('metrics', names, index);
      if (names.indexOf(name) < index) this.report(askedTwice(at, { name }));
      const metric = own(this.visible.metrics, name);
      const baseline = metric === undefined ? own(this.visible.baselines, name.split('.')[0] ?? '') : undefined;
      if (baseline?.frozen === null && name !== baseline.name) this.report(notFrozen(at, { name: baseline.name }));
      else if (metric === undefined) {
        const suggestion = nearest(name, Object.keys(this.visible.metrics));
        this.report(unknownName(at, { name, kind: 'metric', help: didYouMean(suggestion) }));
      }
      return metric ?? [];
    });
  }

  private having(): MetricExpression | null {
    const { having } = this.query;
    if (having === undefined) return null;
    const locate = textSpan('having');
    const written = this.parse(having, 'having');
    const resolved = resolveMetricExpression(written, {
      scope: this.scope,
      table: null,
      time: null,
      locate,
      report: this.report,
      subject: 'having',
      metric: name => own(this.visible.metrics, name),
      metricNames: () => Object.keys(this.visible.metrics),
      resolved: name => own(this.model.metrics, name),
    });
    return requireCondition(resolved, written, { locate, report: this.report });
  }

  private dimensions(
    asked: readonly MetricExpression[],
    tables: readonly string[],
    subject: (table: string) => string,
  ) {
    const by = this.query.by ?? [];
    const dimensions: Dimension[] = [];
    const buckets: { grain: Grain; position: number }[] = [];
    for (const [index, text] of by.entries()) {
      const name = text.trim();
      const locate = (at: At) => itemSpan('by', by, index, at);
      if (by.findIndex(other => other.trim() === name) < index) {
        this.report(askedTwice(locate([0, text.length]), { name }));
        continue;
      }
      if (isGrain(name)) {
        buckets.push({ grain: name, position: dimensions.length });
        continue;
      }
      const path = parseFormula(text, locate, this.report);
      if (path.kind === 'path') {
        const slips = path.words.length === 1 && this.reportGrainSlip(name, tables, locate(path.at));
        const having = tablesAskedBy(path, asked, this.scope, { resolved: other => own(this.model.metrics, other) });
        if (!slips) dimensions.push(...this.dimension(name, path, having, subject, locate));
      } else if (path.kind !== 'error')
        this.report(
          unknownName(locate(path.at), {
            name,
            kind: 'dimension',
            help: 'a dimension is a column or a path: `rep.region`',
          }),
        );
    }
    if (buckets.length > 1) {
      const last = by.findLastIndex(text => isGrain(text.trim()));
      this.report(severalGrains(itemSpan('by', by, last), { grains: buckets.map(bucket => bucket.grain) }));
    }
    return { dimensions, bucket: buckets[0] ?? null };
  }

  private dimension(
    name: string,
    path: PathExpression,
    tables: readonly string[],
    subject: (table: string) => string,
    locate: (at: At) => Span,
  ): readonly Dimension[] {
    const { scope, report } = this;
    const dimension = bindDimension(name, path, tables, scope, { subject, verb: 'grouped', locate, report });
    if (dimension === null) return [];
    if (Object.values(dimension.destinations).some(destination => isPrivate(destination, scope)))
      report(privateColumn(locate(path.at), { name }));
    return [dimension];
  }

  /** `months` where `month` was meant. */
  private reportGrainSlip(name: string, tables: readonly string[], at: Span): boolean {
    const grain = nearest(name, grains);
    if (grain === null || !/^(hour|day|week|month|quarter|half|year|halve)s?$|^fiscal/i.test(name)) return false;
    if (tables.some(table => own(own(this.visible.tables, table)?.columns ?? {}, name) !== undefined)) return false;
    this.report(unknownName(at, { name, kind: 'dimension or grain', help: didYouMean(grain) }));
    return true;
  }

  /** The condition on dimensions, as a text or as data. */
  private condition(tables: readonly string[]): Expression | null {
    const { where } = this.query;
    if (where === undefined) return null;
    if (typeof where === 'string') return this.parse(where, 'where');
    const { scope, report } = this;
    const locate = textSpan('where');
    const asker = { subject: (table: string) => table, verb: 'filtered', locate, report: () => {} } as const;
    const typeOf = (path: PathExpression) => bindDimension('', path, tables, scope, asker)?.type ?? null;
    return choicesCondition(where, { typeOf, timeZone: this.model.settings.timeZone, locate, report });
  }

  private where(
    written: Expression,
    tables: readonly string[],
    subject: (table: string) => string,
  ): Readonly<Record<string, RowExpression>> | null {
    const locate = textSpan('where');
    const bound = bindCondition(written, tables, this.scope, {
      subject,
      verb: 'filtered',
      locate,
      report: this.report,
    });
    if (isBroken(bound)) return null;
    this.checkPaths(written, tables);
    return bound;
  }

  /** What a condition names is one dimension for all tables, and none that is private. */
  private checkPaths(written: Expression, tables: readonly string[]): void {
    const locate = textSpan('where');
    const subject = (table: string) => table;
    const asker = { subject, verb: 'filtered', locate, report: () => {} } as const;
    for (const path of pathsOf(written)) {
      const words = path.words.map(word => word.text);
      const name = words.join('.');
      if (momentNames.some(moment => moment === name)) continue;
      const destinations = tables.flatMap(table => {
        const search = dimensionsOf(this.scope, table, tables, asker).search(words);
        return search.kind === 'found' ? [[table, search.destination] as const] : [];
      });
      if (destinations.some(([, destination]) => isPrivate(destination, this.scope)))
        this.report(privateColumn(locate(path.at), { name }));
      checkConformed(name, [], destinations, this.scope, this.report, locate(path.at));
    }
  }

  private period(): Interval | null {
    const { period } = this.query;
    if (period === undefined) return null;
    const reading = readPeriod(period, this.now.day, this.model.settings.calendar);
    if (reading.kind === 'all') return null;
    if (reading.kind === 'interval') return reading.interval;
    this.report(badPeriod(wholeSpan('period', period), { reason: reading.reason, examples: periodExamples }));
    return null;
  }

  /** A measure without a time axis is in no bucket and no period. */
  private checkAxes(
    metrics: readonly Metric[],
    having: MetricExpression | null,
    grain: Grain | null,
    period: Interval | null,
  ): void {
    if (grain === null && period === null) return;
    const asked = grain === null ? 'for a period' : `by ${grain}`;
    const { by = [], period: text = '' } = this.query;
    const place = by.findIndex(item => item.trim() === grain);
    const span = grain === null ? wholeSpan('period', text) : itemSpan('by', by, place);
    const check = (expression: MetricExpression, name: string) => {
      const measures = measuresOf(expression, metric => own(this.model.metrics, metric));
      for (const measure of measures.filter(({ table }) => !isKeptTable(table))) {
        if (measure.time === null && measure.lifespan === null)
          this.report(noTimeAxis(span, { metric: name, table: measure.table, asked }));
        else if (grain === 'hour' && measure.time?.type === 'date')
          this.report(datesByHour(span, { metric: name, table: measure.table }));
      }
    };
    for (const metric of metrics) check(metric.expression, metric.name);
    if (having !== null) check(having, 'having');
  }

  private order(asked: readonly BoundColumn[], dimensions: readonly Dimension[], grain: Grain | null) {
    const columns = [
      ...dimensions.map(dimension => dimension.name),
      ...(grain === null ? [] : [grain]),
      ...asked.map(column => column.name),
    ];
    return bindOrder(this.query.order ?? [], columns, this.report);
  }

  private limit(): number | null {
    const { limit } = this.query;
    if (limit === undefined) return null;
    if (Number.isSafeInteger(limit) && limit >= 0) return limit;
    this.report(badLimit(wholeSpan('limit', String(limit)), { value: String(limit) }));
    return null;
  }
}

function referenceTo({ name, type, unit }: Metric): MetricExpression {
  return { kind: 'metric', name, type, unit };
}

/** Whether a dimension shows a private column, its own or the one that a key is stored in. */
export function isPrivate(destination: Destination, scope: Scope): boolean {
  const { graph } = scope;
  const isHidden = (table: string, column: string) => scope.column(table, column)?.isPrivate === true;
  switch (destination.kind) {
    case 'column':
      return isHidden(destination.table, destination.column);
    case 'key':
      return own(graph, destination.table)?.key.some(column => isHidden(destination.table, column)) === true;
    case 'join': {
      const pairs = own(own(graph, destination.table)?.joins ?? {}, destination.join)?.on ?? [];
      return pairs.some(({ stored }) => stored !== null && isHidden(destination.table, stored));
    }
  }
}
