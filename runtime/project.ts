/** The only reader of project files: a folder in, its texts and the Model out. Nothing outside the folder is read. */
import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import picomatch from 'picomatch';
import {
  badFile,
  type Diagnostic,
  type Document,
  fileTooLarge,
  hasErrors,
  type Model,
  noSuchDate,
  outsideFolder,
  type ProjectDeclaration,
  parseDay,
  readYaml,
  resolve,
  type Source,
  spanOf,
} from '../compiler/index.ts';
import { type DocumentCache, openDocumentCache } from './cache.ts';

export interface Project {
  /** The folder of `metrics.yaml`, absolute. */
  readonly folder: string;
  readonly sources: readonly Source[];
  readonly declaration: ProjectDeclaration | null;
  readonly documents: readonly Document[];
  /** Null when a file could not be read as YAML: then names may be missing, and nothing more is said about them. */
  readonly model: Model | null;
  readonly diagnostics: readonly Diagnostic[];
}

export const projectFile = 'metrics.yaml';

const mostFiles = 2000;
const mostBytes = 20 * 1024 * 1024;
/** Larger files are not even read; what is readable is up to the compiler. */
const mostBytesInFile = 8 * 1024 * 1024;

/** The nearest folder from `start` upwards that has a `metrics.yaml`, or null. */
export function findProject(start: string): string | null {
  for (let folder = path.resolve(start); ; folder = path.dirname(folder)) {
    if (isFile(path.join(folder, projectFile))) return folder;
    if (folder === path.dirname(folder)) return null;
  }
}

function isFile(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() === true || statOfLink(file);
}

function statOfLink(file: string): boolean {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  return stat?.isSymbolicLink() === true;
}

/**
 * Reads and resolves a project. `folder` must have a `metrics.yaml`. With `wanted`, only these metrics and what they
 * stand on are resolved: a question is answered without a verdict on the rest, which `validate` gives.
 */
export function readProject(folder: string, wanted?: readonly string[]): Project {
  const root = realpathSync(folder);
  const diagnostics: Diagnostic[] = [];
  const cache = openDocumentCache(root);
  const sources: Source[] = [];
  const documents: Document[] = [];
  let isComplete = true;
  const read = (file: string) => {
    const source = readSource(root, file, diagnostics);
    if (source === null) {
      isComplete = false;
      return null;
    }
    sources.push(source);
    const result = cache.read(source, file === projectFile ? 'project' : 'definitions');
    diagnostics.push(...result.diagnostics);
    if (result.document === null) isComplete = false;
    else documents.push(result.document);
    return result.document;
  };
  const declaration = read(projectFile)?.project ?? null;
  const holidays = declaration === null ? [] : readHolidays(root, declaration, sources, diagnostics);
  const listed = listDefinitions(root, declaration, diagnostics);
  let bytes = 0;
  for (const { file, size } of listed.slice(0, mostFiles)) {
    bytes += size;
    if (bytes > mostBytes) break;
    read(file);
  }
  if (listed.length > mostFiles || bytes > mostBytes) {
    const what =
      listed.length > mostFiles
        ? `the project has ${listed.length} definition files`
        : 'the definition files are too large together';
    const limit = listed.length > mostFiles ? `${mostFiles}` : `${mostBytes / 1024 / 1024} MB`;
    diagnostics.push(fileTooLarge({ file: projectFile, start: 0, end: 1 }, { what, limit }));
    isComplete = false;
  }
  cache.save();
  if (!isComplete) return { folder: root, sources, declaration, documents, model: null, diagnostics };
  const resolved = resolve(documents, { holidays, wanted });
  return {
    folder: root,
    sources,
    declaration,
    documents,
    model: resolved.model,
    diagnostics: [...diagnostics, ...resolved.diagnostics],
  };
}

/** A project whose model may be asked. */
export type SoundProject = Project & { readonly model: Model };

/** Whether nothing of what was resolved is an error. */
export function isSound(project: Project): project is SoundProject {
  return project.model !== null && !hasErrors(project.diagnostics);
}

function readSource(root: string, file: string, diagnostics: Diagnostic[]): Source | null {
  const full = path.join(root, file);
  const place = { file, start: 0, end: 0 };
  const stat = lstatSync(full, { throwIfNoEntry: false });
  if (stat === undefined) {
    diagnostics.push(badFile(null, { file, detail: 'there is no such file' }));
    return null;
  }
  if (!isInside(root, full)) {
    diagnostics.push(outsideFolder(null, { path: file, folder: root }));
    return null;
  }
  try {
    const buffer = readFileSync(full);
    if (buffer.byteLength > mostBytesInFile) {
      const what = `the file has ${(buffer.byteLength / 1024 / 1024).toFixed(1)} MB`;
      diagnostics.push(fileTooLarge(place, { what, limit: '2 MB' }));
      return null;
    }
    return { path: file, text: buffer.toString('utf8').replace(/^\ufeff/, '') };
  } catch (error) {
    diagnostics.push(badFile(null, { file, detail: error instanceof Error ? error.message : String(error) }));
    return null;
  }
}

/** Whether a file, links followed, stands in a folder. */
export function isInside(folder: string, file: string): boolean {
  try {
    const real = realpathSync(file);
    return real === folder || real.startsWith(folder + path.sep);
  } catch {
    return false;
  }
}

/** The definition files that the project includes, sorted by name, without those of projects of their own below it. */
function listDefinitions(root: string, project: ProjectDeclaration | null, diagnostics: Diagnostic[]) {
  const patterns = project?.include?.map(word => word.text) ?? ['**/*.yaml'];
  const outside = project?.include?.find(word => word.text.startsWith('/') || word.text.split('/').includes('..'));
  if (project !== null && outside !== undefined) {
    diagnostics.push(outsideFolder(spanOf(project.file, outside.at), { path: outside.text, folder: 'the project' }));
  }
  const matches = picomatch([...patterns]);
  const special = new Set([projectFile, project?.holidays?.text, 'metrics.lock.yaml']);
  const found: { file: string; size: number }[] = [];
  const visit = (folder: string) => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (entry.isDirectory()) {
        if (lstatSync(path.join(root, file, projectFile), { throwIfNoEntry: false }) === undefined) visit(file);
      } else if (matches(file) && !special.has(file)) {
        found.push({ file, size: lstatSync(path.join(root, file)).size });
      }
    }
  };
  visit('');
  return found.sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** The days of the project's holiday file: a YAML list of dates. */
function readHolidays(
  root: string,
  project: ProjectDeclaration,
  sources: Source[],
  diagnostics: Diagnostic[],
): readonly string[] {
  if (project.holidays === null) return [];
  const source = readSource(root, project.holidays.text, diagnostics);
  if (source === null) return [];
  sources.push(source);
  const node = readYaml(source, diagnostic => diagnostics.push(diagnostic));
  const items = node?.kind === 'list' ? node.items : [];
  return items.flatMap(item => {
    const text = item.kind === 'scalar' ? item.text : '';
    if (parseDay(text) !== null) return [text];
    diagnostics.push(
      noSuchDate({ file: source.path, start: item.at[0], end: item.at[1] }, { text: text || 'such date' }),
    );
    return [];
  });
}

export type { DocumentCache };
