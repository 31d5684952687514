/** Bound queries: every name bound to tables, columns and metrics. What planning starts from. */
import type { Grain, Interval } from '../calendar/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import type { Dimension, Metric, MetricExpression, RowExpression, Typed } from '../model.ts';
import type { Span } from '../source.ts';
import type { BoundOrder } from './order.ts';
import type { Principal } from './principal.ts';
import type { Now } from './query.ts';

/** The members of one joined table, as values of the asked dimensions that follow from it. */
export interface BoundCompletion {
  readonly name: string;
  /** The table whose rows are the members. */
  readonly table: string;
  readonly members: readonly { readonly dimension: string; readonly value: RowExpression }[];
  /** Those parts of the query's condition that concern the members alone. */
  readonly where: readonly RowExpression[];
}

/** A column of the answer that is computed: a metric as it was asked, or a comparison. */
export interface BoundColumn extends Typed {
  readonly name: string;
  readonly expression: MetricExpression;
  readonly isPercent: boolean;
}

export interface BoundQuery {
  /** Who asks; null where everything is seen. */
  readonly principal: Principal | null;
  readonly metrics: readonly Metric[];
  /** The metrics with their comparisons, in order. */
  readonly columns: readonly BoundColumn[];
  readonly dimensions: readonly Dimension[];
  /** The grain that was asked and its place among the dimensions. */
  readonly bucket: { readonly grain: Grain; readonly position: number } | null;
  /** The condition, bound for each table that is read. */
  readonly where: Readonly<Record<string, RowExpression>> | null;
  readonly having: MetricExpression | null;
  /** Null for all time. */
  readonly period: Interval | null;
  readonly now: Now;
  readonly order: readonly BoundOrder[];
  readonly limit: number | null;
  readonly isSparse: boolean;
  readonly completions: readonly BoundCompletion[];
  /** The texts of the question, for findings about the whole of it. */
  readonly places: Readonly<Record<'metrics' | 'period' | 'as' | 'where' | 'having', Span>>;
}

export interface BindResult {
  readonly query: BoundQuery | null;
  readonly diagnostics: readonly Diagnostic[];
}
