/**
 * What row and metric expressions have in common: literals, operators and scalar functions. A written expression in,
 * a typed one out; names, aggregates and modifiers are left to the level.
 */
import { grains, isGrain } from '../calendar/index.ts';
import {
  argumentCount,
  comparedWithNull,
  didYouMean,
  nearest,
  notAConstant,
  notAValue,
  oneOf,
  type Report,
  respelt,
  unknownFunction,
  unknownGrain,
  wrongArgument,
} from '../diagnostics/index.ts';
import type {
  ArithmeticOperator,
  At,
  CallExpression,
  ComparisonOperator,
  ConversionsExpression,
  Expression,
  ModifiedExpression,
  PathExpression,
} from '../formula/index.ts';
import {
  type Call,
  type FunctionName,
  type Literal,
  noUnit,
  type Truncation,
  type Typed,
  unspecified,
} from '../model.ts';
import type { Span } from '../source.ts';
import { applyFunction } from './functions.ts';
import { scaleDecimal } from './literal.ts';
import { typeText } from './meeting.ts';

/** How expressions of one level are made, and how they read what only they have. */
export interface Level<E extends Typed> {
  readonly make: (node: Literal | Call<E> | Truncation<E>) => E;
  readonly error: E;
  readonly locate: (at: At) => Span;
  readonly report: Report;
  /** `company` is the value that this one is added to or compared with: names of its type and unit are suggested first. */
  readonly path: (path: PathExpression, company: Typed | null) => E;
  /** Null when the call is no form of the level's own: then it is a scalar function. */
  readonly call: (call: CallExpression) => E | null;
  readonly modified: (expression: ModifiedExpression) => E;
  readonly conversions: (expression: ConversionsExpression) => E;
  /** The values that an operand can have, where its column says so. */
  readonly values: (operand: E) => { readonly column: string; readonly values: readonly string[] } | null;
  /** Names of the level's own forms, for suggestions. */
  readonly forms: readonly string[];
}

const arithmetic: Readonly<Record<ArithmeticOperator, FunctionName>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '%': 'modulo',
};

const comparisons: Readonly<Record<ComparisonOperator, FunctionName>> = {
  '=': 'equal',
  '<>': 'unequal',
  '<': 'less',
  '<=': 'less_or_equal',
  '>': 'greater',
  '>=': 'greater_or_equal',
};

export function resolveExpression<E extends Typed>(
  expression: Expression,
  level: Level<E>,
  company: Typed | null = null,
): E {
  const read = (inner: Expression) => resolveExpression(inner, level);
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'null':
    case 'date':
    case 'timestamp':
    case 'duration':
      return level.make(literal(expression));
    case 'path':
      return level.path(expression, company);
    case 'negate':
      return negated(expression.operand, expression.at, level);
    case 'not':
      return apply('not', [expression.operand], expression.at, level);
    case 'arithmetic':
      return apply(arithmetic[expression.operator], [expression.left, expression.right], expression.at, level);
    case 'comparison': {
      const { operator, left, right } = expression;
      const nothing = [left, right].find(side => side.kind === 'null');
      if (nothing !== undefined) {
        level.report(comparedWithNull(level.locate(nothing.at), { operator }));
        return level.error;
      }
      const operands = pair([left, right], level);
      const compared = build(comparisons[operator], operands, [left.at, right.at], expression.at, level);
      const isKnown = operator !== '=' && operator !== '<>' ? true : haveValues(operands, [left, right], level);
      return isKnown ? compared : level.error;
    }
    case 'and':
    case 'or':
      return apply(expression.kind, expression.operands, expression.at, level);
    case 'in': {
      const nothing = expression.options.find(option => option.kind === 'null');
      if (nothing !== undefined) {
        level.report(comparedWithNull(level.locate(nothing.at), { operator: 'in' }));
        return level.error;
      }
      const written = [expression.operand, ...expression.options];
      const operands = written.map(read);
      const places = written.map(each => each.at);
      const found = build('in', operands, places, expression.at, level);
      if (!haveValues(operands, written, level)) return level.error;
      return expression.negated ? build('not', [found], [expression.at], expression.at, level) : found;
    }
    case 'between': {
      const nothing = [expression.low, expression.high].find(side => side.kind === 'null');
      if (nothing !== undefined) {
        level.report(comparedWithNull(level.locate(nothing.at), { operator: 'between' }));
        return level.error;
      }
      const operand = read(expression.operand);
      const bound = (name: FunctionName, side: Expression) =>
        build(name, [operand, read(side)], [expression.operand.at, side.at], expression.at, level);
      const inside = build(
        'and',
        [bound('greater_or_equal', expression.low), bound('less_or_equal', expression.high)],
        [],
        expression.at,
        level,
      );
      return expression.negated ? build('not', [inside], [], expression.at, level) : inside;
    }
    case 'like': {
      const found = apply('like', [expression.operand, expression.pattern], expression.at, level);
      return expression.negated ? build('not', [found], [], expression.at, level) : found;
    }
    case 'is_null': {
      const found = apply('is_null', [expression.operand], expression.at, level);
      return expression.negated ? build('not', [found], [], expression.at, level) : found;
    }
    case 'case': {
      const otherwise: Expression = expression.otherwise ?? { kind: 'null', at: expression.at };
      const parts = [...expression.branches.flatMap(branch => [branch.condition, branch.value]), otherwise];
      return apply('case', parts, expression.at, level);
    }
    case 'call':
      return level.call(expression) ?? scalarCall(expression, level);
    case 'modified':
      return level.modified(expression);
    case 'conversions':
      return level.conversions(expression);
    case 'error':
      return level.error;
  }
}

/** Whether a text that is compared with a column of known values is one of them; else this has been reported. */
function haveValues<E extends Typed>(operands: readonly E[], written: readonly Expression[], level: Level<E>): boolean {
  const known = operands.map(level.values).find(each => each !== null) ?? null;
  if (known === null) return true;
  const { column, values } = known;
  const misfits = written.filter(each => each.kind === 'string' && !values.includes(each.value));
  for (const misfit of misfits) {
    const value = misfit.kind === 'string' ? misfit.value : '';
    const near = values.find(other => other.toLowerCase() === value.toLowerCase()) ?? nearest(value, values);
    const help = didYouMean(near === null ? null : `'${near}'`) ?? `its values are ${oneOf(values, 30)}`;
    level.report(notAValue(level.locate(misfit.at), { value, column, help }));
  }
  return misfits.length === 0;
}

type LiteralExpression = Extract<
  Expression,
  { kind: 'number' | 'string' | 'boolean' | 'null' | 'date' | 'timestamp' | 'duration' }
>;

function literal(expression: LiteralExpression): Literal {
  const plain = (type: Literal['type'], value: Literal['value']): Literal => ({
    kind: 'literal',
    type,
    unit: unspecified,
    value,
  });
  switch (expression.kind) {
    case 'number':
      return plain(expression.text.includes('.') ? 'decimal' : 'integer', expression.text);
    case 'string':
    case 'boolean':
      return plain(expression.kind, expression.value);
    case 'null':
      return plain('null', null);
    case 'date':
    case 'timestamp':
      return plain(expression.kind, expression.text);
    case 'duration': {
      const unit = expression.unit === 'half' ? 'halves' : `${expression.unit}s`;
      return {
        kind: 'literal',
        type: 'duration',
        unit: { kind: 'known', factors: { [unit]: 1 } },
        value: expression.amount,
      };
    }
  }
}

/** `-5` is a number, and `-30 days` a duration, not an operation. */
function negated<E extends Typed>(operand: Expression, at: At, level: Level<E>): E {
  if (operand.kind === 'number' || operand.kind === 'duration') {
    const positive = literal(operand);
    return level.make({ ...positive, value: `-${positive.value}` });
  }
  return apply('negate', [operand], at, level);
}

function apply<E extends Typed>(name: FunctionName, operands: readonly Expression[], at: At, level: Level<E>): E {
  const resolved =
    operands.length === 2 ? pair(operands, level) : operands.map(operand => resolveExpression(operand, level));
  return build(
    name,
    resolved,
    operands.map(operand => operand.at),
    at,
    level,
  );
}

/** Of two operands a bare name is read last, so that what stands beside it can tell what may be meant. */
function pair<E extends Typed>([left, right]: readonly Expression[], level: Level<E>): readonly E[] {
  if (left === undefined || right === undefined) return [];
  if (left.kind === 'path' && right.kind !== 'path') {
    const second = resolveExpression(right, level);
    return [resolveExpression(left, level, second), second];
  }
  const first = resolveExpression(left, level);
  return [first, resolveExpression(right, level, first)];
}

/** A typed call, its arguments adapted to each other; the level's error when they do not fit, which has been reported. */
export function build<E extends Typed>(
  name: FunctionName,
  operands: readonly E[],
  places: readonly At[],
  at: At,
  level: Level<E>,
): E {
  const site = { whole: level.locate(at), parts: places.map(level.locate), report: level.report };
  const outcome = applyFunction(name, operands, site);
  if (outcome.type === 'unknown') return level.error;
  const movesMoment = outcome.type === 'date' || outcome.type === 'timestamp';
  const adapted = operands.map((operand, index) => {
    const { scale = 1, toDay = false } = outcome.adaptations[index] ?? {};
    const day = toDay
      ? level.make({ kind: 'call', function: 'date', arguments: [operand], type: 'date', unit: unspecified })
      : operand;
    return movesMoment ? day : scaled(day, scale, level);
  });
  const { type, unit } = outcome;
  return level.make({ kind: 'call', function: name, arguments: adapted, type, unit });
}

interface MaybeLiteral {
  readonly kind?: unknown;
  readonly value?: unknown;
}

/** The operand times a whole number, or divided by one where the scale is a fraction; durations become numbers. */
export function scaled<E extends Typed>(operand: E, scale: number, level: Pick<Level<E>, 'make'>): E {
  const written: E & MaybeLiteral = operand;
  const isNumber = operand.type === 'integer' || operand.type === 'decimal' || operand.type === 'duration';
  if (written.kind === 'literal' && typeof written.value === 'string' && isNumber && Number.isInteger(scale)) {
    const value = scaleDecimal(written.value, scale);
    return level.make({
      kind: 'literal',
      type: value.includes('.') ? 'decimal' : 'integer',
      unit: operand.unit,
      value,
    });
  }
  if (scale === 1) return operand;
  const isWhole = Number.isInteger(scale);
  const factor = level.make({
    kind: 'literal',
    type: 'integer',
    unit: noUnit,
    value: String(isWhole ? scale : Math.round(1 / scale)),
  });
  const type = isWhole ? operand.type : 'float';
  return level.make({
    kind: 'call',
    function: isWhole ? 'multiply' : 'divide',
    arguments: [operand, factor],
    type,
    unit: operand.unit,
  });
}

/** Functions by the names that formulas call them; operators are not among them. */
const callable: ReadonlyMap<string, FunctionName> = new Map(
  [
    ...([
      'abs',
      'round',
      'floor',
      'ceil',
      'sqrt',
      'ln',
      'exp',
      'power',
      'greatest',
      'least',
      'nullif',
      'coalesce',
    ] as const),
    ...([
      'lower',
      'upper',
      'trim',
      'length',
      'concat',
      'substring',
      'replace',
      'contains',
      'starts_with',
      'ends_with',
    ] as const),
    ...([
      'date',
      'year',
      'quarter',
      'month',
      'day',
      'weekday',
      'days_between',
      'hours_between',
      'minutes_between',
    ] as const),
    ...(['months_between', 'working_days', 'add_days', 'add_months', 'bucket'] as const),
  ].map(name => [name, name] as const),
);

/** What people call these functions elsewhere. */
const foreignNames: ReadonlyMap<string, string> = new Map([
  ['ifnull', 'coalesce'],
  ['nvl', 'coalesce'],
  ['isnull', 'coalesce'],
  ['iif', 'if'],
  ['len', 'length'],
  ['char_length', 'length'],
  ['ucase', 'upper'],
  ['lcase', 'lower'],
  ['substr', 'substring'],
  ['datediff', 'days_between'],
  ['date_diff', 'days_between'],
  ['dateadd', 'add_days'],
  ['date_add', 'add_days'],
  ['ceiling', 'ceil'],
  ['pow', 'power'],
  ['log', 'ln'],
  ['average', 'avg'],
  ['mean', 'avg'],
  ['countif', 'count'],
  ['sumif', 'sum'],
  ['stdev', 'stddev'],
  ['stddev_samp', 'stddev'],
  ['var_samp', 'variance'],
  ['count_distinct', 'count(distinct ...)'],
  ['lag', 'prior'],
  ['dayofweek', 'weekday'],
  ['isodow', 'weekday'],
  ['width_bucket', 'bucket'],
]);

function scalarCall<E extends Typed>(call: CallExpression, level: Level<E>): E {
  const { name } = call;
  const at = level.locate(name.at);
  if (call.scope !== null || call.distinct) {
    const found = call.distinct ? '`distinct`' : `\`${call.scope?.kind}\``;
    level.report(wrongArgument(at, { what: `\`${name.text}\``, expected: 'plain arguments', found }));
    return level.error;
  }
  if (name.text === 'if') return conditional(call, level);
  if (name.text === 'date_trunc') return truncation(call, level);
  const callee = callable.get(name.text);
  if (callee === undefined) {
    const known = [...callable.keys(), 'if', 'date_trunc', ...level.forms];
    const foreign = foreignNames.get(name.text) ?? null;
    const near = foreign === null ? nearest(name.text, known) : null;
    const fixes = respelt(at, name.text, near, known);
    level.report(unknownFunction(at, { name: name.text, help: didYouMean(foreign ?? near) }, { fixes }));
    return level.error;
  }
  if (callee === 'bucket' && !hasConstantBounds(call, level)) return level.error;
  return apply(callee, call.arguments, call.at, level);
}

function conditional<E extends Typed>(call: CallExpression, level: Level<E>): E {
  const [condition, then, otherwise] = call.arguments;
  if (condition === undefined || then === undefined || call.arguments.length > 3) {
    const found = call.arguments.length;
    level.report(
      argumentCount(level.locate(call.at), { name: 'if', expected: 'a condition and one or two values', found }),
    );
    return level.error;
  }
  return apply('case', [condition, then, otherwise ?? { kind: 'null', at: call.at }], call.at, level);
}

function truncation<E extends Typed>(call: CallExpression, level: Level<E>): E {
  const [first, second] = call.arguments;
  if (first === undefined || second === undefined || call.arguments.length > 2) {
    const expected = 'a grain and a date: `date_trunc(month, closed_on)`';
    level.report(argumentCount(level.locate(call.at), { name: 'date_trunc', expected, found: call.arguments.length }));
    return level.error;
  }
  const word =
    first.kind === 'path' && first.words.length === 1
      ? (first.words[0]?.text ?? '')
      : first.kind === 'string'
        ? first.value
        : '';
  if (!isGrain(word)) {
    level.report(unknownGrain(level.locate(first.at), { name: word, grains, help: didYouMean(nearest(word, grains)) }));
    return level.error;
  }
  const operand = resolveExpression(second, level);
  if (operand.type === 'unknown') return level.error;
  if ((operand.type !== 'date' || word === 'hour') && operand.type !== 'timestamp') {
    const found = typeText(operand.type);
    level.report(
      wrongArgument(level.locate(second.at), {
        what: '`date_trunc`',
        expected: word === 'hour' ? 'a timestamp' : 'a date or a timestamp',
        found,
      }),
    );
    return level.error;
  }
  const type = word === 'hour' ? operand.type : 'date';
  return level.make({ kind: 'truncate', grain: word, operand, type, unit: unspecified });
}

/** The bounds of `bucket` are numbers written out, each higher than the one before. */
function hasConstantBounds<E extends Typed>(call: CallExpression, level: Level<E>): boolean {
  let before = Number.NEGATIVE_INFINITY;
  for (const bound of call.arguments.slice(1)) {
    const positive = bound.kind === 'negate' ? bound.operand : bound;
    const text = positive.kind === 'number' ? positive.text : positive.kind === 'duration' ? positive.amount : null;
    const value = text === null ? Number.NaN : Number(text) * (bound.kind === 'negate' ? -1 : 1);
    if (!(value > before)) {
      level.report(
        notAConstant(level.locate(bound.at), {
          what: 'a bound of `bucket`',
          expected: 'a number above the one before it',
        }),
      );
      return false;
    }
    before = value;
  }
  return true;
}
