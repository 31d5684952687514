/** Resolve: `Document`s in, the `Model` out, with every finding about names, types, units, joins and time. */
import { type Diagnostic, didYouMean, nearest, unknownName } from '../diagnostics/index.ts';
import { type Document, type Freeze, folderOfFiles, spanOf } from '../document/index.ts';
import type { Model } from '../model.ts';
import { resolveAlerts } from './alerts.ts';
import { resolveMetrics } from './metrics.ts';
import { checkRates } from './rates.ts';
import { resolveRoles } from './roles.ts';
import { resolveScorecards } from './scorecards.ts';
import { checkServe } from './serve.ts';
import { resolveSettings } from './settings.ts';
import { resolveTables } from './tables.ts';
import { measuresOf } from './walk.ts';

export { bindQuery } from './bind.ts';
export type { BindResult, BoundColumn, BoundCompletion, BoundQuery } from './bound.ts';
export type { Choice, Choices } from './choices.ts';
export { comparisonNames, comparisonStep } from './compare.ts';
export { aboutMembers, followersOf, keyFollows, type Members, membersBehind } from './completion.ts';
export { tablesOf } from './context.ts';
export { bindDimension } from './dimension.ts';
export { type FormulaContext, type FormulaMark, formulaMarks, type NameTarget } from './marks.ts';
export { isNumber } from './meeting.ts';
export { twice } from './naming.ts';
export { Offer, type OfferedDimension } from './offered.ts';
export { bindOrder } from './order.ts';
export { type Part, type Parts, partsOf } from './parts.ts';
export { isKeptTable, tableAt, tableOfBaseline, tableOfGoal, writtenName } from './paths.ts';
export { placed, type WrittenQuestion } from './placed.ts';
export { type Audience, attributesNeeded, type Benchmark, type Principal, type Sight, sightOf } from './principal.ts';
export {
  itemSpan,
  metricsNamed,
  type Now,
  part,
  type Query,
  querySources,
  type RowsQuery,
  whereText,
  wholeSpan,
} from './query.ts';
export { membersIn } from './roles.ts';
export { behind } from './row.ts';
export { modelScope, type Scope } from './scope.ts';
export { unitText } from './units.ts';
export { hidesNothing, mentions, metricsFor, nothingHidden, visibleModel } from './visible.ts';
export {
  allBehind,
  columnsOf,
  type MetricLookup,
  measuresOf,
  operandsOf,
  pathsOf,
  referencesOf,
  rowOperands,
} from './walk.ts';

/** The tables that metrics read, those among them that only say what follows or what a currency is worth. */
function tablesRead(metrics: Model['metrics'], { rates }: Model['settings']): readonly string[] {
  const read = Object.values(metrics).flatMap(({ tables, expression }) => {
    const followed = measuresOf(expression, () => undefined).flatMap(({ followedBy }) => followedBy?.table ?? []);
    return [...tables, ...followed];
  });
  return rates === null ? read : [...read, rates.table];
}

export interface ResolveResult {
  /** What could be resolved; definitions with errors are left out of it. */
  readonly model: Model;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ResolveOptions {
  /** The days of the project's holiday file, if it names one. */
  readonly holidays?: readonly string[];
  /**
   * Resolve these metrics and what they stand on, and nothing else: enough to answer a question about them, and no
   * verdict on the rest. Without it, everything is resolved.
   */
  readonly wanted?: readonly string[] | undefined;
  /** What has been frozen of baselines, the latest last. */
  readonly freezes?: readonly Freeze[];
  /** Baselines whose frozen values cannot be read. */
  readonly unread?: ReadonlySet<string>;
  /** With `wanted`, the role that asks. */
  readonly role?: string | undefined;
}

export function resolve(
  documents: readonly Document[],
  { holidays = [], wanted, role, freezes = [], unread = new Set() }: ResolveOptions = {},
): ResolveResult {
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  const report = (diagnostic: Diagnostic) => {
    const key = JSON.stringify([diagnostic.code, diagnostic.span, diagnostic.message]);
    if (!seen.has(key)) diagnostics.push(diagnostic);
    seen.add(key);
  };
  const project = documents.find(document => document.project !== null)?.project ?? null;
  const settings = resolveSettings(project, holidays, report);
  const metricNames = new Set(documents.flatMap(document => document.metrics.map(metric => metric.name.text)));
  const declaredTables = documents.flatMap(document => document.tables);
  const resolved = resolveTables(declaredTables, settings, {
    isMetric: name => metricNames.has(name),
    folder: folderOfFiles(project),
    report,
  });
  const { scope, tables } = resolved;
  const declarations = {
    metrics: documents.flatMap(document => document.metrics),
    goals: documents.flatMap(document => document.goals),
    baselines: documents.flatMap(document => document.baselines),
    freezes,
    unread,
  };
  const { metrics, goals, baselines } = resolveMetrics(declarations, resolved, wanted);
  const read = wanted === undefined ? undefined : tablesRead(metrics, settings);
  checkRates(project, scope, report);
  for (const { metric } of project?.tolerances ?? []) {
    if (project === null || metricNames.has(metric.text)) continue;
    const help = didYouMean(nearest(metric.text, metricNames));
    report(unknownName(spanOf(project.file, metric.at), { name: metric.text, kind: 'metric', help }));
  }
  const declaredRoles = documents.flatMap(document => document.roles);
  const askedRoles = wanted === undefined ? declaredRoles : declaredRoles.filter(({ name }) => name.text === role);
  const roles = resolveRoles(askedRoles, declarations, scope);
  if (wanted === undefined)
    checkServe(
      project,
      declaredRoles.map(({ name }) => name.text),
      settings,
      report,
    );
  // A question stands on none of them.
  const judged = wanted === undefined ? documents : [];
  const shown = { scorecards: resolveScorecards(judged, report), alerts: resolveAlerts(judged, report) };
  const model: Model = { kind: 'model', settings, tables: tables(read), metrics, goals, baselines, roles, ...shown };
  return { model, diagnostics };
}
