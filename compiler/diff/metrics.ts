/** Metrics of two sides: whose number may be another, whose name or type is, and what is only written otherwise. */
import { metricText } from '../lineage.ts';
import { neverMissing } from '../missing.ts';
import type { Metric } from '../model.ts';
import { own } from '../record.ts';
import { unitText } from '../resolve/index.ts';
import {
  type Change,
  differing,
  documentation,
  type Found,
  found,
  inNewNames,
  type Pair,
  type Reading,
} from './change.ts';

export function metricChanges(pair: Pair): readonly Found[] {
  const { before, after, renamed } = pair;
  const names = new Set(renamed.metrics.values());
  return [
    ...declared(before.model.metrics).flatMap(metric => {
      const other = own(after.model.metrics, metric.name);
      return other === undefined ? missing(metric, pair) : between(metric, other, pair);
    }),
    ...declared(after.model.metrics).flatMap(({ name, formula }) => {
      const isNew = own(before.model.metrics, name) === undefined && !names.has(name);
      return isNew ? [found('new', `metrics.${name}`, 'is new', { after: formula.trim() })] : [];
    }),
  ];
}

/** Those that goals and baselines give are theirs. */
function declared(metrics: Readonly<Record<string, Metric>>): readonly Metric[] {
  return Object.values(metrics).filter(({ name }) => !name.includes('.'));
}

/** Of what means the same the one whose label is the same, else the first. */
export function renamedMetrics(before: Reading, after: Reading): ReadonlyMap<string, string> {
  const added = declared(after.model.metrics).filter(({ name }) => own(before.model.metrics, name) === undefined);
  const taken = new Set<string>();
  const renamed = new Map<string, string>();
  for (const { name, label } of declared(before.model.metrics)) {
    if (own(after.model.metrics, name) !== undefined || after.declared.has(`metrics.${name}`)) continue;
    const meaning = before.meaning(name);
    const same = added.filter(each => !taken.has(each.name) && after.meaning(each.name) === meaning);
    const labels = JSON.stringify(label);
    const chosen = same.find(each => JSON.stringify(each.label) === labels) ?? same[0];
    if (chosen === undefined) continue;
    taken.add(chosen.name);
    renamed.set(name, chosen.name);
  }
  return renamed;
}

function missing({ name, formula }: Metric, { after, renamed }: Pair): readonly Found[] {
  const subject = `metrics.${name}`;
  const other = renamed.metrics.get(name);
  if (other !== undefined) return [found('client', subject, `is called \`${other}\` now, and means the same`)];
  const isBroken = after.declared.has(subject);
  return [found('client', subject, isBroken ? 'is broken' : 'is gone', { before: formula.trim() })];
}

function between(metric: Metric, other: Metric, pair: Pair): readonly Found[] {
  const { name } = metric;
  const subject = `metrics.${name}`;
  const isSame = pair.before.meaning(name) === pair.after.meaning(name);
  const others = [...client(metric, other, pair), ...documentation(subject, metric, other, documents)];
  const isUntouched = isSame && metric.formula === other.formula && metric.version === other.version;
  if (isUntouched) return others;
  const texts = { before: metricText(metric, pair.before.model), after: metricText(other, pair.after.model) };
  const isWritten = inNewNames(texts.before, pair.renamed) !== texts.after;
  const raised = versions(metric, other);
  return [
    ...(isSame
      ? []
      : [found('value', subject, `means something else, ${raised}`, { ...texts, through: causes(name, pair) })]),
    ...(isSame && isWritten ? [found('equal', subject, 'is written otherwise, and means the same', texts)] : []),
    ...others,
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
function client(metric: Metric, other: Metric, pair: Pair): readonly Found[] {
  const { before, after } = pair;
  const subject = `metrics.${metric.name}`;
  const types = [metric.type, other.type];
  const units = [metric, other].map(each => (each.isPercent ? 'percent' : unitText(each.unit)));
  const missing = [!neverMissing(metric, before.model), !neverMissing(other, after.model)];
  const values = (metric.values ?? []).filter(value => other.values !== null && !other.values.includes(value));
  const changed = (what: string, [from = '', to = '']: readonly string[]) =>
    from === to ? [] : [found('client', subject, `has another ${what}`, { before: from, after: to })];
  const isRebuilt = metric.tables.join() !== other.tables.join();
  const lost = isRebuilt ? lostDimensions(metric, other, pair) : [];
  return [
    ...changed('type', types),
    ...changed('unit', units),
    ...(missing[0] === missing[1]
      ? []
      : [found('client', subject, missing[1] === true ? 'may be nothing now' : 'is never nothing now')]),
    ...(values.length === 0 ? [] : [found('client', subject, `is never ${values.join(', ')} any more`)]),
    ...(lost.length === 0 ? [] : [found('client', subject, `cannot be asked by ${listed(lost)} any more`)]),
  ];
}

/** Names by which it could be asked, and cannot any more. */
function lostDimensions(metric: Metric, other: Metric, { before, after }: Pair): readonly string[] {
  const now = new Set(after.offer(other));
  return before.offer(metric).filter(name => !now.has(name));
}

export function listed(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).map(name => `\`${name}\``);
  return `${shown.join(', ')}${names.length > most ? ` and ${names.length - most} more` : ''}`;
}
