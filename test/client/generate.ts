/** Clients for tests: a project's folder in, the files of its client out. */
import path from 'node:path';
import { generateClient, type Model, own } from '../../compiler/index.ts';
import { isSound, meaningHash, projectHash, readProject } from '../../runtime/index.ts';

export const library = path.join(import.meta.dirname, '../../metrics');
export const shop = path.join(import.meta.dirname, 'shop');

export function modelIn(folder: string): { readonly model: Model; readonly hash: string } {
  const project = readProject(folder);
  if (!isSound(project)) throw new Error(JSON.stringify(project.diagnostics));
  return { model: project.model, hash: projectHash(project) };
}

export interface Files {
  readonly [suffix: string]: string;
}

export async function filesOf(model: Model, name: string, hash: string, role: string | null): Promise<Files> {
  const files = await generateClient(model, {
    name: `${name}.gen`,
    hash,
    role: role === null ? null : (own(model.roles, role) ?? null),
    meaningHash: metric => meaningHash(model, metric),
  });
  return Object.fromEntries(files.map(({ suffix, text }) => [`${name}.gen${suffix}`, text]));
}
