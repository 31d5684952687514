/**
 * A folder of pages: their texts in, the folder as they say out. A list of what was written stands in it. Pages of an earlier
 * run are replaced and removed by that list; whatever else there is stays as it is, and stands in nobody's way unseen.
 */
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, foreignFile, foreignFolder } from '../compiler/index.ts';

export interface SiteFile {
  /** Within the folder, with slashes: `en/metric-won_revenue.html`. */
  readonly path: string;
  readonly text: string;
}

const listFile = '.sextant-catalogue.json';

/** `called` is what the user calls the folder. Null when all was written; what the system refuses is thrown. */
export function writeSite(folder: string, called: string, files: readonly SiteFile[]): Diagnostic | null {
  const before = filesOf(folder);
  const [stranger] = before === null ? entriesOf(folder) : [];
  if (stranger !== undefined) return foreignFolder(null, { folder: called, holds: stranger });
  const ours = new Set(before ?? []);
  const paths = files.map(file => file.path);
  const taken = paths.find(file => !ours.has(file) && isThere(path.join(folder, file)));
  const linked = [...new Set(paths.map(file => path.posix.dirname(file)))].find(each =>
    isLink(path.join(folder, each)),
  );
  const found = taken ?? linked;
  if (found !== undefined) return foreignFile(null, { file: `${called}/${found}` });
  mkdirSync(folder, { recursive: true });
  // Listed before they are there: a run that is cut short leaves nothing behind that is not known as ours.
  writeList(folder, [...new Set([...ours, ...paths])]);
  for (const each of new Set(paths.map(file => path.posix.dirname(file))))
    mkdirSync(path.join(folder, each), { recursive: true });
  for (const { path: file, text } of files) writeFileSync(path.join(folder, file), text);
  removeStale(
    folder,
    [...ours].filter(file => !paths.includes(file)),
  );
  writeList(folder, paths);
  return null;
}

/** The files of an earlier run; null where there was none. */
function filesOf(folder: string): readonly string[] | null {
  try {
    const list: { readonly files?: unknown } = JSON.parse(readFileSync(path.join(folder, listFile), 'utf8'));
    return Array.isArray(list.files) ? list.files.filter(isOfPage) : null;
  } catch {
    return null;
  }
}

/** What a list may name, whoever wrote it: pages, in the folder or one below it. */
function isOfPage(name: unknown): name is string {
  return typeof name === 'string' && /^(?:[a-z]{2}\/)?[a-z0-9_-]+\.(?:html|css|js)$/.test(name);
}

function writeList(folder: string, files: readonly string[]): void {
  writeFileSync(path.join(folder, listFile), `${JSON.stringify({ files: files.toSorted() }, null, 2)}\n`);
}

function entriesOf(folder: string): readonly string[] {
  return isThere(folder) ? readdirSync(folder).sort() : [];
}

function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

function isLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function removeStale(folder: string, files: readonly string[]): void {
  const own = files.filter(file => !isLink(path.join(folder, path.posix.dirname(file))));
  for (const file of own) rmSync(path.join(folder, file), { force: true });
  for (const each of new Set(own.map(file => path.posix.dirname(file)))) {
    const inner = path.join(folder, each);
    if (each !== '.' && isThere(inner) && readdirSync(inner).length === 0) rmdirSync(inner);
  }
}
