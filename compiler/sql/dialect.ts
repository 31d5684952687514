/** What a dialect of SQL must answer. A dialect is one file: the standard answers with what it does otherwise. */
import type { Calendar, Grain } from '../calendar/index.ts';
import type { ExpressionType } from '../model.ts';
import type { ListRelation, NamedAggregate, ScalarFunction } from '../plan/index.ts';
import type { Doc, SqlParameter } from './document.ts';
import type { Sql } from './expression.ts';

/** An operand with what the plan knows of it. */
export interface Operand {
  readonly sql: Sql;
  readonly type: ExpressionType;
  /** Its value, where it is a constant or a parameter. */
  readonly value: string | boolean | null;
  /** Of a duration, its unit. */
  readonly unit: string | null;
}

/** What the SQL of a project needs to know of it. */
export interface Surroundings {
  readonly timeZone: string;
  readonly calendar: Calendar;
}

/** A moment whose bucket is wanted. */
export interface BucketRequest {
  readonly grain: Grain;
  readonly operand: Operand;
  /** Whether a timestamp shows local time already. */
  readonly isLocal: boolean;
}

/** The bucket of a time axis: what rows are grouped by, and the first day of the group made from that. */
export interface BucketSql {
  readonly keys: readonly Sql[];
  readonly value: Sql;
}

export interface AggregateSql {
  readonly aggregate: NamedAggregate['aggregate'];
  readonly operands: readonly Operand[];
  /** Of `first` and `last`: what rows are ordered by. */
  readonly order: readonly Operand[];
  readonly filter: Sql | null;
  readonly type: ExpressionType;
}

/** The last row of a source, in brackets, whose column `at` is not after the moment. */
export interface NearestSql {
  readonly source: Doc;
  readonly alias: string;
  /** Equalities that it must pass. */
  readonly pairs: readonly Doc[];
  readonly at: Sql;
  readonly moment: Sql;
}

export interface Dialect {
  readonly name: string;
  /** How its engine is called in findings. */
  readonly title: string;
  /** Whether tables may be files that the engine reads itself. */
  readonly readsFiles: boolean;
  readonly identifier: (name: string) => string;
  readonly placeholder: (index: number, parameter: SqlParameter) => string;
  readonly constant: (type: ExpressionType, value: string | boolean | null) => Sql;
  readonly call: (
    name: ScalarFunction,
    operands: readonly Operand[],
    type: ExpressionType,
    surroundings: Surroundings,
  ) => Sql;
  readonly aggregate: (aggregate: AggregateSql) => Sql;
  readonly bucket: (bucket: BucketRequest, surroundings: Surroundings) => BucketSql;
  /** A stored timestamp as the wall shows it in a zone. */
  readonly local: (timestamp: Sql, timeZone: string) => Sql;
  /** A date or a timestamp moved by a number of days, months or seconds. */
  readonly moved: (moment: Operand, by: Sql, unit: 'days' | 'months' | 'seconds') => Sql;
  /** The time from one timestamp to another as a number of units of so many seconds. */
  readonly elapsed: (from: Sql, until: Sql, seconds: number) => Sql;
  readonly cast: (value: Sql, type: ExpressionType) => Sql;
  /** A value in a form that meets others of its type, from other tables, without loss. */
  readonly uniform: (value: Sql, type: ExpressionType) => Sql;
  /** A stored column, made harmless where its values may not be: not-a-number becomes null. */
  readonly stored: (column: Sql, type: ExpressionType) => Sql;
  /** A column of the answer by whose name rows are sorted, in an order that does not depend on the server's language. */
  readonly collated: (value: Sql, type: ExpressionType) => Sql;
  /** A last clause that keeps the server from folding a SELECT into the one around it; null where it does no harm. */
  readonly fence: string | null;
  /** A last clause that keeps the conditions of the SELECT around it out of a SELECT. */
  readonly barrier: string;
  /** A relation of `count` rows whose column `name` holds buckets from `first` on. */
  readonly spine: (name: string, grain: Grain, first: string, count: number, surroundings: Surroundings) => Doc;
  /** The SELECT or VALUES of rows that are written out. */
  readonly list: (list: ListRelation) => Doc;
  /** The join that finds, for each row, the last row of a source on or before a moment. */
  readonly nearest: (join: NearestSql) => Doc;
  /** Whether `a semi join b on ...` keeps the rows of one source that find any of the other. */
  readonly hasSemiJoin: boolean;
  /** A value that cannot be had: a query that comes to it fails with the text. */
  readonly failing: (text: Sql) => Sql;
  /** Equality in which null equals null. */
  readonly isSame: (a: Sql, b: Sql) => Sql;
  /** The null of a column that one branch of a union lacks. */
  readonly missing: (type: ExpressionType) => Doc;
  /** The one of several equal or missing values of a group that is there. */
  readonly only: (value: Sql, type: ExpressionType) => Sql;
  /** A sort key with nulls last. */
  readonly sortKey: (key: { readonly column: Doc; readonly isDescending: boolean }) => Doc;
}
