/** The library as a program in TypeScript has it: from the package as it is built, by three compilers. */
import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { projectFolder } from '../support/project.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const run = promisify(execFile);

const program = `import { openProject, type ProjectSession, Refusal } from 'sextant';
import { connect, inProcess } from 'sextant/client';
import { parseFormula } from 'sextant/compiler';

const session: ProjectSession = await openProject('.', { profile: 'local', limits: { atOnce: 2 } });
const rep = { principal: { as: 'rep', user: { rep_id: 'r1' } } } as const;
const reply = await session.query({ metrics: ['won'], by: ['rep'], where: { rep: ['r1', null] } }, rep);
const names: readonly string[] = reply.columns.map(column => column.name);
for await (const row of await session.stream({ metrics: ['won'] }, { principal: 'everything' })) console.log(row.length, names);
const code: string = new Refusal([], []).code;
// @ts-expect-error a principal is said on every call
await session.query({ metrics: ['won'] }, {});
// @ts-expect-error a principal is a role, or everything in words
await session.query({ metrics: ['won'] }, { principal: 'all' });
// @ts-expect-error columns have no such property
console.log(reply.columns[0]?.label, code);
console.log(typeof connect, typeof inProcess, typeof parseFormula);
`;

test.each([
  ['typescript-5.9', 'NodeNext'],
  ['typescript', 'Bundler'],
  ['typescript-7', 'NodeNext'],
])('%s reads its declarations, and what must not compile does not', async (compiler, moduleResolution) => {
  await run(process.execPath, [path.join(root, 'scripts/ready.mjs')]);
  const compilerOptions = {
    ...{ target: 'es2023', module: moduleResolution === 'NodeNext' ? 'NodeNext' : 'ESNext', moduleResolution },
    ...{ strict: true, noEmit: true, types: [] },
  };
  const folder = projectFolder({
    'package.json': '{ "type": "module" }',
    'program.ts': program,
    'tsconfig.json': JSON.stringify({ compilerOptions, files: ['program.ts'] }),
  });
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(root, path.join(folder, 'node_modules/sextant'));
  const tsc = path.join(root, 'node_modules', compiler, 'bin/tsc');
  const { stdout } = await run(process.execPath, [tsc, '-p', folder]).catch(
    (error: { readonly stdout: string }) => error,
  );
  expect(stdout).toBe('');
});
