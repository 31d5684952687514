/** The intervals of a frame's cells: every combination of buckets, or that of one cell. */
import type { BoundQuery, Grain, TimeWindow } from '../../compiler/index.ts';
import { bucketStart, localDay, nextBucketStart } from './calendar.ts';
import type { Cell } from './cells.ts';
import { type Frame, labelsOf, type TimeStep } from './frame.ts';
import { always, type Bucket, bucketsOf, type Clock, type Interval, isAlways, windowed } from './interval.ts';
import type { Moments } from './reading.ts';
import type { World } from './rows.ts';
import type { Value } from './values.ts';

export interface TimeCell {
  readonly labels: readonly Value[];
  /** Null for the rows without a date, where nothing bounds time. */
  readonly interval: Interval | null;
}

export class Time {
  private readonly cells = new Map<string, readonly TimeCell[]>();
  private readonly clock: Clock;
  private readonly period: Interval;

  constructor(
    query: BoundQuery,
    private readonly world: World,
  ) {
    this.clock = { today: query.now.day, calendar: world.model.settings.calendar };
    this.period = query.period ?? always;
  }

  cellsOf({ steps }: Frame): readonly TimeCell[] {
    const key = JSON.stringify(steps);
    const known = this.cells.get(key);
    if (known !== undefined) return known;
    let cells: readonly TimeCell[] = [{ labels: [], interval: this.period }];
    let grain: Grain | null = null;
    for (const [index, step] of steps.entries()) {
      if (step.kind === 'cut') {
        const reach = reachOf(steps.slice(index));
        cells = cells.flatMap(cell => this.cut(cell, step.grain, reach));
        grain = step.grain;
      } else cells = cells.map(cell => this.windowed(cell, step.window, grain));
    }
    this.cells.set(key, cells);
    return cells;
  }

  intervalOf(frame: Frame, cell: Cell): Interval | null {
    const labels = labelsOf(frame, cell).values();
    const { calendar } = this.clock;
    let found: TimeCell = { labels: [], interval: this.period };
    let grain: Grain | null = null;
    for (const step of frame.steps) {
      if (step.kind === 'window') found = this.windowed(found, step.window, grain);
      else {
        const label = labels.next().value;
        grain = step.grain;
        if (typeof label !== 'number' || found.interval === null) found = { ...found, interval: null };
        else {
          const from = Math.max(label, found.interval.from);
          const until = Math.min(nextBucketStart(grain, label, calendar), found.interval.until);
          found = { ...found, interval: { from, until } };
        }
      }
    }
    return found.interval;
  }

  /** The buckets of an interval that have begun, as `every` and filling show them. */
  begun(grain: Grain, interval: Interval): readonly number[] {
    const labels = bucketsOf(grain, interval, this.clock.calendar).map(bucket => bucket.label);
    return labels.filter(label => label <= this.clock.today);
  }

  /** What is not dated is read today. */
  momentsOf(interval: Interval | null): Moments {
    const { from, until } = interval ?? always;
    return { period_start: from, period_end: until - 1, as_of: Math.min(until - 1, this.clock.today) };
  }

  /** The day before whose beginning a stock is read: the interval's end, or that of today; its start for `opening`. */
  stockDay(interval: Interval, steps: readonly TimeStep[]): number {
    const isOpening = steps.some(step => step.kind === 'window' && step.window.kind === 'opening');
    if (isOpening) return interval.from;
    const isCurrent = interval.from <= this.clock.today && this.clock.today < interval.until;
    return isCurrent || interval.until === always.until ? this.clock.today + 1 : interval.until;
  }

  private windowed(cell: TimeCell, window: TimeWindow, grain: Grain | null): TimeCell {
    if (cell.interval === null && window.kind === 'goal') return cell;
    if (cell.interval === null) throw new Error('a window on what has no date');
    return { ...cell, interval: windowed(window, cell.interval, grain, this.clock) };
  }

  private cut({ labels, interval }: TimeCell, grain: Grain, reach: number): readonly TimeCell[] {
    if (interval === null) return [{ labels: [...labels, null], interval: null }];
    if (grain === 'hour') throw new Error('the oracle cuts no hours');
    const buckets = this.bucketsWithin(grain, interval, reach);
    const cells = buckets.map<TimeCell>(({ label, interval: cut }) => ({ labels: [...labels, label], interval: cut }));
    return isAlways(interval) ? [...cells, { labels: [...labels, null], interval: null }] : cells;
  }

  /** Where an interval has no end, the buckets in which there could be rows. */
  private bucketsWithin(grain: Grain, interval: Interval, reach: number): readonly Bucket[] {
    const { calendar } = this.clock;
    const isBounded = Number.isFinite(interval.from) && Number.isFinite(interval.until);
    if (isBounded) return bucketsOf(grain, interval, calendar);
    const days = this.days();
    if (days.length === 0) return [];
    const first = bucketStart(grain, Math.min(...days) - reach, calendar);
    const end = nextBucketStart(grain, Math.max(...days) + reach, calendar);
    const [from, until] = [Math.max(interval.from, first), Math.min(interval.until, end)];
    return bucketsOf(grain, { from, until }, calendar);
  }

  private known: readonly number[] | null = null;

  /** Every day that stands in a row. */
  private days(): readonly number[] {
    const { model, data } = this.world;
    this.known ??= Object.values(model.tables).flatMap(table =>
      Object.values(table.columns).flatMap(({ name, type }) =>
        (data[table.name] ?? []).flatMap(row => {
          const value = row[name];
          if (typeof value !== 'number') return [];
          if (type === 'date') return [value];
          return type === 'timestamp' ? [localDay(value, model.settings.timeZone)] : [];
        }),
      ),
    );
    return this.known;
  }
}

/** At most how many days away the steps behind a cut can read. */
function reachOf(steps: readonly TimeStep[]): number {
  const days = { day: 1, week: 7, month: 31, quarter: 92, half: 184, year: 366 };
  const reaches = steps.map(step => {
    if (step.kind === 'cut' || step.window.kind === 'running' || step.window.kind === 'opening') return 0;
    if (step.window.kind === 'goal' || step.window.kind === 'frozen') return 366;
    if (step.window.kind === 'to_date' || step.window.step === null) return 366;
    return step.window.step.amount * days[step.window.step.unit];
  });
  return reaches.reduce((sum, each) => sum + each, 1);
}
