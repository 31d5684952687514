/** The library's metrics on PostgreSQL: the demo warehouse is copied over, and every metric held against plain SQL on the original. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type ChangeAccount, parseDay } from '../../compiler/index.ts';
import { openPostgres } from '../../runtime/engines/postgres/index.ts';
import { type Answer, isSound, openWarehouse, profileOf, readProject, run } from '../../runtime/index.ts';
import { makeDatabase } from '../support/postgres.ts';
import { explained, numbersOf } from './change.ts';
import { type Grouping, groupName, plain, questions, toNumber, workOut } from './plain/index.ts';
import { type Ask, library, openDemo } from './warehouse.ts';

const names = Object.keys(plain);
const atOnce = 15;
const now = { day: parseDay('2026-10-31') ?? 0, hour: 23 };

let ask: Ask;
const answers: Readonly<Record<Grouping, Map<string, Answer>>> = {
  total: new Map(),
  dimension: new Map(),
  quarter: new Map(),
};

const ofPeriods = new Map<string, Answer>();
/** Changes of a sum, a ratio, an average, a median and a count of what may be in several groups. */
const changes = ['won_revenue', 'quota_attainment', 'average_deal_size', 'median_deal_size', 'buying_accounts'];
const accounts = { here: new Map<string, ChangeAccount>(), original: new Map<string, ChangeAccount>() };

beforeAll(async () => {
  ask = await openDemo();
  const { url, client } = await makeDatabase();
  const tables = await ask("select table_name from duckdb_tables() where schema_name = 'main'");
  for (const [name] of tables) {
    const columns = await ask(
      `select column_name, data_type from duckdb_columns() where table_name = '${name}' order by column_index`,
    );
    await client.query(`create table "${name}" (${columns.map(([column, type]) => `"${column}" ${type}`).join(', ')})`);
    const [[rows] = []] = await ask(`select to_json(list(t)) from "${name}" as t`);
    await client.query(`insert into "${name}" select * from json_populate_recordset(null::"${name}", $1)`, [rows]);
  }
  await client.query('analyze');
  const project = readProject(library);
  if (!isSound(project)) throw new Error('the library has errors');
  const engine = openPostgres({ profile: 'copy', url });
  const askFor = async (metrics: readonly string[], grouping: Grouping, by: string | null) => {
    for (let first = 0; first < metrics.length; first += atOnce) {
      const some = metrics.slice(first, first + atOnce);
      const period = by === 'quarter' ? { period: '2010..2026', sparse: true } : {};
      const query = { metrics: some, by: by === null ? [] : [by], ...period };
      const { answer, diagnostics } = await run(project, engine, query, { now });
      if (answer === null) throw new Error(JSON.stringify(diagnostics));
      for (const metric of some) answers[grouping].set(metric, answer);
    }
  };
  await askFor(names, 'quarter', 'quarter');
  for (const by of new Set(names.map(name => plain[name]?.by ?? null))) {
    const grouped = names.filter(name => plain[name]?.by === by);
    await askFor(grouped, by === null ? 'total' : 'dimension', by);
  }
  for (const [name, { by, period, where }] of Object.entries(questions)) {
    const query = { metrics: [name], by, period, where };
    const { answer, diagnostics } = await run(project, engine, query, { now });
    if (answer === null) throw new Error(JSON.stringify(diagnostics));
    ofPeriods.set(name, answer);
  }
  const original = await openWarehouse(profileOf(project.folder, project.declaration, null));
  for (const metric of changes) {
    const asked = { metric, by: ['owner.region'], period: '2026-Q1', compare: 'prior_quarter' };
    accounts.here.set(metric, await explained(project, engine, asked, now));
    accounts.original.set(metric, await explained(project, original, asked, now));
  }
  await original.close();
  await engine.close();
}, 300_000);

test.each(changes)('why %s moved, as on the original', metric => {
  const [here, original] = [accounts.here.get(metric), accounts.original.get(metric)];
  if (here === undefined || original === undefined) throw new Error(`${metric} was not asked`);
  expect(numbersOf(here)).toEqual(numbersOf(original));
});

/** The groups of a metric that are not as plain SQL has them. Rows without a date are held together with the total. */
async function differing(metric: string, grouping: Grouping): Promise<readonly string[]> {
  const definition = plain[metric];
  const answer = answers[grouping].get(metric);
  if (definition === undefined || answer === undefined) throw new Error(`${metric} was not asked`);
  const { groups, at } = await workOut(ask, definition, grouping);
  const place = answer.columns.findIndex(column => column.name === metric);
  const cells = answer.rows.map(
    row => [grouping === 'total' ? 'all' : groupName(row[0]), toNumber(row[place])] as const,
  );
  const found = new Map(cells.filter(([group]) => grouping !== 'quarter' || group !== '(none)'));
  const missing = groups.filter(group => !found.has(group) && (at(group) ?? 0) !== 0 && group !== '(none)');
  const others = [...found].flatMap(([group, value]) => {
    const expected = at(group);
    const isSame =
      value === null || expected === null
        ? value === expected
        : Math.abs(value - expected) <= 1e-9 * Math.max(1, Math.abs(value));
    return isSame ? [] : [`${group}: ${value}, and not ${expected}`];
  });
  return [...missing.map(group => `${group} is missing`), ...others];
}

describe.each(names)('%s', metric => {
  const groupings: readonly Grouping[] = ['quarter', plain[metric]?.by === null ? 'total' : 'dimension'];

  test.each(groupings)('by %s', async grouping => {
    expect(await differing(metric, grouping)).toEqual([]);
  });
});

describe.each(Object.entries(questions))('%s of a period', (name, { by, sql }) => {
  test('as plain SQL has it', async () => {
    const groupOf = (row: readonly (string | number | boolean | null)[]) =>
      row.slice(0, by.length).map(groupName).join(' | ');
    const found = new Map(ofPeriods.get(name)?.rows.map(row => [groupOf(row), row[by.length] ?? null]));
    const wrong = (await ask(sql)).flatMap(row => {
      const [value, wanted] = [found.get(groupOf(row)) ?? null, row.at(-1) ?? null];
      const isText = typeof wanted === 'string' && Number.isNaN(Number(wanted));
      const [one, other] = [toNumber(value), toNumber(wanted)];
      const isSame = isText
        ? value === wanted
        : one === null || other === null
          ? (one ?? 0) === (other ?? 0)
          : Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one));
      return isSame ? [] : [`${groupOf(row)}: ${value}, and not ${wanted}`];
    });
    expect(wrong).toEqual([]);
  });
});
