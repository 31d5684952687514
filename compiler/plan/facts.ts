/**
 * Facts: the measures of one table, aggregated in the table's own grain by the asked keys. One scan each, conditions that
 * all measures share in front, the others beside their measure; joins only after that, so that no row counts twice.
 */
import type { Bounds } from '../calendar/index.ts';
import type { Model, Table } from '../model.ts';
import { isKeptTable } from '../resolve/index.ts';
import { fromAtoms } from './atoms.ts';
import { type CellColumns, hullOf } from './cells.ts';
import { aggregatedByKey, splitByKey } from './eager.ts';
import { type Fact, type Frame, frameKeys, presentName } from './frame.ts';
import type { Wanted } from './gather.ts';
import { cellColumnsOf, cellsOfUse, fromRows, readingOf, type Shape, spansOf } from './listed.ts';
import { fromMasks } from './masks.ts';
import type { Relation, Scalar } from './plan.ts';
import { Rows } from './rows.ts';
import { aggregatedByBuckets, aggregateOf, failingLast } from './rowsets.ts';
import { call, column, constant, every, some } from './scalar.ts';
import { type Scan, scansOf } from './scans.ts';
import type { FollowedRows } from './steps.ts';
import { windowsOf } from './times.ts';
import type { MeasureUse, Uses } from './uses.ts';
import { type Views, viewsOf } from './views.ts';

export function planFacts(frame: Frame, names: FactNames): readonly Fact[] {
  return scansOf(frame).map(scan => planFact(scan, frame, names.of(scan.uses[0].measure.table)));
}

/** Names for facts that no table of the warehouse bears, so that they hide none. */
export class FactNames {
  private readonly taken: Set<string>;

  constructor(model: Model) {
    this.taken = new Set(Object.values(model.tables).flatMap(relationName));
  }

  of(table: string): string {
    let name = `${table}_facts`;
    for (let count = 2; this.taken.has(name); count += 1) name = `${table}_facts_${count}`;
    this.taken.add(name);
    return name;
  }
}

function relationName({ source }: Table): readonly string[] {
  return source.kind === 'relation' ? source.path.slice(-1) : [];
}

/** A condition by the text that tells it from others, so that what all measures share can be found. */
export interface Condition {
  readonly key: string;
  readonly scalars: () => readonly Scalar[];
}

/** What a row must pass to count in a measure: its conditions, what follows it, and its place in the interval that is read. */
export function conditionsOf(
  use: MeasureUse,
  shape: Shape,
  rows: Rows,
  frame: Frame,
  followed: FollowedRows,
): readonly Condition[] {
  const { followedBy, time } = use.measure;
  const conditions: Condition[] = use.conditions.map(each => ({
    key: JSON.stringify(each),
    scalars: () => rows.conditions(each),
  }));
  if (followedBy !== null && time !== null)
    conditions.push({ key: JSON.stringify(followedBy), scalars: () => [rows.followed(followedBy, time, followed)] });
  if (shape !== 'direct') return conditions;
  return [...conditions, ...placeOf(use, rows, frame)];
}

/** Where all rows that a measure covers lie in time: bounds on the stored column, and life at one moment for stocks. */
function placeOf(use: MeasureUse, rows: Rows, frame: Frame): readonly Condition[] {
  const { clock } = frame;
  const lives = spansOf(use, frame).flatMap((span): readonly Condition[] => {
    const [cell] = cellsOfUse(use, frame);
    if (cell === undefined) return [];
    const next = (type: 'date' | 'timestamp') => constant(type, clock.startOf(cell.next, type));
    const scalars = () => clock.alive(rows.scalar(span.from), rows.scalar(span.until), next);
    return [{ key: `alive ${JSON.stringify([span, cell.next])}`, scalars }];
  });
  return [...lives, ...intervalOf(use, rows, frame)];
}

/** The interval in which the rows of a flow lie. */
function intervalOf(use: MeasureUse, rows: Rows, frame: Frame): readonly Condition[] {
  const { time, isDated, lifespan } = use.measure;
  const { clock } = frame;
  if (time === null || lifespan !== null) return [];
  const { from, until } = boundsOf(use, frame);
  if (from !== null || until !== null) {
    const key = `in ${JSON.stringify([time, from, until])}`;
    return [{ key, scalars: () => clock.within(rows.scalar(time), { from, until }) }];
  }
  // What is accumulated lies in time, also where that has no end.
  if (!isDated && windowsOf(use.times).length === 0) return [];
  const dated = () => [call('not', 'boolean', call('is_null', 'boolean', rows.scalar(time)))];
  return [{ key: `dated ${JSON.stringify(time)}`, scalars: dated }];
}

export const unbounded: Bounds = { from: null, until: null };

/** The days from the first to the last that any cell of a measure reads. */
export function boundsOf(use: MeasureUse, frame: Frame): Bounds {
  const isPlain = use.times.steps.every(step => step.kind === 'cut');
  if (isPlain) return use.times.period ?? unbounded;
  return hullOf(cellsOfUse(use, frame));
}

/** One range that holds those of all measures, where each has one on the same axis: rows outside are not even read. */
function sharedRange(uses: readonly MeasureUse[], rows: Rows, frame: Frame): readonly Scalar[] {
  const [first] = uses;
  const time = first?.measure.time ?? null;
  if (time === null || uses.some(use => use.measure.lifespan !== null)) return [];
  if (uses.some(use => JSON.stringify(use.measure.time) !== JSON.stringify(time))) return [];
  const bounds = uses.map(use => boundsOf(use, frame));
  const texts = new Set(bounds.map(each => JSON.stringify(each)));
  return texts.size < 2 ? [] : frame.clock.within(rows.scalar(time), hullOf(bounds));
}

function planFact({ uses, shape }: Scan, asked: Frame, name: string): Fact {
  const [use] = uses;
  const frame = use.audience === 'own' ? asked : { ...asked, access: asked.access.wider };
  const columns = cellColumnsOf(use, shape, frame);
  const { table } = use.measure;
  const days = isKeptTable(table) ? hullOf(uses.map(each => boundsOf(each, frame))) : undefined;
  const rows = new Rows({ ...frame, reading: readingOf(use, columns, frame) }, table, days);
  const isNarrowed = frame.strategy !== 'plain' && use.measure.followedBy !== null;
  const bounds = isNarrowed ? hullOf(uses.map(each => boundsOf(each, frame))) : unbounded;
  const followed = { keeps: 'followed', bounds } as const;
  const conditions = new Map(uses.map(each => [each, conditionsOf(each, shape, rows, frame, followed)] as const));
  const [head, ...others] = [...conditions.values()];
  const common = (head ?? []).filter(({ key }) =>
    others.every(other => other.some(condition => condition.key === key)),
  );
  const range = shape === 'direct' ? sharedRange(uses, rows, frame) : [];
  const where = [...common.flatMap(condition => condition.scalars()), ...range];
  const filters = new Map<MeasureUse, Scalar | null>();
  for (const [each, all] of conditions) {
    const rest = all
      .filter(({ key }) => !common.some(condition => condition.key === key))
      .flatMap(condition => condition.scalars());
    filters.set(each, rest.length === 0 ? null : every(rest));
  }
  const views = shape === 'direct' || shape === 'joined' ? null : viewsOf(uses, frame);
  // Measures of one window, of which a group that is there has rows.
  const windows = views === null ? [uses] : views.all.map(view => view.uses);
  const presence = presenceOf(windows, filters, frame);
  const rowCounts = new RowCounts(windows, filters, frame.uses);
  const needed = uses.filter(each => frame.uses.needsPresence(each)).flatMap(each => rowCounts.own(each));
  const shown =
    presence === 'some' ? uses.filter(each => frame.uses.isAsked(each)).map(each => rowCounts.any(each)) : [];
  const wanted = [
    ...uses.map(each => ({ use: each, measure: aggregateOf(each, filters.get(each) ?? null, rows, frame) })),
    ...needed,
    ...rowCounts.added(needed),
  ];
  const relation = aggregatedRows({ uses, shape, views, rows, columns, where, wanted }, frame);
  const measures = wanted.map(({ measure }) => measure);
  const values = measures.map(({ name: value, type }) => ({ name: value, type }));
  // A count of one window is null in the groups that only another has.
  const counts = windows.length > 1 ? [] : measures.filter(measure => measure.aggregate.startsWith('count'));
  const neverNull = new Set(counts.map(measure => measure.name));
  if (presence !== 'some') return { name, relation, values, neverNull, presence };
  const present = some(
    [...new Set(shown)].map(count => call('greater', 'boolean', column(count, 'integer'), constant('integer', '0'))),
  );
  if (uses.every(use => frame.uses.isAsked(use))) {
    return {
      name,
      relation: { kind: 'filter', input: relation, conditions: [present] },
      values,
      neverNull,
      presence: 'all',
    };
  }
  const keys = frameKeys(frame).map(key => ({ name: key.name, value: column(key.name, key.type) }));
  const projected = [
    ...keys,
    ...values.map(value => ({ name: value.name, value: column(value.name, value.type) })),
    { name: presentName, value: present },
  ];
  return {
    name,
    relation: { kind: 'project', input: relation, columns: projected },
    values,
    neverNull,
    presence: 'some',
  };
}

interface ScannedRows extends Scan {
  readonly views: Views | null;
  readonly rows: Rows;
  readonly columns: CellColumns | null;
  readonly where: readonly Scalar[];
  readonly wanted: readonly Wanted[];
}

function aggregatedRows({ uses, shape, views, rows, columns, where, wanted }: ScannedRows, frame: Frame): Relation {
  const [use] = uses;
  const measures = wanted.map(({ measure }) => measure);
  if (columns !== null && views !== null) {
    const gathered = { use, rows, views, columns, where, wanted };
    return shape === 'masks' ? fromMasks(gathered, frame) : fromAtoms(gathered, frame);
  }
  if (columns !== null) return fromRows({ use, rows, columns, where, measures }, frame);
  const split = frame.strategy === 'plain' ? null : splitByKey(uses, rows.table.name, frame);
  if (split !== null)
    return aggregatedByKey(split, rows, failingLast(where), measures, { ...frame, reading: rows.reading });
  return aggregatedByBuckets(use, rows, failingLast(where), measures, frame);
}

/** Which of a fact's groups an asked measure has. Without keys there is one group, and it is always there. */
function presenceOf(
  windows: readonly (readonly MeasureUse[])[],
  filters: ReadonlyMap<MeasureUse, Scalar | null>,
  frame: Frame,
): Fact['presence'] {
  const asked = windows.map(uses => uses.filter(use => frame.uses.isAsked(use)));
  if (frameKeys(frame).length === 0) return 'all';
  if (asked.every(uses => uses.length === 0)) return 'none';
  return asked.every(uses => uses.some(use => filters.get(use) === null)) ? 'all' : 'some';
}

/** Counts of the rows that a measure covers; measures of the same rows share one. */
class RowCounts {
  private readonly byRows = new Map<string, { readonly name: string; readonly count: Wanted | null }>();

  constructor(
    private readonly windows: readonly (readonly MeasureUse[])[],
    private readonly filters: ReadonlyMap<MeasureUse, Scalar | null>,
    private readonly names: Uses,
  ) {
    for (const use of windows.flat())
      if (use.isRowCount) this.byRows.set(this.key(use), { name: use.name, count: null });
  }

  private key(use: MeasureUse): string {
    return JSON.stringify([this.windows.findIndex(uses => uses.includes(use)), this.filters.get(use) ?? null]);
  }

  /** The count under the measure's own name. */
  own(use: MeasureUse): readonly Wanted[] {
    if (use.isRowCount) return [];
    const filter = this.filters.get(use) ?? null;
    const counted = { aggregate: 'count', arguments: [], order: [], filter, type: 'integer' } as const;
    const count = { use, measure: { ...counted, name: this.names.countName(use) } };
    if (!this.byRows.has(this.key(use))) this.byRows.set(this.key(use), { name: count.measure.name, count });
    return [count];
  }

  /** The name of a count of the measure's rows, whichever measure it stands for. */
  any(use: MeasureUse): string {
    this.own(use);
    return this.byRows.get(this.key(use))?.name ?? this.names.countName(use);
  }

  /** The counts that were asked for with `any` and are no measure of their own. */
  added(others: readonly Wanted[]): readonly Wanted[] {
    return [...this.byRows.values()].flatMap(({ name, count }) =>
      count === null || others.some(({ measure }) => measure.name === name) ? [] : [count],
    );
  }
}
