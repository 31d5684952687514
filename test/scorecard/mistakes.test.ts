/** Mistakes in scorecards and alerts: the code, the very word that it is about, and the cure where one is named. */
import { describe, expect, test } from 'vitest';
import { checkScorecards, hasErrors, readDocument, resolve } from '../../compiler/index.ts';
import { foundAt, unmark, wantedAt } from '../support/marked.ts';

const project = (roles: string, alerts: string) => `version: 1
name: shop
currency: EUR
users: { attributes: { rep_id: string, region: string } }
tables:
  deals:
    from: deals.csv
    key: deal_id
    time: closed_on
    columns:
      deal_id: string
      rep_id: string
      stage: { type: string, values: [open, won, lost] }
      amount: { type: decimal, unit: currency }
      created_on: date
      closed_on: date
      note: { type: string, private: true }
    joins: { rep: { to: reps, on: rep_id } }
    lifespans: { open: { from: created_on, until: closed_on } }
  visits: { from: visits.csv, key: visit_id, time: seen_on, columns: { visit_id: string, page: string, seen_on: date } }
  reps: { from: reps.csv, key: rep_id, entity: rep, columns: { rep_id: string, name: string, region: string } }
metrics:
  won_revenue: { formula: sum(deals.amount where stage = 'won'), balance_with: [win_rate] }
  win_rate: { formula: count(deals where stage = 'won') / count(deals where stage <> 'open'), unit: percent }
  pipeline: { formula: sum(deals.amount) while open }
  headcount: { formula: count(reps) }
  visit_count: { formula: count(visits) }
  to_date_revenue: { formula: "to_date(won_revenue, quarter)" }
baselines: { before: { metric: won_revenue, period: 2025 } }
${alerts === '' ? '' : `alerts:\n${alerts}\n`}${roles === '' ? '' : `roles:\n${roles}\n`}`;

function diagnosticsOf(text: string) {
  const { document, diagnostics } = readDocument({ path: 'metrics.yaml', text }, 'project');
  const resolved = resolve(document === null ? [] : [document]);
  // The baseline is not frozen here.
  const found = [...diagnostics, ...resolved.diagnostics].filter(each => each.code !== 'M6108');
  return hasErrors(found) ? found : [...found, ...checkScorecards(resolved.model)];
}

function check(marked: string, codes: readonly string[], help: string | null): void {
  const { text, ranges } = unmark(marked);
  const found = diagnosticsOf(text);
  expect(foundAt(found, ranges)).toEqual(wantedAt(codes, ranges));
  if (help !== null) expect(found.map(each => each.help ?? '').join('\n')).toContain(help);
}

type Row = readonly [marked: string, codes: readonly string[], help?: string];
const named = (table: readonly Row[]) => table.map(([marked, codes, help = null]) => ({ marked, codes, help }));

describe('items of a scorecard', () => {
  const table: readonly Row[] = [
    ['{ metric: won_revenue }', []],
    ['{ metric: won_revenue, by: [rep.region], top: 3, bottom: 2, compare: [prior_period, prior_year] }', []],
    [`{ metric: win_rate, period: last 3 months, where: "rep.region = 'North'", trend: 12 months }`, []],
    ['{ metric: to_date_revenue }', []],
    ['{ metric: pipeline, trend: 8 weeks, like_for_like: false, compare: [prior_year] }', []],
    // Names.
    ['{ metric: «won_revenu» }', ['M2001'], 'did you mean `won_revenue`?'],
    ['{ goal: «won_goal» }', ['M2001']],
    ['{ metric: won_revenue, of: «pipelin» }', ['M2001'], 'did you mean `pipeline`?'],
    ['{ metric: won_revenue, of: pipeline }', []],
    ['«{ note: this is empty }', ['M8010'], 'name a metric'],
    ['{ metric: won_revenue, goal: «won_goal» }', ['M8010'], 'keep the goal'],
    ['{ metric: won_revenue, by: [rep.«regio»] }', ['M2001'], 'did you mean `region`?'],
    ['{ metric: won_revenue, by: ["rep.region", "«stge»"] }', ['M2001'], 'did you mean `stage`?'],
    ['{ metric: won_revenue, by: [«note»] }', ['M7002']],
    ['{ metric: headcount, by: [«stage»], period: all }', ['M4001']],
    ["{ metric: won_revenue, where: \"rep.region = 'North' and «stagee» = 'won'\" }", ['M2001'], '`stage`'],
    ['{ metric: won_revenue, where: "stage = «\'wno\'»" }', ['M3015'], "'won'"],
    ['{ metric: won_revenue, where: «amount» }', ['M3005']],
    // Comparisons.
    ['{ metric: won_revenue, compare: [prior_period, «prior_yaer»] }', ['M2001'], 'did you mean `prior_year`?'],
    ['{ metric: won_revenue, compare: [«start»] }', ['M2001'], 'the names of baselines'],
    ['{ metric: headcount, period: all, compare: [«prior_year»] }', ['M5009']],
    ['{ metric: win_rate, compare: [«before»] }', ['M8019'], 'a baseline of `win_rate`'],
    // Time.
    ['{ metric: won_revenue, period: «last dozen months» }', ['M5002']],
    ['{ metric: won_revenue, period: «2026-13» }', ['M5002']],
    ['{ metric: headcount, period: «this month» }', ['M5001']],
    // What has no time is shown for all time.
    ['{ metric: headcount }', []],
    ['{ metric: headcount, period: all, trend: «12 months» }', ['M5001']],
    ['{ metric: «to_date_revenue», period: all }', ['M5012']],
    ['{ metric: won_revenue, trend: "«12»" }', ['M8012'], 'write 2 to 120'],
    ['{ metric: won_revenue, trend: «1 months» }', ['M8012']],
    ['{ metric: won_revenue, trend: «500 days» }', ['M8012']],
    ['{ metric: won_revenue, trend: «12 hours» }', ['M8012']],
    ['{ metric: won_revenue, trend: «12 moons» }', ['M8012']],
    // Groups.
    ['{ metric: won_revenue, top: «5» }', ['M8011'], 'by: [rep.name]'],
    ['{ metric: won_revenue, top: «5», bottom: «5» }', ['M8011', 'M8011']],
    ['{ metric: won_revenue, by: [month, «week»] }', ['M5003']],
    ['{ metric: won_revenue, by: [rep.name, «rep.name»] }', ['M2011']],
  ];
  test.each(named(table))('$marked', ({ marked, codes, help }) => {
    check(
      project(`  boss: { sees: all, scorecard: [{ section: Sales, items: [{ metric: win_rate }, ${marked}] }] }`, ''),
      codes,
      help,
    );
  });

  test('a role names alerts that there are', () => {
    check(
      project('  boss: { sees: all, alerts: [slow, «slwo»] }', '  slow: { when: win_rate < 0.2, severity: info }'),
      ['M2001'],
      'did you mean `slow`?',
    );
  });
});

test('an alert without a condition is told once, and is none', () => {
  const text = project('', '  slow: { severity: info }\n  rare: { when: win_rate > 0.9, severity: info }');
  const { document, diagnostics } = readDocument({ path: 'metrics.yaml', text }, 'project');
  const { model, diagnostics: found } = resolve(document === null ? [] : [document]);
  expect(diagnostics).toHaveLength(1);
  expect(found.filter(each => each.code !== 'M6108')).toEqual([]);
  expect(Object.keys(model.alerts)).toEqual(['rare']);
});

test('a scorecard has each alert once that there is, also where it has nothing else', () => {
  const text = project(
    '  boss: { sees: all, alerts: [slow, slwo, rare, slow] }\n  clerk: { sees: all }\n' +
      '  head: { sees: all, scorecard: [{ section: Sales, items: [{ metric: win_rate }] }] }',
    '  slow: { when: win_rate < 0.2, severity: info }\n  rare: { when: win_rate > 0.9, severity: info }',
  );
  const { document } = readDocument({ path: 'metrics.yaml', text }, 'project');
  const { scorecards } = resolve(document === null ? [] : [document]).model;
  const alertsOf = (role: string) => scorecards[role]?.alerts.map(each => each.text);
  expect(Object.keys(scorecards)).toEqual(['boss', 'head']);
  expect([alertsOf('boss'), alertsOf('head')]).toEqual([['slow', 'rare'], []]);
});

describe('items as their role', () => {
  const rep = 'sees: rep = user.rep_id';
  const table: readonly Row[] = [
    [`  rep: { ${rep}, scorecard: [{ section: Mine, items: [{ metric: won_revenue, by: [rep.region] }] }] }`, []],
    [
      `  rep: { ${rep}, scorecard: [{ section: Mine, items: [{ metric: won_revenue }, { metric: «visit_count» }] }] }`,
      ['M7008'],
      'unrestricted: [visits]',
    ],
    [
      `  rep: { ${rep}, unrestricted: [visits], scorecard: [{ section: Mine, items: [{ metric: won_revenue }, { metric: visit_count }] }] }`,
      [],
    ],
    [
      `  rep: { ${rep}, hides: [win_rate], scorecard: [{ section: Mine, items: [{ metric: «win_rate» }] }] }`,
      ['M8018'],
      'take it out',
    ],
    [
      `  rep: { ${rep}, hides: [win_rate], scorecard: [{ section: Mine, items: [{ metric: won_revenue, of: «win_rate» }] }] }`,
      ['M8018'],
      'take it out',
    ],
    // Too macro: all that a person is shown is the same for everybody.
    [
      `  «rep»: { ${rep}, unrestricted: [visits], scorecard: [{ section: All, items: [{ metric: visit_count }] }] }`,
      ['M8016'],
      'take the table out',
    ],
    [
      `  rep: { ${rep}, unrestricted: [visits], scorecard: [{ section: All, items: [{ metric: visit_count, by: [page] }] }] }`,
      [],
    ],
    // Too micro: single deals, for somebody who sees those of many.
    [
      '  boss: { sees: all, scorecard: [{ section: S, items: [{ metric: won_revenue, by: [«deal_id»] }] }] }',
      ['M8017'],
    ],
    [
      '  boss: { sees: rep.region = user.region, scorecard: [{ section: S, items: [{ metric: won_revenue, by: [rep.name, «deals.deal_id»] }] }] }',
      ['M8017'],
      '`top`',
    ],
    ['  boss: { sees: all, scorecard: [{ section: S, items: [{ metric: won_revenue, by: [deal_id], top: 5 }] }] }', []],
    ['  boss: { sees: all, scorecard: [{ section: S, items: [{ metric: won_revenue, by: [rep] }] }] }', []],
    ['  boss: { sees: all, scorecard: [{ section: S, items: [{ metric: headcount, by: [rep] }] }] }', []],
    [`  rep: { ${rep}, scorecard: [{ section: S, items: [{ metric: won_revenue, by: [deal_id] }] }] }`, []],
  ];
  test.each(named(table))('$marked', ({ marked, codes, help }) => {
    check(project(marked, ''), codes, help);
  });

  test('and alerts as the role that names them', () => {
    const alert = '  busy: { when: visit_count > 5, grain: day, severity: info }';
    check(project(`  rep: { ${rep}, alerts: [«busy»] }`, alert), ['M7008'], 'unrestricted: [visits]');
    check(project(`  rep: { ${rep}, unrestricted: [visits], alerts: [busy] }`, alert), [], null);
  });
});

describe('alerts', () => {
  const table: readonly Row[] = [
    ['{ when: won_revenue < 100, severity: info }', []],
    ['{ when: won_revenue < 100 and win_rate < 0.2, by: [rep.name], grain: week, for: 2, severity: critical }', []],
    ['{ when: count(deals) = 0, by: [rep], severity: info }', []],
    [`{ when: pipeline > 1000, where: "rep.region = 'North'", severity: info, message: "{pipeline} is much" }`, []],
    [
      '{ when: pipeline > 1000, by: [rep.name], grain: week, severity: info, message: "{rep.name}: { pipeline } in {week}" }',
      [],
    ],
    ['{ when: to_date_revenue < 5, grain: month, severity: info }', []],
    ['{ when: «won_revenu» < 100, severity: info }', ['M2001'], 'did you mean `won_revenue`?'],
    ['{ when: «won_revenu» < 100, where: rep is not null, by: [rep.name], severity: info }', ['M2001']],
    ['{ when: «won_revenue», severity: info }', ['M3005']],
    ['{ when: won_revenue < «win_rate», severity: info }', ['M3002']],
    ['{ when: «1 > 0», severity: info }', ['M8015'], 'hold a metric'],
    ['{ when: won_revenue < 100, by: [«stagee»], severity: info }', ['M2001'], '`stage`'],
    ['{ when: headcount > 5, by: [«stage»], severity: info }', ['M4001']],
    ['{ when: won_revenue < 100, where: "«sage» = \'won\'", severity: info }', ['M2001']],
    ['{ when: headcount > 5, grain: «week», severity: info }', ['M5001']],
    ['{ when: headcount > 5, grain: «week», for: 3, severity: info }', ['M5001']],
    ['{ when: «to_date_revenue < 5», severity: info }', ['M5012']],
    ['{ when: won_revenue < 100, for: «2», severity: info }', ['M8013'], 'grain: week'],
    ['{ when: won_revenue < 1, severity: info, message: "low: {«win_rate»}" }', ['M8014'], 'that `when` names'],
    [
      '{ when: won_revenue < 1, severity: info, message: "low: {«won_revenu»}" }',
      ['M8014'],
      'did you mean `won_revenue`?',
    ],
    [
      '{ when: won_revenue < 1, by: [rep.name], severity: info, message: { en: ok, es: "{«rep.region»}" } }',
      ['M8014'],
      'it has `won_revenue` or `rep.name`',
    ],
    ['{ when: won_revenue < 1, severity: info, message: "low: {«}» now" }', ['M8014']],
  ];
  test.each(named(table))('$marked', ({ marked, codes, help }) => {
    check(project('', `  low: ${marked}`), codes, help);
  });

  test('of one name there is one', () => {
    const one = '{ when: win_rate < 0.2, severity: info }';
    const { text } = unmark(project('', `  low: ${one}`));
    const other = { path: 'other.yaml', text: `version: 1\nalerts:\n  low: ${one}\n  where: ${one}\n` };
    const documents = [readDocument({ path: 'metrics.yaml', text }, 'project'), readDocument(other, 'definitions')];
    const { diagnostics } = resolve(documents.flatMap(({ document }) => document ?? []));
    const found = diagnostics.filter(({ code }) => code !== 'M6108');
    expect(found.map(({ code, span }) => [code, other.text.slice(span?.start, span?.end)])).toEqual([
      ['M2002', 'low'],
      ['M1010', 'where'],
    ]);
  });
});
