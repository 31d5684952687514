/** Random metric expressions: every form around every other, to some depth. */
import { chance, count, type Gen, pick } from './choose.ts';
import { daysOf, dimensionsOf, grain, hasMembers, sharedCondition } from './dimensions.ts';
import { measure } from './measures.ts';
import type { TableName } from './rows.ts';
import type { Shape } from './shape.ts';
import { around, type Form, type Written } from './written.ts';

export interface Context {
  /** Forms that may be written. */
  readonly allowed: readonly Form[];
  /** Metrics that may be named. */
  readonly metrics: readonly Written[];
  readonly shape: Shape;
}

type Build = (g: Gen, depth: number, context: Context) => Written;

const builders: Readonly<Record<Form, readonly Build[]>> = {
  windowed: [windowed, windowed],
  nested: [nested, nested],
  stock: [],
  total: [total],
  rank: [rank],
  moment: [momentary],
  // Of rows, not of metrics.
  versioned: [],
  conversions: [],
  previous: [],
  currency: [],
  goal: [],
};

export function expression(g: Gen, depth: number, context: Context): Written {
  if (depth === 0) return leaf(g, context);
  return pick(g, simple, ...context.allowed.flatMap(form => builders[form]))(g, depth, context);
}

const facts: readonly TableName[] = ['deals', 'deals', 'deals', 'calls', 'quotas', 'reps'];

function leaf(g: Gen, { allowed, metrics, shape }: Context): Written {
  if (metrics.length > 0 && chance(g, 60)) return pick(g, ...metrics);
  return measure(g, pick(g, ...facts), allowed, shape);
}

const dealCount: Written = { ...around('count(deals)', []), tables: ['deals'], hasFlow: true };

/** For what takes numbers alone. */
function numeric(g: Gen, depth: number, context: Context): Written {
  const found = expression(g, depth, context);
  return found.kind === 'number' ? found : dealCount;
}

function simple(g: Gen, depth: number, context: Context): Written {
  const a = numeric(g, depth - 1, context);
  if (chance(g, 25)) return around(`((${a.text}) where ${sharedCondition(g)})`, [a]);
  const b = numeric(g, count(g, 0, depth - 1), context);
  const text = pick(
    g,
    `(${a.text} / ${b.text})`,
    `(${a.text} + ${b.text})`,
    `(${a.text} - 2 * ${b.text})`,
    `coalesce(${a.text}, ${b.text})`,
    `if(${a.text} > ${b.text}, ${a.text}, ${b.text})`,
    `greatest(${a.text}, ${b.text}, 0)`,
    `round(${a.text} / nullif(${b.text}, 0), 2)`,
    `((${a.text} + ${b.text}) where ${sharedCondition(g)})`,
  );
  return around(text, [a, b]);
}

const steps = ['1 month', '1 year', '1 week', '1 day', '3 months', '1 quarter', '10 days', '1 half', '2 weeks'];
const longGrains = ['month', 'quarter', 'week', 'year', 'half', 'fiscal_quarter', 'fiscal_half', 'fiscal_year'];

function windowed(g: Gen, depth: number, context: Context): Written {
  const inner = expression(g, depth - 1, context);
  if (inner.isTimeless) return inner;
  const { text, kind } = inner;
  const step = chance(g, 50) ? `, ${pick(g, ...steps)}` : '';
  const options = [
    `prior(${text}${step})`,
    ...(kind === 'number' ? [`change(${text}${step})`, `growth(${text}${step})`] : [`prior(${text}${step})`]),
    ...(inner.hasStock
      ? []
      : [`to_date(${text}, ${pick(g, ...longGrains)})`, `rolling(${text}, ${pick(g, ...steps)})`, `running(${text})`]),
    ...(inner.hasStock && !inner.hasFlow ? [`opening(${text})`, `opening(${text})`] : []),
  ];
  return around(pick(g, ...options), [inner], 'windowed', kind);
}

const aggregates: Readonly<Record<Written['kind'], readonly string[]>> = {
  number: ['sum', 'avg', 'count', 'max', 'min', 'median', 'first', 'last', 'percentile', 'corr', 'stddev', 'distinct'],
  value: ['count', 'max', 'min', 'first', 'last', 'distinct'],
  condition: ['any', 'all', 'first', 'last'],
};

function nested(g: Gen, depth: number, context: Context): Written {
  const inner = expression(g, depth - 1, context);
  const name = pick(g, ...aggregates[inner.kind]);
  const second = name === 'corr' ? numeric(g, 0, context) : null;
  const having = chance(g, 20) ? numeric(g, count(g, 0, depth - 1), context) : null;
  const parts = [inner, ...(second === null ? [] : [second]), ...(having === null ? [] : [having])];
  const { tables, isTimeless } = around('', parts);
  const isOrdered = name === 'first' || name === 'last';
  const days = daysOf(tables);
  if (isOrdered && isTimeless && days.length === 0) return inner;
  const per = isOrdered ? [time(g, days, isTimeless)] : pers(g, tables, isTimeless, context.shape);
  const condition = having === null ? '' : ` having ${having.text} ${pick(g, '> 1', 'is not null', '<= 2', '<> 0')}`;
  const values = [inner.text, ...(second === null ? [] : [second.text]), ...(name === 'percentile' ? ['0.5'] : [])];
  const call = name === 'distinct' ? 'count(distinct ' : `${name}(`;
  const kind = name === 'count' || name === 'distinct' ? 'number' : inner.kind;
  return around(`${call}${values.join(', ')} per ${per.join(', ')}${condition})`, parts, 'nested', kind);
}

/** One date or grain, for the first and the last of something. */
function time(g: Gen, days: readonly string[], isTimeless: boolean): string {
  if (isTimeless) return pick(g, ...days);
  return days.length > 0 && chance(g, 40) ? pick(g, ...days) : grain(g);
}

function pers(g: Gen, tables: readonly TableName[], isTimeless: boolean, shape: Shape): readonly string[] {
  const one = () => {
    const isGrain = !isTimeless && chance(g, 40);
    const name = isGrain ? grain(g) : pick(g, ...dimensionsOf(tables, shape));
    const canBeEvery = (isGrain && name !== 'day') || hasMembers(name);
    return { name, text: canBeEvery && chance(g, 25) ? `every ${name}` : name };
  };
  const [first, second] = [one(), one()];
  const isTwo = chance(g, 25) && first.name !== second.name;
  return isTwo ? [first.text, second.text] : [first.text];
}

/** The scope of a total or a rank, with the space before it. */
function scope(g: Gen, { tables }: Written, shape: Shape): string {
  if (chance(g, 30)) return '';
  const named = () => {
    if (chance(g, 35)) return pick(g, 'time', 'month', 'quarter', 'week');
    return chance(g, 60) ? pick(g, 'rep', 'rep.region', 'rep.team') : pick(g, ...dimensionsOf(tables, shape));
  };
  const names = [...new Set([named(), ...(chance(g, 30) ? [named()] : [])])];
  return ` ${pick(g, 'across', 'within')} ${names.join(', ')}`;
}

function total(g: Gen, depth: number, context: Context): Written {
  const inner = expression(g, depth - 1, context);
  if (inner.kind === 'condition') return inner;
  if (inner.kind === 'number' && chance(g, 20)) {
    const beside = numeric(g, 0, context);
    return around(`(${beside.text} - total(${inner.text}${scope(g, inner, context.shape)}))`, [beside, inner], 'total');
  }
  const name = inner.kind === 'number' ? pick(g, 'total', 'share') : 'total';
  return around(`${name}(${inner.text}${scope(g, inner, context.shape)})`, [inner], 'total', inner.kind);
}

function rank(g: Gen, depth: number, context: Context): Written {
  const inner = expression(g, depth - 1, context);
  if (inner.kind === 'condition') return inner;
  return around(`rank(${inner.text}${scope(g, inner, context.shape)})`, [inner], 'rank');
}

/** Days of the interval beside measures. */
function momentary(g: Gen, depth: number, context: Context): Written {
  const inner = numeric(g, depth - 1, context);
  const { text } = inner;
  if (inner.isTimeless) return inner;
  const day = pick(g, 'period_end', 'as_of', 'period_start');
  return chance(g, 30)
    ? around(`if(${text} is null, null, ${day})`, [inner], 'moment', 'value')
    : around(
        pick(g, `(${text} * day(${day}))`, `if(month(${day}) = 3, ${text}, null)`, `(${text} / year(${day}))`),
        [inner],
        'moment',
      );
}
