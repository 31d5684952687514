/** The tests of a project: checked, and run one after the other on rows in memory. No warehouse is opened. */
import {
  type CheckedTest,
  checkTests,
  type Diagnostic,
  dialectNamed,
  type Expectation,
  type GivenTable,
  givenColumns,
  type Model,
  metricsNamed,
  own,
} from '../compiler/index.ts';
import type { Answer } from './answer.ts';
import { agrees, type Comparison, compareAnswer } from './comparison.ts';
import type { GivenEngine } from './engines/duckdb/index.ts';
import { isSound, type Project, projectFor, type SoundlyRead } from './project.ts';
import { projectHash, runCompiled } from './run.ts';

export type Outcome =
  | { readonly kind: 'passed' }
  /** Other rows than the expected ones; `isOrder` where only their order is another one. */
  | {
      readonly kind: 'differs';
      readonly comparison: Comparison;
      readonly isOrder: boolean;
      readonly answer: Answer;
    }
  /** Refused, where rows or another refusal were expected; or not asked at all, since the test itself is not right. */
  | { readonly kind: 'refused'; readonly expected: string | null; readonly diagnostics: readonly Diagnostic[] }
  /** Answered, where a refusal was expected. */
  | { readonly kind: 'answered'; readonly expected: string; readonly answer: Answer };

export interface TestResult {
  readonly test: CheckedTest;
  readonly outcome: Outcome;
  readonly milliseconds: number;
}

/** The engine that tests run on, whatever the project's warehouse is. */
function testDialect() {
  const dialect = dialectNamed('duckdb');
  if (dialect === null) throw new Error('no dialect for DuckDB');
  return dialect;
}

/**
 * The tests that a project declares, checked. Where something else of it is broken their questions are not looked at, since
 * what is wrong with them would follow from that.
 */
export function testsOf(project: Project): readonly CheckedTest[] {
  if (project.model === null) return [];
  return checkTests(project.documents, project.model, isSound(project) ? testDialect() : null);
}

/** In-memory tables for any number of tests; loaded late, since its driver is large. */
export async function openTestEngine(): Promise<GivenEngine> {
  const { openGiven } = await import('./engines/duckdb/index.ts');
  return openGiven(testDialect());
}

/** The tests of these names, run in the order in which they stand; stops where `signal` says. */
export async function* runTests(
  project: SoundlyRead,
  tests: readonly CheckedTest[],
  engine: GivenEngine,
  signal: AbortSignal,
): AsyncGenerator<TestResult> {
  const hash = projectHash(project);
  for (const test of tests) {
    if (signal.aborted) return;
    const began = performance.now();
    const asked = isSound(project) ? { test, model: project.model, refusal: null } : askedAlone(project, test);
    const outcome = await outcomeOf(asked, engine, hash, signal);
    if (signal.aborted) return;
    yield { test: asked.test, outcome, milliseconds: performance.now() - began };
  }
}

interface Asked {
  readonly test: CheckedTest;
  readonly model: Model;
  /** Why the question is refused, where that lies in the definitions that it stands on. */
  readonly refusal: readonly Diagnostic[] | null;
}

/** A test of a project that is broken somewhere: asked of what its question stands on alone, as any question is. */
function askedAlone(project: SoundlyRead, test: CheckedTest): Asked {
  const alone = projectFor(project, test.query === null ? [] : metricsNamed(test.query), test.query?.as);
  if (!isSound(alone)) return { test, model: project.model, refusal: errorsOf(alone.diagnostics) };
  const same = ({ name, at }: CheckedTest) =>
    name === test.name && at.file === test.at.file && at.start === test.at.start;
  const again = checkTests(alone.documents, alone.model, testDialect()).find(same) ?? test;
  return {
    test: { ...again, diagnostics: [...test.diagnostics, ...again.diagnostics] },
    model: alone.model,
    refusal: null,
  };
}

async function outcomeOf(
  { test, model, refusal }: Asked,
  engine: GivenEngine,
  hash: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const { compiled, expectation } = test;
  const wrong = errorsOf(test.diagnostics);
  if (expectation === null || wrong.length > 0) return { kind: 'refused', expected: null, diagnostics: wrong };
  if (refusal !== null) return refused(expectation, refusal);
  if (compiled === null) return refused(expectation, []);
  if (compiled.statement !== null) await engine.give(tablesFor(test, compiled.statement.reads, model));
  const { answer, diagnostics } = await runCompiled(model, engine, compiled, hash, { signal });
  return answer === null ? refused(expectation, errorsOf(diagnostics)) : answered(expectation, answer);
}

function refused(expectation: Expectation, diagnostics: readonly Diagnostic[]): Outcome {
  if (expectation.kind === 'rows') return { kind: 'refused', expected: null, diagnostics };
  const isExpected = diagnostics.some(({ code }) => expectation.codes.includes(code));
  return isExpected ? { kind: 'passed' } : { kind: 'refused', expected: expectation.code, diagnostics };
}

function answered(expectation: Expectation, answer: Answer): Outcome {
  if (expectation.kind === 'refusal') return { kind: 'answered', expected: expectation.code, answer };
  const comparison = compareAnswer(answer, expectation.rows, expectation.order);
  if (agrees(comparison)) return { kind: 'passed' };
  const isOrder = expectation.order === 'asked' && agrees(compareAnswer(answer, expectation.rows, 'any'));
  return { kind: 'differs', comparison, isOrder, answer };
}

/** The tables that a question reads: with their given rows, or empty. */
function tablesFor(
  { given }: CheckedTest,
  reads: readonly { readonly table: string }[],
  model: Model,
): readonly GivenTable[] {
  return reads.flatMap(({ table: name }) => {
    const table = own(model.tables, name);
    if (table === undefined) return [];
    return given.find(each => each.name === name) ?? { name, columns: givenColumns(table), rows: [] };
  });
}

function errorsOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(diagnostic => diagnostic.severity === 'error');
}
