/** What a frame asks of time that cannot be had: bounds where there are none, weeks moved by months, conditions that cut off what is read. */
import {
  boundedPeriodNeeded,
  closedTable,
  conditionOnMovedTime,
  type Diagnostic,
  hoursMoved,
  singleRow,
  tooManyCells,
  uncertainPlace,
  versionNeeded,
  weeksByMonths,
} from '../diagnostics/index.ts';
import type { AggregateName, MetricExpression, Model, RowExpression, Step, TimeWindow } from '../model.ts';
import { own } from '../record.ts';
import {
  type BoundCompletion,
  type BoundQuery,
  columnsOf,
  hidesNothing,
  isKeptTable,
  operandsOf,
  tableAt,
  writtenName,
} from '../resolve/index.ts';
import type { OwnAccess } from './access.ts';
import type { FramePlan, PlanContext } from './evaluate.ts';
import { tellsAny } from './follows.ts';
import { frozenProblem } from './frozen.ts';
import { targetProblem } from './goals.ts';
import { listedTimes, momentsIn, momentsOfRow, needsCells, readBy, spansOf } from './listed.ts';
import { isByInterval } from './members.ts';
import { cellsOf, cutsOf, mostCells, type Times, windowsOf } from './times.ts';
import type { MeasureUse } from './uses.ts';
import { ownJoinIn } from './versions.ts';

/** The times of the asked cells: the buckets of the period, or the period as a whole. */
export function timesOf({ bucket, period }: Pick<BoundQuery, 'bucket' | 'period'>): Times {
  return { period, steps: bucket === null ? [] : [{ kind: 'cut', grain: bucket.grain, key: bucket.grain }] };
}

/** A table that was to be read, and that whoever asks may not read. */
export function closedProblem({ closed: table }: OwnAccess, { principal, places }: BoundQuery): Diagnostic | null {
  const sees = principal?.role.sees ?? 'all';
  if (table === null || principal === null || sees === 'all') return null;
  const { name, hides } = principal.role;
  // The rule may name what is hidden, and its line in the file may.
  const kept = isKeptTable(table) ? writtenName(table) : null;
  if (!hidesNothing(hides)) return closedTable(places.as, { table, kept, role: name, rule: null, lacks: null });
  const lacks = own(sees.undecided, table) ?? null;
  const related = [{ message: 'the rule', span: sees.at }];
  return closedTable(places.as, { table, kept, role: name, rule: sees.text, lacks }, { related });
}

/** What would tell what a row of others says. */
export function tellingProblem(telling: ReadonlySet<AggregateName>, query: BoundQuery): Diagnostic | null {
  const [aggregate] = [...telling].sort();
  if (aggregate === undefined) return null;
  return singleRow(query.places.metrics, { role: query.principal?.role.name ?? '', aggregate });
}

/** What would not be what it seems beside the rows of others, or would tell one of them by the difference to another question. */
export function benchmarkProblem(
  { principal, places, where, having }: BoundQuery,
  root: FramePlan,
  { misplaced, model }: Pick<PlanContext, 'misplaced' | 'model'>,
): Diagnostic | null {
  const [reason] = [...misplaced].sort();
  const role = principal?.role.name ?? '';
  if (reason !== undefined) return uncertainPlace(places.metrics, { role, reason });
  const isAmongOthers = root.all.some(plan => plan.uses.measures.some(({ audience }) => audience === 'benchmark'));
  if (principal?.benchmark == null || !isAmongOthers) return null;
  const { members } = principal.benchmark;
  const namesMember = (conditions: Readonly<Record<string, RowExpression>>) =>
    Object.entries(conditions).some(([table, each]) => tellsAny(each, own(members, table) ?? [], table, model));
  const found = namesMember(where ?? {})
    ? 'where'
    : conditionsIn(having).some(namesMember) || cutsMembers(having)
      ? 'having'
      : null;
  return found === null ? null : uncertainPlace(places[found], { role, reason: 'difference' });
}

/** Whether an expression itself chooses by their values whom it adds up: two such sums differ by what one member has. */
function cutsMembers(expression: MetricExpression | null): boolean {
  if (expression === null) return false;
  return (expression.kind === 'nested' && expression.having !== null) || operandsOf(expression).some(cutsMembers);
}

/** The conditions on rows that are written in an expression itself, and not in the metrics that it names. */
function conditionsIn(expression: MetricExpression | null): readonly Readonly<Record<string, RowExpression>>[] {
  if (expression === null) return [];
  const below = operandsOf(expression).flatMap(conditionsIn);
  if (expression.kind === 'filtered') return [expression.conditions, ...below];
  if (expression.kind !== 'measure') return below;
  const { table, where, followedBy } = expression;
  const written = [
    [table, where],
    [followedBy?.table ?? '', followedBy?.where ?? null],
  ] as const;
  return written.flatMap(([name, each]) => (each === null ? [] : [{ [name]: each }]));
}

export function timeProblem(plan: FramePlan, query: BoundQuery): Diagnostic | null {
  const { frame } = plan;
  for (const target of plan.targets) {
    const found = targetProblem(target, frame, query);
    if (found !== null) return found;
  }
  for (const read of plan.frozen) {
    const found = frozenProblem(read, frame, query);
    if (found !== null) return found;
  }
  for (const use of plan.uses.measures) {
    const dateless = datelessProblem(use, plan, query);
    if (dateless !== null) return dateless;
    if (needsCells(use, frame)) {
      const moments = momentsIn(use, frame);
      const times = listedTimes(use, frame);
      const found = problemOf(times, formOf(use), moments, plan, query) ?? conditionProblem(use, query, frame.model);
      if (found !== null) return found;
    }
  }
  for (const { times, form } of plan.demands) {
    const found = problemOf(times, form, [form], plan, query);
    if (found !== null) return found;
  }
  for (const { plan: inside, completions } of [...plan.members, { plan, completions: query.completions }]) {
    const found = memberProblem(inside, completions, query);
    if (found !== null) return found;
  }
  return query.bucket?.grain === 'hour' && cutsOf(frame.times).length > 1
    ? hoursMoved(query.places.metrics, { form: 'per' })
    : null;
}

/** Versions cannot be chosen by the own date of rows that have none. */
function datelessProblem(use: MeasureUse, { frame }: FramePlan, query: BoundQuery): Diagnostic | null {
  const { table, time } = use.measure;
  if (time !== null || spansOf(use, frame).length > 0) return null;
  for (const each of readBy(use, frame)) {
    const join = ownJoinIn(each, table, frame.model);
    if (join === null) continue;
    const to = tableAt(frame.model.tables, table, join.split('.'));
    return versionNeeded(query.places.metrics, { join, from: table, to });
  }
  return null;
}

/** Members that differ from interval to interval need to know where those begin and end. */
function memberProblem(plan: FramePlan, completions: readonly BoundCompletion[], query: BoundQuery): Diagnostic | null {
  const { frame } = plan;
  for (const completion of completions.filter(each => isByInterval(each, frame))) {
    const read = [...completion.where, ...completion.members.map(member => member.value)];
    const moments = read.flatMap(each => momentsOfRow(each, frame.model));
    const found = problemOf(frame.times, 'complete', moments, plan, query);
    if (found !== null) return found;
  }
  return null;
}

function formOf({ measure, times }: MeasureUse): string {
  const [window] = windowsOf(times);
  if (window?.kind === 'goal') return `${window.goal}.${window.extent === 'buckets' ? 'expected' : 'target'}`;
  if (window !== undefined) return window.kind;
  return measure.lifespan === null ? 'period_end' : 'while';
}

function problemOf(
  times: Times,
  form: string,
  moments: readonly string[],
  { frame }: FramePlan,
  query: BoundQuery,
): Diagnostic | null {
  if (cutsOf(times).some(({ grain }) => grain === 'hour')) return hoursMoved(query.places.metrics, { form });
  const step = weekMovedByMonths(times);
  if (step !== null) {
    const weeks = Math.round(
      step.amount * { month: 52 / 12, quarter: 13, half: 26, year: 52, day: 1 / 7, week: 1 }[step.unit],
    );
    const text = `${step.amount} ${step.unit}${step.amount === 1 ? '' : 's'}`;
    return weeksByMonths(query.places.metrics, { step: text, weeks: `${weeks} weeks` });
  }
  const cells = cellsOf(times, { calendar: frame.clock.calendar, today: frame.today });
  if (cells === 'too many') return tooManyCells(query.places.metrics, { limit: mostCells });
  const isOpen =
    cells !== 'unbounded' &&
    cells.some(
      ({ from, until }) =>
        (from === null && moments.includes('period_start')) || (until === null && moments.includes('period_end')),
    );
  if (cells !== 'unbounded' && !isOpen) return null;
  return boundedPeriodNeeded(query.places.metrics, { form });
}

/** A step of months behind a cut into weeks. */
function weekMovedByMonths({ steps }: Times): Step | null {
  let isWeek = false;
  for (const step of steps) {
    if (step.kind === 'cut') isWeek = step.grain === 'week';
    else if (isWeek) {
      const found = stepOf(step.window);
      if (found !== null && found.unit !== 'day' && found.unit !== 'week') return found;
    }
  }
  return null;
}

function stepOf(window: TimeWindow): Step | null {
  return window.kind === 'prior' ? window.step : null;
}

/** A condition on the very column by which time is moved would cut off what the window reads. */
function conditionProblem({ measure, outer, times }: MeasureUse, query: BoundQuery, model: Model): Diagnostic | null {
  const [window] = windowsOf(times);
  if (measure.time === null || window === undefined) return null;
  const axis = storedColumns(measure.time, model).map(each => JSON.stringify([each.joins, each.column]));
  const found = outer
    .flatMap(each => storedColumns(each, model))
    .find(each => axis.includes(JSON.stringify([each.joins, each.column])));
  return found === undefined
    ? null
    : conditionOnMovedTime(query.places.metrics, {
        form: window.kind,
        column: [...found.joins, found.column].join('.'),
      });
}

/** The columns of the warehouse that an expression stands on, those behind computed columns among them. */
function storedColumns(expression: RowExpression, model: Model): ReturnType<typeof columnsOf> {
  return columnsOf(expression).flatMap(each => {
    const source = own(own(model.tables, each.table)?.columns ?? {}, each.column)?.source;
    if (source?.kind !== 'computed') return [each];
    return storedColumns(source.formula, model).map(inner => ({ ...inner, joins: [...each.joins, ...inner.joins] }));
  });
}
