/** Goals: what is wrong in their definitions, word by word, and what cannot be asked of them. */
import { describe, expect, test } from 'vitest';
import {
  bindQuery,
  type Diagnostic,
  type Model,
  parseDay,
  planQuery,
  type Query,
  readDocument,
  resolve,
} from '../../compiler/index.ts';
import { foundAt, unmark, wantedAt } from '../support/marked.ts';

const project = `version: 1
name: goals
currency: EUR
calendar: { fiscal_year_starts: february }
tables:
  deals:
    from: deals
    key: deal
    time: closed_on
    columns:
      deal: string
      rep_id: string
      account_id: string
      stage: { type: string, values: [open, won, lost] }
      amount: { type: decimal, unit: currency }
      score: float
      closed_on: date
      created_on: timestamp
    joins: { rep: { to: reps, on: rep_id }, account: { to: accounts, on: account_id } }
    lifespans: { open: { from: closed_on, until: closed_on } }
  reps: { from: reps, key: rep_id, entity: rep, columns: { rep_id: string, region: string, level: integer } }
  people:
    from: people
    key: person_id
    entity: person
    time: hired_on
    columns: { person_id: string, team: string, hired_on: date }
  accounts: { from: accounts, key: account_id, columns: { account_id: string, segment: string } }
  quotas:
    from: quotas
    key: [rep_id, month]
    time: month
    columns: { rep_id: string, month: date, product: string, share: decimal, amount: { type: decimal, unit: currency } }
    joins: { rep: { to: reps, on: rep_id } }
metrics:
  won: { formula: sum(deals.amount) }
  deal_count: { formula: count(deals) }
  rate: { formula: count(deals where stage = 'won') / count(deals), unit: percent }
  reps_known: { formula: count(reps) }
  hired: { formula: count(people) }
  best_stage: { formula: max(deals.stage) }
  pipeline: { formula: sum(deals.amount) while open }
`;

function resolved(goals: string) {
  const { document, diagnostics } = readDocument({ path: 'metrics.yaml', text: `${project}${goals}` }, 'project');
  if (document === null) throw new Error(JSON.stringify(diagnostics));
  expect(diagnostics).toEqual([]);
  return resolve([document]);
}

describe('definitions', () => {
  test.each<[goals: string, ...codes: string[]]>([
    ['g: { metric: won, target: 5, grain: month }'],
    ['g: { metric: won, target: -5.50, grain: fiscal_quarter, by: [] }'],
    ['g: { metric: rate, target: 0.5, grain: month, rollup: avg }'],
    ['g: { metric: rate, target: "prior(rate, 1 year) + 0.05", grain: month }'],
    ['g: { metric: won, target: sum(quotas.amount), grain: month, by: [rep, rep.region] }'],
    ['g: { metric: won, target: { 2026-W01: 5, 2026-W02: 5 }, grain: week }'],
    ['g: { metric: won, target: { FY2026-Q1: 5 }, grain: fiscal_quarter }'],
    ['g: { metric: won, target: { 2026: 5, 2027: 6 }, grain: year, from: 2026-01-01, until: 2027-01-01 }'],
    // Names.
    ['g: { metric: «wn», target: 5, grain: month }', 'M2001'],
    ['«won»: { metric: deal_count, target: 5, grain: month }', 'M2002'],
    ['g: { metric: won, target: "«wn» * 2", grain: month }', 'M2001'],
    ['g: { metric: won, target: "«g.target» * 2", grain: month }', 'M2004'],
    // What a goal is for, and what a target is.
    ['g: { metric: «best_stage», target: 5, grain: month }', 'M6011'],
    ['g: { metric: «reps_known», target: 5, grain: month }', 'M5001'],
    ['g: { metric: won, target: «1000 * 12», grain: month }', 'M6011'],
    ['g: { metric: won, target: «best_stage», grain: month }', 'M6011'],
    ['g: { metric: won, target: «reps_known * 2», grain: month }', 'M6012'],
    ['g: { metric: deal_count, target: «reps_known * 2», grain: month }', 'M5001'],
    ['g: { metric: won, target: «deal_count», grain: month }', 'M6012'],
    ['g: { metric: won, target: 5, grain: month, by: [«rep»] }', 'M6011'],
    // Dimensions.
    ['g: { metric: won, target: sum(quotas.amount), grain: month, by: [«product»] }', 'M4001'],
    ['g: { metric: won, target: [{ period: 2026-01, planet: x, value: 1 }], grain: month, by: [«planet»] }', 'M2001'],
    ['g: { metric: won, target: [{ period: 2026-01, value: 1 }], grain: month, by: [«month»] }', 'M2001'],
    ['g: { metric: won, target: [{ period: 2026-01, score: 1, value: 1 }], grain: month, by: [«score»] }', 'M6011'],
    // Roll-up.
    ['«g»: { metric: rate, target: 0.5, grain: month }', 'M6003'],
    ['«g»: { metric: rate, target: 0.5, grain: month, rollup: sum }', 'M6003'],
    ['«g»: { metric: pipeline, target: { 2026-01: 5 }, grain: month }', 'M6003'],
    ['«g»: { metric: won, target: 5, grain: month, rollup: last }', 'M6013'],
    // Periods of values.
    ['g: { metric: won, target: { «2026-Q1»: 5 }, grain: month }', 'M6004'],
    ['g: { metric: won, target: { «2026-13»: 5 }, grain: month }', 'M6004'],
    ['g: { metric: won, target: { «last month»: 5 }, grain: month }', 'M6004'],
    ['g: { metric: won, target: { «2026»: 5 }, grain: fiscal_year }', 'M6004'],
    [
      'g: { metric: won, grain: month, by: [rep], target: [{ period: 2026-01, rep: r1, value: 1 }, { period: «2026-01», rep: r1, value: 2 }] }',
      'M6005',
    ],
    ['g: { metric: won, target: { 2026-01: 5, «2026-04»: 5 }, grain: month }', 'M6006'],
    [
      'g: { metric: won, grain: month, by: [rep], target: [{ period: 2026-01, rep: a, value: 1 }, { period: 2026-03, rep: b, value: 1 }, { period: «2026-03», rep: a, value: 1 }] }',
      'M6006',
    ],
    // Groups of values.
    ['g: { metric: won, grain: month, target: [{ period: 2026-01, «rep»: r1, value: 1 }] }', 'M6007'],
    ['g: { metric: won, grain: month, by: [rep], target: [{ period: «2026-01», value: 1 }] }', 'M6007'],
    [
      'g: { metric: won, grain: month, by: [rep], target: [{ period: 2026-01, rep: r1, «rap»: r1, value: 1 }] }',
      'M6007',
    ],
    ['g: { metric: won, grain: month, by: [stage], target: [{ period: 2026-01, stage: «wan», value: 1 }] }', 'M3015'],
    [
      'g: { metric: won, grain: month, by: [rep.level], target: [{ period: 2026-01, rep.level: «high», value: 1 }] }',
      'M1008',
    ],
    // Days.
    ['g: { metric: won, target: 5, grain: month, from: «2026-01-02» }', 'M6010'],
    ['g: { metric: won, target: 5, grain: month, from: 2026-03-01, until: «2026-03-01» }', 'M6010'],
    ['g: { metric: won, target: 5, grain: month, until: «2026-02-30» }', 'M5004'],
    // Bands.
    ['g: { metric: won, target: 5, grain: month, status: { on_track: 0.7, at_risk: «0.8» } }', 'M6014'],
    ['g: { metric: won, target: 5, grain: month, status: { at_risk: «0» } }', 'M6014'],
    // Goals of one metric.
    [
      'y: { metric: won, target: { «2026»: 100 }, grain: year }\n  q: { metric: won, target: 26, grain: quarter }',
      'M6009',
    ],
    ['y: { metric: won, target: { 2026: 100 }, grain: year }\n  q: { metric: won, target: 25.0, grain: quarter }'],
    ['«y»: { metric: won, target: 11, grain: half }\n  m: { metric: won, target: 2, grain: month }', 'M6009'],
    [
      'y: { metric: won, target: { 2026: 100 }, grain: year }\n  q: { metric: won, target: { 2026-Q1: 1 }, grain: quarter }',
    ],
    [
      `y: { metric: won, by: [rep], target: [{ period: 2026-H1, rep: a, value: 1 }, { period: «2026-H1», rep: b, value: 3 }], grain: half }
  q: { metric: won, by: [rep], target: [{ period: 2026-Q1, rep: a, value: 0.5 }, { period: 2026-Q2, rep: a, value: 0.5 }, { period: 2026-Q1, rep: b, value: 1 }, { period: 2026-Q2, rep: b, value: 1 }], grain: quarter }`,
      'M6009',
    ],
    // Only for days on which both have targets.
    [
      'y: { metric: won, target: { «2026»: 100 }, grain: year }\n  q: { metric: won, target: 26, grain: quarter, from: 2026-01-01, until: 2027-01-01 }',
      'M6009',
    ],
    [
      'y: { metric: won, target: { 2026: 100 }, grain: year }\n  q: { metric: won, target: 26, grain: quarter, from: 2026-04-01 }',
    ],
    [
      'y: { metric: won, target: { 2026: 100 }, grain: year }\n  q: { metric: won, target: 26, grain: quarter, until: 2026-10-01 }',
    ],
    [
      '«y»: { metric: won, target: 100, grain: year, from: 2026-01-01 }\n  q: { metric: won, target: { 2025-Q4: 1, 2026-Q1: 1, 2026-Q2: 1, 2026-Q3: 1, 2026-Q4: 1 }, grain: quarter }',
      'M6009',
    ],
    ['y: { metric: deal_count, target: { 2026: 100 }, grain: year }\n  q: { metric: won, target: 26, grain: quarter }'],
  ])('%s', (marked, ...codes) => {
    const { text, ranges } = unmark(`goals:\n  ${marked}\n`);
    const moved = ranges.map(({ start, end }) => ({ start: start + project.length, end: (end ?? 0) + project.length }));
    const { diagnostics } = resolved(text);
    expect(foundAt(diagnostics, moved), JSON.stringify(diagnostics, null, 2)).toEqual(wantedAt(codes, moved));
  });

  // How periods of each grain are written.
  test.each<[grain: string, example: string]>([
    ['day', '`2026-03-05`'],
    ['week', '`2026-W10`'],
    ['month', '`2026-03`'],
    ['quarter', '`2026-Q1`'],
    ['half', '`2026-H1`'],
    ['year', '`2026`'],
    ['fiscal_quarter', '`FY2026-Q1`'],
    ['fiscal_half', '`FY2026-H1`'],
    ['fiscal_year', '`FY2026`'],
  ])('a target for one %s is written as %s', (grain, example) => {
    const { diagnostics } = resolved(`goals: { g: { metric: won, target: { soon: 5 }, grain: ${grain} } }\n`);
    expect(diagnostics.map(({ code, help }) => [code, help])).toEqual([['M6004', `write it as ${example}`]]);
    // And so it is read.
    const period = example.replaceAll('`', '');
    expect(resolved(`goals: { g: { metric: won, target: { ${period}: 5 }, grain: ${grain} } }\n`).diagnostics).toEqual(
      [],
    );
  });

  test('of several measures without a time the first is named', () => {
    const { diagnostics } = resolved(
      '  heads: { formula: count(reps) / count(accounts) }\ngoals: { g: { metric: heads, target: 5, grain: month } }\n',
    );
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '`count(reps)` cannot be asked by month: `reps` has no time axis',
    ]);
  });
});

describe('what adds up', () => {
  const byRep = (value: string) => `by: [rep], target: [{ period: 2026-03, rep: r1, value: ${value} }]`;
  test.each<[goal: string, part: string, groups: string, time: string]>([
    ['metric: won, target: 100', 'target', 'sum', 'sum'],
    [`metric: won, ${byRep('1')}`, 'target', 'sum', 'sum'],
    [`metric: won, ${byRep('1')}`, 'gap', 'sum', 'sum'],
    [`metric: pipeline, rollup: last, ${byRep('1')}`, 'target', 'sum', 'last'],
    // Of a in January 10 and of b in both months 10 and 20 come to averages of 10 and 15, of both to one of 20.
    [`metric: pipeline, rollup: avg, ${byRep('1')}`, 'target', 'none', 'none'],
    [`metric: pipeline, rollup: avg, ${byRep('1')}`, 'gap', 'none', 'none'],
    ['metric: rate, rollup: avg, target: "sum(quotas.share)"', 'target', 'none', 'none'],
    [`metric: rate, rollup: last, ${byRep('0.5')}`, 'target', 'none', 'last'],
    [`metric: rate, rollup: avg, ${byRep('0.5')}`, 'target', 'none', 'none'],
    [`metric: rate, rollup: avg, ${byRep('0.5')}`, 'gap', 'none', 'none'],
    ['metric: rate, target: "prior(rate, 1 year)"', 'target', 'none', 'none'],
    ['metric: won, target: sum(quotas.amount)', 'target', 'sum', 'sum'],
    ['metric: won, target: max(quotas.amount)', 'target', 'none', 'sum'],
    ['metric: won, target: max(quotas.amount)', 'gap', 'none', 'sum'],
  ])('{ %s }: %s adds up over groups: %s, over time: %s', (goal, part, groups, time) => {
    const { model, diagnostics } = resolved(`goals: { g: { grain: month, ${goal} } }\n`);
    expect(diagnostics).toEqual([]);
    expect(model.metrics[`g.${part}`]?.additivity).toEqual({ groups, time });
  });
});

describe('questions', () => {
  const { model, diagnostics } = resolved(`  best_month: { formula: max(by_rep.attainment per month) }
  best_day: { formula: max(kept.target per day) }
goals:
  monthly: { metric: won, target: 100, grain: month }
  by_rep: { metric: won, grain: month, by: [rep], target: [{ period: 2026-03, rep: r1, value: 1 }] }
  rates: { metric: rate, grain: month, rollup: last, by: [rep], target: [{ period: 2026-03, rep: r1, value: 0.5 }] }
  mean: { metric: rate, grain: month, rollup: avg, by: [rep], target: [{ period: 2026-03, rep: r1, value: 0.5 }] }
  kept: { metric: won, target: sum(quotas.amount), grain: month, by: [rep] }
  open: { metric: won, target: sum(quotas.amount), grain: month }
  season: { metric: won, target: 100, grain: month, pace: season }
  weekly: { metric: won, target: 100, grain: week, pace: season }
  by_region: { metric: won, grain: month, by: [region], target: [{ period: 2026-03, region: North, value: 1 }] }
  by_stage: { metric: won, grain: month, by: [stage], target: [{ period: 2026-03, stage: won, value: 1 }] }
  by_person: { metric: hired, grain: month, by: [person_id], target: [{ period: 2026-03, person_id: p, value: 1 }] }
`);

  test('their goals are sound', () => {
    expect(diagnostics).toEqual([]);
  });

  const whole = { period: '2026-Q1' };
  test.each<[query: Query, code: string | null]>([
    [{ metrics: ['monthly.target'], ...whole }, null],
    // A period that cuts a target.
    [{ metrics: ['monthly.target'], period: '2026-01-02..2026-03-31' }, 'M6002'],
    [{ metrics: ['monthly.target'], period: '2026-01-01..2026-03-30' }, 'M6002'],
    [{ metrics: ['monthly.target'], period: '2026-01-01..2026-03-10' }, null],
    [{ metrics: ['monthly.target'], period: '2026-01-01..2026-03-09' }, 'M6002'],
    [{ metrics: ['monthly.target'], period: '2026-03-02..2026-03-10' }, 'M6002'],
    [{ metrics: ['monthly.target'], by: ['week'], ...whole }, 'M6002'],
    [{ metrics: ['monthly.target'], by: ['day'], ...whole }, 'M6002'],
    [{ metrics: ['monthly.target'], by: ['hour'], ...whole }, 'M6002'],
    [{ metrics: ['monthly.target'], by: ['fiscal_quarter'], period: 'FY2026' }, null],
    [{ metrics: ['monthly.target'], by: ['quarter'], period: '2026-02..2026-03' }, null],
    [{ metrics: ['monthly.attainment'], by: ['week'], ...whole }, 'M6002'],
    [{ metrics: ['monthly.status'], by: ['week'], ...whole }, 'M6002'],
    [{ metrics: ['monthly.landing'], by: ['week'], ...whole }, 'M6002'],
    [{ metrics: ['won'], having: 'monthly.gap < 0', by: ['week'], ...whole }, 'M6002'],
    [{ metrics: ['kept.target'], by: ['week'], ...whole }, 'M6002'],
    [{ metrics: ['kept.target'], by: ['week'] }, 'M6002'],
    [{ metrics: ['kept.target'], by: ['month'] }, null],
    [{ metrics: ['monthly.attainment'], period: '2026-03-01..2026-03-10', compare: ['prior_year'] }, 'M6002'],
    // What spreads, and what does not.
    [{ metrics: ['monthly.expected', 'monthly.pace'], by: ['week'], ...whole }, null],
    [{ metrics: ['monthly.expected'], by: ['day'], period: '2026-03-04..2026-03-05' }, null],
    [{ metrics: ['kept.expected'], by: ['week'], ...whole }, null],
    [{ metrics: ['season.expected'], by: ['week'], ...whole }, 'M6002'],
    [{ metrics: ['season.expected'], by: ['month'], ...whole }, null],
    [{ metrics: ['weekly.expected'], by: ['week'], period: '2026-W10' }, null],
    [{ metrics: ['mean.expected'], by: ['week'], ...whole }, 'M6002'],
    // Without a period.
    [{ metrics: ['monthly.target'] }, 'M5012'],
    [{ metrics: ['monthly.target'], by: ['month'] }, 'M5012'],
    [{ metrics: ['by_rep.target'] }, null],
    [{ metrics: ['by_rep.target'], by: ['month'] }, null],
    [{ metrics: ['by_rep.expected'] }, 'M5012'],
    [{ metrics: ['by_rep.expected'], by: ['month'] }, 'M5012'],
    [{ metrics: ['open.expected'] }, 'M5012'],
    [{ metrics: ['by_rep.attainment'], by: ['month'] }, null],
    [{ metrics: ['by_rep.attainment'], by: ['quarter'] }, 'M5012'],
    [{ metrics: ['best_month'], by: ['quarter'] }, null],
    // Dimensions that do not follow.
    [{ metrics: ['monthly.target'], by: ['rep'], ...whole }, 'M6001'],
    [{ metrics: ['monthly.target'], where: "stage = 'won'", ...whole }, 'M6001'],
    [{ metrics: ['by_rep.pace'], by: ['stage'], ...whole }, 'M6001'],
    [{ metrics: ['by_rep.pace'], by: ['account.segment'], ...whole }, 'M6001'],
    [{ metrics: ['by_rep.target'], by: ['rep_id'], ...whole }, null],
    [{ metrics: ['by_rep.target'], by: ['rep.region'], where: 'rep.level > 2', ...whole }, null],
    [{ metrics: ['by_region.target'], by: ['rep.region'], ...whole }, null],
    [{ metrics: ['by_region.attainment'], by: ['region'], ...whole }, null],
    [{ metrics: ['by_region.target'], by: ['rep.level'], ...whole }, 'M6001'],
    [{ metrics: ['by_stage.target'], by: ['deals.stage'], ...whole }, null],
    [{ metrics: ['by_person.target'], by: ['team'], ...whole }, null],
    [{ metrics: ['by_person.attainment'], by: ['person'], where: "person.team = 'x'", ...whole }, null],
    [{ metrics: ['kept.target'], by: ['product'], ...whole }, 'M6001'],
    [{ metrics: ['kept.target'], where: "product = 'x'", ...whole }, 'M6001'],
    [{ metrics: ['kept.target'], by: ['rep.region'], ...whole }, null],
    [{ metrics: ['open.target'], by: ['product'], ...whole }, null],
    [{ metrics: ['open.attainment'], by: ['product'], ...whole }, 'M4001'],
    [{ metrics: ['by_rep.target'], by: ['planet'], ...whole }, 'M2001'],
    [{ metrics: ['won'], by: ['stage'], having: 'by_rep.target > 0', ...whole }, 'M6001'],
    // Rates of groups.
    [{ metrics: ['rates.target'], by: ['rep'], ...whole }, null],
    [{ metrics: ['rates.target'], ...whole }, 'M6008'],
    [{ metrics: ['rates.target'], by: ['rep.region'], ...whole }, 'M6008'],
    [{ metrics: ['mean.target'], ...whole }, null],
    // Names.
    [{ metrics: ['monthly.targets'], ...whole }, 'M2001'],
    [{ metrics: ['monthly'], ...whole }, 'M2001'],
    [{ metrics: ['won'], having: "by_rep.status = 'green'", by: ['rep'], ...whole }, 'M3015'],
  ])('%j: %s', (query, code) => {
    const codes = new Set(asked(model, query).map(diagnostic => diagnostic.code));
    expect([...codes]).toEqual(code === null ? [] : [code]);
  });

  test('of two dimensions that are missed the first is named', () => {
    const { model, diagnostics } = resolved(`goals:
  g: { metric: rate, grain: month, rollup: last, by: [rep, stage], target: [{ period: 2026-03, rep: r1, stage: won, value: 1 }] }
`);
    expect(diagnostics).toEqual([]);
    const messageOf = (...by: string[]) =>
      asked(model, { metrics: ['g.target'], by, ...whole }).map(each => each.message);
    const [all, ofStage, ofRep] = [messageOf(), messageOf('stage'), messageOf('rep')];
    expect(all).toHaveLength(1);
    expect(all).toEqual(ofStage);
    expect(all).not.toEqual(ofRep);
    expect(messageOf('rep', 'stage')).toEqual([]);
  });

  test('of two buckets that are parts of a target the one that was asked is named', () => {
    expect(asked(model, { metrics: ['best_day'], by: ['week'] }).map(({ message }) => message)).toEqual([
      '`kept` has one target a month, and one week is a part of it',
    ]);
  });
});

function asked(model: Model, query: Query): readonly Diagnostic[] {
  const bound = bindQuery(model, query, { day: parseDay('2026-03-10') ?? 0, hour: 12 });
  return bound.query === null ? bound.diagnostics : planQuery(model, bound.query).diagnostics;
}
