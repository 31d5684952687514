/**
 * Tests of a project: their declarations and the model in, each checked and compiled out. Nothing is run here: an engine is
 * given the rows and asked the statement, and whoever runs it compares.
 */
import { clockOf, dayOf, parseDay, readPeriod } from '../calendar/index.ts';
import {
  catalogue,
  type Diagnostic,
  dayNeeded,
  didYouMean,
  nearest,
  noSuchDate,
  oneExpectation,
  type Report,
  unaskedColumn,
  unknownName,
} from '../diagnostics/index.ts';
import { type Document, type Labels, type RowDeclaration, spanOf, type TestDeclaration } from '../document/index.ts';
import type { Model, Settings } from '../model.ts';
import type { OutputColumn, Plan } from '../plan/index.ts';
import { type Now, placed, type Query, twice } from '../resolve/index.ts';
import type { Span } from '../source.ts';
import type { Statement } from '../sql/index.ts';
import { type GivenTable, readGivenTables, reportMisfit } from './given.ts';
import { questionOf, writtenQuestion } from './question.ts';
import { type CellValue, readExpected } from './value.ts';

export { type GivenColumn, type GivenTable, givenColumns, givenModel } from './given.ts';
export type { CellValue } from './value.ts';

/** A row of the expected answer: the columns that it names. */
export interface ExpectedRow {
  readonly cells: Readonly<Record<string, CellValue>>;
  readonly at: Span;
}

export type Expectation =
  | { readonly kind: 'rows'; readonly rows: readonly ExpectedRow[]; readonly order: 'asked' | 'any' }
  /** `codes` are the diagnostics that `code` names, itself or by their alias. */
  | { readonly kind: 'refusal'; readonly code: string; readonly codes: readonly string[] };

export interface CheckedTest {
  readonly name: string;
  readonly description: Labels | null;
  /** The place of its name. */
  readonly at: Span;
  readonly given: readonly GivenTable[];
  /** Null where the declaration has none, which has been reported. */
  readonly query: Query | null;
  /** `YYYY-MM-DD`; null where the test does not say. */
  readonly asOf: string | null;
  readonly expectation: Expectation | null;
  /** What the question comes to: null where it was not asked. */
  readonly compiled: CompiledQuestion | null;
  /** What is wrong with the test itself. That a question is refused is wrong only where rows are expected. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface CompiledQuestion {
  readonly plan: Plan | null;
  readonly statement: Statement | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles a question; null where definitions are broken, and what follows from that is not to be told again. */
export type Ask = ((query: Query, now: Now) => CompiledQuestion) | null;

export function readTests(documents: readonly Document[], model: Model, ask: Ask): readonly CheckedTest[] {
  const tables = new Map(documents.flatMap(({ tables }) => tables.map(table => [table.name.text, table] as const)));
  const first = new Map<string, TestDeclaration>();
  return documents.flatMap(document =>
    document.tests.map(test => {
      const diagnostics: Diagnostic[] = [];
      const report: Report = diagnostic => {
        diagnostics.push({ ...diagnostic, path: diagnostic.path ?? `tests.${test.name.text}` });
      };
      const at = spanOf(test.file, test.name.at);
      const earlier = first.get(test.name.text);
      if (earlier === undefined) first.set(test.name.text, test);
      else report(twice('test', test.name.text, at, spanOf(earlier.file, earlier.name.at)));
      const given = readGivenTables(test, model, tables, report);
      const now = nowOf(test, report);
      const expectation = expectationOf(test, report);
      const query = test.question === null ? null : questionOf(test.question);
      const common = { name: test.name.text, description: test.description, at, given, query };
      const asOf = test.asOf?.text ?? null;
      if (query === null || ask === null)
        return { ...common, asOf, expectation: withoutTypes(expectation), compiled: null, diagnostics };
      const compiled = placedIn(ask(query, now), test, at);
      if (expectation?.kind === 'rows') {
        compiled.diagnostics.filter(diagnostic => diagnostic.severity === 'error').forEach(report);
        if (compiled.statement !== null && test.asOf === null)
          checkDay(test, query, compiled, ask, model.settings, report);
      }
      const typed = typedExpectation(test, expectation, compiled.plan?.columns ?? null, model, report);
      return { ...common, asOf, expectation: typed, compiled, diagnostics };
    }),
  );
}

/** Tests without a day are asked on one so late that all their periods are over, whenever they are run. */
const late: Now = { day: dayOf(5000, 1, 1), hour: 23 };
const later: Now = { day: dayOf(5203, 8, 17), hour: 23 };

function nowOf({ asOf, file }: TestDeclaration, report: Report): Now {
  if (asOf === null) return late;
  const day = parseDay(asOf.text);
  if (day !== null) return { day, hour: 23 };
  if (/^\d{4}-\d{2}-\d{2}$/.test(asOf.text)) report(noSuchDate(spanOf(file, asOf.at), { text: asOf.text }));
  return late;
}

/** A question that comes to other SQL on another day needs to be told the day. */
function checkDay(
  { question, file, name }: TestDeclaration,
  query: Query,
  { statement }: CompiledQuestion,
  ask: NonNullable<Ask>,
  { calendar }: Settings,
  report: Report,
): void {
  if (sqlText(statement) === sqlText(ask(query, later).statement)) return;
  const period = question?.period ?? null;
  const days = (now: Now) => JSON.stringify(readPeriod(period?.text ?? 'all', now.day, calendar));
  if (period !== null && days(late) !== days(later)) {
    report(dayNeeded(spanOf(file, period.at), { what: `the period \`${period.text}\`` }));
    return;
  }
  const alone = (metric: string): Query => ({ ...query, metrics: [metric], having: undefined, order: undefined });
  const depends = (asked: Query) => sqlText(ask(asked, late).statement) !== sqlText(ask(asked, later).statement);
  const metric = question?.metrics.find(each => depends(alone(each.text.trim())));
  const what = metric === undefined ? 'the answer' : `\`${metric.text}\``;
  report(dayNeeded(spanOf(file, (metric ?? name).at), { what }));
}

function sqlText(statement: Statement | null): string {
  return JSON.stringify([statement?.sql, statement?.parameters]);
}

type Declared =
  | { readonly kind: 'rows'; readonly rows: readonly RowDeclaration[]; readonly order: 'asked' | 'any' }
  | Extract<Expectation, { kind: 'refusal' }>;

const testKeys: ReadonlySet<string> = new Set([
  ...['description', 'given', 'as_of', 'query', 'expect', 'expect_error'],
]);

function expectationOf(test: TestDeclaration, report: Report): Declared | null {
  const { expect, expectError, file, keys, question } = test;
  if (expect !== null && expectError !== null) {
    const last = keys.findLast(key => key.text === 'expect' || key.text === 'expect_error') ?? test.name;
    report(oneExpectation(spanOf(file, last.at), { found: 'both' }));
    return null;
  }
  if (expect !== null) return { kind: 'rows', rows: expect, order: question?.order == null ? 'any' : 'asked' };
  if (expectError === null) {
    const isMisspelt = keys.some(key => !testKeys.has(key.text) || key.text === 'expect_error');
    if (!isMisspelt) report(oneExpectation(spanOf(file, test.name.at), { found: 'none' }));
    return null;
  }
  const code = expectError.text.trim();
  const codes = catalogue.filter(entry => entry.code === code || entry.alias === code).map(entry => entry.code);
  if (codes.length > 0) return { kind: 'refusal', code, codes };
  const names = catalogue.flatMap(entry => (entry.alias === null ? [entry.code] : [entry.code, entry.alias]));
  const help = didYouMean(nearest(code, names)) ?? 'codes are listed in docs/diagnostics';
  report(unknownName(spanOf(file, expectError.at), { name: code, kind: 'diagnostic', help }));
  return null;
}

function withoutTypes(expectation: Declared | null): Expectation | null {
  return expectation?.kind === 'rows' ? { ...expectation, rows: [] } : expectation;
}

/** The expected rows as values of the answer's columns. */
function typedExpectation(
  { file, question }: TestDeclaration,
  expectation: Declared | null,
  columns: readonly OutputColumn[] | null,
  model: Model,
  report: Report,
): Expectation | null {
  if (expectation === null || expectation.kind === 'refusal') return expectation;
  const clock = clockOf(model.settings.timeZone);
  const names = columns?.map(column => column.name) ?? askedNames(question);
  const rows = expectation.rows.map(row => {
    const cells = row.cells.flatMap(cell => {
      const name = cell.column.text;
      if (names?.includes(name) === false) {
        const help = didYouMean(nearest(name, names)) ?? `its columns are ${names.join(', ')}`;
        report(unaskedColumn(spanOf(file, cell.column.at), { name, help }));
        return [];
      }
      const type = columns?.find(column => column.name === name)?.type;
      if (type === undefined) return [];
      const reading = readExpected(cell, type, clock);
      if (reading.kind === 'value') return [[name, reading.value] as const];
      reportMisfit(cell, reading, file, report);
      return [];
    });
    return { cells: Object.fromEntries(cells), at: spanOf(file, row.at) };
  });
  return { kind: 'rows', rows, order: expectation.order };
}

/** The columns of an answer that could not be planned; null where it would have others than those that are named. */
function askedNames(question: TestDeclaration['question']): readonly string[] | null {
  if (question?.compare != null) return null;
  return [...(question?.by ?? []), ...(question?.metrics ?? [])].map(word => word.text.trim());
}

function placedIn(compiled: CompiledQuestion, test: TestDeclaration, at: Span): CompiledQuestion {
  const question = writtenQuestion(test, at);
  return { ...compiled, diagnostics: compiled.diagnostics.map(diagnostic => placed(diagnostic, question)) };
}
