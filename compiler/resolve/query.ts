/** Queries as they are asked: plain data, and the places of their texts for findings. */
import type { Day } from '../calendar/index.ts';
import type { At } from '../formula/index.ts';
import type { Source, Span } from '../source.ts';
import { type Choices, choicesText } from './choices.ts';

/** A question, as `schemas/query.schema.json` describes it. */
export interface Query {
  readonly metrics: readonly string[];
  readonly by?: readonly string[] | undefined;
  /** A condition over dimensions, or for each of some the values that it may have. */
  readonly where?: string | Choices | undefined;
  readonly having?: string | undefined;
  readonly period?: string | undefined;
  readonly compare?: readonly string[] | undefined;
  readonly like_for_like?: boolean | undefined;
  readonly order?: readonly string[] | undefined;
  readonly limit?: number | undefined;
  readonly complete?: readonly string[] | undefined;
  readonly sparse?: boolean | undefined;
  readonly as?: string | undefined;
  readonly user?: Readonly<Record<string, unknown>> | undefined;
}

/** A question for the rows behind one metric: `table` chooses among the tables that it reads. */
export interface RowsQuery extends Query {
  readonly table?: string | undefined;
}

/** When a question is asked, in the project's time zone. */
export interface Now {
  readonly day: Day;
  /** The hour of that day, 0 to 23, up to which hours are filled. */
  readonly hour: number;
}

/** The metrics that a question names: those that are asked, and every word or path of its condition on metrics. */
export function metricsNamed(query: Query): readonly string[] {
  return [
    ...query.metrics,
    ...(query.having?.match(/[A-Za-z_][A-Za-z0-9_]*(\s*\.\s*[A-Za-z_][A-Za-z0-9_]*)*/g) ?? []),
  ].map(name => name.replace(/\s/g, ''));
}

/** The name of a part of the query, as findings show it. */
export const part = (key: string) => `query.${key}`;

/** The texts of a query as sources, so that findings can point into them. */
export function querySources(query: RowsQuery): readonly Source[] {
  const lists = {
    metrics: query.metrics,
    by: query.by,
    order: query.order,
    complete: query.complete,
    compare: query.compare,
  };
  const texts = {
    where: whereText(query),
    having: query.having,
    period: query.period,
    as: query.as,
    table: query.table,
    user: userText(query),
    limit: query.limit?.toString(),
    like_for_like: query.like_for_like?.toString(),
  };
  return [
    ...Object.entries(lists).flatMap(([key, list]) =>
      list === undefined ? [] : [{ path: part(key), text: list.join(', ') }],
    ),
    ...Object.entries(texts).flatMap(([key, text]) => (text === undefined ? [] : [{ path: part(key), text }])),
  ];
}

/** The condition on dimensions as a text. */
export function whereText({ where }: Query): string | undefined {
  return where === undefined || typeof where === 'string' ? where : choicesText(where);
}

/** The attributes of the user as they are given to the command line. */
export function userText({ user }: Query): string | undefined {
  if (user === undefined) return undefined;
  return Object.entries(user)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(', ');
}

/** The place of the item at `index` in a list that is shown with `, ` between its items. */
export function itemSpan(key: string, list: readonly string[], index: number, at: At | null = null): Span {
  const start = list.slice(0, index).reduce((sum, item) => sum + item.length + 2, 0);
  const [from, to] = at ?? [0, list[index]?.length ?? 0];
  return { file: part(key), start: start + from, end: start + to };
}

/** A part of the query from end to end. */
export function wholeSpan(key: string, text: string): Span {
  return { file: part(key), start: 0, end: text.length };
}

export function textSpan(key: string): (at: At) => Span {
  return ([start, end]) => ({ file: part(key), start, end });
}
