/** Frozen values in plans: which questions would cut what was frozen, compare it with something else, or add up what does not. */
import { type Bounds, bucketOf, type Day, formatDay, movedBack, ownLength, parseDay } from '../calendar/index.ts';
import { boundedPeriodNeeded, type Diagnostic, frozenCut, frozenWhole } from '../diagnostics/index.ts';
import type { FrozenWindow } from '../model.ts';
import { own } from '../record.ts';
import { type BoundQuery, tableOfBaseline } from '../resolve/index.ts';
import type { Frame } from './frame.ts';
import { cellsOf, cutsOf, frozenBounds, type Times } from './times.ts';

/** A baseline whose values are read, and the intervals that are compared with it. */
export interface FrozenRead {
  readonly window: FrozenWindow;
  readonly times: Times;
}

export function frozenProblem({ window, times }: FrozenRead, frame: Frame, query: BoundQuery): Diagnostic | null {
  const at = query.places.metrics;
  const { baseline: name, grain } = window;
  const { calendar } = frame.clock;
  const cut = (asked: string, fits: string) => frozenCut(at, { baseline: name, asked, fits });
  const fits = grain === null ? 'it is compared with periods of its own length' : `it is frozen by ${grain}`;
  if (cutsOf(times).some(each => each.grain === 'hour')) return cut('an hour', fits);
  const context = { calendar, today: frame.today };
  const cells = cellsOf(times, context);
  if (typeof cells === 'string') return boundedPeriodNeeded(at, { form: `${name}.value` });
  const isStart = (day: Day) => grain === null || bucketOf(grain, day, calendar) === day;
  const isEnd = (day: Day) => isStart(day) || day === frame.today + 1;
  for (const cell of cells) {
    const { from, until } = cell;
    if (from === null || until === null) {
      if (grain !== null || !window.isAnyLength) return boundedPeriodNeeded(at, { form: `${name}.value` });
    } else if (grain === null ? !window.isAnyLength && !isAsLong(cell, window) : !isStart(from) || !isEnd(until))
      return cut(`${formatDay(from)} to ${formatDay(until - 1)}`, fits);
  }
  return wholeProblem(
    cells.map(cell => frozenBounds(window, cell, context)),
    window,
    frame,
    query,
  );
}

/** Whether an interval has the length of the frozen period: in months where both have whole ones, else in days. */
function isAsLong({ from, until }: Bounds, window: FrozenWindow): boolean {
  const [first, end] = [parseDay(window.from) ?? 0, parseDay(window.until) ?? 0];
  if (from === null || until === null) return false;
  const moved = movedBack({ from: first, until: end }, ownLength({ from, until }));
  return moved.until === first;
}

/** What has no parts is known of each frozen group by itself, for each frozen period by itself. */
function wholeProblem(
  read: readonly Bounds[],
  { baseline: name, grain }: FrozenWindow,
  { model, dimensions, clock }: Frame,
  query: BoundQuery,
): Diagnostic | null {
  const baseline = own(model.baselines, name);
  if (baseline?.frozen?.isWhole !== true) return null;
  const table = tableOfBaseline(name);
  const standIns = own(model.tables, table)?.standIns ?? {};
  // Columns of the table itself: behind its joins there may be others of the same names.
  const asked = dimensions.flatMap(({ byTable }) => {
    const value = own(byTable, table);
    return value?.kind === 'column' && value.joins.length === 0 ? [value.column] : [];
  });
  const taken = baseline.by.find(each => !asked.includes(own(standIns, each)?.column ?? ''));
  const { metric } = baseline;
  if (taken !== undefined) return frozenWhole(query.places.metrics, { baseline: name, metric, by: taken });
  const isSeveral = ({ from, until }: Bounds) =>
    grain !== null &&
    from !== null &&
    until !== null &&
    until > from &&
    bucketOf(grain, until - 1, clock.calendar) !== from;
  return read.some(isSeveral) ? frozenWhole(query.places.metrics, { baseline: name, metric, by: grain ?? '' }) : null;
}
