/**
 * Spread: what each group has moved or lacks in, whether that is general or sits with few out. Members are judged by a mark:
 * their own value before, or a threshold; a target of their own is a mark as well.
 */
import { cut, type Fraction, minus, order, over, signOf, sum, times, zero } from './fraction.ts';
import type { Group, GroupChange } from './split.ts';

/** What a member is held against. */
export type Mark =
  /** Its own value before: short are those that moved as the whole did. */
  | { readonly kind: 'before'; readonly direction: 'fell' | 'rose' }
  /** One number for all: short are those that are on its wrong side. */
  | { readonly kind: 'threshold'; readonly value: Fraction; readonly side: 'below' | 'above' };

export interface Spread {
  readonly mark: Mark;
  /** Groups that can be judged: those that have a value, and one before where that is the mark. */
  readonly members: number;
  /** The others. */
  readonly unjudged: number;
  /** Those of them that moved as the whole did, or are on the wrong side. */
  readonly short: readonly Group[];
  /**
   * The groups that have most of it, and how much of it all: those with which it sits, or the first three. Null where
   * amounts do not add up.
   */
  readonly most: { readonly groups: readonly Group[]; readonly share: Fraction } | null;
  /** Null where there are too few members to tell. */
  readonly verdict: Verdict | null;
}

/**
 * `few`: a tenth of the members, or one, account for two thirds of it; or no more than a fifth, or one, are short at all.
 * `general`: two thirds or more are short, and it is not with few.
 */
export type Verdict = 'general' | 'few' | 'neither' | 'nobody';

const mostNamed = 3;
/** Of two members, one is half of them. */
const fewestMembers = 3;

export function spreadOf(groups: readonly GroupChange[], mark: Mark): Spread {
  const judged = groups.flatMap(each => {
    const isShort = isShortOf(each, mark);
    return isShort === null ? [] : [{ group: each.group, isShort }];
  });
  const members = judged.length;
  const short = judged.filter(each => each.isShort).map(each => each.group);
  const amounts = groups
    .map(each => ({ group: each.group, amount: amountOf(each, mark) }))
    .flatMap(({ group, amount }) => (amount === null || signOf(amount) <= 0 ? [] : [{ group, amount }]))
    .sort((a, b) => order(b.amount, a.amount));
  const fewest = fewestForTwoThirds(amounts.map(each => each.amount));
  const isWithFew = fewest !== null && fewest <= Math.max(1, Math.floor(members / 10));
  const named = amounts.slice(0, isWithFew ? fewest : Math.min(mostNamed, Math.ceil(members / 3)));
  const share = over(sum(named.map(each => each.amount)), sum(amounts.map(each => each.amount)));
  return {
    mark,
    members,
    unjudged: groups.length - members,
    short,
    most: share === null ? null : { groups: named.map(each => each.group), share },
    verdict: verdictOf(members, short.length, isWithFew ? 'few have most' : 'spread'),
  };
}

function verdictOf(members: number, short: number, amounts: 'few have most' | 'spread'): Verdict | null {
  if (short === 0) return 'nobody';
  if (members < fewestMembers) return null;
  if (amounts === 'few have most' || short <= Math.max(1, Math.floor(members / 5))) return 'few';
  return short * 3 >= members * 2 ? 'general' : 'neither';
}

/** Null for a group that cannot be judged. */
function isShortOf({ value, before }: GroupChange, mark: Mark): boolean | null {
  switch (mark.kind) {
    case 'before': {
      if (value === null || before === null) return null;
      const moved = order(value, before);
      return mark.direction === 'fell' ? moved < 0 : moved > 0;
    }
    case 'threshold': {
      if (value === null) return null;
      const apart = order(value, mark.value);
      return mark.side === 'below' ? apart < 0 : apart > 0;
    }
  }
}

/** How much a group accounts for, above zero where it is short; of a ratio as much as it moves the whole. */
function amountOf({ value, contribution, ratio }: GroupChange, mark: Mark): Fraction | null {
  if (contribution === null) return null;
  switch (mark.kind) {
    case 'before':
      return mark.direction === 'fell' ? minus(zero, contribution) : contribution;
    case 'threshold': {
      if (value === null) return null;
      const lack = mark.side === 'below' ? minus(mark.value, value) : minus(value, mark.value);
      return ratio === null ? lack : cut(times(lack, ratio.weight), placesOfLack);
    }
  }
}

/** Lacks are compared and no parts of a change, so that they need not be exact. */
const placesOfLack = 30;

/** Of amounts that come greatest first; null where there are none. */
function fewestForTwoThirds(amounts: readonly Fraction[]): number | null {
  const all = sum(amounts);
  let left = all;
  for (const [index, amount] of amounts.entries()) {
    left = minus(left, amount);
    if (order(times(left, three), all) <= 0) return index + 1;
  }
  return null;
}

const three: Fraction = { over: 3n, under: 1n };
