/** Cells written out: the buckets that name each, and what is read of it, so that rows can be held against them. */
import { type Bounds, type Day, formatDay, type Interval } from '../calendar/index.ts';
import type { MomentName } from '../model.ts';
import type { Clock } from './clock.ts';
import type { Frame } from './frame.ts';
import type { ListedType, ListRelation, Scalar } from './plan.ts';
import { column, constant } from './scalar.ts';
import { type Cell, type Cut, cellsOf, type Times } from './times.ts';

export const cellsAlias = 'cells';

/** The cells of a frame. */
export function cellsIn(frame: Frame): readonly Cell[] {
  return cellsAt(frame.times, frame);
}

/** The cells at times; that they can be listed has been seen to before. */
export function cellsAt(times: Times, { clock, today }: Pick<Frame, 'clock' | 'today'>): readonly Cell[] {
  const cells = cellsOf(times, { calendar: clock.calendar, today });
  if (typeof cells === 'string') throw new Error(`the cells of ${JSON.stringify(times.steps)} are ${cells}`);
  return cells;
}

/** The columns of listed cells, each noted when it is first read: no list says more than is used. */
export class CellColumns {
  private readonly used = new Map<string, { readonly type: ListedType; readonly of: (cell: Cell) => string | null }>();

  /** `asOf` is the day as of which a cell is read. */
  constructor(
    private readonly clock: Clock,
    private readonly asOf: (cell: Cell) => Day,
  ) {}

  /** An end of the cell, or the day at whose start it is read, for dates or for timestamps; there is none before the first. */
  day(end: 'from' | 'until' | 'next', type: 'date' | 'timestamp'): Scalar {
    return this.value(type === 'date' ? end : `${end}_at`, type, cell => {
      const day = cell[end];
      return day === null ? (end === 'from' ? '-infinity' : 'infinity') : this.clock.startOf(day, type);
    });
  }

  moment(name: MomentName): Scalar {
    return this.value(name, 'date', cell => momentDays(cell, this.asOf(cell))[name]);
  }

  value(name: string, type: ListedType, of: (cell: Cell) => string | null): Scalar {
    if (!this.used.has(name)) this.used.set(name, { type, of });
    return column(name, type, cellsAlias);
  }

  /** The cells with the buckets that name them and the columns that have been read. */
  list(cells: readonly Cell[], cuts: readonly Cut[]): ListRelation {
    // A list has a column even where nothing is read of its one cell.
    if (this.used.size + cuts.length === 0) this.value('cell', 'integer', () => '1');
    const values = [...this.used];
    const keys = cuts.map(({ key }) => ({ name: key, type: 'date' as const }));
    return {
      kind: 'list',
      columns: [...keys, ...values.map(([name, { type }]) => ({ name, type }))],
      rows: cells.map(cell => [...cell.labels.map(formatDay), ...values.map(([, { of }]) => of(cell))]),
    };
  }
}

/** The range from the first to the last of several. */
export function hullOf(all: readonly Bounds[]): Bounds {
  const froms = all.map(({ from }) => from);
  const untils = all.map(({ until }) => until);
  const isOpen = (days: readonly (number | null)[]) => days.length === 0 || days.includes(null);
  return {
    from: isOpen(froms) ? null : Math.min(...froms.map(Number)),
    until: isOpen(untils) ? null : Math.max(...untils.map(Number)),
  };
}

/** Bounds that are there on both sides. */
export function boundedBy({ from, until }: Bounds): Interval | null {
  return from === null || until === null ? null : { from, until };
}

export function asOfBounds({ until }: Bounds, today: Day): Day {
  return until === null ? today : Math.min(until - 1, today);
}

/** The moments of a cell; one of an open end is null. */
export function momentScalars(cell: Bounds, asOfDay: Day): Readonly<Record<MomentName, Scalar>> {
  const { period_start, period_end, as_of } = momentDays(cell, asOfDay);
  return {
    period_start: constant('date', period_start),
    period_end: constant('date', period_end),
    as_of: constant('date', as_of),
  };
}

function momentDays({ from, until }: Bounds, asOfDay: Day): Readonly<Record<MomentName, string | null>> {
  const last = until === null ? null : until - 1;
  return {
    period_start: from === null ? null : formatDay(from),
    period_end: last === null ? null : formatDay(last),
    as_of: formatDay(asOfDay),
  };
}

/** The moments of the one cell of a frame. */
export function momentsOfCell(cell: Cell, today: Day): Readonly<Record<MomentName, Scalar>> {
  return momentScalars(cell, asOfBounds(cell, today));
}
