/**
 * Frames: what an expression is computed for. The keys of a cell, the steps of time that make its interval, and the
 * conditions pushed into the measures. The steps begin with the period; a cut goes on to each bucket of the interval and
 * adds a key, a window to another interval. The n-th time key is that of the n-th cut.
 */
import type { Dimension, Grain, Per, RowExpression, TimeWindow } from '../../compiler/index.ts';
import type { Cell } from './cells.ts';

export type Key =
  | { readonly kind: 'dimension'; readonly dimension: Dimension }
  | { readonly kind: 'time'; readonly grain: Grain };

export type TimeStep =
  | { readonly kind: 'cut'; readonly grain: Grain }
  | { readonly kind: 'window'; readonly window: TimeWindow };

export type Conditions = Readonly<Record<string, RowExpression>>;

export interface Frame {
  readonly keys: readonly Key[];
  readonly steps: readonly TimeStep[];
  readonly pushed: readonly Conditions[];
  /** Equal for frames in which everything has the same value. */
  readonly id: string;
}

export function frameOf(parts: Omit<Frame, 'id'>): Frame {
  const keys = parts.keys.map(key => (key.kind === 'time' ? key.grain : numberOf(key.dimension)));
  return { ...parts, id: JSON.stringify([keys, parts.steps, parts.pushed.map(numberOf)]) };
}

const numbers = new WeakMap<object, number>();
let last = 0;

function numberOf(thing: object): number {
  const known = numbers.get(thing);
  if (known !== undefined) return known;
  last += 1;
  numbers.set(thing, last);
  return last;
}

/** The frame of a question: its dimensions, then its bucket. */
export function baseFrame(dimensions: readonly Dimension[], grain: Grain | null): Frame {
  const keys = dimensions.map(dimension => ({ kind: 'dimension', dimension }) as const);
  return grain === null
    ? frameOf({ keys, steps: [], pushed: [] })
    : frameOf({ keys: [...keys, { kind: 'time', grain }], steps: [{ kind: 'cut', grain }], pushed: [] });
}

export function withWindow(frame: Frame, window: TimeWindow): Frame {
  return frameOf({ ...frame, steps: [...frame.steps, { kind: 'window', window }] });
}

export function withConditions(frame: Frame, conditions: Conditions): Frame {
  return frameOf({ ...frame, pushed: [...frame.pushed, conditions] });
}

/** The frame of the finer groups: the same keys, and behind them one for each `per`. */
export function withPer(frame: Frame, per: readonly Per[]): Frame {
  const keys = per.map<Key>(each =>
    each.kind === 'grain' ? { kind: 'time', grain: each.grain } : { kind: 'dimension', dimension: each.dimension },
  );
  const cuts = per.flatMap(each => (each.kind === 'grain' ? [{ kind: 'cut', grain: each.grain } as const] : []));
  return frameOf({ ...frame, keys: [...frame.keys, ...keys], steps: [...frame.steps, ...cuts] });
}

/** The frame without some of its keys, and without their cuts. */
export function withoutKeys(frame: Frame, taken: readonly boolean[]): Frame {
  const cutsTaken = frame.keys.flatMap((key, index) => (key.kind === 'time' ? [taken[index] === true] : []));
  let cut = -1;
  const steps = frame.steps.filter(step => {
    if (step.kind === 'cut') cut += 1;
    return step.kind === 'window' || cutsTaken[cut] !== true;
  });
  return frameOf({ ...frame, keys: frame.keys.filter((_, index) => taken[index] !== true), steps });
}

/** The first days of the buckets that a cell stands in, outer ones first. */
export function labelsOf(frame: Frame, cell: Cell): Cell {
  return cell.filter((_, index) => frame.keys[index]?.kind === 'time');
}
