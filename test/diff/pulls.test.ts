/**
 * Three pull requests in a repository of its own, judged as a careful colleague would: a refactoring, a filter that changed without
 * a version, and a metric that is gone while a scorecard still shows it. Numbers are worked out by hand from the rows below.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { longestComment } from '../../runtime/faces/diff/markdown.ts';
import { metrics, projectFolder } from '../support/project.ts';

const definitions = `version: 1
name: sales
currency: EUR
warehouse: { default: files, profiles: { files: { engine: duckdb, files: data } } }
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
      closed_on: date
      is_won: { formula: stage = 'won' }
    joins: { rep: { to: reps, on: rep_id } }
  reps: { from: reps.csv, key: rep_id, columns: { rep_id: string, region: string } }
metrics:
  won_revenue: { formula: sum(deals.amount where is_won), good: up }
  won_deals: { formula: count(deals where is_won) }
  decided_deals: { formula: count(deals where stage <> 'open') }
  win_rate: { formula: won_deals / decided_deals, unit: percent, good: up }
  average_deal: { formula: won_revenue / won_deals }
goals:
  won_goal: { metric: won_revenue, target: 250, grain: month }
roles:
  manager:
    sees: all
    scorecard:
      - section: Sales
        items:
          - { goal: won_goal }
          - { metric: won_revenue, by: [rep.region], period: 2026-Q1 }
          - { metric: win_rate, by: [rep.region], period: 2026-Q1 }
alerts:
  small: { when: won_revenue < 100, by: [rep.region], grain: quarter, severity: warning, message: "{won_revenue} in {rep.region}" }
`;

const deals = `deal_id,rep_id,stage,amount,closed_on
a,r1,won,100,2026-01-10
b,r1,lost,40,2026-01-20
c,r2,won,60,2026-02-05
d,r2,lost,500,2026-02-11
e,r1,won,200,2026-03-02
f,r2,won,70,2026-03-09
g,r3,open,900,
`;

let repository = '';
const folder = () => path.join(repository, 'sales');

const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];

function git(...words: readonly string[]): void {
  execFileSync('git', [...who, ...words], { cwd: repository, stdio: 'pipe' });
}

beforeAll(async () => {
  repository = projectFolder({
    'sales/metrics.yaml': definitions,
    'sales/data/deals.csv': deals,
    'sales/data/reps.csv': 'rep_id,region\nr1,North\nr2,South\nr3,South\n',
    'other/metrics.yaml': 'version: 1\nname: other\n',
  });
  expect(await metrics(folder(), 'lock')).toMatchObject({ code: 0, err: '' });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'first');
});

async function pull(name: string, changes: readonly (readonly [from: string, to: string])[]): Promise<void> {
  git('checkout', '-q', '-f', '-b', name, 'main');
  const file = path.join(folder(), 'metrics.yaml');
  let text = readFileSync(file, 'utf8');
  for (const [from, to] of changes) {
    expect(text.split(from)).toHaveLength(2);
    text = text.replace(from, () => to);
  }
  writeFileSync(file, text);
  git('commit', '-qam', name);
}

/** A commit without a file. */
function emptyCommit(): string {
  const tree = execFileSync('git', ['mktree'], { cwd: repository, input: '', encoding: 'utf8' }).trim();
  const words = [...who, 'commit-tree', '-m', 'nothing', tree];
  return execFileSync('git', words, { cwd: repository, encoding: 'utf8' }).trim();
}

const all = ['--fail-on', 'value,client,query,goal'];
const day = ['--as-of', '2026-03-31', '--period', '2026-Q1'];

describe('a refactoring', () => {
  beforeAll(() =>
    pull('refactoring', [
      [
        "is_won: { formula: stage = 'won' }",
        `is_decided: { formula: stage <> 'open' }\n      is_won: { formula: "'won' = stage" }`,
      ],
      ["count(deals where stage <> 'open')", 'count(deals where is_decided)'],
      ['average_deal: {', 'average_deal: { description: What a deal brings.,'],
    ]),
  );

  test('passes the lock, and breaks nothing', async () => {
    expect(await metrics(folder(), 'lock', '--check')).toMatchObject({ code: 0 });
    const { code, out } = await metrics(folder(), 'diff', '--against', 'main', ...all);
    expect(code).toBe(0);
    expect(out).toContain('decided_deals is written otherwise, and means the same');
    expect(out).toMatch(/Every number means what it meant, and nothing breaks: 1 NEW, 1 DOC, 2 EQUAL\n$/);
  });

  test('is asked of no warehouse', async () => {
    const { out } = await metrics(folder(), 'diff', '--against', 'main', '--data', '--format', 'json', ...day);
    expect(JSON.parse(out)).toMatchObject({ data: { statements: 0, metrics: [] } });
  });
});

describe('a filter that changed without a version', () => {
  beforeAll(() =>
    pull('filter', [['sum(deals.amount where is_won)', 'sum(deals.amount where is_won and amount > 70)']]),
  );

  test('is stopped by the lock, with both formulas, here and where it is used', async () => {
    const { code, err } = await metrics(folder(), 'lock', '--check');
    expect(code).toBe(1);
    expect(err).toContain(
      'error[M8050]: `won_revenue` means something else than its version 1 did: it was `sum(deals.amount where is_won)` and is `sum(deals.amount where is_won and amount > 70)`',
    );
    expect(err).toContain('error[M8050]: `average_deal`');
    expect(err).toContain('2 errors\n');
  });

  test('is told with what it reaches', async () => {
    const { code, out } = await metrics(folder(), 'diff', '--against', 'main', '--format', 'json', ...all);
    expect(code).toBe(1);
    const { changes, summary } = JSON.parse(out);
    expect(summary).toEqual({ value: 2, client: 0, query: 0, goal: 1, new: 0, doc: 0, equal: 0 });
    expect(changes[0]).toMatchObject({
      subject: 'metrics.won_revenue',
      reaches: ['alerts.small', 'goals.won_goal', 'metrics.average_deal', 'roles.manager.scorecard'],
    });
    expect(changes[1]).toMatchObject({ subject: 'metrics.average_deal', through: ['metrics.won_revenue'] });
    expect(await metrics(folder(), 'diff', '--against', 'main', '--fail-on', 'client,query')).toMatchObject({
      code: 0,
    });
  });

  test('and so is what it does to the numbers', async () => {
    const { code, out } = await metrics(folder(), 'diff', '--against', 'main', '--data', '--format', 'json', ...day);
    expect(code).toBe(0);
    const { data } = JSON.parse(out);
    // 100 + 60 + 200 + 70 before; of these 100 and 200 are above 70. Four deals are won, in both states.
    expect(data.metrics.map((metric: { name: string }) => metric.name)).toEqual(['won_revenue', 'average_deal']);
    expect(data.metrics[0]).toMatchObject({
      before: '430',
      after: '300',
      difference: '-130',
      unit: 'EUR',
      same: false,
    });
    expect(data.metrics[0].relative).toBeCloseTo(-130 / 430, 12);
    expect(data.metrics[1]).toMatchObject({ before: 107.5, after: 75, difference: -32.5 });
    expect(data.metrics[0].trend).toEqual([
      { bucket: '2026-01-01', before: '100', after: '100' },
      { bucket: '2026-02-01', before: '60', after: '0' },
      { bucket: '2026-03-01', before: '270', after: '200' },
    ]);
    // The scorecard looks at it by region: all of the South's 60 and 70 is gone, the North has 300 as before.
    expect(data.metrics[0].groups[0]).toMatchObject({ by: 'rep.region', compared: 2 });
    expect(data.metrics[0].groups[0].rows).toMatchObject([
      { group: { 'rep.region': 'South' }, before: '130', after: 0, difference: '-130' },
    ]);
    // In March 270 of 250 were met; 200 are 80 % of it, from which on a goal is at risk.
    expect(data.goals).toMatchObject([{ goal: 'won_goal', before: 'met', after: 'at_risk' }]);
    expect(data.alerts).toEqual([]);
  });

  test('fails where it moves more than it may, at its formula', async () => {
    const within = await metrics(folder(), 'diff', '--against', 'main', '--data', '--threshold', '31%', ...day);
    expect(within).toMatchObject({ code: 0, err: '' });
    const beyond = await metrics(
      folder(),
      'diff',
      '--against',
      'main',
      '--data',
      '--threshold',
      '50%,won_revenue=30%',
      ...day,
    );
    expect(beyond.code).toBe(1);
    expect(beyond.err).toContain(
      'error[M8064]: `won_revenue` moves by -30.23 %, and may move by 30 %\n  --> metrics.yaml:20:27',
    );
  });

  test('fails where the project says how far it may move', async () => {
    const file = path.join(folder(), 'metrics.yaml');
    const text = readFileSync(file, 'utf8');
    const tolerant = (tolerance: string) => writeFileSync(file, `${text}diff: { tolerance: { ${tolerance} } }\n`);
    tolerant('average_deal: 10%');
    const { code, err } = await metrics(folder(), 'diff', '--against', 'main', '--data', ...day);
    expect(code).toBe(1);
    expect(err).toContain('error[M8064]: `average_deal` moves by -30.23 %, and may move by 10 %');
    tolerant('average_dael: 10%');
    expect((await metrics(folder(), 'validate')).err).toContain('did you mean `average_deal`?');
    tolerant('average_deal: much');
    expect((await metrics(folder(), 'validate')).err).toContain('a share such as `0.5%`');
    writeFileSync(file, text);
  });

  test('is a comment and a page', async () => {
    const page = path.join(repository, 'diff.html');
    const { out } = await metrics(
      folder(),
      'diff',
      '--against',
      'main',
      '--data',
      '--format',
      'markdown',
      '--format',
      `html=${page}`,
      ...day,
    );
    expect(out).toContain('| `won_revenue` | €430 | €300 | -€130 | -30.2% |  |');
    expect(out).toContain('- goal won\\_goal: met becomes at risk');
    expect(out).toContain('<details><summary>won\\_revenue by groups</summary>');
    expect(out.length).toBeLessThan(longestComment);
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('<svg class="line two"');
    expect(html).toContain('goal won_goal: met becomes at risk');
    expect(html).not.toMatch(/<script|https?:/);
  });
});

describe('a metric that is gone while a scorecard shows it', () => {
  beforeAll(() =>
    pull('gone', [['  win_rate: { formula: won_deals / decided_deals, unit: percent, good: up }\n', '']]),
  );

  test('is told as what it breaks', async () => {
    const { code, out, err } = await metrics(folder(), 'diff', '--against', 'main', ...all);
    expect(code).toBe(1);
    expect(out).toContain('CLIENT  Code against the generated client that breaks\n  win_rate is gone');
    expect(out).toContain('reaches  scorecard of manager');
    expect(out).toContain(
      'QUERY  Stored questions that are refused\n  scorecard of manager cannot show `win_rate` any more',
    );
    expect(out).toContain('1 CLIENT, 1 QUERY');
    expect(err).toContain('`metrics validate` says where');
  });

  test('breaks no stored question once the scorecard follows', async () => {
    await pull('gone-well', [
      ['  win_rate: { formula: won_deals / decided_deals, unit: percent, good: up }\n', ''],
      ['          - { metric: win_rate, by: [rep.region], period: 2026-Q1 }\n', ''],
    ]);
    const { code, out } = await metrics(folder(), 'diff', '--against', 'main', '--fail-on', 'query');
    expect(code).toBe(0);
    expect(out).toContain('scorecard of manager does not show `win_rate` as before');
    expect((await metrics(folder(), 'lock', '--check')).err).toContain('warning[M8053]: `win_rate` is in the lock');
  });
});

describe('the other state', () => {
  test('is where the branch began, whatever has happened since on the other', async () => {
    git('checkout', '-q', '-f', 'main');
    await pull('behind', [['average_deal: {', 'average_deal: { owner: ops,']]);
    git('checkout', '-q', 'main');
    git('merge', '-q', 'filter');
    git('checkout', '-q', 'behind');
    const { out } = await metrics(folder(), 'diff', '--against', 'main', '--format', 'json');
    expect(JSON.parse(out).changes).toMatchObject([{ effect: 'doc', subject: 'metrics.average_deal' }]);
    git('branch', '-f', 'main', 'main~1');
  });

  test('may be a folder', async () => {
    const { code, out } = await metrics(folder(), 'diff', '--against', '../other', '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(out).summary).toMatchObject({ new: 10 });
  });

  test.each([
    ['nothing', 'nowhere', 2, 'M8062'],
    ['an option of git', '--output=x', 2, 'M8062'],
    ['a state before the project', 'empty', 2, 'M8063'],
  ])('is %s', async (_, against, code, said) => {
    const ref = against === 'empty' ? emptyCommit() : against;
    const result = await metrics(folder(), 'diff', `--against=${ref}`);
    expect(result.err).toContain(`error[${said}]`);
    expect(result.code).toBe(code);
  });

  test('needs git', async () => {
    const { PATH } = process.env;
    process.env.PATH = repository;
    const result = await metrics(folder(), 'diff', '--against', 'main');
    process.env.PATH = PATH;
    expect(result.code).toBe(3);
    expect(result.err).toContain('error[M8060]');
  });

  test('is in no repository', async () => {
    const alone = projectFolder({ 'metrics.yaml': definitions });
    expect(await metrics(alone, 'diff', '--against', 'main')).toMatchObject({ code: 2 });
  });

  test('cannot be read', async () => {
    mkdirSync(path.join(repository, 'broken'));
    writeFileSync(path.join(repository, 'broken/metrics.yaml'), 'version: 1\nname: [');
    const { code, err } = await metrics(folder(), 'diff', '--against', '../broken');
    expect(code).toBe(1);
    expect(err).toContain('the state of ../broken cannot be read');
  });
});

describe('errors that an earlier state had already', () => {
  const broken = [
    'by: [rep.region], period: 2026-Q1 }\n          - { metric: win_rate',
    'by: [rep.regio], period: 2026-Q1 }\n          - { metric: win_rate',
  ] as const;
  const scorecard = definitions.replace(...broken);
  const formula = definitions.replace('won_revenue / won_deals', 'won_revenue / wins');
  const note = /^note: \S+ has errors, so what was broken there looks new$/m;

  test.each([
    { name: 'a scorecard that is mended', before: scorecard, after: definitions, isNoted: false },
    { name: 'a scorecard that breaks', before: definitions, after: scorecard, isNoted: false },
    { name: 'a scorecard that is broken on both sides', before: scorecard, after: scorecard, isNoted: true },
    { name: 'a metric that is mended, and looks new', before: formula, after: definitions, isNoted: true },
  ])('are noted where they may be taken for new: $name', async ({ before, after, isNoted }) => {
    expect(scorecard).not.toBe(definitions);
    const [earlier, now] = [before, after].map(text => projectFolder({ 'metrics.yaml': text }));
    const { code, out, err } = await metrics(now ?? '', 'diff', '--against', earlier ?? '');
    expect(note.test(err)).toBe(isNoted);
    expect(code).toBe(after === definitions ? 0 : 1);
    expect(/^ +.*cannot show `won_revenue` any more/m.test(out)).toBe(before === scorecard && after === scorecard);
  });
});
