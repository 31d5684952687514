/** The only reader of project files: a folder in, its texts and the Model out. Nothing outside the folder is read. */
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import picomatch from 'picomatch';
import {
  badFile,
  checkScorecards,
  type Diagnostic,
  type Document,
  type Freeze,
  filesFolder,
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
  type Span,
  spanOf,
  wrongShape,
} from '../compiler/index.ts';
import { type DocumentCache, openDocumentCache } from './cache.ts';
import { changedMeanings, readFrozen } from './frozen.ts';

export interface Project {
  /** The folder of `metrics.yaml`, absolute. */
  readonly folder: string;
  readonly sources: readonly Source[];
  readonly declaration: ProjectDeclaration | null;
  readonly documents: readonly Document[];
  /** What has been frozen of its baselines. */
  readonly freezes: readonly Freeze[];
  /** Null when a file could not be read as YAML: then names may be missing, and nothing more is said about them. */
  readonly model: Model | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Those of them that reading gave, about syntax and shape; the others are about what the definitions say. */
  readonly misread: readonly Diagnostic[];
}

export const projectFile = 'metrics.yaml';

/** Texts by the names of their files. */
type Unsaved = ReadonlyMap<string, string>;
const noTexts: Unsaved = new Map();

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

/** Whether there is a file, or a link, which may lead to none. */
function isFile(file: string): boolean {
  try {
    const stat = lstatSync(file);
    return stat.isFile() || stat.isSymbolicLink();
  } catch {
    return false;
  }
}

/**
 * Reads and resolves a project. `folder` must have a `metrics.yaml`. With `wanted`, only these metrics and what they
 * stand on are resolved: a question is answered without a verdict on the rest, which `validate` gives. Texts that are
 * `unsaved`, by the names of their files, stand for what those files hold.
 */
export function readProject(
  folder: string,
  wanted?: readonly string[],
  role?: string,
  unsaved: Unsaved = noTexts,
): Project {
  const root = realpathSync(folder);
  const project = read(root, openDocumentCache(root), { wanted, role, unsaved });
  return wanted === undefined ? withScorecards(project) : project;
}

/**
 * Two states of a project. What they have in common is read once, and kept where the first of them stands. What scorecards and
 * alerts ask is judged in the second one only where the first is broken: then it may have been broken there already.
 */
export function readStates(folder: string, other: string): readonly [Project, Project] {
  const roots = [realpathSync(folder), realpathSync(other)] as const;
  const cache = openDocumentCache(roots[0]);
  const project = withScorecards(read(roots[0], cache, {}));
  const state = read(roots[1], cache, {});
  return [project, isSound(project) ? state : withScorecards(state)];
}

interface Reading {
  readonly wanted?: readonly string[] | undefined;
  readonly role?: string | undefined;
  readonly unsaved?: Unsaved;
}

/** Without a verdict on scorecards and alerts. */
function read(root: string, cache: DocumentCache, { wanted, role, unsaved = noTexts }: Reading): Project {
  const diagnostics: Diagnostic[] = [];
  const sources: Source[] = [];
  const documents: Document[] = [];
  let isComplete = true;
  const readFile = (file: string) => {
    const source = readSource(root, file, diagnostics, null, unsaved);
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
  const declaration = readFile(projectFile)?.project ?? null;
  const holidays = declaration === null ? [] : readHolidays(root, declaration, sources, diagnostics);
  const listed = listDefinitions(root, declaration, diagnostics);
  let bytes = 0;
  for (const { file, size } of listed.slice(0, mostFiles)) {
    bytes += size;
    if (bytes > mostBytes) break;
    readFile(file);
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
  const found = { folder: root, sources, declaration, documents, freezes: [], misread: diagnostics };
  if (!isComplete) return { ...found, model: null, diagnostics };
  const { freezes, unread, sources: frozen } = readFrozen(root, documents, diagnostics);
  sources.push(...frozen);
  const { model, diagnostics: findings } = resolve(documents, { holidays, wanted, role, freezes, unread });
  return { ...found, freezes, model, diagnostics: [...diagnostics, ...findings, ...changedMeanings(model)] };
}

/** Of broken definitions, what scorecards and alerts ask would tell again what has been told. */
function withScorecards(project: Project): Project {
  const { model, diagnostics } = project;
  if (model === null || hasErrors(diagnostics)) return project;
  return { ...project, diagnostics: [...diagnostics, ...checkScorecards(model)] };
}

/** A project that has been read, resolved anew for these metrics and what they stand on. */
export function projectFor(project: SoundlyRead, wanted: readonly string[], role?: string): Project {
  const { holidays } = project.model.settings.calendar;
  const { freezes } = project;
  const resolved = resolve(project.documents, { holidays, wanted, role, freezes });
  return { ...project, model: resolved.model, diagnostics: [...project.misread, ...resolved.diagnostics] };
}

/** A project whose files are right in syntax and shape, whatever they say. */
export type SoundlyRead = Project & { readonly model: Model };

export function isSoundlyRead(project: Project): project is SoundlyRead {
  return project.model !== null && !hasErrors(project.misread);
}

/** A project whose model may be asked. */
export type SoundProject = Project & { readonly model: Model };

/** Whether nothing of what was resolved is an error. */
export function isSound(project: Project): project is SoundProject {
  return project.model !== null && !hasErrors(project.diagnostics);
}

/** `at` is where the project names the file; without it, the file itself is the place. */
function readSource(
  root: string,
  file: string,
  diagnostics: Diagnostic[],
  at: Span | null = null,
  unsaved: Unsaved = noTexts,
): Source | null {
  const full = path.join(root, file);
  const place = at ?? { file, start: 0, end: 0 };
  const refuse = (diagnostic: Diagnostic) => {
    diagnostics.push(diagnostic);
    return null;
  };
  const stat = statSync(full, { throwIfNoEntry: false });
  if (leavesFolder(file) || (stat !== undefined && !isInside(root, full)))
    return refuse(outsideFolder(place, { path: file, folder: filesFolder(null) }, { help: insideHelp }));
  if (stat === undefined) return refuse(badFile(place, { file, detail: 'there is no such file' }));
  if (!stat.isFile()) return refuse(badFile(place, { file, detail: 'it is a folder, not a file' }));
  if (stat.size > mostBytesInFile) {
    const what = `the file has ${(stat.size / 1024 / 1024).toFixed(1)} MB`;
    return refuse(fileTooLarge(place, { what, limit: '2 MB' }));
  }
  const known = unsaved.get(file);
  if (known !== undefined) return { path: file, text: known };
  try {
    return { path: file, text: readFileSync(full, 'utf8').replace(/^\ufeff/, '') };
  } catch {
    return refuse(badFile(place, { file, detail: 'it cannot be read', help: 'has this user the right to read it?' }));
  }
}

const insideHelp = 'definitions stand in the folder of metrics.yaml or below it';

/** Absolute paths, drives and parents. */
function leavesFolder(file: string): boolean {
  return /^([/\\~]|[A-Za-z]:)/.test(file) || file.split(/[/\\]/).includes('..');
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
  const included = project?.include ?? null;
  const patterns = included?.map(word => word.text) ?? ['**/*.{yaml,yml}'];
  const matchers = patterns.map(pattern => (pattern === '' ? () => false : picomatch(pattern)));
  const idle = new Set(matchers);
  const special = new Set([projectFile, project?.holidays?.text, 'metrics.lock.yaml']);
  const found: { file: string; size: number }[] = [];
  const visit = (folder: string) => {
    for (const entry of entriesOf(root, folder, diagnostics)) {
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (entry.isDirectory()) {
        if (lstatSync(path.join(root, file, projectFile), { throwIfNoEntry: false }) === undefined) visit(file);
        continue;
      }
      const matching = matchers.filter(matches => matches(file));
      for (const matches of matching) idle.delete(matches);
      if (matching.length > 0 && !special.has(file)) found.push({ file, size: lstatSync(path.join(root, file)).size });
    }
  };
  visit('');
  if (project !== null) {
    for (const [index, word] of (included ?? []).entries()) {
      const matches = matchers[index];
      const at = spanOf(project.file, word.at);
      if (leavesFolder(word.text))
        diagnostics.push(outsideFolder(at, { path: word.text, folder: filesFolder(null) }, { help: insideHelp }));
      else if (matches !== undefined && idle.has(matches))
        diagnostics.push(
          badFile(at, { file: `\`${word.text}\``, detail: 'no file of the project matches', help: patternHelp }),
        );
    }
  }
  return found.sort((a, b) => (a.file < b.file ? -1 : 1));
}

function entriesOf(root: string, folder: string, diagnostics: Diagnostic[]) {
  try {
    return readdirSync(path.join(root, folder), { withFileTypes: true });
  } catch {
    const help = 'has this user the right to read it?';
    diagnostics.push(badFile(null, { file: `${folder}/`, detail: 'the folder cannot be read', help }));
    return [];
  }
}

const patternHelp = 'patterns are read from the folder of metrics.yaml: `sales.yaml`, `sales/*.yaml`, `**/*.yaml`';

/** The days of the project's holiday file: a YAML list of dates. */
function readHolidays(
  root: string,
  project: ProjectDeclaration,
  sources: Source[],
  diagnostics: Diagnostic[],
): readonly string[] {
  const { holidays } = project;
  if (holidays === null) return [];
  const source = readSource(root, holidays.text, diagnostics, spanOf(project.file, holidays.at));
  if (source === null) return [];
  sources.push(source);
  const node = readYaml(source, diagnostic => diagnostics.push(diagnostic));
  if (node === null) return [];
  const place = (at: readonly [number, number]) => spanOf(source.path, at);
  if (node.kind !== 'list') {
    const expected = 'a list of dates (`- 2026-12-25`)';
    const found = node.kind === 'scalar' ? 'a value' : node.entries.length === 0 ? 'nothing' : 'a mapping';
    diagnostics.push(wrongShape(place(node.at), { expected, found }));
    return [];
  }
  return node.items.flatMap(item => {
    const text = item.kind === 'scalar' ? item.text : '';
    if (parseDay(text) !== null) return [text];
    const found = item.kind === 'scalar' ? `\`${text}\`` : 'something else';
    diagnostics.push(
      /^\d{4}-\d{2}-\d{2}$/.test(text)
        ? noSuchDate(place(item.at), { text }, { help: 'a holiday is written 2026-12-25' })
        : wrongShape(place(item.at), { expected: 'a date such as 2026-12-25', found }),
    );
    return [];
  });
}

export type { DocumentCache };
