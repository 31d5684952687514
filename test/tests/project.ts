/** A project for these tests: marked `tests:` sections in, checked tests and the codes at the marks out. */
import { expect } from 'vitest';
import { type CheckedTest, checkTests, dialectNamed, readDocument, resolve } from '../../compiler/index.ts';
import { foundAt, unmark, wantedAt } from '../support/marked.ts';

export const definitions = `version: 1
name: acme
currency: EUR
time_zone: Europe/Madrid
tables:
  deals:
    from: crm.deals
    key: deal_id
    time: closed_on
    columns:
      deal_id: string
      rep_id: string
      stage: { type: string, column: STAGE_NAME }
      amount: { type: decimal, unit: currency }
      seats: integer
      weight: float
      is_new: boolean
      created_on: date
      closed_on: date
      touched_at: timestamp
      is_won: { formula: stage = 'won' }
    joins: { rep: { to: reps, on: rep_id } }
    lifespans: { open: { from: created_on, until: closed_on } }
  reps: { from: reps.csv, key: rep_id, entity: rep, columns: { rep_id: string, region: string } }
metrics:
  won: { formula: sum(deals.amount where is_won) }
  deal_count: { formula: count(deals) }
  win_rate: { formula: count(deals where is_won) / deal_count }
  open_deals: { formula: count(deals) while open }
  age: { formula: avg(as_of - deals.created_on) }
  last_touch: { formula: max(deals.touched_at) }
  is_good: { formula: won > 100 }
`;

/** The tests of a section, each line of it two spaces in, and what is found beside the marks. */
export function checked(section: string, more = ''): readonly CheckedTest[] {
  const project = readDocument({ path: 'metrics.yaml', text: definitions + more }, 'project');
  const file = readDocument({ path: 'tests.yaml', text: section }, 'definitions');
  if (project.document === null || file.document === null) throw new Error('not read');
  expect([...project.diagnostics, ...file.diagnostics]).toEqual([]);
  const documents = [project.document, file.document];
  const { model, diagnostics } = resolve(documents);
  const isSound = diagnostics.length === 0;
  return checkTests(documents, model, isSound ? dialectNamed('duckdb') : null);
}

/** Each mark must get its code, and nothing else may be found. */
export function check(marked: string, codes: readonly string[], more = ''): readonly CheckedTest[] {
  const { text, ranges } = unmark(`version: 1\ntests:\n${marked}`);
  const tests = checked(text, more);
  const found = tests.flatMap(test => test.diagnostics);
  expect(foundAt(found, ranges)).toEqual(wantedAt(codes, ranges));
  expect(new Set(found.map(({ span }) => span?.file))).toEqual(new Set(codes.length === 0 ? [] : ['tests.yaml']));
  return tests;
}
