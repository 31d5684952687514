/**
 * What adds up, adds up. Where the Model says that a metric is a sum over groups, the values of finer groups sum to those
 * of coarser ones; where it is a sum over time, those of the buckets sum to that of the period; where it is the last over
 * time, that of the last bucket, or of now's, is that of the period. Rows that filling and members bring are among the parts:
 * they are nothing.
 */
import { bindQuery, type Grain, isGrain, type Model, type Query } from '../../compiler/index.ts';
import { bucketStart, dayText } from '../oracle/calendar.ts';
import { now } from '../oracle/check.ts';
import { chance, type Gen, pick } from '../oracle/generate/choose.ts';
import { dimensionsOf, grain as someGrain } from '../oracle/generate/dimensions.ts';
import { generateQuery } from '../oracle/generate/query.ts';
import { around, type Form } from '../oracle/generate/written.ts';
import { Broken } from './asker.ts';
import { allInMetrics, readsMoments, windowsIn } from './behind.ts';
import { shape } from './forms.ts';
import { type Groups, gathered, groupsOf, isSum, keyOf, sumOf, sumText } from './groups.ts';
import type { Law, Scene } from './law.ts';
import { sums } from './sums.ts';

const forms: readonly Form[] = ['stock', 'nested', 'moment', 'windowed'];

export const groupParts: Law = {
  name: 'a metric that the Model says adds up over groups is the sum of its parts',
  seed: 1_002_664_390,
  cases: { duckdb: 200, postgres: 20 },
  forms,
  also: sums,
  claim: (g, scene) => {
    const query = additive(g, scene, 'groups', ['sum']);
    if (query === null) return null;
    const dimensions = dimensionsOf(tablesOf(scene, query), shape).filter(name => !query.by?.includes(name));
    const more = [pick(g, ...dimensions), ...(chance(g, 20) ? [pick(g, ...dimensions)] : [])];
    const by = [...new Set([...(query.by ?? []), ...more])];
    return async asker => {
      const whole = groupsOf(await asker.ask(scene.model, query));
      const parts = groupsOf(await asker.askAlso(scene.model, { ...query, by }));
      expectSums(parts, whole, 'none is lost');
      return 1;
    };
  },
};

/**
 * Not claimed of what is moved: `prior` of each bucket reads the buckets before, and of the period the period before;
 * nor of what reads days of the interval.
 */
export const timeParts: Law = {
  name: 'a metric that the Model says adds up over time is the sum of its buckets, or the last of them',
  seed: 1_840_337_285,
  cases: { duckdb: 200, postgres: 20 },
  forms,
  also: sums,
  claim: (g, scene) => {
    const { model } = scene;
    const query = additive(g, scene, 'time', ['sum', 'last']);
    if (query === null) return null;
    const nodes = allInMetrics(query.metrics, model);
    if (windowsIn(nodes).length > 0 || readsMoments(nodes, model)) return null;
    const grain = query.by?.find(isGrain) ?? someGrain(g);
    if (!isGrain(grain)) return null;
    const whole = { ...query, by: (query.by ?? []).filter(name => name !== grain) };
    const parts = { ...query, by: [...whole.by, grain] };
    return async asker => {
      const found = groupsOf(await asker.ask(model, parts));
      const wanted = groupsOf(await asker.askAlso(model, whole));
      const isLast = (name: string) => model.metrics[name]?.additivity.time === 'last';
      // Of metrics of both kinds the last bucket has not all groups, and the period not those of every stock.
      const lost = query.metrics.some(isLast) ? 'may be lost' : 'none is lost';
      const last = lastBucket(found, grain, query, model);
      for (const name of query.metrics) expectSums(only(isLast(name) ? last : found, name), only(wanted, name), lost);
      return 1;
    };
  },
};

/** A question for metrics that add up, without what cuts rows. */
function additive(g: Gen, scene: Scene, over: 'time' | 'groups', kinds: readonly string[]): Query | null {
  const { metrics, model } = scene;
  const fits = Object.entries(metrics).filter(([name, { isTimeless }]) => {
    const metric = model.metrics[name];
    return metric !== undefined && kinds.includes(metric.additivity[over]) && !(over === 'time' && isTimeless);
  });
  if (fits.length === 0) return null;
  const query = generateQuery(g, Object.fromEntries(fits), forms, [], shape);
  return { ...query, having: undefined, order: undefined, limit: undefined };
}

function tablesOf({ metrics }: Scene, query: Query) {
  return around(
    '',
    query.metrics.flatMap(name => metrics[name] ?? []),
  ).tables;
}

function expectSums(parts: Groups, whole: Groups, groupsOfParts: 'none is lost' | 'may be lost'): void {
  const known = gathered(parts, whole.keys);
  for (const row of whole.rows) {
    const inside = known.get(keyOf(row, whole.keys)) ?? [];
    for (const metric of whole.metrics) {
      const sum = sumOf(
        inside.map(part => part[metric] ?? null),
        whole.types[metric],
      );
      if (isSum(sum, row[metric] ?? null)) continue;
      throw new Broken(
        `the parts of ${metric} sum to ${sumText(sum)} and not to ${String(row[metric])}: ${JSON.stringify(inside)} of ${JSON.stringify(row)}`,
      );
    }
  }
  if (groupsOfParts === 'may be lost') return;
  const groups = new Set(whole.rows.map(row => keyOf(row, whole.keys)));
  const lost = [...known].filter(([key]) => !groups.has(key));
  if (lost.length > 0) throw new Broken(`parts of groups that there are not: ${JSON.stringify(lost)}`);
}

function only(groups: Groups, metric: string): Groups {
  return { ...groups, metrics: [metric] };
}

/** The rows of the bucket at whose end a stock of the whole period is read: now's, or the last one. */
function lastBucket(groups: Groups, grain: Grain, query: Query, model: Model): Groups {
  const period = bindQuery(model, query, now).query?.period ?? null;
  if (period === null) return groups;
  const isCurrent = period.from <= now.day && now.day < period.until;
  const label = dayText(bucketStart(grain, isCurrent ? now.day : period.until - 1, model.settings.calendar));
  return { ...groups, rows: groups.rows.filter(row => row[grain] === label) };
}
