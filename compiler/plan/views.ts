/** Views: the cells that measures read together, where they differ in the windows through which they look. */
import { grouped } from '../record.ts';
import { cellsAt } from './cells.ts';
import type { Frame } from './frame.ts';
import { listedTimes } from './listed.ts';
import { type Cell, type Cut, cutsOf } from './times.ts';
import type { MeasureUse } from './uses.ts';

/** The cells of one window, and the measures that are read on them. */
export interface View {
  readonly uses: readonly MeasureUse[];
  readonly cells: readonly Cell[];
}

export interface Views {
  readonly all: readonly View[];
  /** The cuts whose buckets name the cells. */
  readonly listed: readonly Cut[];
  /** Those behind them, whose buckets follow from each row's own time. */
  readonly own: readonly Cut[];
}

/** The views of measures of one frame. Where there are several, all buckets of all are listed. */
export function viewsOf(uses: readonly MeasureUse[], frame: Frame): Views {
  const groups = [...grouped(uses, ({ times }) => JSON.stringify(times)).values()];
  const timesOf = (use: MeasureUse) => (groups.length === 1 ? listedTimes(use, frame) : use.times);
  const all = groups.map(each => ({ uses: each, cells: cellsAt(timesOf(each[0]), frame) }));
  const [first] = uses;
  const cuts = first === undefined ? [] : cutsOf(first.times);
  const listed = first === undefined ? [] : cutsOf(timesOf(first));
  return { all, listed, own: cuts.slice(listed.length) };
}

export function cellsOfViews({ all }: Views): readonly Cell[] {
  return all.flatMap(({ cells }) => cells);
}
