/**
 * Documents of files that have not changed, kept by the content of the file and the version of the compiler. A cache that
 * cannot be read or written is no cache: it is never an error, and it never holds a document with findings.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Document, readDocument, type Source } from '../compiler/index.ts';
import { buildId } from './build.ts';

type Kind = Parameters<typeof readDocument>[1];
type ReadResult = ReturnType<typeof readDocument>;

export interface DocumentCache {
  readonly read: (source: Source, kind: Kind) => ReadResult;
  readonly save: () => void;
}

/** Only files of some size are worth a cache entry: small ones are read as fast as their entry. */
const smallestCached = 2048;

export function openDocumentCache(root: string): DocumentCache {
  const build = buildId();
  return build === null ? { read: readDocument, save: () => {} } : fileCache(root, build);
}

function fileCache(root: string, build: string): DocumentCache {
  const folder = path.join(root, '.sextant', 'cache');
  const used = new Set<string>();
  /** Two states of a project have most of their files in common. */
  const given = new Map<string, Document>();
  let isWritten = false;
  const entryFile = (source: Source, kind: Kind) => {
    const hash = createHash('sha256').update(`${build}\n${kind}\n${source.path}\n${source.text}`).digest('hex');
    return `${hash.slice(0, 40)}.json`;
  };
  return {
    read: (source, kind) => {
      if (source.text.length < smallestCached) return readDocument(source, kind);
      const name = entryFile(source, kind);
      used.add(name);
      const known = given.get(name) ?? readEntry(path.join(folder, name));
      const result = known === null ? readDocument(source, kind) : { document: known, diagnostics: [] };
      if (result.document === null || result.diagnostics.length > 0) return result;
      given.set(name, result.document);
      if (known === null) isWritten = writeEntry(folder, name, result.document) || isWritten;
      return result;
    },
    save: () => {
      if (isWritten) removeStale(folder, used);
    },
  };
}

function readEntry(file: string): Document | null {
  try {
    const value: Document = JSON.parse(readFileSync(file, 'utf8'));
    return value.kind === 'document' ? value : null;
  } catch {
    return null;
  }
}

/** Written beside its place and moved there, so that a reader never sees half a file. */
function writeEntry(folder: string, name: string, document: Document): boolean {
  try {
    if (mkdirSync(folder, { recursive: true }) !== undefined)
      writeFileSync(path.join(folder, '..', '.gitignore'), '*\n');
    const temporary = path.join(folder, `${name}.${process.pid}`);
    writeFileSync(temporary, JSON.stringify(document));
    renameSync(temporary, path.join(folder, name));
    return true;
  } catch {
    return false;
  }
}

const oldestKept = 7 * 24 * 3600 * 1000;

/** Entries of earlier contents go when they have not been read for a week. */
function removeStale(folder: string, used: ReadonlySet<string>): void {
  try {
    const now = Date.now();
    for (const name of readdirSync(folder)) {
      const file = path.join(folder, name);
      if (!used.has(name) && now - statSync(file).mtimeMs > oldestKept) rmSync(file, { force: true });
    }
  } catch {
    // Nothing depends on old entries being gone.
  }
}
