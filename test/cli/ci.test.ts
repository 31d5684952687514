/** What the README gives to CI servers and to git, as it stands there, in a scratch repository; without the services themselves. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readYaml } from '../../compiler/index.ts';
import { readPage } from '../docs/page.ts';
import { projectFolder } from '../support/project.ts';

const root = path.join(import.meta.dirname, '../..');
const { files } = readPage(readFileSync(path.join(root, 'README.md'), 'utf8'));

const sound = {
  'kpis/metrics.yaml':
    'version: 1\nname: x\ntables:\n  deals: { from: crm.deals, key: deal_id, columns: { deal_id: string } }\nmetrics: { deal_count: { formula: count(deals) } }\n',
  'kpis/tests.yaml':
    'version: 1\ntests:\n  counts: { given: { deals: [{ deal_id: a }] }, query: { metrics: [deal_count] }, expect: [{ deal_count: 1 }] }\n',
};
const broken = 'version: 1\nmetrics: { worse: { formula: count(dealz) } }\n';

/** Without what npm and git say of the run in which this test is. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => name !== 'INIT_CWD' && !name.startsWith('GIT_')),
);

function run(
  folder: string,
  words: readonly string[],
  more: Readonly<Record<string, string>> = {},
): SpawnSyncReturns<string> {
  const [program = '', ...rest] = words;
  return spawnSync(program, rest, { cwd: folder, encoding: 'utf8', env: { ...environment, ...more } });
}

/** The command builds itself when its sources have changed, and says so: that is over before the tests begin. */
beforeAll(() => {
  expect(run(root, ['node', 'scripts/metrics.mjs', '--version']).status).toBe(0);
});

/** The commands of the workflow's steps, in their order. */
function commandsOf(workflow: string): readonly string[] {
  const commands: string[] = [];
  const visit = (node: ReturnType<typeof readYaml>): void => {
    if (node?.kind === 'list') node.items.forEach(visit);
    if (node?.kind !== 'map') return;
    for (const { key, value } of node.entries) {
      if (key === 'run' && value.kind === 'scalar') commands.push(value.text);
      visit(value);
    }
  };
  visit(readYaml({ path: 'metrics.yml', text: workflow }, diagnostic => expect(diagnostic).toBeNull()));
  return commands;
}

test('the workflow: its own steps pass for what is sound, fail with an annotation for what is not, and say what changes', () => {
  const folder = projectFolder(sound);
  symlinkSync(root, path.join(folder, '.sextant-clone'));
  const git = (...words: readonly string[]) =>
    run(folder, ['git', '-c', 'user.name=x', '-c', 'user.email=x@example.com', ...words]);
  for (const words of [
    'init --quiet',
    'add kpis',
    'commit --quiet --message x',
    'update-ref refs/remotes/origin/main HEAD',
  ])
    expect(git(...words.split(' ')).status).toBe(0);
  const summary = path.join(folder, 'summary.md');
  const steps = commandsOf(files['.github/workflows/metrics.yml'] ?? '');
  expect(steps).toHaveLength(3);
  const github = {
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_WORKSPACE: folder,
    GITHUB_BASE_REF: 'main',
  };
  const [validate = '', tests = '', changes = ''] = steps;
  for (const step of steps) {
    const { status, stderr } = run(folder, ['bash', '-e', '-c', step], github);
    expect([step, status, stderr]).toEqual([step, 0, '']);
  }
  expect(readFileSync(summary, 'utf8')).toContain('All checks passed: 1 metric on 1 table with 1 test in 2 files');
  expect(readFileSync(path.join(folder, 'metrics.sarif'), 'utf8')).toContain('"version": "2.1.0"');
  expect(readFileSync(path.join(folder, 'metrics-tests.xml'), 'utf8')).toContain('name="counts"');
  writeFileSync(path.join(folder, 'kpis', 'worse.yaml'), broken);
  const worse = run(folder, ['bash', '-e', '-c', validate], github);
  expect(worse.status).toBe(1);
  expect(worse.stderr).toContain('::error file=kpis/worse.yaml,line=2,col=36,');
  expect(run(folder, ['bash', '-e', '-c', tests], github).status).toBe(0);
  rmSync(path.join(folder, 'kpis', 'worse.yaml'));
  const renamed = sound['kpis/metrics.yaml'].replace('deal_count', 'count_of_deals');
  writeFileSync(path.join(folder, 'kpis', 'metrics.yaml'), renamed);
  writeFileSync(path.join(folder, 'kpis', 'tests.yaml'), 'version: 1\n');
  expect(run(folder, ['bash', '-e', '-c', changes], github).status).toBe(1);
  expect(readFileSync(summary, 'utf8')).toContain('- `deal_count` is called `count_of_deals` now, and means the same');
});

test('the hook: it judges what is staged, and nothing where no definition is', () => {
  const folder = projectFolder({ ...sound, 'notes.txt': 'x\n' });
  const git = (...words: readonly string[]) =>
    run(folder, ['git', '-c', 'user.name=x', '-c', 'user.email=x@example.com', ...words], { SEXTANT: root });
  const worse = path.join(folder, 'kpis', 'worse.yaml');
  const hook = path.join(folder, '.githooks', 'pre-commit');
  mkdirSync(path.dirname(hook));
  writeFileSync(hook, files['.githooks/pre-commit'] ?? '');
  chmodSync(hook, 0o755);
  git('init', '--quiet');
  git('config', 'core.hooksPath', '.githooks');
  const commit = () => {
    const { status, stderr } = git('commit', '--quiet', '--message', 'x');
    return { isDone: status === 0, said: stderr };
  };

  git('add', '.');
  expect(commit()).toMatchObject({ isDone: true });

  writeFileSync(worse, broken);
  git('add', '.');
  const refused = commit();
  expect(refused.isDone).toBe(false);
  expect(refused.said).toContain('worse.yaml:2:36: error[M2001]');

  // Mended in the folder alone, the staged file is as wrong as before.
  writeFileSync(worse, broken.replace('dealz', 'deals'));
  expect(commit().isDone).toBe(false);
  git('add', '.');
  expect(commit()).toMatchObject({ isDone: true });

  // Broken in the folder alone, it is no matter of this commit.
  writeFileSync(worse, broken);
  writeFileSync(path.join(folder, 'notes.txt'), 'y\n');
  git('add', 'notes.txt');
  expect(commit()).toEqual({ isDone: true, said: '' });
  expect(existsSync(path.join(folder, '.git', 'COMMIT_EDITMSG'))).toBe(true);
});
