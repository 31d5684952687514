/** The lock of a project: what its metrics meant when `metrics lock` was last run, read, held against the project, and written. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, lockFile, lockFindings, lockOf, lockText, readLock, type Source } from '../compiler/index.ts';
import { digest } from './meaning.ts';
import { isSound, type Project, type SoundProject } from './project.ts';
import { replaceFile } from './replace.ts';

export interface LockCheck {
  /** The file, which findings may point into; none where there is none. */
  readonly sources: readonly Source[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Of a project that is not sound nothing is said, since what is wrong with it would be told twice; without a lock neither. */
export function checkLock(project: Project): LockCheck {
  const file = path.join(project.folder, lockFile);
  if (!isSound(project) || !existsSync(file)) return { sources: [], diagnostics: [] };
  const source = { path: lockFile, text: readFileSync(file, 'utf8').replaceAll('\r\n', '\n') };
  const diagnostics: Diagnostic[] = [];
  const read = readLock(source, digest, diagnostic => diagnostics.push(diagnostic));
  if (read !== null) diagnostics.push(...lockFindings(project.model, read, digest));
  return { sources: [source], diagnostics };
}

/** Writes the lock anew; says how many definitions it has, and whether the file is another one now. */
export function writeLock({ folder, model }: SoundProject): { readonly locked: number; readonly isChanged: boolean } {
  const file = path.join(folder, lockFile);
  const lock = lockOf(model, digest);
  const text = lockText(lock, digest);
  const isChanged = !existsSync(file) || readFileSync(file, 'utf8') !== text;
  if (isChanged) replaceFile(file, text);
  return { locked: Object.keys(lock.metrics).length + Object.keys(lock.goals).length, isChanged };
}
