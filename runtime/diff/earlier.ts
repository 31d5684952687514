/** The other state of a project: a folder as it is, or what git has of it, its definitions written into a temporary folder. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Diagnostic, gitMissing, noProjectThere, noRepository, unknownRef } from '../../compiler/index.ts';
import { projectFile } from '../project.ts';

export interface EarlierState {
  readonly folder: string;
  /** What it is called: `origin/main (1a2b3c4)`. */
  readonly name: string;
  /** Removes what was written for it. */
  readonly close: () => void;
}

/** There is no such state, or it cannot be read. */
export class NoEarlierState extends Error {
  constructor(readonly diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.name = 'NoEarlierState';
  }
}

/**
 * `against` is a folder with a `metrics.yaml`, from `cwd`, or anything that git takes for a commit. Of a branch it is the commit at
 * which the checked out one left it: what others have done there since is no change of this one.
 */
export function earlierState(folder: string, against: string, cwd: string): EarlierState {
  const other = path.resolve(cwd, against);
  if (existsSync(path.join(other, projectFile))) return { folder: other, name: against, close: () => {} };
  const root = gitText(folder, 'rev-parse', '--show-toplevel');
  if (root === null) throw new NoEarlierState(noRepository(null, {}));
  const prefix = gitText(folder, 'rev-parse', '--show-prefix') ?? '';
  const commit = commitOf(folder, against);
  const target = mkdtempSync(path.join(os.tmpdir(), 'sextant-diff-'));
  const close = () => rmSync(target, { recursive: true, force: true });
  try {
    checkOut(root, commit, prefix, target);
    if (!existsSync(path.join(target, projectFile)))
      throw new NoEarlierState(noProjectThere(null, { ref: against, folder: prefix.replace(/\/$/, '') }));
  } catch (error) {
    close();
    throw error;
  }
  return { folder: target, name: `${against} (${commit.slice(0, 7)})`, close };
}

function commitOf(folder: string, ref: string): string {
  const named = ref.startsWith('-') ? null : gitText(folder, 'rev-parse', '--verify', '--quiet', `${ref}^{commit}`);
  if (named === null) {
    const isShallow = gitText(folder, 'rev-parse', '--is-shallow-repository') === 'true';
    throw new NoEarlierState(unknownRef(null, { ref, isShallow }));
  }
  return gitText(folder, 'merge-base', 'HEAD', named) ?? named;
}

/** Definitions and what was frozen; data stays where it is, since both states are asked of the same warehouse. */
const wanted = /\.(?:ya?ml|jsonl)$/i;

function checkOut(root: string, commit: string, prefix: string, target: string): void {
  const listed = git(root, ['ls-tree', '-r', '-z', '--full-tree', commit, '--', prefix === '' ? '.' : prefix], '');
  const files = listed
    .toString('utf8')
    .split('\0')
    .flatMap(line => {
      const match = /^100\d{3} blob ([0-9a-f]+)\t(.+)$/s.exec(line);
      const [, hash = '', file = ''] = match ?? [];
      return match !== null && file.startsWith(prefix) && wanted.test(file)
        ? [{ hash, file: file.slice(prefix.length) }]
        : [];
    });
  const contents = git(root, ['cat-file', '--batch'], files.map(({ hash }) => `${hash}\n`).join(''));
  let at = 0;
  for (const { file } of files) {
    const line = contents.indexOf(0x0a, at);
    const size = Number(contents.toString('utf8', at, line).split(' ').at(-1));
    const full = path.join(target, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, contents.subarray(line + 1, line + 1 + size));
    at = line + 1 + size + 1;
  }
}

/** One line; null where git refuses. */
function gitText(folder: string, ...words: readonly string[]): string | null {
  const { status, stdout } = spawn(folder, words, '');
  return status === 0 ? stdout.toString('utf8').trim() : null;
}

function git(folder: string, words: readonly string[], input: string): Buffer {
  const { status, stdout, stderr } = spawn(folder, words, input);
  if (status !== 0)
    throw new NoEarlierState(gitMissing(null, { detail: stderr.toString('utf8').trim().split('\n')[0] ?? '' }));
  return stdout;
}

function spawn(folder: string, words: readonly string[], input: string) {
  const ran = spawnSync('git', ['--no-optional-locks', ...words], { cwd: folder, input, maxBuffer: 512 * 1024 * 1024 });
  if (ran.error !== undefined) throw new NoEarlierState(gitMissing(null, { detail: ran.error.message }));
  return ran;
}
