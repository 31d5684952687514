/**
 * The Model: tables, joins and metrics with every name bound and every expression typed. Plain, frozen, JSON-able data.
 * A row expression lives on one table and the rows it joins to; a metric expression lives on groups and time.
 */
import type { Baseline, FrozenWindow } from './baseline.ts';
import type { Grain } from './calendar/index.ts';
import type { Labels } from './document/index.ts';
import type { Settings } from './settings.ts';
import type { Alert, Scorecard } from './shown.ts';
import type { Span } from './source.ts';
import type { TableSource } from './tablesource.ts';
import type { Call, ErrorNode, ExpressionType, Literal, Truncation, Typed } from './typed.ts';

export * from './baseline.ts';
export type * from './settings.ts';
export type * from './shown.ts';
export type * from './tablesource.ts';
export * from './typed.ts';

/** A column, over the joins that lead to it from the expression's table. */
export interface ColumnReference extends Typed {
  readonly kind: 'column';
  readonly joins: readonly string[];
  /** The table at the end of the joins, which has the column. */
  readonly table: string;
  readonly column: string;
}

/** The first or the last day of the interval that is read, or the day as of which it is: the earlier of its last day and now's. */
export interface Moment extends Typed {
  readonly kind: 'moment';
  readonly name: MomentName;
}
export type MomentName = 'period_start' | 'period_end' | 'as_of';

/** An aggregate over the rows of another table that point here: `count(activities)` in a column of accounts. */
export interface RollUp extends Typed {
  readonly kind: 'rollup';
  /** The table whose rows are aggregated, and the join by which they point here. */
  readonly table: string;
  readonly join: string;
  readonly aggregate: AggregateName;
  readonly arguments: readonly RowExpression[];
  readonly where: RowExpression | null;
}

/**
 * The value that an expression has in the row before: by the table's time, then its key, among the rows that have the
 * same values `per`. Null for the first of them, and for rows without a time, which are before none either.
 */
export interface Previous extends Typed {
  readonly kind: 'previous';
  /** The table whose rows are put in order: the one that the expression is read from. */
  readonly table: string;
  readonly operand: RowExpression;
  readonly per: readonly RowExpression[];
}

/** An amount in another currency, at the latest rate of that day or before it; an amount without a rate is an error. */
export interface Conversion extends Typed {
  readonly kind: 'convert';
  readonly amount: RowExpression;
  /** The code of the currency that the amount is in. */
  readonly from: RowExpression;
  readonly to: string;
  readonly at: RowExpression;
}

/** What is known of the user who asks; it stands in the rules of roles alone, and a question puts its value in its place. */
export interface Attribute extends Typed {
  readonly kind: 'attribute';
  readonly name: string;
}

export type RowExpression =
  | Literal
  | ColumnReference
  | Moment
  | RollUp
  | Previous
  | Conversion
  | Attribute
  | RowCall
  | RowTruncation
  | ErrorNode;
export interface RowCall extends Call<RowExpression> {}
export interface RowTruncation extends Truncation<RowExpression> {}

export type AggregateName =
  | 'count'
  | 'count_distinct'
  | 'sum'
  | 'avg'
  | 'min'
  | 'max'
  | 'median'
  | 'percentile'
  | 'stddev'
  | 'variance'
  | 'corr'
  | 'first'
  | 'last'
  | 'any'
  | 'all';

/**
 * What may be done with values of two groups to get the value of both: `sum` them; nothing, since their rows overlap
 * (`distinct`); take the `last`; or `none`.
 */
export type Additivity = 'sum' | 'distinct' | 'last' | 'none';

export interface Additive {
  readonly time: Additivity;
  readonly groups: Additivity;
}

/** One aggregate over the rows of one table. */
export interface Measure extends Typed {
  readonly kind: 'measure';
  /** As it is written, for people. */
  readonly text: string;
  readonly table: string;
  readonly aggregate: AggregateName;
  /** Empty for a count of rows. */
  readonly arguments: readonly RowExpression[];
  readonly where: RowExpression | null;
  /** The time axis: null where the table has none. */
  readonly time: RowExpression | null;
  /** Whether rows without a date on the axis are left out altogether (`at`, or the metric's own `time`). */
  readonly isDated: boolean;
  /** Of a stock: it covers the rows that are alive when it is read, whatever their time. */
  readonly lifespan: Lifespan | null;
  /** Of conversions: a row counts when such an event follows it. */
  readonly followedBy: Following | null;
}

/** An event of the same key, at or after a row's own time and not later than `within` says; never the row itself. */
export interface Following {
  readonly table: string;
  readonly where: RowExpression | null;
  /** A date or a timestamp, as the measure's own is; times are compared as they are, and days where either is a date. */
  readonly time: RowExpression;
  readonly by: readonly { readonly here: RowExpression; readonly there: RowExpression }[];
  readonly within: { readonly amount: number; readonly unit: StepUnit | 'hour' | 'minute' } | null;
}

/** When a row is alive: from the one moment until, and without, the other; until ever where that is null. */
export interface Lifespan {
  readonly from: RowExpression;
  readonly until: RowExpression;
}

export interface MetricReference extends Typed {
  readonly kind: 'metric';
  readonly name: string;
}

/** An expression with a condition pushed into all its measures: bound once for each table that they read. */
export interface Filtered extends Typed {
  readonly kind: 'filtered';
  readonly operand: MetricExpression;
  readonly conditions: Readonly<Record<string, RowExpression>>;
}

export type StepUnit = 'day' | 'week' | 'month' | 'quarter' | 'half' | 'year';

/** So many days, weeks, months ... */
export interface Step {
  readonly amount: number;
  readonly unit: StepUnit;
}

/**
 * How the interval [s, e) of a cell becomes the one that is read. `prior` is moved back, without a step by one bucket or
 * the period's own length; like for like, an interval that is not over yet ends with today before it is moved; `to_date` begins with the bucket that holds the last instant; `rolling` is the step before e;
 * `running` is everything before e; `opening` reads a stock at s.
 */
export type TimeWindow =
  | { readonly kind: 'prior'; readonly step: Step | null; readonly isLikeForLike: boolean }
  | { readonly kind: 'to_date'; readonly grain: Grain }
  | { readonly kind: 'rolling'; readonly step: Step }
  | { readonly kind: 'running' }
  | { readonly kind: 'opening' }
  | GoalWindow
  | FrozenWindow;

/**
 * The part of an interval in which a goal has targets, `YYYY-MM-DD` and without `until`; null is without end. `asked` is
 * only cut to it; `whole` ends with the bucket of `grain` where it is cut at now; `buckets` has all of those that it touches.
 */
export interface GoalWindow {
  readonly kind: 'goal';
  readonly goal: string;
  readonly extent: 'asked' | 'whole' | 'buckets';
  readonly grain: Grain;
  readonly from: string | null;
  readonly until: string | null;
}

/** An expression on other intervals than the ones that are asked. */
export interface Windowed extends Typed {
  readonly kind: 'windowed';
  readonly window: TimeWindow;
  readonly operand: MetricExpression;
}

/** Where a path leads: a column over joins, the key behind a join as it is stored with the join, or the table's own key. */
export type Destination =
  | { readonly kind: 'column'; readonly joins: readonly string[]; readonly table: string; readonly column: string }
  | { readonly kind: 'join'; readonly joins: readonly string[]; readonly table: string; readonly join: string }
  | { readonly kind: 'key'; readonly table: string };

/** A dimension, bound for each table that is read. */
export interface Dimension extends Typed {
  /** As it was written. */
  readonly name: string;
  readonly byTable: Readonly<Record<string, RowExpression>>;
  readonly destinations: Readonly<Record<string, Destination>>;
}

/** What a nested aggregate computes its arguments for, inside each group; with `every` also where there are no rows. */
export type Per =
  | { readonly kind: 'dimension'; readonly dimension: Dimension; readonly isEvery: boolean }
  | { readonly kind: 'grain'; readonly grain: Grain; readonly isEvery: boolean };

/** An aggregate of values that are computed for each of some finer groups. */
export interface Nested extends Typed {
  readonly kind: 'nested';
  /** As it is written, for people. */
  readonly text: string;
  readonly aggregate: AggregateName;
  /** Each a value of a finer group; the share of `percentile` is a literal. */
  readonly arguments: readonly MetricExpression[];
  readonly per: readonly Per[];
  readonly having: MetricExpression | null;
}

/** Which dimensions of a cell are taken away: all, the named ones (`across`), or all but the named ones (`within`). */
export interface TotalScope {
  readonly kind: 'across' | 'within';
  readonly dimensions: readonly Dimension[];
  /** Grains that are named, and `time` for whichever is asked. */
  readonly times: readonly (Grain | 'time')[];
}

/** An expression recomputed with dimensions taken away, and given to every cell that it is of. */
export interface Total extends Typed {
  readonly kind: 'total';
  readonly operand: MetricExpression;
  /** Null takes all away. */
  readonly scope: TotalScope | null;
}

/** The place of a value among those of the cells that differ in the dimensions taken away; highest first, ties share a place. */
export interface Rank extends Typed {
  readonly kind: 'rank';
  readonly operand: MetricExpression;
  readonly scope: TotalScope | null;
}

/** Days of the interval that is read: those that are over when now's day is (`elapsed`), or all of the bucket that holds it. */
export interface Days extends Typed {
  readonly kind: 'days';
  readonly of: 'elapsed' | 'bucket';
  readonly grain: Grain;
  /** Which days count: all, or working days, where the bucket has any. */
  readonly pace: 'linear' | 'working_days';
}

export type MetricExpression =
  | Literal
  | Moment
  | Days
  | Measure
  | MetricReference
  | Filtered
  | Windowed
  | Nested
  | Total
  | Rank
  | MetricCall
  | MetricTruncation
  | ErrorNode;
export interface MetricCall extends Call<MetricExpression> {}
export interface MetricTruncation extends Truncation<MetricExpression> {}

export interface Column extends Typed {
  readonly name: string;
  readonly type: ExpressionType;
  /** The name in the warehouse, or the formula over the columns of the same row. */
  readonly source:
    | { readonly kind: 'stored'; readonly physical: string }
    | { readonly kind: 'computed'; readonly formula: RowExpression; readonly text: string };
  readonly values: readonly string[] | null;
  /** The name under which columns of several tables are one dimension. */
  readonly dimension: string | null;
  readonly label: Labels | null;
  readonly description: Labels | null;
  readonly isPrivate: boolean;
  readonly at: Span;
}

/** Many rows here to at most one there. */
export interface Join {
  readonly name: string;
  readonly to: string;
  /** `stored` is the plain column that stands for this side, where it is one. */
  readonly on: readonly { readonly here: RowExpression; readonly stored: string | null; readonly there: string }[];
  /** Of a join to a slowly changing table. */
  readonly version: Version | null;
  /** Whether the key that it stands for is hidden from whoever asks; what is behind it is not. */
  readonly isKeyHidden?: boolean;
  /** Where targets or frozen values are kept, the joins `deals.team` of the metric's tables in whose place it is. */
  readonly standsFor?: readonly string[];
  readonly at: Span;
}

/** The version of a row that is joined: the one valid on a date of this row, now, or on the measure's own date. */
export type Version =
  | { readonly kind: 'date'; readonly date: RowExpression }
  | { readonly kind: 'now' }
  | { readonly kind: 'own' };

/** A column, or a join that stands on one, that a path of another table leads to here. */
export interface StandIn {
  readonly column: string;
  readonly join: string | null;
  /** The names that the dimension has elsewhere. */
  readonly names: readonly string[];
}

export interface Table {
  readonly name: string;
  readonly source: TableSource;
  readonly key: readonly string[];
  /** Whether the key is hidden from whoever asks. */
  readonly isKeyHidden?: boolean;
  readonly entity: string | null;
  readonly time: RowExpression | null;
  /** Of a slowly changing table, which has one row for each version of a key: when it is valid. */
  readonly valid: Lifespan | null;
  readonly columns: Readonly<Record<string, Column>>;
  readonly joins: Readonly<Record<string, Join>>;
  /** Of the table of a goal: paths from the metric's own tables, by which its columns can be asked too. */
  readonly standIns?: Readonly<Record<string, StandIn>>;
  readonly lifespans: Readonly<Record<string, Lifespan>>;
  readonly label: Labels | null;
  readonly description: Labels | null;
  readonly owner: string | null;
  /** The place of `from:` or `sql:`. */
  readonly at: Span;
}

export interface Metric extends Typed {
  readonly name: string;
  readonly additivity: Additive;
  readonly expression: MetricExpression;
  /** The formula as written. */
  readonly formula: string;
  /** Tables that its measures read, sorted. */
  readonly tables: readonly string[];
  readonly isPercent: boolean;
  /** All the texts that it can be, where that is known. */
  readonly values: readonly string[] | null;
  readonly empty: 'zero' | 'null' | null;
  readonly label: Labels | null;
  readonly description: Labels | null;
  readonly owner: string | null;
  readonly format: string | null;
  readonly good: 'up' | 'down' | { readonly between: readonly [number, number] } | null;
  readonly version: number;
  readonly status: 'draft' | 'active' | 'certified' | 'deprecated';
  readonly replacedBy: string | null;
  readonly ends: string | null;
  readonly balanceWith: readonly string[];
  readonly lens: 'effectiveness' | 'efficiency' | null;
  readonly covers: readonly string[];
  readonly tags: readonly string[];
  /** The place of the formula. */
  readonly at: Span;
}

export const goalParts = ['target', 'attainment', 'gap', 'expected', 'pace', 'landing', 'status'] as const;
export type GoalPart = (typeof goalParts)[number];

/** What a metric is to reach, by period and group. It gives a metric for each of its parts: `won_goal.target`. */
export interface Goal {
  readonly name: string;
  readonly metric: string;
  readonly grain: Grain;
  readonly target: Target;
  /** The dimensions that have targets of their own, bound for the metric's tables and the goal's own. */
  readonly by: readonly Dimension[];
  /** What the target of several periods is; null where it is computed anew for them. */
  readonly rollup: 'sum' | 'last' | 'avg' | null;
  readonly pace: 'linear' | 'working_days' | 'season';
  /** Decimal numbers: from which share of what is expected on a goal is on track, and at risk. */
  readonly status: { readonly onTrack: string; readonly atRisk: string };
  /** The days from the first on which there are targets up to, and without, the last, `YYYY-MM-DD`; null is without end. */
  readonly from: string | null;
  readonly until: string | null;
  readonly label: Labels | null;
  readonly description: Labels | null;
  readonly objective: Labels | null;
  readonly owner: string | null;
  readonly covers: readonly string[];
  readonly tags: readonly string[];
  /** The place of its name. */
  readonly at: Span;
}

export type Target =
  /** The same for every period. */
  | { readonly kind: 'number'; readonly value: string }
  /** By period, which begins on the day `from`, and group: the values of the goal's dimensions, in their order. */
  | {
      readonly kind: 'values';
      readonly values: readonly { readonly from: string; readonly group: readonly string[]; readonly value: string }[];
    }
  | { readonly kind: 'formula'; readonly text: string; readonly expression: MetricExpression };

/** Which rows of each table a role sees: a condition that is decided once for each row, whatever is asked. */
export interface RowRule {
  /** As it is written. */
  readonly text: string;
  /** The condition on the rows of each table on which it can be decided. */
  readonly byTable: Readonly<Record<string, RowExpression>>;
  /** The other tables, with what of the condition they lack; null where it is broken, which has been reported. */
  readonly undecided: Readonly<Record<string, string | null>>;
  readonly at: Span;
}

/** Names that there are not for a role: metrics; columns and joins as `deals.amount`; tables whose entity is hidden. */
export interface Hidden {
  readonly metrics: readonly string[];
  readonly columns: readonly string[];
  readonly joins: readonly string[];
  readonly entities: readonly string[];
}

/** Who asks: which rows and names there are for people of one kind. */
export interface Role {
  readonly name: string;
  readonly label: Labels | null;
  readonly description: Labels | null;
  readonly sees: 'all' | RowRule;
  readonly benchmark: RowRule | null;
  /** Tables that are read whole. */
  readonly unrestricted: readonly string[];
  readonly hides: Hidden;
  readonly covers: readonly string[];
  /** The place of its name. */
  readonly at: Span;
}

export interface Model {
  readonly kind: 'model';
  readonly settings: Settings;
  readonly tables: Readonly<Record<string, Table>>;
  /** Those that goals and baselines give, `won_goal.target`, are among them. */
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly goals: Readonly<Record<string, Goal>>;
  readonly baselines: Readonly<Record<string, Baseline>>;
  readonly roles: Readonly<Record<string, Role>>;
  /** By role; a role without one has none. */
  readonly scorecards: Readonly<Record<string, Scorecard>>;
  readonly alerts: Readonly<Record<string, Alert>>;
}
