/** The face of the client: what a generated client is made of, and how it is asked. Written by hand, and published as it stands. */

declare const brand: unique symbol;

/** A value that is of one kind alone, so that what must not be mixed up is not. */
interface Branded<K extends string, U extends string> {
  readonly [brand]: { readonly [P in K]: U };
}

/** An exact amount of money, as decimal text: `"1234.50"`. */
export type Money<C extends string> = string & Branded<'exact', C>;
/** An exact decimal number, as text, of some unit. */
export type Decimal<U extends string = 'none'> = string & Branded<'exact', U>;
/** A count of something that has no unit. */
export type Count = number & Branded<'count', 'none'>;
/** A number without a unit. */
export type Ratio = number & Branded<'number', 'none'>;
/** A share: 0.25 is 25 %. */
export type Percent = number & Branded<'number', 'percent'>;
/** A number of some unit: days, seats, euros that are an average. */
export type Quantity<U extends string> = number & Branded<'number', U>;
/** A day: `"2026-03-05"`. */
export type PlainDate = string & Branded<'time', 'day'>;
/** A moment in universal time: `"2026-03-05T14:30:00Z"`. */
export type Instant = string & Branded<'time', 'instant'>;
/** A whole number beyond 2^53, which JavaScript's numbers do not hold, as text. */
export type LargeInteger = string & Branded<'large', 'none'>;

/** Grains of time; an answer by one has a column of its name. Of all time, rows without a date are in a group of their own. */
export interface Grains {
  readonly hour: Instant | null;
  readonly day: PlainDate | null;
  readonly week: PlainDate | null;
  readonly month: PlainDate | null;
  readonly quarter: PlainDate | null;
  readonly half: PlainDate | null;
  readonly year: PlainDate | null;
  readonly fiscal_quarter: PlainDate | null;
  readonly fiscal_half: PlainDate | null;
  readonly fiscal_year: PlainDate | null;
}

export type Comparison =
  | 'prior_period'
  | 'prior_day'
  | 'prior_week'
  | 'prior_month'
  | 'prior_quarter'
  | 'prior_half'
  | 'prior_year';

/** What a generated client knows of a project: types alone. */
export interface Schema {
  /** By metric, the values of its column. */
  readonly metrics: object;
  /** By dimension and grain, the values of its column. */
  readonly fields: object;
  /** By dimension, what it can be compared with. */
  readonly dims: object;
  /** By metric, the dimensions and grains that it can be asked by. */
  readonly metricDims: object;
}

/** What a generated client knows of a project, at run time. */
export interface Model<S extends Schema> {
  readonly hash: string;
  /** The role whose names it has; null for all. */
  readonly role: string | null;
  readonly meanings: () => Promise<Meanings>;
  readonly schema?: S;
}

/** What metrics meant, and their types and units, when the client was generated; loaded where the project has changed since. */
export interface Meanings {
  readonly metrics: Readonly<Record<string, readonly [meaning: string, type: string, unit: string | null]>>;
}

export type MetricName<S extends Schema> = keyof S['metrics'] & keyof S['metricDims'] & string;

type Dims<S extends Schema, M extends MetricName<S>> = S['metricDims'][M];

/** The dimensions and grains that all of the metrics have. */
export type Common<S extends Schema, M extends MetricName<S>> = (
  M extends unknown
    ? (dimension: Dims<S, M>) => void
    : never
) extends (dimension: infer D) => void
  ? D & keyof S['fields'] & string
  : never;

type Choice<V> = V | readonly (V | null)[] | null;

/** For some of the dimensions the value that each must have, or the values of which it must have one; null is a missing value. */
export type Where<S extends Schema, M extends MetricName<S>> = {
  readonly [D in Common<S, M> & keyof S['dims']]?: Choice<S['dims'][D]>;
};

export interface Question<
  S extends Schema,
  M extends readonly MetricName<S>[],
  D extends readonly Common<S, M[number]>[],
  C extends readonly Comparison[],
> {
  readonly metrics: M;
  /** Dimensions that all of the metrics have, and at most one grain of time. */
  readonly by?: D;
  /** `2026-Q1`, `last 12 months`, `this quarter`, `2026-03-05..2026-04-02`. */
  readonly period?: string;
  readonly where?: Where<S, M[number]>;
  /** A formula over metrics, such as `won_revenue > 0`; it cuts rows and adds none. */
  readonly having?: string;
  /** Gives each metric the columns `NAME.prior` and, of numbers, `NAME.change`; where several are asked `NAME.prior_year` and `NAME.prior_year_change`. */
  readonly compare?: C;
  /** Compare what is not over yet with as many days of before. */
  readonly like_for_like?: boolean;
  /** Columns of the answer, each with ` desc` behind it or not. */
  readonly order?: readonly Order<keyof Row<S, M, D, C> & string>[];
  readonly limit?: number;
  /** Every member of these dimensions, with rows or without. */
  readonly complete?: readonly D[number][];
  /** Only buckets that have rows. */
  readonly sparse?: boolean;
  /** The day on which the question is asked, `2026-03-05`; without it, today. */
  readonly as_of?: string;
}

type Order<N extends string> = N | `${N} desc`;

/** Columns by their names; where it is not known which of the names are asked, each may be missing. */
type Columns<F, N extends readonly unknown[]> = number extends N['length']
  ? Partial<Pick<F, N[number] & keyof F>>
  : Pick<F, N[number] & keyof F>;

/** Values that have a difference. */
type Amount = number | Branded<'exact', string>;

type Compared<F, M extends keyof F, P extends string, D extends string> = {
  readonly [K in M as `${K & string}.${P}`]: F[K];
} & {
  readonly [K in M as NonNullable<F[K]> extends Amount ? `${K & string}.${D}` : never]: F[K];
};

type Comparisons<F, M extends keyof F, C extends readonly string[]> = number extends C['length']
  ? Partial<Compared<F, M, 'prior' | C[number], 'change' | `${C[number]}_change`>>
  : C extends readonly []
    ? unknown
    : C extends readonly [string]
      ? Compared<F, M, 'prior', 'change'>
      : Compared<F, M, C[number], `${C[number]}_change`>;

/** A row of an answer: exactly the columns that were asked for. */
export type Row<
  S extends Schema,
  M extends readonly unknown[],
  D extends readonly unknown[] = [],
  C extends readonly string[] = [],
> = Columns<S['metrics'], M> & Columns<S['fields'], D> & Comparisons<S['metrics'], M[number] & keyof S['metrics'], C>;

export interface Column {
  readonly name: string;
  readonly kind: 'dimension' | 'metric';
  readonly type: string;
  /** `EUR`, `percent`, `days`; null for none. */
  readonly unit: string | null;
}

export interface Answer<R> {
  readonly columns: readonly Column[];
  readonly rows: readonly R[];
  readonly meta: Meta;
}

export interface Meta {
  /** The hash of the model that the answer was made with. */
  readonly model: string;
  readonly period: string | null;
  readonly as_of: string;
  /** Buckets that are cut by the period or not over yet. */
  readonly partial: readonly string[];
  /** Whether rows were left out because there are too many. */
  readonly truncated: boolean;
  readonly sql_ms: number;
}

/** A metric that is not what it was when the client was generated. */
export interface Drift {
  readonly metric: string;
  /** The hash of its meaning then, or its type and unit where these are what changed. */
  readonly was: string;
  /** Null where there is no such metric any more. */
  readonly is: string | null;
}

export interface Diagnostic {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly file: string | null;
  readonly help?: string | null;
}

/**
 * Why there is no answer. `code` is that of the first finding (`M2001`), or of the client's own: `unreachable`, `unreadable`
 * (an answer that is none), `inexact` (a whole number beyond 2^53 as a metric's value) or `drift`.
 */
export declare class MetricsError extends Error {
  readonly name: 'MetricsError';
  readonly code: string;
  readonly help: string | null;
  readonly diagnostics: readonly Diagnostic[];
  /** HTTP's, where there was an answer. */
  readonly status: number | null;
  /** What has changed, where that is the reason. */
  readonly drift: readonly Drift[];
}

export interface AskOptions {
  readonly signal?: AbortSignal;
}

export interface Client<S extends Schema> {
  /** The answer as a whole. */
  query<
    const M extends readonly MetricName<S>[],
    const D extends readonly Common<S, M[number]>[] = [],
    const C extends readonly Comparison[] = [],
  >(question: Question<S, M, D, C>, options?: AskOptions): Promise<Answer<Row<S, M, D, C>>>;
  /** Its rows one by one, as they come; ending the loop ends the query. */
  stream<
    const M extends readonly MetricName<S>[],
    const D extends readonly Common<S, M[number]>[] = [],
    const C extends readonly Comparison[] = [],
  >(question: Question<S, M, D, C>, options?: AskOptions): AsyncIterable<Row<S, M, D, C>>;
}

export type OnDrift = 'warn' | 'throw' | 'ignore' | ((drift: readonly Drift[]) => void);

/** What is sent: a question as `schemas/query.schema.json` has it, and what the client knows of the model. */
export type Body = Readonly<Record<string, unknown>>;

/** The head of an answer whose rows come one by one. */
export interface Head {
  readonly columns: readonly Column[];
  readonly meta: Partial<Meta> & { readonly model: string; readonly drift?: readonly Drift[] };
}

/** What carries questions and answers: HTTP, or a session of the same process. */
export interface Transport {
  /** Rows by name, or lists of values in the order of the columns. */
  readonly query: (body: Body, options: AskOptions) => Promise<Head & { readonly rows: readonly unknown[] }>;
  /** The head, then rows as lists of values, in the order of the columns. */
  readonly stream: (body: Body, options: AskOptions) => AsyncIterable<Head | readonly unknown[]>;
}

/** Of a session (see `openProject`), what is asked of it here; `P` says who asks. */
export interface Session<P> {
  query(
    question: Body,
    asker: { readonly principal: P; readonly signal?: AbortSignal | undefined },
  ): Promise<Head & { readonly rows: readonly unknown[] }>;
  stream(
    question: Body,
    asker: { readonly principal: P; readonly signal?: AbortSignal | undefined },
  ): Promise<AsyncIterable<readonly unknown[]> & Head & { readonly end: { readonly truncated: boolean } | null }>;
  drift(known: Readonly<Record<string, string>>, asker: { readonly principal: P }): readonly Drift[];
}

export interface ConnectOptions {
  /** Of `metrics serve`: `https://metrics.example.com`. */
  readonly url: string;
  /** A bearer token, or what gives one for each request. */
  readonly token?: string | (() => string | Promise<string>);
  readonly fetch?: typeof globalThis.fetch;
  readonly onDrift?: OnDrift;
}

/** A client that asks `metrics serve`. */
export declare function connect<S extends Schema>(model: Model<S>, options: ConnectOptions): Client<S>;

/** A client that asks whatever carries its questions. */
export declare function clientOf<S extends Schema>(
  model: Model<S>,
  transport: Transport,
  options?: { readonly onDrift?: OnDrift },
): Client<S>;

/** Carries questions to a session of the same process. */
export declare function inProcess<P>(session: Session<P>, principal: P): Transport;

/** An object that has every name as its own value: `names().won_revenue` is `'won_revenue'`. */
export declare function names<N extends object>(): N;
