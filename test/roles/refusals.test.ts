/** What nobody can answer as a role is refused: who asks is not known, or nobody can say which rows may be seen. */
import { describe, expect, test } from 'vitest';
import { compile, dialectNamed, type Query, readDocument, resolve } from '../../compiler/index.ts';

const head = `version: 1
name: acme
users: { attributes: { rep_id: string, region: string, level: integer, is_lead: boolean, since: date, share: decimal } }
tables:
  deals:
    from: crm.deals
    key: deal_id
    time: closed_on
    columns:
      deal_id: integer
      rep_id: string
      account_id: string
      amount: decimal
      closed_on: date
      age: { formula: "days_between(closed_on, as_of)" }
    joins: { rep: { to: reps, on: rep_id }, account: { to: accounts, on: account_id } }
  reps:
    from: crm.reps
    key: rep_id
    entity: rep
    columns: { rep_id: string, region: string, level: integer, is_lead: boolean, hired_on: date, weight: decimal }
  accounts:
    from: crm.accounts
    key: account_id
    entity: account
    columns: { account_id: string, region: string, worth: { formula: sum(deals.amount) } }
  notes:
    from: crm.notes
    key: note_id
    columns: { note_id: integer, level: integer }
metrics:
  sold: { formula: sum(deals.amount) }
  heads: { formula: count(reps) }
  account_count: { formula: count(accounts) }
  worth: { formula: sum(accounts.worth) }
  noted: { formula: count(notes) }
`;

const roles = `roles:
  rep: { sees: rep = user.rep_id }
  open: { sees: rep = user.rep_id, unrestricted: [accounts, notes] }
  all: { sees: all }
  level: { sees: rep.level <= user.level }
  lead: { sees: rep.is_lead = user.is_lead }
  since: { sees: rep.hired_on >= user.since }
  share: { sees: rep.weight > user.share }
  two: { sees: rep = user.rep_id and account.region = user.region }
`;

function resolved(text: string) {
  const { document, diagnostics } = readDocument({ path: 'metrics.yaml', text }, 'project');
  if (document === null) throw new Error(JSON.stringify(diagnostics));
  const { model, diagnostics: found } = resolve([document]);
  return { model, found: [...diagnostics, ...found] };
}

function asked(query: Query) {
  const { model } = resolved(head + roles);
  const dialect = dialectNamed('duckdb');
  if (dialect === null) throw new Error('no dialect');
  return compile(model, query, { day: 20_000, hour: 23 }, dialect);
}

test('the definitions are right', () => {
  expect(resolved(head + roles).found).toEqual([]);
});

const sold = { metrics: ['sold'] };
const ana = { rep_id: 'r1' };

const refused: readonly (readonly [string, Query, string])[] = [
  ['a role that is not there', { ...sold, as: 'boss', user: ana }, 'M7003'],
  ['a role by an inherited name', { ...sold, as: 'constructor', user: ana }, 'M7003'],
  ['a role in other letters', { ...sold, as: 'Rep', user: ana }, 'M7003'],
  ['a role of no name', { ...sold, as: '', user: ana }, 'M7003'],
  ['a user without a role', { ...sold, user: ana }, 'M7007'],
  ['nothing known of a user, and no role', { ...sold, user: {} }, 'M7007'],
  ['an attribute that is missing', { ...sold, as: 'rep' }, 'M7005'],
  ['another attribute', { ...sold, as: 'rep', user: { region: 'North' } }, 'M7005'],
  ['an attribute that is null', { ...sold, as: 'rep', user: { rep_id: null } }, 'M7005'],
  ['an attribute that is empty', { ...sold, as: 'rep', user: { rep_id: '' } }, 'M7005'],
  ['an attribute of spaces', { ...sold, as: 'rep', user: { rep_id: '  ' } }, 'M7005'],
  ['an attribute without a value', { ...sold, as: 'rep', user: { rep_id: undefined } }, 'M7005'],
  ['a null that the rule does not need', { ...sold, as: 'rep', user: { ...ana, region: null } }, 'M7005'],
  ['a null of one who sees all', { ...sold, as: 'all', user: { region: null } }, 'M7005'],
  ['an unknown attribute', { ...sold, as: 'rep', user: { rep: 'r1' } }, 'M7004'],
  ['an unknown attribute beside a known one', { ...sold, as: 'rep', user: { ...ana, team: 'x' } }, 'M7004'],
  ['an inherited name', { ...sold, as: 'rep', user: { ...ana, toString: 'x' } }, 'M7004'],
  ['a number for a text', { ...sold, as: 'rep', user: { rep_id: 1 } }, 'M7006'],
  ['a list', { ...sold, as: 'rep', user: { rep_id: ['r1', 'r2'] } }, 'M7006'],
  ['a mapping', { ...sold, as: 'rep', user: { rep_id: { is: 'r1' } } }, 'M7006'],
  ['a text for a number', { ...sold, as: 'level', user: { level: 'high' } }, 'M7006'],
  ['a broken number', { ...sold, as: 'level', user: { level: 1.5 } }, 'M7006'],
  ['a number that is none', { ...sold, as: 'level', user: { level: Number.NaN } }, 'M7006'],
  ['a number with more than a number', { ...sold, as: 'level', user: { level: '1 or 1 = 1' } }, 'M7006'],
  ['a text for a flag', { ...sold, as: 'lead', user: { is_lead: 'yes' } }, 'M7006'],
  ['a day that is none', { ...sold, as: 'since', user: { since: '2026-02-30' } }, 'M7006'],
  ['a share in words', { ...sold, as: 'share', user: { share: '1e3' } }, 'M7006'],
  ['a table of its own', { metrics: ['account_count'], as: 'rep', user: ana }, 'M7008'],
  ['a table without any way there', { metrics: ['noted'], as: 'rep', user: ana }, 'M7008'],
  ['a table over a join', { ...sold, by: ['account.region'], as: 'rep', user: ana }, 'M7008'],
  ['a condition on it', { ...sold, where: "account.region = 'North'", as: 'rep', user: ana }, 'M7008'],
  ['a condition on metrics of it', { ...sold, having: 'account_count > 1', as: 'rep', user: ana }, 'M7008'],
  ['its members', { ...sold, by: ['account'], complete: ['account'], as: 'rep', user: ana }, 'M7008'],
];

test.each(refused)('%s is refused', (_, query, code) => {
  const { statement, plan, diagnostics } = asked(query);
  expect(diagnostics.map(diagnostic => diagnostic.code)).toEqual([code]);
  expect([statement, plan]).toEqual([null, null]);
});

test('of what a closed table lacks the first that the rule names is told', () => {
  const { diagnostics } = asked({ metrics: ['noted'], as: 'two', user: { ...ana, region: 'North' } });
  expect(diagnostics.map(({ message }) => message)).toEqual([
    'the role `two` cannot read `notes`: its rule `rep = user.rep_id and account.region = user.region` cannot be decided there, `notes` has no `rep`',
  ]);
});

const answered: readonly (readonly [string, Query])[] = [
  ['a role with its attribute', { ...sold, as: 'rep', user: ana }],
  ['a role with more than it needs', { ...sold, as: 'rep', user: { ...ana, region: 'North' } }],
  ['one who sees all', { ...sold, as: 'all' }],
  ['a table that is said to be open', { metrics: ['account_count', 'noted', 'worth'], as: 'open', user: ana }],
  ['a key of a closed table, as it is stored', { ...sold, by: ['account'], as: 'rep', user: ana }],
  ['a whole number as text', { ...sold, as: 'level', user: { level: '3' } }],
  ['a whole number', { ...sold, as: 'level', user: { level: 3 } }],
  ['a flag', { ...sold, as: 'lead', user: { is_lead: false } }],
  ['a flag as text', { ...sold, as: 'lead', user: { is_lead: 'true' } }],
  ['a day', { ...sold, as: 'since', user: { since: '2026-02-28' } }],
  ['a share', { ...sold, as: 'share', user: { share: '0.5' } }],
];

test.each(answered)('%s is answered', (_, query) => {
  const { statement, diagnostics } = asked(query);
  expect(diagnostics).toEqual([]);
  expect(statement?.sql).toBeDefined();
});

const wrong: readonly (readonly [string, string, string, string])[] = [
  ['an attribute that is not declared', 'rep = user.team', 'M7004', 'team'],
  ['a name that no table has', 'rep.area = user.region', 'M2001', 'area'],
  ['another type', 'rep.level = user.region', 'M3007', 'user.region'],
  ['a value', 'rep.level', 'M3005', 'rep.level'],
  ['the period', 'rep = user.rep_id and deals.closed_on >= period_start', 'M7009', 'period_start'],
  ['now', 'deals.closed_on < as_of and rep = user.rep_id', 'M7009', 'as_of'],
  ['a column that depends on the day', 'deals.age < user.level', 'M7009', 'deals.age < user.level'],
  ['nothing', 'true', 'M7009', 'true'],
  ['names that no one table has', 'notes.level = 1 and rep.level = user.level', 'M7009', 'notes.level'],
  ['a metric', 'sold > user.level', 'M2005', 'sold'],
  ['an aggregate', 'count(deals) > user.level', 'M2008', 'deals'],
  ['one word for two things', 'region = user.region', 'M4008', 'region'],
  ['half a condition', 'rep = ', 'M1012', ''],
];

describe('a rule that is wrong is refused at its word, and nobody can ask as the role', () => {
  test.each(wrong)('%s', (_, rule, code, word) => {
    const text = `${head}roles: { rep: { sees: "${rule}" } }\n`;
    const { model, found } = resolved(text);
    const [first] = found;
    expect(first?.code).toBe(code);
    expect(text.slice(first?.span?.start, first?.span?.end)).toBe(word);
    expect(Object.keys(model.roles)).toEqual([]);
  });

  test.each([
    ['all', 'rep is not null'],
    ["rep.region = 'North'", 'rep is not null'],
    ['rep.level > 1 and deals.amount > 0', 'rep is not null'],
  ])('a benchmark for those who see %s', (sees, benchmark) => {
    const text = `${head}roles: { rep: { sees: "${sees}", benchmark: ${benchmark} } }\n`;
    const { model, found } = resolved(text);
    expect(found.map(({ code, span }) => [code, text.slice(span?.start, span?.end)])).toEqual([['M7010', benchmark]]);
    expect(model.roles).toEqual({});
  });

  test('a table that is not there', () => {
    const { model, found } = resolved(`${head}roles: { rep: { sees: rep = user.rep_id, unrestricted: [account] } }\n`);
    expect(found.map(({ code, help }) => [code, help])).toEqual([['M2001', 'did you mean `accounts`?']]);
    expect(model.roles).toEqual({});
  });

  test('a role that is said twice', () => {
    const other = resolve(
      ['a.yaml', 'b.yaml'].flatMap(path => {
        const text = 'version: 1\nroles: { rep: { sees: all } }\n';
        return readDocument({ path, text }, 'definitions').document ?? [];
      }),
    );
    expect(other.diagnostics.map(({ code }) => code)).toEqual(['M2002']);
  });
});
