/** Resolve: `Document`s in, the `Model` out, with every finding about names, types, units, joins and time. */
import { type Diagnostic, notBuiltYet } from '../diagnostics/index.ts';
import { type Document, spanOf } from '../document/index.ts';
import type { Model } from '../model.ts';
import { resolveMetrics } from './metrics.ts';
import { resolveSettings } from './settings.ts';
import { resolveTables } from './tables.ts';

export type { BoundCompletion } from './completion.ts';
export { referencesOf } from './metrics.ts';
export {
  type BoundDimension,
  type BoundQuery,
  bindQuery,
  measuresOf,
  type Now,
  type Query,
  querySources,
} from './query.ts';
export { unitText } from './units.ts';

export interface ResolveResult {
  /** What could be resolved; definitions with errors are left out of it. */
  readonly model: Model;
  readonly diagnostics: readonly Diagnostic[];
}

/** `holidays`: the days of the project's holiday file, if it names one. */
export function resolve(documents: readonly Document[], holidays: readonly string[] = []): ResolveResult {
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
  const { scope, tables } = resolveTables(declaredTables, settings, name => metricNames.has(name), report);
  const model: Model = {
    kind: 'model',
    settings,
    tables: tables(),
    metrics: resolveMetrics(
      documents.flatMap(document => document.metrics),
      scope,
    ),
  };
  for (const document of documents) {
    for (const { kind, at } of document.unbuilt)
      report(notBuiltYet(spanOf(document.file, at), { form: `\`${kind}:\` are` }));
  }
  return { model, diagnostics };
}
