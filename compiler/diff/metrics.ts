/** Metrics of two sides: whose number may be another, whose name or type is, and what is only written otherwise. */
import { metricText } from '../lineage.ts';
import type { Metric } from '../model.ts';
import { own } from '../record.ts';
import { unitText } from '../resolve/index.ts';
import { type Change, differing, documentation, type Found, found, type Pair } from './change.ts';
import { dimensionNames } from './dimensions.ts';

export function metricChanges(pair: Pair): readonly Found[] {
  const { before, after } = pair;
  const old = declared(before.model.metrics);
  const now = declared(after.model.metrics);
  const gone = old.filter(({ name }) => own(after.model.metrics, name) === undefined);
  const added = now.filter(({ name }) => own(before.model.metrics, name) === undefined);
  const renamed = renames(gone, added, pair);
  const names = new Set(renamed.values());
  return [
    ...old.flatMap(metric => {
      const other = own(after.model.metrics, metric.name);
      return other === undefined
        ? missing(metric, renamed.get(metric.name) ?? null, pair)
        : between(metric, other, pair);
    }),
    ...added.flatMap(({ name, formula }) => {
      return names.has(name) ? [] : [found('new', `metrics.${name}`, 'is new', { after: formula.trim() })];
    }),
  ];
}

/** Those that goals and baselines give are theirs. */
function declared(metrics: Readonly<Record<string, Metric>>): readonly Metric[] {
  return Object.values(metrics).filter(({ name }) => !name.includes('.'));
}

/** New names by old ones: of what means the same, the one whose labels are the same, else the first. */
function renames(
  gone: readonly Metric[],
  added: readonly Metric[],
  { before, after }: Pair,
): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const found = new Map<string, string>();
  for (const metric of gone) {
    if (after.declared.has(`metrics.${metric.name}`)) continue;
    const meaning = before.meaning(metric.name);
    const same = added.filter(({ name }) => !taken.has(name) && after.meaning(name) === meaning);
    const labels = JSON.stringify(metric.label);
    const chosen = same.find(({ label }) => JSON.stringify(label) === labels) ?? same[0];
    if (chosen === undefined) continue;
    taken.add(chosen.name);
    found.set(metric.name, chosen.name);
  }
  return found;
}

function missing({ name, formula }: Metric, renamed: string | null, { after }: Pair): readonly Found[] {
  const subject = `metrics.${name}`;
  if (renamed !== null) return [found('client', subject, `is called \`${renamed}\` now, and means the same`)];
  const isBroken = after.declared.has(subject);
  return [found('client', subject, isBroken ? 'is broken' : 'is gone', { before: formula.trim() })];
}

function between(metric: Metric, other: Metric, pair: Pair): readonly Found[] {
  const { name } = metric;
  const subject = `metrics.${name}`;
  const texts = { before: metricText(metric, pair.before.model), after: metricText(other, pair.after.model) };
  const isSame = pair.before.meaning(name) === pair.after.meaning(name);
  const isWritten = texts.before !== texts.after;
  const raised = versions(metric, other);
  return [
    ...(isSame
      ? isWritten
        ? [found('equal', subject, 'is written otherwise, and means the same', texts)]
        : []
      : [
          found('value', subject, `means something else, ${raised}`, {
            ...texts,
            through: causes(name, pair),
          }),
        ]),
    ...client(metric, other, pair),
    ...documentation(subject, metric, other, documents),
    ...(isSame && metric.version !== other.version ? [found('doc', subject, `is ${raised}, and means the same`)] : []),
  ];
}

const documents = [
  ...(['label', 'description', 'owner', 'format', 'good', 'status', 'replacedBy', 'ends'] as const),
  ...(['balanceWith', 'lens', 'covers', 'tags'] as const),
];

function versions({ version: from }: Metric, { version: to }: Metric): string {
  return from === to ? `under the same version ${to}` : `at version ${to} instead of ${from}`;
}

/** What of that which a metric stands on says something else, metrics only where they mean something else. */
function causes(name: string, { before, after }: Pair): Change['through'] {
  return differing(before.lineage(name), after.lineage(name)).filter(path => {
    if (path === `metrics.${name}`) return false;
    const [kind = '', other = ''] = path.split('.');
    return kind !== 'metrics' || before.meaning(other) !== after.meaning(other);
  });
}

/** What the generated client says of a metric. */
function client(metric: Metric, other: Metric, { before, after }: Pair): readonly Found[] {
  const subject = `metrics.${metric.name}`;
  const types = [metric.type, other.type];
  const units = [metric, other].map(each => (each.isPercent ? 'percent' : unitText(each.unit)));
  const [nullable, nullableNow] = [metric, other].map(isNullable);
  const values = (metric.values ?? []).filter(value => other.values !== null && !other.values.includes(value));
  const changed = (what: string, [from = '', to = '']: readonly string[]) =>
    from === to ? [] : [found('client', subject, `has another ${what}`, { before: from, after: to })];
  const isRebuilt = metric.tables.join() !== other.tables.join();
  const lost = isRebuilt ? lostDimensions(metric, other, { before, after }) : [];
  return [
    ...changed('type', types),
    ...changed('unit', units),
    ...(nullable === nullableNow
      ? []
      : [found('client', subject, nullableNow === true ? 'may be nothing now' : 'is never nothing now')]),
    ...(values.length === 0 ? [] : [found('client', subject, `is never ${values.join(', ')} any more`)]),
    ...(lost.length === 0 ? [] : [found('client', subject, `cannot be asked by ${listed(lost)} any more`)]),
  ];
}

function isNullable({ empty, expression }: Metric): boolean {
  if (empty !== null) return empty === 'null';
  return !(expression.kind === 'measure' && ['count', 'count_distinct', 'sum'].includes(expression.aggregate));
}

function lostDimensions(metric: Metric, other: Metric, { before, after }: Pick<Pair, 'before' | 'after'>) {
  const now = dimensionNames(other.tables, after.model);
  return [...dimensionNames(metric.tables, before.model)].filter(name => !now.has(name));
}

export function listed(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).map(name => `\`${name}\``);
  return `${shown.join(', ')}${names.length > most ? ` and ${names.length - most} more` : ''}`;
}
