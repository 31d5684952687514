/**
 * docs/client.md is true: its programs compile against the client of its project, those lines that must not among them, and
 * print what stands below them.
 */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { build, type PluginBuild } from 'esbuild';
import { expect, test, vi } from 'vitest';
import { openProject } from '../../runtime/index.ts';
import { metrics, projectFolder } from '../support/project.ts';
import { readPage } from './page.ts';

const root = path.join(import.meta.dirname, '../..');
const text = readFileSync(path.join(root, 'docs/client.md'), 'utf8');
const { files } = readPage(text);
const folder = projectFolder(files);
const programs = Object.keys(files).filter(name => name.endsWith('.ts'));
const printing = [...text.matchAll(/^```js (\S+)\n(?:(?!```).*\n)*```\n\n```text\n([\s\S]*?)^```$/gm)].map(
  ([, name = '', printed = '']) => ({ name, printed }),
);

await metrics(folder, 'generate');
await metrics(folder, 'generate', '--as', 'clerk', '--out', 'web/clerk');

test('its programs compile, and what must not does not', async () => {
  expect(programs).toEqual(['browser.ts', 'wrong.ts', 'stream.ts']);
  const compilerOptions = {
    ...{ target: 'es2024', lib: ['es2024', 'dom'], module: 'esnext', moduleResolution: 'bundler', strict: true },
    ...{ noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true },
    types: [],
    paths: { 'sextant/client': [path.join(root, 'client/client.d.ts')] },
  };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: programs }));
  const tsc = path.join(root, 'node_modules/typescript-7/bin/tsc');
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', folder], { cwd: folder }).catch(
    (error: { readonly stdout: string }) => error,
  );
  expect(stdout).toBe('');
});

test('some print something', () => {
  expect(printing.map(({ name }) => name)).toEqual(['ask.mjs', 'refused.mjs']);
});

/** The library as a module of its own: programs run here, where it is loaded already. */
const library = {
  name: 'library',
  setup({ onResolve, onLoad }: PluginBuild) {
    onResolve({ filter: /^sextant$/ }, () => ({ path: 'sextant', namespace: 'library' }));
    onLoad({ filter: /.*/, namespace: 'library' }, () => ({ contents: 'export const { openProject } = globalThis;' }));
  },
};

test.each(printing)('$name prints what is shown', async ({ name, printed }) => {
  const { outputFiles } = await build({
    ...{ entryPoints: [path.join(folder, name)], bundle: true, write: false, format: 'esm', platform: 'node' },
    plugins: [library],
    alias: { 'sextant/client': path.join(root, 'client/index.ts') },
  });
  Reflect.set(globalThis, 'openProject', (_: string) => openProject(folder, { reload: 'never' }));
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  await import(`data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`);
  const lines = log.mock.calls.map(words => `${words.join(' ')}\n`).join('');
  log.mockRestore();
  expect(lines).toBe(printed);
});
