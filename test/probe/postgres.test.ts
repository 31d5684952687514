/** `metrics validate --warehouse` on PostgreSQL: the same faults, found in the same words. */
import { beforeAll, describe, expect, test } from 'vitest';
import { isSound, openWarehouse, probeWarehouse, profileOf, readProject } from '../../runtime/index.ts';
import { makeDatabase, type TestDatabase } from '../support/postgres.ts';
import { projectFolder } from '../support/project.ts';
import { model, planted, sound } from './planted.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await makeDatabase();
});

async function found(schema: string) {
  const profile = `warehouse: { profiles: { here: { engine: postgres, url: "${database.url}" } } }\n`;
  const folder = projectFolder({ 'metrics.yaml': `${model(table => `${schema}.${table}`)}${profile}` });
  const project = readProject(folder);
  if (!isSound(project)) throw new Error(JSON.stringify(project.diagnostics));
  const engine = await openWarehouse(profileOf(project.folder, project.declaration, null));
  try {
    const { signal } = new AbortController();
    const now = { day: 20_600, hour: 12 };
    const diagnostics = await probeWarehouse(project, engine, { signal, timeoutMs: 60_000, now, progress: () => {} });
    return diagnostics.map(({ code, path, message }) => `${code} ${path}: ${message}`);
  } finally {
    await engine.close();
  }
}

describe('a planted fault is found, and nothing else', () => {
  test.each(planted.map((each, index) => ({ ...each, schema: `planted_${index}` })))('$what', async plant => {
    const { client } = database;
    await client.query(`create schema ${plant.schema}`);
    for (const [name, { columns, rows }] of Object.entries(sound)) {
      await client.query(`create table ${plant.schema}.${name} (${columns.join(', ')})`);
      for (const row of [...rows, ...(plant.added[name] ?? [])]) {
        const places = row.map((_, index) => `$${index + 1}`).join(', ');
        await client.query(`insert into ${plant.schema}.${name} values (${places})`, [...row]);
      }
    }
    expect([...(await found(plant.schema))].sort()).toEqual([...plant.found].sort());
  });
});

test('a column that is missing and one of another type are told, and the rest is held', async () => {
  const { client } = database;
  await client.query('create schema other');
  for (const [name, { columns }] of Object.entries(sound))
    await client.query(`create table other.${name} (${columns.join(', ')})`);
  await client.query('alter table other.reps drop column name');
  await client.query('alter table other.lines alter column deal_id type date using null');
  await client.query(
    "insert into other.contracts values ('r1', null, null), ('r1', '2026-01-01', null), (null, null, null)",
  );
  const codes = (await found('other')).map(text => text.replace(/: .*/, ''));
  expect([...codes].sort()).toEqual([
    'M9002 tables.reps.columns.name',
    'M9003 tables.lines.columns.deal_id',
    'M9041 tables.contracts.key',
  ]);
});
