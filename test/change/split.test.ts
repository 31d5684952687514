/** Changes split by groups: by hand on paper, and laws that every split keeps. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Fraction, fraction, minus, order, over, plus, sum, zero } from '../../compiler/change/fraction.ts';
import type { Adding, Parts } from '../../compiler/change/parts.ts';
import {
  exactValues,
  type GroupValues,
  type Split,
  splitOf,
  togetherOf,
  type Whole,
} from '../../compiler/change/split.ts';
import { noUnit } from '../../compiler/model.ts';
import { number, numberOrNull, written } from './numbers.ts';

const expression = { kind: 'literal', value: '1', type: 'integer', unit: noUnit } as const;
const sums = (adding: Adding = 'always'): Parts => ({ kind: 'sum', adding });
const ratio = (adding: Adding = 'always'): Parts => ({
  kind: 'ratio',
  numerator: { expression, adding: 'always' },
  denominator: { expression, adding },
});

/** `A: 100 80` for before and now; of a ratio `A: 10/20 30/50`. The values of the whole are added up, unless they are given. */
function read(parts: Parts, text: string): readonly GroupValues[] {
  return text.split(', ').map(item => {
    const [group = '', before = '', now = ''] = item.split(/:? /);
    if (parts.kind !== 'ratio') return { group, values: [numberOrNull(now), numberOrNull(before)] };
    const [over = '', under = ''] = now.split('/');
    const [overBefore = '', underBefore = ''] = before.split('/');
    return { group, values: [over, overBefore, under, underBefore].map(number) };
  });
}

function wholeOf(parts: Parts, groups: readonly GroupValues[], precision: Whole['precision'] = 'exact'): Whole {
  const values = (groups[0]?.values ?? []).map((_, place) => sum(groups.map(each => each.values[place] ?? zero)));
  const [first = zero, second = zero, third = zero, fourth = zero] = values;
  const [value, before] = parts.kind === 'ratio' ? [over(first, third), over(second, fourth)] : [first, second];
  return { parts, values, value: value ?? null, before: before ?? null, precision };
}

/** `A -20` for each group; of a ratio `A rate mix alone`. */
function contributions(split: Split | null): string {
  return (split?.groups ?? [])
    .map(({ group, contribution, ratio: found }) => {
      if (found === null) return `${group} ${written(contribution)}`;
      const { rate, mix, alone } = found.effects;
      return `${group} ${[rate, mix, alone].map(written).join(' ')}`;
    })
    .join(', ');
}

describe('by hand', () => {
  const table: readonly (readonly [what: string, parts: Parts, groups: string, expected: string])[] = [
    ['a sum', sums(), 'A: 100 80, B: 50 50, C: 0 5', 'A -20, C 5, B 0'],
    ['a sum with groups of one period alone', sums(), 'A: 0.10 -, B: - 0.30', 'B 0.3, A -0.1'],
    ['digits that no float has', sums(), 'A: 0.1 9007199254740993.2, B: 1 1', 'A 9007199254740993.1, B 0'],
    // R = 1/2 both times, M = 1/2: what A gains by rate and mix, B loses by its rate.
    [
      'rates and shares that cancel out',
      ratio(),
      'A: 10/20 30/50, B: 40/80 20/50',
      'A 0.035 0.015 0, B -0.065 0.015 0',
    ],
    // R falls from 0.5 to 0.31 although both rates rise by 0.05: M = 0.405.
    ['a fall of the mix alone', ratio(), 'A: 9/10 19/20, B: 1/10 12/80', 'A 0.0175 -0.156 0, B 0.0325 -0.084 0'],
    ['a group that is new', ratio(), 'A: 1/2 1/2, B: 0/0 2/2', 'B 0 0.1875 0, A 0 0.0625 0'],
    ['a group that is gone', ratio(), 'A: 1/2 1/2, B: 2/2 0/0', 'B 0 -0.1875 0, A 0 -0.0625 0'],
    ['a numerator without a denominator', ratio(), 'A: 1/2 1/2, C: 0/0 1/0', 'C 0 0 0.5, A 0 0 0'],
    // R = 1, then 2/3: M = 5/6.
    ['one that has its denominator since', ratio(), 'A: 1/2 1/2, C: 1/0 3/4', `C 0 -1/18 -0.5, A 0 2/9 0`],
    ['a group of nothing', ratio(), 'A: 1/2 2/2, B: 0/0 0/0', 'A 0.5 0 0, B 0 0 0'],
    ['a negative numerator', ratio(), 'A: -1/2 1/2, B: 1/2 1/2', 'A 0.5 0 0, B 0 0 0'],
  ];
  test.each(table)('%s', (_, parts, groups, expected) => {
    const values = read(parts, groups);
    expect(contributions(splitOf(wholeOf(parts, values), values))).toBe(expected);
  });

  test('groups keep their own values beside what they contribute', () => {
    const values = read(ratio(), 'A: 10/20 30/50, B: 0/0 20/50');
    const split = splitOf(wholeOf(ratio(), values), values);
    expect(
      split?.groups.map(({ group, value, before, change }) => [group, ...[value, before, change].map(written)]),
    ).toEqual([
      ['A', '0.6', '0.5', '0.1'],
      ['B', '0.4', '-', '-'],
    ]);
  });
});

describe('what cannot be split', () => {
  const unsplit = (whole: Whole, groups: readonly GroupValues[]) => {
    const split = splitOf(whole, groups);
    return [
      split?.unsplit,
      split?.groups.map(({ group, change, contribution }) => `${group} ${written(change)} ${written(contribution)}`),
    ];
  };

  test('a metric without parts: the groups have their own changes', () => {
    const parts: Parts = { kind: 'whole' };
    const values = read(parts, 'A: 3 1, B: 3 8, C: - 2');
    expect(unsplit({ ...wholeOf(parts, values), value: number('2') }, values)).toEqual([
      'no parts',
      ['B 5 -', 'A -2 -', 'C - -'],
    ]);
  });

  test('what is counted in several groups', () => {
    const values = read(sums(), 'A: 2 2, B: 2 1');
    const whole = wholeOf(sums('where disjoint'), values);
    expect(unsplit({ ...whole, values: [number('3'), number('3')] }, values)).toEqual(['overlap', ['B -1 -', 'A 0 -']]);
    expect(contributions(splitOf(whole, values))).toBe('B -1, A 0');
  });

  test('a denominator that is counted in several groups', () => {
    const values = read(ratio(), 'A: 1/2 1/2, B: 1/2 2/2');
    const whole = wholeOf(ratio('where disjoint'), values);
    const overlapping = { ...whole, values: whole.values.with(2, number('3')) };
    expect(splitOf(overlapping, values)?.unsplit).toBe('overlap');
    expect(splitOf(whole, values)?.unsplit).toBeNull();
  });

  test('a period without a value', () => {
    const values = read(ratio(), 'A: 0/0 1/2');
    expect(unsplit(wholeOf(ratio(), values), values)).toEqual(['no change', ['A - -']]);
  });

  test('a metric that is not the ratio of its parts', () => {
    const values = read(ratio(), 'A: 1/2 2/2');
    expect(splitOf({ ...wholeOf(ratio(), values), value: number('0.9') }, values)?.unsplit).toBe('no parts');
  });

  test('sums that are not those of the whole: the data has changed', () => {
    const values = read(sums(), 'A: 2 2, B: 2 1');
    expect(splitOf({ ...wholeOf(sums(), values), values: [number('3.01'), number('4')] }, values)).toBeNull();
  });
});

describe('floats', () => {
  test('may be apart by what their order of adding does, which is said', () => {
    const values = read(sums(), 'A: 0.1 0.3, B: 0.2 0.6');
    const asked = { ...wholeOf(sums(), values, 'float'), value: number('0.9000000000000001') };
    const split = splitOf({ ...asked, values: [number('0.9000000000000001'), number('0.3')] }, values);
    expect(written(split?.remainder ?? null)).toBe('0.0000000000000001');
  });

  test('a ratio that the warehouse divided is taken to the last digit', () => {
    const values = [number('1'), number('1'), number('3'), number('4')];
    const found = exactValues({ parts: ratio(), value: number(String(1 / 3)), before: number('0.25'), values });
    expect(found.map(written)).toEqual(['1/3', '0.25']);
    const other = exactValues({ parts: ratio(), value: number('0.34'), before: null, values });
    expect(other.map(written)).toEqual(['0.34', '-']);
  });
});

const amounts = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.constantFrom(1n, 100n, 10n ** 18n))
  .map(([over, under]) => fraction(over, under));
const shares = fc.bigInt({ min: 0n, max: 10n ** 9n }).map(over => fraction(over, 100n));
const nothing = fc.constant(zero);
const groupsOf = (values: readonly fc.Arbitrary<Fraction>[]) =>
  fc
    .array(fc.tuple(...values), { minLength: 1, maxLength: 12 })
    .map(rows => rows.map((row, index): GroupValues => ({ group: `g${index}`, values: row })));
const sumGroups = groupsOf([amounts, amounts]);
const ratioGroups = groupsOf([
  fc.oneof(amounts, nothing),
  fc.oneof(amounts, nothing),
  fc.oneof({ weight: 3, arbitrary: shares }, { weight: 1, arbitrary: nothing }),
  fc.oneof({ weight: 3, arbitrary: shares }, { weight: 1, arbitrary: nothing }),
]);
const cases = fc.oneof(
  sumGroups.map(groups => ({ parts: sums(), groups })),
  ratioGroups.map(groups => ({ parts: ratio(), groups })),
);

const backwards = ({ group, values }: GroupValues): GroupValues => ({
  group,
  values: values.map((_, place) => values[place % 2 === 0 ? place + 1 : place - 1] ?? null),
});

describe('laws', () => {
  test('contributions add up to the change, to the last digit', () => {
    fc.assert(
      fc.property(cases, ({ parts, groups }) => {
        const whole = wholeOf(parts, groups);
        const split = splitOf(whole, groups);
        if (whole.value === null || whole.before === null) expect(split?.unsplit).toBe('no change');
        else {
          const found = sum((split?.groups ?? []).map(each => each.contribution ?? fraction(10n ** 40n)));
          expect(found).toEqual(minus(whole.value, whole.before));
          expect(split?.remainder).toEqual(zero);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a contribution is its effects, and those of all groups are the change', () => {
    fc.assert(
      fc.property(ratioGroups, groups => {
        const whole = wholeOf(ratio(), groups);
        const split = splitOf(whole, groups);
        for (const { contribution, ratio: found } of split?.groups ?? []) {
          if (found === null) continue;
          const { rate, mix, alone } = found.effects;
          expect(plus(plus(rate, mix), alone)).toEqual(contribution);
        }
        const { contribution, effects } = togetherOf(split?.groups ?? []);
        if (contribution === null || effects === null) return;
        const off = minus(contribution, plus(plus(effects.rate, effects.mix), effects.alone));
        expect(order(off, fraction(1n, 10n ** 20n))).toBe(-1);
        expect(order(off, fraction(-1n, 10n ** 20n))).toBe(1);
      }),
    );
  });

  test('the order of the groups changes nothing', () => {
    fc.assert(
      fc.property(cases, fc.nat(), ({ parts, groups }, turn) => {
        const at = turn % groups.length;
        const others = [...groups.slice(at), ...groups.slice(0, at)].reverse();
        expect(splitOf(wholeOf(parts, groups), others)).toEqual(splitOf(wholeOf(parts, groups), groups));
      }),
    );
  });

  test('asked backwards, every effect changes its sign', () => {
    fc.assert(
      fc.property(cases, ({ parts, groups }) => {
        const turned = groups.map(backwards);
        const [forth, back] = [groups, turned].map(each => splitOf(wholeOf(parts, each), each)?.groups ?? []);
        for (const each of forth ?? []) {
          const other = back?.find(({ group }) => group === each.group);
          if (each.contribution === null) continue;
          expect(minus(zero, other?.contribution ?? zero)).toEqual(each.contribution);
          if (each.ratio === null || other?.ratio === undefined || other.ratio === null) continue;
          for (const name of ['rate', 'mix', 'alone'] as const)
            expect(minus(zero, other.ratio.effects[name])).toEqual(each.ratio.effects[name]);
        }
      }),
    );
  });

  test('with the same shares in both periods there is no mix, with the same rates no effect of rates', () => {
    const pairs = fc.array(fc.tuple(amounts, amounts, fc.bigInt({ min: 1n, max: 1000n })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(pairs, rows => {
        const sameShares = rows.map(([now, then, weight], index): GroupValues => {
          return { group: index, values: [now, then, fraction(weight), fraction(2n * weight)] };
        });
        const sameRates = rows.map(([rate, share, weight], index): GroupValues => {
          const [a, b] = [fraction(weight), plus(fraction(weight), fraction(share.over * share.over))];
          const times = (each: Fraction) => fraction(rate.over * each.over, rate.under * each.under);
          return { group: index, values: [times(a), times(b), a, b] };
        });
        const effects = (groups: readonly GroupValues[]) =>
          (splitOf(wholeOf(ratio(), groups), groups)?.groups ?? []).map(each => each.ratio?.effects);
        for (const each of effects(sameShares)) expect(each?.mix).toEqual(zero);
        for (const each of effects(sameRates)) expect(each?.rate).toEqual(zero);
      }),
    );
  });
});
