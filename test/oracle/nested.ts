/** Nested aggregates of the oracle: the finer groups inside each cell, those that `every` adds among them. */
import type { Dimension, Nested } from '../../compiler/index.ts';
import { aggregate } from './aggregate.ts';
import { type Cell, grouped, keyOf, sameValue, unique } from './cells.ts';
import type { Evaluator } from './evaluate.ts';
import { type Frame, withPer } from './frame.ts';
import type { Interval } from './interval.ts';
import { membersIn } from './members.ts';
import { type Members, membersOf, memberValue, onMembers, saysOf } from './paths.ts';
import { type Row, rowValue, type World } from './rows.ts';
import type { Value } from './values.ts';

/** The inner cells of each outer cell that has any, by the outer one's key. */
export type InnerCells = ReadonlyMap<string, readonly Cell[]>;

/** The keys of the outer cell come first. */
export function outerOf(inner: Cell, frame: Frame): Cell {
  return inner.slice(0, frame.keys.length);
}

export function innerCells(nested: Nested, frame: Frame, evaluator: Evaluator): InnerCells {
  const within = withPer(frame, nested.per);
  const found = unique(nested.arguments.flatMap(argument => evaluator.cells(argument, within)));
  const all = nested.per.some(per => per.isEvery) ? new Every(nested, frame, within, evaluator).added(found) : found;
  const { having } = nested;
  if (evaluator.care === 'all')
    for (const cell of all) for (const argument of nested.arguments) evaluator.value(argument, within, cell);
  const passed = having === null ? all : all.filter(cell => evaluator.value(having, within, cell) === true);
  return grouped(passed, cell => keyOf(outerOf(cell, frame)));
}

export function nestedValue(nested: Nested, frame: Frame, inner: readonly Cell[], evaluator: Evaluator): Value {
  const within = withPer(frame, nested.per);
  const values = nested.arguments.map(argument => inner.map(cell => evaluator.value(argument, within, cell)));
  const order = inner.map(cell => cell.slice(frame.keys.length));
  return aggregate(nested.aggregate, values, inner.length, order);
}

/** Some of the values of an inner cell, by their places. */
type Part = ReadonlyMap<number, Value>;

class Every {
  private readonly world: World;

  constructor(
    private readonly nested: Nested,
    private readonly frame: Frame,
    private readonly within: Frame,
    private readonly evaluator: Evaluator,
  ) {
    this.world = evaluator.world;
  }

  /** The inner cells, and with them every member of what `every` stands before, crossed with the other keys of each outer cell. */
  added(found: readonly Cell[]): readonly Cell[] {
    const groups = grouped(found, cell => keyOf(outerOf(cell, this.frame)));
    const all = groups.size === 0 && this.frame.keys.length === 0 ? [[]] : [...groups.values()];
    return unique([...found, ...all.flatMap(inner => this.addedTo(outerOf(inner[0] ?? [], this.frame), inner))]);
  }

  /** Buckets first, since they decide who is a member. */
  private addedTo(outer: Cell, occurring: readonly Cell[]): readonly Cell[] {
    const size = this.frame.keys.length;
    const { per } = this.nested;
    const lists = per.flatMap((each, index) => {
      if (each.kind !== 'grain' || !each.isEvery) return [];
      const interval = this.evaluator.time.intervalOf(this.frame, outer);
      if (interval === null) throw new Error('every bucket of no date');
      return [this.evaluator.time.begun(each.grain, interval).map<Part>(label => new Map([[size + index, label]]))];
    });
    const named = per.flatMap(each => (each.kind === 'dimension' && each.isEvery ? [each.dimension] : []));
    const given = (index: number) => {
      const [one, key] = [per[index - size], this.within.keys[index]];
      if (one === undefined || key === undefined) return true;
      if (one.kind === 'grain') return one.isEvery;
      return named.some(
        each => key.kind === 'dimension' && saysOf(key.dimension, membersOf(each, this.world), this.world),
      );
    };
    const rest = per.map((_, index) => size + index).filter(index => !given(index));
    const others = rest.length === 0 ? [] : [occurring.map<Part>(cell => new Map(rest.map(i => [i, cell[i] ?? null])))];
    let parts: readonly Part[] = [new Map(outer.map((value, index) => [index, value]))];
    for (const list of [...lists, ...others]) parts = parts.flatMap(part => list.flatMap(each => together(part, each)));
    return parts.flatMap(part => this.withMembers(part, named)).filter(cell => this.exists(cell));
  }

  private withMembers(part: Part, named: readonly Dimension[]): readonly Cell[] {
    const cellOf = (each: Part) => this.within.keys.map((_, index) => each.get(index) ?? null);
    const interval = this.evaluator.time.intervalOf(this.within, cellOf(part));
    let parts: readonly Part[] = [part];
    for (const dimension of named) {
      const members = this.members(dimension, interval);
      parts = parts.flatMap(each => members.flatMap(member => together(each, member)));
    }
    return parts.map(cellOf);
  }

  /** Whether the buckets of a cell have days in common. */
  private exists(cell: Cell): boolean {
    const interval = this.evaluator.time.intervalOf(this.within, cell);
    return interval === null || interval.from < interval.until;
  }

  /** The rows that list a dimension's members in an interval, as values of all keys that follow from them. */
  private members(dimension: Dimension, interval: Interval | null): readonly Part[] {
    const members = membersOf(dimension, this.world);
    const { rows, reading } = membersIn(members.table, interval, this.within.steps, this.evaluator.time, this.world);
    const conditions = [this.evaluator.query.where, ...this.within.pushed]
      .flatMap(each => each?.[members.base] ?? [])
      .flatMap(condition => onMembers(condition, members, this.world));
    return rows
      .filter(row => conditions.every(condition => rowValue(condition, members.table, row, reading) === true))
      .map(row => this.partOf(row, members, reading));
  }

  private partOf(row: Row, members: Members, reading: World): Part {
    return new Map(
      this.within.keys.flatMap((key, index) => {
        const value = key.kind === 'time' ? undefined : memberValue(key.dimension, members, row, reading);
        return value === undefined ? [] : [[index, value] as const];
      }),
    );
  }
}

/** Two parts as one; none where they disagree. */
function together(a: Part, b: Part): readonly Part[] {
  const agree = [...b].every(([index, value]) => !a.has(index) || sameValue(a.get(index) ?? null, value));
  return agree ? [new Map([...a, ...b])] : [];
}
