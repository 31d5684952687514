// The second part: SQL from questions in one process that has read its project, as a server does.
import path from 'node:path';
import { against, kilobytes, median, milliseconds, percentile, table } from './figures.mjs';
import { kinds, metricName, writeChain, writeProject } from './model.mjs';

const aims = { p50: 0.5, p99: 3, chainBytes: 30 * 1024, chainTime: 20 };

const chainLevels = 16;

export function measureGeneration({ product, folder, metricCounts, passes }) {
  const results = metricCounts.map(metricCount => {
    const project = path.join(folder, `generation-${metricCount}`);
    writeProject(project, metricCount);
    const { model, elapsed } = openModel(product, project);
    const ask = asker(product, model);
    const questions = questionsFor(metricCount);
    for (const question of questions) refuseFindings(question, ask(question));
    return { metricCount, opening: elapsed, samples: sample(questions, ask, passes) };
  });
  return { results, chain: measureChain({ product, folder, passes }) };
}

export function printGeneration({ results, chain }) {
  const rows = results.map(({ metricCount, opening, samples }) => {
    const all = samples.flat();
    return [
      `${metricCount}`,
      milliseconds(opening),
      against(percentile(all, 50), aims.p50, milliseconds),
      against(percentile(all, 99), aims.p99, milliseconds),
      milliseconds(Math.max(...samples.map(median))),
    ];
  });
  const [{ samples }] = results;
  const [half, whole] = chain;
  return [
    `From a question to its SQL in one process: ${samples.length} different questions, ${samples[0].length} times each, after warming up.`,
    'Reading the project stands beside it: a server does that once. The slowest question is that of the longest median: where',
    'it is short and p99 is long, the machine was busy with something else.',
    '',
    table(['metrics', 'reading once', 'p50', 'p99', 'slowest question'], rows),
    '',
    `A metric that uses the one before it twice, ${whole.levels} levels deep: ${against(whole.bytes, aims.chainBytes, kilobytes)} of SQL`,
    `in ${against(whole.elapsed, aims.chainTime, milliseconds)}; ${half.levels} levels: ${kilobytes(half.bytes)} in ${milliseconds(half.elapsed)}.`,
  ].join('\n');
}

function openModel({ readProject, isSound }, folder) {
  const began = performance.now();
  const project = readProject(folder);
  const elapsed = performance.now() - began;
  if (!isSound(project)) throw new Error(`${folder}: ${JSON.stringify(project.diagnostics.slice(0, 3))}`);
  return { model: project.model, elapsed };
}

/** When questions are asked does not matter, as long as it is always the same. */
function asker({ compile, dialectNamed, endOf, parseDay }, model) {
  const dialect = dialectNamed('duckdb');
  const now = endOf(parseDay('2026-06-30'));
  return question => compile(model, question, now, dialect);
}

function refuseFindings(question, { statement, diagnostics }) {
  if (statement === null || diagnostics.length > 0) {
    throw new Error(`${JSON.stringify(question)} is refused: ${JSON.stringify(diagnostics)}`);
  }
}

/** The times of each question; in every pass all are asked in turn. Node compiles what runs often for thousands of calls. */
function sample(questions, ask, passes) {
  const samples = questions.map(() => []);
  for (let pass = -3 * passes; pass < passes; pass += 1) {
    for (const [index, question] of questions.entries()) {
      const began = performance.now();
      ask(question);
      if (pass >= 0) samples[index].push(performance.now() - began);
    }
  }
  return samples;
}

function measureChain({ product, folder, passes }) {
  const project = path.join(folder, 'chain');
  writeChain(project, chainLevels);
  const ask = asker(product, openModel(product, project).model);
  return [chainLevels / 2, chainLevels].map(levels => {
    const question = { metrics: [`level_${levels}`], by: ['region'] };
    const compiled = ask(question);
    refuseFindings(question, compiled);
    const [samples] = sample([question], ask, passes);
    return { levels, bytes: Buffer.byteLength(compiled.statement.sql), elapsed: median(samples) };
  });
}

const groupings = [
  {},
  { by: ['account.segment'] },
  { by: ['rep.team.region', 'rep.team.name'] },
  { by: ['month'], period: 'last 12 months' },
  { by: ['rep'], where: "account.segment = 'Enterprise'" },
  { by: ['quarter', 'account.owner.team.region'], period: '2025-01-01..2026-06-30' },
  { by: ['segment'], where: "rep.team.region in ('EMEA', 'APAC') and rep.hired_on < 2025-01-01" },
  { by: ['week'], period: 'this quarter', where: 'account.name is not null' },
  { by: ['rep.name', 'month'], period: '2026', isRanked: true },
  { by: ['owner.name'], isRanked: true },
];

const metricSets = [
  [kinds.sum],
  [kinds.count],
  [kinds.average],
  [kinds.ratio],
  [kinds.comparison],
  [kinds.sum, kinds.count],
  [kinds.ratio, kinds.comparison],
  [kinds.count, kinds.average, kinds.ratio],
  [kinds.sum, kinds.sum + 5, kinds.sum + 10, kinds.count],
  [kinds.sum, kinds.count, kinds.average, kinds.ratio, kinds.comparison],
];

/** Two hundred questions: every set of metrics by every grouping, at two places of the model. */
function questionsFor(metricCount) {
  return [0.2, 0.7].flatMap(place => {
    const first = Math.floor((metricCount * place) / 5) * 5;
    return metricSets.flatMap((set, step) =>
      groupings.map(({ isRanked, ...grouping }, turn) => {
        const shift = ((step * groupings.length + turn) % Math.max(1, Math.floor(metricCount / 50))) * 5;
        const metrics = set.map(kind => metricName(first + shift + kind));
        const [asked] = metrics;
        const ranking = isRanked ? { having: `${asked} > 0`, order: [`${asked} desc`], limit: 10 } : {};
        return { metrics, ...grouping, ...ranking };
      }),
    );
  });
}
