/**
 * The scalar functions and operators: which types and units they take, and which they give. One table for rows and metrics.
 * Arguments may need adapting to meet (hours to days, a timestamp to its day); that is told, and done by the caller.
 */
import {
  argumentCount,
  declaredType,
  mixedCurrencies,
  notAConstant,
  notCondition,
  typeClash,
  unitClash,
  wrongArgument,
} from '../diagnostics/index.ts';
import { type ExpressionType, type FunctionName, noUnit, type Typed, type Unit, unspecified } from '../model.ts';
import {
  asIs,
  asNumber,
  commonType,
  isMoment,
  isNumber,
  type Outcome,
  part,
  plain,
  quoteHint,
  type Site,
  typeText,
  unify,
  unknown,
  valueText,
  verbOf,
} from './meeting.ts';
import { clashingTimes, isNone, multiplyUnits, timeOf } from './units.ts';

type Rule = (operands: readonly Typed[], site: Site, name: FunctionName) => Outcome;

/** The type and unit of a call, and how its arguments are adapted; type `unknown` when something was reported. */
export function applyFunction(name: FunctionName, operands: readonly Typed[], site: Site): Outcome {
  if (operands.some(operand => operand.type === 'unknown')) return unknown;
  return rules[name](operands, site, name);
}

const arithmetic: Rule = (operands, site, name) => {
  const [left, right] = operands;
  if (left === undefined || right === undefined) return unknown;
  const moved = name === 'modulo' ? null : momentArithmetic(left, right, site, name);
  if (moved !== null) return moved;
  for (const [index, operand] of operands.entries()) {
    if (!isNumber(asNumber(operand).type) && operand.type !== 'null') {
      const other = index === 0 ? right : left;
      const help =
        operand.type === 'string' && other.type === 'string' ? 'text is joined with `concat(a, b)`' : undefined;
      site.report(
        wrongArgument(part(site, index), {
          what: `\`${symbols[name] ?? name}\``,
          expected: 'numbers',
          found: typeText(operand.type),
          help,
        }),
      );
      return unknown;
    }
  }
  const mixed = operands.find(operand => operand.unit.kind === 'mixed');
  if (mixed?.unit.kind === 'mixed') {
    site.report(mixedCurrencies(site.whole, { column: mixed.unit.currencyColumn, verb: verbOf(name) }));
    return unknown;
  }
  return unify(operands, site, name) ?? unknown;
};

const symbols: Partial<Readonly<Record<FunctionName, string>>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  modulo: '%',
  negate: '-',
};

/** date - date, date + duration and their kin; null when neither side is a date or a timestamp. */
function momentArithmetic(left: Typed, right: Typed, site: Site, name: FunctionName): Outcome | null {
  if (!isMoment(left.type) && !isMoment(right.type)) return null;
  if (name === 'subtract' && isMoment(left.type) && isMoment(right.type)) {
    const isExact = left.type === 'timestamp' && right.type === 'timestamp';
    const toDay = (operand: Typed) => ({ scale: 1, toDay: !isExact && operand.type === 'timestamp' });
    const unit: Unit = { kind: 'known', factors: { days: 1 } };
    return { type: isExact ? 'float' : 'integer', unit, adaptations: [toDay(left), toDay(right)] };
  }
  const [moment, other] = isMoment(left.type) ? [left, right] : [right, left];
  if (other.type === 'duration' && (name === 'add' || moment === left)) {
    const time = timeOf(other.unit);
    if (moment.type === 'date' && (time === 'hours' || time === 'minutes')) {
      site.report(
        typeClash(site.whole, {
          verb: verbOf(name),
          left: 'a date',
          right: time ?? '',
          help: 'a date moves by whole days',
        }),
      );
      return unknown;
    }
    const written: Typed & { readonly value?: unknown } = other;
    if (time !== 'hours' && time !== 'minutes' && !Number.isInteger(Number(written.value ?? 0))) {
      site.report(
        notAConstant(part(site, moment === left ? 1 : 0), {
          what: 'what moves a date',
          expected: `a whole number of ${time}`,
        }),
      );
      return unknown;
    }
    return plain(moment.type, unspecified, [left, right]);
  }
  const help = isNumber(other.type)
    ? 'write what is added as a duration: `30 days`, or `add_days(date, n)`'
    : quoteHint(moment.type, other);
  site.report(
    typeClash(site.whole, { verb: verbOf(name), left: typeText(left.type), right: typeText(right.type), help }),
  );
  return unknown;
}

const product: Rule = (operands, site, name) => {
  const [left, right] = operands.map(asNumber);
  if (left === undefined || right === undefined) return unknown;
  const wrong = [left, right].findIndex(operand => !isNumber(operand.type) && operand.type !== 'null');
  if (wrong >= 0) {
    const found = typeText(operands[wrong]?.type ?? 'unknown');
    site.report(wrongArgument(part(site, wrong), { what: `\`${symbols[name]}\``, expected: 'numbers', found }));
    return unknown;
  }
  const unit = multiplyUnits(left.unit, right.unit, name === 'multiply' ? 1 : -1);
  if (unit === null || clashingTimes(unit)) {
    site.report(
      unitClash(site.whole, {
        verb: verbOf(name),
        left: valueText(left),
        right: valueText(right),
        help: 'bring both to one unit first',
      }),
    );
    return unknown;
  }
  const type = name === 'divide' ? 'float' : (commonType(left.type, right.type) ?? 'float');
  return plain(type === 'null' ? 'integer' : type, unit, operands);
};

const comparison: Rule = (operands, site, name) => {
  const common = unify(operands, site, name);
  if (common === null) return unknown;
  const isOrder = name !== 'equal' && name !== 'unequal' && name !== 'in';
  if (isOrder && common.type === 'boolean') {
    site.report(
      wrongArgument(site.whole, { what: 'an order', expected: 'numbers, dates or text', found: 'true or false' }),
    );
    return unknown;
  }
  return { ...common, type: 'boolean', unit: unspecified };
};

const logic: Rule = (operands, site) => {
  for (const [index, operand] of operands.entries()) {
    if (operand.type !== 'boolean' && operand.type !== 'null') {
      site.report(
        notCondition(part(site, index), { place: 'what `and`, `or` and `not` join', found: typeText(operand.type) }),
      );
      return unknown;
    }
  }
  return plain('boolean', unspecified, operands);
};

const choice: Rule = (operands, site) => {
  const whens = operands.filter((_, index) => index % 2 === 0 && index < operands.length - 1);
  for (const [index, when] of whens.entries()) {
    if (when.type !== 'boolean' && when.type !== 'null') {
      site.report(notCondition(part(site, index * 2), { place: 'the condition', found: typeText(when.type) }));
      return unknown;
    }
  }
  const indexes = operands.map((_, index) => index).filter(index => index % 2 === 1 || index === operands.length - 1);
  const values = indexes.flatMap(index => operands[index] ?? []);
  const common = unify(values, { ...site, parts: indexes.map(index => part(site, index)) }, 'case');
  if (common === null) return unknown;
  const adaptations = operands.map((_, index) => common.adaptations[indexes.indexOf(index)] ?? asIs);
  return { type: common.type, unit: common.unit, adaptations };
};

const alike: Rule = (operands, site, name) => {
  if (operands.length === 0) return count(site, name, 'one value or more', 0);
  return unify(operands, site, name) ?? unknown;
};

const nullIf: Rule = (operands, site, name) => {
  if (operands.length !== 2) return count(site, name, 'two values', operands.length);
  return unify(operands, site, name) ?? unknown;
};

function count(site: Site, name: FunctionName, expected: string, found: number): Outcome {
  site.report(argumentCount(site.whole, { name, expected, found }));
  return unknown;
}

interface Parameter {
  readonly text: string;
  readonly fits: (operand: Typed) => boolean;
}

const aNumber: Parameter = { text: 'a number', fits: operand => isNumber(operand.type) };
const aPlainNumber: Parameter = {
  text: 'a number without a unit',
  fits: operand => isNumber(operand.type) && (operand.unit.kind === 'unspecified' || isNone(operand.unit)),
};
const aWholeNumber: Parameter = { text: 'a whole number', fits: operand => operand.type === 'integer' };
const aText: Parameter = { text: 'text', fits: operand => operand.type === 'string' };
const aMoment: Parameter = { text: 'a date or a timestamp', fits: operand => isMoment(operand.type) };
const aTimestamp: Parameter = { text: 'a timestamp', fits: operand => operand.type === 'timestamp' };

/** A function of fixed parameters; `least` of them must be given. */
function fixed(
  parameters: readonly Parameter[],
  result: (operands: readonly Typed[]) => Typed,
  least = parameters.length,
): Rule {
  return (operands, site, name) => {
    if (operands.length < least || operands.length > parameters.length) {
      const expected = least === parameters.length ? `${least}` : `${least} to ${parameters.length}`;
      return count(site, name, `${expected} argument${expected === '1' ? '' : 's'}`, operands.length);
    }
    for (const [index, operand] of operands.entries()) {
      const parameter = parameters[index];
      if (parameter !== undefined && operand.type !== 'null' && !parameter.fits(operand)) {
        site.report(
          wrongArgument(part(site, index), {
            what: `\`${name}\``,
            expected: parameter.text,
            found: foundText(parameter, operand),
          }),
        );
        return unknown;
      }
    }
    const { type, unit } = result(operands);
    return plain(type, unit, operands);
  };
}

function foundText(parameter: Parameter, operand: Typed): string {
  return parameter === aPlainNumber ? valueText(operand) : typeText(operand.type);
}

const typed =
  (type: ExpressionType, unit: Unit = unspecified) =>
  (): Typed => ({ type, unit });
const sameAsFirst = ([first]: readonly Typed[]): Typed => ({
  type: first?.type ?? 'unknown',
  unit: first?.unit ?? unspecified,
});
const inTime = (time: string): Unit => ({ kind: 'known', factors: { [time]: 1 } });

/** Moments that are counted between in days: a timestamp counts as its day. */
const between =
  (unit: string): Rule =>
  (operands, site, name) => {
    const outcome = fixed([aMoment, aMoment], typed('integer', inTime(unit)))(operands, site, name);
    return { ...outcome, adaptations: operands.map(operand => ({ scale: 1, toDay: operand.type === 'timestamp' })) };
  };

const joined: Rule = (operands, site, name) => {
  if (operands.length < 2) return count(site, name, 'two texts or more', operands.length);
  return fixed(
    operands.map(() => aText),
    typed('string'),
  )(operands, site, name);
};

const bucketed: Rule = (operands, site, name) => {
  if (operands.length < 2) return count(site, name, 'a value and one bound or more', operands.length);
  const common = unify(operands, site, name);
  if (common === null) return unknown;
  if (!isNumber(common.type)) {
    site.report(wrongArgument(part(site, 0), { what: '`bucket`', expected: 'a number', found: typeText(common.type) }));
    return unknown;
  }
  return { ...common, type: 'string', unit: unspecified };
};

const rules: Readonly<Record<FunctionName, Rule>> = {
  add: arithmetic,
  subtract: arithmetic,
  modulo: arithmetic,
  multiply: product,
  divide: product,
  negate: fixed([aNumber], sameAsFirst),
  equal: comparison,
  unequal: comparison,
  less: comparison,
  less_or_equal: comparison,
  greater: comparison,
  greater_or_equal: comparison,
  in: comparison,
  and: logic,
  or: logic,
  not: logic,
  is_null: operands => plain('boolean', unspecified, operands),
  like: fixed([aText, aText], typed('boolean')),
  case: choice,
  coalesce: alike,
  greatest: alike,
  least: alike,
  nullif: nullIf,
  abs: fixed([aNumber], sameAsFirst),
  round: fixed([aNumber, aWholeNumber], sameAsFirst, 1),
  floor: fixed([aNumber], sameAsFirst),
  ceil: fixed([aNumber], sameAsFirst),
  sqrt: fixed([aPlainNumber], typed('float', noUnit)),
  ln: fixed([aPlainNumber], typed('float', noUnit)),
  exp: fixed([aPlainNumber], typed('float', noUnit)),
  power: fixed([aPlainNumber, aPlainNumber], typed('float', noUnit)),
  lower: fixed([aText], typed('string')),
  upper: fixed([aText], typed('string')),
  trim: fixed([aText], typed('string')),
  length: fixed([aText], typed('integer')),
  concat: joined,
  substring: fixed([aText, aWholeNumber, aWholeNumber], typed('string'), 2),
  replace: fixed([aText, aText, aText], typed('string')),
  contains: fixed([aText, aText], typed('boolean')),
  starts_with: fixed([aText, aText], typed('boolean')),
  ends_with: fixed([aText, aText], typed('boolean')),
  date: fixed([aMoment], typed('date')),
  year: fixed([aMoment], typed('integer')),
  quarter: fixed([aMoment], typed('integer')),
  month: fixed([aMoment], typed('integer')),
  day: fixed([aMoment], typed('integer')),
  weekday: fixed([aMoment], typed('integer')),
  days_between: between('days'),
  months_between: between('months'),
  working_days: between('days'),
  hours_between: fixed([aTimestamp, aTimestamp], typed('float', inTime('hours'))),
  minutes_between: fixed([aTimestamp, aTimestamp], typed('float', inTime('minutes'))),
  add_days: fixed([aMoment, aWholeNumber], sameAsFirst),
  add_months: fixed([aMoment, aWholeNumber], sameAsFirst),
  add_seconds: fixed([aTimestamp, aWholeNumber], sameAsFirst),
  bucket: bucketed,
};

/** Reports a declared type that the formula does not give; whole numbers may be declared as any number, decimals as float. */
export function typeFits(declared: ExpressionType, inferred: ExpressionType, site: Site): boolean {
  const fits = inferred === 'unknown' || inferred === 'null' || commonType(declared, inferred) === declared;
  if (!fits) site.report(declaredType(site.whole, { declared: typeText(declared), inferred: typeText(inferred) }));
  return fits;
}
