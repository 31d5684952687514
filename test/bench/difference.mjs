// The eighth part: `metrics diff`. What a change does to a large project, the whole command; and with `--data` what it does to the
// numbers of the demo warehouse, beside the same questions asked one by one.
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildDemoWarehouse } from '../../scripts/demo-warehouse.mjs';
import { against, median, milliseconds, table, times } from './figures.mjs';
import { touchProject, writeProject } from './model.mjs';
import { command, timed } from './start.mjs';

const library = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../metrics');

const aims = { 1000: 1000 };
/** Asking both states may take so much more than the same questions alone. */
const mostTimes = 2;

/** Larger ones are measured by what they are made of: a verdict on each state. */
const largest = 1000;

export function measureDifferences({ folder, metricCounts, runs }) {
  return metricCounts
    .filter(count => count <= largest)
    .map(metricCount => {
      const project = path.join(folder, `difference-${metricCount}`);
      const size = writeProject(project, metricCount);
      commitAll(project);
      const cold = [];
      const warm = [];
      for (let run = 1; run <= runs; run += 1) {
        touchProject(project, size, 1000 + run);
        rmSync(path.join(project, '.sextant'), { recursive: true, force: true });
        cold.push(compared(project, 1000 + run));
        warm.push(compared(project, 1000 + run));
      }
      return { metricCount, cold: median(cold), warm: median(warm) };
    });
}

function commitAll(project) {
  const git = (...words) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench', ...words], { cwd: project });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'as it was');
}

/** Compares with what git has; the definition that was touched must be told, and what stands on it. */
function compared(project, quantity) {
  const { elapsed, out } = timed([command, 'diff', '--against', 'HEAD', '--project', project]);
  const isTold =
    out.includes(`quantity >= ${quantity}`) && /^ +metric_3 means something else.* through metric_0$/m.test(out);
  if (!isTold) throw new Error(`the difference does not tell what was touched:\n${out.slice(0, 2000)}`);
  return elapsed;
}

const asOf = '2026-10-31';

/** Large deals are left out of everything from now on: that moves more metrics than are compared. */
const change = [
  '    from: opportunity\n',
  '    sql: select * from opportunity where amount is null or amount < 50000\n',
];

export async function measureDataDifference({ product, folder, runs, metricCount }) {
  const { path: warehouse } = await buildDemoWarehouse();
  const states = ['before', 'after'].map(name => path.join(folder, 'library', name));
  for (const state of states) copyLibrary(state, warehouse);
  const changed = path.join(states[1], 'tables', 'sales.yaml');
  const text = readFileSync(changed, 'utf8');
  if (!text.includes(change[0])) throw new Error('the library has no table of opportunities to change');
  writeFileSync(changed, text.replace(...change));
  const [after, before] = product.readStates(states[1], states[0]);
  const moved = product
    .diffProjects(before, after)
    .filter(({ effect, subject }) => effect === 'value' && subject.startsWith('metrics.'));
  const changes = moved.slice(0, metricCount);
  if (changes.length < metricCount)
    throw new Error(`the change moves ${changes.length} metrics, and not ${metricCount}`);
  const compare = () => dataDifference(product, before, after, changes);
  const questions = questionsOf(await compare());
  const together = [];
  const alone = [];
  let found = null;
  for (let run = 1; run <= runs; run += 1) {
    const began = performance.now();
    found = await compare();
    together.push(performance.now() - began);
    const answered = await askedAlone(product, states, questions);
    alone.push(answered.elapsed);
    refuseOthers(found, answered.totals);
  }
  const { statements } = found;
  const asked = states.length * questions.length;
  return { metricCount, statements, asked, together: median(together), alone: median(alone) };
}

/** The definitions of the library and what is frozen of them, beside a warehouse of their own. */
function copyLibrary(target, warehouse) {
  const isDemo = file => path.relative(library, file).split(path.sep)[0] === 'demo';
  cpSync(library, target, { recursive: true, filter: file => !isDemo(file) });
  mkdirSync(path.join(target, 'demo'));
  copyFileSync(warehouse, path.join(target, 'demo', 'crm.duckdb'));
}

async function dataDifference({ openWarehouse, profileOf, dataDiff, endOf, parseDay }, before, after, changes) {
  const profile = profileOf(after.folder, after.declaration, null);
  const engines = [await openWarehouse(profile), await openWarehouse(profile)];
  try {
    const [old, now] = [before, after].map((project, index) => ({ project, engine: engines[index] }));
    const options = { now: endOf(parseDay(asOf)), period: null, by: [], tolerances: [], progress: () => {} };
    return await dataDiff(old, now, changes, options);
  } finally {
    await Promise.all(engines.map(engine => engine.close()));
  }
}

/** What was asked of each metric: its total, its months and its groups. */
function questionsOf({ moves }) {
  return moves.flatMap(({ name, trend, groups }) => {
    const asked = { metrics: [name], period: trend.length === 0 ? 'all' : 'last 12 months', as_of: asOf };
    const months = trend.length === 0 ? [] : [{ ...asked, by: ['month'], sparse: false }];
    return [asked, ...months, ...groups.map(({ by }) => ({ ...asked, by: by.split(', '), sparse: true }))];
  });
}

/** The questions one by one to each state, by sessions that keep nothing; the totals by state and metric. */
async function askedAlone({ openProject }, states, questions) {
  const totals = states.map(() => new Map());
  let elapsed = 0;
  for (const [index, state] of states.entries()) {
    const session = await openProject(state, { reload: 'never', limits: { cacheBytes: 0 } });
    try {
      const began = performance.now();
      for (const question of questions) {
        const { columns, rows } = await session.query(question, { principal: 'everything' });
        if (question.by === undefined) totals[index].set(question.metrics[0], rows[0]?.[columns.length - 1] ?? null);
      }
      elapsed += performance.now() - began;
    } finally {
      await session.close();
    }
  }
  return { elapsed, totals };
}

/** What is told of a metric must be what it says when it is asked alone, but for the last digits of floats. */
function refuseOthers({ moves }, [old, now]) {
  for (const { name, before, after } of moves) {
    const pairs = [
      [before, old.get(name)],
      [after, now.get(name)],
    ];
    const other = pairs.find(([told, alone]) => !isSame(told, alone));
    if (other !== undefined) throw new Error(`${name} is ${other[1]} alone, and ${other[0]} in the difference`);
  }
}

function isSame(left, right) {
  if (left === right) return true;
  if (typeof left !== 'number' || typeof right !== 'number' || Number.isInteger(left)) return false;
  return Math.abs(left - right) <= Math.abs(left) * 1e-12;
}

export function printDifferences(results, data, runs) {
  const time = (elapsed, aim) => (aim === undefined ? milliseconds(elapsed) : against(elapsed, aim, milliseconds));
  const rows = results.map(({ metricCount, cold, warm }) => {
    return [`${metricCount}`, time(cold, aims[metricCount]), time(warm, aims[metricCount])];
  });
  const { metricCount, statements, asked, together, alone } = data;
  return [
    `\`metrics diff --against HEAD\` from the start of the process to its end (medians of ${runs}): one definition was touched, and`,
    'three stand on it.',
    '',
    table(['metrics', 'cold: no cache', 'cache is warm'], rows),
    '',
    `The numbers of ${metricCount} metrics of the demo warehouse, before and after a change: ${milliseconds(together)} in ${statements} statements; their`,
    `${asked} questions one by one in ${milliseconds(alone)}: ${against(together / alone, mostTimes, times)}`,
  ].join('\n');
}
