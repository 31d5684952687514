/**
 * What git knows of the definitions of a project: when each of them came to say something else, by whom, and in which words.
 * Every version of a file is read as YAML, so that neither its layout nor the file in which a definition stands matters.
 * Two short calls say where the repository is; one more gives all versions of all files. Nothing is fetched, and no program that a
 * repository configures is run.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { definitionKey, printable, readYaml } from '../compiler/index.ts';
import { type Commit, type FileChange, PatchReader } from './patch.ts';

/** A commit in which a definition came to say something else. */
export interface Change {
  readonly commit: string;
  /** `YYYY-MM-DD`, as the author's calendar had it. */
  readonly day: string;
  readonly author: string;
  readonly subject: string;
  readonly kind: 'added' | 'changed' | 'removed';
  /** What the definition then called its version; null where it said none. */
  readonly version: string | null;
}

export interface History {
  /** By definition (`metric:won_revenue`), the latest first. */
  readonly changes: ReadonlyMap<string, readonly Change[]>;
  /** Whether the clone has a part of the history alone. */
  readonly isShallow: boolean;
  /** Where the repository can be looked at, `https://github.com/acme/metrics`; null where that is not known. */
  readonly repository: string | null;
  /** The project's folder within the repository: empty, or with a slash at its end. */
  readonly prefix: string;
}

/** The history, or a sentence that says why there is none. */
export type HistoryReading =
  | { readonly kind: 'read'; readonly history: History }
  | { readonly kind: 'none'; readonly why: string };

const longestMs = 60_000;

export async function readHistory(folder: string, signal: AbortSignal): Promise<HistoryReading> {
  const none = (why: string): HistoryReading => ({ kind: 'none', why });
  const about = await gitText(folder, ['rev-parse', '--is-shallow-repository', '--show-prefix'], signal);
  if (about.kind === 'failed') return none(about.why);
  const [shallow = '', prefix = ''] = about.text.split('\n');
  const origin = await gitText(folder, ['config', '--get', 'remote.origin.url'], signal);
  const reader = new PatchReader(definitionsIn);
  const failure = await git(folder, logWords, signal, text => reader.read(text));
  if (failure !== null) return none(failure);
  reader.end();
  return {
    kind: 'read',
    history: {
      changes: changesOf(reader.commits),
      isShallow: shallow === 'true',
      repository: origin.kind === 'failed' ? null : webAddress(origin.text.trim()),
      prefix,
    },
  };
}

/** All of a file is context, so that both sides of each change are there as a whole. */
const logWords = [
  ...['-c', 'log.showSignature=false', '-c', 'diff.suppressBlankEmpty=false', '-c', 'core.quotePath=false'],
  ...['log', '--patch', '--unified=100000000', '--no-color', '--no-ext-diff', '--no-textconv', '--no-renames'],
  ...['--full-index', '--src-prefix=a/', '--dst-prefix=b/', '--relative', '--encoding=UTF-8'],
  '--format=%x00%H%x1f%as%x1f%aN%x1f%s',
  ...['--', ':(glob)**/*.yaml', ':(glob)**/*.yml'],
];

/** What a definition says in one version of a file. */
interface Said {
  readonly digest: string;
  readonly version: string | null;
}

/** By definition; null where the file could not be read. */
type Definitions = ReadonlyMap<string, Said> | null;

function changesOf(commits: readonly Commit<Definitions>[]): History['changes'] {
  const changes = new Map<string, Change[]>();
  const isOurs = outsideOfOthers(commits.flatMap(({ files }) => files));
  for (const { files, ...commit } of commits) {
    const [before, after] = [new Map<string, Said>(), new Map<string, Said>()];
    for (const { before: old, after: now } of files.filter(isOurs)) {
      // What cannot be read says nothing of what it changed.
      if (old === null || now === null) continue;
      for (const [key, each] of old) before.set(key, each);
      for (const [key, each] of now) after.set(key, each);
    }
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      const [old, now] = [before.get(key), after.get(key)];
      if (old?.digest === now?.digest) continue;
      const kind = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
      const made = { ...commit, kind, version: now?.version ?? null } as const;
      changes.set(key, [...(changes.get(key) ?? []), made]);
    }
  }
  return changes;
}

/** Files below a folder that has, or had, a `metrics.yaml` of its own are another project's. */
function outsideOfOthers(files: readonly { readonly path: string }[]): (file: FileChange<Definitions>) => boolean {
  const others = new Set(files.flatMap(({ path }) => (path.endsWith('/metrics.yaml') ? [path.slice(0, -12)] : [])));
  return ({ path }) => ![...others].some(folder => path.startsWith(folder));
}

const sections = [
  ['metrics', 'metric'],
  ['goals', 'goal'],
  ['baselines', 'baseline'],
  ['alerts', 'alert'],
  ['roles', 'role'],
  ['tables', 'table'],
] as const;

/** The definitions of a file, whatever its layout; null where it is no YAML. */
function definitionsIn(text: string): Definitions {
  let isBroken = false;
  const root = readYaml({ path: '', text: text.replace(/^\ufeff/, '') }, () => {
    isBroken = true;
  });
  if (isBroken || root === null) return text.trim() === '' ? new Map() : null;
  const found = new Map<string, Said>();
  for (const [section, kind] of sections) {
    for (const { key: name, value } of entriesOf(root, section)) {
      const version = entriesOf(value).find(entry => entry.key === 'version')?.value;
      const digest = createHash('sha1')
        .update(JSON.stringify(withoutPlaces(value)))
        .digest('base64');
      found.set(definitionKey({ kind, name }), { digest, version: version?.kind === 'scalar' ? version.text : null });
    }
  }
  return found;
}

type Node = NonNullable<ReturnType<typeof readYaml>>;

function entriesOf(node: Node, key?: string): readonly { readonly key: string; readonly value: Node }[] {
  if (node.kind !== 'map') return [];
  if (key === undefined) return node.entries;
  const inner = node.entries.find(entry => entry.key === key)?.value;
  return inner === undefined ? [] : entriesOf(inner);
}

function withoutPlaces(node: Node): unknown {
  switch (node.kind) {
    case 'scalar':
      return [node.type, node.text.trim().replace(/\s+/g, ' ')];
    case 'list':
      return node.items.map(withoutPlaces);
    case 'map':
      return { of: node.entries.map(({ key, value }) => [key, withoutPlaces(value)]) };
  }
}

/** The page of a remote that is known to have pages; what stands before its host, a password perhaps, goes nowhere. */
function webAddress(remote: string): string | null {
  const known = /^(?:https?:\/\/|ssh:\/\/)?(?:[^@/]*@)?(github\.com|gitlab\.com)[:/]([\w.-]+(?:\/[\w.-]+)+)$/;
  const found = known.exec(remote.replace(/(?:\.git)?\/?$/, ''));
  return found === null ? null : `https://${found[1]}/${found[2]}`;
}

async function gitText(folder: string, words: readonly string[], signal: AbortSignal) {
  let text = '';
  const why = await git(folder, words, signal, chunk => {
    text += chunk;
  });
  return why === null ? ({ kind: 'said', text } as const) : ({ kind: 'failed', why } as const);
}

/** Runs git and hands over what it prints; null when it ended well, else the reason. */
function git(
  folder: string,
  words: readonly string[],
  signal: AbortSignal,
  read: (text: string) => void,
): Promise<string | null> {
  return new Promise(resolve => {
    const started = start(folder, words, signal);
    let complaint = '';
    started.stdout?.setEncoding('utf8').on('data', read);
    started.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    started.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ENOENT' ? 'git is not installed' : 'git took too long'),
    );
    started.on('close', code => resolve(code === 0 ? null : reasonOf(complaint)));
  });
}

function start(folder: string, words: readonly string[], signal: AbortSignal): ChildProcess {
  const { GIT_DIR: _, GIT_WORK_TREE: __, GIT_INDEX_FILE: ___, ...environment } = process.env;
  return spawn('git', ['--no-pager', '-c', 'core.fsmonitor=false', ...words], {
    cwd: folder,
    env: { ...environment, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: AbortSignal.any([signal, AbortSignal.timeout(longestMs)]),
  });
}

function reasonOf(complaint: string): string {
  if (/not a git repository/.test(complaint)) return 'the project is not in a git repository';
  if (/does not have any commits/.test(complaint)) return 'nothing of the repository has been committed';
  const [line = ''] = complaint.trim().split('\n');
  return `git says: ${printable(line.replace(/^(fatal|error): /, '')) || 'nothing'}`;
}
