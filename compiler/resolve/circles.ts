/**
 * Circles of versions: the date by which a version is chosen cannot be read from that very version, nor the time of a
 * measure from a row that is found by that time.
 */
import type { RowExpression } from '../model.ts';
import { own } from '../record.ts';
import { tableAt } from './paths.ts';
import type { Scope } from './scope.ts';
import { rowOperands } from './walk.ts';

/** What an expression stands on beside its rows. */
export interface Standing {
  /** The joins of a circle, the first of them again at its end. */
  readonly circle: readonly string[] | null;
  /** A join that finds its row by the own date of whatever reads it. */
  readonly dated: string | null;
  /** Whether it is read from rows in the order of their table's time. */
  readonly isOrdered: boolean;
}

const nothing: Standing = { circle: null, dated: null, isOrdered: false };

export function standingOf(
  expression: RowExpression,
  table: string,
  scope: Scope,
  open: readonly string[] = [],
): Standing {
  if (expression.kind === 'previous') {
    const inside = all(rowOperands(expression).map(each => standingOf(each, table, scope, open)));
    // The rows before are found by the table's time, not by that of what reads them.
    return { circle: inside.circle, dated: null, isOrdered: true };
  }
  if (expression.kind !== 'column')
    return all(rowOperands(expression).map(each => standingOf(each, table, scope, open)));
  const { joins, column } = expression;
  const steps = joins.map((name, index) => {
    const holder = tableAt(scope.graph, table, joins.slice(0, index));
    return joinStanding(holder, name, scope, open);
  });
  const source = scope.column(expression.table, column)?.source;
  const computed = source?.kind === 'computed' ? [standingOf(source.formula, expression.table, scope, open)] : [];
  return all([...steps, ...computed]);
}

/** What the row that a join finds stands on: what it is found by, and what chooses among its versions. */
export function joinStanding(table: string, name: string, scope: Scope, open: readonly string[] = []): Standing {
  const key = `${table}.${name}`;
  if (open.includes(key)) return { circle: [...open.slice(open.indexOf(key)), key], dated: null, isOrdered: false };
  const join = own(own(scope.graph, table)?.joins ?? {}, name) === undefined ? null : scope.join(table, name);
  if (join === null) return nothing;
  const further = [...open, key];
  const { version, on, to } = join;
  const valid = version === null ? null : scope.valid(to);
  return all([
    ...on.map(({ here }) => standingOf(here, table, scope, further)),
    ...(version?.kind === 'date' ? [standingOf(version.date, table, scope, further)] : []),
    ...(valid === null ? [] : [valid.from, valid.until].map(end => standingOf(end, to, scope, further))),
    ...(version?.kind === 'own' ? [{ ...nothing, dated: key }] : []),
  ]);
}

function all(standings: readonly Standing[]): Standing {
  return {
    circle: standings.find(each => each.circle !== null)?.circle ?? null,
    dated: standings.find(each => each.dated !== null)?.dated ?? null,
    isOrdered: standings.some(each => each.isOrdered),
  };
}
