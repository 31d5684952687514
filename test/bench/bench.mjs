// The bench: `npm run bench`, with `-- --quick` for fewer runs, or `-- --tiny` for hardly any, to see that it works; with
// `-- serve` before them the server alone.
// It prints figures beside their aims and asserts nothing about time; an answer that is wrong is an error.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { compile, dialectNamed, generateClient, parseDay, readDocument, resolve } from '../../dist/compiler.js';
import {
  dataDiff,
  diffProjects,
  endOf,
  isSound,
  openProject,
  openWarehouse,
  profileOf,
  readProject,
  readStates,
} from '../../dist/index.js';
import { measureClient, printClient } from './client.mjs';
import { measureDataDifference, measureDifferences, printDifferences } from './difference.mjs';
import { measureGeneration, printGeneration } from './generation.mjs';
import { measureServe, printServe } from './serve.mjs';
import { conversions } from './star/conversions.mjs';
import { questionsOverTime } from './star/over-time.mjs';
import { starQuestions } from './star/questions.mjs';
import { scorecard } from './star/scorecard.mjs';
import { measureStar, printStar } from './star.mjs';
import { starData } from './star-data.mjs';
import { measureStarts, printStarts } from './start.mjs';
import { measureVerdicts, printVerdicts } from './verdict.mjs';

/** Of the typed client: what it is of, how often it is written, and how many instantiations its types may cost each compiler. */
const large = {
  sizes: { metricCount: 1000, dimensionCount: 100, callCount: 300 },
  writes: 5,
  compilers: ['typescript-5.9', 'typescript', 'typescript-7'],
  limit: 40_000,
};
const small = {
  sizes: { metricCount: 100, dimensionCount: 30, callCount: 30 },
  writes: 1,
  compilers: ['typescript-7'],
  limit: 6000,
};

const efforts = {
  '--full': {
    metricCounts: [500, 1000, 10_000],
    starts: 9,
    passes: 10,
    rounds: 40,
    scale: 1,
    requests: 10_000,
    client: large,
    moved: 50,
  },
  '--quick': {
    metricCounts: [500, 1000, 10_000],
    starts: 3,
    passes: 3,
    rounds: 10,
    scale: 1,
    requests: 10_000,
    client: large,
    moved: 50,
  },
  '--tiny': {
    metricCounts: [50],
    starts: 1,
    passes: 1,
    rounds: 1,
    scale: 0.01,
    requests: 40,
    client: small,
    moved: 3,
  },
};

/** What is asked of generated SQL beside SQL by hand. */
const parts = [
  {
    title: '3  Generated SQL against the best that is written by hand',
    questions: starQuestions,
    aims: { mean: 1.05, worst: 1.2 },
  },
  {
    title: '4  The same over time, of conversions and for a scorecard',
    questions: [...questionsOverTime, ...conversions, ...scorecard],
    aims: { mean: 1.1, worst: 1.3 },
  },
];

const product = {
  compile,
  dialectNamed,
  generateClient,
  readDocument,
  resolve,
  dataDiff,
  diffProjects,
  endOf,
  isSound,
  openProject,
  openWarehouse,
  parseDay,
  profileOf,
  readProject,
  readStates,
};

async function bench(effort, isServerOnly) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'sextant-bench-'));
  try {
    const { metricCounts, starts, passes, rounds, scale, requests, client, moved } = effort;
    if (isServerOnly) {
      section('The server', printServe(await measureServe({ folder, requests })));
      return;
    }
    section('1  Model size', printStarts(measureStarts({ folder, metricCounts, runs: starts }), starts));
    section('2  SQL generation', printGeneration(measureGeneration({ product, folder, metricCounts, passes })));
    const data = starData(scale);
    for (const { title, questions, aims } of parts) {
      const measured = data.file === null ? null : await measureStar({ product, file: data.file, questions, rounds });
      section(title, measured === null ? data.reason : printStar(measured, aims));
    }
    section('5  The server', printServe(await measureServe({ folder, requests })));
    section('6  The typed client', printClient(await measureClient({ product, folder, ...client })));
    const runs = Math.min(starts, 5);
    section('7  The verdict on a project', printVerdicts(measureVerdicts({ folder, metricCounts, runs }), runs));
    const differences = measureDifferences({ folder, metricCounts, runs });
    const moves = await measureDataDifference({ product, folder, runs, metricCount: moved });
    section('8  What a change does', printDifferences(differences, moves, runs));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function section(title, text) {
  console.log(`\n${title}\n\n${text}`);
}

const all = process.argv.slice(2);
const isServerOnly = all[0] === 'serve';
const [word = '--full', ...others] = isServerOnly ? all.slice(1) : all;
const effort = efforts[word];
if (effort === undefined || others.length > 0) {
  console.error('npm run bench [-- [serve] [--quick | --tiny]]');
  process.exitCode = 2;
} else {
  const began = performance.now();
  const [busyBefore] = os.loadavg();
  try {
    await bench(effort, isServerOnly);
    const seconds = Math.round((performance.now() - began) / 1000);
    const machine = `Node ${process.versions.node} on ${os.cpus().length} cores`;
    const load = [busyBefore, os.loadavg()[0]].map(each => each.toFixed(1)).join(' before and ');
    console.log(`\n${machine}, ${seconds} s in all. Load ${load} after; of that, up to 2 are the bench itself.`);
  } catch (error) {
    console.error(`\nThe bench has failed: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
