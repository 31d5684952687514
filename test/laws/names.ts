/**
 * Names mean nothing: with all tables, columns, joins, lifespans, shared dimensions and metrics called otherwise (the
 * warehouse's own names stay), a question in the new names has the same rows in the same order, under the new names. Words
 * that the language has as well, such as `month`, keep their meaning and so their name.
 */
import type { Query } from '../../compiler/index.ts';
import { count, type Gen } from '../oracle/generate/choose.ts';
import { Broken, type Definitions, modelOfFiles } from './asker.ts';
import { asked, family } from './family.ts';
import { expectSameOrder, groupsOf, renamed } from './groups.ts';
import { asRecord, type Law, shuffled } from './law.ts';

export const names: Law = {
  name: 'with other names for everything the rows are the same, under the other names',
  seed: 601_992_840,
  cases: { duckdb: 200, postgres: 20 },
  also: g => family(g),
  claim: (g, { world, metrics, model }) => {
    const queries = [0, 1, 2].map(() => asked(g, metrics));
    const other = otherNames(g, world.definitions);
    const called = (text: string) => inOtherNames(text, other);
    return async asker => {
      const { model: changed } = modelOfFiles([renameAll(world.definitions, other)]);
      const missing = Object.keys(model.metrics).filter(name => !Object.hasOwn(changed.metrics, called(name)));
      if (missing.length > 0) throw new Broken(`not there under other names: ${missing.join(', ')}`);
      for (const query of queries) {
        const answer = groupsOf(await asker.ask(model, query));
        const columns = Object.fromEntries([...answer.keys, ...answer.metrics].map(name => [name, called(name)]));
        expectSameOrder(groupsOf(await asker.askAlso(changed, inNewWords(query, called))), renamed(answer, columns));
      }
      return queries.length;
    };
  },
};

type Names = ReadonlyMap<string, string>;

/** A new name for each that the project defines, in another alphabetical order. */
function otherNames(g: Gen, definitions: Definitions): Names {
  const tables = Object.entries(asRecord(definitions.tables)).flatMap(([name, table]) => {
    const { columns, joins, lifespans, entity } = asRecord(table);
    const dimensions = Object.values(asRecord(columns)).map(column => asRecord(column).dimension);
    const parts = [columns, joins, lifespans].flatMap(part => Object.keys(asRecord(part)));
    return [name, ...parts, ...[entity, ...dimensions].filter(each => typeof each === 'string')];
  });
  const words = [...new Set([...tables, ...Object.keys(asRecord(definitions.metrics))])];
  const own = words.filter(word => !known.has(word));
  const letters = () => String.fromCharCode(97 + count(g, 0, 25)) + String.fromCharCode(97 + count(g, 0, 25));
  return new Map(shuffled(g, own).map((word, index) => [word, `${letters()}_${index}`]));
}

/** Words of the language among the names. */
const known = new Set(['month', 'minutes', 'day', 'week', 'quarter', 'half', 'year', 'date', 'last', 'first']);

/** A formula, or a list of names, with its words outside quotes changed. */
function inOtherNames(text: string, names: Names): string {
  return text.replace(/'(?:[^']|'')*'|[A-Za-z_][A-Za-z0-9_]*/g, word => names.get(word) ?? word);
}

function inNewWords(query: Query, called: (text: string) => string): Query {
  const list = (texts: readonly string[] | undefined) => texts?.map(called);
  return {
    ...query,
    metrics: query.metrics.map(called),
    by: list(query.by),
    where: typeof query.where === 'string' ? called(query.where) : query.where,
    having: query.having === undefined ? undefined : called(query.having),
    complete: list(query.complete),
    order: list(query.order),
  };
}

/** The definitions in the new names, where each table and column still says what it is called in the warehouse. */
function renameAll(definitions: Definitions, names: Names): Definitions {
  const called = (text: string) => inOtherNames(text, names);
  const tables = Object.entries(asRecord(definitions.tables)).map(([name, written]) => {
    const { from, columns, ...table } = asRecord(written);
    const changed = Object.entries(asRecord(columns)).map(([column, each]) => {
      const long = typeof each === 'string' ? { type: each } : asRecord(each);
      const { type, values, ...rest } = long;
      const stored = rest.formula === undefined && rest.column === undefined ? { column } : {};
      const kept = { ...(type === undefined ? {} : { type }), ...(values === undefined ? {} : { values }), ...stored };
      return [called(column), { ...kept, ...asRecord(renameIn(rest, called)) }] as const;
    });
    const rest = asRecord(renameIn(table, called));
    return [called(name), { from, columns: Object.fromEntries(changed), ...rest }] as const;
  });
  const metrics = Object.entries(asRecord(definitions.metrics)).map(
    ([name, metric]) => [called(name), renameMetric(asRecord(metric), called)] as const,
  );
  const { rates } = definitions;
  const renamed = Object.entries(asRecord(rates)).map(([key, value]) => [key, renameIn(value, called)] as const);
  const settings = rates === undefined ? {} : { rates: Object.fromEntries(renamed) };
  return { ...definitions, ...settings, tables: Object.fromEntries(tables), metrics: Object.fromEntries(metrics) };
}

function renameMetric(
  { formula, time, table, ...rest }: Readonly<Record<string, unknown>>,
  called: (text: string) => string,
) {
  const parts = Object.entries({ formula, time, table }).filter(([, value]) => value !== undefined);
  return { ...rest, ...Object.fromEntries(parts.map(([key, value]) => [key, renameIn(value, called)])) };
}

/** Every text is a name or a formula; so are the keys of joins and lifespans, and of what joins are on. */
function renameIn(value: unknown, called: (text: string) => string): unknown {
  if (typeof value === 'string') return called(value);
  if (Array.isArray(value)) return value.map(each => renameIn(each, called));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [words.has(key) ? key : called(key), renameIn(each, called)]),
  );
}

/** Keys of the files' own language. */
const words = new Set([
  'key',
  'entity',
  'time',
  'valid',
  'joins',
  'lifespans',
  'to',
  'on',
  'as_of',
  'from',
  'until',
  'formula',
  'dimension',
  'unit',
  'column',
]);
