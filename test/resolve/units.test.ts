/** Units: which may be added and compared, how many of one are one of the other, what products and quotients have, and their words. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unitText } from '../../compiler/index.ts';
import {
  clashingTimes,
  isNone,
  meet,
  multiplyUnits,
  readUnit,
  sameUnit,
  sizeOfTime,
  squared,
  timeOf,
} from '../../compiler/resolve/units.ts';
import { unitOf, unitWords } from './words.ts';

describe('units that are added or compared', () => {
  /** The common unit and by what each side is multiplied, or null where they do not meet. */
  const table: readonly (readonly [left: string, right: string, expected: string | null])[] = [
    ['EUR', 'EUR', 'EUR 1:1'],
    ['EUR', 'USD', null],
    ['EUR', 'seats', null],
    ['EUR', 'days', null],
    ['seats', 'deals', null],
    ['seats', 'seats', 'seats 1:1'],
    ['EUR seats^-1', 'EUR seats^-1', 'EUR seats^-1 1:1'],
    ['EUR seats^-1', 'EUR', null],
    ['EUR', 'EUR^2', null],
    ['EUR^2', 'EUR^2', 'EUR^2 1:1'],
    // Unspecified takes the unit of what it meets.
    ['?', '?', '? 1:1'],
    ['?', 'EUR', 'EUR 1:1'],
    ['EUR', '?', 'EUR 1:1'],
    ['?', '1', '1 1:1'],
    ['1', '?', '1 1:1'],
    ['?', 'days', 'days 1:1'],
    ['?', 'currency(c)', 'currency(c) 1:1'],
    // None is a unit of its own and meets no other.
    ['1', '1', '1 1:1'],
    ['1', 'EUR', null],
    ['EUR', '1', null],
    ['days', '1', null],
    ['1', 'seats', null],
    // Money of several currencies meets itself alone.
    ['currency(c)', 'currency(c)', 'currency(c) 1:1'],
    ['currency(c)', 'currency(d)', null],
    ['currency(c)', 'EUR', null],
    ['EUR', 'currency(c)', null],
    ['1', 'currency(c)', null],
    // Times convert, so that the smaller is the common one.
    ['minutes', 'seconds', 'seconds 60:1'],
    ['seconds', 'minutes', 'seconds 1:60'],
    ['hours', 'minutes', 'minutes 60:1'],
    ['hours', 'seconds', 'seconds 3600:1'],
    ['days', 'hours', 'hours 24:1'],
    ['hours', 'days', 'hours 1:24'],
    ['days', 'minutes', 'minutes 1440:1'],
    ['seconds', 'days', 'seconds 1:86400'],
    ['weeks', 'days', 'days 7:1'],
    ['weeks', 'hours', 'hours 168:1'],
    ['minutes', 'weeks', 'minutes 1:10080'],
    ['seconds', 'weeks', 'seconds 1:604800'],
    ['quarters', 'months', 'months 3:1'],
    ['months', 'quarters', 'months 1:3'],
    ['halves', 'quarters', 'quarters 2:1'],
    ['years', 'months', 'months 12:1'],
    ['quarters', 'years', 'quarters 1:4'],
    ['halves', 'years', 'halves 1:2'],
    // A month has no fixed length.
    ['days', 'months', null],
    ['months', 'weeks', null],
    ['years', 'days', null],
    ['hours', 'quarters', null],
    // Converted inside products, and the other way round below the line.
    ['EUR days', 'EUR hours', 'EUR hours 24:1'],
    ['EUR hours^-1', 'EUR days^-1', 'EUR days^-1 24:1'],
    ['EUR years^-1', 'EUR quarters^-1', 'EUR years^-1 1:4'],
    ['EUR quarters^-1', 'EUR years^-1', 'EUR years^-1 4:1'],
    ['EUR months^-1', 'EUR years^-1', 'EUR years^-1 12:1'],
    ['days^2', 'hours^2', 'hours^2 576:1'],
    ['days', 'hours^-1', null],
    ['EUR days', 'USD days', null],
    ['EUR days', 'EUR months', null],
    ['EUR days^-1', 'EUR', null],
    ['EUR months', 'EUR months^-1', null],
  ];
  test.each(table)('%s and %s: %s', (left, right, expected) => {
    const met = meet(unitOf(left), unitOf(right));
    expect(met === null ? null : `${unitWords(met.unit)} ${met.leftScale}:${met.rightScale}`).toBe(expected);
  });
});

/** Seconds and months, as every clock and calendar has them. */
const seconds = { seconds: 1, minutes: 60, hours: 3600, days: 86_400, weeks: 604_800 };
const months = { months: 1, quarters: 3, halves: 6, years: 12 };

describe('products and quotients', () => {
  const table: readonly (readonly [left: string, sign: '*' | '/', right: string, expected: string | null])[] = [
    ['EUR', '*', 'seats', 'EUR seats'],
    ['EUR', '/', 'seats', 'EUR seats^-1'],
    ['EUR', '/', 'EUR', '1'],
    ['EUR', '*', 'EUR', 'EUR^2'],
    ['EUR^2', '/', 'EUR', 'EUR'],
    ['EUR^2', '*', 'EUR^-2', '1'],
    ['EUR seats^-1', '*', 'seats', 'EUR'],
    ['EUR', '/', 'EUR seats^-1', 'seats'],
    ['1', '*', 'EUR', 'EUR'],
    ['1', '/', 'EUR', 'EUR^-1'],
    ['EUR', '/', '1', 'EUR'],
    ['1', '*', '1', '1'],
    ['1', '/', '1', '1'],
    ['?', '*', '?', '?'],
    ['?', '/', '?', '?'],
    ['?', '*', 'EUR', 'EUR'],
    ['EUR', '*', '?', 'EUR'],
    ['EUR', '/', '?', 'EUR'],
    ['?', '/', 'EUR', 'EUR^-1'],
    ['?', '*', '1', '1'],
    ['1', '/', '?', '1'],
    ['?', '/', '1', '1'],
    ['days', '*', 'days', 'days^2'],
    ['EUR', '/', 'days', 'EUR days^-1'],
    ['currency(c)', '*', '?', 'currency(c)'],
    ['currency(c)', '/', '?', 'currency(c)'],
    ['currency(c)', '*', '1', 'currency(c)'],
    ['currency(c)', '/', '1', 'currency(c)'],
    ['?', '*', 'currency(c)', 'currency(c)'],
    ['1', '*', 'currency(c)', 'currency(c)'],
    ['?', '/', 'currency(c)', null],
    ['1', '/', 'currency(c)', null],
    ['currency(c)', '*', 'EUR', null],
    ['currency(c)', '/', 'currency(c)', null],
    ['currency(c)', '*', 'currency(c)', null],
    ['EUR', '*', 'currency(c)', null],
    ['days', '/', 'currency(c)', null],
  ];
  test.each(table)('%s %s %s is %s', (left, sign, right, expected) => {
    const unit = multiplyUnits(unitOf(left), unitOf(right), sign === '*' ? 1 : -1);
    expect(unit === null ? null : unitWords(unit)).toBe(expected);
  });

  test('a square', () => {
    expect(unitWords(squared(unitOf('EUR days^-1')) ?? unitOf('?'))).toBe('EUR^2 days^-2');
    expect(squared(unitOf('currency(c)'))).toBeNull();
  });

  test('what is multiplied and divided again is what it was', () => {
    const names = fc.constantFrom('EUR', 'USD', 'seats', 'days', 'months');
    const powers = fc.integer({ min: -3, max: 3 }).filter(power => power !== 0);
    const units = fc.dictionary(names, powers, { maxKeys: 4, noNullPrototype: true });
    fc.assert(
      fc.property(units, units, (a, b) => {
        const [left, right] = [{ kind: 'known', factors: a } as const, { kind: 'known', factors: b } as const];
        const product = multiplyUnits(left, right, 1) ?? unitOf('?');
        expect(unitWords(multiplyUnits(product, right, -1) ?? unitOf('?'))).toBe(unitWords(left));
        expect(unitWords(multiplyUnits(right, left, 1) ?? unitOf('?'))).toBe(unitWords(product));
        expect(isNone(multiplyUnits(left, left, -1) ?? unitOf('?'))).toBe(true);
        const powersOf = (name: string) => (a[name] ?? 0) + (b[name] ?? 0);
        const expected = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(name => powersOf(name) !== 0);
        expect(product.kind === 'known' ? Object.keys(product.factors) : []).toEqual(expected.sort());
      }),
      { numRuns: 500 },
    );
  });

  const clashes: readonly (readonly [unit: string, isClash: boolean])[] = [
    ['EUR days^-1 hours', true],
    ['days hours', true],
    ['months years^-1', true],
    ['days months', false],
    ['days^2', false],
    ['days', false],
    ['EUR seats', false],
    ['1', false],
    ['?', false],
    ['currency(c)', false],
  ];
  test.each(clashes)('two times of one family in %s: %s', (unit, isClash) => {
    expect(clashingTimes(unitOf(unit))).toBe(isClash);
  });
});

describe('units as they are declared', () => {
  const table: readonly (readonly [text: string, expected: string])[] = [
    ['EUR', 'EUR'],
    ['currency', 'EUR'],
    ['days', 'days'],
    ['halves', 'halves'],
    ['seats', 'seats'],
    ['won_deals', 'won_deals'],
    ['percent', '1 percent'],
    [' percent ', '1 percent'],
    ['currency(currency_code)', 'currency(currency_code)'],
    ['currency ( c )', 'currency(c)'],
    ['EUR / seats', 'EUR seats^-1'],
    ['EUR/seats', 'EUR seats^-1'],
    ['currency / days', 'EUR days^-1'],
    ['currency * days', 'EUR days'],
    ['EUR / seats / months', 'EUR months^-1 seats^-1'],
    ['EUR * seats / EUR', 'seats'],
    ['EUR / EUR', '1'],
    ['days * days', 'days^2'],
    ['USD', 'USD'],
    ['', 'wrong'],
    ['euro cents', 'wrong'],
    ['Euro', 'wrong'],
    ['EURO', 'wrong'],
    ['€', 'wrong'],
    ['%', 'wrong'],
    ['5', 'wrong'],
    ['5 days', 'wrong'],
    ['EUR *', 'wrong'],
    ['/ days', 'wrong'],
    ['EUR + USD', 'wrong'],
    ['EUR % days', 'wrong'],
    ['percent / days', 'wrong'],
    ['EUR * percent', 'wrong'],
    ['currency(C)', 'wrong'],
    ['currency()', 'wrong'],
    ['currency(a, b)', 'wrong'],
    ['money(c)', 'wrong'],
  ];
  test.each(table)('%j is %s', (text, expected) => {
    const reading = readUnit(text, 'EUR');
    const words = reading.kind === 'wrong' ? 'wrong' : unitWords(reading.unit) + (reading.isPercent ? ' percent' : '');
    expect(words).toBe(expected);
    if (reading.kind === 'wrong') expect(reading.reason).toMatch(/`.*`/);
  });

  test('money of a project without a currency is money of one kind all the same', () => {
    const reading = readUnit('currency', null);
    expect(reading.kind === 'unit' ? unitWords(reading.unit) : 'wrong').toBe('currency');
  });
});

describe('units in words', () => {
  const table: readonly (readonly [unit: string, words: string])[] = [
    ['EUR', 'EUR'],
    ['EUR days^-1', 'EUR / days'],
    ['EUR seats', 'EUR * seats'],
    ['EUR^2', 'EUR^2'],
    ['EUR days^-2 seats^-1', 'EUR / days^2 / seats'],
    ['days^-1', '1 / days'],
    ['1', 'no unit'],
    ['?', 'unspecified'],
    ['currency(c)', 'currency(c)'],
  ];
  test.each(table)('%s: %s', (unit, words) => {
    expect(unitText(unitOf(unit))).toBe(words);
  });

  test('equal units are one, others are not', () => {
    expect(sameUnit(unitOf('EUR days^-1'), unitOf('EUR days^-1'))).toBe(true);
    for (const [a, b] of [
      ['EUR', 'USD'],
      ['EUR', 'EUR^2'],
      ['1', '?'],
      ['EUR days', 'EUR days^-1'],
      ['currency(a)', 'currency(b)'],
    ] as const) {
      expect(sameUnit(unitOf(a), unitOf(b))).toBe(false);
    }
  });
});

describe('units of one time', () => {
  const table: readonly (readonly [unit: string, time: string | null])[] = [
    ['days', 'days'],
    ['months', 'months'],
    ['days^2', null],
    ['days^-1', null],
    ['EUR days', null],
    ['EUR', null],
    ['seats', null],
    ['1', null],
    ['?', null],
    ['currency(c)', null],
  ];
  test.each(table)('%s: %s', (unit, time) => {
    expect(timeOf(unitOf(unit))).toBe(time);
  });

  test('their sizes are those of clocks and calendars', () => {
    for (const [name, size] of Object.entries(seconds)) expect(sizeOfTime(name)).toEqual({ family: 'fixed', size });
    for (const [name, size] of Object.entries(months)) expect(sizeOfTime(name)).toEqual({ family: 'calendar', size });
    expect([sizeOfTime('EUR'), sizeOfTime('day'), sizeOfTime('constructor')]).toEqual([null, null, null]);
  });
});
