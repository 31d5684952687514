/** Decimals of every engine's spelling as one: no exponent, no zeros that do not count, and never a digit lost. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDecimal } from '../../runtime/answer.ts';

describe('one spelling for one number', () => {
  const table: readonly (readonly [text: string, expected: string])[] = [
    ['0', '0'],
    ['00', '0'],
    ['-0', '0'],
    ['+0', '0'],
    ['0.0', '0'],
    ['-0.000', '0'],
    ['.0', '0'],
    ['5', '5'],
    ['+5', '5'],
    ['-5', '-5'],
    ['007', '7'],
    ['5.', '5'],
    ['.5', '0.5'],
    ['-.5', '-0.5'],
    ['1.50', '1.5'],
    ['1.05', '1.05'],
    ['100', '100'],
    ['100.00', '100'],
    ['-100.10', '-100.1'],
    ['1e3', '1000'],
    ['1E+3', '1000'],
    ['1.5e3', '1500'],
    ['1.5e1', '15'],
    ['1.25e1', '12.5'],
    ['1e0', '1'],
    ['1e-3', '0.001'],
    ['1.5e-1', '0.15'],
    ['12.5e-1', '1.25'],
    ['100e-2', '1'],
    ['-12e-5', '-0.00012'],
    ['0e10', '0'],
    ['0e-10', '0'],
    ['-0e5', '0'],
    ['1e21', '1000000000000000000000'],
    ['5e-324', `0.${'0'.repeat(323)}5`],
    ['1.7976931348623157e308', `17976931348623157${'0'.repeat(292)}`],
    ['9007199254740993', '9007199254740993'],
    ['27670116110564327421', '27670116110564327421'],
    ['-170141183460469231731687303715884105728', '-170141183460469231731687303715884105728'],
    ['99999999999999999999999999999999999999.00', '99999999999999999999999999999999999999'],
    ['0.12345678901234567890123456789012345678', '0.12345678901234567890123456789012345678'],
    ['0.10000000000000000000000000000000000000', '0.1'],
    // What is no number is left as it is.
    ['NaN', 'NaN'],
    ['Infinity', 'Infinity'],
    ['-inf', '-inf'],
    ['1,5', '1,5'],
    ['1.2.3', '1.2.3'],
    ['0x10', '0x10'],
    ['1e', '1e'],
    ['1e1.5', '1e1.5'],
    ['--1', '--1'],
    [' 1', ' 1'],
    ['1 ', '1 '],
    ['12:30', '12:30'],
  ];
  test.each(table)('%j is %s', (text, expected) => {
    expect(plainDecimal(text)).toBe(expected);
  });
});

/** `digits` times ten to the power of `scale`, written out. */
function writtenOut(digits: bigint, scale: number): string {
  if (scale >= 0) return String(digits * 10n ** BigInt(scale));
  const divisor = 10n ** BigInt(-scale);
  const size = digits < 0n ? -digits : digits;
  const fraction = String(size % divisor)
    .padStart(-scale, '0')
    .replace(/0+$/, '');
  const number = `${size / divisor}${fraction === '' ? '' : `.${fraction}`}`;
  return digits < 0n ? `-${number}` : number;
}

test('the number is the same to the last digit, whatever its exponent', () => {
  const digits = (minLength: number) =>
    fc.string({ unit: fc.constantFrom(...'0001234567890'), minLength, maxLength: 40 });
  const exponents = fc.option(fc.integer({ min: -60, max: 60 }), { nil: null });
  const texts = fc.tuple(fc.constantFrom('', '+', '-'), digits(1), fc.option(digits(0), { nil: null }), exponents);
  fc.assert(
    fc.property(texts, fc.constantFrom('e', 'E', 'e+'), ([sign, whole, fraction, exponent], mark) => {
      const written = exponent !== null && exponent < 0 && mark === 'e+' ? 'e' : mark;
      const text = `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${exponent === null ? '' : written + exponent}`;
      const value = BigInt(whole + (fraction ?? '')) * (sign === '-' ? -1n : 1n);
      const expected = writtenOut(value, (exponent ?? 0) - (fraction?.length ?? 0));
      expect(plainDecimal(text)).toBe(expected);
      expect(plainDecimal(expected)).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

test('numbers of the machine are written as they are', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), number => {
      const plain = plainDecimal(String(number));
      expect(plain).not.toMatch(/e/i);
      expect(Number(plain)).toBe(number === 0 ? 0 : number);
    }),
    { numRuns: 1000 },
  );
});
