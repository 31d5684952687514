/**
 * The compiler's face: text in, values out. No file is read here, no clock, no environment; what a user got wrong comes
 * back as diagnostics, and only bugs throw.
 *
 *     Source -> Document -> Model -> Plan -> Statement
 */
import type { ClientOptions, GeneratedFile } from './client/index.ts';
import { type Diagnostic, dialectLacks, unreadFile } from './diagnostics/index.ts';
import { type Change, changesBetween, type Side } from './diff/index.ts';
import type { Document } from './document/index.ts';
import type { Digest } from './meaning.ts';
import type { Alert, Model } from './model.ts';
import { clockFor, type Plan, type PlanWays, planBehind, planQuery, type Strategy, verifyPlan } from './plan/index.ts';
import { own } from './record.ts';
import { type BindResult, bindQuery, type Now, placed, type Query, type RowsQuery } from './resolve/index.ts';
import { type Asker, type Attempts, bindAlert, judgeScorecards, writtenAlert } from './scorecard/index.ts';
import { type Dialect, Lack, render, type Statement } from './sql/index.ts';
import { type CheckedTest, givenModel, readTests } from './tests/index.ts';

export * from './calendar/index.ts';
export * from './change/index.ts';
export type { ClientOptions, GeneratedFile } from './client/index.ts';
export * from './diagnostics/index.ts';
export {
  breaking,
  type Change,
  type Effect,
  effects,
  isZeroWhereEmpty,
  type Side,
  sideOf,
} from './diff/index.ts';
export {
  type BaselineDeclaration,
  checkShape,
  type Document,
  type Freeze,
  type FrozenValue,
  filesFolder,
  freezeText,
  type KeyKind,
  type Labels,
  type MetricDeclaration,
  type ProfileDeclaration,
  type ProjectDeclaration,
  type RequestResult,
  readDocument,
  readFreezes,
  readRequest,
  readScorecardRequest,
  readYaml,
  requestSource,
  type ServeDeclaration,
  type ServeLimit,
  spanOf,
  type TokensDeclaration,
  withDigest,
} from './document/index.ts';
export { type Expression, parseFormula, printFormula } from './formula/index.ts';
export { type Declared, type FreezeQuestion, freezeQuestion } from './freeze.ts';
export { type Definition, type Lineage, lineageOf } from './lineage.ts';
export * from './lock/index.ts';
export { columnMeanings, type Digest, meaningsOf } from './meaning.ts';
export type * from './model.ts';
export { goalParts } from './model.ts';
export {
  type Check,
  checksOf,
  type Fault,
  type OutputColumn,
  type Plan,
  planCheck,
  planQuery,
  planSamples,
  printPlan,
  type Strategy,
} from './plan/index.ts';
export { type Counts, faultFinding, faultsOf, keylessFinding, mayBeShown, type Sample } from './probe.ts';
export { grouped, own } from './record.ts';
export {
  attributesNeeded,
  type BoundQuery,
  bindQuery,
  type Choice,
  type Choices,
  type FormulaContext,
  type FormulaMark,
  formulaMarks,
  hidesNothing,
  isKeptTable,
  measuresOf,
  mentions,
  metricsFor,
  metricsNamed,
  type NameTarget,
  type Now,
  nothingHidden,
  Offer,
  type OfferedDimension,
  placed,
  type Query,
  querySources,
  type RowsQuery,
  referencesOf,
  resolve,
  unitText,
  visibleModel,
  whereText,
} from './resolve/index.ts';
export { type Allowed, allow, judgeRules } from './rules/index.ts';
export {
  type Asked,
  type Asker,
  alertQuery,
  comparesWithOthers,
  distinct,
  firesColumn,
  type ItemQuestions,
  joined,
  mostGroups,
  placeholder,
  questionsOf,
  together,
} from './scorecard/index.ts';
export { frame, type Position, positionAt, printable, type Source, type Span } from './source.ts';
export { type Dialect, dialectNamed, dialectNames, render, type SqlParameter, type Statement } from './sql/index.ts';
export {
  type CellValue,
  type CheckedTest,
  type Expectation,
  type ExpectedRow,
  type GivenColumn,
  type GivenTable,
  givenColumns,
} from './tests/index.ts';
export {
  type ColumnName,
  columnsRead,
  type DefinitionKind,
  type DefinitionName,
  definitionBehind,
  definitionKey,
  definitionKinds,
  ownMeasures,
  type Uses,
  usesIn,
} from './uses.ts';

/** The files of a typed client. What writes them is loaded when it is asked for. */
export async function generateClient(model: Model, options: ClientOptions): Promise<readonly GeneratedFile[]> {
  const { clientFiles } = await import('./client/index.ts');
  return clientFiles(model, options);
}

export interface PlannedQuery {
  readonly plan: Plan | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** A question to a model, planned. `now` is when it is asked; the compiler itself has no clock. */
export function plan(model: Model, query: Query, now: Now, strategy: Strategy = 'optimised'): PlannedQuery {
  return planBound(model, bindQuery(model, query, now), strategy);
}

function planBound(model: Model, bound: BindResult, strategy: Strategy, ways: Partial<PlanWays> = {}): PlannedQuery {
  if (bound.query === null) return { plan: null, diagnostics: bound.diagnostics };
  const planned = planQuery(model, bound.query, strategy, ways);
  if (planned.plan !== null) verifyPlan(planned.plan, bound.query, model);
  return { plan: planned.plan, diagnostics: [...bound.diagnostics, ...planned.diagnostics] };
}

/** What an alert asks, planned: see `firesColumn` for its answer. */
export function planAlert(model: Model, alert: Alert, asker: Asker, now: Now): PlannedQuery {
  const { plan, diagnostics } = planBound(model, bindAlert(alert, asker, model, now), 'optimised');
  const written = writtenAlert(alert);
  return { plan, diagnostics: diagnostics.map(diagnostic => placed(diagnostic, written)) };
}

/** What is wrong with the scorecards and alerts of a model that is right in everything else. */
export function checkScorecards(model: Model): readonly Diagnostic[] {
  return judgeScorecards(model, attemptsOn(model));
}

function attemptsOn(model: Model): Attempts {
  const ways = { clock: clockFor(model), until: 'refusals' } as const;
  return {
    question: (query, now) => planBound(model, bindQuery(model, query, now), 'optimised', ways).diagnostics,
    alert: (alert, asker, now) => {
      const { diagnostics } = planBound(model, bindAlert(alert, asker, model, now), 'optimised', ways);
      const written = writtenAlert(alert);
      return diagnostics.map(diagnostic => placed(diagnostic, written));
    },
  };
}

/** What the second of two models changes, see `compiler/diff`. */
export function diff(before: Side, after: Side, digest: Digest): readonly Change[] {
  return changesBetween(before, after, digest, ({ model }) => attemptsOn(model));
}

/** The rows behind a metric, planned: `query.metrics` names it alone. */
export function planRows(model: Model, query: RowsQuery, now: Now): PlannedQuery {
  const { table = null, order = [] } = query;
  const bound = bindQuery(model, { ...query, order: undefined }, now);
  const [metric] = bound.query?.metrics ?? [];
  if (bound.query === null || metric === undefined) return { plan: null, diagnostics: bound.diagnostics };
  const planned = planBehind(model, bound.query, metric, { table, order });
  if (planned.plan !== null) verifyPlan(planned.plan, bound.query, model);
  return { plan: planned.plan, diagnostics: [...bound.diagnostics, ...planned.diagnostics] };
}

export interface Compiled {
  readonly statement: Statement | null;
  readonly plan: Plan | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** A question to a model as SQL. */
export function compile(model: Model, query: Query, now: Now, dialect: Dialect): Compiled {
  return write(plan(model, query, now), model, dialect);
}

/** What was planned, as SQL; what the dialect cannot say is refused, and so are tables that its engine cannot read. */
export function write({ plan: planned, diagnostics }: PlannedQuery, model: Model, dialect: Dialect): Compiled {
  const refused = (...findings: readonly Diagnostic[]) => ({
    plan: planned,
    statement: null,
    diagnostics: [...diagnostics, ...findings],
  });
  if (planned === null) return refused();
  const files = dialect.readsFiles ? [] : filesRead(planned, model, dialect);
  if (files.length > 0) return refused(...files);
  try {
    return { plan: planned, statement: render(planned, dialect), diagnostics };
  } catch (error) {
    if (!(error instanceof Lack)) throw error;
    return refused(dialectLacks(null, { engine: dialect.title, what: error.what, help: error.help }));
  }
}

function filesRead({ reads }: Plan, model: Model, dialect: Dialect): readonly Diagnostic[] {
  return reads.flatMap(({ table: name }) => {
    const table = own(model.tables, name);
    if (table?.source.kind !== 'file') return [];
    return [
      unreadFile(
        table.at,
        { engine: dialect.title, file: table.source.path, table: name },
        { path: `tables.${name}.from` },
      ),
    ];
  });
}

/**
 * The tests of a project, checked and compiled for an engine that is given their rows. Without a dialect their questions
 * are not asked: where definitions are broken, that would tell again what has been told.
 */
export function checkTests(
  documents: readonly Document[],
  model: Model,
  dialect: Dialect | null,
): readonly CheckedTest[] {
  const given = givenModel(model);
  const clock = clockFor(given);
  const planned = (query: Query, now: Now) => planBound(given, bindQuery(given, query, now), 'optimised', { clock });
  return readTests(documents, model, dialect && ((query, now) => write(planned(query, now), given, dialect)));
}
