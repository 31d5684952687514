/** A shop whose definitions tables of mistakes change in one part: slowly changing reps, deals in several currencies, visits, rates. */
import { expect } from 'vitest';
import { readDocument, resolve } from '../../compiler/index.ts';
import { foundAt, unmark, wantedAt } from '../support/marked.ts';

/** What a table of mistakes changes of the project. */
export interface Parts {
  readonly rates: string;
  readonly rateKey: string;
  readonly valid: string;
  readonly repColumn: string;
  readonly repJoins: string;
  readonly dealTime: string;
  readonly dealColumn: string;
  readonly dealJoins: string;
  readonly pingColumn: string;
  readonly pingJoins: string;
  readonly metric: string;
}

export const sound: Parts = {
  rates: '{ table: fx, from: from_currency, to: to_currency, rate: rate, on: rate_date }',
  rateKey: '[from_currency, to_currency, rate_date]',
  valid: '{ from: valid_from, until: valid_until }',
  repColumn: '{ formula: upper(region) }',
  repJoins: '{ manager: { to: reps, on: manager_id } }',
  dealTime: 'closed_on',
  dealColumn: '{ formula: upper(stage) }',
  dealJoins: '{ rep: { to: reps, on: rep_id }, team: { to: teams, on: team_id } }',
  pingColumn: '{ formula: upper(note) }',
  pingJoins: '{}',
  metric: '{ formula: count(deals) }',
};

export const project = (parts: Parts) => `version: 1
name: shop
currency: EUR
rates: ${parts.rates}
tables:
  fx:
    from: fx.csv
    key: ${parts.rateKey}
    columns: { from_currency: string, to_currency: string, rate_date: date, rate: decimal, source: string, noted_at: timestamp }
  reps:
    from: reps.csv
    key: rep_id
    entity: rep
    valid: ${parts.valid}
    columns:
      rep_id: string
      region: string
      manager_id: string
      salary: { type: decimal, unit: currency }
      hired_on: date
      left_on: date
      valid_from: date
      valid_until: date
      asked: ${parts.repColumn}
    joins: ${parts.repJoins}
    lifespans: { employed: { from: hired_on, until: left_on } }
  teams: { from: teams.csv, key: team_id, columns: { team_id: string, name: string, code: string, limit: { type: decimal, unit: currency(code) } } }
  deals:
    from: deals.csv
    key: deal_id
    time: ${parts.dealTime}
    columns:
      deal_id: string
      rep_id: string
      team_id: string
      amount: { type: decimal, unit: currency(code) }
      rebate: { type: decimal, unit: currency(other_code) }
      cost: { type: decimal, unit: currency }
      dollars: { type: float, unit: USD }
      seats: { type: integer, unit: seats }
      code: string
      other_code: string
      stage: { type: string, values: [won, lost] }
      created_on: date
      closed_on: date
      signed_at: timestamp
      asked: ${parts.dealColumn}
    joins: ${parts.dealJoins}
    lifespans: { open: { from: created_on, until: closed_on } }
  visits:
    from: visits.csv
    key: visit_id
    time: seen_at
    columns: { visit_id: string, rep_id: string, team_id: string, page: string, seen_at: timestamp }
    joins: { rep: { to: reps, on: rep_id }, team: { to: teams, on: team_id } }
  pings:
    from: pings.csv
    key: ping_id
    columns: { ping_id: string, rep_id: string, deal_id: string, note: string, sent_on: date, asked: ${parts.pingColumn} }
    joins: ${parts.pingJoins}
metrics:
  asked: ${parts.metric}
`;

export function diagnosticsOf(text: string) {
  const { document, diagnostics } = readDocument({ path: 'metrics.yaml', text }, 'project');
  return [...diagnostics, ...(document === null ? [] : resolve([document]).diagnostics)];
}

/** The codes at the marks of the changed parts, and the cures that are named. */
export function check(parts: Partial<Parts>, codes: readonly string[], help: string | null = null): void {
  const { text, ranges } = unmark(project({ ...sound, ...parts }));
  const found = diagnosticsOf(text);
  expect(foundAt(found, ranges)).toEqual(wantedAt(codes, ranges));
  if (help !== null) expect(found.map(each => each.help ?? '').join('\n')).toContain(help);
}

export const metric = (formula: string) => ({ metric: `{ formula: "${formula}" }` });
export const dealColumn = (formula: string) => ({ dealColumn: `{ formula: "${formula}" }` });

export type Row = readonly [marked: string, codes: readonly string[], help?: string];

export const named = (table: readonly Row[]) => table.map(([marked, codes, help = null]) => ({ marked, codes, help }));
