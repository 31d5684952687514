// `npm run test:mutants`: sabotages the compiler in small ways and says how many the tests catch. See run.ts.
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'sextant-mutants-'));
const project = path.join(folder, 'project');
const programs = path.join(project, '.programs');
mkdirSync(programs, { recursive: true });
symlinkSync(path.join(root, 'node_modules'), path.join(project, 'node_modules'));
// Test data that lies beside the project.
const shared = path.join(root, '../shared');
if (existsSync(shared)) symlinkSync(shared, path.join(folder, 'shared'));

await build({
  absWorkingDir: root,
  entryPoints: ['run', 'rows', 'suite'].map(name => `test/mutants/${name}.ts`),
  outdir: programs,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  logLevel: 'warning',
});
const { run } = await import(pathToFileURL(path.join(programs, 'run.mjs')).href);
try {
  process.exitCode = await run({ root, project, words: process.argv.slice(2) });
} finally {
  if (process.argv.includes('--keep')) console.log(`kept: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}
