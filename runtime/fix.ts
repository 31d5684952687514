/**
 * Mending: the safe fixes of a project's findings applied to its texts, by range, so that comments and spacing stay as they
 * are. Fixes that overlap wait for the next pass. A pass that leaves the project worse than it was is taken back.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic, Fix } from '../compiler/index.ts';
import { type Project, readProject } from './project.ts';
import { replaceFile } from './replace.ts';
import { type Verdict, verdictOf } from './verdict.ts';

export interface Fixed {
  /** What is left to say. */
  readonly verdict: Verdict;
  /** What was mended, with the texts in which its places were. */
  readonly mended: readonly { readonly diagnostic: Diagnostic; readonly fix: Fix; readonly project: Project }[];
  /** The new texts of files, which have not been written yet. */
  readonly texts: ReadonlyMap<string, string>;
}

const mostPasses = 10;

export function fixProject(folder: string): Fixed {
  const begun: Fixed = { verdict: verdictOf(readProject(folder)), mended: [], texts: new Map() };
  return pass(folder, begun, mostPasses);
}

function pass(folder: string, before: Fixed, left: number): Fixed {
  const { verdict, mended, texts } = before;
  const chosen = left === 0 ? [] : chooseFixes(verdict.diagnostics);
  if (chosen.length === 0) return before;
  const { project } = verdict;
  const sources = new Map(project.sources.map(({ path: file, text }) => [file, text]));
  const changed = new Map(texts);
  const edits = chosen.flatMap(({ fix }) => fix.edits).toSorted((a, b) => b.span.start - a.span.start);
  for (const { span, text } of edits) {
    const old = changed.get(span.file) ?? sources.get(span.file);
    if (old !== undefined) changed.set(span.file, `${old.slice(0, span.start)}${text}${old.slice(span.end)}`);
  }
  const after = verdictOf(readProject(folder, undefined, undefined, changed));
  if (isWorse(verdict, after)) return before;
  const told = chosen.map(each => ({ ...each, project }));
  return pass(folder, { verdict: after, mended: [...mended, ...told], texts: changed }, left - 1);
}

/** Of fixes that touch the same text, the first. */
function chooseFixes(diagnostics: readonly Diagnostic[]) {
  const taken: Fix['edits'][number]['span'][] = [];
  return diagnostics.flatMap(diagnostic => {
    const fix = diagnostic.fixes.find(({ safe }) => safe);
    if (fix === undefined || !fix.edits.every(({ span }) => /\.ya?ml$/.test(span.file))) return [];
    const isTaken = fix.edits.some(({ span }) =>
      taken.some(other => other.file === span.file && span.start <= other.end && other.start <= span.end),
    );
    if (isTaken) return [];
    taken.push(...fix.edits.map(({ span }) => span));
    return [{ diagnostic, fix }];
  });
}

/** Files that can be read at last may show errors that were there before; otherwise there must be no more of them. */
function isWorse(before: Verdict, after: Verdict): boolean {
  const misread = ({ project }: Verdict) => errors(project.misread);
  if (misread(after) !== misread(before)) return misread(after) > misread(before);
  return errors(after.diagnostics) > errors(before.diagnostics);
}

function errors(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ severity }) => severity === 'error').length;
}

/** Writes what was mended; a mark of the encoding at the beginning of a file stays. */
export function writeFixed(folder: string, { texts }: Fixed): void {
  for (const [file, text] of texts) {
    const full = path.join(folder, file);
    const mark = readFileSync(full, 'utf8').startsWith('\ufeff') ? '\ufeff' : '';
    replaceFile(full, `${mark}${text}`);
  }
}
