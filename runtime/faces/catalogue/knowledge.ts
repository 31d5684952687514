/**
 * What the catalogue tells of a project, gathered once for all its pages: the definitions that whoever it is made for knows, what
 * they are made of, their tests and their history. As a role nothing that the role hides is in it.
 */
import {
  type CheckedTest,
  type Column,
  type DefinitionKind,
  type DefinitionName,
  type Document,
  definitionKey,
  type Hidden,
  hidesNothing,
  isKeptTable,
  type Labels,
  type Model,
  mentions,
  type Now,
  nothingHidden,
  Offer,
  own,
  type Role,
  type Source,
  type Span,
  type Uses,
  usesIn,
  visibleModel,
} from '../../../compiler/index.ts';
import type { History, SoundProject } from '../../index.ts';

/** A definition as the index lists it. */
export interface Entry extends DefinitionName {
  readonly label: Labels | null;
  readonly description: Labels | null;
  readonly owner: string | null;
  readonly status: string | null;
  readonly tags: readonly string[];
  readonly covers: readonly string[];
  readonly at: Span;
}

export interface Knowledge {
  readonly project: string;
  /** As whoever reads the catalogue knows it. */
  readonly model: Model;
  /** All of it: what is computed stands on hidden names too. */
  readonly whole: Model;
  readonly role: Role | null;
  readonly hidden: Hidden;
  /** By kind and name. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly lineage: Uses;
  readonly offer: Offer;
  readonly tables: ReadonlyMap<string, TableDeclaration>;
  readonly sources: readonly Source[];
  readonly tests: readonly CheckedTest[];
  /** Null where there is none, or not for this role. */
  readonly history: History | null;
  /** The day on which questions are asked whose SQL depends on it. */
  readonly now: Now;
}

export type TableDeclaration = Document['tables'][number];

export interface KnowledgeOptions {
  readonly role: Role | null;
  readonly history: History | null;
  readonly tests: readonly CheckedTest[];
  readonly now: Now;
}

export function knowledgeOf(project: SoundProject, { role, history, tests, now }: KnowledgeOptions): Knowledge {
  const hidden = role?.hides ?? nothingHidden;
  const whole = project.model;
  const model = knownTo(role, visibleModel(whole, hidden));
  const declared = project.documents.flatMap(({ tables }) => tables.map(table => [table.name.text, table] as const));
  const isWhole = hidesNothing(hidden);
  return {
    project: model.settings.name,
    model,
    whole,
    role,
    hidden,
    entries: new Map(entriesOf(model, hidden).map(entry => [definitionKey(entry), entry] as const)),
    lineage: usesIn(model),
    offer: new Offer(model),
    tables: new Map(declared),
    sources: project.sources,
    tests: tests.filter(({ name, description, given, query, expectation }) => {
      const texts = JSON.stringify([name, description, query, expectation, given.map(table => usedColumns(table))]);
      return isWhole || !mentions(texts, hidden);
    }),
    // What was hidden later stands in it under its own name.
    history: isWhole ? history : null,
    now,
  };
}

/** A text, where it names nothing that is hidden. */
export function said<T extends string | null>(text: T, { hidden }: Knowledge): T | null {
  return text === null || hidesNothing(hidden) || !mentions(text, hidden) ? text : null;
}

/** The columns of a given table in which anything is given, and their values by row. */
export function usedColumns({ name, columns, rows }: CheckedTest['given'][number]) {
  const used = columns.flatMap((column, index) =>
    rows.some(row => (row[index] ?? null) !== null) ? [{ name: column.name, index }] : [],
  );
  return {
    name,
    columns: used.map(column => column.name),
    rows: rows.map(row => used.map(({ index }) => row[index] ?? null)),
  };
}

/**
 * A role knows of roles its own alone, and of alerts those in which nothing is hidden. Owners, tags and what is covered are
 * free texts, in which a hidden name may stand as well.
 */
function knownTo(role: Role | null, model: Model): Model {
  if (role === null) return model;
  const { hides } = role;
  const isKnown = (text: string) => !mentions(text, hides);
  const plain = <T extends Labelled>(each: T): T => ({
    ...each,
    owner: each.owner !== null && isKnown(each.owner) ? each.owner : null,
    tags: each.tags.filter(isKnown),
    covers: each.covers.filter(isKnown),
  });
  const all = <T>(named: Readonly<Record<string, T>>, made: (each: T) => T) =>
    Object.fromEntries(Object.entries(named).map(([name, each]) => [name, made(each)] as const));
  const alerts = Object.entries(model.alerts).filter(([, { name, when, by, where }]) => {
    const texts = [when, where, ...by].flatMap(text => text?.text ?? []);
    return [name, ...texts].every(isKnown);
  });
  const scorecard = own(model.scorecards, role.name);
  return {
    ...model,
    metrics: all(model.metrics, plain),
    goals: all(model.goals, plain),
    baselines: all(model.baselines, plain),
    alerts: all(Object.fromEntries(alerts), plain),
    tables: all(model.tables, table => ({ ...table, owner: plain({ ...table, tags: [], covers: [] }).owner })),
    roles: { [role.name]: { ...role, covers: role.covers.filter(isKnown) } },
    scorecards: scorecard === undefined ? {} : { [role.name]: scorecard },
  };
}

interface Labelled {
  readonly owner: string | null;
  readonly tags: readonly string[];
  readonly covers: readonly string[];
}

/** A table whose entity is hidden has no page: its name is that of the entity, more often than not. */
function entriesOf(model: Model, hidden: Hidden): readonly Entry[] {
  const plain = { status: null, owner: null, tags: [], covers: [] };
  const kind = (each: DefinitionKind) => ({ kind: each });
  return [
    ...Object.values(model.metrics)
      .filter(({ name }) => !name.includes('.'))
      .map(metric => ({ ...kind('metric'), ...metric })),
    ...Object.values(model.goals).map(goal => ({ ...plain, ...kind('goal'), ...goal, status: null })),
    ...Object.values(model.baselines).map(baseline => ({ ...plain, ...kind('baseline'), ...baseline })),
    ...Object.values(model.alerts).map(alert => ({ ...plain, ...kind('alert'), ...alert })),
    ...Object.values(model.roles).map(role => ({ ...plain, ...kind('role'), ...role })),
    ...Object.values(model.tables)
      .filter(({ name }) => !isKeptTable(name) && !hidden.entities.includes(name))
      .map(table => ({ ...plain, ...kind('table'), ...table })),
  ].map(({ kind, name, label, description, owner, status, tags, covers, at }) => {
    return { kind, name, label, description, owner, status, tags, covers, at };
  });
}

/** A column that whoever reads the catalogue knows. */
export function knownColumn(table: string, column: string, { model, hidden }: Knowledge): Column | undefined {
  return isKeptTable(table) || hidden.entities.includes(table)
    ? undefined
    : own(own(model.tables, table)?.columns ?? {}, column);
}
