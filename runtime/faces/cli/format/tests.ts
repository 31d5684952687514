/** Results of tests for people, as one line each, and as JSON. */
import { type Diagnostic, positionAt, type Source } from '../../../../compiler/index.ts';
import type { Answer, Outcome, TestResult } from '../../../index.ts';
import { plainFindings } from '../../data/finding.ts';
import type { Paint } from '../terminal.ts';
import { differenceSummary, differenceTable } from './difference.ts';
import { prettyFinding } from './pretty.ts';

/** What the results of one run are shown with. */
export interface Shown {
  readonly sources: readonly Source[];
  readonly paint: Paint;
  /** The command that prints the SQL of a test's question. */
  readonly command: (result: TestResult) => string | null;
}

/** A line for a test that passes; for another one what is wrong with it, and where it stands. */
export function prettyResult(result: TestResult, { sources, paint, command }: Shown): string {
  const { test, outcome } = result;
  if (outcome.kind === 'passed') return `${paint('green', '✓')} ${test.name}\n`;
  const lines = [`${paint('red', '✗')} ${paint('bold', test.name)}: ${reason(outcome)}`];
  lines.push(`  ${paint('blue', '-->')} ${placeOf(result, sources)}`);
  const description = test.description?.en ?? Object.values(test.description ?? {})[0];
  if (description !== undefined) lines.push(`  ${paint('dim', description.trim())}`);
  if (outcome.kind === 'differs') lines.push('', differenceTable(outcome.comparison, paint), '');
  if (outcome.kind === 'answered') lines.push('', differenceTable(foundAlone(outcome.answer), paint), '');
  if (outcome.kind === 'refused')
    for (const diagnostic of outcome.diagnostics) lines.push('', prettyFinding(diagnostic, sources, paint));
  const sql = outcome.kind === 'refused' ? null : command(result);
  if (sql !== null) lines.push(`  ${paint('cyan', '= sql:')} ${sql}`);
  return `${lines.join('\n')}\n\n`;
}

export function conciseResult(result: TestResult, sources: readonly Source[]): string {
  const { test, outcome } = result;
  if (outcome.kind === 'passed') return '';
  const codes = outcome.kind === 'refused' ? outcome.diagnostics.map(({ message }) => `: ${message}`).slice(0, 1) : [];
  return `${placeOf(result, sources)}: failed[${test.name}]: ${reason(outcome)}${codes.join('')}\n`;
}

/** In words, why a test does not pass. */
export function reason(outcome: Exclude<Outcome, { kind: 'passed' }>): string {
  switch (outcome.kind) {
    case 'differs':
      return outcome.isOrder ? 'the rows agree, in another order' : differenceSummary(outcome.comparison);
    case 'answered':
      return `${outcome.expected} was expected, and the question is answered`;
    case 'refused': {
      const codes = [...new Set(outcome.diagnostics.map(({ code }) => code))].join(', ');
      if (outcome.expected === null) return codes === '' ? 'it could not be asked' : `refused with ${codes}`;
      return `${outcome.expected} was expected, and the question is refused with ${codes}`;
    }
  }
}

export function placeOf({ test }: TestResult, sources: readonly Source[]): string {
  const { line, column } = positionOf(test.at, sources);
  return `${test.at.file}:${line}:${column}`;
}

export function positionOf(at: TestResult['test']['at'], sources: readonly Source[]) {
  const source = sources.find(each => each.path === at.file);
  return positionAt(source?.text ?? '', at.start);
}

function foundAlone({ columns, rows }: Answer) {
  return { columns, rows: rows.map(found => ({ kind: 'extra', expected: null, found, differing: [] }) as const) };
}

/** `3 tests passed`, `2 passed, 1 failed`. */
export function totals(results: readonly TestResult[]): string {
  const failed = results.filter(({ outcome }) => outcome.kind !== 'passed').length;
  const passed = results.length - failed;
  return failed === 0 ? `${passed} test${passed === 1 ? '' : 's'} passed` : `${passed} passed, ${failed} failed`;
}

/** `diagnostics` are those of definitions that keep every test from being run. */
export function jsonResults(
  results: readonly TestResult[],
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
): string {
  const tests = results.map(result => {
    const { test, outcome, milliseconds } = result;
    const common = {
      name: test.name,
      file: test.at.file,
      ...positionOf(test.at, sources),
      status: outcome.kind === 'passed' ? 'passed' : 'failed',
      ms: Math.round(milliseconds * 10) / 10,
    };
    if (outcome.kind === 'passed') return common;
    return { ...common, message: reason(outcome), ...detailsOf(outcome, sources) };
  });
  const failed = tests.filter(({ status }) => status === 'failed').length;
  const summary = { tests: tests.length, passed: tests.length - failed, failed };
  return `${JSON.stringify({ tests, diagnostics: plainFindings(diagnostics, sources), summary }, null, 2)}\n`;
}

function detailsOf(outcome: Exclude<Outcome, { kind: 'passed' }>, sources: readonly Source[]) {
  switch (outcome.kind) {
    case 'refused':
      return { diagnostics: plainFindings(outcome.diagnostics, sources) };
    case 'answered':
      return { found: objects(outcome.answer) };
    case 'differs':
      return { rows: comparedRows(outcome), found: objects(outcome.answer) };
  }
}

function comparedRows({ comparison: { columns, rows } }: Extract<Outcome, { kind: 'differs' }>) {
  const named = (cells: readonly unknown[] | null) =>
    cells === null
      ? null
      : Object.fromEntries(
          columns.flatMap(({ name }, index) => (cells[index] === undefined ? [] : [[name, cells[index]]])),
        );
  return rows
    .filter(row => row.kind !== 'agrees')
    .map(({ kind, expected, found, differing }) => ({
      kind,
      expected: named(expected),
      found: named(found),
      differing: differing.map(index => columns[index]?.name),
    }));
}

function objects({ columns, rows }: Answer) {
  return rows.map(row => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
}
