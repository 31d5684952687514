/** Alerts: the alerts of a project and its warehouse in, the groups in which each fires out. */
import {
  type Alert,
  type Asker,
  alertQuery,
  type Diagnostic,
  firesColumn,
  grouped,
  isGrain,
  type Model,
  type Now,
  planAlert,
  type RowsQuery,
  whereText,
  write,
} from '../compiler/index.ts';
import type { Answer, AnswerColumn, Value } from './answer.ts';
import { rowsBehind } from './behind.ts';
import type { Engine, ExecuteOptions } from './engine.ts';
import type { SoundProject } from './project.ts';
import { projectHash, runCompiled } from './run.ts';

/** A value with what it is of. */
export interface Cell {
  readonly column: AnswerColumn;
  readonly value: Value;
}

/** A group in which an alert fires. */
export interface FiringGroup {
  /** The dimensions of the alert. */
  readonly group: readonly Cell[];
  /** The first day of the bucket that is read, the last of several; null for all time. */
  readonly bucket: Cell | null;
  /** The metrics that its condition names: in the last of several periods. */
  readonly values: readonly Cell[];
  /** Questions for the rows behind it, for `metrics rows`. */
  readonly rows: readonly RowsQuery[];
}

export interface AlertResult {
  readonly alert: Alert;
  /** The period that was read, `YYYY-MM-DD..YYYY-MM-DD`; null for all time. */
  readonly period: string | null;
  readonly firing: readonly FiringGroup[];
  /** In how many groups it is not known whether it holds. */
  readonly unknown: number;
  /** Whether groups were left out because there are too many. */
  readonly isTruncated: boolean;
}

export interface AlertsAnswer {
  /** Null where one was refused; then an error says why. */
  readonly results: readonly AlertResult[] | null;
  readonly model: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Who asks, and when. */
export interface AskOptions extends Partial<ExecuteOptions> {
  readonly now: Now;
  readonly asker: Asker;
}

export async function runAlerts(
  project: SoundProject,
  engine: Engine,
  alerts: readonly Alert[],
  options: AskOptions,
): Promise<AlertsAnswer> {
  const { model } = project;
  const hash = projectHash(project);
  const results: AlertResult[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const alert of alerts) {
    const planned = planAlert(model, alert, options.asker, options.now);
    const compiled = write(planned, model, engine.dialect);
    const { answer, diagnostics: found } = await runCompiled(model, engine, compiled, hash, options);
    diagnostics.push(...found);
    if (answer === null) return { results: null, model: hash, diagnostics };
    results.push(resultOf(alert, answer, model, options));
  }
  return { results, model: hash, diagnostics };
}

/** The rows of the answer as groups: an alert fires in a group when it holds in each of its periods. */
function resultOf(alert: Alert, answer: Answer, model: Model, options: Pick<AskOptions, 'now' | 'asker'>): AlertResult {
  const { columns, rows, meta } = answer;
  const bucket = alert.periods === null ? null : (alert.grain?.name ?? null);
  const periods = bucket === null ? 1 : (alert.periods ?? 1);
  const isKey = ({ kind, name }: AnswerColumn) => kind === 'dimension' && name !== bucket;
  const cells = rows.map(row => columns.map((column, index): Cell => ({ column, value: row[index] ?? null })));
  const keyOf = (row: readonly Cell[]) =>
    JSON.stringify(row.filter(({ column }) => isKey(column)).map(cell => cell.value));
  const holds = (row: readonly Cell[]) => row.find(({ column }) => column.name === firesColumn)?.value ?? null;
  const groups = [...grouped(cells, keyOf).values()].filter(group => group.length === periods);
  const firing = groups.filter(group => group.every(row => holds(row) === true));
  return {
    alert,
    period: meta.period,
    firing: firing.map(group => {
      const last = group.at(-1) ?? [];
      const keys = last.filter(({ column }) => isKey(column));
      const values = last.filter(({ column }) => column.kind === 'metric' && column.name !== firesColumn);
      const read = alert.grain === null ? null : bucketCell(alert.grain.name, last, meta.period);
      return { group: keys, bucket: read, values, rows: rowsOfGroup(alert, keys, values, model, options) };
    }),
    unknown: groups.length - firing.length,
    isTruncated: meta.truncated,
  };
}

function bucketCell(grain: string, row: readonly Cell[], period: string | null): Cell {
  const column: AnswerColumn = { name: grain, kind: 'dimension', type: 'date', unit: null };
  const first = period?.split('..')[0] ?? null;
  return row.find(cell => cell.column.name === grain) ?? { column, value: first };
}

/** For each metric of the condition, the questions for its rows in a group; none where a value cannot be asked for. */
function rowsOfGroup(
  alert: Alert,
  group: readonly Cell[],
  values: readonly Cell[],
  model: Model,
  { now, asker }: Pick<AskOptions, 'now' | 'asker'>,
): readonly RowsQuery[] {
  const query = alertQuery(alert, asker, model, now);
  const found = [whereText(query), ...group.map(conditionOf)];
  if (found.includes(null)) return [];
  const conditions = found.flatMap(condition => condition ?? []);
  const joined = conditions.length > 1 ? conditions.map(condition => `(${condition})`) : conditions;
  const condition = joined.length === 0 ? undefined : joined.join(' and ');
  return values.flatMap(({ column: { name } }) => rowsBehind(name, { ...query, where: condition }, model, now));
}

/** The condition that rows of a group pass; null where the language has none for it. */
function conditionOf({ column: { name, type }, value }: Cell): string | null {
  if (isGrain(name)) return null;
  if (value === null) return `${name} is null`;
  switch (type) {
    case 'string':
      return `${name} = '${String(value).replaceAll("'", "''")}'`;
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'date':
      return `${name} = ${value}`;
    default:
      return null;
  }
}
