/** What metrics are made of: sums, ratios of sums, and what has no parts. */
import { describe, expect, test } from 'vitest';
import { partsOf } from '../../compiler/change/parts.ts';
import { readDocument, resolve } from '../../compiler/index.ts';

const tables = `version: 1
name: shop
currency: EUR
tables:
  reps:
    from: reps.csv
    key: rep_id
    entity: rep
    columns: { rep_id: string, region: string }
  deals:
    from: deals.csv
    key: deal_id
    time: closed_on
    columns:
      deal_id: string
      rep_id: string
      stage: string
      amount: { type: decimal, unit: currency }
      cycle: { type: integer, unit: days }
      created_on: date
      closed_on: date
    joins: { rep: { to: reps, on: rep_id } }
    lifespans: { open: { from: created_on, until: closed_on } }
  quotas:
    from: quotas.csv
    key: [rep_id, month]
    time: month
    columns: { rep_id: string, month: date, amount: { type: decimal, unit: currency } }
    joins: { rep: { to: reps, on: rep_id } }
metrics:
  revenue: { formula: sum(deals.amount) }
  quota: { formula: sum(quotas.amount) }
  deal_count: { formula: count(deals) }
  attainment: { formula: revenue / quota, unit: percent }
  nothing_is_null: { formula: sum(deals.amount), empty: "null" }
  nothing_is_zero: { formula: revenue / deal_count, empty: zero }
`;

function kindOf(formula: string): string {
  const text = `${tables}  asked: { formula: ${JSON.stringify(formula)} }\n`;
  const { document, diagnostics } = readDocument({ path: 'metrics.yaml', text }, 'project');
  const { model, diagnostics: others } = resolve(document === null ? [] : [document]);
  expect([...diagnostics, ...others].map(({ message }) => message)).toEqual([]);
  const parts = partsOf('asked', model);
  if (parts.kind === 'whole') return parts.kind;
  if (parts.kind === 'sum') return `${parts.kind}, ${parts.adding}`;
  return `ratio, ${parts.numerator.adding} over ${parts.denominator.adding}`;
}

const table: readonly (readonly [formula: string, kind: string])[] = [
  ['sum(deals.amount)', 'sum, always'],
  ['count(deals) while open', 'sum, always'],
  ['revenue', 'sum, always'],
  ["(revenue) where rep.region = 'North'", 'sum, always'],
  ['revenue - quota', 'sum, always'],
  ['-revenue * 2 / 3', 'sum, always'],
  ['prior(revenue, 1 year)', 'sum, always'],
  ['change(revenue)', 'sum, always'],
  ['sum(revenue per rep)', 'sum, always'],
  ['count(distinct deals.rep_id)', 'sum, where disjoint'],
  ['count(revenue per rep)', 'sum, where disjoint'],
  ['deal_count + count(distinct deals.rep_id)', 'whole'],
  ['revenue / quota', 'ratio, always over always'],
  ['attainment', 'ratio, always over always'],
  ["(attainment) where rep.region = 'North'", 'ratio, always over always'],
  ['prior(attainment, 1 year)', 'ratio, always over always'],
  ['attainment * 100', 'ratio, always over always'],
  ['2 * -attainment / 3', 'ratio, always over always'],
  ['avg(deals.cycle)', 'ratio, always over always'],
  ['avg(revenue per rep)', 'ratio, always over where disjoint'],
  ['revenue / count(distinct deals.rep_id)', 'ratio, always over where disjoint'],
  ['deal_count / count(distinct deals.rep_id)', 'ratio, always over where disjoint'],
  ['1 - attainment', 'ratio, always over always'],
  ['(attainment - 0.5) * 100', 'ratio, always over always'],
  ['1 - deal_count / count(distinct deals.rep_id)', 'whole'],
  ['attainment - attainment', 'whole'],
  ['attainment / attainment', 'whole'],
  ['coalesce(attainment, 0)', 'whole'],
  ['deal_count + 1', 'whole'],
  ['revenue * quota', 'whole'],
  ['median(deals.amount)', 'whole'],
  ['max(deals.amount)', 'whole'],
  ['avg(revenue per every rep)', 'whole'],
  ['avg(revenue per month)', 'whole'],
  ['avg(attainment per rep)', 'whole'],
  ['sum(revenue per rep having revenue > 10)', 'whole'],
  ['share(revenue)', 'whole'],
  ['growth(revenue)', 'whole'],
  ['rank(revenue)', 'whole'],
  // Nothing is null, so that a sum with it is null where the other is not.
  ['nothing_is_null + revenue', 'whole'],
  ['nothing_is_zero', 'whole'],
];

describe('parts', () => {
  test.each(table)('%s', (formula, kind) => {
    expect(kindOf(formula)).toBe(kind);
  });
});
