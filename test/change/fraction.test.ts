/** Exact numbers: read from what answers and people write, and written again with no digit lost. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cut,
  fraction,
  minus,
  order,
  over,
  parseFraction,
  plus,
  toDecimal,
  toNumber,
} from '../../compiler/change/fraction.ts';

describe('read and written', () => {
  const table: readonly (readonly [text: string, decimal: string | null, number: number])[] = [
    ['0', '0', 0],
    ['-0.00', '0', 0],
    ['12.50', '12.5', 12.5],
    ['-.05', '-0.05', -0.05],
    ['1e3', '1000', 1000],
    ['1.5e-3', '0.0015', 0.0015],
    ['9007199254740993', '9007199254740993', 9007199254740992],
    ['99999999999999999999.000000000000000001', '99999999999999999999.000000000000000001', 1e20],
    ['5e-324', null, 5e-324],
    ['1.7976931348623157e308', `17976931348623157${'0'.repeat(292)}`, Number.MAX_VALUE],
  ];
  test.each(table)('%s', (text, decimal, number) => {
    const read = parseFraction(text);
    expect(read).not.toBeNull();
    if (read === null) return;
    expect([toDecimal(read), toNumber(read)]).toEqual([decimal, number]);
  });

  test.each(['', '-', '.', 'x', '1,5', 'Infinity', 'NaN', '1e999999999', '0x10'])('%s is no number', text => {
    expect(parseFraction(text)).toBeNull();
  });

  test('a third has no end, and no float is nearer to it', () => {
    const third = fraction(-1n, 3n);
    expect([toDecimal(third), toNumber(third)]).toEqual([null, -1 / 3]);
    expect(toDecimal(cut(third, 4))).toBe('-0.3333');
  });
});

const numbers = fc.tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 30n }));

describe('arithmetic', () => {
  test('floats come back as they were', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), number => {
        const read = parseFraction(String(number));
        expect(read === null ? null : toNumber(read) + 0).toBe(number + 0);
      }),
    );
  });

  test('what is added is taken away again, and what is multiplied divided', () => {
    fc.assert(
      fc.property(numbers, numbers, ([a, b], [c, d]) => {
        const [left, right] = [fraction(a, b), fraction(c, d)];
        expect(minus(plus(left, right), right)).toEqual(left);
        expect(order(left, right)).toBe(-order(right, left) + 0);
        if (c !== 0n) expect(over(fraction(a * c, b * d), right)).toEqual(left);
      }),
    );
  });

  test('nothing is over zero', () => {
    expect(over(fraction(1n), fraction(0n))).toBeNull();
  });
});
