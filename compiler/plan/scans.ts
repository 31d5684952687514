/** Scans: which measures one reading of a table answers, and how its rows come to the cells. */
import type { Bounds } from '../calendar/index.ts';
import { grouped } from '../record.ts';
import { mayFail } from './conditions.ts';
import { type Frame, frameKeys } from './frame.ts';
import { findsVersions, needsCells, readBy, readsMoment, type Shape, shapeOf, spansOf } from './listed.ts';
import { fitsMask } from './masks.ts';
import { addsUp } from './parts.ts';
import { cutsOf } from './times.ts';
import type { MeasureUse } from './uses.ts';
import { cellsOfViews, viewsOf } from './views.ts';

export interface Scan {
  readonly uses: readonly [MeasureUse, ...MeasureUse[]];
  readonly shape: Shape;
}

/**
 * The scans of a frame, by their first measures. Where anything on an axis is moved or accumulated, what can be gathered
 * from the same small groups is, also what is read as it was asked.
 */
export function scansOf(frame: Frame): readonly Scan[] {
  const { measures } = frame.uses;
  const gathered = new Map<MeasureUse, string>();
  for (const shape of ['atoms', 'masks'] as const) {
    const candidates = measures.filter(use => gatheringOf(use, frame) === shape);
    for (const [key, uses] of grouped(candidates, use => gatheringKey(use, shape, frame)))
      if (isGathered(uses, shape, frame)) for (const use of uses) gathered.set(use, key);
  }
  const keyOf = (use: MeasureUse) => gathered.get(use) ?? scanKey(use, frame);
  return [...grouped(measures, keyOf).values()].map(uses => {
    const [first] = uses;
    const shape = gathered.has(first) ? gatheringOf(first, frame) : null;
    return { uses, shape: shape ?? shapeOf(first, frame) };
  });
}

/** What a measure may be gathered from: groups that add up, or keys with a mask of the pieces of time in which they are. */
function gatheringOf(use: MeasureUse, frame: Frame): 'atoms' | 'masks' | null {
  const { aggregate, time, lifespan } = use.measure;
  const isSpan = spansOf(use, frame).length > 0;
  if (frame.strategy === 'plain' || readsMoment(use, frame) || (time === null && !isSpan)) return null;
  if (isSpan && (lifespan === null || findsVersions(use, frame) || isRisky(use, frame))) return null;
  // Without buckets each row tells by itself which intervals it is in. Small groups are fewer only where nothing else parts them.
  const isByTime = cutsOf(use.times).length > 0;
  if (!isByTime && (isSpan || frame.dimensions.length > 0 || use.times.period === null)) return null;
  if (addsUp(aggregate)) return 'atoms';
  return aggregate === 'count_distinct' && !isSpan ? 'masks' : null;
}

function isGathered(uses: Scan['uses'], shape: 'atoms' | 'masks', frame: Frame): boolean {
  const isListed = frameKeys(frame).length > 0 && needsCells(uses[0], frame);
  const isSeveral = new Set(uses.map(({ times }) => JSON.stringify(times))).size > 1;
  if (!isListed && !isSeveral) return false;
  const views = viewsOf(uses, frame);
  const isCovered = !isRisky(uses[0], frame) || areWithoutGaps(cellsOfViews(views));
  return isCovered && (shape === 'atoms' || fitsMask(views, frame));
}

/** What measures must share to be gathered from the same small groups. */
function gatheringKey(use: MeasureUse, shape: 'atoms' | 'masks', frame: Frame): string {
  const { table, time, lifespan, followedBy, arguments: operands } = use.measure;
  const keys = shape === 'masks' ? [operands, use.conditions] : [];
  return JSON.stringify([
    shape,
    use.audience,
    table,
    lifespan === null ? time : lifespan,
    followedBy,
    alone(use, frame),
    ...keys,
  ]);
}

/** What measures must share otherwise. Ranges of time that are on several columns would cut nothing off. */
function scanKey(use: MeasureUse, frame: Frame): string {
  if (frame.strategy === 'plain') return use.name;
  const { table, time, lifespan, followedBy } = use.measure;
  const shape = shapeOf(use, frame);
  const isByTime = frameKeys(frame).length > frame.dimensions.length;
  const isVersioned = findsVersions(use, frame);
  const axis = isByTime || isVersioned || use.times.period !== null ? [time, lifespan] : null;
  const isMoment = readsMoment(use, frame);
  const times = shape !== 'direct' || isMoment || isVersioned ? use.times : null;
  return JSON.stringify([use.audience, table, shape, axis, times, isMoment, followedBy, alone(use, frame)]);
}

/** What may fail is computed only for rows that the measure covers: nothing of it stands beside other conditions. */
function alone(use: MeasureUse, frame: Frame): readonly unknown[] | null {
  return isRisky(use, frame) ? [use.conditions, use.times] : null;
}

function isRisky(use: MeasureUse, frame: Frame): boolean {
  return readBy(use, frame).some(each => mayFail(each, frame.model));
}

/** Whether every day between the first and the last of any cell lies in one. */
function areWithoutGaps(cells: readonly Bounds[]): boolean {
  const inOrder = [...cells].sort((a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity));
  let end = inOrder[0]?.from ?? -Infinity;
  for (const { from, until } of inOrder) {
    if ((from ?? -Infinity) > end) return false;
    end = Math.max(end, until ?? Infinity);
  }
  return true;
}
