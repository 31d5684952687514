/** By which dimensions the groups of a metric are worth a look: those that people look at it by, then those of its own tables. */
import { dimensionNames, type Model, own } from '../../compiler/index.ts';

const most = 2;
/** What has more values than these is a list of names rather than a split. */
const mostValues = 30;

/** Those that both models have. With `asked`, those of them that the metric has. */
export function chosenDimensions(
  metric: string,
  models: readonly [Model, Model],
  asked: readonly string[],
): readonly string[] {
  const [before, after] = models.map(model => dimensionNames(own(model.metrics, metric)?.tables ?? [], model));
  const has = (name: string) => before?.has(name) === true && after?.has(name) === true;
  if (asked.length > 0) return asked.filter(has);
  const [, model] = models;
  return [...new Set([...lookedAt(metric, model), ...declaredValues(metric, model), ...joined(metric, model)])]
    .filter(has)
    .slice(0, most);
}

/** On scorecards, in alerts, and where there are targets. */
function lookedAt(metric: string, { scorecards, alerts, goals }: Model): readonly string[] {
  const items = Object.values(scorecards).flatMap(({ sections }) => sections.flatMap(({ items: shown }) => shown));
  return [
    ...items.flatMap(item => (item.metric.text === metric ? item.by.map(({ text }) => text.trim()) : [])),
    ...Object.values(goals).flatMap(goal => (goal.metric === metric ? goal.by.map(({ name }) => name) : [])),
    ...Object.values(alerts).flatMap(({ when, by }) =>
      when.text.includes(metric) ? by.map(({ text }) => text.trim()) : [],
    ),
  ];
}

function declaredValues(metric: string, model: Model): readonly string[] {
  return tablesOf(metric, model).flatMap(({ columns }) =>
    Object.values(columns).flatMap(({ name, values }) =>
      values !== null && values.length <= mostValues ? [name] : [],
    ),
  );
}

function joined(metric: string, model: Model): readonly string[] {
  return tablesOf(metric, model).flatMap(({ joins }) => Object.keys(joins));
}

function tablesOf(metric: string, model: Model) {
  return (own(model.metrics, metric)?.tables ?? []).flatMap(name => own(model.tables, name) ?? []);
}
