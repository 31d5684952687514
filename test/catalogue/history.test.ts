/** When definitions came to say something else, in repositories that are made for it. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readHistory } from '../../runtime/index.ts';
import { projectFolder } from '../support/project.ts';

const signal = new AbortController().signal;

function git(folder: string, ...words: readonly string[]): string {
  const identity = ['-c', 'user.name=Ana "A" Ruiz', '-c', 'user.email=ana@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...words], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** Commits what the files say now, the others as they are; a null takes one away. */
function commit(folder: string, day: string, message: string, files: Readonly<Record<string, string | null>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    if (text === null) rmSync(file);
    else writeFileSync(file, text);
  }
  git(folder, 'add', '-A');
  git(folder, 'commit', '--quiet', '--allow-empty', '--date', `${day}T23:30:00+05:00`, '-m', message);
}

async function changesIn(folder: string) {
  const reading = await readHistory(folder, signal);
  if (reading.kind === 'none') throw new Error(reading.why);
  const { changes } = reading.history;
  return (key: string) =>
    (changes.get(key) ?? []).map(({ day, kind, version, subject }) => [day, kind, version, subject].join('|'));
}

const definitions = (metrics: string) => `version: 1\nmetrics:\n${metrics}`;

test('is told of what a definition says, not of its layout or its file', async () => {
  const folder = projectFolder({});
  git(folder, 'init', '--quiet');
  commit(folder, '2026-01-01', 'Revenue', {
    'metrics.yaml': 'version: 1\nname: acme\n',
    'a.yaml': definitions('  won: { formula: sum(deal.amount) }\n  lost: { formula: count(deal) }\n'),
  });
  commit(folder, '2026-01-02', 'Layout', {
    'a.yaml': definitions(
      '  # What came in.\n  won:\n    formula: >-\n      sum(deal.amount)\n  lost: { formula: count(deal) }\n',
    ),
  });
  commit(folder, '2026-01-03', 'Only what is | won', {
    'a.yaml': definitions(
      '  won: { formula: sum(deal.amount where won), version: 2 }\n  lost: { formula: count(deal) }\n',
    ),
  });
  commit(folder, '2026-01-04', 'A file of its own', {
    'a.yaml': definitions('  lost: { formula: count(deal) }\n'),
    'sub/b.yaml': definitions('  won: { formula: sum(deal.amount where won), version: 2 }\n'),
  });
  commit(folder, '2026-01-05', 'Another project below', {
    'other/metrics.yaml': 'version: 1\nname: other\nmetrics:\n  won: { formula: 1 }\n',
    'other/c.yaml': definitions('  won: { formula: 2 }\n'),
    'notes.txt': 'metrics: { won: 1 }\n',
  });
  commit(folder, '2026-01-06', 'Broken', { 'a.yaml': 'metrics: [\n' });
  commit(folder, '2026-01-07', 'Gone', {
    'a.yaml': definitions('  lost: { formula: count(deal) }\n'),
    'sub/b.yaml': null,
  });
  commit(folder, '2026-01-08', 'Back', { 'sub/b.yaml': definitions('  won: { formula: 3 }\n') });
  const changes = await changesIn(folder);
  expect(changes('metric:won')).toEqual([
    '2026-01-08|added||Back',
    '2026-01-07|removed||Gone',
    '2026-01-03|changed|2|Only what is | won',
    '2026-01-01|added||Revenue',
  ]);
  expect(changes('metric:lost')).toEqual(['2026-01-01|added||Revenue']);
});

test('is that of the folder alone, whatever the repository is called and wherever it is', async () => {
  const root = projectFolder({});
  git(root, 'init', '--quiet');
  git(root, 'remote', 'add', 'origin', 'https://ana:secret@github.com/acme/the.metrics.git');
  commit(root, '2026-02-01', 'First', {
    'kpi/metrics.yaml': 'version: 1\nname: acme\ngoals:\n  g: { metric: won, target: 1, grain: month }\n',
    'metrics.yaml': 'version: 1\nname: above\ngoals:\n  g: { metric: other, target: 1, grain: month }\n',
  });
  const reading = await readHistory(path.join(root, 'kpi'), signal);
  if (reading.kind === 'none') throw new Error(reading.why);
  const { history } = reading;
  expect([history.prefix, history.repository, history.isShallow]).toEqual([
    'kpi/',
    'https://github.com/acme/the.metrics',
    false,
  ]);
  expect(history.changes.get('goal:g')?.map(({ author }) => author)).toEqual(['Ana "A" Ruiz']);
});

test('says when a part of it is missing', async () => {
  const folder = projectFolder({});
  const [full, shallow] = [path.join(folder, 'full'), path.join(folder, 'shallow')];
  mkdirSync(full);
  git(full, 'init', '--quiet');
  commit(full, '2026-01-01', 'One', { 'metrics.yaml': 'version: 1\nname: a\nmetrics:\n  won: { formula: 1 }\n' });
  commit(full, '2026-01-02', 'Two', { 'metrics.yaml': 'version: 1\nname: b\nmetrics:\n  won: { formula: 1 }\n' });
  git(folder, 'clone', '--quiet', '--depth', '1', `file://${full}`, shallow);
  const reading = await readHistory(shallow, signal);
  expect(reading.kind === 'read' && reading.history.isShallow).toBe(true);
});

test('runs no program that the repository names', async () => {
  const folder = projectFolder({});
  git(folder, 'init', '--quiet');
  const sentinel = path.join(folder, 'ran');
  for (const key of [
    'core.fsmonitor',
    'diff.external',
    'diff.own.textconv',
    'diff.own.command',
    'core.pager',
    'gpg.program',
  ])
    git(folder, 'config', key, `touch ${sentinel}; cat`);
  git(folder, 'config', 'log.showSignature', 'true');
  writeFileSync(path.join(folder, '.gitattributes'), '*.yaml diff=own\n');
  commit(folder, '2026-01-01', 'One', { 'metrics.yaml': 'version: 1\nname: a\nmetrics:\n  won: { formula: 1 }\n' });
  rmSync(sentinel, { force: true });
  const changes = await changesIn(folder);
  expect(changes('metric:won')).toEqual(['2026-01-01|added||One']);
  expect(() => cpSync(sentinel, `${sentinel}.copy`)).toThrow(/ENOENT/);
});

test('is none where there is no repository, and none of one without a commit; that is said', async () => {
  const folder = projectFolder({});
  expect(await readHistory(folder, signal)).toEqual({ kind: 'none', why: 'the project is not in a git repository' });
  git(folder, 'init', '--quiet');
  expect(await readHistory(folder, signal)).toEqual({
    kind: 'none',
    why: 'nothing of the repository has been committed',
  });
});
