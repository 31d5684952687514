// The main job on embedded data: makes the demo warehouse, checks the library in metrics/, answers one question, and ends
// with the scorecards of a rep, a manager and a director, in the terminal and as pages.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildDemoWarehouse } from './demo-warehouse.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const question = ['won_revenue', 'win_rate', 'quota_attainment', '--by', 'team.team_name', '--period', '2026-Q1'];
const when = ['--as-of', '2026-10-31'];
/** Whose scorecards are shown: people of the demo warehouse. */
const people = [
  ['sales_rep', 'user_id=U13'],
  ['sales_manager', 'team_id=T1'],
  ['sales_director', null],
];

/** Runs a command on the library, and stops where it fails. */
function run(words) {
  const command = [path.join(root, 'dist', 'metrics.js'), ...words, '--project', path.join(root, 'metrics')];
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** The same, with the command shown above what it prints. */
function metrics(...words) {
  console.log(`\n$ metrics ${words.map(word => (/^[\w.=-]+$/.test(word) ? word : `"${word}"`)).join(' ')}`);
  run(words);
}

const { made } = await buildDemoWarehouse();
console.log(made ? 'The demo warehouse is made: metrics/demo/crm.duckdb' : 'The demo warehouse is there already.');
metrics('validate');
metrics('query', ...question, ...when);
metrics('compile', ...question, ...when);

const pages = path.join(root, 'metrics', 'demo', 'scorecards');
mkdirSync(pages, { recursive: true });
const written = people.map(([role, user]) => {
  const words = ['scorecard', role, ...(user === null ? [] : ['--user', user]), ...when];
  metrics(...words);
  const page = path.join(pages, `${role}.html`);
  run([...words, '--format', 'html', '--out', page]);
  return page;
});
console.log(`\nThe same as pages:\n${written.map(page => `  ${page}`).join('\n')}`);
console.log('\nNow a question of your own: cd metrics, then npx metrics query --help');
