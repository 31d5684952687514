/** Eager aggregation: rows are added up by a foreign key first, and what follows from it is looked up for the few keys that remain. */
import type { Model, RowExpression } from '../model.ts';
import { own } from '../record.ts';
import { rowOperands } from '../resolve/index.ts';
import type { Frame } from './frame.ts';
import { Addends, addsUp } from './parts.ts';
import type { NamedAggregate, Relation, Scalar } from './plan.ts';
import { Rows } from './rows.ts';
import { aggregated, dimensionsOf } from './rowsets.ts';
import { column } from './scalar.ts';
import { cutsOf } from './times.ts';
import type { MeasureUse } from './uses.ts';
import { readsVersions } from './versions.ts';

/** Keys that all follow from one foreign key: rows can be aggregated by it first, and what follows be looked up for the few that remain. */
export interface Split {
  readonly table: string;
  /** The foreign key's columns, and local keys of few values beside it. */
  readonly stored: readonly string[];
  /** Whether the foreign key itself is among the asked keys, so that nothing is left to add up. */
  readonly isComplete: boolean;
}

export function splitByKey(uses: readonly MeasureUse[], table: string, frame: Frame): Split | null {
  if (cutsOf(frame.times).length > 0 || uses.some(use => !addsUp(use.measure.aggregate))) return null;
  const keys = frame.dimensions.flatMap(dimension => dimension.byTable[table] ?? []);
  const columns = keys.filter(key => key.kind === 'column');
  if (columns.length < keys.length) return null;
  if (columns.some(key => readsVersions(key, table, frame.model))) return null;
  const [join, ...otherJoins] = new Set(columns.flatMap(key => key.joins[0] ?? []));
  if (join === undefined || otherJoins.length > 0) return null;
  if (
    uses.some(use =>
      [...use.conditions, ...use.measure.arguments].some(expression => reads(expression, join, frame.model)),
    )
  )
    return null;
  const foreign =
    own(own(frame.model.tables, table)?.joins ?? {}, join)?.on.map(pair =>
      storedColumn(table, pair.stored, frame.model),
    ) ?? [];
  const local = columns.filter(key => key.joins.length === 0);
  const beside = local.filter(key => !foreign.includes(storedColumn(table, key.column, frame.model)));
  if (beside.some(key => !hasFewValues(table, key.column, frame.model))) return null;
  const stored = [...foreign, ...beside.map(key => storedColumn(table, key.column, frame.model))];
  if (stored.some(name => name === null)) return null;
  const isComplete = foreign.every(name => local.some(key => storedColumn(table, key.column, frame.model) === name));
  return { table, stored: [...new Set(stored.flatMap(name => name ?? []))], isComplete };
}

/** The warehouse's name of a column that is stored as it is, or null. */
function storedColumn(table: string, name: string | null, model: Model): string | null {
  const source = name === null ? undefined : own(own(model.tables, table)?.columns ?? {}, name)?.source;
  return source?.kind === 'stored' ? source.physical : null;
}

function hasFewValues(table: string, name: string, model: Model): boolean {
  const found = own(own(model.tables, table)?.columns ?? {}, name);
  return found?.type === 'boolean' || (found?.values?.length ?? Number.POSITIVE_INFINITY) <= 50;
}

/** Whether an expression reads columns behind a join. */
function reads(expression: RowExpression, join: string, model: Model): boolean {
  if (expression.kind !== 'column') return rowOperands(expression).some(operand => reads(operand, join, model));
  if (expression.joins.length > 0) return expression.joins[0] === join;
  const source = own(own(model.tables, expression.table)?.columns ?? {}, expression.column)?.source;
  return source?.kind === 'computed' && reads(source.formula, join, model);
}

export function aggregatedByKey(
  split: Split,
  rows: Rows,
  where: readonly Scalar[],
  measures: readonly NamedAggregate[],
  frame: Frame,
): Relation {
  const physical = split.stored.map(name => {
    const found = Object.values(own(frame.model.tables, split.table)?.columns ?? {}).find(
      each => each.source.kind === 'stored' && each.source.physical === name,
    );
    return { name, value: rows.stored(name, found?.type ?? 'string', rows.alias) };
  });
  const outer = new Rows(frame, split.table);
  const keys = dimensionsOf(outer, frame);
  const joined = (stored: readonly NamedAggregate[]) =>
    outer.relation({ kind: 'alias', input: aggregated(rows.relation(), where, physical, stored), alias: outer.alias });
  if (split.isComplete) {
    const values = measures.map(({ name, type }) => ({ name, value: column(name, type, outer.alias) }));
    return { kind: 'project', input: joined(measures), columns: [...keys, ...values] };
  }
  const addends = new Addends(outer.alias, name => frame.uses.freeName(name));
  for (const measure of measures) addends.add(measure, null);
  return addends.relation(joined(addends.parts), keys);
}
