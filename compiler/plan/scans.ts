/** Scans: which measures one reading of a table answers, and how its rows come to the cells. */
import { grouped, own } from '../record.ts';
import { type Frame, frameKeys } from './frame.ts';
import { needsCells, readsMoment, type Shape, shapeOf, spansOf } from './listed.ts';
import { fitsMask } from './masks.ts';
import { addsUp } from './parts.ts';
import { cutsOf } from './times.ts';
import type { MeasureUse } from './uses.ts';
import { readsVersions } from './versions.ts';
import { viewsOf } from './views.ts';

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
    for (const [key, uses] of grouped(candidates, use => gatheringKey(use, shape)))
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
  if (isSpan && (lifespan === null || findsVersions(use, frame))) return null;
  // Without buckets each row tells by itself which intervals it is in. Small groups are fewer only where nothing else parts them.
  const isByTime = cutsOf(use.times).length > 0;
  if (!isByTime && (isSpan || frame.dimensions.length > 0 || use.times.period === null)) return null;
  if (addsUp(aggregate)) return 'atoms';
  return aggregate === 'count_distinct' && !isSpan ? 'masks' : null;
}

function isGathered(uses: readonly MeasureUse[], shape: 'atoms' | 'masks', frame: Frame): boolean {
  const isListed = frameKeys(frame).length > 0 && uses.some(use => needsCells(use, frame));
  const isSeveral = new Set(uses.map(({ times }) => JSON.stringify(times))).size > 1;
  return (isListed || isSeveral) && (shape === 'atoms' || fitsMask(viewsOf(uses, frame), frame));
}

/** What measures must share to be gathered from the same small groups. */
function gatheringKey({ measure, conditions }: MeasureUse, shape: 'atoms' | 'masks'): string {
  const { table, time, lifespan } = measure;
  const keys = shape === 'masks' ? [measure.arguments, conditions] : [];
  return JSON.stringify([shape, table, lifespan === null ? time : lifespan, ...keys]);
}

/** What measures must share otherwise. Ranges of time that are on several columns would cut nothing off. */
function scanKey(use: MeasureUse, frame: Frame): string {
  if (frame.strategy === 'plain') return use.name;
  const { table, time, lifespan } = use.measure;
  const shape = shapeOf(use, frame);
  const isByTime = frameKeys(frame).length > frame.dimensions.length;
  const isVersioned = findsVersions(use, frame);
  const axis = isByTime || isVersioned || use.times.period !== null ? [time, lifespan] : null;
  const isMoment = readsMoment(use, frame);
  const times = shape !== 'direct' || isMoment || isVersioned ? use.times : null;
  return JSON.stringify([table, shape, axis, times, isMoment]);
}

/** Whether the rows that a measure joins to depend on the date or the moment at which it is read. */
function findsVersions({ measure, conditions }: MeasureUse, { model, dimensions }: Frame): boolean {
  const { table, arguments: operands, time, lifespan } = measure;
  const groups = dimensions.flatMap(({ byTable }) => own(byTable, table) ?? []);
  const ends = lifespan === null ? [] : [lifespan.from, lifespan.until];
  const read = [...operands, ...conditions, ...groups, ...ends, ...(time === null ? [] : [time])];
  return read.some(each => readsVersions(each, table, model));
}
