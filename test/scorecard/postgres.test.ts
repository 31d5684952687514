/** Scorecards and alerts on PostgreSQL say what they say over the files, whose values are worked out by hand beside this. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { database } from '../support/postgres.ts';
import { metrics } from '../support/project.ts';
import { asOf, smallProject } from './project.ts';

const folder = path.join(import.meta.dirname, '../projects/scorecard');
const tables = {
  deals: 'deal_id text, rep_id text, stage text, amount numeric(10, 2), created_on date, closed_on date',
  activities: 'activity_id text, rep_id text, kind text, happened_on date',
  quotas: 'rep_id text, month date, amount numeric(10, 2)',
  reps: 'rep_id text, name text, region text',
};

/** The small project over tables that hold the rows of its files. */
async function onServer(): Promise<string> {
  const { client, url } = await database();
  let definitions = readFileSync(path.join(folder, 'metrics.yaml'), 'utf8');
  for (const [table, columns] of Object.entries(tables)) {
    await client.query(`drop table if exists ${table}; create table ${table} (${columns})`);
    const [, ...lines] = readFileSync(path.join(folder, `${table}.csv`), 'utf8')
      .trim()
      .split('\n');
    for (const line of lines) {
      const values = line.split(',').map(value => (value === '' ? null : value));
      const places = values.map((_, index) => `$${index + 1}`).join(', ');
      await client.query(`insert into ${table} values (${places})`, values);
    }
    definitions = definitions.replace(`from: ${table}.csv`, `from: public.${table}`);
  }
  const warehouse = `warehouse: { default: server, profiles: { server: { engine: postgres, url: "${url}" } } }`;
  return smallProject({ 'metrics.yaml': `${definitions}${warehouse}\n` });
}

/** What a command says, without the hash of the definitions; numbers to nine places. */
async function said(project: string, words: readonly string[]): Promise<unknown> {
  const { code, out, err } = await metrics(project, ...words, ...asOf, '--format', 'json');
  expect(err).toBe('');
  const parsed: unknown = JSON.parse(out, (key, value: unknown) => {
    if (key === 'model') return undefined;
    return typeof value === 'number' ? Number(value.toPrecision(9)) : value;
  });
  return { code, parsed };
}

test.each([
  ['the scorecard of a rep', ['scorecard', 'sales_rep', '--user', 'rep_id=r2']],
  ['the scorecard of a director', ['scorecard', 'sales_director']],
  ['alerts', ['alerts']],
  ['alerts of a rep', ['alerts', '--as', 'sales_rep', '--user', 'rep_id=r2']],
])('%s', async (_, words) => {
  const found = await said(await onServer(), words);
  expect(found).toEqual(await said(smallProject(), words));
});
