/** Days: civil dates and day numbers both ways over the years 1 to 9999, held against a calendar that is counted by hand. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addMonths,
  civil,
  dayOf,
  daysInMonth,
  firstDay,
  formatDay,
  lastDay,
  parseDay,
  weekdayOf,
} from '../../compiler/index.ts';
import { dayNamed, millisecondsPerDay } from './words.ts';

/** The Gregorian rule, as the bull of 1582 has it. */
function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function lengthOf(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** A day number by the JavaScript engine's own calendar. */
function dayByDate(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / millisecondsPerDay;
}

describe('day numbers', () => {
  const table: readonly (readonly [string, number])[] = [
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['1970-12-31', 364],
    ['2000-01-01', 10957],
    ['2000-02-29', 11016],
    ['2000-03-01', 11017],
    ['2001-09-09', 11574],
    ['2038-01-19', 24855],
    ['1900-01-01', -25567],
    ['1601-01-01', -134774],
    ['0001-01-01', -719162],
    ['9999-12-31', 2932896],
  ];
  test.each(table)('%s is day %i', (text, expected) => {
    expect(dayNamed(text)).toBe(expected);
    expect(formatDay(expected)).toBe(text);
  });

  test('the first and the last day are those of the years 1 and 9999', () => {
    expect([formatDay(firstDay), formatDay(lastDay)]).toEqual(['0001-01-01', '9999-12-31']);
  });

  test('every day of the years 1 to 9999 goes there and back', () => {
    const wrong: string[] = [];
    let number = dayByDate(1, 1, 1);
    for (let year = 1; year <= 9999; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        const length = lengthOf(year, month);
        if (daysInMonth(year, month) !== length) wrong.push(`${year}-${month} has ${daysInMonth(year, month)} days`);
        for (let day = 1; day <= length; day += 1) {
          const back = civil(number);
          const isRight = back.year === year && back.month === month && back.day === day;
          if (dayOf(year, month, day) !== number || !isRight) wrong.push(`${year}-${month}-${day}`);
          number += 1;
        }
      }
    }
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(number).toBe(dayByDate(10000, 1, 1));
  });

  test('texts of days go there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: firstDay, max: lastDay }), day => {
        const text = formatDay(day);
        expect(text).toBe(new Date(day * millisecondsPerDay).toISOString().slice(0, 10));
        expect(parseDay(text)).toBe(day);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('lengths of February', () => {
  const table: readonly (readonly [number, number])[] = [
    [1, 28],
    [4, 29],
    [100, 28],
    [400, 29],
    [1582, 28],
    [1600, 29],
    [1700, 28],
    [1900, 28],
    [2000, 29],
    [2023, 28],
    [2024, 29],
    [2100, 28],
    [2400, 29],
    [9996, 29],
    [9999, 28],
  ];
  test.each(table)('in %i it has %i days', (year, days) => {
    expect(daysInMonth(year, 2)).toBe(days);
  });
});

describe('texts that are no day', () => {
  const table: readonly string[] = [
    '2026-02-29',
    '1900-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-06-31',
    '2026-09-31',
    '2026-11-31',
    '2026-02-30',
    '2026-12-32',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '0000-01-01',
    '2026-1-1',
    '2026-01-1',
    '26-01-01',
    '12026-01-01',
    '-2026-01-01',
    '+2026-01-01',
    '2026/01/01',
    '20260101',
    '2026-01',
    '2026-01-01 ',
    ' 2026-01-01',
    '2026-01-01\n',
    '2026-01-01T00:00',
    '２０２６-01-01',
    '',
  ];
  test.each(table)('%j', text => {
    expect(parseDay(text)).toBeNull();
  });
});

describe('months later, clamped to the month', () => {
  const table: readonly (readonly [string, number, string])[] = [
    ['2026-01-15', 0, '2026-01-15'],
    ['2026-01-15', 1, '2026-02-15'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2026-01-31', 3, '2026-04-30'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2028-03-31', -1, '2028-02-29'],
    ['2026-03-30', -1, '2026-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2024-02-29', -12, '2023-02-28'],
    ['2000-02-29', 1200, '2100-02-28'],
    ['2026-12-31', 1, '2027-01-31'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-12-01', 1, '2027-01-01'],
    ['2026-01-01', -1, '2025-12-01'],
    ['2026-01-15', -13, '2024-12-15'],
    ['2026-05-31', -6, '2025-11-30'],
    ['0001-02-28', -1, '0001-01-28'],
    ['9999-11-30', 1, '9999-12-30'],
    ['0001-01-31', 12 * 9998, '9999-01-31'],
  ];
  test.each(table)('%s and %i months is %s', (text, months, expected) => {
    expect(formatDay(addMonths(dayNamed(text), months))).toBe(expected);
  });

  test('the month is the asked one, and the day the same or the last', () => {
    const days = fc.integer({ min: dayByDate(1000, 1, 1), max: dayByDate(9000, 12, 31) });
    fc.assert(
      fc.property(days, fc.integer({ min: -6000, max: 6000 }), (day, months) => {
        const from = new Date(day * millisecondsPerDay);
        const index = from.getUTCFullYear() * 12 + from.getUTCMonth() + months;
        const year = Math.floor(index / 12);
        const month = index - year * 12 + 1;
        const expected = dayByDate(year, month, Math.min(from.getUTCDate(), lengthOf(year, month)));
        expect(addMonths(day, months)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('weekdays, Monday first', () => {
  const table: readonly (readonly [string, number])[] = [
    ['1970-01-01', 4],
    ['1969-07-20', 7],
    ['1582-10-15', 5],
    ['1776-07-04', 4],
    ['1900-01-01', 1],
    ['1989-11-09', 4],
    ['2000-01-01', 6],
    ['2000-02-29', 2],
    ['2001-09-11', 2],
    ['2024-02-29', 4],
    ['2026-01-01', 4],
    ['0001-01-01', 1],
    ['9999-12-31', 5],
  ];
  test.each(table)('%s is day %i of its week', (text, expected) => {
    expect(weekdayOf(dayNamed(text))).toBe(expected);
  });

  test('seven follow each other, and begin anew', () => {
    fc.assert(
      fc.property(fc.integer({ min: firstDay, max: lastDay - 1 }), day => {
        const sunday = new Date(day * millisecondsPerDay).getUTCDay();
        expect(weekdayOf(day)).toBe(sunday === 0 ? 7 : sunday);
        expect(weekdayOf(day + 1)).toBe((weekdayOf(day) % 7) + 1);
      }),
      { numRuns: 1000 },
    );
  });
});
