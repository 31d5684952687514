/** A question that goes wrong, made as small as it can be: fewer keys, rows and metrics, shorter formulas, the same problem. */
import { type Expression, parseFormula } from '../../compiler/index.ts';
import { check, type Engine, modelOf, type Problem, type Question } from './check.ts';
import { oracleData } from './warehouse.ts';

export interface Shrunk {
  readonly question: Question;
  readonly problem: Problem;
}

export async function shrink(start: Shrunk, engine: Engine, milliseconds = 120_000): Promise<Shrunk> {
  const until = Date.now() + milliseconds;
  let best = start;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const candidates of [
      smallerQueries,
      fewerRows,
      fewerMetrics,
      shorterFormulas,
      fewerDefinitions,
      plainerCells,
    ]) {
      for (let again = true; again; ) {
        again = false;
        for (const question of candidates(best.question)) {
          if (Date.now() > until) return best;
          const problem = await problemOf(question, engine);
          if (problem?.class !== best.problem.class) continue;
          best = { question, problem };
          again = true;
          isSmaller = true;
          break;
        }
      }
    }
  }
  return best;
}

async function problemOf(question: Question, engine: Engine): Promise<Problem | null> {
  try {
    const { model } = modelOf(question.world);
    // What reads no table is another question.
    if (question.query.metrics.some(name => (model.metrics[name]?.tables ?? []).length === 0)) return null;
    await engine.warehouse.fill(question.world);
    const outcome = await check(model, question, oracleData(question.world), engine);
    return outcome.kind === 'problem' ? outcome : null;
  } catch {
    return null;
  }
}

function* smallerQueries({ world, query }: Question): Iterable<Question> {
  const { metrics, by = [] } = query;
  const asked = (change: Partial<Question['query']>): Question => ({ world, query: { ...query, ...change } });
  if (query.where !== undefined) yield asked({ where: undefined });
  if (query.having !== undefined) yield asked({ having: undefined });
  if (query.complete !== undefined) yield asked({ complete: undefined });
  if (query.order !== undefined) yield asked({ order: undefined });
  if (query.limit !== undefined) yield asked({ limit: undefined });
  if (query.like_for_like !== undefined) yield asked({ like_for_like: undefined });
  if (query.compare !== undefined) yield asked({ compare: undefined, like_for_like: undefined });
  if (query.sparse !== undefined) yield asked({ sparse: undefined });
  if (query.period !== undefined) yield asked({ period: undefined });
  if (metrics.length > 1) for (const name of metrics) yield asked({ metrics: metrics.filter(each => each !== name) });
  for (const name of by) yield asked({ by: by.filter(each => each !== name) });
  for (const having of query.having === undefined ? [] : shorter(query.having)) yield asked({ having });
}

function* fewerRows({ world, query }: Question): Iterable<Question> {
  const tables = Object.entries(world.rows);
  for (const [table, rows] of tables) {
    for (const size of [rows.length, Math.ceil(rows.length / 2), 1]) {
      for (let from = 0; from < rows.length && size > 0; from += size) {
        const left = [...rows.slice(0, from), ...rows.slice(from + size)];
        yield { query, world: { ...world, rows: { ...world.rows, [table]: left } } };
      }
    }
  }
}

/** Cells that are nothing, one after the other; keys stay. */
function* plainerCells({ world, query }: Question): Iterable<Question> {
  for (const [table, rows] of Object.entries(world.rows)) {
    for (const [index, row] of rows.entries()) {
      for (const [column, cell] of Object.entries(row)) {
        if (cell === null) continue;
        for (const plain of [null, '1'].filter(each => each !== cell)) {
          const changed = rows.with(index, { ...row, [column]: plain });
          yield { query, world: { ...world, rows: { ...world.rows, [table]: changed } } };
        }
      }
    }
  }
}

interface Formula {
  readonly formula: string;
  readonly empty?: string;
}

function metricsOf({ world }: Question): readonly (readonly [string, Formula])[] {
  const metrics: Readonly<Record<string, Formula>> = JSON.parse(JSON.stringify(world.definitions.metrics));
  return Object.entries(metrics);
}

function withMetrics({ world, query }: Question, metrics: readonly (readonly [string, Formula])[]): Question {
  return { query, world: { ...world, definitions: { ...world.definitions, metrics: Object.fromEntries(metrics) } } };
}

function* fewerMetrics(question: Question): Iterable<Question> {
  const metrics = metricsOf(question);
  for (const [name] of metrics) {
    if (question.query.metrics.includes(name)) continue;
    yield withMetrics(
      question,
      metrics.filter(([other]) => other !== name),
    );
  }
}

/** Tables without one of their parts, or one of their columns, joins, lifespans. */
function* fewerDefinitions({ world, query }: Question): Iterable<Question> {
  const tables: Definitions = JSON.parse(JSON.stringify(world.definitions.tables));
  const changed = (next: Definitions): Question => ({
    query,
    world: { ...world, definitions: { ...world.definitions, tables: next } },
  });
  for (const [name, parts] of Object.entries(tables)) {
    yield changed(without(tables, name));
    for (const [part, list] of Object.entries(parts)) {
      yield changed({ ...tables, [name]: without(parts, part) });
      if (typeof list === 'string' || Array.isArray(list)) continue;
      for (const item of Object.keys(list))
        yield changed({ ...tables, [name]: { ...parts, [part]: without(list, item) } });
    }
  }
}

type Definitions = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>> | string>>>>;

function without<T>(all: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(all).filter(([each]) => each !== name));
}

function* shorterFormulas(question: Question): Iterable<Question> {
  const metrics = metricsOf(question);
  for (const [index, [name, metric]] of metrics.entries()) {
    const changed = (next: Formula) => withMetrics(question, metrics.with(index, [name, next]));
    if (metric.empty !== undefined) yield changed({ formula: metric.formula });
    for (const formula of shorter(metric.formula)) yield changed({ ...metric, formula });
    for (const [other, { formula }] of metrics) {
      const named = new RegExp(`\\b${other}\\b`);
      if (other !== name && named.test(metric.formula))
        yield changed({ ...metric, formula: metric.formula.replace(named, () => `(${formula})`) });
    }
  }
}

/** A formula with one of its parts in place of what that part stands in, or with a part left out. */
function* shorter(formula: string): Iterable<string> {
  const root = parseFormula(
    formula,
    ([start, end]) => ({ file: '', start, end }),
    () => {},
  );
  const parts = partsOf(root).sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  for (const [start, end] of parts) {
    for (const [from, to] of parts) {
      if (from < start || to > end || to - from >= end - start) continue;
      yield formula.slice(0, start) + formula.slice(from, to) + formula.slice(end);
    }
  }
  for (const match of formula.matchAll(
    / (?:where|having) |, \d+ \w+|(?:every )| (?:across|within) [\w., ]+|, [\w.]+(?=\))/g,
  )) {
    const { index } = match;
    const isCondition = /where|having/.test(match[0]);
    const end = isCondition ? closing(formula, index) : index + match[0].length;
    yield formula.slice(0, index) + formula.slice(end);
  }
}

/** The bracket that closes the call in which a condition stands. */
function closing(formula: string, from: number): number {
  let depth = 0;
  for (let index = from; index < formula.length; index += 1) {
    if (formula[index] === '(') depth += 1;
    if (formula[index] === ')') depth -= 1;
    if (depth < 0) return index;
  }
  return formula.length;
}

type At = readonly [number, number];

/** The places of all expressions inside one, itself among them. */
function partsOf(expression: Expression): At[] {
  const found: At[] = [];
  const visit = (thing: unknown): void => {
    if (typeof thing !== 'object' || thing === null) return;
    if ('kind' in thing && 'at' in thing && Array.isArray(thing.at)) {
      const [start, end] = thing.at;
      if (typeof start === 'number' && typeof end === 'number') found.push([start, end]);
    }
    for (const inner of Object.values(thing)) visit(inner);
  };
  visit(expression);
  return found;
}
