/** The small project of test/projects/scorecard, in a folder of its own, with changes. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../support/project.ts';

const folder = path.join(import.meta.dirname, '../projects/scorecard');

/** The day on which everything is asked: a Tuesday. */
export const asOf = ['--as-of', '2026-03-17'] as const;

export function smallProject(changes: Readonly<Record<string, string>> = {}): string {
  const files = readdirSync(folder).filter(name => /\.(yaml|csv)$/.test(name));
  const texts = Object.fromEntries(files.map(name => [name, readFileSync(path.join(folder, name), 'utf8')]));
  return projectFolder({ ...texts, ...changes });
}
