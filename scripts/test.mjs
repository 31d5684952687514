// Everything that must hold before a change lands: format and lint, types, and every test. Ends with the plain line
// `N passed, N failed`; the checks count as one test each.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const scratch = mkdtempSync(path.join(os.tmpdir(), 'sextant-report-'));
const report = path.join(scratch, 'report.json');

function step(name, file, ...words) {
  const began = performance.now();
  const { status } = spawnSync(process.execPath, [path.join(modules, file), ...words], { cwd: root, stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  return status === 0;
}

const only = process.argv.slice(2);
const checks =
  only.length > 0
    ? []
    : [
        step('format and lint', '@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'),
        step('types', 'typescript/bin/tsc', '--noEmit'),
      ];
const isFine = step(
  'tests',
  'vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...only,
);
const {
  numPassedTests = 0,
  numFailedTests = 0,
  numPendingTests = 0,
  testResults = [],
} = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
rmSync(scratch, { recursive: true, force: true });

// A file that does not even load has no tests to fail, and a skipped test is none that passed.
const broken = testResults.filter(file => file.status === 'failed' && file.assertionResults.length === 0).length;
const passed = numPassedTests + checks.filter(Boolean).length;
const failed =
  Math.max(numFailedTests + broken + numPendingTests, isFine ? 0 : 1) + checks.filter(check => !check).length;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
