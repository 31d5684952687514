/**
 * The oracle for hours: `npm run test:long` asks 200,000 questions of both engines, in worker processes, from seeds that it
 * prints. What goes wrong is made small and shown at once; it ends badly if anything did.
 */
import { type ChildProcess, fork } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import startPostgres from '../../support/postgres-server.ts';
import { questionsPerWorld } from '../campaign.ts';
import { forms } from '../generate/written.ts';
import { type Done, engineNames, type Task } from './task.ts';

const { values: words } = parseArgs({
  options: {
    questions: { type: 'string', default: '200000' },
    engine: { type: 'string' },
    form: { type: 'string', default: '' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    workers: { type: 'string', default: String(os.availableParallelism()) },
  },
});
const worldsPerTask = 50;
const tasks = Math.ceil(Number(words.questions) / (worldsPerTask * questionsPerWorld));
const engines = engineNames.filter(name => words.engine === undefined || words.engine === name);
const wanted = forms.filter(form => words.form.split(',').includes(form));
const total = { asked: 0, answered: 0, refused: 0, failures: 0 };
const reasons = new Map<string, number>();
const began = performance.now();

/** One task in seven is for PostgreSQL, which takes longer. */
function taskOf(index: number): Task {
  const engine = engines[engines.length === 1 || index % 7 < 6 ? 0 : 1] ?? 'duckdb';
  return { engine, seed: (Number(words.seed) + index * 1_000_003) | 0, worlds: worldsPerTask, forms: wanted };
}

/** Where an engine takes its process down with it, that is told, and the others go on. */
function perform(worker: ChildProcess, task: Task): Promise<Done | null> {
  return new Promise(resolve => {
    const end = () => resolve(null);
    worker.once('exit', end);
    worker.once('message', (done: Done) => {
      worker.off('exit', end);
      resolve(done);
    });
    worker.send(task);
  });
}

function add(task: Task, done: Done | null): void {
  total.asked += task.worlds * questionsPerWorld;
  total.answered += done?.answered ?? 0;
  total.refused += done?.refused ?? 0;
  for (const [reason, times] of Object.entries(done?.questions ?? {}))
    reasons.set(reason, (reasons.get(reason) ?? 0) + times);
  const failures = done?.failures ?? [{ seed: task.seed, text: 'the worker ended' }];
  for (const { seed, text } of failures) {
    total.failures += 1;
    console.log(`\nFAILURE ${total.failures}, ${task.engine}, seed ${seed}: ${text}\n`);
    console.log(
      `again: SEXTANT_ENGINE=${task.engine} SEXTANT_SEED=${seed} SEXTANT_RUNS=1 npx vitest run test/oracle\n`,
    );
  }
  const seconds = Math.round((performance.now() - began) / 1000);
  const { asked, answered, refused } = total;
  console.log(
    `${asked} of ${tasks * worldsPerTask * questionsPerWorld} asked, ${answered} answered, ${refused} refused, ${total.failures} failures; ${seconds} s (${task.engine}, seed ${task.seed})`,
  );
}

let next = 0;

async function work(server: string): Promise<void> {
  const start = () =>
    fork(path.join(import.meta.dirname, 'worker.ts'), [server], {
      execArgv: ['--import', path.join(import.meta.dirname, 'typescript.mjs')],
    });
  let worker = start();
  while (next < tasks) {
    const task = taskOf(next);
    next += 1;
    const done = await perform(worker, task);
    add(task, done);
    if (done?.isLast === false) continue;
    worker.kill('SIGKILL');
    worker = start();
  }
  worker.disconnect();
  worker.kill();
}

let server = '';
const stop = engines.includes('postgres')
  ? await startPostgres({
      provide: (_name: string, value: unknown) => {
        if (typeof value === 'object' && value !== null && 'url' in value) server = String(value.url);
      },
    })
  : async () => {};
console.log(`seed ${words.seed}`);
await Promise.all(Array.from({ length: Math.min(tasks, Number(words.workers)) }, () => work(server)));
await stop();
const sorted = [...reasons].sort((a, b) => b[1] - a[1]).slice(0, 40);
console.log(`refused:\n${sorted.map(([reason, times]) => `${times} ${reason}`).join('\n')}`);
process.exit(total.failures === 0 ? 0 : 1);
