/** The library as a program in TypeScript has it, that of docs/runtime.md: from the package as it is built, by three compilers. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { readPage } from '../docs/page.ts';
import { projectFolder } from '../support/project.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const run = promisify(execFile);

const { files } = readPage(readFileSync(path.join(root, 'docs/runtime.md'), 'utf8'));

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
    'program.ts': files['typed.ts'] ?? '',
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
