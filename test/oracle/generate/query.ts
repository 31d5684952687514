/** Random questions that mean something. */
import type { Query } from '../../../compiler/index.ts';
import { chance, count, type Gen, pick, some } from './choose.ts';
import { dimensionsOf, grain, isOfRep, sharedCondition } from './dimensions.ts';
import { expression } from './forms.ts';
import { followersOf, goalPeriods, wholes } from './goals.ts';
import type { TableName } from './rows.ts';
import type { Shape } from './shape.ts';
import { around, type Form, type Written } from './written.ts';

const shortPeriods = [
  '2024-02',
  '2024-02-15..2024-04-02',
  '2024-Q1',
  '2024-10-27',
  'this month',
  '2024-01-30..2024-03-30',
  '2024-02-29',
  '2024-03-18..2024-04-07',
];
const longPeriods = ['2024', '2024-H1', 'last 3 months', 'year to date', '2023..2024', '2024', '2024-H1'];

/** Asks at least one metric with one of the `wanted` forms, where there is one and any are wanted. */
export function generateQuery(
  g: Gen,
  sound: Readonly<Record<string, Written>>,
  allowed: readonly Form[],
  wanted: readonly Form[],
  shape: Shape,
): Query {
  const names = Object.keys(sound);
  const fitting = names.filter(name => sound[name]?.forms.some(form => wanted.includes(form)));
  const others = chance(g, 60) ? Array.from({ length: count(g, 1, 2) }, () => pick(g, ...names)) : [];
  const metrics = [...new Set([pick(g, ...(fitting.length === 0 ? names : fitting)), ...others])];
  const asked = around(
    '',
    metrics.flatMap(name => sound[name] ?? []),
  );
  const { goalBy, goalGrain = '' } = asked;
  const whole = wholes[goalGrain];
  // Now and then by what only some tables have, over which a total of the others is spread.
  const isSpread = goalBy === undefined && asked.forms.includes('total') && chance(g, 30);
  const having = isSpread ? [pick(g, ...asked.tables)] : asked.tables;
  const dimensions = [
    ...(goalBy === undefined || chance(g, 4) ? dimensionsOf(having, shape) : followersOf(goalBy)),
    ...(asked.tables.join() === 'deals' && allowed.includes('moment') && goalBy === undefined ? ['age_band'] : []),
  ];
  const by = [...new Set(some(g, dimensions, 3))];
  const longest = goalBy !== undefined && chance(g, 80) ? pick(g, ...(whole?.grains ?? grainsOfGoals)) : null;
  const bucket = !asked.isTimeless && chance(g, 50) ? (longest ?? grain(g)) : null;
  const needsBounds =
    asked.hasStock || asked.forms.some(form => form === 'windowed' || form === 'moment' || form === 'goal');
  const hasPeriod = !asked.isTimeless && chance(g, asked.forms.includes('moment') ? 100 : needsBounds ? 95 : 60);
  const period = hasPeriod
    ? !needsBounds && chance(g, 10)
      ? 'all'
      : goalBy !== undefined && chance(g, 92)
        ? pick(g, ...(whole !== undefined && chance(g, 75) ? whole.periods : goalPeriods))
        : pick(g, ...shortPeriods, ...(bucket === 'day' ? [] : longPeriods))
    : undefined;
  const compared = !asked.isTimeless && allowed.includes('windowed') && hasPeriod && period !== 'all' && chance(g, 20);
  const keys = bucket === null ? by : [...by, bucket].toSorted(() => (chance(g, 50) ? 1 : -1));
  const completable = by.filter(isOfRep);
  return {
    metrics,
    by: keys,
    where: (goalBy === undefined || goalBy.includes('rep')) && chance(g, 35) ? where(g, asked.tables) : undefined,
    having: chance(g, 15)
      ? havingOf(g, sound, asked, period === undefined ? withoutBounds : allowed, shape)
      : undefined,
    period,
    compare: compared ? [...pick(g, ['prior_period'], ['prior_year'], ['prior_year', 'prior_period'])] : undefined,
    like_for_like: compared && chance(g, 50) ? true : undefined,
    complete: completable.length > 0 && chance(g, 30) ? [pick(g, ...completable)] : undefined,
    // Where a dimension may be refused, an order by it would be refused as well.
    order: keys.length > 0 && !isSpread && chance(g, 20) ? [`${pick(g, ...keys)}${pick(g, '', ' desc')}`] : undefined,
    sparse: chance(g, 25) ? true : undefined,
    limit: chance(g, 10) ? count(g, 0, 5) : undefined,
  };
}

const grainsOfGoals = ['year', 'quarter', 'half', 'month', 'month'] as const;

/** What needs no period. */
const withoutBounds: readonly Form[] = ['nested', 'total', 'rank'];

/** A condition on the rows, now and then on the very dates that windows move. */
function where(g: Gen, tables: readonly TableName[]): string {
  const isDeals = tables.join() === 'deals';
  if (isDeals && chance(g, 15)) return pick(g, 'created_on >= 2024-02-29', "stage = 'won'", 'closed_on < 2024-03-31');
  return sharedCondition(g);
}

/** A condition on the groups, of tables that are read anyway. */
function havingOf(
  g: Gen,
  sound: Readonly<Record<string, Written>>,
  asked: Written,
  allowed: readonly Form[],
  shape: Shape,
): string | undefined {
  const metrics = Object.values(sound).filter(
    metric =>
      metric.tables.every(table => asked.tables.includes(table)) &&
      (asked.isTimeless || !metric.isTimeless) &&
      metric.forms.every(form => allowed.includes(form)),
  );
  const found = expression(g, pick(g, 0, 0, 1, 2), { allowed, metrics, shape });
  const fits = found.tables.every(table => asked.tables.includes(table)) && (asked.isTimeless || !found.isTimeless);
  if (!fits && metrics.length === 0) return undefined;
  const condition = fits ? found : pick(g, ...metrics);
  return condition.kind === 'number' && chance(g, 50)
    ? `${condition.text} ${pick(g, '> 1', '<= 2', '<> 0')}`
    : `${condition.text} is ${pick(g, 'not ', '')}null`;
}
