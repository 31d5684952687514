/** What stands on what: a Model in; for each definition those that it names, and those that name it, out. Nothing is asked of data. */
import { parseFormula } from './formula/index.ts';
import type { Measure, MetricExpression, Model, RowExpression } from './model.ts';
import { own } from './record.ts';
import { isKeptTable, measuresOf, pathsOf, referencesOf, rowOperands } from './resolve/index.ts';

export const definitionKinds = ['metric', 'goal', 'baseline', 'alert', 'role', 'table'] as const;
export type DefinitionKind = (typeof definitionKinds)[number];

/** A definition by what it is and what it is called. */
export interface DefinitionName {
  readonly kind: DefinitionKind;
  readonly name: string;
}

/** A column that a measure reads, on whichever table it stands. */
export interface ColumnName {
  readonly table: string;
  readonly column: string;
}

export interface Uses {
  /** What a definition names itself: metrics, goals and baselines that its formulas are made of, and tables that they read. */
  readonly usedBy: (user: DefinitionName) => readonly DefinitionName[];
  /** What names a definition. */
  readonly usersOf: (used: DefinitionName) => readonly DefinitionName[];
}

/** Names that the model does not have, since whoever asks does not know them, are left out. */
export function usesIn(model: Model): Uses {
  const used = new Map<string, readonly DefinitionName[]>();
  const users = new Map<string, DefinitionName[]>();
  const add = (user: DefinitionName, found: readonly DefinitionName[]) => {
    const known = inOrder(found.filter(each => isKnown(each, model) && definitionKey(each) !== definitionKey(user)));
    used.set(definitionKey(user), known);
    for (const each of known) users.set(definitionKey(each), [...(users.get(definitionKey(each)) ?? []), user]);
  };
  for (const { name, expression } of Object.values(model.metrics))
    if (isDeclared(name)) add({ kind: 'metric', name }, behind(expression, model));
  for (const { name, metric, target } of Object.values(model.goals)) {
    const formula = target.kind === 'formula' ? behind(target.expression, model) : [];
    add({ kind: 'goal', name }, [{ kind: 'metric', name: metric }, ...formula]);
  }
  for (const { name, metric } of Object.values(model.baselines))
    add({ kind: 'baseline', name }, [{ kind: 'metric', name: metric }]);
  for (const { name, when } of Object.values(model.alerts)) add({ kind: 'alert', name }, inCondition(when.text, model));
  for (const name of Object.keys(model.roles)) add({ kind: 'role', name }, inScorecard(name, model));
  return {
    usedBy: user => used.get(definitionKey(user)) ?? [],
    usersOf: each => inOrder(users.get(definitionKey(each)) ?? []),
  };
}

/** A definition as one text, for maps. */
export function definitionKey({ kind, name }: DefinitionName): string {
  return `${kind}:${name}`;
}

/** The definition that a metric of the model belongs to: itself, or the goal or baseline that gives it. */
export function definitionBehind(metric: string, model: Model): DefinitionName {
  const [name = metric] = metric.split('.');
  if (name === metric) return { kind: 'metric', name };
  return { kind: own(model.goals, name) === undefined ? 'baseline' : 'goal', name };
}

/** The columns that a measure reads, computed ones with those that they are made of; sorted, each once. */
export function columnsRead(measure: Measure, { tables }: Model): readonly ColumnName[] {
  const found = new Map<string, ColumnName>();
  const visit = (expression: RowExpression): void => {
    if (expression.kind === 'rollup') {
      for (const each of [...expression.arguments, expression.where]) if (each !== null) visit(each);
    } else if (expression.kind === 'column') {
      const { table, column } = expression;
      const key = `${table}.${column}`;
      if (found.has(key)) return;
      found.set(key, { table, column });
      const source = own(own(tables, table)?.columns ?? {}, column)?.source;
      if (source?.kind === 'computed') visit(source.formula);
    }
    rowOperands(expression).forEach(visit);
  };
  const { where, time, lifespan, followedBy } = measure;
  const pairs = followedBy?.by.flatMap(({ here, there }) => [here, there]) ?? [];
  const read = [...measure.arguments, where, time, lifespan?.from, lifespan?.until];
  const following = [followedBy?.where, followedBy?.time, ...pairs];
  for (const each of [...read, ...following]) if (each !== null && each !== undefined) visit(each);
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, column]) => column);
}

/** The measures that an expression has itself, without those of the metrics that it names. */
export function ownMeasures(expression: MetricExpression): readonly Measure[] {
  return measuresOf(expression, () => undefined);
}

function behind(expression: MetricExpression, model: Model): readonly DefinitionName[] {
  const tables = ownMeasures(expression).flatMap(measure => [
    measure.table,
    ...(measure.followedBy === null ? [] : [measure.followedBy.table]),
    ...columnsRead(measure, model).map(({ table }) => table),
  ]);
  return [
    ...referencesOf(expression).map(name => definitionBehind(name, model)),
    ...tables.map((name): DefinitionName => ({ kind: 'table', name })),
  ];
}

function inCondition(text: string, model: Model): readonly DefinitionName[] {
  const nowhere = { file: '', start: 0, end: 0 };
  const expression = parseFormula(
    text,
    () => nowhere,
    () => {},
  );
  return pathsOf(expression).flatMap(({ words }) => {
    const name = words.map(word => word.text).join('.');
    return own(model.metrics, name) === undefined ? [] : [definitionBehind(name, model)];
  });
}

function inScorecard(role: string, { scorecards, baselines }: Model): readonly DefinitionName[] {
  const scorecard = own(scorecards, role);
  const items = scorecard?.sections.flatMap(section => section.items) ?? [];
  const shown = items.flatMap(({ metric, goal, of, compare }): readonly DefinitionName[] => [
    { kind: 'metric', name: metric.text },
    ...(of === null ? [] : [{ kind: 'metric', name: of.text } as const]),
    ...(goal === null ? [] : [{ kind: 'goal', name: goal.text } as const]),
    ...compare.flatMap(({ text }) =>
      own(baselines, text) === undefined ? [] : [{ kind: 'baseline', name: text } as const],
    ),
  ]);
  return [...shown, ...(scorecard?.alerts ?? []).map(({ text }): DefinitionName => ({ kind: 'alert', name: text }))];
}

/** Whether it is written by people; what goals and baselines give has a dot, their tables a colon. */
function isDeclared(metric: string): boolean {
  return !metric.includes('.');
}

function isKnown({ kind, name }: DefinitionName, model: Model): boolean {
  switch (kind) {
    case 'metric':
      return own(model.metrics, name) !== undefined;
    case 'goal':
      return own(model.goals, name) !== undefined;
    case 'baseline':
      return own(model.baselines, name) !== undefined;
    case 'alert':
      return own(model.alerts, name) !== undefined;
    case 'role':
      return own(model.roles, name) !== undefined;
    case 'table':
      return own(model.tables, name) !== undefined && !isKeptTable(name);
  }
}

/** Each once, by kind and name. */
function inOrder(found: readonly DefinitionName[]): readonly DefinitionName[] {
  const byKey = new Map(found.map(each => [definitionKey(each), each] as const));
  const place = ({ kind }: DefinitionName) => definitionKinds.indexOf(kind);
  return [...byKey.values()].sort((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : 1));
}
