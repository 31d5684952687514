/**
 * Masks: how many different keys there are in intervals that may overlap. Each key has a bit for every piece of time in
 * which it is; a cell counts the keys that have one of its bits. Keys with the same bits are counted together.
 */
import { boundedBy, hullOf } from './cells.ts';
import type { Frame } from './frame.ts';
import { type Gathered, gather, isInView } from './gather.ts';
import { axisOf } from './listed.ts';
import { type Counted, countedPieces, placeOf } from './partition.ts';
import { Addends } from './parts.ts';
import type { Relation } from './plan.ts';
import { aggregated, dimensionsOf, failingLast } from './rowsets.ts';
import { call, column, constant } from './scalar.ts';
import type { Cell } from './times.ts';
import { cellsOfViews, type Views } from './views.ts';

/** As many bits as a whole number has, without the last, which would make it negative. */
const mostBits = 62;

export function fitsMask(views: Views, { clock }: Frame): boolean {
  return countedPieces(cellsOfViews(views), mostBits, clock.calendar) !== null;
}

export function fromMasks({ use, ...gathered }: Gathered, frame: Frame): Relation {
  const { rows, views, columns, where, wanted } = gathered;
  const { clock } = frame;
  const cells = cellsOfViews(views);
  const hull = hullOf(cells);
  const interval = boundedBy(hull);
  const pieces = countedPieces(cells, mostBits, clock.calendar);
  const [operand] = use.measure.arguments;
  if (pieces === null || operand === undefined) throw new Error(`the keys of ${use.name} have no masks`);
  const axis = axisOf(use, rows);
  const buckets = views.own.map(({ key, grain }) => ({ name: key, value: clock.bucket(axis, grain, interval) }));
  const dimensions = [...dimensionsOf(rows, frame), ...buckets];
  const [key, mask] = [column('key', operand.type), column('mask', 'integer')];
  const bit = call('bit', 'integer', placeOf(axis, pieces, interval, clock));
  const keys = aggregated(
    rows.relation(),
    failingLast([...where, ...clock.within(axis, hull)]),
    [...dimensions, { name: key.name, value: rows.scalar(operand) }],
    [{ name: mask.name, aggregate: 'bit_or', arguments: [bit], order: [], filter: null, type: 'integer' }],
  );

  const addends = new Addends('masks', name => frame.uses.freeName(name));
  for (const { use: each, measure } of wanted) {
    const counted = measure.aggregate === 'count_distinct' ? ({ aggregate: 'count', arguments: [key] } as const) : {};
    addends.add({ ...measure, ...counted }, isInView(each, views, columns));
  }
  const relation: Relation = {
    kind: 'aggregate',
    input: keys,
    keys: [
      ...dimensions.map(each => ({ name: each.name, value: column(each.name, each.value.type) })),
      { name: mask.name, value: mask },
    ],
    measures: addends.parts,
  };
  const bits = columns.value('mask', 'integer', cell => String(bitsOf(cell, pieces)));
  const shared = call('bit_and', 'integer', column(mask.name, 'integer', 'masks'), bits);
  const conditions = [call('unequal', 'boolean', shared, constant('integer', '0'))];
  return gather({ relation, alias: 'masks', keys: dimensions, conditions }, addends, gathered);
}

/** The pieces of a cell, a bit for each. */
function bitsOf({ from, until }: Cell, { starts }: Counted): bigint {
  const isIn = (start: number | null) =>
    start === null ? from === null : (from === null || start >= from) && (until === null || start < until);
  return starts.reduce((bits, start, place) => (isIn(start) ? bits | (1n << BigInt(place)) : bits), 0n);
}
