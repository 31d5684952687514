/** Decimal texts times whole numbers, and their sums: every digit is kept, and the result is written the shortest way. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scaleDecimal, sumOfDecimals } from '../../compiler/resolve/literal.ts';

describe('a decimal text times a whole number', () => {
  const table: readonly (readonly [text: string, factor: number, expected: string])[] = [
    ['1.5', 24, '36'],
    ['30', 24, '720'],
    ['2', 86_400, '172800'],
    ['0', 24, '0'],
    ['0.0', 24, '0'],
    ['0.00', 3600, '0'],
    ['0.5', 2, '1'],
    ['0.05', 2, '0.1'],
    ['0.05', 20, '1'],
    ['0.001', 7, '0.007'],
    ['1.25', 3, '3.75'],
    ['1.10', 3, '3.3'],
    ['10', 10, '100'],
    ['100.0', 2, '200'],
    ['10.50', 2, '21'],
    ['0.1', 3, '0.3'],
    ['1.1', 11, '12.1'],
    ['-1.5', 24, '-36'],
    ['-0.5', 60, '-30'],
    ['-0.05', 2, '-0.1'],
    ['-0', 24, '0'],
    ['-0.0', 24, '0'],
    ['9007199254740993', 2, '18014398509481986'],
    ['123456789012345678901234567890.123456789', 60, '7407407340740740734074074073407.40740734'],
    ['0.000000000000000000000000000001', 604_800, '0.0000000000000000000000006048'],
    ['99999999999999999999.99', 100, '9999999999999999999999'],
    ['7', 0, '0'],
    ['1.5', 1, '1.5'],
    ['12', 1, '12'],
  ];
  test.each(table)('%s times %i is %s', (text, factor, expected) => {
    expect(scaleDecimal(text, factor)).toBe(expected);
  });

  test('it is the product, without zeros behind the last digit that counts', () => {
    const digits = (minLength: number, maxLength: number) =>
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength });
    const texts = fc.tuple(fc.constantFrom('', '-'), digits(1, 25), fc.option(digits(1, 15), { nil: null }));
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 700_000 }), ([sign, whole, fraction], factor) => {
        const places = fraction?.length ?? 0;
        const scaled = scaleDecimal(`${sign}${whole}${fraction === null ? '' : `.${fraction}`}`, factor);
        expect(scaled).toMatch(/^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/);
        const [left = '', right = ''] = scaled.replace('-', '').split('.');
        const value = BigInt(left + right.padEnd(places, '0'));
        expect(right.length).toBeLessThanOrEqual(places);
        expect(value).toBe(BigInt(whole + (fraction ?? '')) * BigInt(factor));
        expect(scaled.startsWith('-')).toBe(sign === '-' && value !== 0n);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the sum of decimal texts', () => {
  test.each<[texts: readonly string[], expected: string]>([
    [[], '0'],
    [['5'], '5'],
    [['0.1', '0.2'], '0.3'],
    [['1.5', '2.25', '3'], '6.75'],
    [['0.5', '0.5'], '1'],
    [['0.05', '-0.1'], '-0.05'],
    [['-1.5', '-2'], '-3.5'],
    [['-1', '0.75'], '-0.25'],
    [['1.25', '-1.25'], '0'],
    [['10', '20', '70'], '100'],
    [['9007199254740993', '0.01'], '9007199254740993.01'],
  ])('%j: %s', (texts, expected) => {
    expect(sumOfDecimals(texts)).toBe(expected);
    expect(sumOfDecimals(texts.toReversed())).toBe(expected);
  });
});
