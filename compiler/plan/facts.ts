/**
 * Facts: the measures of one table, aggregated in the table's own grain by the asked keys. One scan each, conditions that
 * all measures share in front, the others beside their measure; joins only after that, so that no row counts twice.
 */
import type { Bounds } from '../calendar/index.ts';
import type { Model, RowExpression, Table } from '../model.ts';
import { own } from '../record.ts';
import { hullOf } from './cells.ts';
import { mayFail } from './conditions.ts';
import { aggregatedByKey, splitByKey } from './eager.ts';
import { type Fact, type Frame, frameKeys, presentName } from './frame.ts';
import { cellColumnsOf, cellsOfUse, onListedCells, readingOf, readsMoment, shapeOf, spansOf } from './listed.ts';
import type { NamedAggregate, Relation, Scalar } from './plan.ts';
import { Rows } from './rows.ts';
import { aggregated, aggregateOf, failingLast, keysOf } from './rowsets.ts';
import { call, column, constant, every, some } from './scalar.ts';
import { windowsOf } from './times.ts';
import type { MeasureUse, Uses } from './uses.ts';
import { readsVersions } from './versions.ts';

/** Measures that one scan can answer stand together: those of one table and, where time is cut in buckets, of one axis. */
export function planFacts(frame: Frame, names: FactNames): readonly Fact[] {
  const groups = new Map<string, MeasureUse[]>();
  for (const use of frame.uses.measures) {
    const key = frame.strategy === 'plain' ? use.name : scanOf(use, frame);
    groups.set(key, [...(groups.get(key) ?? []), use]);
  }
  return [...groups.values()].map(uses => planFact(uses, frame, names.of(uses[0]?.measure.table ?? '')));
}

/** What measures must share to be read in one scan. */
function scanOf(use: MeasureUse, frame: Frame): string {
  const { table, time, lifespan, followedBy } = use.measure;
  const shape = shapeOf(use, frame);
  const isByTime = frameKeys(frame).length > frame.dimensions.length;
  const isVersioned = findsVersions(use, frame);
  const axis = isByTime || isVersioned ? [time, lifespan] : null;
  const isMoment = readsMoment(use, frame);
  const times = shape !== 'direct' || isMoment || isVersioned ? use.times : null;
  // What may fail is computed only for rows that the measure covers: nothing of it stands beside other conditions.
  const { model } = frame;
  const isRisky = readBy(use, frame).some(each => mayFail(each, model));
  const alone = isRisky ? [use.conditions, use.times] : null;
  return JSON.stringify([table, shape, axis, times, isMoment, followedBy, alone]);
}

/** The expressions that are computed from the rows of a measure. */
export function readBy({ measure, conditions }: MeasureUse, { dimensions }: Frame): readonly RowExpression[] {
  const { table, arguments: operands, time, lifespan } = measure;
  const groups = dimensions.flatMap(({ byTable }) => own(byTable, table) ?? []);
  const ends = lifespan === null ? [] : [lifespan.from, lifespan.until];
  return [...operands, ...conditions, ...groups, ...ends, ...(time === null ? [] : [time])];
}

/** Whether the rows that a measure joins to depend on the date or the moment at which it is read. */
export function findsVersions(use: MeasureUse, frame: Frame): boolean {
  return readBy(use, frame).some(each => readsVersions(each, use.measure.table, frame.model));
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
  rows: Rows,
  frame: Frame,
  keeps: 'all' | 'followed',
): readonly Condition[] {
  const { followedBy, time } = use.measure;
  const conditions: Condition[] = use.conditions.map(each => ({
    key: JSON.stringify(each),
    scalars: () => rows.conditions(each),
  }));
  if (followedBy !== null && time !== null)
    conditions.push({ key: JSON.stringify(followedBy), scalars: () => [rows.followed(followedBy, time, keeps)] });
  if (shapeOf(use, frame) !== 'direct') return conditions;
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

/** The days from the first to the last that any cell of a measure reads. */
function boundsOf(use: MeasureUse, frame: Frame): Bounds {
  if (use.times.steps.length === 0) return use.times.period ?? { from: null, until: null };
  const isPlain = use.times.steps.every(step => step.kind === 'cut');
  if (isPlain) return use.times.period ?? { from: null, until: null };
  return hullOf(cellsOfUse(use, frame));
}

/** One range that holds those of all measures, where each has one on the same axis: rows outside are not even read. */
function sharedRange(uses: readonly MeasureUse[], rows: Rows, frame: Frame): readonly Scalar[] {
  const [first] = uses;
  const time = first?.measure.time ?? null;
  if (time === null || uses.some(use => shapeOf(use, frame) !== 'direct' || use.measure.lifespan !== null)) return [];
  if (uses.some(use => JSON.stringify(use.measure.time) !== JSON.stringify(time))) return [];
  const bounds = uses.map(use => boundsOf(use, frame));
  const texts = new Set(bounds.map(each => JSON.stringify(each)));
  return texts.size < 2 ? [] : frame.clock.within(rows.scalar(time), hullOf(bounds));
}

function planFact(uses: readonly MeasureUse[], frame: Frame, name: string): Fact {
  const [first] = uses;
  if (first === undefined) throw new Error('a fact without measures');
  const { table } = first.measure;
  const shape = shapeOf(first, frame);
  const cells = cellColumnsOf(first, shape, frame);
  const rows = new Rows({ ...frame, reading: readingOf(first, cells, frame) }, table);
  const conditions = new Map(uses.map(use => [use, conditionsOf(use, rows, frame, 'followed')] as const));
  const [head, ...others] = [...conditions.values()];
  const common = (head ?? []).filter(({ key }) =>
    others.every(other => other.some(condition => condition.key === key)),
  );
  const where = [...common.flatMap(condition => condition.scalars()), ...sharedRange(uses, rows, frame)];
  const filters = new Map<MeasureUse, Scalar | null>();
  for (const [use, all] of conditions) {
    const rest = all
      .filter(({ key }) => !common.some(condition => condition.key === key))
      .flatMap(condition => condition.scalars());
    filters.set(use, rest.length === 0 ? null : every(rest));
  }
  const presence = presenceOf(uses, filters, frame);
  const rowCounts = new RowCounts(uses, filters, frame.uses);
  const needed = uses.filter(use => frame.uses.needsPresence(use)).flatMap(use => rowCounts.own(use));
  const shown = presence === 'some' ? uses.filter(use => frame.uses.isAsked(use)).map(use => rowCounts.any(use)) : [];
  const measures = [
    ...uses.map(use => aggregateOf(use, filters.get(use) ?? null, rows, frame)),
    ...needed,
    ...rowCounts.added(needed),
  ];
  const relation =
    cells === null || shape === 'direct'
      ? aggregatedRows(first, uses, rows, where, measures, frame)
      : onListedCells({ use: first, rows, columns: cells, where, measures }, shape, frame);
  const values = measures.map(({ name: value, type }) => ({ name: value, type }));
  const neverNull = new Set(
    measures
      .filter(measure => measure.aggregate === 'count' || measure.aggregate === 'count_distinct')
      .map(measure => measure.name),
  );
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
  const columns = [
    ...keys,
    ...values.map(value => ({ name: value.name, value: column(value.name, value.type) })),
    { name: presentName, value: present },
  ];
  return { name, relation: { kind: 'project', input: relation, columns }, values, neverNull, presence: 'some' };
}

function aggregatedRows(
  first: MeasureUse,
  uses: readonly MeasureUse[],
  rows: Rows,
  where: readonly Scalar[],
  measures: readonly NamedAggregate[],
  frame: Frame,
): Relation {
  const split = frame.strategy === 'plain' ? null : splitByKey(uses, rows.table.name, frame);
  if (split !== null)
    return aggregatedByKey(split, rows, failingLast(where), measures, { ...frame, reading: rows.reading });
  // Keys come first: what they need must be joined before the relation is made.
  const keys = keysOf(rows, first, frame);
  return aggregated(rows.relation(), failingLast(where), keys, measures);
}

/** Which of a fact's groups an asked measure has. Without keys there is one group, and it is always there. */
function presenceOf(
  uses: readonly MeasureUse[],
  filters: ReadonlyMap<MeasureUse, Scalar | null>,
  frame: Frame,
): Fact['presence'] {
  const asked = uses.filter(use => frame.uses.isAsked(use));
  if (frameKeys(frame).length === 0) return 'all';
  if (asked.length === 0) return 'none';
  return asked.some(use => filters.get(use) === null) ? 'all' : 'some';
}

/** Counts of the rows that a measure covers; measures of the same rows share one. */
class RowCounts {
  private readonly byFilter = new Map<string, { readonly name: string; readonly count: NamedAggregate | null }>();

  constructor(
    uses: readonly MeasureUse[],
    private readonly filters: ReadonlyMap<MeasureUse, Scalar | null>,
    private readonly names: Uses,
  ) {
    for (const use of uses) if (use.isRowCount) this.byFilter.set(this.key(use), { name: use.name, count: null });
  }

  private key(use: MeasureUse): string {
    return JSON.stringify(this.filters.get(use) ?? null);
  }

  /** The count under the measure's own name. */
  own(use: MeasureUse): readonly NamedAggregate[] {
    if (use.isRowCount) return [];
    const count: NamedAggregate = {
      name: this.names.countName(use),
      aggregate: 'count',
      arguments: [],
      order: [],
      filter: this.filters.get(use) ?? null,
      type: 'integer',
    };
    if (!this.byFilter.has(this.key(use))) this.byFilter.set(this.key(use), { name: count.name, count });
    return [count];
  }

  /** The name of a count of the measure's rows, whichever measure it stands for. */
  any(use: MeasureUse): string {
    this.own(use);
    return this.byFilter.get(this.key(use))?.name ?? this.names.countName(use);
  }

  /** The counts that were asked for with `any` and are no measure of their own. */
  added(others: readonly NamedAggregate[]): readonly NamedAggregate[] {
    return [...this.byFilter.values()].flatMap(({ count }) =>
      count === null || others.some(other => other.name === count.name) ? [] : [count],
    );
  }
}
