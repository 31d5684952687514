// The third and the fourth part: generated SQL against SQL written by hand, on the same engine and data, with the answers compared.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { against, geometricMean, median, milliseconds, table, times } from './figures.mjs';

const project = path.join(path.dirname(fileURLToPath(import.meta.url)), 'star');

const limits = { timeoutMs: 60_000, maxRows: 1_000_000 };

/** Asks every question in all its ways; throws where two ways do not answer alike. */
export async function measureStar({ product, file, questions, rounds }) {
  // The project's warehouse profile reads it from there.
  process.env.SEXTANT_BENCH_STAR = file;
  const { folder, declaration, model } = openProject(product);
  const engine = await product.openWarehouse(product.profileOf(folder, declaration, null));
  try {
    const results = [];
    for (const question of questions) {
      const ways = await waysOf(product, model, engine, question);
      const rows = await sameRows(engine, question.name, ways);
      await measure(engine, ways, rounds);
      results.push({ name: question.name, rows, ways });
    }
    const trip = [{ statement: { sql: 'select 1', parameters: [] } }];
    await measure(engine, trip, rounds);
    return { results, rounds, roundTrip: trip[0].elapsed };
  } finally {
    await engine.close();
  }
}

export function printStar({ results, rounds, roundTrip }, aims) {
  const compared = results.map(({ name, rows, ways }) => {
    const [own] = ways;
    const byHand = fastest(ways.filter(({ kind }) => kind === 'hand'));
    const ofAll = fastest(ways.filter(({ kind }) => kind !== 'generated'));
    return { name, rows, own, byHand, ratio: own.elapsed / byHand.elapsed, ratioOfAll: own.elapsed / ofAll.elapsed };
  });
  const cells = compared.map(({ name, rows, own, byHand, ratio, ratioOfAll }) => [
    name,
    `${rows}`,
    milliseconds(own.elapsed),
    milliseconds(byHand.elapsed),
    times(ratio),
    times(ratioOfAll),
    byHand.name,
  ]);
  const ratios = compared.map(({ ratio }) => ratio);
  const ratiosOfAll = compared.map(({ ratioOfAll }) => ratioOfAll);
  return [
    `Medians of ${rounds} rounds in which all ways take turns; every way gave the same rows. A round trip without any work,`,
    `\`select 1\`, is ${milliseconds(roundTrip)} of each. Inner joins lose what belongs to nobody, so they are counted apart.`,
    '',
    table(['question', 'rows', 'generated', 'by hand', 'ratio', 'with inner joins', 'fastest way by hand'], cells),
    '',
    `Geometric mean of the ratios ${against(geometricMean(ratios), aims.mean, times)}, worst ${against(Math.max(...ratios), aims.worst, times)};`,
    `with inner joins ${times(geometricMean(ratiosOfAll))}, worst ${times(Math.max(...ratiosOfAll))}.`,
  ].join('\n');
}

function fastest(ways) {
  return ways.reduce((best, way) => (way.elapsed < best.elapsed ? way : best));
}

function openProject({ readProject, isSound }) {
  const read = readProject(project);
  if (!isSound(read)) throw new Error(`${project}: ${JSON.stringify(read.diagnostics)}`);
  return read;
}

/** The ways to answer a question: the generated one, and those that are written by hand. */
async function waysOf(product, model, engine, { name, ask, hand, inner = {} }) {
  const written = (kind, ways) =>
    Object.entries(ways).map(([way, sql]) => ({ kind, name: way, statement: { sql, parameters: [] } }));
  return [
    { kind: 'generated', name: 'the generated SQL', statement: await statementOf(product, model, engine, name, ask) },
    ...written('hand', hand),
    ...written('inner', inner),
  ];
}

/** Any day will do: no question asks for a period that moves. */
async function statementOf({ compile, endOf, parseDay }, model, engine, name, ask) {
  const { statement, diagnostics } = compile(model, ask, endOf(parseDay('2026-06-30')), engine.dialect);
  const findings = statement === null ? diagnostics : [...diagnostics, ...(await engine.check(statement, model))];
  if (statement === null || findings.length > 0) throw new Error(`${name} is refused: ${JSON.stringify(findings)}`);
  return statement;
}

/** How many rows every way gives; they are the same, or an error says where they first differ. */
async function sameRows(engine, question, ways) {
  const answers = [];
  for (const way of ways) answers.push({ way, rows: (await engine.execute(way.statement, limits)).rows });
  const [expected, ...others] = answers;
  if (expected.rows.length === 0) throw new Error(`${question}: there are no rows to compare`);
  for (const { way, rows } of others) {
    const difference = firstDifference(expected.rows, rows);
    if (difference !== null) {
      throw new Error(`${question}: ${expected.way.name} and the way "${way.name}" (${way.kind}) differ ${difference}`);
    }
  }
  return expected.rows.length;
}

/** The first row in which two answers differ, in words; null where they are the same. */
export function firstDifference(left, right) {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [a, b] = [left[index], right[index]];
    if (a?.length === b?.length && a.every((cell, place) => isSameCell(cell, b[place]))) continue;
    const text = row => (row === undefined ? 'no row' : JSON.stringify(row));
    return `in row ${index + 1}: ${text(a)} and ${text(b)}`;
  }
  return null;
}

/** A double may differ in its last digits, by the order in which it was reckoned; all else is equal or wrong. */
function isSameCell(left, right) {
  if (left === right) return true;
  if (typeof left !== 'number' || typeof right !== 'number') return false;
  const isFloat = !Number.isInteger(left) || !Number.isInteger(right);
  return isFloat && Math.abs(left - right) <= Math.abs(left) * Number.EPSILON * 4;
}

/** Gives each way its median. Ways take turns, each round beginning with another, so that what else goes on falls on all. */
async function measure(engine, ways, rounds) {
  const samples = new Map(ways.map(way => [way, []]));
  const warmUp = Math.ceil(rounds / 8);
  for (let round = 0; round < warmUp + rounds; round += 1) {
    const first = round % ways.length;
    const turns = [...ways.slice(first), ...ways.slice(0, first)];
    for (const way of round % 2 === 0 ? turns : turns.reverse()) {
      const began = performance.now();
      await engine.execute(way.statement, limits);
      if (round >= warmUp) samples.get(way).push(performance.now() - began);
    }
  }
  for (const [way, values] of samples) way.elapsed = median(values);
}
