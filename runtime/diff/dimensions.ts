/** By which dimensions the groups of a metric are worth a look: those that people look at it by, then those of its own tables. */
import { type Column, type Model, own } from '../../compiler/index.ts';

const most = 2;
/** What has more values than these is a list of names rather than a split. */
const mostValues = 30;

/** One that a state cannot be asked by is refused there, and not shown. */
export function chosenDimensions(metric: string, model: Model, asked: readonly string[]): readonly string[] {
  if (asked.length > 0) return asked;
  const names = [...lookedAt(metric, model), ...ofTables(metric, model)];
  return [...new Set(names)].slice(0, most);
}

/** On scorecards, in alerts, and where there are targets. */
function lookedAt(metric: string, { scorecards, alerts, goals }: Model): readonly string[] {
  const isNamed = new RegExp(`\\b${metric}\\b`);
  const items = Object.values(scorecards).flatMap(({ sections }) => sections.flatMap(({ items: shown }) => shown));
  return [
    ...items.flatMap(item => (item.metric.text === metric ? item.by.map(({ text }) => text.trim()) : [])),
    ...Object.values(goals).flatMap(goal => (goal.metric === metric ? goal.by.map(({ name }) => name) : [])),
    ...Object.values(alerts).flatMap(({ when, by }) =>
      isNamed.test(when.text) ? by.map(({ text }) => text.trim()) : [],
    ),
  ];
}

/** Columns that declare few values, and joins, where all tables that the metric reads have one of that name. */
function ofTables(metric: string, model: Model): readonly string[] {
  const tables = (own(model.metrics, metric)?.tables ?? []).flatMap(name => own(model.tables, name) ?? []);
  const names = [
    ...tables.flatMap(({ columns }) =>
      Object.values(columns).flatMap(column => (isSplit(column) ? [column.name] : [])),
    ),
    ...tables.flatMap(({ joins }) => Object.keys(joins)),
  ];
  return names.filter(name =>
    tables.every(({ columns, joins }) => own(columns, name) !== undefined || own(joins, name) !== undefined),
  );
}

function isSplit({ values, isPrivate }: Column): boolean {
  return !isPrivate && values !== null && values.length <= mostValues;
}
