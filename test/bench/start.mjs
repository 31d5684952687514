// The first part: from the start of the process to the first SQL, for projects of several sizes.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { against, median, megabytes, milliseconds, table, times } from './figures.mjs';
import { metricName, touchProject, writeProject } from './model.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const command = path.join(root, 'dist', 'metrics.js');
const memoryProbe = path.join(root, 'test', 'bench', 'memory-probe.mjs');

const aims = {
  500: { cold: 300 },
  10000: { cold: 2000, touched: 400, memory: 250 * 1024 * 1024 },
};

/** The question stands on `metric_0`, the definition that is touched: both read a table of their own. */
const question = ['compile', metricName(3), '--by', 'account.segment'];

export function measureStarts({ folder, metricCounts, runs }) {
  const bare = [];
  const results = metricCounts.map(metricCount => {
    const project = path.join(folder, `metrics-${metricCount}`);
    const size = writeProject(project, metricCount);
    const cold = [];
    const touched = [];
    // One of each in turn, so that what else the machine does falls on all of them alike.
    for (let run = 1; run <= runs; run += 1) {
      bare.push(timed(['-e', '0']).elapsed);
      touchProject(project, size, run);
      forget(project);
      cold.push(compiled(project, run));
      touchProject(project, size, 1000 + run);
      touched.push(compiled(project, 1000 + run));
    }
    touchProject(project, size, 1);
    forget(project);
    const coldMemory = peakMemory(project);
    touchProject(project, size, 2);
    const touchedMemory = peakMemory(project);
    return {
      ...size,
      cold: { elapsed: median(cold), memory: coldMemory },
      touched: { elapsed: median(touched), memory: touchedMemory },
    };
  });
  return { bare: median(bare), results };
}

export function printStarts({ bare, results }, runs) {
  const time = (elapsed, aim) => [
    aim === undefined ? milliseconds(elapsed) : against(elapsed, aim, milliseconds),
    times(elapsed / bare),
  ];
  const rows = results.flatMap(({ metricCount, tableCount, files, bytes, cold, touched }) => {
    const aim = aims[metricCount] ?? {};
    const size = [`${metricCount}`, `${tableCount}`, `${files}`, megabytes(bytes)];
    const memory = ({ memory }, limit) => (limit === undefined ? megabytes(memory) : against(memory, limit, megabytes));
    return [
      [...size, 'cold: no cache', ...time(cold.elapsed, aim.cold), memory(cold, aim.memory)],
      ['', '', '', '', 'one file touched', ...time(touched.elapsed, aim.touched), memory(touched)],
    ];
  });
  return [
    `From the start of the process to its end with the first SQL printed (medians of ${runs}), beside the bare start of`,
    `Node in the same run, \`node -e 0\`: ${milliseconds(bare)}. Memory is the peak, in a run of its own.`,
    '',
    table(['metrics', 'tables', 'files', 'text', '', 'time', 'to bare start', 'memory'], rows),
  ].join('\n');
}

function forget(project) {
  rmSync(path.join(project, '.sextant'), { recursive: true, force: true });
}

/** Runs the command on a project whose touched definition says `quantity`, which is what its SQL must say, too. */
function compiled(project, quantity) {
  const { elapsed, out } = timed([command, ...question, '--project', project]);
  if (!new RegExp(`^-- \\$\\d+ = ${quantity}$`, 'm').test(out)) {
    throw new Error(`the SQL of ${project} does not show the definition as it was touched (${quantity}):\n${out}`);
  }
  return elapsed;
}

function peakMemory(project) {
  const { error } = timed(['--import', memoryProbe, command, ...question, '--project', project]);
  const [, bytes] = /^peak memory (\d+)$/m.exec(error) ?? [];
  if (bytes === undefined) throw new Error(`the probe said nothing of memory:\n${error}`);
  return Number(bytes);
}

export function timed(words) {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' });
  const elapsed = performance.now() - began;
  if (status !== 0) throw new Error(`node ${words.join(' ')} ended with ${status}:\n${stderr}`);
  return { elapsed, out: stdout, error: stderr };
}
