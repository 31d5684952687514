/** Conditions as data: each means what the formula beside it means, and what is wrong with it is said at its very word. */
import { describe, expect, test } from 'vitest';
import { type Choices, compile, dialectNamed, plan, printPlan, readDocument, resolve } from '../../compiler/index.ts';

const text = `version: 1
name: shop
time_zone: Europe/Madrid
tables:
  deals:
    from: crm.deals
    key: deal_id
    time: closed_on
    columns:
      deal_id: integer
      rep_id: string
      stage: { type: string, values: [open, won, lost] }
      amount: decimal
      weight: float
      urgent: boolean
      closed_on: date
      seen_at: timestamp
      secret: { type: string, private: true }
    joins: { rep: { to: reps, on: rep_id } }
  reps:
    from: crm.reps
    key: rep_id
    entity: rep
    columns: { rep_id: string, region: string }
metrics:
  deal_count: { formula: count(deals) }
`;

const { document } = readDocument({ path: 'metrics.yaml', text }, 'project');
const { model } = resolve(document === null ? [] : [document]);
const now = { day: 20_500, hour: 12 };

function asked(where: string | Choices) {
  return plan(model, { metrics: ['deal_count'], by: ['stage'], where }, now);
}

const same: readonly (readonly [what: string, where: Choices, formula: string])[] = [
  ['a text', { 'rep.region': 'North' }, "rep.region = 'North'"],
  ['a text with a quote', { 'rep.region': "O'Neil' or 1 = 1 --" }, "rep.region = 'O''Neil'' or 1 = 1 --'"],
  ['several', { stage: ['won', 'lost'] }, "stage in ('won', 'lost')"],
  ['nothing', { stage: null }, 'stage is null'],
  ['nothing in a list', { stage: [null] }, 'stage is null'],
  ['several or nothing', { stage: ['won', null] }, "stage in ('won') or stage is null"],
  ['one in a list', { stage: ['won'] }, "stage in ('won')"],
  ['an empty list', { stage: [] }, 'stage is null and false'],
  ['two dimensions', { stage: 'won', rep: 'r1' }, "stage = 'won' and rep = 'r1'"],
  ['a day', { closed_on: '2026-03-05' }, 'closed_on = 2026-03-05'],
  ['an exact decimal', { amount: '-12.50' }, 'amount = -12.50'],
  ['numbers', { amount: [1, 2.5, -3] }, 'amount in (1, 2.5, -3)'],
  ['a number of many digits', { amount: 1.5e21 }, 'amount = 1500000000000000000000'],
  ['a very small number', { amount: -2.5e-7 }, 'amount = -0.00000025'],
  ['a whole number beyond 2^53', { deal_id: '9007199254740993' }, 'deal_id = 9007199254740993'],
  ['truth', { urgent: false }, 'urgent = false'],
  ['a time on the wall', { seen_at: '2026-03-05T14:30' }, 'seen_at = 2026-03-05T14:30'],
  ['a time as answers have it', { seen_at: '2026-07-05T22:30:00.25Z' }, 'seen_at = 2026-07-06T00:30:00.250000'],
];

test.each(same)('%s', (_, where, formula) => {
  const [found, wanted] = [asked(where), asked(formula)];
  expect([found.diagnostics, wanted.diagnostics]).toEqual([[], []]);
  expect(found.plan && printPlan(found.plan)).toBe(wanted.plan && printPlan(wanted.plan));
});

test('nothing chosen is no condition', () => {
  expect(asked({})).toEqual(plan(model, { metrics: ['deal_count'], by: ['stage'] }, now));
});

test('values are parameters', () => {
  const dialect = dialectNamed('postgres');
  if (dialect === null) throw new Error('there is no such dialect');
  const where = { 'rep.region': "x'; drop table crm.deals; --" };
  const { statement } = compile(model, { metrics: ['deal_count'], where }, now, dialect);
  expect(statement?.sql).not.toContain('drop');
  expect(statement?.parameters.map(({ value }) => value)).toEqual([where['rep.region']]);
});

/** The text of a condition with the place of the finding between « and ». */
const wrong: readonly (readonly [what: string, where: Choices, code: string, place: string])[] = [
  ['an unknown dimension', { stage: 'won', regoin: 'North' }, 'M2001', "stage = 'won' and «regoin» = 'North'"],
  ['an unknown dimension of no value', { regoin: [] }, 'M2001', '«regoin» in ()'],
  ['an unknown column of a join', { 'rep.regoin': 'x' }, 'M2001', "rep.«regoin» = 'x'"],
  ['a name that is none', { 'stage = 1 or 1': 'x' }, 'M2001', "«stage = 1 or 1» = 'x'"],
  ['a name of inherited kind', { constructor: 'x' }, 'M2001', "«constructor» = 'x'"],
  ['a value that is not declared', { stage: ['won', 'lsot'] }, 'M3015', "stage in ('won', «'lsot'»)"],
  ['a number for a text', { stage: 5 }, 'M3007', 'stage = «5»'],
  ['a text for a number', { amount: ['1', 'many'] }, 'M3007', "amount in ('1', «'many'»)"],
  ['a day that is none', { closed_on: '2026-02-30' }, 'M5004', "closed_on = «'2026-02-30'»"],
  ['a text for a day', { closed_on: 'yesterday' }, 'M3007', "closed_on = «'yesterday'»"],
  [
    'a time of the hour that comes twice',
    { seen_at: '2026-10-25T01:30:00Z' },
    'M3007',
    "seen_at = «'2026-10-25T01:30:00Z'»",
  ],
  ['a private column', { secret: 'x' }, 'M7002', "«secret» = 'x'"],
];

describe('is refused', () => {
  test.each(wrong)('%s', (_, where, code, place) => {
    const { plan: made, diagnostics } = asked(where);
    const [first, ...others] = diagnostics;
    const start = place.indexOf('«');
    expect(made).toBeNull();
    expect(others).toEqual([]);
    expect(first?.code).toBe(code);
    expect(first?.span).toEqual({ file: 'query.where', start, end: place.indexOf('»') - 1 });
  });
});
