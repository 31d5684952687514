/** Functions and operators: for each, the types and units that it takes, what it gives, and what it refuses at which argument. */
import { describe, expect, test } from 'vitest';
import type { Diagnostic, FunctionName, Span } from '../../compiler/index.ts';
import { applyFunction, typeFits } from '../../compiler/resolve/functions.ts';
import { commonType, isNumber, typeText } from '../../compiler/resolve/meeting.ts';
import { typedOf, typedWords } from './words.ts';

/**
 * Arguments; then the type and unit that come out, or a code and the argument at which it is raised (`w` for the whole
 * call); then how each argument is adapted, where one is: `*24`, or `day` for a timestamp that becomes its day.
 */
type Row = readonly [operands: readonly string[], expected: string, adaptations?: readonly string[]];

const numbers: readonly Row[] = [
  [['integer', 'integer'], 'integer'],
  [['integer', 'decimal'], 'decimal'],
  [['decimal', 'integer'], 'decimal'],
  [['decimal', 'float'], 'float'],
  [['float', 'integer'], 'float'],
  [['null', 'integer'], 'integer'],
  [['decimal EUR', 'null'], 'decimal EUR'],
  [['decimal EUR', 'decimal EUR'], 'decimal EUR'],
  [['decimal EUR', 'integer'], 'decimal EUR'],
  [['integer', 'decimal EUR'], 'decimal EUR'],
  [['integer 1', 'float 1'], 'float 1'],
  [['integer 1', 'integer'], 'integer 1'],
  [['decimal EUR', 'float 1'], 'M3002@1'],
  [['float 1', 'decimal EUR'], 'M3002@1'],
  [['decimal EUR', 'decimal USD'], 'M3002@1'],
  [['decimal EUR', 'integer days'], 'M3002@1'],
  [['integer seats', 'integer deals'], 'M3002@1'],
  [['integer days', 'integer months'], 'M3002@1'],
  [['integer days', 'float hours'], 'float hours', ['*24', '']],
  [['float hours', 'integer days'], 'float hours', ['', '*24']],
  [['integer days', 'duration hours'], 'integer hours', ['*24', '']],
  [['duration days', 'duration days'], 'integer days'],
  [['integer months', 'duration years'], 'integer months', ['', '*12']],
  [['decimal currency(c)', 'decimal currency(c)'], 'M3006@w'],
  [['decimal currency(c)', 'integer'], 'M3006@w'],
  [['decimal EUR', 'decimal currency(c)'], 'M3006@w'],
  [['string', 'string'], 'M3001@0'],
  [['string', 'integer'], 'M3001@0'],
  [['integer', 'string'], 'M3001@1'],
  [['boolean', 'integer'], 'M3001@0'],
  [['integer', 'boolean'], 'M3001@1'],
];

const comparisons: readonly Row[] = [
  [['integer', 'integer'], 'boolean'],
  [['integer', 'float'], 'boolean'],
  [['decimal EUR', 'decimal EUR'], 'boolean'],
  [['decimal EUR', 'integer'], 'boolean'],
  [['integer', 'decimal EUR'], 'boolean'],
  [['integer 1', 'integer'], 'boolean'],
  [['integer 1', 'decimal EUR'], 'M3002@1'],
  [['decimal EUR', 'decimal USD'], 'M3002@1'],
  [['integer days', 'integer months'], 'M3002@1'],
  [['decimal currency(c)', 'decimal EUR'], 'M3002@1'],
  [['integer days', 'duration days'], 'boolean'],
  [['integer days', 'duration hours'], 'boolean', ['*24', '']],
  [['float hours', 'duration days'], 'boolean', ['', '*24']],
  [['string', 'string'], 'boolean'],
  [['string', 'null'], 'boolean'],
  [['string', 'integer'], 'M3007@1'],
  [['integer', 'string'], 'M3007@1'],
  [['boolean', 'integer'], 'M3007@1'],
  [['date', 'date'], 'boolean'],
  [['timestamp', 'timestamp'], 'boolean'],
  // A date against a timestamp means that day in the project's zone.
  [['date', 'timestamp'], 'boolean', ['', 'day']],
  [['timestamp', 'date'], 'boolean', ['day', '']],
  [['date', 'string'], 'M3007@1'],
  [['string', 'timestamp'], 'M3007@1'],
  [['date', 'integer'], 'M3007@1'],
  [['date', 'duration days'], 'M3007@1'],
];

const orders: readonly Row[] = [...comparisons, [['boolean', 'boolean'], 'M3001@w']];
const equalities: readonly Row[] = [...comparisons, [['boolean', 'boolean'], 'boolean']];

const logic: readonly Row[] = [
  [['boolean', 'boolean'], 'boolean'],
  [['boolean', 'boolean', 'boolean'], 'boolean'],
  [['boolean', 'null'], 'boolean'],
  [['integer', 'boolean'], 'M3005@0'],
  [['boolean', 'string'], 'M3005@1'],
  [['boolean', 'boolean', 'date'], 'M3005@2'],
];

const choices: readonly Row[] = [
  [['integer'], 'integer'],
  [['integer', 'decimal', 'float'], 'float'],
  [['decimal EUR', 'integer'], 'decimal EUR'],
  [['integer', 'integer', 'decimal EUR'], 'decimal EUR'],
  [['decimal EUR', 'integer 1'], 'M3002@1'],
  [['decimal EUR', 'integer', 'decimal USD'], 'M3002@2'],
  [['integer days', 'integer hours', 'integer minutes'], 'integer minutes', ['*1440', '*60', '']],
  [['string', 'string'], 'string'],
  [['null', 'string'], 'string'],
  [['string', 'null', 'integer'], 'M3007@2'],
  [['date', 'date'], 'date'],
  [['date', 'timestamp'], 'date', ['', 'day']],
  [['date', 'string'], 'M3007@1'],
  [[], 'M3004@w'],
];

const sameNumber: readonly Row[] = [
  [['integer'], 'integer'],
  [['decimal EUR'], 'decimal EUR'],
  [['float 1'], 'float 1'],
  [['integer days'], 'integer days'],
  [['string'], 'M3001@0'],
  [['boolean'], 'M3001@0'],
  [['date'], 'M3001@0'],
  [[], 'M3004@w'],
  [['integer', 'integer'], 'M3004@w'],
];

const plainNumber: readonly Row[] = [
  [['integer 1'], 'float 1'],
  [['decimal 1'], 'float 1'],
  [['float 1'], 'float 1'],
  [['decimal EUR'], 'M3001@0'],
  [['integer days'], 'M3001@0'],
  [['decimal currency(c)'], 'M3001@0'],
  [['string'], 'M3001@0'],
  [[], 'M3004@w'],
  [['float 1', 'float 1'], 'M3004@w'],
];

const ofText: readonly Row[] = [
  [['string'], 'string'],
  [['null'], 'string'],
  [['integer'], 'M3001@0'],
  [['date'], 'M3001@0'],
  [[], 'M3004@w'],
  [['string', 'string'], 'M3004@w'],
];

const twoTexts: readonly Row[] = [
  [['string', 'string'], 'boolean'],
  [['string', 'null'], 'boolean'],
  [['integer', 'string'], 'M3001@0'],
  [['string', 'integer'], 'M3001@1'],
];

const partOfMoment: readonly Row[] = [
  [['date'], 'integer'],
  [['timestamp'], 'integer'],
  [['string'], 'M3001@0'],
  [['integer'], 'M3001@0'],
  [[], 'M3004@w'],
  [['date', 'date'], 'M3004@w'],
];

function between(unit: string): readonly Row[] {
  return [
    [['date', 'date'], `integer ${unit}`],
    [['date', 'timestamp'], `integer ${unit}`, ['', 'day']],
    [['timestamp', 'timestamp'], `integer ${unit}`, ['day', 'day']],
    [['date', 'string'], 'M3001@1'],
    [['integer', 'date'], 'M3001@0'],
    [['date'], 'M3004@w'],
    [['date', 'date', 'date'], 'M3004@w'],
  ];
}

function exactlyBetween(unit: string): readonly Row[] {
  return [
    [['timestamp', 'timestamp'], `float ${unit}`],
    [['date', 'timestamp'], 'M3001@0'],
    [['timestamp', 'date'], 'M3001@1'],
    [['timestamp'], 'M3004@w'],
  ];
}

const moved: readonly Row[] = [
  [['date', 'integer'], 'date'],
  [['timestamp', 'integer'], 'timestamp'],
  [['date', 'null'], 'date'],
  [['date', 'decimal'], 'M3001@1'],
  [['date', 'duration days'], 'M3001@1'],
  [['string', 'integer'], 'M3001@0'],
  [['date'], 'M3004@w'],
];

const tables: Readonly<Record<FunctionName, readonly Row[]>> = {
  add: [
    ...numbers,
    [['date', 'duration days'], 'date'],
    [['duration months', 'date'], 'date'],
    [['timestamp', 'duration hours'], 'timestamp'],
    [['timestamp', 'duration weeks'], 'timestamp'],
    [['date', 'duration hours'], 'M3007@w'],
    [['duration minutes', 'date'], 'M3007@w'],
    [['date', 'integer'], 'M3007@w'],
    [['integer days', 'date'], 'M3007@w'],
    [['date', 'date'], 'M3007@w'],
    [['date', 'timestamp'], 'M3007@w'],
    [['date', 'string'], 'M3007@w'],
  ],
  subtract: [
    ...numbers,
    [['date', 'date'], 'integer days'],
    [['date', 'timestamp'], 'integer days', ['', 'day']],
    [['timestamp', 'date'], 'integer days', ['day', '']],
    [['timestamp', 'timestamp'], 'float days'],
    [['date', 'duration quarters'], 'date'],
    [['timestamp', 'duration minutes'], 'timestamp'],
    [['date', 'duration hours'], 'M3007@w'],
    [['duration days', 'date'], 'M3007@w'],
    [['date', 'integer'], 'M3007@w'],
    [['date', 'string'], 'M3007@w'],
    [['integer', 'date'], 'M3007@w'],
  ],
  modulo: [
    ...numbers,
    [['date', 'integer'], 'M3001@0'],
    [['integer', 'date'], 'M3001@1'],
    [['date', 'date'], 'M3001@0'],
  ],
  multiply: [
    [['integer', 'integer'], 'integer'],
    [['integer', 'decimal'], 'decimal'],
    [['decimal', 'float'], 'float'],
    [['integer', 'null'], 'integer'],
    [['decimal EUR', 'integer'], 'decimal EUR'],
    [['float 1', 'decimal EUR'], 'float EUR'],
    [['decimal EUR', 'integer seats'], 'decimal EUR seats'],
    [['decimal EUR seats^-1', 'integer seats'], 'decimal EUR'],
    [['decimal EUR', 'decimal EUR'], 'decimal EUR^2'],
    [['integer days', 'integer hours'], 'M3002@w'],
    [['integer days', 'integer months'], 'integer days months'],
    [['integer', 'duration days'], 'integer days'],
    [['decimal currency(c)', 'float 1'], 'float currency(c)'],
    [['decimal currency(c)', 'decimal EUR'], 'M3002@w'],
    [['date', 'integer'], 'M3001@0'],
    [['integer', 'string'], 'M3001@1'],
    [['boolean', 'boolean'], 'M3001@0'],
  ],
  divide: [
    [['integer', 'integer'], 'float'],
    [['decimal EUR', 'decimal EUR'], 'float 1'],
    [['integer 1', 'integer 1'], 'float 1'],
    [['decimal EUR', 'integer 1'], 'float EUR'],
    [['decimal EUR', 'integer seats'], 'float EUR seats^-1'],
    [['decimal EUR', 'integer'], 'float EUR'],
    [['integer', 'decimal EUR'], 'float EUR^-1'],
    [['integer days', 'duration days'], 'float 1'],
    [['integer days', 'duration hours'], 'M3002@w'],
    [['decimal currency(c)', 'integer'], 'float currency(c)'],
    [['decimal currency(c)', 'decimal currency(c)'], 'M3002@w'],
    [['integer', 'decimal currency(c)'], 'M3002@w'],
    [['date', 'integer'], 'M3001@0'],
    [['integer', 'date'], 'M3001@1'],
    [['string', 'integer'], 'M3001@0'],
  ],
  negate: sameNumber,
  equal: equalities,
  unequal: equalities,
  less: orders,
  less_or_equal: orders,
  greater: orders,
  greater_or_equal: orders,
  and: logic,
  or: logic,
  not: [
    [['boolean'], 'boolean'],
    [['null'], 'boolean'],
    [['integer'], 'M3005@0'],
    [['string'], 'M3005@0'],
  ],
  is_null: [
    [['integer'], 'boolean'],
    [['decimal currency(c)'], 'boolean'],
    [['boolean'], 'boolean'],
    [['null'], 'boolean'],
    [['date'], 'boolean'],
  ],
  in: [
    ...equalities,
    [['string', 'string', 'string', 'string'], 'boolean'],
    [['string', 'string', 'integer'], 'M3007@2'],
    [['integer 1', 'integer', 'integer', 'decimal EUR'], 'M3002@3'],
    [['date', 'date', 'timestamp'], 'boolean', ['', '', 'day']],
    [['integer days', 'duration hours', 'duration days'], 'boolean', ['*24', '', '*24']],
    [['boolean', 'boolean', 'boolean'], 'boolean'],
  ],
  like: twoTexts,
  case: [
    [['boolean', 'integer', 'null'], 'integer'],
    [['boolean', 'integer', 'decimal'], 'decimal'],
    [['boolean', 'string', 'string'], 'string'],
    [['boolean', 'null', 'date'], 'date'],
    [['null', 'integer', 'integer'], 'integer'],
    [['boolean', 'decimal EUR', 'boolean', 'integer', 'null'], 'decimal EUR'],
    [['boolean', 'integer days', 'integer hours'], 'integer hours', ['', '*24', '']],
    [['boolean', 'date', 'timestamp'], 'date', ['', '', 'day']],
    [['boolean', 'boolean', 'boolean'], 'boolean'],
    [['integer', 'integer', 'integer'], 'M3005@0'],
    [['boolean', 'integer', 'string', 'integer', 'null'], 'M3005@2'],
    [['boolean', 'string', 'integer'], 'M3007@2'],
    [['boolean', 'string', 'boolean', 'date', 'null'], 'M3007@3'],
    [['boolean', 'decimal EUR', 'integer 1'], 'M3002@2'],
    [['boolean', 'decimal EUR', 'boolean', 'decimal USD', 'null'], 'M3002@3'],
  ],
  coalesce: choices,
  greatest: choices,
  least: choices,
  nullif: [
    [['integer', 'integer'], 'integer'],
    [['decimal EUR', 'integer'], 'decimal EUR'],
    [['string', 'string'], 'string'],
    [['decimal EUR', 'integer 1'], 'M3002@1'],
    [['string', 'integer'], 'M3007@1'],
    [['string'], 'M3004@w'],
    [['string', 'string', 'string'], 'M3004@w'],
  ],
  abs: sameNumber,
  round: [
    [['decimal EUR'], 'decimal EUR'],
    [['decimal EUR', 'integer'], 'decimal EUR'],
    [['float 1', 'integer'], 'float 1'],
    [['decimal', 'decimal'], 'M3001@1'],
    [['string', 'integer'], 'M3001@0'],
    [[], 'M3004@w'],
    [['decimal', 'integer', 'integer'], 'M3004@w'],
  ],
  floor: sameNumber,
  ceil: sameNumber,
  sqrt: plainNumber,
  ln: plainNumber,
  exp: plainNumber,
  power: [
    [['decimal 1', 'integer'], 'float 1'],
    [['float 1', 'float 1'], 'float 1'],
    [['decimal EUR', 'integer'], 'M3001@0'],
    [['decimal 1', 'integer days'], 'M3001@1'],
    [['decimal 1'], 'M3004@w'],
  ],
  lower: ofText,
  upper: ofText,
  trim: ofText,
  length: [
    [['string'], 'integer'],
    [['integer'], 'M3001@0'],
    [[], 'M3004@w'],
  ],
  concat: [
    [['string', 'string'], 'string'],
    [['string', 'string', 'string', 'null'], 'string'],
    [['string', 'integer'], 'M3001@1'],
    [['string', 'string', 'date'], 'M3001@2'],
    [['string'], 'M3004@w'],
    [[], 'M3004@w'],
  ],
  substring: [
    [['string', 'integer'], 'string'],
    [['string', 'integer', 'integer'], 'string'],
    [['string', 'decimal'], 'M3001@1'],
    [['string', 'integer', 'string'], 'M3001@2'],
    [['integer', 'integer'], 'M3001@0'],
    [['string'], 'M3004@w'],
    [['string', 'integer', 'integer', 'integer'], 'M3004@w'],
  ],
  replace: [
    [['string', 'string', 'string'], 'string'],
    [['string', 'string', 'integer'], 'M3001@2'],
    [['string', 'string'], 'M3004@w'],
  ],
  contains: [...twoTexts, [['string'], 'M3004@w']],
  starts_with: [...twoTexts, [['string', 'string', 'string'], 'M3004@w']],
  ends_with: [...twoTexts, [[], 'M3004@w']],
  date: [
    [['date'], 'date'],
    [['timestamp'], 'date'],
    [['string'], 'M3001@0'],
    [['integer'], 'M3001@0'],
    [[], 'M3004@w'],
  ],
  year: partOfMoment,
  quarter: partOfMoment,
  month: partOfMoment,
  day: partOfMoment,
  weekday: partOfMoment,
  days_between: between('days'),
  working_days: between('days'),
  months_between: between('months'),
  hours_between: exactlyBetween('hours'),
  minutes_between: exactlyBetween('minutes'),
  add_days: moved,
  add_months: moved,
  add_seconds: [
    [['timestamp', 'integer'], 'timestamp'],
    [['date', 'integer'], 'M3001@0'],
    [['timestamp', 'decimal'], 'M3001@1'],
  ],
  bucket: [
    [['integer', 'integer'], 'string'],
    [['decimal EUR', 'integer', 'integer'], 'string'],
    [['integer days', 'duration days', 'duration days'], 'string'],
    [['integer days', 'duration hours'], 'string', ['*24', '']],
    [['decimal EUR', 'integer 1'], 'M3002@1'],
    [['decimal EUR', 'integer', 'integer days'], 'M3002@2'],
    [['string', 'string'], 'M3001@0'],
    [['date', 'date'], 'M3001@0'],
    [['integer'], 'M3004@w'],
    [[], 'M3004@w'],
  ],
};

function check(name: FunctionName, operands: readonly string[], expected: string, adapted?: readonly string[]): void {
  const found: Diagnostic[] = [];
  const place = (start: number): Span => ({ file: 'formula', start, end: start + 1 });
  const outcome = applyFunction(name, operands.map(typedOf), {
    whole: place(1000),
    parts: operands.map((_, index) => place(index)),
    report: diagnostic => found.push(diagnostic),
  });
  const raised = found.map(({ code, span }) => `${code}@${span?.start === 1000 ? 'w' : span?.start}`);
  expect(outcome.type === 'unknown' ? raised.join(' ') : typedWords(outcome)).toBe(expected);
  if (outcome.type === 'unknown') return;
  expect(raised).toEqual([]);
  const adaptations = outcome.adaptations.map(({ scale, toDay }) => (toDay ? 'day' : scale === 1 ? '' : `*${scale}`));
  expect(adaptations).toEqual(adapted ?? operands.map(() => ''));
}

function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(tables, name);
}

const names = Object.keys(tables).filter(isFunction);

describe.each(names)('%s', name => {
  for (const [operands, expected, adapted] of tables[name]) {
    test(`of ${operands.join(', ')}: ${expected}`, () => check(name, operands, expected, adapted));
  }

  test('of something that was refused already: nothing more is said', () => {
    for (const count of [1, 2, 3]) {
      const found: Diagnostic[] = [];
      const whole = { file: 'formula', start: 0, end: 1 };
      const operands = Array.from({ length: count }, (_, index) => typedOf(index === 0 ? 'unknown' : 'string'));
      const site = { whole, parts: [], report: (diagnostic: Diagnostic) => found.push(diagnostic) };
      expect([applyFunction(name, operands, site).type, found]).toEqual(['unknown', []]);
    }
  });
});

describe('what is said', () => {
  const table: readonly (readonly [FunctionName, readonly string[], string])[] = [
    // Both units are shown.
    ['add', ['decimal EUR', 'float 1'], 'cannot add EUR and a plain number'],
    ['subtract', ['decimal EUR', 'decimal USD'], 'cannot subtract EUR and USD'],
    ['greater', ['integer days', 'decimal EUR days^-1'], 'cannot compare days and EUR / days'],
    ['coalesce', ['string', 'date'], 'cannot choose between text and a date'],
    ['multiply', ['integer days', 'integer hours'], 'cannot multiply days and hours'],
    ['add', ['decimal currency(c)', 'decimal EUR'], 'currency stands in `c`'],
    ['lower', ['integer'], '`lower` takes text, not a whole number'],
    ['sqrt', ['decimal EUR'], '`sqrt` takes a number without a unit, not EUR'],
    ['abs', ['integer', 'integer'], '`abs` takes 1 argument, found 2'],
    ['substring', ['string'], '`substring` takes 2 to 3 arguments, found 1'],
    ['and', ['boolean', 'integer'], 'must be true or false'],
  ];
  test.each(table)('%s of %j: %s', (name, operands, said) => {
    const found: Diagnostic[] = [];
    const whole = { file: 'formula', start: 0, end: 1 };
    applyFunction(name, operands.map(typedOf), { whole, parts: [], report: diagnostic => found.push(diagnostic) });
    expect(found.map(({ message }) => message).join('\n')).toContain(said);
  });
});

describe('types that two types have in common', () => {
  const table: readonly (readonly [string, string, string | null])[] = [
    ['integer', 'integer', 'integer'],
    ['integer', 'decimal', 'decimal'],
    ['integer', 'float', 'float'],
    ['decimal', 'float', 'float'],
    ['decimal', 'decimal', 'decimal'],
    ['string', 'string', 'string'],
    ['null', 'string', 'string'],
    ['date', 'null', 'date'],
    ['string', 'integer', null],
    ['boolean', 'integer', null],
    ['date', 'string', null],
    ['date', 'timestamp', null],
  ];
  test.each(table)('%s and %s: %s', (left, right, expected) => {
    expect(commonType(typedOf(left).type, typedOf(right).type)).toBe(expected);
    expect(commonType(typedOf(right).type, typedOf(left).type)).toBe(expected);
  });
});

describe('a declared type against what a formula gives', () => {
  const table: readonly (readonly [declared: string, inferred: string, fits: boolean])[] = [
    ['integer', 'integer', true],
    ['decimal', 'integer', true],
    ['float', 'integer', true],
    ['float', 'decimal', true],
    ['integer', 'decimal', false],
    ['decimal', 'float', false],
    ['integer', 'float', false],
    ['string', 'string', true],
    ['string', 'null', true],
    ['string', 'unknown', true],
    ['string', 'integer', false],
    ['boolean', 'integer', false],
    ['date', 'timestamp', false],
    ['timestamp', 'date', false],
  ];
  test.each(table)('%s for %s: %s', (declared, inferred, fits) => {
    const found: Diagnostic[] = [];
    const whole = { file: 'formula', start: 0, end: 1 };
    const site = { whole, parts: [], report: (diagnostic: Diagnostic) => found.push(diagnostic) };
    expect(typeFits(typedOf(declared).type, typedOf(inferred).type, site)).toBe(fits);
    expect(found.map(({ code }) => code)).toEqual(fits ? [] : ['M3012']);
  });
});

test('types in words, and which of them are numbers', () => {
  const words = ['boolean', 'string', 'integer', 'decimal', 'float', 'date', 'timestamp', 'duration', 'null'];
  expect(words.map(word => typeText(typedOf(word).type))).toEqual([
    ...['true or false', 'text', 'a whole number', 'a decimal number', 'a number', 'a date', 'a timestamp'],
    ...['a duration', 'null'],
  ]);
  expect(words.filter(word => isNumber(typedOf(word).type))).toEqual(['integer', 'decimal', 'float']);
});
