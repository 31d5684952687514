/**
 * The Plan: a small relational algebra that says what to compute, without any dialect. Plain, JSON-able data.
 * Relations have named columns; scalars are computed from the columns of the relation below them.
 */
import type { Calendar, Grain } from '../calendar/index.ts';
import type { AggregateName, ExpressionType, FunctionName, RepeatedSource, TableSource, Type, Unit } from '../model.ts';
import type { Audience } from '../resolve/index.ts';

/** A constant that the compiler computed (a bound of a bucket), as opposed to one that a user wrote. */
export interface ConstantScalar {
  readonly kind: 'constant';
  readonly type: ExpressionType;
  readonly value: string | boolean | null;
}

/** What a user wrote; it travels beside the SQL, never in it. */
export interface ParameterScalar {
  readonly kind: 'parameter';
  readonly type: ExpressionType;
  readonly value: string;
}

export interface ColumnScalar {
  readonly kind: 'column';
  /** The alias of the scan that has the column, or null where only one relation stands below. */
  readonly from: string | null;
  readonly name: string;
  readonly type: ExpressionType;
  /** Whether it stands in the warehouse, rather than having been computed below. */
  readonly isStored: boolean;
}

/**
 * What plans compute beside the functions of the language: `no_rate` stands for the amount that no rate was found for,
 * and has no value, so that the query fails; `widened` is the same number with room for a product of many digits; `bit`
 * is the number that has only the one bit, counted from 0.
 */
export type ScalarFunction = FunctionName | 'no_rate' | 'widened' | 'bit' | 'bit_and';

export interface CallScalar {
  readonly kind: 'call';
  readonly function: ScalarFunction;
  readonly arguments: readonly Scalar[];
  readonly type: ExpressionType;
}

/** The first day (or hour) of the bucket that a moment falls in. */
export interface BucketScalar {
  readonly kind: 'bucket';
  readonly grain: Grain;
  readonly operand: Scalar;
  /** Whether a timestamp shows local time already; else it is an instant, to be read in the project's zone. */
  readonly isLocal: boolean;
  readonly type: ExpressionType;
}

/** A duration that moves a date or a timestamp. */
export interface IntervalScalar {
  readonly kind: 'interval';
  readonly amount: string;
  readonly unit: string;
  readonly type: 'duration';
}

/**
 * The place of a value among those of the rows with the same partition, the highest first; ties share a place. Or how
 * many those rows are.
 */
export interface RankScalar {
  readonly kind: 'rank';
  readonly of: 'place' | 'peers';
  readonly value: Scalar;
  readonly partition: readonly Scalar[];
  readonly type: 'integer';
}

/** The value in the row before, in an order, among the rows with the same partition. */
export interface LagScalar {
  readonly kind: 'lag';
  readonly value: Scalar;
  readonly partition: readonly Scalar[];
  readonly order: readonly Scalar[];
  readonly type: ExpressionType;
}

export type Scalar =
  | ConstantScalar
  | ParameterScalar
  | ColumnScalar
  | CallScalar
  | BucketScalar
  | IntervalScalar
  | RankScalar
  | LagScalar;

export interface NamedScalar {
  readonly name: string;
  readonly value: Scalar;
}

export interface NamedAggregate {
  readonly name: string;
  /** `bit_or` puts the bits of whole numbers together. */
  readonly aggregate: AggregateName | 'bit_or';
  readonly arguments: readonly Scalar[];
  /** The order of `first` and `last`. */
  readonly order: readonly Scalar[];
  readonly filter: Scalar | null;
  readonly type: ExpressionType;
}

/**
 * Which rows of a table may be read: none is read without one. Where a rule says which, all rows are read to decide on
 * those of one table: `deciding` stands only below the filter that the rule is.
 */
export type Policy =
  | { readonly kind: 'everything' }
  | { readonly kind: 'deciding'; readonly on: string; readonly audience: Audience }
  /** Nothing may be read, and the plan is never run. */
  | { readonly kind: 'closed' };

export interface ScanRelation {
  readonly kind: 'scan';
  readonly table: string;
  readonly source: Exclude<TableSource, RepeatedSource>;
  readonly alias: string;
  readonly policy: Policy;
}

/** Each row of the input with the one row of another relation that it finds, or with nulls. */
export interface JoinRelation {
  readonly kind: 'join';
  readonly input: Relation;
  /** A scan, or rows aggregated to one for each key. */
  readonly other: ScanRelation | AliasRelation;
  readonly on: readonly { readonly left: Scalar; readonly right: Scalar }[];
  /** What the other row must pass beside: the version that is valid on a date. */
  readonly conditions: readonly Scalar[];
}

/** Each row of the input with the row of another that is nearest on or before a moment, or with nulls. */
export interface NearestRelation {
  readonly kind: 'nearest';
  readonly input: Relation;
  readonly other: AliasRelation;
  readonly on: JoinRelation['on'];
  readonly moment: Scalar;
  /** The column of the other that is on or before the moment. */
  readonly at: ColumnScalar;
}

/** Each row of the input with whether another follows it: its alias has the one column `followedName`. */
export interface FollowedRelation {
  readonly kind: 'followed';
  readonly input: Relation;
  readonly other: AliasRelation;
  readonly on: JoinRelation['on'];
  /** It is there at the moment of the row or later, and no later than `until`. */
  readonly moment: Scalar;
  readonly at: ColumnScalar;
  readonly until: Scalar | null;
  /** Whether rows that are not followed may be left out: nothing above reads them. */
  readonly isFilter: boolean;
  /** It is not the row itself, which has these keys; empty where it cannot be. */
  readonly except: JoinRelation['on'];
}

/** The column that says whether a row is followed. */
export const followedName = 'is_followed';

export interface FilterRelation {
  readonly kind: 'filter';
  readonly input: Relation;
  readonly conditions: readonly Scalar[];
}

export interface AggregateRelation {
  readonly kind: 'aggregate';
  readonly input: Relation;
  readonly keys: readonly NamedScalar[];
  readonly measures: readonly NamedAggregate[];
}

export interface ProjectRelation {
  readonly kind: 'project';
  readonly input: Relation;
  readonly columns: readonly NamedScalar[];
}

/** The rows of a relation under an alias, so that they can be joined. */
export interface AliasRelation {
  readonly kind: 'alias';
  readonly input: Relation;
  readonly alias: string;
}

/** The distinct rows of the columns. */
export interface DistinctRelation {
  readonly kind: 'distinct';
  readonly input: Relation;
  readonly columns: readonly NamedScalar[];
}

/**
 * Several relations with the same keys put side by side: one row for each key that any of them has, null equal to null.
 * A column that a relation lacks is null in its rows. Each value column comes from one input only.
 */
export interface CombineRelation {
  readonly kind: 'combine';
  readonly keys: readonly { readonly name: string; readonly type: ExpressionType }[];
  readonly values: readonly { readonly name: string; readonly type: ExpressionType }[];
  readonly inputs: readonly { readonly relation: Relation; readonly columns: readonly string[] }[];
}

/** Every bucket from one to another, both ends included. */
export interface SpineRelation {
  readonly kind: 'spine';
  readonly name: string;
  readonly grain: Grain;
  /** Of hours, instants (`YYYY-MM-DDTHH:MM:SS`, universal time); else days. */
  readonly first: string;
  readonly count: number;
  readonly type: Type;
}

/** What the compiler lists: no text, which engines would have to be told the ends of. */
export type ListedType = 'date' | 'timestamp' | 'integer';

/** Rows written out: constants that the compiler computed. */
export interface ListRelation {
  readonly kind: 'list';
  readonly columns: readonly { readonly name: string; readonly type: ListedType }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Each row of the input with every row of another that the conditions let it have; their columns are `from` the alias. */
export interface MatchRelation {
  readonly kind: 'match';
  readonly input: Relation;
  readonly other: Relation;
  readonly alias: string;
  readonly conditions: readonly Scalar[];
}

/** Each row of the input with the one row of another that has its keys, null equal to null, or with nulls. */
export interface LookupRelation {
  readonly kind: 'lookup';
  readonly input: Relation;
  readonly other: Relation;
  readonly alias: string;
  readonly keys: readonly { readonly name: string; readonly type: ExpressionType }[];
  /** What is taken from the other, under names that the input does not have. */
  readonly columns: readonly { readonly name: string; readonly type: ExpressionType }[];
}

/** Every row of the one with every row of the other. */
export interface CrossRelation {
  readonly kind: 'cross';
  readonly inputs: readonly { readonly name: string; readonly relation: Relation }[];
}

/** All rows of relations that have the same columns. */
export interface UnionRelation {
  readonly kind: 'union';
  readonly inputs: readonly Relation[];
  readonly columns: readonly string[];
}

/** Relations that are read more than once, under the names by which `read` reads them. */
export interface WithRelation {
  readonly kind: 'with';
  readonly bindings: readonly { readonly name: string; readonly relation: Relation }[];
  readonly body: Relation;
}

export interface ReadRelation {
  readonly kind: 'read';
  readonly name: string;
}

export interface SortKey {
  readonly column: string;
  readonly type: ExpressionType;
  readonly isDescending: boolean;
  /** Values in their order, where that is not the order of their text. */
  readonly values: readonly string[] | null;
}

/** `by` orders the rows fully, so that a limit always cuts at the same place; nulls come last. */
export interface SortRelation {
  readonly kind: 'sort';
  readonly input: Relation;
  readonly by: readonly SortKey[];
  readonly limit: number | null;
}

export type Relation =
  | ScanRelation
  | JoinRelation
  | NearestRelation
  | FollowedRelation
  | FilterRelation
  | AggregateRelation
  | ProjectRelation
  | AliasRelation
  | DistinctRelation
  | CombineRelation
  | SpineRelation
  | ListRelation
  | MatchRelation
  | LookupRelation
  | CrossRelation
  | UnionRelation
  | WithRelation
  | ReadRelation
  | SortRelation;

/** A column of the answer. */
export interface OutputColumn {
  readonly name: string;
  readonly kind: 'dimension' | 'metric';
  readonly type: ExpressionType;
  readonly unit: Unit;
  readonly isPercent: boolean;
}

export interface Plan {
  readonly kind: 'plan';
  readonly relation: Relation;
  readonly columns: readonly OutputColumn[];
  /** What the SQL of a table needs to know of the project. */
  readonly timeZone: string;
  readonly calendar: Calendar;
  /** The asked period, `YYYY-MM-DD..YYYY-MM-DD` with both ends included, or null for all time. */
  readonly period: string | null;
  /** The day on which the question is asked. */
  readonly now: string;
  /** The role as which it is asked; null for nobody in particular. */
  readonly reader: string | null;
  /** Whether what passes a rule must be chosen before any other condition is tried: one may fail on what is hidden. */
  readonly isFenced: boolean;
  /** Buckets (or, without a grain, the period's first day) that are cut by the period or not over yet. */
  readonly partial: readonly string[];
  /** Tables that are read, with the columns of the model that are read from each; both sorted. */
  readonly reads: readonly { readonly table: string; readonly columns: readonly string[] }[];
}
