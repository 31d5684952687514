// The main job on embedded data: makes the demo warehouse, checks the library in metrics/, and answers one question.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildDemoWarehouse } from './demo-warehouse.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const question = ['won_revenue', 'win_rate', 'quota_attainment', '--by', 'team.team_name', '--period', '2026-Q1'];
const when = ['--as-of', '2026-10-31'];

/** Shows a command, runs it on the library, and stops where it fails. */
function metrics(...words) {
  console.log(`\n$ metrics ${words.map(word => (/^[\w.-]+$/.test(word) ? word : `"${word}"`)).join(' ')}`);
  const command = [path.join(root, 'dist', 'metrics.js'), ...words, '--project', path.join(root, 'metrics')];
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const { made } = await buildDemoWarehouse();
console.log(made ? 'The demo warehouse is made: metrics/demo/crm.duckdb' : 'The demo warehouse is there already.');
metrics('validate');
metrics('query', ...question, ...when);
metrics('compile', ...question, ...when);
console.log('\nNow a question of your own: cd metrics, then npx metrics query --help');
