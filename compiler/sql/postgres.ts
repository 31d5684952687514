/** PostgreSQL's SQL, where it is not the standard answer. Servers from 14 on give the values that DuckDB gives. */
import { type Grain, monthsOf } from '../calendar/index.ts';
import type { ExpressionType } from '../model.ts';
import type { ScalarFunction } from '../plan/index.ts';
import type { AggregateSql, BucketRequest, BucketSql, Dialect, Operand, Surroundings } from './dialect.ts';
import { callDoc, concat, type Doc, group, indent, join, line, newline } from './document.ts';
import { atom, binding, chain, infix, type Sql, within } from './expression.ts';
import { Lack } from './lack.ts';
import { lowered, spaces, uppered } from './letters.ts';
import { shortened } from './shortened.ts';
import { callSql, filtered, isNotDistinct, standardCall, standardList, where } from './standard.ts';

const types: Partial<Readonly<Record<ExpressionType, string>>> = {
  boolean: 'boolean',
  string: 'text',
  integer: 'bigint',
  decimal: 'numeric',
  float: 'double precision',
  date: 'date',
  timestamp: 'timestamp',
};

function cast(value: Sql, type: string): Sql {
  return { doc: concat(within(value, binding.atom), '::', type), level: binding.atom };
}

function typed(value: Sql, type: ExpressionType): Sql {
  return cast(value, types[type] ?? 'text');
}

/** Floats are floats in the server as well: what it would reckon in exact decimals comes out the same everywhere. */
function asFloat({ sql, type }: Operand): Sql {
  return type === 'float' ? sql : typed(sql, 'float');
}

/**
 * Columns of text may be kept as names, identifiers or labels of other types. Where they are told apart that is as good, and
 * a parameter takes their type; functions and orders are about what is written in them.
 */
function asText(operand: Operand): Operand {
  const { doc } = operand.sql;
  const isPlain = typeof doc === 'string' ? !doc.startsWith("'") && doc !== 'null' : doc.kind === 'parameter';
  return operand.type === 'string' && isPlain ? { ...operand, sql: typed(operand.sql, 'string') } : operand;
}

/** Texts are ordered by their code points, whatever language the server sorts in. */
function collated(value: Sql, type: ExpressionType): Sql {
  if (type !== 'string') return value;
  const { sql } = asText({ sql: value, type, value: null, unit: null });
  return { doc: concat(within(sql, binding.atom), ' collate "C"'), level: binding.unary };
}

/** The server cuts longer names, in bytes. */
const longestName = 63;

function number(value: number): Sql {
  return atom(String(value));
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export const postgres: Dialect = {
  name: 'postgres',
  title: 'PostgreSQL',
  readsFiles: false,
  identifier: name => {
    const short = shortened(name, longestName);
    return isPlainName(short) ? short : `"${short.replaceAll('"', '""')}"`;
  },
  placeholder: (index, { type, value }) =>
    type === 'string' ? `$${index}` : `$${index}::${parameterType(type, value)}`,
  constant,
  call,
  aggregate,
  bucket,
  local: (timestamp, timeZone) =>
    timeZone === 'UTC' ? timestamp : callSql('timezone', atom(quoted(timeZone)), cast(timestamp, 'timestamptz')),
  moved: (moment, by, unit) => {
    if (unit === 'days' && moment.type === 'date') return infix('+', binding.additive, moment.sql, whole(by));
    const shifted = infix('+', binding.additive, moment.sql, interval(by, unit));
    return moment.type === 'date' ? typed(shifted, 'date') : shifted;
  },
  elapsed: (from, until, seconds) => {
    const span = infix('-', binding.additive, until, from);
    const passed = typed(atom(concat('extract(epoch from ', span.doc, ')')), 'float');
    return infix('/', binding.multiplicative, passed, number(seconds));
  },
  cast: typed,
  uniform,
  stored: (column, type) => (type === 'float' ? callSql('nullif', typed(column, 'float'), atom("'NaN'")) : column),
  collated,
  // What is computed once for several uses would be written out at each of them, and at each of theirs.
  fence: 'offset 0',
  barrier: 'offset 0',
  spine,
  list: list => standardList(postgres, list),
  nearest: ({ source, alias, pairs, at, moment }) => {
    const conditions = [...pairs, concat(at.doc, ' <= ', moment.doc)];
    const last = [
      `select *`,
      concat('from ', source, ` as ${alias}`),
      concat('where ', join(' and ', conditions)),
      concat('order by ', at.doc, ' desc'),
      'limit 1',
    ];
    return concat('left join lateral (', indent(newline, join(newline, last)), newline, `) as ${alias} on true`);
  },
  failing: text => typed(text, 'decimal'),
  hasSemiJoin: false,
  isSame: isNotDistinct,
  missing: type => typed(atom('null'), type).doc,
  only: (value, type) => callSql(type === 'boolean' ? 'bool_or' : 'max', value),
  sortKey: ({ column, isDescending }) => concat(column, isDescending ? ' desc' : '', ' nulls last'),
};

/** A parameter without a type would take that of what it meets: 10.5 would not be comparable with a whole number. */
function parameterType(type: ExpressionType, value: string): string {
  const isWide = type === 'integer' && !isBigInt(value);
  return isWide ? 'numeric' : (types[type] ?? 'text');
}

function isBigInt(text: string): boolean {
  const value = BigInt(text);
  return value >= -(2n ** 63n) && value < 2n ** 63n;
}

/** A constant in GROUP BY would be taken for the place of a column; with its type it is an expression, and named by its own. */
function uniform(value: Sql, type: ExpressionType): Sql {
  const { doc } = value;
  const isConstant = typeof doc === 'string' ? /^(null|true|false)$/.test(doc) : doc.kind === 'parameter';
  return isConstant ? typed(value, type) : value;
}

/** Dates and intervals count in narrow whole numbers. */
function whole(value: Sql): Sql {
  return constantCount(value) === null ? cast(value, 'int') : value;
}

function constantCount(value: Sql): string | null {
  return typeof value.doc === 'string' && /^-?\d{1,9}$/.test(value.doc) ? value.doc : null;
}

function interval(by: Sql, unit: 'days' | 'months' | 'seconds'): Sql {
  const count = constantCount(by);
  if (count !== null) return atom(`interval '${count} ${/^-?1$/.test(count) ? unit.slice(0, -1) : unit}'`);
  const operand = unit === 'seconds' ? by : whole(by);
  return atom(concat(`make_interval(${unit === 'seconds' ? 'secs' : unit} => `, operand.doc, ')'));
}

function constant(type: ExpressionType, value: string | boolean | null): Sql {
  if (value === null) return atom('null');
  if (typeof value === 'boolean') return atom(String(value));
  switch (type) {
    case 'date':
      return atom(`date ${quoted(value)}`);
    case 'timestamp':
      return atom(`timestamp ${quoted(value)}`);
    case 'float':
      return typed(atom(quoted(value)), 'float');
    case 'integer':
    case 'decimal':
      return value.startsWith('-') ? { doc: value, level: binding.unary } : atom(value);
    default:
      return atom(quoted(value));
  }
}

/** What tells values apart, as they are kept. */
const tellers: ReadonlySet<ScalarFunction> = new Set(['equal', 'unequal', 'in', 'is_null']);

function call(name: ScalarFunction, given: readonly Operand[], type: ExpressionType, surroundings: Surroundings): Sql {
  const isKept = tellers.has(name) && given.some(operand => operand.value === null);
  const operands = isKept ? given : given.map(asText);
  const [a, b, ...others] = operands;
  const standard = (all: readonly Operand[] = operands) => standardCall(postgres, name, all, surroundings);
  if (a === undefined) return standard();
  switch (name) {
    case 'less':
    case 'less_or_equal':
    case 'greater':
    case 'greater_or_equal':
    case 'greatest':
    case 'least': {
      const isText = operands.some(operand => operand.type === 'string');
      return isText ? standard(inOneOrder(operands)) : standard();
    }
    case 'divide':
      return standard([{ ...a, sql: asFloat(a), type: 'float' }, ...operands.slice(1)]);
    case 'sqrt':
      return where(infix('>=', binding.comparison, a.sql, number(0)), callSql('sqrt', asFloat(a)));
    case 'ln':
      return where(infix('>', binding.comparison, a.sql, number(0)), callSql('ln', asFloat(a)));
    case 'modulo':
      if (type === 'float') throw new Lack('remainders of floats', 'declare the column as decimal or integer');
      return standard();
    case 'exp':
      return exponential(asFloat(a));
    case 'power':
      return b === undefined ? standard() : power(asFloat(a), asFloat(b));
    case 'round':
      return rounded(a, b);
    case 'lower':
      return lowered(a.sql);
    case 'upper':
      return uppered(a.sql);
    case 'trim':
      return callSql('btrim', a.sql, spaces);
    case 'like':
      return { doc: concat(standard().doc, " escape ''"), level: binding.comparison };
    case 'substring':
      return b === undefined ? standard() : substring(a, b, others[0]);
    case 'year':
    case 'quarter':
    case 'month':
    case 'day':
    case 'weekday':
      return cast(standard(), 'int');
    default:
      return standard();
  }
}

/** Beyond what a float holds the server raises an error, where others say infinity or zero. */
const greatestExponent = '709.782712893384';
const leastExponent = '-745.1';

function exponential(value: Sql): Sql {
  const operand = within(value, binding.comparison + 1);
  const branches = [
    concat(line, 'when ', operand, ` < ${leastExponent} then 0`),
    concat(line, 'when ', operand, ` <= ${greatestExponent} then `, callDoc('exp', value.doc)),
  ];
  return atom(group('case', indent(...branches), line, 'end'));
}

/** Null where there is no such number: a root of a negative number, a division by zero, a number beyond all floats. */
function power(base: Sql, exponent: Sql): Sql {
  const [x, y] = [within(base, binding.comparison + 1), within(exponent, binding.comparison + 1)];
  const size = concat(within(exponent, binding.multiplicative), ' * ln(abs(', base.doc, '))');
  const branches: readonly Doc[] = [
    concat(line, 'when ', x, ' = 0 and ', y, ' < 0 then null'),
    concat(line, 'when ', x, ' < 0 and ', y, ' <> floor(', exponent.doc, ') then null'),
    concat(line, 'when ', x, ' = 0 then power(', base.doc, ', ', exponent.doc, ')'),
    concat(line, 'when ', size, ` < ${leastExponent} then 0`),
    concat(line, 'when ', size, ` <= ${greatestExponent} then power(`, base.doc, ', ', exponent.doc, ')'),
  ];
  return atom(group('case', indent(...branches), line, 'end'));
}

/**
 * Half away from zero. The server rounds floats to even, and turns them into decimals of 15 digits; their text has them
 * all. A number of digits is a factor, so that what is rounded is the same float as elsewhere.
 */
function rounded(value: Operand, digits: Operand | undefined): Sql {
  if (value.type === 'integer' && digits === undefined) return value.sql;
  if (value.type !== 'float')
    return digits === undefined ? callSql('round', value.sql) : callSql('round', value.sql, whole(digits.sql));
  const toWhole = (sql: Sql) => typed(callSql('round', typed(typed(sql, 'string'), 'decimal')), 'float');
  if (digits === undefined) return toWhole(value.sql);
  const scaled = (factor: Sql, up: '*' | '/', down: '*' | '/') =>
    infix(down, binding.multiplicative, toWhole(infix(up, binding.multiplicative, value.sql, factor)), factor);
  const count = typeof digits.value === 'string' ? Number(digits.value) : null;
  if (count !== null && Math.abs(count) <= 15) {
    const factor = number(10 ** Math.abs(count));
    return count < 0 ? scaled(factor, '/', '*') : scaled(factor, '*', '/');
  }
  const factor = callSql('power', number(10), typed(callSql('abs', digits.sql), 'float'));
  const isFraction = infix('>=', binding.comparison, digits.sql, number(0));
  const branches = ['when ', isFraction.doc, ' then ', scaled(factor, '*', '/').doc, line, 'else '];
  return atom(group('case', indent(line, ...branches, scaled(factor, '/', '*').doc), line, 'end'));
}

/** Places are counted from 1, or from the end where they are negative; a negative length takes what stands before. */
function substring(text: Operand, from: Operand, length: Operand | undefined): Sql {
  const isForward = (operand: Operand) => typeof operand.value === 'string' && Number(operand.value) >= 0;
  const place = isForward(from) ? whole(from.sql) : fromEnd(text.sql, whole(from.sql));
  if (length === undefined) return callSql('substring', text.sql, place);
  const count = whole(length.sql);
  if (isForward(length)) return callSql('substring', text.sql, place, count);
  const start = infix('+', binding.additive, place, callSql('least', count, number(0)));
  return callSql('substring', text.sql, start, callSql('abs', count));
}

function fromEnd(text: Sql, place: Sql): Sql {
  const length = callSql('length', text);
  const fromStart = infix('+', binding.additive, infix('+', binding.additive, length, number(1)), place);
  const isNegative = infix('<', binding.comparison, place, number(0));
  return atom(group('case when ', isNegative.doc, ' then ', fromStart.doc, ' else ', place.doc, ' end'));
}

/** Texts that are compared go by one order; one that has an order already must be given the same. */
function inOneOrder(operands: readonly Operand[]): readonly Operand[] {
  return operands.map((operand, index) =>
    index === 0 || holds(operand.sql.doc, 'collate') ? { ...operand, sql: collated(operand.sql, 'string') } : operand,
  );
}

function holds(doc: Doc, word: string): boolean {
  if (typeof doc === 'string') return doc.includes(word);
  switch (doc.kind) {
    case 'concat':
      return doc.parts.some(part => holds(part, word));
    case 'indent':
    case 'group':
      return holds(doc.doc, word);
    case 'parameter':
    case 'line':
    case 'newline':
      return false;
  }
}

const names: Partial<Readonly<Record<AggregateSql['aggregate'], string>>> = {
  stddev: 'stddev_samp',
  variance: 'var_samp',
  any: 'bool_or',
  all: 'bool_and',
};

function aggregate({ aggregate: name, operands, order, filter }: AggregateSql): Sql {
  const [first, second] = operands;
  if (name === 'count' && first === undefined) return filtered('count(*)', filter);
  if (first === undefined) return atom('null');
  const plain = filtered(callDoc(names[name] ?? name, uniform(first.sql, first.type).doc), filter);
  switch (name) {
    case 'count_distinct':
      return filtered(concat('count(distinct ', uniform(first.sql, first.type).doc, ')'), filter);
    case 'first':
    case 'last':
      return ordered(name, asText(first), order, filter);
    case 'min':
    case 'max':
      return filtered(callDoc(name, collated(first.sql, first.type).doc), filter);
    case 'avg':
      return first.type === 'float' ? plain : typed(plain, 'float');
    case 'median':
      return percentile('0.5', first, filter);
    case 'percentile':
      return percentile(String(second?.value), first, filter);
    case 'stddev':
    case 'variance':
      return first.type === 'float' ? spread(plain, first.sql, filter) : typed(plain, 'float');
    case 'corr':
      return second === undefined ? plain : correlation(first, second, filter);
    default:
      return plain;
  }
}

function percentile(share: string, value: Operand, filter: Sql | null): Sql {
  return filtered(concat(`percentile_cont(${share}) within group (order by `, value.sql.doc, ')'), filter);
}

/** Of equal floats the server would find a spread that is almost nothing, and dividing by it would give a number. */
function spread(aggregate: Sql, value: Sql, filter: Sql | null): Sql {
  const differs = infix('<', binding.comparison, ...ends(value, filter));
  const isSeveral = infix('>', binding.comparison, filtered(callDoc('count', value.doc), filter), number(1));
  const branches = [line, 'when ', differs.doc, ' then ', aggregate.doc, line, 'when ', isSeveral.doc, ' then 0'];
  return atom(group('case', indent(...branches), line, 'end'));
}

function ends(value: Sql, filter: Sql | null): readonly [least: Sql, greatest: Sql] {
  return [filtered(callDoc('min', value.doc), filter), filtered(callDoc('max', value.doc), filter)];
}

/** Null where one side of the pairs does not vary. */
function correlation(left: Operand, right: Operand, filter: Sql | null): Sql {
  const isThere = (value: Sql): Sql => ({
    doc: concat(within(value, binding.comparison + 1), ' is not null'),
    level: binding.comparison,
  });
  const paired = (other: Sql) => (filter === null ? isThere(other) : chain('and', [filter, isThere(other)]));
  const varies = (value: Sql, other: Sql) => infix('<', binding.comparison, ...ends(value, paired(other)));
  const both = chain('and', [varies(left.sql, right.sql), varies(right.sql, left.sql)]);
  const value = filtered(callDoc('corr', asFloat(left).doc, asFloat(right).doc), filter);
  return atom(group('case', indent(line, 'when ', both.doc, ' then ', value.doc), line, 'end'));
}

/** The value at the least or greatest place in the order; rows without a time come after all others, whichever end is asked. */
function ordered(name: 'first' | 'last', value: Operand, order: readonly Operand[], filter: Sql | null): Sql {
  const isThere: Sql = {
    doc: concat(within(value.sql, binding.comparison + 1), ' is not null'),
    level: binding.comparison,
  };
  const places = order.map(({ sql, type }) =>
    concat(collated(sql, type).doc, name === 'last' ? ' desc' : '', ' nulls last'),
  );
  const by = places.length === 0 ? [] : [line, 'order by ', join(concat(',', line), places)];
  const all = group('array_agg(', indent(value.sql.doc, ...by), ')');
  const rows = filter === null ? isThere : chain('and', [filter, isThere]);
  return atom(concat('(', filtered(all, rows).doc, ')[1]'));
}

/** Months and what is made of them are truncated in the server, which is faster than reckoning with their numbers. */
function bucket({ grain, operand, isLocal }: BucketRequest, { timeZone, calendar }: Surroundings): BucketSql {
  const isStamp = operand.type === 'timestamp';
  const moment = isStamp && !isLocal ? postgres.local(operand.sql, timeZone) : operand.sql;
  const same = (value: Sql): BucketSql => ({ keys: [value], value });
  if (grain === 'hour') return same(callSql('date_trunc', atom("'hour'"), operand.sql));
  if (grain === 'day') return same(isStamp ? typed(moment, 'date') : moment);
  // A date would be truncated as an instant of the session's time zone.
  const stamp = isStamp ? moment : typed(moment, 'timestamp');
  const moved = (value: Sql, count: number, unit: 'days' | 'months'): Sql =>
    count === 0 ? value : infix('+', binding.additive, value, interval(number(count), unit));
  const truncated = (word: string, value: Sql) => callSql('date_trunc', atom(quoted(word)), value);
  if (grain === 'week') {
    const shift = (8 - calendar.weekStarts) % 7;
    return same(typed(moved(truncated('week', moved(stamp, shift, 'days')), -shift, 'days'), 'date'));
  }
  const { months, offset } = monthsOf(grain, calendar) ?? { months: 1, offset: 0 };
  const shifted = moved(stamp, -offset, 'months');
  const start = months === 6 ? half(shifted) : truncated(words[months] ?? 'month', shifted);
  return same(typed(moved(start, offset, 'months'), 'date'));
}

const words: Readonly<Record<number, string>> = { 1: 'month', 3: 'quarter', 12: 'year' };

/** The first moment of the half year: that of the year, and six months more where the quarter is the third or fourth. */
function half(stamp: Sql): Sql {
  const quarters = cast(atom(concat('extract(quarter from ', stamp.doc, ')')), 'int');
  const later = infix(
    '*',
    binding.multiplicative,
    infix('/', binding.multiplicative, quarters, number(3)),
    atom("interval '6 months'"),
  );
  return infix('+', binding.additive, callSql('date_trunc', atom("'year'"), stamp), later);
}

function spine(name: string, grain: Grain, first: string, count: number, { calendar }: Surroundings): Doc {
  const from = constant(grain === 'hour' ? 'timestamp' : 'date', first);
  const months = monthsOf(grain, calendar)?.months ?? null;
  const at = (): Sql => {
    if (months === null && grain !== 'hour') {
      const step = grain === 'week' ? infix('*', binding.multiplicative, atom('step'), number(7)) : atom('step');
      return infix('+', binding.additive, from, step);
    }
    const unit = months === null ? '1 hour' : months === 1 ? '1 month' : `${months} months`;
    const moved = infix(
      '+',
      binding.additive,
      from,
      infix('*', binding.multiplicative, atom('step'), atom(`interval '${unit}'`)),
    );
    return grain === 'hour' ? moved : typed(moved, 'date');
  };
  return concat(
    'select ',
    at().doc,
    ' as ',
    postgres.identifier(name),
    ` from generate_series(0, ${count - 1}) as steps(step)`,
  );
}

/** Names that need no quotes: the server would make others lower case. */
function isPlainName(name: string): boolean {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !keywords.has(name);
}

/** The words of `pg_get_keywords()` that are kept for the language, or for types and functions; with those of later versions. */
const keywords: ReadonlySet<string> = new Set(
  (
    'all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast char character ' +
    'check coalesce collate collation column concurrently constraint create cross current_catalog current_date current_role ' +
    'current_schema current_time current_timestamp current_user dec decimal default deferrable desc distinct do else end except exists ' +
    'extract false fetch float for foreign freeze from full grant greatest group grouping having ilike in initially inner inout int ' +
    'integer intersect interval into is isnull join json json_array json_arrayagg json_exists json_object json_objectagg json_query ' +
    'json_scalar json_serialize json_table json_value lateral leading least left like limit localtime localtimestamp merge_action ' +
    'national natural nchar none normalize not notnull null nullif numeric offset on only or order out outer overlaps overlay placing ' +
    'position precision primary real references returning right row select session_user setof similar smallint some substring ' +
    'symmetric system_user table tablesample then time timestamp to trailing treat trim true union unique user using values varchar ' +
    'variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi ' +
    'xmlroot xmlserialize xmltable'
  ).split(' '),
);
