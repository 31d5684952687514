/** Random goals for the metrics of a world: one number, numbers by period and rep or region, formulas; paces and bands. */
import { chance, count, type Gen, pick, some } from './choose.ts';
import { around, type Written } from './written.ts';

export interface GeneratedGoal {
  readonly definition: Readonly<Record<string, unknown>>;
  /** What it gives, by its name. */
  readonly metrics: Readonly<Record<string, Written>>;
}

const periods = {
  day: ['2024-02-28', '2024-02-29', '2024-03-01', '2024-03-31'],
  week: ['2024-W08', '2024-W09', '2024-W10', '2024-W13'],
  month: ['2024-01', '2024-02', '2024-03', '2024-04', '2023-12'],
  quarter: ['2024-Q1', '2023-Q4', '2024-Q2'],
  half: ['2024-H1', '2024-H2'],
  year: ['2024', '2023'],
  fiscal_quarter: ['FY2024-Q1', 'FY2024-Q2', 'FY2025-Q1'],
} as const;

const numbers = [0, 1, 31, 62, 100, 2.5, -3, 1234.56];

export function goal(g: Gen, name: string, metrics: readonly Written[]): GeneratedGoal | null {
  const fit = metrics.filter(
    ({ kind, isTimeless, forms }) => kind === 'number' && !isTimeless && !forms.includes('currency'),
  );
  if (fit.length === 0) return null;
  const metric = pick(g, ...fit);
  const grain = chance(g, 60) ? 'month' : pick(g, 'quarter', 'year', 'week', 'half', 'fiscal_quarter', 'day');
  const kind = pick(g, 'values', 'values', 'number', 'formula');
  const by = kind === 'number' ? [] : pick(g, [], ['rep'], ['rep'], ['rep.region'], ['rep.region', 'rep.level']);
  const other = pick(g, ...fit);
  const formula = pick(
    g,
    other.text,
    `prior(${other.text}, 1 year) * 1.5`,
    `${other.text} + 1`,
    `2 * ${metric.text}`,
    `avg(${other.text} per rep)`,
  );
  const target = kind === 'number' ? pick(g, ...numbers) : kind === 'formula' ? formula : values(g, periods[grain], by);
  const isPlain = chance(g, 70);
  const definition = {
    metric: metric.text,
    target,
    grain,
    by,
    rollup: chance(g, 50) ? pick(g, 'avg', 'last') : undefined,
    pace: pick(g, 'linear', 'working_days', 'season'),
    status: isPlain ? undefined : { on_track: pick(g, 1, 0.9, 1.25), at_risk: pick(g, 0.8, 0.5) },
    from: chance(g, 15) ? pick(g, '2024-01-01', '2024-02-01') : undefined,
    until: chance(g, 15) ? pick(g, '2024-04-01', '2025-01-01') : undefined,
  };
  const parts = kind === 'formula' ? [metric, other] : [metric];
  const inner = around('', parts, 'goal');
  // Targets that are written are no stock.
  const traits = { goalBy: by, goalGrain: grain, hasFlow: kind !== 'formula' || inner.hasFlow };
  const part = (word: string, of: Written['kind']) =>
    [`${name}.${word}`, { ...inner, ...traits, text: `${name}.${word}`, kind: of }] as const;
  return {
    definition,
    metrics: Object.fromEntries([
      part('target', 'number'),
      part('attainment', 'number'),
      part('gap', 'number'),
      part('expected', 'number'),
      part('pace', 'number'),
      part('landing', 'number'),
      part('status', 'value'),
    ]),
  };
}

/** Numbers by period, or by period and group: some of all that there could be. */
function values(g: Gen, all: readonly string[], by: readonly string[]): unknown {
  const chosen = all.filter(() => chance(g, 75));
  if (by.length === 0)
    return Object.fromEntries((chosen.length === 0 ? all : chosen).map(period => [period, pick(g, ...numbers)]));
  const groups = Array.from({ length: count(g, 1, 4) }, () =>
    Object.fromEntries(by.map(dimension => [dimension, pick<string | number>(g, ...members(dimension))])),
  );
  const distinct = [...new Map(groups.map(group => [JSON.stringify(group), group])).values()];
  const rows = (chosen.length === 0 ? all : chosen).flatMap(period =>
    (chance(g, 60) ? distinct : some(g, distinct, 2)).map(group => ({ period, ...group, value: pick(g, ...numbers) })),
  );
  return rows.length === 0 ? [{ period: all[0], ...distinct[0], value: 1 }] : rows;
}

function members(dimension: string): readonly (string | number)[] {
  if (dimension === 'rep.region') return ['north', 'south', "it's"];
  return dimension === 'rep.level' ? [0, 1, 2] : ['r1', 'r2', 'r3', 'constructor', 'nobody'];
}

/** Grains by which whole targets are asked, and periods of whole ones. */
export const wholes: Readonly<
  Record<string, { readonly grains: readonly string[]; readonly periods: readonly string[] }>
> = {
  day: { grains: ['day', 'week', 'month'], periods: ['2024-02-26..2024-03-31', '2024-Q1', 'month to date'] },
  week: { grains: ['week'], periods: ['2024-02-26..2024-03-31', '2024-01-29..2024-03-17'] },
  month: { grains: ['month', 'month', 'quarter', 'half', 'year'], periods: ['2024-Q1', '2024', '2024-02..2024-03'] },
  quarter: { grains: ['quarter', 'half', 'year'], periods: ['2024-Q1', '2024', '2023-Q4..2024-Q2', 'quarter to date'] },
  half: { grains: ['half', 'year'], periods: ['2024-H1', '2024', '2023..2024'] },
  year: { grains: ['year'], periods: ['2024', 'year to date', '2023..2024'] },
  fiscal_quarter: { grains: ['fiscal_quarter', 'fiscal_year'], periods: ['FY2024', 'FY2024-Q1', 'FY2024..FY2025'] },
};

/** Periods of whole buckets, or that end with now, and some that cut. */
export const goalPeriods = [
  '2024-Q1',
  '2024',
  '2024-H1',
  '2024-02..2024-03',
  'year to date',
  'quarter to date',
  'month to date',
  'this quarter',
  '2023-12..2024-04',
  '2023..2024',
  '2024-02-26..2024-03-31',
  'last 2 months',
  'FY2024',
];

/** Dimensions that follow from those that targets are kept by. */
export function followersOf(by: readonly string[]): readonly string[] {
  if (by.includes('rep')) return ['rep', 'rep.region', 'rep.name', 'rep.level', 'rep.team.title', 'rep.manager.region'];
  return by;
}
