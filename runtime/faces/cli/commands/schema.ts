/** `metrics schema`: the JSON Schema of a kind of file, for editors; with `--project`, with the project's own names. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Document } from '../../../../compiler/index.ts';
import { assetsFolder, readProject } from '../../../index.ts';
import { type ExitCode, exit } from '../exit.ts';
import { bundled, type Json, type Names, withNames } from '../format/schema.ts';
import { projectFolder } from '../project.ts';
import type { Terminal } from '../terminal.ts';

export interface SchemaOptions {
  /** The folder, or `true` where the flag stands without one. */
  readonly project?: string | true;
}

export function schema(kind: string, { project }: SchemaOptions, terminal: Terminal): ExitCode {
  const whole = bundled(published(kind), published('definitions'));
  terminal.out(
    `${JSON.stringify(project === undefined ? whole : ofProject(kind, whole, project, terminal), null, 2)}\n`,
  );
  return exit.fine;
}

function published(kind: string): Json {
  const file = path.join(assetsFolder(), 'schemas', `${kind}.schema.json`);
  const json: Json = JSON.parse(readFileSync(file, 'utf8'));
  return json;
}

function ofProject(kind: string, whole: Json, project: string | true, terminal: Terminal): Json {
  const folder = projectFolder(project === true ? {} : { project }, terminal);
  // What files say is enough, however wrong: names are of use above all while definitions are being written.
  const { documents } = readProject(folder, []);
  return kind === 'query' ? whole : withNames(whole, namesOf(documents));
}

export function namesOf(documents: readonly Document[]): Names {
  const names = (of: (document: Document) => readonly { readonly name: { readonly text: string } }[]) =>
    documents.flatMap(document => of(document).map(({ name }) => name.text));
  return {
    tables: names(({ tables }) => tables),
    metrics: names(({ metrics }) => metrics),
    goals: names(({ goals }) => goals),
    baselines: names(({ baselines }) => baselines),
    roles: names(({ roles }) => roles),
    alerts: names(({ alerts }) => alerts),
  };
}
