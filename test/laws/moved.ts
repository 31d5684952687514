/**
 * Time moved is another time: `prior` of a metric is the metric over the period before, or the bucket before, and a
 * comparison beside a metric is `prior` and the difference. The moved periods are written by hand. By a grain nothing is
 * claimed of totals that take the bucket away (they move by the length of the period), nor of periods that cut a bucket
 * (a part of March, moved, is no part of a period that ends with February).
 */
import { type Grain, isGrain, type Model, type Query } from '../../compiler/index.ts';
import { bucketStart, dayNumber, dayText, monthsLater, nextBucketStart } from '../oracle/calendar.ts';
import { type Gen, pick } from '../oracle/generate/choose.ts';
import { around, type Written } from '../oracle/generate/written.ts';
import { Broken } from './asker.ts';
import { allInMetrics, looksBeyondBucket } from './behind.ts';
import { askedOfKin, family, familyAnd } from './family.ts';
import { byKey, expectSame, expectSameOrder, expectSameRow, groupsOf, keyOf, renamed, shown } from './groups.ts';
import { chosen, type Law, type Scene } from './law.ts';

/** A period, how far it is moved (by its own length where nothing is said), and where it is then. */
const moves: readonly (readonly [string, string, string])[] = [
  ['2024-03', ', 1 month', '2024-02'],
  ['2024-02', ', 1 year', '2023-02'],
  ['2024-Q1', '', '2023-Q4'],
  ['2024', '', '2023'],
  ['2024-H1', ', 1 quarter', '2023-10-01..2024-03-31'],
  ['2024-04', ', 3 months', '2024-01'],
  ['2024-12', ', 1 half', '2024-06'],
  ['2024-Q2', ', 1 half', '2023-Q4'],
  ['2025-01', ', 1 month', '2024-12'],
  ['2024-02-15..2024-04-02', ', 1 month', '2024-01-15..2024-03-02'],
  ['2024-03-31..2024-04-30', ', 1 month', '2024-02-29..2024-03-30'],
  ['2024-01-30..2024-03-30', ', 1 month', '2023-12-30..2024-02-29'],
  ['2024-01-30..2024-03-30', ', 10 days', '2024-01-20..2024-03-20'],
  ['2024-03-18..2024-04-07', ', 1 week', '2024-03-11..2024-03-31'],
  ['2024-03-18..2024-04-07', '', '2024-02-26..2024-03-17'],
  ['2024-02-29', ', 1 year', '2023-02-28'],
  ['2024-10-28', '', '2024-10-27'],
  ['2025-01-15', ', 2 weeks', '2025-01-01'],
  ['2024-03-01..2024-03-31', ', 1 day', '2024-02-29..2024-03-30'],
  ['2024-07', ', 1 month', '2024-06'],
];

/** `prior` of every metric that has a time, by two of the steps. */
function priorsOf(g: Gen, metrics: Readonly<Record<string, Written>>, options: readonly string[]) {
  const timed = Object.entries(metrics).filter(([, { isTimeless }]) => !isTimeless);
  const steps = chosen(g, options, 2);
  return Object.fromEntries(
    timed.flatMap(([name, written]) =>
      steps.map(step => {
        const prior = around(`prior(${name}${step})`, [written], 'windowed', written.kind);
        return [priorName(name, step), prior] as const;
      }),
    ),
  );
}

function priorName(name: string, step: string): string {
  return `prior_${name}${step.replaceAll(/\W+/g, '_')}`;
}

export const priorPeriod: Law = {
  name: '`prior` of a metric over a period is the metric over the period before',
  seed: 1_728_004_611,
  cases: { duckdb: 200, postgres: 20 },
  also: g => familyAnd(g, kin => priorsOf(g, kin, [...new Set(moves.map(([, step]) => step))])),
  claim: (g, scene) => {
    const { model } = scene;
    const query = ofOriginals(g, scene);
    if (query === null) return null;
    const by = (query.by ?? []).filter(name => !isGrain(name));
    const written = moves.filter(([, step]) => arePrior(query, step, scene));
    if (written.length === 0) return null;
    const [period, step, before] = pick(g, ...written);
    const names = Object.fromEntries(query.metrics.map(name => [priorName(name, step), name]));
    return async asker => {
      const prior = await asker.ask(model, { ...query, by, period, metrics: Object.keys(names) });
      const earlier = await asker.ask(model, { ...query, by, period: before });
      expectSame(renamed(groupsOf(prior), names), groupsOf(earlier));
      return 1;
    };
  },
};

/** A step of whole buckets: how it is written, and how far it is in months or days. */
const stepsByGrain: Readonly<
  Partial<Record<Grain, readonly (readonly [string, { months?: number; days?: number }])[]>>
> = {
  day: [
    ['', { days: 1 }],
    [', 10 days', { days: 10 }],
    [', 1 week', { days: 7 }],
  ],
  week: [
    ['', { days: 7 }],
    [', 2 weeks', { days: 14 }],
  ],
  month: [
    ['', { months: 1 }],
    [', 3 months', { months: 3 }],
    [', 1 year', { months: 12 }],
  ],
  quarter: [
    ['', { months: 3 }],
    [', 1 half', { months: 6 }],
  ],
  half: [['', { months: 6 }]],
  year: [['', { months: 12 }]],
  fiscal_quarter: [['', { months: 3 }]],
  fiscal_half: [['', { months: 6 }]],
  fiscal_year: [['', { months: 12 }]],
};

const longSteps = [...new Set(Object.values(stepsByGrain).flatMap(each => each.map(([step]) => step)))];

export const priorBucket: Law = {
  name: '`prior` of a metric in a bucket is the metric in the bucket before',
  seed: 230_664_951,
  cases: { duckdb: 200, postgres: 20 },
  also: g => familyAnd(g, kin => ({ ...priorsOf(g, kin, ['']), ...priorsOf(g, kin, longSteps) })),
  claim: (g, scene) => {
    const { model } = scene;
    const asked = ofOriginals(g, scene);
    if (asked === null) return null;
    const grain = asked.by?.find(isGrain) ?? pick(g, 'month', 'week', 'quarter', 'day');
    if (!isGrain(grain) || looksBeyondBucket(allInMetrics(asked.metrics, model), grain)) return null;
    const by = [...(asked.by ?? []).filter(name => name !== grain), grain];
    const written = (stepsByGrain[grain] ?? []).filter(([step]) => arePrior(asked, step, scene));
    if (written.length === 0) return null;
    const [step, { months = 0, days = 0 }] = pick(g, ...written);
    const later = (day: number, sign: number) => monthsLater(day + sign * days, sign * months);
    const { from, until } = someBuckets(g, grain, model);
    const names = Object.fromEntries(asked.metrics.map(name => [priorName(name, step), name]));
    const query = { ...asked, by, sparse: true };
    return async asker => {
      const period = `${dayText(from)}..${dayText(until - 1)}`;
      const before = `${dayText(later(from, -1))}..${dayText(later(until, -1) - 1)}`;
      const prior = groupsOf(await asker.ask(model, { ...query, period, metrics: Object.keys(names) }));
      const earlier = groupsOf(await asker.ask(model, { ...query, period: before }));
      const rows = earlier.rows.map(row => ({ ...row, [grain]: dayText(later(dayNumber(String(row[grain])), 1)) }));
      expectSame(renamed(prior, names), { ...earlier, rows });
      return 1;
    };
  },
};

/** `change` is refused of what is no number. */
export const comparisons: Law = {
  name: 'a comparison beside a metric is `prior` and `change` of it',
  seed: 1_377_290_046,
  cases: { duckdb: 200, postgres: 20 },
  also: g => {
    const step = pick(g, '', '', ', 1 year');
    return familyAnd(g, kin => ({ ...priorsOf(g, kin, [step]), ...changes(kin, step) }));
  },
  claim: (g, scene) => {
    const { model } = scene;
    const query = ofOriginals(g, scene, 'with conditions on metrics');
    if (query === null || query.period === undefined || query.period === 'all') return null;
    const step = Object.hasOwn(model.metrics, priorName(query.metrics[0] ?? '', '')) ? '' : ', 1 year';
    const pairs = query.metrics.flatMap((name): readonly (readonly [string, string])[] => {
      const hasChange = ['integer', 'decimal', 'float'].includes(model.metrics[name]?.type ?? '');
      return [
        [name, name],
        [`${name}.prior`, priorName(name, step)],
        ...(hasChange ? [[`${name}.change`, `change_${name}`] as const] : []),
      ];
    });
    const written = { ...query, metrics: pairs.map(([, name]) => name) };
    const compared = { ...query, compare: [step === '' ? 'prior_period' : 'prior_year'] };
    return async asker => {
      const answer = groupsOf(await asker.ask(model, compared));
      const names = Object.fromEntries(pairs.map(([column, name]) => [name, column]));
      expectSameOrder(answer, renamed(groupsOf(await asker.askAlso(model, written)), names));
      return 1;
    };
  },
};

/** Whether the metrics of a question have been written moved by a step. */
function arePrior({ metrics: asked }: Query, step: string, { metrics }: Scene): boolean {
  return asked.every(name => Object.hasOwn(metrics, priorName(name, step)));
}

function changes(metrics: Readonly<Record<string, Written>>, step: string): Readonly<Record<string, Written>> {
  return Object.fromEntries(
    Object.entries(metrics).map(([name, written]) => {
      return [`change_${name}`, around(`change(${name}${step})`, [written], 'windowed')] as const;
    }),
  );
}

/** Periods of which some are not over on 31 March 2024, and what they are compared with for as many days. */
const likeForLike: readonly (readonly [string, string, string])[] = [
  ['2024', 'prior_year', '2023-01-01..2023-03-31'],
  ['2024', 'prior_period', '2023-01-01..2023-03-31'],
  ['2024-H1', 'prior_period', '2023-07-01..2023-09-30'],
  ['2024-02..2024-04', 'prior_period', '2023-11-01..2023-12-31'],
  ['2024-03-15..2024-04-14', 'prior_period', '2024-02-13..2024-02-29'],
  ['2024-03-15..2024-04-14', 'prior_year', '2023-03-15..2023-03-31'],
  ['2024-Q2', 'prior_period', '2024-Q1'],
  ['2024-04', 'prior_year', '2023-04'],
  ['2024-02', 'prior_period', '2024-01'],
  ['2024-Q1', 'prior_period', '2023-Q4'],
];

/** The metric's own groups show as well, so the earlier ones are among the rows, and the others have nothing before. */
export const likeForLikePeriod: Law = {
  name: 'like for like, what is not over is compared with as many days of the period before',
  seed: 1_909_333_874,
  cases: { duckdb: 200, postgres: 20 },
  also: g => family(g),
  claim: (g, scene) => {
    const { model } = scene;
    const asked = ofOriginals(g, scene);
    if (asked === null) return null;
    const [period, compare, before] = pick(g, ...likeForLike);
    const query = { ...asked, by: (asked.by ?? []).filter(name => !isGrain(name)), complete: undefined };
    return async asker => {
      const compared = groupsOf(await asker.ask(model, { ...query, period, compare: [compare], like_for_like: true }));
      const earlier = groupsOf(await asker.ask(model, { ...query, period: before }));
      const names = Object.fromEntries(query.metrics.map(name => [name, `${name}.prior`]));
      const rows = byKey(compared);
      for (const row of renamed(earlier, names).rows) {
        const same = rows.get(keyOf(row, compared.keys));
        if (same === undefined) throw new Broken(`no row ${JSON.stringify(row)} in ${shown(compared)}`);
        expectSameRow(same, row, Object.values(names), compared.types);
      }
      return 1;
    };
  },
};

/** A question about metrics that have a time, without what cuts rows. */
function ofOriginals(
  g: Gen,
  { metrics }: Scene,
  conditions: 'without conditions on metrics' | 'with conditions on metrics' = 'without conditions on metrics',
): Query | null {
  const timed = Object.entries(metrics).filter(([, { isTimeless }]) => !isTimeless);
  const query = askedOfKin(g, Object.fromEntries(timed));
  if (query === null) return null;
  const having = conditions === 'with conditions on metrics' ? query.having : undefined;
  return { ...query, having, order: undefined, limit: undefined };
}

function someBuckets(g: Gen, grain: Grain, { settings }: Model): { readonly from: number; readonly until: number } {
  const day = pick(g, '2024-01-01', '2024-02-29', '2024-03-31', '2024-04-01', '2024-10-27', '2024-12-31', '2025-01-15');
  const from = bucketStart(grain, dayNumber(day), settings.calendar);
  let until = from;
  for (let left = pick(g, 1, 2, 3); left > 0; left -= 1) until = nextBucketStart(grain, until, settings.calendar);
  return { from, until };
}
