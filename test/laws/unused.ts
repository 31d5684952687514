/**
 * What a question does not name has no part in its answer: joins, tables, columns, lifespans and metrics that nothing uses
 * leave the SQL as it is, to the byte, and so does leaving out what is not asked. Names that are added are new ones: a join
 * or column of a known name may make a path ambiguous, which is refused.
 */
import { metricsNamed } from '../../compiler/index.ts';
import { type Gen, pick } from '../oracle/generate/choose.ts';
import { generateQuery } from '../oracle/generate/query.ts';
import { Broken, type Definitions, modelOfFiles, Refused } from './asker.ts';
import { forms, shape } from './forms.ts';
import { asRecord, chosen, type Law } from './law.ts';
import { expectSameSql } from './sql.ts';

/** Another join may leave open by which one a path goes; what is not among the columns then cannot be ordered by. */
const ambiguous = ['M4002', 'M4017', 'M2010'];

interface Addition {
  readonly what: string;
  readonly add: (definitions: Definitions) => Definitions;
}

export const additions: Law = {
  name: 'an unused join, table, column, lifespan or metric changes no byte of the SQL',
  seed: 2_018_773_465,
  cases: { duckdb: 300, postgres: 100 },
  claim: (g, { world, metrics, model }) => {
    const queries = [0, 1, 2].map(() => generateQuery(g, metrics, forms, [], shape));
    const added = chosen(g, possible(g, Object.keys(metrics)), 4);
    const definitions = added.reduce((all, { add }) => add(all), world.definitions);
    return async asker => {
      asker.alsoRefused = ambiguous;
      const { model: other, diagnostics } = modelOfFiles([definitions]);
      const names = Object.keys(model.metrics).filter(name => !Object.hasOwn(other.metrics, name));
      const codes = diagnostics.map(({ code }) => code);
      // What became ambiguous may have been a column, which a question then does not find.
      if (codes.length > 0 && codes.every(code => ambiguous.includes(code))) throw new Refused(codes);
      if (names.length > 0)
        throw new Broken(
          `${added.map(({ what }) => what).join(', ')} break ${names.join(', ')}: ${JSON.stringify(diagnostics)}`,
        );
      return expectSameSql(
        asker,
        queries.map(query => ({ model, query })),
        queries.map(query => ({ model: other, query })),
      );
    };
  },
};

export const omissions: Law = {
  name: 'metrics that a question does not need may be left out of the project',
  seed: 1_411_090_287,
  cases: { duckdb: 200, postgres: 0 },
  claim: (g, { world, metrics, model }) => {
    const queries = [0, 1, 2].map(() => generateQuery(g, metrics, forms, [], shape));
    const all = asRecord(world.definitions.metrics);
    return async asker => {
      const others = queries.map(query => {
        const wanted = metricsNamed(query);
        const kept = Object.entries(all).filter(([name]) => behind(wanted, all).has(name));
        const few = { ...world.definitions, metrics: Object.fromEntries(kept) };
        return { query, model: modelOfFiles([few], wanted).model };
      });
      const asked = queries.map(query => ({ query, model }));
      return expectSameSql(asker, asked, others);
    };
  },
};

function possible(g: Gen, names: readonly string[]): readonly Addition[] {
  const joined = pick(g, 'reps', 'accounts', 'teams', 'deals');
  const named = pick(g, ...names);
  const table = pick(g, 'deals', 'calls', 'reps', 'accounts', 'quotas');
  return [
    { what: `a join from ${table}`, add: within(table, 'joins', { zz_join: { to: joined, on: targets[joined] } }) },
    { what: `a column of ${table}`, add: within(table, 'columns', { zz_sum: { formula: 'zz_number + 1' } }) },
    {
      what: `a lifespan of ${table}`,
      add: within(table, 'lifespans', { zz_life: { from: 'zz_day', until: 'zz_day' } }),
    },
    {
      what: 'a table',
      add: definitions => ({ ...definitions, tables: { aa_table: ownTable, ...asRecord(definitions.tables) } }),
    },
    {
      what: 'metrics',
      add: definitions => ({
        ...definitions,
        metrics: {
          aa: { formula: named },
          zz: { formula: 'count(deals where quantity > 1)' },
          ...asRecord(definitions.metrics),
        },
      }),
    },
  ];
}

const stored = { zz_number: 'integer', zz_text: 'string', zz_day: 'date' } as const;

const targets = {
  reps: { zz_text: 'rep_id' },
  accounts: { zz_text: 'account_id' },
  teams: { zz_number: 'team_id' },
  deals: { zz_number: 'deal_id' },
} as const;

const ownTable = {
  from: 'zz_table',
  key: 'zz_key',
  time: 'zz_day',
  entity: 'zz_thing',
  columns: { zz_key: 'string', rep_id: 'string', amount: 'decimal', ...stored },
  joins: { rep: { to: 'reps', on: 'rep_id' }, zz_account: { to: 'accounts', on: { zz_text: 'account_id' } } },
} as const;

/** More in a part of a table, before what is there, and the columns that it needs. */
function within(table: string, part: string, more: Readonly<Record<string, unknown>>): Addition['add'] {
  return definitions => {
    const tables = asRecord(definitions.tables);
    const known = asRecord(tables[table]);
    const columns = { ...stored, ...asRecord(known.columns) };
    const changed = {
      ...known,
      columns,
      [part]: { ...more, ...(part === 'columns' ? columns : asRecord(known[part])) },
    };
    return { ...definitions, tables: { ...tables, [table]: changed } };
  };
}

/** Those of the named that are metrics, with those that their formulas name. */
function behind(starts: readonly string[], metrics: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name) || !Object.hasOwn(metrics, name)) return;
    found.add(name);
    const { formula } = asRecord(metrics[name]);
    if (typeof formula === 'string') wordsOf(formula).forEach(visit);
  };
  starts.forEach(visit);
  return found;
}

function wordsOf(formula: string): readonly string[] {
  return formula.replace(/'(?:[^']|'')*'/g, ' ').match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? [];
}
