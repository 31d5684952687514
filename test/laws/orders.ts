/**
 * Order means nothing where the language gives it none: of metrics and dimensions in a question (but for the order of
 * columns), of keys, definitions and files (the SQL is the same to the byte), of rows in the warehouse. Lists keep their
 * order, since that of a key decides which row is the last.
 */
import type { Query } from '../../compiler/index.ts';
import { chance, count, type Gen, pick } from '../oracle/generate/choose.ts';
import { sharedCondition } from '../oracle/generate/dimensions.ts';
import { generateQuery } from '../oracle/generate/query.ts';
import { around, type Written } from '../oracle/generate/written.ts';
import { type Definitions, modelOfFiles } from './asker.ts';
import { asked, family } from './family.ts';
import { forms, shape } from './forms.ts';
import { expectSame, expectSameOrder, groupsOf } from './groups.ts';
import { asRecord, type Law, shuffled } from './law.ts';
import { expectSameSql } from './sql.ts';

/** With a limit the order of rows counts, which is that of the dimensions. */
export const orderOfQuestion: Law = {
  name: 'the order of metrics and dimensions in a question changes nothing but that of columns',
  seed: 1_273_440_981,
  cases: { duckdb: 200, postgres: 20 },
  also: g => family(g),
  claim: (g, { metrics, model }) => {
    const query: Query = { ...asked(g, metrics), order: undefined, limit: undefined };
    const other: Query = {
      ...query,
      metrics: shuffled(g, query.metrics),
      by: shuffled(g, query.by ?? []),
      complete: query.complete && shuffled(g, query.complete),
    };
    const isOther = other.metrics.join() !== query.metrics.join() || other.by?.join() !== query.by?.join();
    if (!isOther) return null;
    return async asker => {
      const answer = groupsOf(await asker.ask(model, query));
      expectSame(groupsOf(await asker.askAlso(model, other)), answer);
      return 1;
    };
  },
};

export const orderOfDefinitions: Law = {
  name: 'the order of files, definitions and keys changes no byte of the SQL',
  seed: 960_183_002,
  cases: { duckdb: 300, postgres: 100 },
  claim: (g, { world, metrics, model }) => {
    const queries = [0, 1, 2].map(() => generateQuery(g, metrics, forms, [], shape));
    const files = filesOf(g, world.definitions);
    return async asker => {
      const { model: other } = modelOfFiles(files);
      return expectSameSql(
        asker,
        queries.map(query => ({ model, query })),
        queries.map(query => ({ model: other, query })),
      );
    };
  },
};

export const orderOfRows: Law = {
  name: 'the order of rows in the warehouse changes nothing',
  seed: 55_017_326,
  cases: { duckdb: 200, postgres: 20 },
  also: g => Object.fromEntries([0, 1, 2, 3, 4, 5, 6, 7].map(index => [`x${index}`, ordered(g)])),
  claim: (g, { metrics, model }) => {
    const queries = [0, 1, 2].map(() => asked(g, metrics));
    const turn = count(g, 1, 1_000_000);
    return async asker => {
      const answers = [];
      for (const query of queries) answers.push(groupsOf(await asker.ask(model, query)));
      const { rows } = asker.world;
      await asker.fill({
        ...asker.world,
        rows: Object.fromEntries(Object.entries(rows).map(([table, each]) => [table, mixed(each, turn)])),
      });
      for (const [index, query] of queries.entries()) {
        const answer = answers[index];
        if (answer !== undefined) expectSameOrder(groupsOf(await asker.ask(model, query)), answer);
      }
      return queries.length;
    };
  },
};

/** The first or the last of rows, of which many have the same time, or none. */
function ordered(g: Gen): Written {
  const table = pick(g, 'deals', 'calls', 'reps');
  const columns = {
    deals: ['amount', 'quantity', 'stage', 'created_on'],
    calls: ['minutes', 'kind'],
    reps: ['level', 'name'],
  };
  const call = `${pick(g, 'first', 'last')}(${table}.${pick(g, ...columns[table])}${chance(g, 30) ? ` where ${sharedCondition(g)}` : ''})`;
  const text = table === 'deals' && chance(g, 30) ? `(${call} at ${pick(g, 'created_on', 'closed_on')})` : call;
  return { ...around(text, [], null, 'value'), tables: [table], isTimeless: table === 'reps', hasFlow: true };
}

/** The same mixture of as many rows, so that it can be made again of fewer. */
function mixed<T>(rows: readonly T[], turn: number): readonly T[] {
  const places = rows.map((row, index) => ({ row, place: Math.imul(turn + index * 7919, 2_654_435_761) >>> 0 }));
  return places.toSorted((a, b) => a.place - b.place).map(({ row }) => row);
}

/** The project in several files, their definitions and all keys in any order. */
function filesOf(g: Gen, definitions: Definitions): readonly Definitions[] {
  const { tables, metrics, ...project } = definitions;
  const files: { tables: Record<string, unknown>; metrics: Record<string, unknown> }[] = Array.from(
    { length: count(g, 1, 4) },
    () => ({ tables: {}, metrics: {} }),
  );
  for (const [kind, all] of [
    ['tables', tables],
    ['metrics', metrics],
  ] as const) {
    for (const [name, each] of shuffled(g, Object.entries(asRecord(all)))) {
      const file = files[count(g, 0, files.length - 1)];
      if (file !== undefined) file[kind][name] = turned(g, each);
    }
  }
  const [first, ...others] = files.map(file => ({
    ...(Object.keys(file.tables).length === 0 ? {} : { tables: file.tables }),
    ...(Object.keys(file.metrics).length === 0 ? {} : { metrics: file.metrics }),
  }));
  const written = [{ ...project, ...first }, ...others.map(file => ({ version: 1, ...file }))];
  return shuffled(
    g,
    written.map(file => asRecord(turnedTop(g, file))),
  );
}

function turnedTop(g: Gen, file: Definitions): Definitions {
  return Object.fromEntries(shuffled(g, Object.entries(file)));
}

/** The same mappings with their keys in any order. */
function turned(g: Gen, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(shuffled(g, Object.entries(value)).map(([key, each]) => [key, turned(g, each)]));
}
