/** The demo warehouse: the same whenever it is made, and sound where it does not say otherwise. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isKeptTable, type Model, type Table } from '../../compiler/index.ts';
import { readProject } from '../../runtime/index.ts';
import { type Ask, demoScript, library, openDemo, openFile } from './warehouse.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'sextant-demo-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Of every table the number of rows, and a sum of hashes that does not ask for their order. */
async function fingerprint(ask: Ask): Promise<Readonly<Record<string, string>>> {
  const tables = await ask("select table_name from information_schema.tables where table_schema = 'main' order by 1");
  const found: Record<string, string> = {};
  for (const [name] of tables) {
    const [row = []] = await ask(`select count(*), sum(hash(t)::hugeint) from "${name}" as t`);
    found[String(name)] = row.join(' ');
  }
  return found;
}

describe('made twice', () => {
  test('it is the same, table by table', async () => {
    const { buildDemoWarehouse } = await demoScript();
    const [one, two] = [path.join(folder, 'one.duckdb'), path.join(folder, 'two.duckdb')];
    expect(await buildDemoWarehouse({ target: one })).toEqual({ path: one, made: true });
    expect(await buildDemoWarehouse({ target: two })).toEqual({ path: two, made: true });
    const first = await fingerprint(await openFile(one));
    expect(Object.keys(first)).toHaveLength(27);
    expect(await fingerprint(await openFile(two))).toEqual(first);
  });

  test('it is left alone while its sources are the same, and nothing unfinished stays behind', async () => {
    const { buildDemoWarehouse } = await demoScript();
    const target = path.join(folder, 'again.duckdb');
    expect((await buildDemoWarehouse({ target })).made).toBe(true);
    expect((await buildDemoWarehouse({ target })).made).toBe(false);
    writeFileSync(`${target}.sha256`, 'of other sources');
    expect((await buildDemoWarehouse({ target })).made).toBe(true);
    expect(readdirSync(folder).filter(name => name.startsWith('.'))).toEqual([]);
  });
});

describe('is sound', () => {
  let ask: Ask;
  let model: Model;

  beforeAll(async () => {
    ask = await openDemo();
    const project = readProject(library);
    if (project.model === null) throw new Error('the library could not be read');
    model = project.model;
  });

  const relation = (table: Table) =>
    table.source.kind === 'sql'
      ? `(${table.source.text})`
      : table.source.kind === 'relation'
        ? table.source.path.join('.')
        : '';
  /** Targets and frozen values stand in the definitions, and not here. */
  const stored = () => Object.values(model.tables).filter(({ name }) => !isKeptTable(name));
  const physical = (table: Table | undefined, name: string) => {
    const source = table?.columns[name]?.source;
    return source?.kind === 'stored' ? source.physical : null;
  };

  test('every declared key is one', async () => {
    const repeated: string[] = [];
    for (const table of stored()) {
      // A table with versions has one row for each key and beginning.
      const begins = table.valid === null ? [] : ['valid_from'];
      const key = [...table.key.map(name => physical(table, name)), ...begins].join(', ');
      const rows = await ask(
        `select 1 from ${relation(table)} as t group by ${key} having count(*) > 1 or ${key.split(', ').join(' is null or ')} is null`,
      );
      if (rows.length > 0) repeated.push(table.name);
    }
    expect(repeated).toEqual([]);
  });

  test('every stored key finds its row, but for the six deals of a person unknown', async () => {
    const missing: string[] = [];
    for (const table of stored()) {
      for (const join of Object.values(table.joins)) {
        const target = model.tables[join.to];
        const pairs = join.on.flatMap(({ stored, there }) => {
          const [here, other] = [physical(table, stored ?? ''), physical(target, there)];
          return here === null || other === null ? [] : [[here, other]];
        });
        // What SQL sums up of other rows has no row where there are none.
        if (target === undefined || target.source.kind === 'sql' || pairs.length < join.on.length) continue;
        const condition = pairs.map(([here, other]) => `o."${other}" = t."${here}"`).join(' and ');
        const present = pairs.map(([here]) => `t."${here}" is not null`).join(' and ');
        const [[count] = []] = await ask(
          `select count(*) from ${relation(table)} as t where ${present} and not exists (select 1 from ${relation(target)} as o where ${condition})`,
        );
        if (Number(count) > 0) missing.push(`${table.name}.${join.name}: ${count}`);
      }
    }
    const of = async (table: string) => (await ask(`select count(*) from ${table} where owner_id = 'U99'`))[0]?.[0];
    expect(missing).toEqual([
      'opportunity.owner: 6',
      `opportunity_history.owner: ${await of('opportunity_history')}`,
      `quote.owner: ${await of('quote')}`,
    ]);
  });

  test('every value of a column that lists its values is on the list', async () => {
    const strangers: string[] = [];
    for (const table of stored()) {
      for (const column of Object.values(table.columns)) {
        const name = physical(table, column.name);
        if (column.values === null || name === null) continue;
        for (const [value] of await ask(
          `select distinct "${name}" from ${relation(table)} as t where "${name}" is not null`,
        )) {
          if (!column.values.includes(String(value))) strangers.push(`${table.name}.${column.name}: ${value}`);
        }
      }
    }
    expect(strangers).toEqual([]);
  });

  test('versions follow each other without a gap, and the last is the row as it stands', async () => {
    for (const [table, key] of [
      ['crm_user_history', 'user_id'],
      ['account_history', 'account_id'],
      ['product_history', 'product_id'],
      ['opportunity_history', 'opportunity_id'],
    ]) {
      const gaps = await ask(
        `select ${key} from (select ${key}, valid_from, valid_to, lead(valid_from) over (partition by ${key} order by valid_from) as next from ${table})
         where valid_to is distinct from next or valid_to <= valid_from`,
      );
      expect([table, gaps]).toEqual([table, []]);
    }
    const shared = 'opportunity_id, stage_name, owner_id, amount';
    const differing = await ask(
      `select ${shared} from opportunity except select ${shared} from opportunity_history where valid_to is null`,
    );
    expect(differing).toEqual([]);
    expect(
      await ask(
        'select * from account except select * exclude (valid_from, valid_to) from account_history where valid_to is null',
      ),
    ).toEqual([]);
  });

  test('what happened finds the person, the account and the product of its day', async () => {
    const versions = { owner_id: 'crm_user_history', account_id: 'account_history', product_id: 'product_history' };
    const keys = { owner_id: 'user_id', account_id: 'account_id', product_id: 'product_id' };
    const happened = [
      ['activity', 'owner_id', 'activity_at'],
      ['activity', 'account_id', 'activity_at'],
      ['lead', 'owner_id', 'created_date'],
      ['lead', 'product_id', 'created_date'],
      ['opportunity', 'account_id', 'created_date'],
      ['opportunity', 'account_id', 'close_date'],
      ['opportunity', 'owner_id', 'close_date'],
      ['opportunity_history', 'owner_id', 'valid_from'],
      ['quote', 'owner_id', 'requested_at'],
      ['quote', 'account_id', 'delivered_at'],
      ['sales_order', 'owner_id', 'order_date'],
      ['sales_order', 'account_id', 'order_date'],
      ['(select * from order_line join sales_order using (order_id))', 'product_id', 'order_date'],
      ['support_case', 'owner_id', 'created_at'],
      ['support_case', 'account_id', 'created_at'],
      ['support_case', 'product_id', 'created_at'],
      ['survey_response', 'owner_id', 'responded_at'],
      ['(select user_id as owner_id, event_date from training_event)', 'owner_id', 'event_date'],
      ['(select user_id as owner_id, used_at from content_usage)', 'owner_id', 'used_at'],
    ] as const;
    const lost: string[] = [];
    for (const [table, key, date] of happened) {
      const rows = await ask(`select 1 from ${table} as t
        where ${key} <> 'U99' and ${date} is not null and not exists (
          select 1 from ${versions[key]} as v where v.${keys[key]} = t.${key}
            and v.valid_from <= t.${date}::date and (v.valid_to is null or v.valid_to > t.${date}::date))`);
      if (rows.length > 0) lost.push(`${table}.${key}: ${rows.length}`);
    }
    expect(lost).toEqual([]);
  });

  test('nothing that has happened lies after the last day', async () => {
    const [row] = await ask(`select
      (select max(close_date) from opportunity) <= date '2026-10-31',
      (select max(valid_from) from opportunity_history) <= date '2026-10-31',
      (select max(order_date) from sales_order) <= date '2026-10-31',
      (select max(payment_date) from payment) <= date '2026-10-31',
      (select max(completed_at) from activity) < timestamp '2026-10-31 23:00:00',
      (select max(activity_at) from activity where status <> 'planned') < timestamp '2026-10-31 23:00:00',
      (select max(closed_at) from support_case) < timestamp '2026-10-31 23:00:00',
      (select max(responded_at) from survey_response) < timestamp '2026-10-31 23:00:00',
      (select max(created_date) from lead) <= date '2026-10-31'`);
    expect(row).toEqual(Array(9).fill(true));
  });

  test('an order is the sum of its lines, and nobody pays more than was invoiced', async () => {
    expect(
      await ask(
        'select order_id from sales_order join order_line using (order_id) group by order_id, amount having sum(net_amount) <> amount',
      ),
    ).toEqual([]);
    expect(
      await ask(
        'select invoice_id from invoice join payment using (invoice_id) group by invoice_id, invoice.amount having sum(payment.amount) > invoice.amount',
      ),
    ).toEqual([]);
  });
});
