/** DuckDB's SQL, where it is not the standard answer. */
import { type Grain, monthsOf } from '../calendar/index.ts';
import type { ExpressionType } from '../model.ts';
import type { ListRelation, ScalarFunction } from '../plan/index.ts';
import type { AggregateSql, BucketRequest, BucketSql, Dialect, Operand, Surroundings } from './dialect.ts';
import { callDoc, concat, type Doc, indent, join, newline } from './document.ts';
import { atom, binding, chain, infix, prefix, type Sql, within } from './expression.ts';
import { callSql, filtered, isNotDistinct, standardCall } from './standard.ts';

const types: Partial<Readonly<Record<ExpressionType, string>>> = {
  boolean: 'boolean',
  string: 'varchar',
  integer: 'bigint',
  decimal: 'decimal(38, 18)',
  float: 'double',
  date: 'date',
  timestamp: 'timestamp',
};

function cast(value: Sql, type: string): Sql {
  return { doc: concat(within(value, binding.atom), '::', type), level: binding.atom };
}

function number(value: number): Sql {
  return atom(String(value));
}

export const duckdb: Dialect = {
  name: 'duckdb',
  title: 'DuckDB',
  readsFiles: true,
  identifier: name => (isPlainName(name) ? name : `"${name.replaceAll('"', '""')}"`),
  placeholder: index => `$${index}`,
  constant,
  call: (name, operands, type, surroundings) => {
    const [a, b] = operands.map(operand => operand.sql);
    switch (name) {
      case 'year':
      case 'quarter':
      case 'month':
      case 'day':
      case 'weekday': {
        const [moment] = operands;
        const local =
          moment?.type === 'timestamp' ? duckdb.local(moment.sql, surroundings.timeZone) : (a ?? atom('null'));
        return callSql(name === 'weekday' ? 'isodow' : name, local);
      }
      case 'round':
      case 'substring':
        return callSql(name, a ?? atom('null'), ...operands.slice(1).map(operand => whole(operand.sql)));
      case 'contains':
      case 'ends_with':
        return callSql(name, a ?? atom('null'), b ?? atom('null'));
      // A product of two decimals of up to 18 digits is kept in 18; beside a wider one it has 38.
      case 'widened':
        return operands[0]?.type === 'decimal' && a !== undefined
          ? infix('+', binding.additive, a, cast(number(0), 'decimal(38, 0)'))
          : (a ?? atom('null'));
      default:
        return standardCall(duckdb, name, sameScale(name, operands, type), surroundings);
    }
  },
  aggregate,
  bucket,
  local: (timestamp, timeZone) => {
    if (timeZone === 'UTC') return timestamp;
    const instant = cast(timestamp, 'timestamptz');
    return callSql('timezone', atom(quoted(timeZone)), instant);
  },
  moved: (moment, by, unit) => {
    if (unit === 'days' && moment.type === 'date') return infix('+', binding.additive, moment.sql, whole(by));
    const shifted = infix(
      '+',
      binding.additive,
      moment.sql,
      callSql(`to_${unit}`, unit === 'seconds' ? by : whole(by)),
    );
    return moment.type === 'date' ? cast(shifted, 'date') : shifted;
  },
  elapsed: (from, until, seconds) => {
    const micros = callSql('date_diff', atom("'microsecond'"), from, until);
    return infix('/', binding.multiplicative, micros, atom(`${seconds}e6`));
  },
  cast: (value, type) => cast(value, types[type] ?? 'varchar'),
  uniform,
  stored: (column, type) => (type === 'float' ? callSql('nullif', column, cast(atom("'nan'"), 'double')) : column),
  collated: value => value,
  fence: null,
  // As many rows as there can be: conditions are not pushed below a limit.
  barrier: 'limit 9223372036854775807',
  spine,
  list,
  nearest: ({ source, alias, pairs, at, moment }) =>
    concat(
      'asof left join ',
      source,
      ` as ${alias} on `,
      join(' and ', [...pairs, concat(at.doc, ' <= ', moment.doc)]),
    ),
  failing: text => callSql('error', text),
  hasSemiJoin: true,
  isSame: isNotDistinct,
  missing: () => 'null',
  only: (value, type) => callSql(type === 'boolean' ? 'bool_or' : 'max', value),
  sortKey: ({ column, isDescending }) => concat(column, isDescending ? ' desc' : '', ' nulls last'),
};

/**
 * Two wide decimals meet at the scale of the first, and DuckDB rounds the second to it without a word; so both are
 * brought to one scale beforehand, where a number that does not fit is an error.
 */
function uniform(value: Sql, type: ExpressionType): Sql {
  return type === 'decimal' ? cast(value, 'decimal(38, 18)') : value;
}

const meetings: ReadonlySet<ScalarFunction> = new Set(['coalesce', 'case', 'greatest', 'least']);

/** The operands among which a function chooses, at one scale where they may have several; whole numbers fit any. */
function sameScale(name: ScalarFunction, operands: readonly Operand[], type: ExpressionType): readonly Operand[] {
  if (type !== 'decimal' || !meetings.has(name)) return operands;
  const isChosen = (operand: Operand, index: number) =>
    operand.type === 'decimal' && (name !== 'case' || index % 2 === 1 || index === operands.length - 1);
  if (operands.filter(isChosen).length < 2) return operands;
  return operands.map((operand, index) =>
    isChosen(operand, index) ? { ...operand, sql: uniform(operand.sql, 'decimal') } : operand,
  );
}

/** Whole numbers that are counted with are of the type that dates and intervals take. */
function whole(value: Sql): Sql {
  return typeof value.doc === 'string' && /^-?\d+$/.test(value.doc) ? value : cast(value, 'int');
}

function constant(type: ExpressionType, value: string | boolean | null): Sql {
  if (value === null) return atom('null');
  if (typeof value === 'boolean') return atom(String(value));
  switch (type) {
    case 'date':
      return atom(`date ${quoted(value)}`);
    case 'timestamp':
      return atom(`timestamp ${quoted(value)}`);
    case 'integer':
    case 'decimal':
      return value.startsWith('-') ? prefix('-', binding.unary, atom(value.slice(1))) : atom(value);
    default:
      return atom(quoted(value));
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const floats: ReadonlySet<AggregateSql['aggregate']> = new Set(['median', 'percentile', 'stddev', 'variance', 'corr']);
const names: Partial<Readonly<Record<AggregateSql['aggregate'], string>>> = {
  percentile: 'quantile_cont',
  stddev: 'stddev_samp',
  variance: 'var_samp',
  any: 'bool_or',
  all: 'bool_and',
};

function aggregate({ aggregate: name, operands, order, filter }: AggregateSql): Sql {
  const [first] = operands;
  if (name === 'count' && first === undefined) return filtered('count(*)', filter);
  if (first === undefined) return atom('null');
  if (name === 'count_distinct') return filtered(concat('count(distinct ', first.sql.doc, ')'), filter);
  if (name === 'first' || name === 'last') return ordered(name, first, order, filter);
  const parts = operands.map((operand, index) => {
    if (name === 'percentile' && index === 1) return String(operand.value);
    return (floats.has(name) && operand.type !== 'float' ? cast(operand.sql, 'double') : operand.sql).doc;
  });
  const value = filtered(callDoc(names[name] ?? name, ...parts), filter);
  return name === 'corr' ? callSql('nullif', value, cast(atom("'nan'"), 'double')) : value;
}

/** The value at the least or greatest place in the order; rows without a time come after all for the one and before all for the other. */
function ordered(name: 'first' | 'last', value: Operand, order: readonly Operand[], filter: Sql | null): Sql {
  const isThere: Sql = {
    doc: concat(within(value.sql, binding.comparison + 1), ' is not null'),
    level: binding.comparison,
  };
  const [time] = order;
  const missing: readonly Doc[] =
    time === undefined
      ? []
      : [concat(within(time.sql, binding.comparison + 1), name === 'first' ? ' is null' : ' is not null')];
  const place = concat('(', join(', ', [...missing, ...order.map(key => key.sql.doc)]), ')');
  const rows = filter === null ? isThere : chain('and', [filter, isThere]);
  return filtered(callDoc(name === 'first' ? 'arg_min' : 'arg_max', value.sql.doc, place), rows);
}

/** Grouping by whole numbers is several times as fast as by a truncated date, so months are grouped by year and month. */
function bucket({ grain, operand, isLocal }: BucketRequest, { timeZone, calendar }: Surroundings): BucketSql {
  const moment = operand.type === 'timestamp' && !isLocal ? duckdb.local(operand.sql, timeZone) : operand.sql;
  const same = (value: Sql): BucketSql => ({ keys: [value], value });
  const day = operand.type === 'timestamp' ? cast(moment, 'date') : moment;
  if (grain === 'hour') return same(callSql('date_trunc', atom("'hour'"), operand.sql));
  if (grain === 'day') return same(day);
  if (grain === 'week') {
    const passed =
      calendar.weekStarts === 1
        ? infix('-', binding.additive, callSql('isodow', day), number(1))
        : daysIntoWeek(day, calendar.weekStarts);
    return same(infix('-', binding.additive, day, cast(passed, 'int')));
  }
  const { months, offset } = monthsOf(grain, calendar) ?? { months: 1, offset: 0 };
  const [year, month] = [callSql('year', moment), callSql('month', moment)];
  if (offset === 0 && months === 12) return { keys: [year], value: callSql('make_date', year, number(1), number(1)) };
  if (offset === 0 && months === 1) return { keys: [year, month], value: callSql('make_date', year, month, number(1)) };
  if (offset === 0 && months === 3) {
    const quarter = callSql('quarter', moment);
    const first = infix('-', binding.additive, infix('*', binding.multiplicative, quarter, number(3)), number(2));
    return { keys: [year, quarter], value: callSql('make_date', year, first, number(1)) };
  }
  const index = infix(
    '+',
    binding.additive,
    infix('*', binding.multiplicative, year, number(12)),
    infix('-', binding.additive, month, number(1 + offset)),
  );
  const key = infix('//', binding.multiplicative, index, number(months));
  const start = infix('+', binding.additive, infix('*', binding.multiplicative, key, number(months)), number(offset));
  const value = callSql(
    'make_date',
    infix('//', binding.multiplicative, start, number(12)),
    infix('+', binding.additive, infix('%', binding.multiplicative, start, number(12)), number(1)),
    number(1),
  );
  return { keys: [key], value };
}

function daysIntoWeek(day: Sql, weekStarts: number): Sql {
  const passed = infix('+', binding.additive, callSql('isodow', day), number(7 - weekStarts));
  return infix('%', binding.multiplicative, passed, number(7));
}

function spine(name: string, grain: Grain, first: string, count: number, { calendar }: Surroundings): Doc {
  const step = atom('step');
  const from = constant(grain === 'hour' ? 'timestamp' : 'date', first);
  const months = monthsOf(grain, calendar)?.months ?? null;
  const times = (factor: number) => (factor === 1 ? step : infix('*', binding.multiplicative, step, number(factor)));
  const at = (): Sql => {
    if (grain === 'hour') return infix('+', binding.additive, from, callSql('to_hours', step));
    if (months === null) return infix('+', binding.additive, from, cast(times(grain === 'week' ? 7 : 1), 'int'));
    return cast(infix('+', binding.additive, from, callSql('to_months', cast(times(months), 'int'))), 'date');
  };
  return concat('select ', at().doc, ' as ', duckdb.identifier(name), ` from range(${count}) as steps(step)`);
}

/** One text for all rows: a value that stands by itself is bound by itself, and again when the parameters are known. */
function list({ columns, rows }: ListRelation): Doc {
  const lines = rows.map(row => `(${row.map(value => value ?? 'null').join(', ')})`);
  const row = columns.map(({ name, type }) => `${duckdb.identifier(name)} ${types[type] ?? 'varchar'}`).join(', ');
  const text = concat("'[", indent(newline, join(concat(',', newline), lines)), newline, "]'");
  return concat('select unnest(', text, `::struct(${row})[], recursive := true)`);
}

/** Names that need no quotes: plain words that DuckDB does not keep for itself. */
function isPlainName(name: string): boolean {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !keywords.has(name);
}

/** The words of `duckdb_keywords()` that cannot name a column, an alias and a relation unquoted; tried one by one on 1.5.6. */
const keywords: ReadonlySet<string> = new Set(
  (
    'all analyse analyze and anti any array as asc asof asymmetric at authorization binary both by case cast check collate collation ' +
    'column concurrently constraint create cross default deferrable desc describe distinct do else end except false fetch for foreign ' +
    'freeze from full glob group having ilike in initially inner intersect into is isnull join lambda lateral leading left like limit ' +
    'map natural not notnull null offset on only or order outer overlaps pivot pivot_longer pivot_wider placing positional primary ' +
    'qualify references returning right select semi show similar some summarize symmetric table tablesample then to trailing true ' +
    'union unique unpack unpivot using variadic verbose when where window with'
  ).split(' '),
);
