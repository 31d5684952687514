/** Goals in plans: on which intervals targets are read, what of them is due, and which questions would cut or spread them. */
import {
  type Bounds,
  bucketOf,
  bucketsOf,
  type Day,
  follows,
  formatDay,
  type Interval,
  laterBucket,
  workingDays,
} from '../calendar/index.ts';
import { boundedPeriodNeeded, type Diagnostic, targetCut, targetOfParts, tooManyCells } from '../diagnostics/index.ts';
import type { Days, Goal, GoalWindow, MetricExpression, Model } from '../model.ts';
import { own } from '../record.ts';
import { type BoundQuery, tableOfGoal } from '../resolve/index.ts';
import { boundedBy, hullOf } from './cells.ts';
import type { Frame } from './frame.ts';
import type { Scalar } from './plan.ts';
import { constant } from './scalar.ts';
import { type Cell, cellsOf, cutsOf, goalBounds, isEmpty, mostCells, type Times, windowsOf } from './times.ts';
import type { MeasureUse, Use } from './uses.ts';

type Ways = Pick<Frame, 'clock' | 'today'>;

/** A goal whose target is read, and the intervals on which it is. */
export interface GoalRead {
  readonly goal: Goal;
  readonly times: Times;
}

/** Whether the window of a goal changes what is read: some interval, none, or all of them, so that there is nothing to read. */
export function reachOf(
  { window, operand }: { readonly window: GoalWindow; readonly operand: MetricExpression },
  goal: Goal,
  times: Times,
  ways: Ways,
): 'windowed' | 'same' | 'nothing' {
  const context = { calendar: ways.clock.calendar, today: ways.today };
  const cells = cellsOf(times, context);
  if (typeof cells === 'string') return reachOfUnlisted(window, goal, times, ways);
  // Rows of targets are there only where targets count.
  const isKept = goal.target.kind !== 'formula' && (operand.kind === 'measure' || operand.kind === 'nested');
  const read = isKept ? { ...window, from: null, until: null } : window;
  const moved = cells.map(cell => ({ cell, to: goalBounds(read, cell, context) }));
  const isMoved = moved.some(({ cell, to }) => cell.from !== to.from || cell.until !== to.until);
  if (!isMoved) return 'same';
  return cells.every(cell => isEmpty(goalBounds(window, cell, context))) ? 'nothing' : 'windowed';
}

/** Where buckets have no bounds: what needs any is refused for its window. */
function reachOfUnlisted({ extent, from, until }: GoalWindow, goal: Goal, times: Times, { clock }: Ways) {
  if (windowsOf(times).length > 0 || extent === 'buckets' || goal.target.kind === 'number') return 'windowed';
  if (extent === 'whole')
    return goal.target.kind === 'values' || (from === null && until === null) ? 'same' : 'windowed';
  return cutsOf(times).some(({ grain }) => follows(goal.grain, grain, clock.calendar)) ? 'same' : 'windowed';
}

/** How many days of a cell, or of the bucket that holds it, count. */
export function daysConstant({ of, grain, pace }: Days, { from, until }: Bounds, { clock, today }: Ways): Scalar {
  if (from === null || until === null) return constant('integer', null);
  const { calendar } = clock;
  const start = bucketOf(grain, from, calendar);
  const bucket: Interval = { from: start, until: laterBucket(grain, start, 1, calendar) };
  const working = pace === 'working_days' ? workingDays(bucket, calendar) : 0;
  const count = (interval: Interval) =>
    working > 0 ? workingDays(interval, calendar) : Math.max(0, interval.until - interval.from);
  const elapsed: Interval = { from, until: Math.min(until, today + 1) };
  return constant('integer', String(count(of === 'elapsed' ? elapsed : bucket)));
}

/** Whether all columns are read from rows of targets, none of which is null. */
export function isOfWrittenTargets(uses: Iterable<Use>, model: Model): boolean {
  return [...uses].every(use => isWritten(use, model));
}

function isWritten(use: Use & Partial<Pick<MeasureUse, 'measure'>>, model: Model): boolean {
  const kind = own(model.tables, use.measure?.table ?? '')?.source.kind;
  return kind === 'written' || kind === 'repeated';
}

/** What cannot be asked of targets: a part of one, or one of groups whose targets do not add up. */
export function targetProblem({ goal, times }: GoalRead, frame: Frame, query: BoundQuery): Diagnostic | null {
  const { clock, today, model, dimensions } = frame;
  const at = query.places.metrics;
  const table = tableOfGoal(goal.name);
  const taken = keepsGroups(goal, model)
    ? goal.by.find(({ byTable }) => !dimensions.some(each => isSame(each.byTable[table], byTable[table])))
    : undefined;
  if (taken !== undefined) return targetOfParts(at, { goal: goal.name, metric: goal.metric, by: taken.name });
  const cuts = cutsOf(times);
  const cut = (asked: string) =>
    targetCut(at, { goal: goal.name, grain: goal.grain, asked, spreads: doesSpread(goal) });
  if (cuts.some(({ grain }) => grain === 'hour')) return cut('an hour is a part of it');
  const cells = cellsOf(times, { calendar: clock.calendar, today });
  const isNumber = goal.target.kind === 'number';
  const unbounded = () => (isNumber ? boundedPeriodNeeded(at, { form: `${goal.name}.target` }) : null);
  if (typeof cells === 'string') {
    const part = cuts.find(({ grain }) => !follows(grain, goal.grain, clock.calendar));
    return part === undefined ? unbounded() : cut(`one ${part.grain} is a part of it`);
  }
  const broken = cells.find(cell => !isWhole(cell, goal, frame));
  if (broken !== undefined) return cut(`${textOf(broken)} cuts one in two`);
  if (!isNumber) return null;
  const context = { calendar: clock.calendar, today };
  const read = hullOf(cells.map(cell => goalBounds(windowOf(goal), cell, context)));
  const days = boundedBy(read);
  if (days === null) return unbounded();
  const count = bucketsOf(goal.grain, days, clock.calendar, mostCells + 1).length;
  return count > mostCells ? tooManyCells(at, { limit: mostCells }) : null;
}

/** Whether targets of several groups make none of all: those that are kept, of what does not add up. */
function keepsGroups({ target, by, rollup, metric }: Goal, model: Model): boolean {
  if (by.length === 0 || rollup === 'avg') return false;
  if (own(model.metrics, metric)?.additivity.groups === 'sum') return false;
  return target.kind !== 'formula' || rollup === 'sum';
}

function windowOf({ name, grain, from, until }: Goal): GoalWindow {
  return { kind: 'goal', goal: name, extent: 'whole', grain, from, until };
}

function doesSpread({ rollup, pace }: Goal): boolean {
  return rollup === 'sum' && pace !== 'season';
}

/** Whether an interval has whole buckets only; the one of now may be cut behind its day. */
function isWhole({ from, until }: Cell, { grain }: Goal, { clock, today }: Ways): boolean {
  const isStart = (day: Day) => bucketOf(grain, day, clock.calendar) === day;
  return (from === null || isStart(from)) && (until === null || isStart(until) || until === today + 1);
}

function textOf({ from, until }: Bounds): string {
  if (from === null || until === null) return 'the period';
  return until - from === 1 ? formatDay(from) : `${formatDay(from)} to ${formatDay(until - 1)}`;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
