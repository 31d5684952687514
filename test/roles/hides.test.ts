/**
 * What a role hides answers like what is not there: a project with the names and a role that hides them, and the same
 * project without them, say the same to every question, to the byte, refusals and suggestions among it.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compile,
  dialectNamed,
  type Freeze,
  type Model,
  planRows,
  type Query,
  type RowsQuery,
  readDocument,
  resolve,
  write,
} from '../../compiler/index.ts';
import { chance, count, type Gen, pick } from '../oracle/generate/choose.ts';

/** Lines that end in `# hidden` are those of the names that the role hides. */
const text = `version: 1
name: acme
currency: EUR
users: { attributes: { region: string } }
tables:
  deals:
    from: crm.deals
    key: deal_id
    time: closed_on
    columns:
      deal_id: integer
      rep_id: string
      closer_id: string # hidden
      stage: { type: string, values: [open, won, lost] }
      state: { type: string, values: [draft, final] } # hidden
      amount: { type: decimal, unit: currency }
      margin: { type: decimal, unit: currency } # hidden
      source: { type: string, dimension: lead_source }
      origin: { type: string, dimension: first_touch } # hidden
      closed_on: date
      size: { formula: "bucket(amount, 10, 100)" }
      worth: { formula: amount * 2 } # hidden
    joins:
      rep: { to: reps, on: rep_id }
      closer: { to: reps, on: { closer_id: rep_no } } # hidden
  reps:
    from: crm.reps
    key: rep_id
    entity: rep
    columns:
      rep_id: string
      region: string
      grade: integer # hidden
      level: integer
  leads:
    from: crm.leads
    key: lead_id
    time: received_on
    columns:
      lead_id: integer
      rep_id: string
      source: { type: string, dimension: lead_source }
      origin: { type: string, dimension: first_touch } # hidden
      received_on: date
    joins: { rep: { to: reps, on: rep_id } }
metrics:
  revenue: { formula: sum(deals.amount) }
  revenue_margin: { formula: sum(deals.amount) * 2 } # hidden
  won: { formula: sum(deals.amount where stage = 'won') }
  wins: { formula: count(deals where stage = 'won') } # hidden
  deal_count: { formula: count(deals) }
  lead_count: { formula: count(leads) }
  lead_score: { formula: count(leads) * 3 } # hidden
  heads: { formula: count(reps) }
  share_of_won: { formula: share(won) }
goals:
  won_goal: { metric: won, target: 5, grain: month }
  lead_goal: { metric: lead_count, target: 5, grain: month }
  rep_goal:
    metric: won
    grain: month
    by: [rep]
    target:
      - { period: 2026-01, rep: r1, value: 100 }
      - { period: 2026-01, rep: r2, value: 50 }
  deal_goal: { metric: deal_count, target: 5, grain: month } # hidden
  reps_goal: { metric: revenue, grain: month, by: [rep], target: [{ period: 2026-01, rep: r1, value: 7 }] } # hidden
baselines:
  won_2025: { metric: won, period: 2025, by: [rep] }
  deals_2025: { metric: deal_count, period: 2025, by: [rep] } # hidden
roles:
  director:
    sees: rep.region = user.region
    unrestricted: [won_goal, lead_goal]
    hides: [closer, deals.closer_id, state, deals.margin, first_touch, deals.worth, rep.grade, revenue_margin, wins, lead_score, deal_goal, reps_goal, deals_2025] # hidden
`.replace('closer: { to: reps, on: { closer_id: rep_no } }', 'closer: { to: reps, on: closer_id }');

/** Names of the hidden things, and what they are called by mistake. */
const hiddenNames = [
  ...['closer', 'closer_id', 'deals.closer', 'deals.closer_id', 'closer.region', 'closer.level', 'closers'],
  ...['state', 'deals.state', 'stat', 'margin', 'deals.margin', 'margn', 'first_touch', 'origin', 'deals.origin'],
  ...['first_tuch', 'worth', 'deals.worth', 'wurth', 'rep.grade', 'grade', 'reps.grade', 'grades'],
  ...['revenue_margin', 'revenue_margn', 'wins', 'win', 'lead_score', 'lead_scores'],
  ...['deal_goal', 'deal_goal.target', 'deal_goal.pace', 'deal_gaol.target', 'reps_goal.status', 'reps_goal.targt'],
  ...['deals_2025', 'deals_2025.value', 'deals_2025.growth', 'deals_2024.value'],
] as const;
const knownNames = [
  ...['rep', 'rep.region', 'region', 'rep.level', 'stage', 'lead_source', 'source', 'size', 'deals.size', 'rep_id'],
  ...['stag', 'rep.regio', 'sorce', 'month', 'months', 'closed_on'],
] as const;
const metrics = ['revenue', 'won', 'deal_count', 'lead_count', 'heads', 'share_of_won'] as const;
const kept = [
  ...['won_goal.target', 'won_goal.status', 'rep_goal.target', 'rep_goal.attainment'],
  ...['won_2025.value', 'won_2025.difference'],
] as const;

/** What was frozen of a baseline. */
function frozen(baseline: string, metric: string): Freeze {
  return {
    baseline,
    metric,
    formula: metric,
    asOf: '2026-01-05',
    frozenAt: '2026-01-05',
    meaning: '',
    period: ['2025-01-01', '2025-12-31'],
    grain: null,
    by: [{ name: 'rep', type: 'string' }],
    kind: 'parts',
    parts: [{ name: metric, type: 'integer', unit: null, time: 'sum' }],
    rows: [
      ['r1', '100'],
      ['r2', '50'],
    ],
  };
}

const freezes = [frozen('won_2025', 'won'), frozen('deals_2025', 'deal_count')];

function modelOf(source: string): Model {
  const { document, diagnostics } = readDocument({ path: 'metrics.yaml', text: source }, 'project');
  if (document === null) throw new Error(JSON.stringify(diagnostics));
  const resolved = resolve([document], { freezes });
  expect([...diagnostics, ...resolved.diagnostics]).toEqual([]);
  return resolved.model;
}

const withNames = modelOf(text);
const without = modelOf(text.replace(/^.*# hidden\n/gm, ''));
const now = { day: 20_500, hour: 23 };
const duckdb = dialectNamed('duckdb');

function said(model: Model, query: RowsQuery, kind: 'groups' | 'rows'): string {
  if (duckdb === null) throw new Error('no dialect');
  const { statement, diagnostics } =
    kind === 'groups' ? compile(model, query, now, duckdb) : write(planRows(model, query, now), model, duckdb);
  return JSON.stringify({
    sql: statement?.sql,
    parameters: statement?.parameters,
    columns: statement?.columns,
    diagnostics,
  });
}

const director: Pick<Query, 'as' | 'user'> = { as: 'director', user: { region: 'North' } };

/** A name that is hidden, or near one, or one that is known. */
function name(g: Gen): string {
  return chance(g, 50) ? pick(g, ...hiddenNames) : pick(g, ...knownNames);
}

function metric(g: Gen): string {
  if (chance(g, 25)) return pick(g, ...hiddenNames);
  return chance(g, 70) ? pick(g, ...metrics) : pick(g, ...kept);
}

function literal(g: Gen): string {
  return pick(g, "'won'", "'draft'", '3', 'null', "'x'");
}

function question(g: Gen): RowsQuery {
  const some = <T>(percent: number, make: () => T) => (chance(g, percent) ? make() : undefined);
  const measured = () => {
    const path = chance(g, 50) ? `deals.${pick(g, 'margin', 'amount', 'worth', 'margn', 'closer_id')}` : name(g);
    return pick(
      g,
      metric(g),
      `sum(${path})`,
      `avg(${metric(g)} per ${name(g)})`,
      `total(${metric(g)} across ${name(g)})`,
    );
  };
  return {
    ...director,
    metrics: Array.from({ length: count(g, 1, 2) }, () => metric(g)),
    by: some(70, () => Array.from({ length: count(g, 1, 2) }, () => name(g))),
    where: some(40, () => `${name(g)} ${pick(g, '=', '<>')} ${literal(g)}`),
    having: some(35, () => `${measured()} > ${pick(g, '0', '1', name(g))}`),
    period: some(40, () => pick(g, '2026-Q1', '2026-01', '2026')),
    compare: some(10, () => ['prior_year']),
    order: some(25, () => [`${chance(g, 50) ? metric(g) : name(g)}${pick(g, '', ' desc')}`]),
    complete: some(20, () => [name(g)]),
  };
}

test('the role hides what it says, and nothing else', () => {
  expect(withNames.roles.director?.hides).toEqual({
    metrics: [
      ...['deal_goal.attainment', 'deal_goal.expected', 'deal_goal.gap', 'deal_goal.landing', 'deal_goal.pace'],
      ...['deal_goal.status', 'deal_goal.target', 'deals_2025.difference', 'deals_2025.growth', 'deals_2025.value'],
      ...['lead_score', 'reps_goal.attainment', 'reps_goal.expected', 'reps_goal.gap', 'reps_goal.landing'],
      ...['reps_goal.pace', 'reps_goal.status', 'reps_goal.target', 'revenue_margin', 'wins'],
    ],
    columns: [
      ...['deals.closer_id', 'deals.margin', 'deals.origin', 'deals.state', 'deals.worth'],
      ...['leads.origin', 'reps.grade'],
    ],
    joins: ['deals.closer'],
    entities: [],
  });
});

test('2,000 questions that name what is hidden, or nearly: the answers and refusals of a project without it', () => {
  const seen = { answered: 0, refused: 0 };
  fc.assert(
    fc.property(fc.gen(), g => {
      const query = question(g);
      const kind = chance(g, 25) ? 'rows' : 'groups';
      const found = said(withNames, query, kind);
      expect(found).toBe(said(without, query, kind));
      seen[found.includes('"sql"') ? 'answered' : 'refused'] += 1;
    }),
    { numRuns: 2000, seed: 811_204_667 },
  );
  expect(seen.answered).toBeGreaterThan(100);
  expect(seen.refused).toBeGreaterThan(1000);
});

/** The project without its hidden lines, and a role that hides these. */
function hiding(...names: readonly string[]): Model {
  const plain = text.replace(/^.*# hidden\n/gm, '');
  return modelOf(`${plain}    hides: [${names.join(', ')}]\n`);
}

const ids = [...['rep', 'rep_id', 'deals.rep_id', 'rep.rep_id']] as const;

const asked: readonly (readonly [
  hides: string,
  metric: string,
  known: readonly string[],
  unknown: readonly string[],
])[] = [
  ['rep', 'revenue', ['stage'], [...ids, 'rep.region', 'rep.level', 'region']],
  ['rep', 'heads', ['region', 'reps.region'], ['rep', 'rep_id', 'reps.rep_id', 'rep.region']],
  ['reps.rep_id', 'revenue', ['rep.region', 'region', 'stage'], ids],
  ['reps.rep_id', 'lead_count', ['rep.region'], ['rep', 'rep_id', 'leads.rep_id', 'rep.rep_id']],
  ['reps.rep_id', 'heads', ['rep.region', 'region'], ['rep', 'rep_id', 'reps.rep_id']],
  ['deals.rep_id', 'revenue', ['rep.region', 'region'], ids],
  ['deals.rep_id', 'lead_count', ['rep', 'rep_id', 'rep.rep_id'], []],
  ['rep.region', 'revenue', ['rep', 'rep.level'], ['rep.region', 'region']],
  ['rep.region', 'heads', ['rep', 'rep.level'], ['rep.region', 'region', 'reps.region']],
  ['region', 'revenue', ['rep'], ['rep.region', 'region']],
  ['lead_source', 'revenue', ['stage'], ['lead_source', 'source', 'deals.source']],
  ['deals.source', 'revenue', ['stage'], ['lead_source', 'source', 'deals.source']],
  ['deals.source', 'lead_count', ['lead_source', 'source'], []],
  ['size', 'revenue', ['stage'], ['size', 'deals.size']],
];

test.each(asked)('%s hidden: what %s can be asked by', (hides, name, known, unknown) => {
  const model = hiding(hides);
  const codes = (by: string, part: 'by' | 'where' | 'order') => {
    const parts = { by: { by: [by] }, where: { where: `${by} is not null` }, order: { by: ['stage'], order: [by] } };
    const found: { diagnostics: readonly { code: string; help: string | null }[] } = JSON.parse(
      said(model, { ...director, metrics: [name], ...parts[part] }, 'groups'),
    );
    expect(found.diagnostics.map(({ help }) => help ?? '').join()).not.toMatch(/did you mean/);
    return found.diagnostics.map(({ code }) => code);
  };
  for (const by of known) expect([by, codes(by, 'by'), codes(by, 'where')]).toEqual([by, [], []]);
  for (const by of unknown) {
    // Unknown, or unknown of this table and known of another.
    const [code] = codes(by, 'by');
    expect([by, code]).toEqual([by, expect.stringMatching(/^(M2001|M4001)$/)]);
    expect(codes(by, 'where')).toEqual([code]);
  }
});

test('a metric that is hidden is unknown, and what stands on it is computed', () => {
  const model = hiding('won');
  expect(said(model, { ...director, metrics: ['won'] }, 'groups')).toContain('there is no metric `won`');
  expect(said(model, { ...director, metrics: ['revenue'], having: 'won > 1' }, 'groups')).toContain(
    'there is no metric',
  );
  expect(said(model, { ...director, metrics: ['share_of_won'] }, 'groups')).toContain('"sql"');
  expect(said(model, { metrics: ['won'] }, 'groups')).toContain('"sql"');
});

test('a metric that is hidden takes with it what its goals and baselines tell of it', () => {
  const { hides } = hiding('won').roles.director ?? {};
  const parts = ['attainment', 'expected', 'gap', 'landing', 'pace', 'status', 'target'];
  expect(hides?.metrics).toEqual([
    ...parts.map(part => `rep_goal.${part}`),
    'won',
    ...['difference', 'growth', 'value'].map(part => `won_2025.${part}`),
    ...parts.map(part => `won_goal.${part}`),
  ]);
});

test('a column that is hidden is listed by no `rows`, nor named by what stands on it', () => {
  const columns = (model: Model, metric: string): readonly string[] =>
    JSON.parse(said(model, { ...director, metrics: [metric] }, 'rows')).columns.map(
      (column: { name: string }) => column.name,
    );
  expect(columns(without, 'won')).toEqual(['deal_id', 'closed_on', 'amount', 'stage']);
  expect(columns(hiding('deals.amount'), 'won')).toEqual(['deal_id', 'closed_on', 'stage']);
  expect(columns(hiding('deals.deal_id', 'stage'), 'won')).toEqual(['closed_on', 'amount']);
  const rate = text.replace('share_of_won: { formula: share(won) }', 'rate: { formula: won / deal_count }');
  const plain = rate.replace(/^.*# hidden\n/gm, '');
  const flags = (hides: string) => columns(modelOf(`${plain}${hides}`), 'rate').slice(-2);
  expect(flags('')).toEqual(["sum(deals.amount where stage = 'won')", 'count(deals)']);
  expect(flags('    hides: [stage]\n')).toEqual(['measure 1', 'count(deals)']);
});

test('a table that is closed says nothing of a rule that may name what is hidden', () => {
  const closed = text
    .replace(/^.*# hidden\n/gm, '')
    .replace('rep.region = user.region', 'rep.level = 1 and deals.stage = user.region');
  const told = said(modelOf(`${closed}    hides: [stage]\n`), { ...director, metrics: ['lead_count'] }, 'groups');
  expect(told).toContain('M7008');
  expect(told).not.toContain('stage');
});

test('a name that is hidden must be one', () => {
  const { document } = readDocument(
    { path: 'metrics.yaml', text: text.replace('rep.grade, revenue', 'rep.grades, revenue') },
    'project',
  );
  const found = document === null ? [] : resolve([document], { freezes }).diagnostics;
  expect(found.map(({ code, message, help }) => [code, message, help])).toEqual([
    ['M2001', 'there is no metric, column or dimension `rep.grades`', 'did you mean `reps.grade`?'],
  ]);
});
