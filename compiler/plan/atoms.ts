/**
 * Atoms: rows added up by the asked dimensions and small pieces of time. One scan serves all that is read of an axis: as
 * asked, moved, and accumulated. The atoms of a stock have two ends, the pieces in which rows come to life and die.
 */
import type { Bounds } from '../calendar/index.ts';
import { boundedBy, hullOf } from './cells.ts';
import type { Frame } from './frame.ts';
import { type Gathered, gather, isInView } from './gather.ts';
import { axisOf, spansOf, within } from './listed.ts';
import { endsOf, type Partition, partitionOf, pieceOf } from './partition.ts';
import { Addends } from './parts.ts';
import type { NamedScalar, Relation, Scalar } from './plan.ts';
import { aggregated, dimensionsOf, failingLast } from './rowsets.ts';
import { call, column, nothing } from './scalar.ts';
import { cellsOfViews } from './views.ts';

/** What atoms are told apart by beside dimensions, which rows they have, and which cells have them. */
interface Atoms {
  readonly keys: readonly NamedScalar[];
  /** Keys that the cells do not name. */
  readonly kept: readonly NamedScalar[];
  readonly where: readonly Scalar[];
  readonly conditions: readonly Scalar[];
}

const alias = 'atoms';

export function fromAtoms(gathered: Gathered, frame: Frame): Relation {
  const { use, rows, views, columns, where, wanted } = gathered;
  const { keys, kept, ...atoms } =
    use.measure.lifespan === null ? atomsOfFlow(gathered, frame) : atomsOfStock(gathered, frame);
  const addends = new Addends(alias, name => frame.uses.freeName(name));
  for (const each of wanted) addends.add(each.measure, isInView(each.use, views, columns));
  const dimensions = [...dimensionsOf(rows, frame), ...kept];
  const relation = aggregated(
    rows.relation(),
    failingLast([...where, ...atoms.where]),
    [...dimensions, ...keys],
    addends.parts,
  );
  return gather({ relation, alias, keys: dimensions, conditions: atoms.conditions }, addends, gathered);
}

/** More days than this, each counted for every cell that it is in, are put together before cells gather them. */
const mostDays = 20_000;

function atomsOfFlow({ use, rows, views, columns }: Gathered, { clock, dimensions }: Frame): Atoms {
  const cells = cellsOfViews(views);
  const axis = axisOf(use, rows);
  const hull = hullOf(cells);
  const interval = boundedBy(hull);
  // Where nothing else parts the rows, their own day takes less time to group by than what is reckoned from it.
  const isApart = dimensions.length + views.own.length > 0;
  const isByDay = !isApart && axis.kind === 'column' && axis.type === 'date' && daysIn(cells) <= mostDays;
  const partition = isByDay ? ownDays : partitionOf(endsOf(cells), clock.calendar);
  return {
    keys: [{ name: 'atom', value: pieceOf(axis, partition, interval, clock) }],
    kept: views.own.map(({ key, grain }) => ({ name: key, value: clock.bucket(axis, grain, interval) })),
    where: clock.within(axis, hull),
    conditions: within(column('atom', 'date', alias), cells, columns),
  };
}

const ownDays: Partition = { grain: 'day', breaks: [] };

/** How many days cells have together; infinite where one is open. */
function daysIn(cells: readonly Bounds[]): number {
  return cells.reduce((sum, { from, until }) => sum + ((until ?? Infinity) - (from ?? -Infinity)), 0);
}

/** Cells are read at the start of a day with which a piece begins, so the pieces of two moments tell as much as the moments. */
function atomsOfStock({ use, rows, views, columns }: Gathered, frame: Frame): Atoms {
  const { clock } = frame;
  const days = cellsOfViews(views).map(({ next }) => next);
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const interval = days.length === 0 ? null : { from: first - 1, until: last + 1 };
  const partition = partitionOf(days, clock.calendar);
  const spans = spansOf(use, frame).map((span, index) => {
    const [from, until] = [rows.scalar(span.from), rows.scalar(span.until)];
    const [born, died] = index === 0 ? ['born', 'died'] : [`born_${index + 1}`, `died_${index + 1}`];
    const piece = (moment: Scalar) => pieceOf(moment, partition, interval, clock);
    return {
      keys: [
        { name: born, value: piece(from) },
        { name: died, value: orNull(piece(until), until) },
      ],
      // What died before is not left out: the test for that takes longer than it saves.
      where: clock.within(from, { from: null, until: interval === null ? null : last }),
      conditions: clock.alive(column(born, 'date', alias), column(died, 'date', alias), () =>
        columns.day('next', 'date'),
      ),
    };
  });
  return {
    keys: spans.flatMap(({ keys }) => keys),
    kept: [],
    where: spans.flatMap(({ where }) => where),
    conditions: spans.flatMap(({ conditions }) => conditions),
  };
}

/** A piece of time that is known by its bounds would be the last where there is no moment. */
function orNull(piece: Scalar, moment: Scalar): Scalar {
  if (piece.kind === 'bucket') return piece;
  return call('case', piece.type, call('not', 'boolean', call('is_null', 'boolean', moment)), piece, nothing);
}
