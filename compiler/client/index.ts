/** Client: the Model in, the files of a typed client out. Loaded when one is generated, and by nothing else. */
import type { Model, Role } from '../model.ts';
import { type ClientDescription, describeClient } from './described.ts';
import { emitTypes, header } from './emit.ts';

export interface GeneratedFile {
  /** What comes behind the client's name: `.d.ts`. */
  readonly suffix: string;
  readonly text: string;
}

export interface ClientOptions {
  /** The name of the client's files, without a folder. */
  readonly name: string;
  /** The hash of the definitions, as answers name it. */
  readonly hash: string;
  /** Null is everything. */
  readonly role: Role | null;
  readonly meaningHash: (metric: string) => string;
}

/** Types, the few lines of JavaScript beside them, and what metrics mean, which is loaded where an answer is of another model. */
export function clientFiles(model: Model, { name, hash, role, meaningHash }: ClientOptions): readonly GeneratedFile[] {
  const description = describeClient(model, role);
  return [
    { suffix: '.d.ts', text: emitTypes(description) },
    { suffix: '.js', text: script(name, hash, role) },
    { suffix: '.meanings.d.ts', text: meaningTypes },
    { suffix: '.meanings.js', text: meanings(description, meaningHash) },
  ];
}

function script(name: string, hash: string, role: Role | null): string {
  return `${header}
import { names } from 'sextant/client';

export const m = names();

export const model = {
  hash: ${JSON.stringify(hash)},
  role: ${JSON.stringify(role?.name ?? null)},
  meanings: () => import(${JSON.stringify(`./${name}.meanings.js`)}),
};
`;
}

const meaningTypes = `${header}
import type { Meanings } from 'sextant/client';

export declare const metrics: Meanings['metrics'];
`;

function meanings({ metrics }: ClientDescription, meaningHash: (metric: string) => string): string {
  const lines = metrics.map(
    ({ name, wireType, unit }) =>
      `  ${JSON.stringify(name)}: ${JSON.stringify([meaningHash(name), wireType, unit])},\n`,
  );
  return `${header}\nexport const metrics = {\n${lines.join('')}};\n`;
}
