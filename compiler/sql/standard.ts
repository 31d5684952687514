/** The answers that most dialects give. Each asks the dialect itself for the parts, so that its own answers are used inside. */
import { parseDay, weekdayOf } from '../calendar/index.ts';
import { bucketLabels, type ListRelation, type ScalarFunction } from '../plan/index.ts';
import type { Dialect, Operand, Surroundings } from './dialect.ts';
import { callDoc, concat, type Doc, group, indent, join, line, newline } from './document.ts';
import { atom, binding, chain, infix, prefix, type Sql, within } from './expression.ts';

const comparisons: Partial<Readonly<Record<ScalarFunction, string>>> = {
  equal: '=',
  unequal: '<>',
  less: '<',
  less_or_equal: '<=',
  greater: '>',
  greater_or_equal: '>=',
};

const plainFunctions: Partial<Readonly<Record<ScalarFunction, string>>> = {
  coalesce: 'coalesce',
  nullif: 'nullif',
  greatest: 'greatest',
  least: 'least',
  abs: 'abs',
  floor: 'floor',
  ceil: 'ceil',
  round: 'round',
  lower: 'lower',
  upper: 'upper',
  trim: 'trim',
  length: 'length',
  substring: 'substring',
  replace: 'replace',
  starts_with: 'starts_with',
};

export function callSql(name: string, ...operands: readonly Sql[]): Sql {
  return atom(callDoc(name, ...operands.map(operand => operand.doc)));
}

const nothing: Operand = { sql: atom('null'), type: 'null', value: null, unit: null };

export function standardCall(
  self: Dialect,
  name: ScalarFunction,
  operands: readonly Operand[],
  surroundings: Surroundings,
): Sql {
  const [a = nothing, b = nothing] = operands;
  const all = operands.map(operand => operand.sql);
  const comparison = comparisons[name];
  if (comparison !== undefined) return infix(comparison, binding.comparison, a.sql, b.sql);
  // Engines make floats of them, and lose digits.
  if ((name === 'floor' || name === 'ceil') && a.type === 'integer') return a.sql;
  const plain = plainFunctions[name];
  if (plain !== undefined) return callSql(plain, ...all);
  const day = (moment: Operand) => dayOf(self, moment, surroundings);
  const local = (moment: Operand) =>
    moment.type === 'timestamp' ? self.local(moment.sql, surroundings.timeZone) : moment.sql;
  switch (name) {
    case 'add':
      return a.type === 'duration'
        ? moved(self, b, a, 1)
        : b.type === 'duration'
          ? moved(self, a, b, 1)
          : infix('+', binding.additive, a.sql, b.sql);
    case 'subtract':
      if (b.type === 'duration') return moved(self, a, b, -1);
      if (a.type === 'timestamp' && b.type === 'timestamp') return self.elapsed(b.sql, a.sql, 86_400);
      return infix('-', binding.additive, a.sql, b.sql);
    case 'multiply':
      return infix('*', binding.multiplicative, a.sql, b.sql);
    case 'divide':
      return infix('/', binding.multiplicative, a.sql, unlessZero(b));
    case 'modulo':
      return infix('%', binding.multiplicative, a.sql, unlessZero(b));
    case 'negate':
      return prefix('-', binding.unary, a.sql);
    case 'and':
    case 'or':
      return chain(name, all);
    case 'not':
      return negation(a.sql);
    case 'is_null':
      return { doc: concat(within(a.sql, binding.comparison + 1), ' is null'), level: binding.comparison };
    case 'in':
      return membership(a.sql, all.slice(1));
    case 'like':
      return infix('like', binding.comparison, a.sql, b.sql);
    case 'case':
      return cases(operands);
    case 'sqrt':
      return where(infix('>=', binding.comparison, a.sql, atom('0')), callSql('sqrt', a.sql));
    case 'ln':
      return where(infix('>', binding.comparison, a.sql, atom('0')), callSql('ln', a.sql));
    case 'exp':
    case 'power':
      return finite(self, callSql(name, ...all));
    case 'concat':
      return all.reduce((text, next) => infix('||', binding.additive, text, next));
    case 'contains':
      return infix('>', binding.comparison, callSql('strpos', a.sql, b.sql), atom('0'));
    case 'ends_with':
      return infix('=', binding.comparison, callSql('right', a.sql, callSql('length', b.sql)), b.sql);
    case 'date':
      return day(a);
    case 'year':
    case 'quarter':
    case 'month':
    case 'day':
      return atom(concat(`extract(${name} from `, local(a).doc, ')'));
    case 'weekday':
      return atom(concat('extract(isodow from ', local(a).doc, ')'));
    case 'days_between':
      return infix('-', binding.additive, day(b), day(a));
    case 'hours_between':
      return self.elapsed(a.sql, b.sql, 3600);
    case 'minutes_between':
      return self.elapsed(a.sql, b.sql, 60);
    case 'months_between':
      return monthsBetween(self, a, b, surroundings);
    case 'working_days':
      return workingDays(self, day(a), day(b), surroundings);
    case 'add_days':
      return self.moved(a, b.sql, 'days');
    case 'add_months':
      return self.moved(a, b.sql, 'months');
    case 'add_seconds':
      return self.moved(a, b.sql, 'seconds');
    case 'widened':
      return a.sql;
    case 'no_rate':
      return self.failing(noRateText(self, operands));
    case 'bucket':
      return numberBuckets(operands);
    case 'bit':
      return infix('<<', binding.bits, self.cast(atom('1'), 'integer'), narrow(a.sql));
    case 'bit_and':
      return infix('&', binding.bits, a.sql, b.sql);
    default:
      throw new Error(`no SQL for ${name}`);
  }
}

/** Bits are moved by narrow whole numbers. */
function narrow(value: Sql): Sql {
  return { doc: concat(within(value, binding.atom), '::int'), level: binding.atom };
}

/** `M9019|USD|EUR|2026-03-05|`: what the engine's error is told by. */
function noRateText(self: Dialect, [from = nothing, to = nothing, day = nothing]: readonly Operand[]): Sql {
  const text = (operand: Operand, missing: string) =>
    callDoc('coalesce', self.cast(operand.sql, 'string').doc, missing);
  const parts = ["'M9019|'", text(from, "'no currency'"), `'|${to.value}|'`, text(day, "'no day'"), "'|'"];
  return { doc: join(concat(line, '|| '), parts), level: binding.additive };
}

function dayOf(self: Dialect, moment: Operand, { timeZone }: Surroundings): Sql {
  return moment.type === 'timestamp' ? self.cast(self.local(moment.sql, timeZone), 'date') : moment.sql;
}

const steps: Readonly<Record<string, { readonly unit: 'days' | 'months' | 'seconds'; readonly factor: number }>> = {
  seconds: { unit: 'seconds', factor: 1 },
  minutes: { unit: 'seconds', factor: 60 },
  hours: { unit: 'seconds', factor: 3600 },
  days: { unit: 'days', factor: 1 },
  weeks: { unit: 'days', factor: 7 },
  months: { unit: 'months', factor: 1 },
  quarters: { unit: 'months', factor: 3 },
  halves: { unit: 'months', factor: 6 },
  years: { unit: 'months', factor: 12 },
};

/** A moment plus or minus a duration; how long that is, is the compiler's own reckoning. */
function moved(self: Dialect, moment: Operand, duration: Operand, sign: 1 | -1): Sql {
  const { unit, factor } = steps[duration.unit ?? 'days'] ?? { unit: 'days', factor: 1 };
  return self.moved(moment, atom(String(Number(duration.value) * factor * sign)), unit);
}

/** A divisor that is null where it is zero; a constant other than zero stays as it is. */
function unlessZero(operand: Operand): Sql {
  const isConstant = typeof operand.value === 'string' && Number(operand.value) !== 0;
  return isConstant ? operand.sql : callSql('nullif', operand.sql, atom('0'));
}

/** `x is not null` rather than `not x is null`. */
function negation(inner: Sql): Sql {
  const { doc } = inner;
  if (typeof doc !== 'string' && doc.kind === 'concat') {
    const index = doc.parts.findIndex(part => part === ' is null' || part === ' in (');
    const found = doc.parts[index];
    if (found === ' is null') return { ...inner, doc: concat(...doc.parts.with(index, ' is not null')) };
    if (found === ' in (') return { ...inner, doc: concat(...doc.parts.with(index, ' not in (')) };
  }
  return prefix('not ', binding.not, inner);
}

function membership(value: Sql, options: readonly Sql[]): Sql {
  const list = join(
    ', ',
    options.map(option => option.doc),
  );
  return { doc: concat(within(value, binding.comparison + 1), ' in (', list, ')'), level: binding.comparison };
}

function cases(operands: readonly Operand[]): Sql {
  const branches: Doc[] = [];
  for (let index = 0; index + 1 < operands.length; index += 2) {
    const [when, then] = [operands[index], operands[index + 1]];
    branches.push(line, 'when ', when?.sql.doc ?? '', ' then ', then?.sql.doc ?? '');
  }
  const last = operands.at(-1);
  if (last !== undefined && last.type !== 'null') branches.push(line, 'else ', last.sql.doc);
  return atom(group('case', indent(...branches), line, 'end'));
}

/** A value where a condition holds, else null. */
export function where(condition: Sql, value: Sql): Sql {
  return atom(group('case when ', condition.doc, ' then ', value.doc, ' end'));
}

/** Infinity and not-a-number become null. */
function finite(self: Dialect, value: Sql): Sql {
  const beyond = ["'Infinity'", "'-Infinity'", "'NaN'"];
  return beyond.reduce((inner, text) => callSql('nullif', inner, self.cast(atom(text), 'float')), value);
}

/** Monday to Friday in [from, until) without the holidays: five for a whole week, and what is left of the last one. */
function workingDays(self: Dialect, from: Sql, until: Sql, { calendar }: Surroundings): Sql {
  const monday = self.constant('date', '1970-01-05');
  const weekdaysBefore = (day: Sql): Sql => {
    const days = infix('-', binding.additive, day, monday);
    const weeks = callSql('floor', infix('/', binding.multiplicative, days, atom('7.0')));
    const rest = infix('-', binding.additive, days, infix('*', binding.multiplicative, weeks, atom('7')));
    return infix(
      '+',
      binding.additive,
      infix('*', binding.multiplicative, weeks, atom('5')),
      callSql('least', rest, atom('5')),
    );
  };
  const isWithin = (first: Sql, holiday: Sql, end: Sql): Sql =>
    chain('and', [infix('<=', binding.comparison, first, holiday), infix('<', binding.comparison, holiday, end)]);
  const holidays = calendar.holidays.filter(isWeekday).map(day => {
    const holiday = self.constant('date', day);
    const [forwards, backwards] = [isWithin(from, holiday, until), isWithin(until, holiday, from)];
    return atom(group('case when ', forwards.doc, ' then 1 when ', backwards.doc, ' then -1 else 0 end'));
  });
  const weekdays = infix('-', binding.additive, weekdaysBefore(until), weekdaysBefore(from));
  return self.cast(
    holidays.reduce((days, holiday) => infix('-', binding.additive, days, holiday), weekdays),
    'integer',
  );
}

function isWeekday(text: string): boolean {
  const day = parseDay(text);
  return day !== null && weekdayOf(day) <= 5;
}

/** Whole months from a to b: the most that can be added to the earlier day without passing the later. */
function monthsBetween(self: Dialect, a: Operand, b: Operand, surroundings: Surroundings): Sql {
  const days = [a, b].map((moment): Operand => ({ ...moment, sql: dayOf(self, moment, surroundings), type: 'date' }));
  const [first = a, second = b] = days;
  const month = (day: Operand): Sql => {
    const year = standardCall(self, 'year', [day], surroundings);
    return infix(
      '+',
      binding.additive,
      infix('*', binding.multiplicative, year, atom('12')),
      standardCall(self, 'month', [day], surroundings),
    );
  };
  const whole = (from: Operand, to: Operand): Sql => {
    const count = self.cast(infix('-', binding.additive, month(to), month(from)), 'integer');
    const isPast = infix('>', binding.comparison, self.moved(from, count, 'months'), to.sql);
    return infix('-', binding.additive, count, atom(group('case when ', isPast.doc, ' then 1 else 0 end')));
  };
  const isForward = infix('>=', binding.comparison, second.sql, first.sql);
  const backward = prefix('-', binding.unary, { ...whole(second, first), level: binding.additive });
  return atom(group('case when ', isForward.doc, ' then ', whole(first, second).doc, ' else ', backward.doc, ' end'));
}

/** The bounds are numbers that were checked to be such, and the labels are made of them. */
function numberBuckets(operands: readonly Operand[]): Sql {
  const [value = nothing, ...bounds] = operands;
  const texts = bounds.map(bound => String(bound.value));
  const labels = bucketLabels(texts).map(label => `'${label}'`);
  const operand = within(value.sql, binding.comparison + 1);
  const below = texts.map((bound, index) => concat(line, 'when ', operand, ` < ${bound} then ${labels[index]}`));
  const above = concat(line, 'when ', operand, ` >= ${texts.at(-1)} then ${labels.at(-1)}`);
  return atom(group('case', indent(...below, above), line, 'end'));
}

/** `aggregate filter (where condition)`. */
export function filtered(aggregate: Doc, filter: Sql | null): Sql {
  return atom(filter === null ? aggregate : group(aggregate, ' filter (where ', filter.doc, ')'));
}

/**
 * Rows written out, one a line; none at all need a SELECT of nothing. The first value of a column says its type, and the
 * others are texts that take it: engines read a list of typed literals three times as slowly.
 */
export function standardList(self: Dialect, { columns, rows }: ListRelation): Doc {
  const [first] = rows;
  if (first === undefined) {
    const items = columns.map(({ name, type }) =>
      concat(self.cast(atom('null'), type).doc, ` as ${self.identifier(name)}`),
    );
    return concat('select ', join(', ', items), ' where false');
  }
  const typed = new Set<number>();
  const cell = (value: string | null, index: number): Doc => {
    const type = columns[index]?.type ?? 'string';
    if (value === null) return self.missing(type);
    if (typed.has(index) && (type === 'date' || type === 'timestamp')) return `'${value}'`;
    typed.add(index);
    return self.constant(type, value).doc;
  };
  const lines = rows.map(row => concat('(', join(', ', row.map(cell)), ')'));
  return concat('values', indent(newline, join(concat(',', newline), lines)));
}

export function isNotDistinct(a: Sql, b: Sql): Sql {
  return infix('is not distinct from', binding.comparison, a, b);
}
