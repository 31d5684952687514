/** Clients for tests: a project's folder in, the files of its client out. */
import path from 'node:path';
import { generateClient, hasErrors, type Model, own, resolve } from '../../compiler/index.ts';
import { meaningHash, projectHash, readProject } from '../../runtime/index.ts';

export const library = path.join(import.meta.dirname, '../../metrics');
export const shop = path.join(import.meta.dirname, 'shop');

/** The whole model, without a verdict on scorecards, which a client has none of. */
export function modelIn(folder: string): { readonly model: Model; readonly hash: string } {
  const project = readProject(folder, []);
  const { documents, freezes, model: read } = project;
  const holidays = read?.settings.calendar.holidays ?? [];
  const { model, diagnostics } = resolve(documents, { holidays, freezes });
  if (read === null || hasErrors(diagnostics)) throw new Error(JSON.stringify([...project.misread, ...diagnostics]));
  return { model, hash: projectHash(project) };
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
