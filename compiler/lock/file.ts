/** The file of a lock: a `Lock` in, its text out, an entry a definition; and back, with what is wrong with it. */
import { brokenLock, editedLock, type Report } from '../diagnostics/index.ts';
import { child, type MapEntry, type Node, readYaml } from '../document/index.ts';
import type { Digest } from '../meaning.ts';
import { recordOf } from '../record.ts';
import type { Source, Span } from '../source.ts';
import type { Lock, LockedGoal, LockedMetric } from './lock.ts';

export const lockFile = 'metrics.lock.yaml';

/** How meanings are written; where that changes, hashes of before say nothing about what has changed. */
const format = '1';

const head = `# Written by \`metrics lock\`: what metrics and goals mean. Raise a metric's \`version\` when its meaning changes, and run it again.
format: ${format}
`;

/** Entries stand in the order of their names, each on lines of its own, so that changes of two of them meet without a conflict. */
export function lockText({ metrics, goals, beneath }: Lock, digest: Digest): string {
  const locked = Object.entries(metrics).map(([name, entry]) =>
    [
      `  ${name}:`,
      `    version: ${entry.version}`,
      `    formula: ${quoted(entry.formula)}`,
      `    meaning: ${entry.meaning}`,
      `    seal: ${sealOfMetric(name, entry, digest)}`,
    ].join('\n'),
  );
  const aims = Object.entries(goals).map(([name, entry]) =>
    [
      `  ${name}:`,
      `    terms: ${quoted(entry.terms)}`,
      `    meaning: ${entry.meaning}`,
      `    seal: ${sealOfGoal(name, entry, digest)}`,
    ].join('\n'),
  );
  const parts = Object.entries(beneath).map(([path, text]) => `  ${path}: ${quoted(text)}`);
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['metrics', locked],
    ['goals', aims],
    ['beneath', parts],
  ];
  return head + sections.map(([name, lines]) => (lines.length === 0 ? '' : `${name}:\n${lines.join('\n')}\n`)).join('');
}

/** In double quotes, as JSON and YAML both have them. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u00a0\u2028\u2029\ufeff]/g, sign => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function sealOfMetric(name: string, { version, meaning, formula }: LockedMetric, digest: Digest): string {
  return digest(JSON.stringify(['metric', name, version, meaning, formula])).slice(0, 16);
}

function sealOfGoal(name: string, { meaning, terms }: LockedGoal, digest: Digest): string {
  return digest(JSON.stringify(['goal', name, meaning, terms])).slice(0, 16);
}

export interface ReadLock {
  readonly lock: Lock;
  /** The place of each entry's name, by `metrics.NAME` and `goals.NAME`. */
  readonly places: ReadonlyMap<string, Span>;
  /** Entries that somebody has changed by hand, by the same names; they are in the lock as they stand. */
  readonly edited: ReadonlySet<string>;
}

/** Null where it is no lock, which has been reported. */
export function readLock(source: Source, digest: Digest, report: Report): ReadLock | null {
  const place = (node: { readonly at: readonly [number, number] }): Span => {
    return { file: source.path, start: node.at[0], end: node.at[1] };
  };
  const fail = (span: Span | null, detail: string, age: 'old' | 'of now' = 'of now') => {
    report(brokenLock(span, { detail, isOld: age === 'old' }));
    return null;
  };
  const start: Span = { file: source.path, start: 0, end: 1 };
  const conflict = /^(?:<{7}|={7}|>{7})(?: |$)/m.exec(source.text);
  if (conflict !== null) {
    const span = { file: source.path, start: conflict.index, end: conflict.index + 7 };
    return fail(span, 'two branches have met here and nobody has decided');
  }
  let isWhole = true;
  const root = readYaml(source, () => {
    isWhole = false;
  });
  if (!isWhole || root?.kind !== 'map') return fail(start, 'it is not what `metrics lock` writes');
  const written = textOf(root, 'format');
  if (written !== format) {
    const node = child(root, 'format');
    const detail = `its hashes are of another kind than those of this version (format ${written ?? 'unknown'}, not ${format})`;
    return fail(node === undefined ? start : place(node), detail, 'old');
  }
  const places = new Map<string, Span>();
  const edited = new Set<string>();
  const broken: MapEntry[] = [];
  const found = <T>(
    section: string,
    read: (entry: MapEntry) => T | null,
    isSealed: (name: string, entry: T, seal: string) => boolean,
  ) =>
    recordOf(
      entriesOf(root, section).flatMap(entry => {
        const value = read(entry);
        if (value === null) {
          broken.push(entry);
          return [];
        }
        const span = { file: source.path, start: entry.keyAt[0], end: entry.keyAt[1] };
        places.set(`${section}.${entry.key}`, span);
        if (!isSealed(entry.key, value, textOf(entry.value, 'seal') ?? '')) {
          edited.add(`${section}.${entry.key}`);
          report(editedLock(span, { name: entry.key }));
        }
        return [[entry.key, value] as const];
      }),
    );
  const metrics = found('metrics', readMetric, (name, entry, seal) => sealOfMetric(name, entry, digest) === seal);
  const goals = found('goals', readGoal, (name, entry, seal) => sealOfGoal(name, entry, digest) === seal);
  const [first] = broken;
  if (first !== undefined) {
    const span = { file: source.path, start: first.keyAt[0], end: first.keyAt[1] };
    return fail(span, `\`${first.key}\` lacks what an entry has`);
  }
  const beneath = recordOf(
    entriesOf(root, 'beneath').map(({ key, value }) => [key, value.kind === 'scalar' ? value.text : ''] as const),
  );
  return { lock: { metrics, goals, beneath }, places, edited };
}

function readMetric({ value }: MapEntry): LockedMetric | null {
  const [version, meaning, formula] = ['version', 'meaning', 'formula'].map(key => textOf(value, key));
  if (version == null || !/^\d+$/.test(version) || meaning == null || formula == null) return null;
  return { version: Number(version), meaning, formula };
}

function readGoal({ value }: MapEntry): LockedGoal | null {
  const [meaning, terms] = ['meaning', 'terms'].map(key => textOf(value, key));
  return meaning == null || terms == null ? null : { meaning, terms };
}

function entriesOf(root: Node, section: string): readonly MapEntry[] {
  const node = child(root, section);
  return node?.kind === 'map' ? node.entries : [];
}

function textOf(node: Node, key: string): string | null {
  const value = child(node, key);
  return value?.kind === 'scalar' ? value.text : null;
}
