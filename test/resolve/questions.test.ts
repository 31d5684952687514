/** Mistakes in questions and joins: the very word, and in `help:` what could have been meant. */
import { describe, expect, test } from 'vitest';
import {
  compile,
  dialectNamed,
  parseDay,
  type Query,
  querySources,
  readDocument,
  resolve,
} from '../../compiler/index.ts';

const definitions = `version: 1
name: shop
tables:
  deals:
    from: deals.csv
    key: deal_id
    time: closed_on
    columns:
      deal_id: string
      account_id: string
      rep_id: string
      stage: { type: string, values: [won, lost] }
      secret_note: { type: string, private: true }
      closed_on: date
    joins:
      account: { to: accounts, on: account_id }
      rep: { to: reps, on: rep_id }
  tickets:
    from: tickets.csv
    key: ticket_id
    time: opened_on
    columns: { ticket_id: string, account_id: string, priority: string, opened_on: date }
    joins: { account: { to: accounts, on: account_id } }
  accounts:
    from: accounts.csv
    key: account_id
    columns: { account_id: string, region: string, segment: string, iban: { type: string, private: true } }
  reps:
    from: reps.csv
    key: rep_id
    entity: rep
    columns: { rep_id: string, rep_name: string, region: string }
  members:
    from: members.csv
    key: member_id
    entity: member
    columns: { member_id: { type: string, private: true }, level: string }
metrics:
  member_count: { formula: count(members) }
  deal_count: { formula: count(deals) }
  ticket_count: { formula: count(tickets) }
`;

const { document } = readDocument({ path: 'metrics.yaml', text: definitions }, 'project');
const { model, diagnostics } = resolve(document === null ? [] : [document]);
const dialect = dialectNamed('duckdb');

/** Each finding as `code «word» help`. */
function found(query: Query): readonly string[] {
  if (dialect === null) throw new Error('no dialect');
  const now = { day: parseDay('2026-03-31') ?? 0, hour: 23 };
  const sources = querySources(query);
  return compile(model, query, now, dialect).diagnostics.map(({ code, span, help }) => {
    const source = sources.find(each => each.path === span?.file);
    return `${code} ${source?.path.replace('query.', '')} «${source?.text.slice(span?.start, span?.end)}» ${help ?? '-'}`;
  });
}

test('the definitions are sound', () => {
  expect(diagnostics).toEqual([]);
});

describe('dimensions that are not there', () => {
  const deals = ['deal_count'];
  const both = ['deal_count', 'ticket_count'];
  const table: readonly (readonly [string, Query, readonly string[]])[] = [
    ['a column of the table', { metrics: deals, by: ['stag'] }, ['M2001 by «stag» did you mean `stage`?']],
    ['a join', { metrics: deals, by: ['acount'] }, ['M2001 by «acount» did you mean `account`?']],
    ['a column behind a join', { metrics: deals, by: ['segmnt'] }, ['M2001 by «segmnt» did you mean `segment`?']],
    [
      'one that several paths lead to',
      { metrics: deals, by: ['regoin'] },
      ['M2001 by «regoin» did you mean `account.region` or `rep.region`?'],
    ],
    ['once for all tables', { metrics: both, by: ['segmnt'] }, ['M2001 by «segmnt» did you mean `segment`?']],
    [
      'of the paths, those that all tables have',
      { metrics: both, by: ['regoin'] },
      ['M2001 by «regoin» did you mean `account.region`?'],
    ],
    [
      'one that all tables have before others',
      { metrics: both, by: ['sement'] },
      ['M2001 by «sement» did you mean `segment`?'],
    ],
    ['a grain', { metrics: deals, by: ['monht'] }, ['M2001 by «monht» did you mean `month`?']],
    ['none that is private', { metrics: deals, by: ['secret_not'] }, ['M2001 by «secret_not» -']],
    ['a private key, by its entity', { metrics: ['member_count'], by: ['member'] }, ['M7002 by «member» -']],
    ['a table', { metrics: deals, by: ['reps'] }, ['M2001 by «reps» its rows are reached as `rep`']],
    [
      'a metric',
      { metrics: deals, where: 'ticket_count > 5' },
      [
        'M2005 where «ticket_count» a metric has a value for a group, not for a row: compare it in `having`, or aggregate it with `per`',
      ],
    ],
    ['in a condition', { metrics: deals, where: "segmnt = 'x'" }, ['M2001 where «segmnt» did you mean `segment`?']],
    [
      'in a condition, no grain',
      { metrics: deals, where: "monht = 'x'" },
      ["M2001 where «monht» text stands in single quotes: 'monht'"],
    ],
    [
      'of a joined table, which columns it has; none that is private',
      { metrics: deals, by: ['account.owner_name'] },
      ['M2001 by «owner_name» its columns are `account_id`, `region` and `segment`'],
    ],
    [
      'of a join that is not there, which joins there are',
      { metrics: deals, by: ['employee.region'] },
      ['M2001 by «employee» its joins are `account` and `rep`'],
    ],
    [
      'a name that several paths lead to: each in full',
      { metrics: deals, by: ['region'] },
      ['M4002 by «region» write one of them in full: `account.region` or `rep.region`'],
    ],
    [
      'and of those, the ones that all tables have',
      { metrics: both, where: "region = 'x'" },
      ['M4002 where «region» write one of them in full: `account.region`'],
    ],
    [
      'a member that is not asked',
      { metrics: deals, by: ['rep.region'], complete: ['segmnt'] },
      ['M4010 complete «segmnt» those are `rep.region`'],
    ],
    [
      'a member that is misspelt',
      { metrics: deals, by: ['rep.region'], complete: ['rep.regoin'] },
      ['M4010 complete «rep.regoin» did you mean `rep.region`?'],
    ],
    [
      'an order in other words',
      { metrics: deals, by: ['stage'], order: ['deal_count descending'] },
      ['M2010 order «deal_count descending» write `deal_count desc` or `deal_count asc`'],
    ],
    [
      'a user and no role',
      { metrics: deals, user: { region: 'EMEA' } },
      ['M7007 user «region=EMEA» name the role too: `--as ROLE`'],
    ],
  ];
  test.each(table)('%s', (_, query, expected) => {
    expect(found(query)).toEqual(expected);
  });
});

describe('as many buckets as may be shown', () => {
  // Up to the day of the question: 100,000 weeks are 700,000 days.
  const table: readonly (readonly [grain: string, period: string, expected: readonly string[]])[] = [
    ['week', '0109-09-18..2026-12-31', []],
    ['week', '0109-09-17..2026-12-31', ['M5008']],
    ['day', '1752-06-16..2026-03-31', []],
    ['day', '1752-06-15..2026-03-31', ['M5008']],
    ['month', '0001-01-01..2026-03-31', []],
  ];
  test.each(table)('%s in %s', (by, period, expected) => {
    const said = found({ metrics: ['deal_count'], by: [by], period }).map(each => each.slice(0, 5));
    expect(said).toEqual(expected);
  });
});

test('the names of a measure are those of the only table, where there is one', () => {
  const text = `version: 1
name: x
tables: { things: { from: things.csv, key: id, columns: { id: string } } }
metrics: { all: { formula: count(distinct lower(idd)) } }
`;
  const read = readDocument({ path: 'metrics.yaml', text }, 'project').document;
  const said = resolve(read === null ? [] : [read]).diagnostics;
  expect(said.map(({ code, span }) => `${code} ${text.slice(span?.start, span?.end)}`)).toEqual(['M2001 idd']);
});

describe('joins on what is not there', () => {
  const table: readonly (readonly [columns: string, joins: string, expected: readonly string[]])[] = [
    ['id: string', 'account: { to: others, on: account_id }', ['M2001 «account_id» -']],
    [
      'id: string, acount_id: string',
      'account: { to: others, on: account_id }',
      ['M2001 «account_id» did you mean `acount_id`?'],
    ],
    ['id: string', 'account: { to: otherz, on: id }', ['M2001 «otherz» did you mean `others`?']],
    ['id: string', 'account: { to: nowhere, on: id }', ['M2001 «nowhere» -']],
    // A join does not stand on itself.
    ['id: string', 'account: { to: others, on: account }', ['M2001 «account» -']],
    ['id: string, account: string', 'account: { to: others, on: account }', []],
    ['id: string', 'a: { to: others, on: b }, b: { to: others, on: a }', ['M2004 «a» -']],
  ];
  test.each(table)('{ %s } and { %s }', (columns, joins, expected) => {
    const text = `version: 1
name: x
tables:
  others: { from: others.csv, key: id, columns: { id: string } }
  things: { from: things.csv, key: id, columns: { ${columns} }, joins: { ${joins} } }
`;
    const read = readDocument({ path: 'metrics.yaml', text }, 'project').document;
    const said = resolve(read === null ? [] : [read]).diagnostics.map(
      ({ code, span, help }) => `${code} «${text.slice(span?.start, span?.end)}» ${help ?? '-'}`,
    );
    expect(said).toEqual(expected);
  });
});
