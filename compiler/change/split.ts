/**
 * Split: the values of groups in two periods in, what each group contributed to the change of the whole out. Contributions
 * add up to the change, to the last digit where the numbers are exact; where they cannot, groups have values and no more.
 *
 * A ratio R = N / D is the mean of its groups' rates r, each weighed by its share w of D. Its change is the sum over groups of
 *
 *     rate effect  (w + w') / 2 * (r - r')           what its own rate did
 *     mix effect   ((r + r') / 2 - M) * (w - w')     what its share did, M being the mean of R and R'
 *
 * which is exact, treats both periods alike (asked backwards, every number changes its sign), and leaves nothing "joint"
 * for which nobody answers. M makes a greater share of what is above the mean a gain; since all shares together do not
 * change, it adds nothing. A group without a denominator in one period has no rate to compare with: all it does is mix.
 * What a numerator without a denominator adds to R is an effect of its own.
 */
import { cut, type Fraction, half, minus, order, over, plus, signOf, size, sum, times, zero } from './fraction.ts';
import type { Adding, Parts } from './parts.ts';

/** A value of a dimension, as answers give it. */
export type Group = string | number | boolean | null;

export interface GroupValues {
  readonly group: Group;
  /** In the order of the question: now and before, of a ratio's numerator and then of its denominator. */
  readonly values: readonly (Fraction | null)[];
}

export interface Effects {
  readonly rate: Fraction;
  readonly mix: Fraction;
  /** Of a numerator without a denominator. */
  readonly alone: Fraction;
}

export interface RatioGroup {
  readonly effects: Effects;
  /** Its share of the denominator. */
  readonly weight: Fraction;
  readonly weightBefore: Fraction;
  readonly numerator: Fraction;
  readonly numeratorBefore: Fraction;
  readonly denominator: Fraction;
  readonly denominatorBefore: Fraction;
}

export interface GroupChange {
  readonly group: Group;
  readonly value: Fraction | null;
  readonly before: Fraction | null;
  /** Of its own value; null where it has none in one of the periods. */
  readonly change: Fraction | null;
  /** Null where contributions do not add up to the change. */
  readonly contribution: Fraction | null;
  readonly ratio: RatioGroup | null;
}

/** Why groups have no contributions: the metric has no parts, what it counts is in several groups, or one side has no value. */
export type Unsplit = 'no parts' | 'overlap' | 'no change';

export interface Split {
  /** Those that contributed most first, whichever way. */
  readonly groups: readonly GroupChange[];
  readonly unsplit: Unsplit | null;
  /** The change less all contributions: zero where numbers are exact, and what floats lose where they are not. */
  readonly remainder: Fraction | null;
}

/** The whole, as it was asked by itself. */
export interface Whole {
  readonly parts: Parts;
  readonly value: Fraction | null;
  readonly before: Fraction | null;
  /** As those of groups. */
  readonly values: readonly (Fraction | null)[];
  /** Whether sums are exact, or floats that agree to many digits. */
  readonly precision: 'exact' | 'float';
}

/** Null where parts that always add up do not: then the data has changed between two questions. */
export function splitOf(whole: Whole, groups: readonly GroupValues[]): Split | null {
  const { parts, value, before } = whole;
  if (parts.kind === 'whole') return unsplit(groups, 'no parts', parts);
  if (value === null || before === null) return unsplit(groups, 'no change', parts);
  const found = (parts.kind === 'sum' ? [parts] : [parts.numerator, parts.denominator]).map(({ adding }, index) =>
    [0, 1].map(side => agreement(adding, whole, groups, 2 * index + side)),
  );
  if (found.flat().includes('changed')) return null;
  if (found.flat().includes('overlap')) return unsplit(groups, 'overlap', parts);
  const changes = parts.kind === 'sum' ? groups.map(sumChange) : ratioChanges(whole, groups);
  if (changes === null) return unsplit(groups, 'no parts', parts);
  const remainder = minus(minus(value, before), sum(changes.map(each => each.contribution ?? zero)));
  if (whole.precision === 'exact' && signOf(remainder) !== 0)
    throw new Error('the parts of a change do not add up to it');
  return { groups: sorted(changes), unsplit: null, remainder };
}

/** Whether the values of the groups are those of the whole. */
function agreement(
  adding: Adding,
  { values, precision }: Whole,
  groups: readonly GroupValues[],
  place: number,
): 'adds up' | 'overlap' | 'changed' {
  const whole = values[place] ?? zero;
  const parts = groups.map(each => each.values[place] ?? zero);
  const difference = size(minus(sum(parts), whole));
  const allowed = precision === 'exact' ? zero : times(tolerance, sum(parts.map(size)));
  if (order(difference, allowed) <= 0) return 'adds up';
  return adding === 'always' ? 'changed' : 'overlap';
}

/** How far floats may be apart that were added up in different orders. */
const tolerance: Fraction = { over: 1n, under: 1_000_000_000n };

function sumChange({ group, values: [value = null, before = null] }: GroupValues): GroupChange {
  const change = minus(value ?? zero, before ?? zero);
  return { group, value, before, change, contribution: change, ratio: null };
}

interface Side {
  readonly numerator: Fraction;
  readonly denominator: Fraction;
}

/** A group's two sides: now, and before. */
function sidesOf({ values }: Pick<GroupValues, 'values'>): readonly [Side, Side] {
  const [numerator, numeratorBefore, denominator, denominatorBefore] = [0, 1, 2, 3].map(place => values[place] ?? zero);
  return [
    { numerator: numerator ?? zero, denominator: denominator ?? zero },
    { numerator: numeratorBefore ?? zero, denominator: denominatorBefore ?? zero },
  ];
}

function rateOf({ numerator, denominator }: Side): Fraction | null {
  return over(numerator, denominator);
}

/** What the whole is, now and before: a ratio to the last digit, where the warehouse has divided with floats. */
export function exactValues({ parts, value, before, values }: Omit<Whole, 'precision'>): readonly (Fraction | null)[] {
  if (parts.kind !== 'ratio') return [value, before];
  const [now, then] = sidesOf({ values });
  return [nearest(rateOf(now), value), nearest(rateOf(then), before)];
}

function nearest(rate: Fraction | null, value: Fraction | null): Fraction | null {
  const isNear = rate !== null && value !== null && order(size(minus(rate, value)), times(tolerance, size(rate))) <= 0;
  return isNear ? rate : value;
}

/** Null where the metric is not the ratio of its parts. */
function ratioChanges(whole: Whole, groups: readonly GroupValues[]): readonly GroupChange[] | null {
  const [all, allBefore] = sidesOf(whole);
  const [rate, rateBefore] = [rateOf(all), rateOf(allBefore)];
  const isRatio = (found: Fraction | null, value: Fraction | null) =>
    found !== null && value !== null && order(found, value) === 0;
  if (rate === null || rateBefore === null) return null;
  if (!isRatio(rate, whole.value) || !isRatio(rateBefore, whole.before)) return null;
  const mean = half(plus(rate, rateBefore));
  return groups.map(each => {
    const [now, before] = sidesOf(each);
    const ratio = ratioGroup(now, before, all, allBefore, mean);
    const { effects } = ratio;
    return {
      ...valuesOf(each.group, rateOf(now), rateOf(before)),
      contribution: plus(plus(effects.rate, effects.mix), effects.alone),
      ratio,
    };
  });
}

function ratioGroup(now: Side, before: Side, all: Side, allBefore: Side, mean: Fraction): RatioGroup {
  const weight = over(now.denominator, all.denominator) ?? zero;
  const weightBefore = over(before.denominator, allBefore.denominator) ?? zero;
  const rate = rateOf(now) ?? rateOf(before) ?? zero;
  const rateBefore = rateOf(before) ?? rate;
  const effects = {
    rate: times(half(plus(weight, weightBefore)), minus(rate, rateBefore)),
    mix: times(minus(half(plus(rate, rateBefore)), mean), minus(weight, weightBefore)),
    alone: minus(aloneIn(now, all), aloneIn(before, allBefore)),
  };
  return {
    effects,
    weight,
    weightBefore,
    numerator: now.numerator,
    numeratorBefore: before.numerator,
    denominator: now.denominator,
    denominatorBefore: before.denominator,
  };
}

/**
 * What groups contributed together, null where they have no contributions. Rates of many groups have no denominator in
 * common that could be written down, so that their sum is cut.
 */
export function togetherOf(groups: readonly GroupChange[]): {
  readonly contribution: Fraction | null;
  readonly effects: Effects | null;
} {
  const contributions = groups.flatMap(each => each.contribution ?? []);
  const ratios = groups.flatMap(each => each.ratio ?? []);
  const all = (name: keyof Effects) => cut(sum(ratios.map(each => cut(each.effects[name], 32))), 24);
  return {
    contribution: contributions.length < groups.length ? null : sum(contributions),
    effects: ratios.length < groups.length ? null : { rate: all('rate'), mix: all('mix'), alone: all('alone') },
  };
}

function aloneIn({ numerator, denominator }: Side, all: Side): Fraction {
  return signOf(denominator) === 0 ? (over(numerator, all.denominator) ?? zero) : zero;
}

function unsplit(groups: readonly GroupValues[], reason: Unsplit, parts: Parts): Split {
  const changes = groups.map((each): GroupChange => {
    const [now, then] = sidesOf(each);
    const [value = null, before = null] = parts.kind === 'ratio' ? [rateOf(now), rateOf(then)] : each.values;
    return { ...valuesOf(each.group, value, before), contribution: null, ratio: null };
  });
  return { groups: sorted(changes), unsplit: reason, remainder: null };
}

/** The greatest first, whichever way it went; equal ones by their names, so that the order is one. */
function sorted(groups: readonly GroupChange[]): readonly GroupChange[] {
  const sized = groups.map(each => ({ each, moved: size(movementOf(each)) }));
  return sized
    .sort((a, b) => order(b.moved, a.moved) || compareGroups(a.each.group, b.each.group))
    .map(({ each }) => each);
}

function valuesOf(group: Group, value: Fraction | null, before: Fraction | null) {
  return { group, value, before, change: value === null || before === null ? null : minus(value, before) };
}

function movementOf({ contribution, value, before }: GroupChange): Fraction {
  return contribution ?? minus(value ?? zero, before ?? zero);
}

function compareGroups(a: Group, b: Group): number {
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
