/**
 * Goals by the letter of their rules: from what the Model says of a goal, bucket by bucket, and from nothing that was made of
 * it. Targets that stand in the definitions are rows like others; the rest is arithmetic on the metric and its target.
 */
import type { Goal, GoalPart, GoalWindow, Measure, Metric, MetricExpression, Model } from '../../compiler/index.ts';
import { bucketStart, dayNumber, nextBucketStart, partsOf } from './calendar.ts';
import { type Cell, keyOf, unique } from './cells.ts';
import type { Evaluator } from './evaluate.ts';
import { type Frame, withPer, withWindow } from './frame.ts';
import { type Bucket, bucketsOf, type Interval } from './interval.ts';
import { fraction, parseFraction, plus, times } from './number.ts';
import { type Data, literalValue, type Row } from './rows.ts';
import { asNumber, compareValues, isFraction, type Value } from './values.ts';

/** The rows of the goals of a model whose targets are written there. */
export function targetRows(model: Model): Data {
  return Object.fromEntries(
    Object.values(model.goals).flatMap(goal => {
      const { target } = goal;
      return target.kind === 'values' ? [[tableOf(goal), target.values.map(value => rowOf(goal, value))] as const] : [];
    }),
  );
}

type WrittenTarget = Extract<Goal['target'], { kind: 'values' }>['values'][number];

function rowOf({ by, ...goal }: Goal, { from, group, value }: WrittenTarget): Row {
  const table = tableOf(goal);
  const keys = by.map(({ byTable, type }, index) => {
    const column = byTable[table];
    if (column?.kind !== 'column') throw new Error(`${goal.name} is not kept by a column`);
    return [
      column.column,
      type === 'boolean' ? group[index] === 'true' : literalValue(type, group[index] ?? ''),
    ] as const;
  });
  return { ...Object.fromEntries(keys), [bucketName]: dayNumber(from), [valueName]: parseFraction(value) };
}

const bucketName = 'kept:bucket';
const valueName = 'kept:value_1';

function tableOf({ name }: Pick<Goal, 'name'>): string {
  return `goal:${name}`;
}

export interface Asked {
  readonly goal: Goal;
  readonly part: GoalPart;
}

/** What of a goal a metric is; null for one that stands for itself. */
export function askedOf(name: string, { goals }: Model): Asked | null {
  const [goal = '', part = ''] = name.split('.');
  const found = goals[goal];
  const parts: readonly GoalPart[] = ['target', 'attainment', 'gap', 'expected', 'pace', 'landing', 'status'];
  const known = parts.find(each => each === part);
  return found === undefined || known === undefined ? null : { goal: found, part: known };
}

export class Goals {
  private readonly written = new Map<string, Measure>();

  constructor(private readonly evaluator: Evaluator) {}

  /** The cells that the metric, its target or what of that is due has, as far as they are read. */
  cells({ goal, part }: Asked, frame: Frame): readonly Cell[] {
    switch (part) {
      case 'target':
        return this.targetCells(goal, this.whole(goal, frame));
      case 'expected':
        return this.expectedCells(goal, frame);
      case 'attainment':
      case 'gap':
        return unique([...this.reachedCells(goal, frame), ...this.targetCells(goal, this.whole(goal, frame))]);
      case 'pace':
        return unique([...this.reachedCells(goal, frame), ...this.expectedCells(goal, frame)]);
      case 'landing':
        if (goal.rollup !== 'sum') return this.evaluator.cells(refer(goal.metric), frame);
        return this.allCells(goal, frame);
      case 'status':
        return this.allCells(goal, frame);
    }
  }

  private allCells(goal: Goal, frame: Frame): readonly Cell[] {
    return unique([
      ...this.reachedCells(goal, frame),
      ...this.targetCells(goal, this.whole(goal, frame)),
      ...(isBand(this.good(goal)) ? [] : this.expectedCells(goal, frame)),
    ]);
  }

  value({ goal, part }: Asked, frame: Frame, cell: Cell): Value {
    const reached = () => this.evaluator.value(refer(goal.metric), withWindow(frame, windowOf(goal, 'asked')), cell);
    const target = () => this.target(goal, this.whole(goal, frame), cell);
    switch (part) {
      case 'target':
        return target();
      case 'attainment':
        return quotient(reached(), target());
      case 'gap':
        return difference(reached(), target());
      case 'expected':
        return this.expected(goal, frame, cell);
      case 'pace':
        return quotient(reached(), this.expected(goal, frame, cell));
      case 'landing': {
        if (goal.rollup !== 'sum') return this.evaluator.value(refer(goal.metric), frame, cell);
        if (target() === null) return null;
        if (this.isOver(goal, frame, cell)) return asFloat(reached());
        return quotient(product(reached(), target()), this.expected(goal, frame, cell));
      }
      case 'status':
        return this.status(goal, reached(), target(), frame, cell);
    }
  }

  private status(goal: Goal, reached: Value, target: Value, frame: Frame, cell: Cell): Value {
    if (reached === null || target === null) return null;
    const good = this.good(goal);
    const isOver = this.isOver(goal, frame, cell);
    const isAtLeast = (a: Value, b: Value) => compareValues(a, b) >= 0;
    if (isBand(good)) {
      const [low, high] = good.between.map(bound => parseFraction(String(bound)));
      const isInside = isAtLeast(reached, low ?? null) && isAtLeast(high ?? null, reached);
      return isInside ? (isOver ? 'met' : 'on_track') : 'off_track';
    }
    const isDown = good === 'down';
    const isReached = isDown ? isAtLeast(target, reached) : isAtLeast(reached, target);
    if (isReached && (isOver || (!isDown && goal.rollup === 'sum'))) return 'met';
    const expected = this.expected(goal, frame, cell);
    if (expected === null) return null;
    const passes = (band: string) => {
      const share = parseFraction(band);
      return isDown ? isAtLeast(expected, product(reached, share)) : isAtLeast(reached, product(expected, share));
    };
    return passes(goal.status.onTrack) ? 'on_track' : passes(goal.status.atRisk) ? 'at_risk' : 'off_track';
  }

  private good({ metric }: Goal): Metric['good'] {
    return this.metric(metric).good;
  }

  private metric(name: string): Metric {
    const found = this.evaluator.world.model.metrics[name];
    if (found === undefined) throw new Error(`no metric ${name}`);
    return found;
  }

  private whole(goal: Goal, frame: Frame): Frame {
    return withWindow(frame, windowOf(goal, 'whole'));
  }

  private reachedCells(goal: Goal, frame: Frame): readonly Cell[] {
    return this.evaluator.cells(refer(goal.metric), withWindow(frame, windowOf(goal, 'asked')));
  }

  private isOver(goal: Goal, frame: Frame, cell: Cell): boolean {
    const interval = this.evaluator.time.intervalOf(this.whole(goal, frame), cell);
    return interval !== null && interval.until <= this.today + 1;
  }

  private get today(): number {
    return this.evaluator.query.now.day;
  }

  private targetCells(goal: Goal, frame: Frame): readonly Cell[] {
    const { target } = goal;
    if (target.kind === 'formula' && goal.rollup !== null) {
      const inner = this.evaluator.cells(target.expression, this.bucketsIn(goal, frame));
      return unique(inner.map(cell => cell.slice(0, frame.keys.length)));
    }
    if (target.kind === 'formula') return this.evaluator.cells(target.expression, frame);
    if (target.kind === 'values') return this.evaluator.cells(this.kept(goal), frame);
    const cells = this.evaluator.time.cellsOf(frame);
    return cells.flatMap(({ labels, interval }) =>
      interval !== null && numbersIn(goal, interval, this.evaluator).length > 0 ? [labels] : [],
    );
  }

  /** The target of an interval of whole buckets: that of each that has one, rolled up. */
  private target(goal: Goal, frame: Frame, cell: Cell): Value {
    const { target, rollup } = goal;
    const interval = this.evaluator.time.intervalOf(frame, cell);
    if (target.kind === 'number') {
      const numbers = interval === null ? [] : numbersIn(goal, interval, this.evaluator);
      return rolledUp(
        rollup,
        numbers.map((value, index) => ({ bucket: index, value })),
      );
    }
    const expression = target.kind === 'formula' ? target.expression : this.kept(goal);
    if (rollup === null)
      return this.has(expression, frame, cell) ? this.evaluator.value(expression, frame, cell) : null;
    const within = this.bucketsIn(goal, frame);
    const inner = this.evaluator
      .cells(expression, within)
      .filter(each => keyOf(each.slice(0, cell.length)) === keyOf(cell));
    return rolledUp(
      rollup,
      inner.map(each => ({ bucket: each[cell.length] ?? null, value: this.evaluator.value(expression, within, each) })),
    );
  }

  /** The frame of the buckets of a goal; the average of rates is that of all targets, whatever their groups. */
  private bucketsIn(goal: Goal, frame: Frame): Frame {
    const isOfGroups = goal.rollup === 'avg' && this.metric(goal.metric).additivity.groups !== 'sum';
    const groups = isOfGroups
      ? goal.by.map(dimension => ({ kind: 'dimension', dimension, isEvery: false }) as const)
      : [];
    return withPer(frame, [{ kind: 'grain', grain: goal.grain, isEvery: false }, ...groups]);
  }

  private has(expression: MetricExpression, frame: Frame, cell: Cell): boolean {
    return this.evaluator.cells(expression, frame).some(each => keyOf(each) === keyOf(cell));
  }

  /** The targets that stand in the definitions, as what is summed of their rows. */
  private kept(goal: Goal): Measure {
    const table = tableOf(goal);
    const column = (name: string, type: 'date' | 'decimal') =>
      ({ kind: 'column', joins: [], table, column: name, type, unit: { kind: 'unspecified' } }) as const;
    const known = this.written.get(goal.name);
    const measure: Measure = known ?? {
      kind: 'measure',
      text: goal.name,
      table,
      aggregate: 'sum',
      arguments: [column(valueName, 'decimal')],
      where: null,
      time: column(bucketName, 'date'),
      isDated: false,
      lifespan: null,
      followedBy: null,
      type: 'decimal',
      unit: { kind: 'unspecified' },
    };
    this.written.set(goal.name, measure);
    return measure;
  }

  private expectedCells(goal: Goal, frame: Frame): readonly Cell[] {
    if (goal.rollup !== 'sum') return this.targetCells(goal, this.whole(goal, frame));
    const within = this.bucketFrame(goal, frame);
    const due = goal.pace === 'season' ? this.whole(goal, within) : withWindow(within, windowOf(goal, 'buckets'));
    const before = goal.pace === 'season' ? this.beforeCells(goal, due) : [];
    return unique([...this.targetCells(goal, due), ...before].map(cell => cell.slice(0, frame.keys.length)));
  }

  private beforeCells(goal: Goal, frame: Frame): readonly Cell[] {
    return [true, false].flatMap(isLikeForLike =>
      this.evaluator.cells(refer(goal.metric), withWindow(frame, yearBefore(goal, isLikeForLike))),
    );
  }

  /** The frame of the buckets of the goal that lie in each cell; a season is known for whole ones. */
  private bucketFrame(goal: Goal, frame: Frame): Frame {
    const outer = goal.pace === 'season' ? this.whole(goal, frame) : frame;
    return withPer(outer, [{ kind: 'grain', grain: goal.grain, isEvery: false }]);
  }

  /** What is due by the end of now's day: of each bucket its target's share. */
  private expected(goal: Goal, frame: Frame, cell: Cell): Value {
    if (goal.rollup !== 'sum') return this.target(goal, this.whole(goal, frame), cell);
    const isSeasonal = goal.pace === 'season';
    const outer = isSeasonal ? this.whole(goal, frame) : frame;
    const interval = this.evaluator.time.intervalOf(outer, cell);
    if (interval === null || interval.until <= interval.from) return null;
    const within = this.bucketFrame(goal, frame);
    let sum: number | null = null;
    for (const bucket of bucketsOf(goal.grain, interval, this.calendar)) {
      const inner = [...cell, bucket.label];
      const due = withWindow(within, windowOf(goal, isSeasonal ? 'whole' : 'buckets'));
      const target = this.target(goal, due, inner);
      if (target === null) continue;
      const part = isSeasonal ? this.inSeason(goal, bucket, target, within, inner) : this.byDays(goal, bucket, target);
      if (part === null) return null;
      sum = (sum ?? 0) + part;
    }
    return sum;
  }

  private get calendar() {
    return this.evaluator.world.model.settings.calendar;
  }

  private byDays(goal: Goal, { label, interval }: Bucket, target: Value): number {
    const days = (from: number, until: number) => {
      const all = Array.from({ length: Math.max(0, until - from) }, (_, index) => from + index);
      const off = new Set(this.calendar.holidays.map(dayNumber));
      const isWorked = (day: number) => partsOf(day).weekday < 6 && !off.has(day);
      return { all: all.length, worked: all.filter(isWorked).length };
    };
    const bucket = days(label, nextBucketStart(goal.grain, label, this.calendar));
    const elapsed = days(interval.from, Math.min(interval.until, this.today + 1));
    const isByWork = goal.pace === 'working_days' && bucket.worked > 0;
    const count = (found: typeof bucket) => (isByWork ? found.worked : found.all);
    return numberOf(product(target, fraction(BigInt(count(elapsed))))) / count(bucket);
  }

  private inSeason(goal: Goal, { interval }: Bucket, target: Value, within: Frame, cell: Cell): number | null {
    if (interval.until <= this.today + 1) return numberOf(target);
    if (interval.from > this.today) return 0;
    const [elapsed, all] = [true, false].map(isLikeForLike =>
      this.evaluator.value(refer(goal.metric), withWindow(within, yearBefore(goal, isLikeForLike)), cell),
    );
    const share = quotient(elapsed ?? null, all ?? null);
    return share === null ? null : numberOf(target) * numberOf(share);
  }
}

function refer(name: string): MetricExpression {
  const known = references.get(name);
  if (known !== undefined) return known;
  const made: MetricExpression = { kind: 'metric', name, type: 'decimal', unit: { kind: 'unspecified' } };
  references.set(name, made);
  return made;
}

/** What is computed of an expression is kept by it, so that each metric has one. */
const references = new Map<string, MetricExpression>();

function windowOf({ name, grain, from, until }: Goal, extent: GoalWindow['extent']): GoalWindow {
  return { kind: 'goal', goal: name, extent, grain, from, until };
}

function yearBefore({ grain }: Goal, isLikeForLike: boolean) {
  const step = grain === 'week' ? ({ amount: 52, unit: 'week' } as const) : ({ amount: 1, unit: 'year' } as const);
  return { kind: 'prior', step, isLikeForLike } as const;
}

/** The number of a goal for each bucket that begins in an interval. */
function numbersIn(goal: Goal, interval: Interval, { world }: Evaluator): readonly Value[] {
  const { target, grain, from, until } = goal;
  if (target.kind !== 'number') return [];
  const first = Math.max(interval.from, from === null ? Number.NEGATIVE_INFINITY : dayNumber(from));
  const end = Math.min(interval.until, until === null ? Number.POSITIVE_INFINITY : dayNumber(until));
  if (end <= first) return [];
  const { calendar } = world.model.settings;
  const buckets = bucketsOf(grain, { from: first, until: end }, calendar);
  return buckets
    .filter(({ label }) => label === bucketStart(grain, label, calendar) && label >= first)
    .map(() => parseFraction(target.value));
}

interface BucketTarget {
  readonly bucket: Value;
  readonly value: Value;
}

function rolledUp(rollup: Goal['rollup'], targets: readonly BucketTarget[]): Value {
  const known = targets.filter(({ value }) => value !== null);
  if (known.length === 0) return null;
  const sum = known.reduce<Value>((total, { value }) => added(total, value), fraction(0n));
  if (rollup === 'avg') return numberOf(sum) / known.length;
  if (rollup !== 'last') return sum;
  const last = known.reduce((best, each) => (compareValues(each.bucket, best.bucket) > 0 ? each : best));
  return last.value;
}

function numberOf(value: Value): number {
  if (typeof value === 'number' || isFraction(value)) return asNumber(value);
  throw new Error(`${String(value)} is no number`);
}

function added(a: Value, b: Value): Value {
  return isFraction(a) && isFraction(b) ? plus(a, b) : numberOf(a) + numberOf(b);
}

function product(a: Value, b: Value): Value {
  if (a === null || b === null) return null;
  return isFraction(a) && isFraction(b) ? times(a, b) : numberOf(a) * numberOf(b);
}

function difference(a: Value, b: Value): Value {
  return a === null || b === null ? null : added(a, product(b, fraction(-1n)));
}

function quotient(a: Value, b: Value): Value {
  if (a === null || b === null || numberOf(b) === 0) return null;
  return numberOf(a) / numberOf(b);
}

function asFloat(value: Value): Value {
  return value === null ? null : numberOf(value);
}

function isBand(good: Metric['good']): good is Extract<Metric['good'], { between: unknown }> {
  return typeof good === 'object' && good !== null;
}
