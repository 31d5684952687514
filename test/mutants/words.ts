/** Words that have a wrong neighbour: names of scalars and aggregates, pieces of SQL, methods. */

export type Kind =
  | 'list'
  | 'join'
  | 'bound'
  | 'filter'
  | 'null'
  | 'quantifier'
  | 'logic'
  | 'null check'
  | 'equality'
  | 'off by one'
  | 'case'
  | 'return'
  | 'branches'
  | 'order'
  | 'aggregate'
  | 'recursion';

/** Whole string constants. */
export const constants: Partial<Readonly<Record<Kind, Readonly<Record<string, string>>>>> = {
  bound: {
    less: 'less_or_equal',
    less_or_equal: 'less',
    greater: 'greater_or_equal',
    greater_or_equal: 'greater',
    '<': '<=',
    '<=': '<',
    '>': '>=',
    '>=': '>',
    from: 'until',
    until: 'from',
  },
  null: { 'is not distinct from': '=', coalesce: 'nullif' },
  logic: { and: 'or', or: 'and', ' and ': ' or ', 'and ': 'or ' },
  order: {
    first: 'last',
    last: 'first',
    min: 'max',
    max: 'min',
    least: 'greatest',
    greatest: 'least',
    arg_min: 'arg_max',
    arg_max: 'arg_min',
    any: 'all',
    all: 'any',
    bool_or: 'bool_and',
    bool_and: 'bool_or',
  },
  aggregate: {
    sum: 'max',
    count: 'sum',
    avg: 'sum',
    count_distinct: 'count',
    median: 'avg',
    stddev: 'variance',
    variance: 'stddev',
    stddev_samp: 'stddev_pop',
    var_samp: 'var_pop',
    quantile_cont: 'quantile_disc',
    'count(*)': 'count(null)',
  },
};

/** Pieces of SQL inside longer constants, in compiler/sql alone. */
export const pieces: readonly (readonly [kind: Kind, from: RegExp, to: string])[] = [
  ['join', /\bleft join\b/, 'join'],
  ['join', /^join $/, 'left join '],
  ['join', /\bsemi join\b/, 'anti join'],
  ['join', /\bunion all\b/, 'union'],
  ['list', /\bselect distinct\b/, 'select'],
  ['list', /\bcount\(distinct /, 'count('],
  ['null', /\bis null\b/, 'is not null'],
  ['null', /\bis not null\b/, 'is null'],
  ['null', /\bnulls last\b/, 'nulls first'],
  ['logic', /\bnot \(/, '('],
  ['logic', /\bexists\b/, 'not exists'],
  ['bound', / < /, ' <= '],
  ['bound', / <= /, ' < '],
  ['bound', / > /, ' >= '],
  ['bound', / >= /, ' > '],
  ['order', / desc$/, ''],
];

export const operators: Readonly<Record<string, readonly [kind: Kind, to: string]>> = {
  '<': ['bound', '<='],
  '<=': ['bound', '<'],
  '>': ['bound', '>='],
  '>=': ['bound', '>'],
  '&&': ['logic', '||'],
  '||': ['logic', '&&'],
};

export const methods: Readonly<Record<string, readonly [kind: Kind, to: string]>> = {
  some: ['quantifier', 'every'],
  every: ['quantifier', 'some'],
  find: ['order', 'findLast'],
  findLast: ['order', 'find'],
};

/** Makers of scalars (`compiler/plan/scalar.ts`). */
export const makers: Readonly<Record<string, string>> = { some: 'every', every: 'some' };
