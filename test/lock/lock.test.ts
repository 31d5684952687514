/** The lock: which changes of a project it lets pass, which it stops, and what it says of them. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { metrics, projectFolder } from '../support/project.ts';

const project = `version: 1
name: shop
tables:
  deals:
    from: deals.csv
    key: deal_id
    time: closed_on
    columns:
      deal_id: string
      rep_id: string
      stage: string
      amount: { type: decimal, unit: EUR }
      closed_on: date
      is_won: { formula: stage = 'won' }
    joins: { rep: { to: reps, on: rep_id } }
  reps: { from: reps.csv, key: rep_id, columns: { rep_id: string, region: string } }
metrics:
  deal_count: { formula: count(deals) }
  north: { formula: won where rep.region = 'North' }
  rate:
    formula: count(deals where is_won) / deal_count
    unit: percent
  won:
    formula: sum(deals.amount where is_won and amount > 0)
goals:
  won_goal: { metric: won, target: { 2026-01: 100, 2026-02: 120 }, grain: month }
`;

function locked(text = project): Promise<string> {
  const folder = projectFolder({ 'metrics.yaml': text });
  return metrics(folder, 'lock').then(({ code, err }) => {
    expect(err).toBe('');
    expect(code).toBe(0);
    return folder;
  });
}

function changed(folder: string, from: string, to: string): void {
  const file = path.join(folder, 'metrics.yaml');
  const text = readFileSync(file, 'utf8');
  expect(text.split(from)).toHaveLength(2);
  writeFileSync(
    file,
    text.replace(from, () => to),
  );
}

/** The code and the metric of each finding, and what is said. */
async function check(folder: string) {
  const { code, err } = await metrics(folder, 'lock', '--check');
  const found = [...err.matchAll(/\[(M\d+)\]: .*?`(\w+)`/g)].map(match => `${match[1]} ${match[2]}`);
  return { code, found, said: err };
}

const refactorings: readonly (readonly [what: string, from: string, to: string])[] = [
  ['the order of a condition', 'is_won and amount > 0', 'amount > 0 and is_won'],
  [
    'another name for a column',
    "is_won: { formula: stage = 'won' }",
    "won_at_last: { formula: stage = 'won' }\n      is_won: { formula: won_at_last }",
  ],
  ['a metric written out', '/ deal_count', '/ count(deals)'],
  ['a description', 'deal_count: {', 'deal_count: { description: How many., '],
];

describe('passes', () => {
  test.each(refactorings)('%s', async (_, from, to) => {
    const folder = await locked();
    changed(folder, from, to);
    expect(await check(folder)).toEqual({ code: 0, found: [], said: '' });
    expect((await metrics(folder, 'validate')).code).toBe(0);
  });

  test('a meaning that changed with its version, once it is locked', async () => {
    const folder = await locked();
    changed(
      folder,
      'deal_count: { formula: count(deals) }',
      'deal_count: { formula: count(deals where is_won), version: 2 }',
    );
    changed(folder, 'unit: percent', 'unit: percent\n    version: 2');
    expect(await check(folder)).toMatchObject({ code: 1, found: ['M8052 deal_count', 'M8052 rate'] });
    expect((await metrics(folder, 'lock')).code).toBe(0);
    expect((await check(folder)).code).toBe(0);
  });
});

describe('is stopped', () => {
  test('a formula that changed: with both formulas, and everything above it, with the cause', async () => {
    const folder = await locked();
    changed(folder, 'and amount > 0', 'and amount > 10');
    const { code, found, said } = await check(folder);
    expect(code).toBe(1);
    expect(found).toEqual(['M8050 north', 'M8050 won']);
    expect(said).toContain(
      'it was `sum(deals.amount where is_won and amount > 0)` and is `sum(deals.amount where is_won and amount > 10)`',
    );
    expect(said).toContain("its formula is still `won where rep.region = 'North'`, and `won` changed beneath it");
    expect(said).toContain('write `version: 2` and run `metrics lock`');
  });

  test('a column that changed: named, with what it was', async () => {
    const folder = await locked();
    changed(folder, "formula: stage = 'won'", `formula: "stage in ('won', 'signed')"`);
    const { found, said } = await check(folder);
    expect(found).toEqual(['M8050 north', 'M8050 rate', 'M8050 won']);
    expect(said).toContain("`tables.deals.columns.is_won` was `stage = 'won'` and is `stage in ('won', 'signed')`");
  });

  test.each([
    [
      'the time axis of a table',
      'time: closed_on',
      'time: opened_on',
      '`tables.deals` was `deals.csv; key deal_id; time closed_on`',
    ],
    ['the source of a table', 'from: deals.csv', 'from: all_deals.csv', '`tables.deals` was `deals.csv;'],
    ['the key of a join', 'on: rep_id', 'on: stage', '`tables.deals.joins.rep` was `reps on rep_id = rep_id`'],
  ])('%s: named', async (_, from, to, said) => {
    const folder = await locked(project.replace('closed_on: date', 'closed_on: date\n      opened_on: date'));
    changed(folder, from, to);
    const result = await check(folder);
    expect(result.found).toContain('M8050 north');
    expect(result.said).toContain(said);
  });

  test('by `validate` too, and `lock` does not write', async () => {
    const folder = await locked();
    const before = readFileSync(path.join(folder, 'metrics.lock.yaml'), 'utf8');
    changed(folder, 'and amount > 0', 'and amount > 10');
    const validated = await metrics(folder, 'validate', '--format', 'concise');
    expect(validated.code).toBe(1);
    expect(validated.err).toMatch(/^metrics\.yaml:24:14: error\[M8050\]: `won`/m);
    const again = await metrics(folder, 'lock');
    expect(again.code).toBe(1);
    expect(again.err).toContain('error[M8050]');
    expect(readFileSync(path.join(folder, 'metrics.lock.yaml'), 'utf8')).toBe(before);
  });

  test('a version that went back', async () => {
    const folder = await locked(project.replace('unit: percent', 'unit: percent\n    version: 3'));
    changed(folder, 'version: 3', 'version: 2');
    expect(await check(folder)).toMatchObject({ code: 1, found: ['M8051 rate'] });
  });

  test('a new metric, one that is gone, and a goal that changed', async () => {
    const folder = await locked();
    changed(folder, 'deal_count: { formula: count(deals) }', 'deals_made: { formula: count(deals) }');
    changed(folder, '/ deal_count', '/ deals_made');
    changed(folder, '2026-02: 120', '2026-02: 130');
    const { found, said } = await check(folder);
    expect(found.toSorted()).toEqual(['M8052 deals_made', 'M8053 deal_count', 'M8056 won_goal']);
    expect(said).toContain('2026-02-01 120');
    expect(said).toContain('2026-02-01 130');
    expect((await metrics(folder, 'lock')).code).toBe(0);
    expect((await check(folder)).code).toBe(0);
  });

  test.each([
    ['a version', /version: 1\n {4}formula: "sum/, 'version: 2\n    formula: "sum'],
    ['a meaning', /(amount > 0\)"\n {4}meaning: )\w/, '$1x'],
    ['a formula', 'amount > 0)"', 'amount > 1)"'],
  ])('%s that was written into the lock by hand', async (_, from, to) => {
    const folder = await locked();
    const file = path.join(folder, 'metrics.lock.yaml');
    const text = readFileSync(file, 'utf8');
    expect(text.replace(from, to)).not.toBe(text);
    writeFileSync(file, text.replace(from, to));
    expect(await check(folder)).toMatchObject({ code: 1, found: ['M8054 won'] });
    expect((await metrics(folder, 'lock')).code).toBe(1);
  });

  test('a lock that is none', async () => {
    const folder = await locked();
    const file = path.join(folder, 'metrics.lock.yaml');
    const text = readFileSync(file, 'utf8');
    for (const broken of [
      '',
      'metrics: [',
      `${text}<<<<<<< HEAD\n`,
      text.replace('format: 1', 'format: 0'),
      `${text}metrics: {}\n`,
    ]) {
      writeFileSync(file, broken);
      const { code, said } = await check(folder);
      expect(code).toBe(1);
      expect(said).toContain('error[M8055]');
    }
  });

  test('a check without a lock', async () => {
    const { code, err } = await metrics(projectFolder({ 'metrics.yaml': project }), 'lock', '--check');
    expect(code).toBe(2);
    expect(err).toContain('write it with `metrics lock`');
  });
});

describe('the file', () => {
  test('says the same wherever definitions stand, and is no definition', async () => {
    const folder = await locked();
    const file = path.join(folder, 'metrics.lock.yaml');
    const before = readFileSync(file, 'utf8');
    const [head = '', own = ''] = project.split('metrics:\n');
    writeFileSync(path.join(folder, 'metrics.yaml'), head);
    writeFileSync(path.join(folder, 'a.yaml'), `version: 1\nmetrics:\n${own}`);
    rmSync(file);
    expect((await metrics(folder, 'lock')).out).toBe('Written: metrics.lock.yaml, 5 definitions\n');
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect((await metrics(folder, 'lock')).out).toBe('Unchanged: metrics.lock.yaml, 5 definitions\n');
  });

  test('of two branches that touch neighbours meets without a conflict, and passes', async () => {
    const folder = await locked();
    const git = (...words: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...words], {
        cwd: folder,
        stdio: 'pipe',
      });
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-qm', 'first');
    const branch = async (name: string, from: string, to: string) => {
      git('checkout', '-q', '-b', name, 'main');
      changed(folder, from, to);
      expect((await metrics(folder, 'lock')).code).toBe(0);
      git('commit', '-qam', name);
    };
    await branch('one', "won where rep.region = 'North' }", "won where rep.region = 'Nord', version: 2 }");
    await branch(
      'two',
      'formula: count(deals where is_won) / deal_count',
      'formula: deal_count / count(deals where is_won)\n    version: 2',
    );
    git('merge', '-q', '-m', 'both', 'one');
    expect(await check(folder)).toEqual({ code: 0, found: [], said: '' });
  });
});
