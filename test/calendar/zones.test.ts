/** Zones: offsets, local times and days in zones with half hours, skipped days and clocks that are changed at midnight. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clockOf,
  instantOf,
  isTimestamp,
  isTimeZone,
  offsetsBetween,
  parseTimestamp,
  startOfDay,
  type ZoneClock,
} from '../../compiler/index.ts';
import { dayNamed, millisecondsPerDay } from './words.ts';

const zones = [
  'UTC',
  'Europe/Madrid',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Havana',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
];

/** Days that a zone does not have, since it moved to the other side of the date line. */
const skippedDays: Readonly<Record<string, string>> = {
  'Pacific/Apia': '2011-12-30',
  'Pacific/Kiritimati': '1994-12-31',
};

const clocks = new Map<string, ZoneClock>();

function clockIn(zone: string): ZoneClock {
  const clock = clocks.get(zone) ?? clockOf(zone);
  clocks.set(zone, clock);
  return clock;
}

/** `2026-03-29T01:00Z` as an instant; without the `Z`, as local time. */
function milliseconds(text: string): number {
  const value = Date.parse(text.endsWith('Z') ? text : `${text}Z`);
  if (Number.isNaN(value)) throw new Error(`${text} is not a time`);
  return value;
}

function written(instant: number): string {
  return new Date(instant).toISOString().replace(/(:00)?\.000Z$/, 'Z');
}

const minute = 60_000;

describe('the offset of a zone at an instant, in minutes', () => {
  const table: readonly (readonly [zone: string, instant: string, minutes: number])[] = [
    ['UTC', '2026-07-01T00:00Z', 0],
    ['Europe/Madrid', '2026-01-01T00:00Z', 60],
    ['Europe/Madrid', '2026-07-01T00:00Z', 120],
    ['Europe/Madrid', '2026-03-29T00:59:59Z', 60],
    ['Europe/Madrid', '2026-03-29T01:00Z', 120],
    ['Europe/Madrid', '2026-10-25T00:59:59Z', 120],
    ['Europe/Madrid', '2026-10-25T01:00Z', 60],
    ['America/New_York', '2026-03-08T06:59:59Z', -300],
    ['America/New_York', '2026-03-08T07:00Z', -240],
    ['America/New_York', '2026-11-01T05:59:59Z', -240],
    ['America/New_York', '2026-11-01T06:00Z', -300],
    ['Asia/Kathmandu', '1985-12-31T18:29Z', 330],
    ['Asia/Kathmandu', '1985-12-31T18:30Z', 345],
    ['Asia/Kathmandu', '2026-07-01T00:00Z', 345],
    ['America/St_Johns', '2026-01-01T00:00Z', -210],
    ['America/St_Johns', '2026-07-01T00:00Z', -150],
    // In the summer of 1988 clocks stood two hours ahead.
    ['America/St_Johns', '1988-07-01T00:00Z', -90],
    ['Australia/Lord_Howe', '2026-01-01T00:00Z', 660],
    ['Australia/Lord_Howe', '2026-07-01T00:00Z', 630],
    ['Pacific/Apia', '2011-12-30T09:59:59Z', -600],
    ['Pacific/Apia', '2011-12-30T10:00Z', 840],
    ['Pacific/Chatham', '2026-07-01T00:00Z', 765],
    ['Pacific/Kiritimati', '2026-07-01T00:00Z', 840],
    ['Asia/Tehran', '2026-07-01T00:00Z', 210],
    ['Europe/Lisbon', '1970-01-01T00:00Z', 60],
  ];
  test.each(table)('%s at %s is %i', (zone, instant, minutes) => {
    expect(clockIn(zone)(milliseconds(instant)) / minute).toBe(minutes);
  });

  test('milliseconds do not change it, before 1970 neither', () => {
    for (const instant of [-1, 1, 999, -999, -1001, 1_774_746_000_123, -86_400_000 * 365 + 7]) {
      expect(clockIn('Asia/Kathmandu')(instant) / minute).toBe(instant < 504_901_800_000 ? 330 : 345);
    }
  });

  test('it is the one that the zone is said to have', () => {
    const formats = new Map(
      zones.map(timeZone => [
        timeZone,
        new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset', year: 'numeric' }),
      ]),
    );
    const instants = fc.integer({ min: milliseconds('1975-01-01T00:00Z'), max: milliseconds('2100-01-01T00:00Z') });
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (zone, instant) => {
        const parts = formats.get(zone)?.formatToParts(instant) ?? [];
        const name = parts.find(part => part.type === 'timeZoneName')?.value ?? '';
        const [, sign = '+', hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name) ?? [];
        const expected = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minute;
        expect(clockIn(zone)(instant) - expected).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('where a local day begins', () => {
  const table: readonly (readonly [zone: string, day: string, instant: string])[] = [
    ['UTC', '2026-03-29', '2026-03-29T00:00Z'],
    ['Europe/Madrid', '2026-03-29', '2026-03-28T23:00Z'],
    ['Europe/Madrid', '2026-03-30', '2026-03-29T22:00Z'],
    ['Europe/Madrid', '2026-10-25', '2026-10-24T22:00Z'],
    ['Europe/Madrid', '2026-10-26', '2026-10-25T23:00Z'],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00Z'],
    ['America/New_York', '2026-03-09', '2026-03-09T04:00Z'],
    ['America/New_York', '2026-11-01', '2026-11-01T04:00Z'],
    ['America/New_York', '2026-11-02', '2026-11-02T05:00Z'],
    ['Asia/Kathmandu', '2026-01-01', '2025-12-31T18:15Z'],
    // That midnight was skipped: clocks went from 24:00 to 00:15.
    ['Asia/Kathmandu', '1986-01-01', '1985-12-31T18:30Z'],
    ['Asia/Kathmandu', '1985-12-31', '1985-12-30T18:30Z'],
    ['America/St_Johns', '2026-01-01', '2026-01-01T03:30Z'],
    ['America/St_Johns', '2026-07-01', '2026-07-01T02:30Z'],
    // Clocks went from 00:01 back to 23:01, so that midnight came twice: the first counts.
    ['America/St_Johns', '2010-11-07', '2010-11-07T02:30Z'],
    ['America/St_Johns', '2010-11-08', '2010-11-08T03:30Z'],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00Z'],
    ['Australia/Lord_Howe', '2026-04-06', '2026-04-05T13:30Z'],
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-03T13:30Z'],
    ['Australia/Lord_Howe', '2026-10-05', '2026-10-04T13:00Z'],
    // Samoa had no 30 December 2011.
    ['Pacific/Apia', '2011-12-29', '2011-12-29T10:00Z'],
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00Z'],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00Z'],
    ['Pacific/Apia', '2012-01-01', '2011-12-31T10:00Z'],
    // Clocks went from 24:00 on to 01:00.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00Z'],
    ['America/Sao_Paulo', '2018-11-05', '2018-11-05T02:00Z'],
    ['Africa/Cairo', '2023-04-28', '2023-04-27T22:00Z'],
    // Clocks went from 24:00 back to 23:00, so that midnight came once, an hour later.
    ['America/Sao_Paulo', '2018-02-18', '2018-02-18T03:00Z'],
    // Clocks went from 01:00 back to midnight, which came twice.
    ['America/Havana', '2022-11-06', '2022-11-06T04:00Z'],
    ['America/Havana', '2022-11-07', '2022-11-07T05:00Z'],
    // Nor had the Line Islands 31 December 1994.
    ['Pacific/Kiritimati', '1994-12-30', '1994-12-30T10:00Z'],
    ['Pacific/Kiritimati', '1994-12-31', '1994-12-31T10:00Z'],
    ['Pacific/Kiritimati', '1995-01-01', '1994-12-31T10:00Z'],
    ['Pacific/Kiritimati', '2026-01-01', '2025-12-31T10:00Z'],
  ];
  test.each(table)('%s, %s: %s', (zone, day, instant) => {
    expect(written(startOfDay(clockIn(zone), dayNamed(day)))).toBe(instant);
  });

  test('later days never begin earlier, and each shows its own date first at its beginning', () => {
    const days = fc.integer({ min: dayNamed('1971-01-01'), max: dayNamed('2090-12-31') });
    fc.assert(
      fc.property(fc.constantFrom(...zones), days, fc.integer({ min: 1, max: 400 }), (zone, day, ahead) => {
        const clock = clockIn(zone);
        const start = startOfDay(clock, day);
        const localDay = (instant: number) => Math.floor((instant + clock(instant)) / millisecondsPerDay);
        expect(startOfDay(clock, day + ahead)).toBeGreaterThan(start - (ahead === 1 ? 1 : 0));
        const skipped = dayNamed(skippedDays[zone] ?? '1970-01-01');
        expect(localDay(start)).toBe(day === skipped ? day + 1 : day);
        expect(localDay(start - 1)).toBe(day === skipped + 1 ? day - 2 : day - 1);
      }),
      { numRuns: 1500 },
    );
  });

  test('every day of 2011 in Samoa, one after the other', () => {
    const clock = clockIn('Pacific/Apia');
    const starts = Array.from({ length: 366 }, (_, index) => startOfDay(clock, dayNamed('2011-01-01') + index));
    const lengths = starts.slice(1).map((start, index) => (start - (starts[index] ?? 0)) / 3_600_000);
    expect([...new Set(lengths)].sort((a, b) => a - b)).toEqual([0, 23, 24, 25]);
    expect(lengths.filter(length => length !== 24).length).toBe(3);
  });
});

describe('the instant of a local time', () => {
  const table: readonly (readonly [zone: string, local: string, instant: string])[] = [
    ['Europe/Madrid', '2026-03-29T01:59', '2026-03-29T00:59Z'],
    ['Europe/Madrid', '2026-03-29T03:00', '2026-03-29T01:00Z'],
    // Skipped: the moment of the change.
    ['Europe/Madrid', '2026-03-29T02:00', '2026-03-29T01:00Z'],
    ['Europe/Madrid', '2026-03-29T02:30', '2026-03-29T01:00Z'],
    ['Europe/Madrid', '2026-03-29T02:59:59', '2026-03-29T01:00Z'],
    ['America/New_York', '2026-03-08T02:30', '2026-03-08T07:00Z'],
    ['America/St_Johns', '2026-03-08T02:30', '2026-03-08T05:30Z'],
    ['America/St_Johns', '2010-03-14T00:30', '2010-03-14T03:31Z'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:30Z'],
    ['Pacific/Apia', '2011-12-30T12:00', '2011-12-30T10:00Z'],
    // Repeated: the first of the two.
    ['Europe/Madrid', '2026-10-25T01:59', '2026-10-24T23:59Z'],
    ['Europe/Madrid', '2026-10-25T02:00', '2026-10-25T00:00Z'],
    ['Europe/Madrid', '2026-10-25T02:30', '2026-10-25T00:30Z'],
    ['Europe/Madrid', '2026-10-25T03:00', '2026-10-25T02:00Z'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30Z'],
    ['America/New_York', '2026-11-01T02:00', '2026-11-01T07:00Z'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45Z'],
    ['Australia/Lord_Howe', '2026-04-05T01:29', '2026-04-04T14:29Z'],
    ['Australia/Lord_Howe', '2026-04-05T02:00', '2026-04-04T15:30Z'],
    ['America/St_Johns', '2010-11-06T23:30', '2010-11-07T02:00Z'],
    ['Asia/Kathmandu', '2026-06-15T12:00', '2026-06-15T06:15Z'],
    ['UTC', '2026-06-15T12:00:59', '2026-06-15T12:00:59Z'],
  ];
  test.each(table)('%s, %s: %s', (zone, local, instant) => {
    expect(written(instantOf(clockIn(zone), milliseconds(local)))).toBe(instant);
  });

  test('outside what is skipped it shows that local time, and no earlier instant does', () => {
    const locals = fc.integer({ min: milliseconds('1971-01-01T00:00Z'), max: milliseconds('2090-01-01T00:00Z') });
    fc.assert(
      fc.property(fc.constantFrom(...zones), locals, (zone, millisecond) => {
        const clock = clockIn(zone);
        const local = Math.floor(millisecond / 1000) * 1000;
        const instant = instantOf(clock, local);
        const shown = instant + clock(instant);
        const before = instant - minute + clock(instant - minute);
        if (shown === local) {
          for (const back of [30, 60, 120]) {
            const earlier = instant - back * minute;
            expect(earlier + clock(earlier)).not.toBe(local);
          }
        } else {
          expect(before).toBeLessThan(local);
          expect(shown).toBeGreaterThan(local);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('each change of an hour in Madrid for a century, the minutes around it', () => {
    const clock = clockIn('Europe/Madrid');
    for (let year = 1998; year <= 2097; year += 1) {
      const lastSunday = (month: number) => {
        const end = new Date(Date.UTC(year, month, 31));
        return Date.UTC(year, month, 31 - end.getUTCDay(), 1);
      };
      const [spring, autumn] = [lastSunday(2), lastSunday(9)];
      const local = (instant: number, hours: number) => instant + hours * 60 * minute;
      const found = [
        instantOf(clock, local(spring, 1) - minute),
        instantOf(clock, local(spring, 1) + 17 * minute),
        instantOf(clock, local(spring, 2)),
        instantOf(clock, local(autumn, 1) - minute),
        instantOf(clock, local(autumn, 1) + 17 * minute),
        instantOf(clock, local(autumn, 2)),
      ];
      const expected = [
        spring - minute,
        spring,
        spring,
        autumn - 61 * minute,
        autumn - 43 * minute,
        autumn + 60 * minute,
      ];
      expect([year, ...found.map(written)]).toEqual([year, ...expected.map(written)]);
    }
  });
});

describe('the offsets over a stretch of time', () => {
  type Stretch = readonly [until: string, minutes: number];
  const table: readonly (readonly [zone: string, from: string, until: string, stretches: readonly Stretch[]])[] = [
    ['UTC', '2026-01-01T00:00Z', '2027-01-01T00:00Z', [['ever', 0]]],
    ['Asia/Kathmandu', '2026-01-01T00:00Z', '2027-01-01T00:00Z', [['ever', 345]]],
    [
      'Europe/Madrid',
      '2026-01-01T00:00Z',
      '2027-01-01T00:00Z',
      [
        ['2026-03-29T01:00Z', 60],
        ['2026-10-25T01:00Z', 120],
        ['ever', 60],
      ],
    ],
    [
      'Europe/Madrid',
      '2026-03-29T01:00Z',
      '2026-10-25T01:00Z',
      [
        ['2026-10-25T01:00Z', 120],
        ['ever', 60],
      ],
    ],
    ['Europe/Madrid', '2026-03-29T01:00Z', '2026-10-25T00:00Z', [['ever', 120]]],
    [
      'Australia/Lord_Howe',
      '2026-03-30T00:00Z',
      '2026-10-30T00:00Z',
      [
        ['2026-04-04T15:00Z', 660],
        ['2026-10-03T15:30Z', 630],
        ['ever', 660],
      ],
    ],
    [
      'Pacific/Apia',
      '2011-12-01T00:00Z',
      '2012-05-01T00:00Z',
      [
        ['2011-12-30T10:00Z', -600],
        ['2012-03-31T14:00Z', 840],
        ['ever', 780],
      ],
    ],
    ['America/New_York', '2026-06-01T00:00Z', '2026-06-01T00:00Z', [['ever', -240]]],
    // Morocco sets its clocks back for the five weeks of Ramadan; in 2014 Egypt did so within its summer time.
    [
      'Africa/Casablanca',
      '2024-01-01T00:00Z',
      '2025-01-01T00:00Z',
      [
        ['2024-03-10T02:00Z', 60],
        ['2024-04-14T02:00Z', 0],
        ['ever', 60],
      ],
    ],
    [
      'Africa/Cairo',
      '2014-01-01T00:00Z',
      '2015-01-01T00:00Z',
      [
        ['2014-05-15T22:00Z', 120],
        ['2014-06-26T21:00Z', 180],
        ['2014-07-31T22:00Z', 120],
        ['2014-09-25T21:00Z', 180],
        ['ever', 120],
      ],
    ],
  ];
  test.each(table)('%s from %s to %s', (zone, from, until, stretches) => {
    const found = offsetsBetween(clockIn(zone), milliseconds(from), milliseconds(until));
    expect(
      found.map(stretch => [stretch.until === null ? 'ever' : written(stretch.until), stretch.offset / minute]),
    ).toEqual(stretches);
  });

  test('they are those of the clock at any instant between, and neighbours differ', () => {
    const starts = fc.integer({ min: milliseconds('1975-01-01T00:00Z'), max: milliseconds('2090-01-01T00:00Z') });
    const lengths = fc.integer({ min: 0, max: 900 * millisecondsPerDay });
    const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), starts, lengths, shares, (zone, from, length, where) => {
        const clock = clockIn(zone);
        const stretches = offsetsBetween(clock, from, from + length);
        const offsetAt = (instant: number) =>
          stretches.find(({ until }) => until === null || instant < until)?.offset ?? Number.NaN;
        const edges = stretches.flatMap(({ until }) => (until === null ? [] : [until - 1, until]));
        const inside = edges.filter(instant => instant >= from && instant <= from + length);
        for (const instant of [...where.map(share => Math.floor(from + share * length)), ...inside]) {
          expect(offsetAt(instant)).toBe(clock(instant));
        }
        const offsets = stretches.map(({ offset }) => offset);
        expect(offsets.every((offset, index) => offset !== offsets[index + 1])).toBe(true);
        expect(stretches.map(({ until }) => until === null)).toEqual(offsets.map((_, at) => at === offsets.length - 1));
      }),
      { numRuns: 400 },
    );
  });
});

describe('names of zones', () => {
  const table: readonly (readonly [name: string, isZone: boolean])[] = [
    ['UTC', true],
    ['Europe/Madrid', true],
    ['America/Argentina/Buenos_Aires', true],
    ['Asia/Kathmandu', true],
    ['Pacific/Apia', true],
    ['', false],
    ['Madrid', false],
    ['Europe/Atlantis', false],
    ['Europe/Madrid ', false],
    [' Europe/Madrid', false],
    ['Europe/Madrid; drop', false],
    ["Europe/Madrid'", false],
    ['+02:00', false],
    ['-03:30', false],
    ['constructor', false],
    ['undefined', false],
  ];
  test.each(table)('%j: %s', (name, isZone) => {
    expect(isTimeZone(name)).toBe(isZone);
  });
});

describe('local times as text', () => {
  const table: readonly (readonly [text: string, local: string, micros: number])[] = [
    ['1970-01-01T00:00', '1970-01-01T00:00:00.000', 0],
    ['2026-03-05T14:30', '2026-03-05T14:30:00.000', 0],
    ['2026-03-05 14:30', '2026-03-05T14:30:00.000', 0],
    ['2026-03-05T14:30:59', '2026-03-05T14:30:59.000', 0],
    ['2026-03-05T14:30:59.5', '2026-03-05T14:30:59.500', 0],
    ['2026-03-05T14:30:59.05', '2026-03-05T14:30:59.050', 0],
    ['2026-03-05T14:30:59.123456', '2026-03-05T14:30:59.123', 456],
    ['2026-03-05T14:30:59.000001', '2026-03-05T14:30:59.000', 1],
    ['2026-03-05T14:30:59.0009', '2026-03-05T14:30:59.000', 900],
    ['1969-12-31T23:59:59.9', '1969-12-31T23:59:59.900', 0],
    ['2024-02-29T23:59:59', '2024-02-29T23:59:59.000', 0],
    ['0001-01-01T00:00', '0001-01-01T00:00:00.000', 0],
    ['9999-12-31T23:59:59.999999', '9999-12-31T23:59:59.999', 999],
  ];
  test.each(table)('%s', (text, local, micros) => {
    expect(parseTimestamp(text)).toEqual({ milliseconds: milliseconds(local), micros });
    expect(isTimestamp(text)).toBe(true);
  });

  const wrong: readonly string[] = [
    '',
    '2026-03-05',
    '2026-02-29T00:00',
    '2026-03-05T24:00',
    '2026-03-05T23:60',
    '2026-03-05T23:59:60',
    '2026-03-05T9:30',
    '2026-03-05T09:3',
    '2026-03-05T0930',
    '2026-03-05T09',
    '2026-03-05T09:30:5',
    '2026-03-05T09:30:',
    '2026-03-05T09:30:05.',
    '2026-03-05T09:30:05.1234567',
    '2026-03-05T09:30Z',
    '2026-03-05T09:30+02:00',
    '2026-03-05  09:30',
    '2026-03-05t09:30',
    ' 2026-03-05T09:30',
    '2026-03-05T09:30 ',
    '2026-03-05T-1:30',
  ];
  test.each(wrong)('%j is none', text => {
    expect(parseTimestamp(text)).toBeNull();
    expect(isTimestamp(text)).toBe(false);
  });
});
