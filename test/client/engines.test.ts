/** Values of every type as real engines give them: through the answer, as JSON, and read by the client to the last digit. */
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { readRow } from '../../client/decode.ts';
import { dialectNamed, plan, type Query, readDocument, render, resolve } from '../../compiler/index.ts';
import { decodeAnswer } from '../../runtime/answer.ts';
import type { RawAnswer } from '../../runtime/engine.ts';
import { fetchRows } from '../../runtime/engines/duckdb/connection.ts';
import * as postgres from '../../runtime/engines/postgres/session.ts';
import { database } from '../support/postgres.ts';

const text = `version: 1
name: values
currency: EUR
tables:
  t:
    from: v.t
    key: id
    columns:
      id: integer
      word: string
      yes: boolean
      money: { type: decimal, unit: currency }
      size: float
      on_day: date
      at_time: timestamp
metrics:
  count_of_all: { formula: count(t) }
  ids: { formula: sum(t.id) }
  total: { formula: sum(t.money) }
  largest: { formula: max(t.size) }
  share: { formula: count(t where yes) / count(t) }
  last_day: { formula: max(t.on_day) }
  last_time: { formula: max(t.at_time) }
  all_yes: { formula: all(t.yes) }
`;

const data = `create schema v;
create table v.t (id bigint, word varchar, yes boolean, money decimal(38, 10), size double precision, on_day date, at_time timestamp);
insert into v.t values
  (1, 'Ñandú "x" 🙂', true, 0.1, 0.1, date '2026-02-28', timestamp '2026-02-28 23:59:59.123456'),
  (-5, '', false, -1234567890123456789.0000000001, -2.5e-7, date '0999-12-31', timestamp '1969-12-31 00:00:00'),
  (9007199254740993, null, null, null, null, null, null);`;

const dimensions = ['id', 'word', 'yes', 'money', 'size', 'on_day', 'at_time'];
const metrics = ['count_of_all', 'total', 'largest', 'share', 'last_day', 'last_time', 'all_yes'];

const rows = [
  {
    ...{ id: -5, word: '', yes: false, money: '-1234567890123456789.0000000001', size: -2.5e-7 },
    ...{ on_day: '0999-12-31', at_time: '1969-12-31T00:00:00Z', count_of_all: 1 },
    ...{ total: '-1234567890123456789.0000000001', largest: -2.5e-7, share: 0 },
    ...{ last_day: '0999-12-31', last_time: '1969-12-31T00:00:00Z', all_yes: false },
  },
  {
    ...{ id: 1, word: 'Ñandú "x" 🙂', yes: true, money: '0.1', size: 0.1 },
    ...{ on_day: '2026-02-28', at_time: '2026-02-28T23:59:59.123456Z', count_of_all: 1, total: '0.1', largest: 0.1 },
    ...{ share: 1, last_day: '2026-02-28', last_time: '2026-02-28T23:59:59.123456Z', all_yes: true },
  },
  {
    ...{ id: '9007199254740993', word: null, yes: null, money: null, size: null, on_day: null, at_time: null },
    ...{ count_of_all: 1, total: '0', largest: null, share: 0, last_day: null, last_time: null, all_yes: null },
  },
];

type Fetch = (sql: string, parameters: ReturnType<typeof render>['parameters']) => Promise<RawAnswer>;

const engines: Readonly<Record<string, (ask: (fetch: Fetch) => Promise<void>) => Promise<void>>> = {
  duckdb: async ask => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run("set timezone = 'UTC'");
    await connection.run(data);
    await ask((sql, parameters) => fetchRows(connection, sql, parameters, 100));
    connection.closeSync();
  },
  postgres: async ask => {
    const { client } = await database();
    await client.query("begin; set local timezone = 'UTC'");
    try {
      await client.query(data);
      await ask((sql, parameters) => postgres.fetchRows(client, sql, parameters, 100));
    } finally {
      await client.query('rollback');
    }
  },
};

const { document } = readDocument({ path: 'metrics.yaml', text }, 'project');
const { model } = resolve(document === null ? [] : [document]);

describe.each(Object.keys(engines))('%s', name => {
  /** The rows of a question as a client over HTTP has them. */
  async function answered(query: Query): Promise<readonly unknown[]> {
    const dialect = dialectNamed(name);
    const { plan: made, diagnostics } = plan(model, query, { day: 20_500, hour: 0 });
    if (made === null || dialect === null) throw new Error(JSON.stringify(diagnostics));
    const { sql, parameters } = render(made, dialect);
    let found: readonly unknown[] = [];
    await engines[name]?.(async fetch => {
      const answer = decodeAnswer(made, await fetch(sql, parameters), '', 0);
      const sent: typeof answer = JSON.parse(JSON.stringify(answer));
      found = sent.rows.map(row => readRow(sent.columns, (_, index) => row[index]));
    });
    return found;
  }

  test('every type, as a dimension and as a metric', async () => {
    expect(await answered({ metrics, by: dimensions })).toEqual(rows);
  });

  test('a whole number that numbers do not hold: refused as a metric', async () => {
    await expect(answered({ metrics: ['ids'], by: ['word'] })).rejects.toMatchObject({ code: 'inexact' });
  });
});
