/** What the warehouse finds wrong is told to a role by its code and place alone: never a value, a key, SQL, or a hidden name. */
import { describe, expect, test } from 'vitest';
import { metrics, projectFolder } from '../support/project.ts';

const folder = projectFolder({
  'metrics.yaml': `version: 1
name: told
currency: EUR
users: { attributes: { rep_id: string } }
rates: { table: fx, from: from_code, to: to_code, rate: rate, on: day }
tables:
  deals:
    from: deals.csv
    key: deal_id
    time: closed_on
    columns:
      deal_id: string
      rep_id: { type: string, dimension: seller }
      code: string
      amount: { type: decimal, unit: currency(code) }
      bonus: integer
      closed_on: date
  visits:
    from: visits.csv
    key: visit_id
    time: seen_on
    columns: { visit_id: string, rep_id: { type: string, dimension: seller }, minutes: integer, secret_fee: integer, seen_on: date }
  calls:
    from: calls.csv
    key: call_id
    columns: { call_id: string, rep_id: { type: string, dimension: seller }, missing_one: string }
  notes:
    sql: |
      select note_id, rep_id from lost.secret_notes
    key: note_id
    columns: { note_id: string, rep_id: { type: string, dimension: seller } }
  fx:
    from: fx.csv
    key: [from_code, to_code, day]
    columns: { from_code: string, to_code: string, rate: decimal, day: date }
metrics:
  won: { formula: "sum(convert(deals.amount, EUR at closed_on))" }
  paid: { formula: sum(deals.bonus * deals.bonus * deals.bonus) }
  met: { formula: sum(visits.minutes) }
  fees: { formula: sum(visits.secret_fee) }
  called: { formula: count(calls where missing_one is not null) }
  noted: { formula: count(notes) }
alerts:
  little: { when: won < 1, severity: warning }
roles:
  rep:
    sees: seller = user.rep_id
    unrestricted: [fx]
    scorecard: [{ section: Won, items: [{ metric: won, period: "2026" }] }]
    alerts: [little]
  trainee: { sees: seller = user.rep_id, unrestricted: [fx], hides: [visits.secret_fee, calls.missing_one] }
`,
  'deals.csv': `deal_id,rep_id,code,amount,bonus,closed_on
a,r1,EUR,100,1,2026-01-10
b,r1,XAU,7654,4000000000,2026-02-03
`,
  'visits.csv': 'visit_id,rep_id,minutes,secret_fee,seen_on\nv,r2,many,unpriced,2026-02-03\n',
  'calls.csv': 'call_id,rep_id,other_secret\nc,r1,x\n',
  'fx.csv': 'from_code,to_code,rate,day\nUSD,EUR,0.9,2026-01-01\n',
});

/** What stands in the rows and names, and must not be told. */
const secrets =
  /XAU|7654|2026-02-03|4000000000|many|unpriced|line 2|other_secret|secret_notes|visits\.csv|calls\.csv|lost|select/i;
const cure = '  = help: who asks without a role is told more\n';

const asked: readonly (readonly [string, readonly string[], string])[] = [
  ['a rate that is missing', ['query', 'won'], 'error[M9019]: an amount without a rate\n'],
  ['rows', ['rows', 'met'], 'error[M9005]: a value in a file that does not fit its type, in `visits.minutes`\n'],
  ['a number too large', ['query', 'paid'], 'error[M9012]: a number beyond what the warehouse can hold\n'],
  [
    'a value that does not fit',
    ['query', 'met'],
    'error[M9005]: a value in a file that does not fit its type, in `visits.minutes`\n',
  ],
  [
    'a column that is missing',
    ['query', 'called'],
    'error[M9002]: a column that the warehouse does not have, in `calls.missing_one`\n',
  ],
  [
    'a SELECT that is refused',
    ['query', 'noted'],
    'error[M9018]: a `sql:` source that the warehouse refuses, in `notes`\n',
  ],
  ['a change', ['why', 'won', '--compare', 'prior_year', '--by', 'code', '--period', '2026'], 'error[M9019]'],
  ['alerts', ['alerts'], 'error[M9019]'],
];

describe('as a role', () => {
  test.each(asked)('%s', async (_, words, said) => {
    const asRep = ['--as', 'rep', '--user', 'rep_id=r1', '--as-of', '2026-03-01'];
    const { code, out, err } = await metrics(folder, ...words, ...asRep);
    const whole = await metrics(folder, ...words, '--as-of', '2026-03-01');
    expect(code).toBe(whole.code);
    expect(code).not.toBe(0);
    expect(err).toContain(said);
    expect(err).toContain(cure);
    expect(out + err).not.toMatch(secrets);
    // Without a role it is told.
    expect(whole.err).toContain(said.slice(0, 12));
    expect(whole.err).toMatch(secrets);
  });

  test('a scorecard', async () => {
    const { code, out, err } = await metrics(
      folder,
      ...['scorecard', 'rep', '--user', 'rep_id=r1', '--as-of', '2026-03-01'],
    );
    expect(code).not.toBe(0);
    expect(err).toContain('error[M9019]: an amount without a rate\n');
    expect(out + err).not.toMatch(secrets);
  });

  test('a JSON of what was found', async () => {
    const words = ['query', 'met', '--as', 'rep', '--user', 'rep_id=r1', '--format', 'json'];
    const { out, err } = await metrics(folder, ...words);
    expect(out + err).toContain('M9005');
    expect(out + err).not.toMatch(secrets);
  });

  test('names that are hidden', async () => {
    const asTrainee = ['--as', 'trainee', '--user', 'rep_id=r1'];
    const called = await metrics(folder, 'query', 'called', ...asTrainee);
    expect(called.err).toContain('error[M9002]: a column that the warehouse does not have, in `calls`\n');
    const fees = await metrics(folder, 'query', 'fees', ...asTrainee);
    expect(fees.err).toContain('error[M9005]: a value in a file that does not fit its type, in `visits`\n');
    expect(fees.err).toContain('error[M9005]: a value in a file that does not fit its type, in `visits.minutes`\n');
    for (const { out, err } of [called, fees]) expect(out + err).not.toMatch(/secret_fee|missing_one|unpriced|many/);
  });
});
