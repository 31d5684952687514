/**
 * A total is the answer to the question without what is taken away, and the shares of what adds up sum to 1. Totals are
 * claimed in every row that the metric brings: rows of members are cells of no smaller question. Shares are claimed of what
 * adds up over what is taken away, where all parts are there, none is negative and their sum is not 0.
 */
import { isGrain, type Query } from '../../compiler/index.ts';
import { pick } from '../oracle/generate/choose.ts';
import { generateQuery } from '../oracle/generate/query.ts';
import { around, type Form, type Written } from '../oracle/generate/written.ts';
import { Broken } from './asker.ts';
import { allInMetrics, measuresIn, readsMoments, windowsIn } from './behind.ts';
import { askedOfKin, familyAnd } from './family.ts';
import { shape } from './forms.ts';
import { byKey, gathered, groupsOf, isSame, keyOf, shown } from './groups.ts';
import type { Law } from './law.ts';
import { sums } from './sums.ts';

/** What is taken away: a dimension with all that follows from it, or time; or all but that. */
const scopes = [
  '',
  ' across rep',
  ' across rep.team',
  ' across account',
  ' across rep.region',
  ' across time',
  ' within rep',
  ' within rep.region',
  ' within time',
] as const;

function name(form: string, metric: string, scope: string): string {
  return `${form}_${metric}${scope.replaceAll(/\W+/g, '_')}`;
}

function written(form: 'total' | 'share', metrics: Readonly<Record<string, Written>>, options: readonly string[]) {
  const fit = Object.entries(metrics).filter(
    ([, { kind }]) => kind !== 'condition' && (form === 'total' || kind === 'number'),
  );
  return Object.fromEntries(
    fit.flatMap(([metric, each]) =>
      options.map(
        scope => [name(form, metric, scope), around(`${form}(${metric}${scope})`, [each], 'total', each.kind)] as const,
      ),
    ),
  );
}

/** The keys that a scope leaves; null where that is all of them. From a rep follow his own columns, over reps as over deals. */
function keptBy(scope: string, by: readonly string[]): readonly string[] | null {
  const [, kind, named = ''] = scope.split(' ');
  const isBehind = (key: string) => key.startsWith(`${named}.`) || (named === 'rep' && key.startsWith('reps.'));
  const isNamed = (key: string) => (named === 'time' ? isGrain(key) : key === named || isBehind(key));
  const kept = kind === undefined ? [] : by.filter(key => isNamed(key) === (kind === 'within'));
  return kept.length === by.length ? null : kept;
}

export const totals: Law = {
  name: 'a total is the answer without what is taken away',
  seed: 1_166_302_747,
  cases: { duckdb: 200, postgres: 20 },
  also: g => familyAnd(g, kin => written('total', kin, ['', pick(g, ...scopes.slice(1)), ' across time'])),
  claim: (g, { metrics, model }) => {
    const found = askedOfKin(g, metrics);
    if (found === null) return null;
    const query: Query = { ...found, ...uncut };
    const [metric = ''] = query.metrics;
    const options = scopes.flatMap(scope => {
      const kept = keptBy(scope, query.by ?? []);
      return kept !== null && Object.hasOwn(metrics, name('total', metric, scope)) ? [{ scope, kept }] : [];
    });
    if (options.length === 0) return null;
    const { scope, kept } = pick(g, ...options);
    const total = name('total', metric, scope);
    // What is read otherwise in the whole period than in its buckets may have a group in a bucket alone.
    const nodes = allInMetrics([metric], model);
    const isStock = measuresIn(nodes).some(({ lifespan }) => lifespan !== null);
    const isOther = isStock || windowsIn(nodes).length > 0 || readsMoments(nodes, model);
    const canBeElsewhere = isOther && kept.every(key => !isGrain(key));
    return async asker => {
      const cells = groupsOf(await asker.ask(model, { ...query, metrics: [total] }));
      const wholes = groupsOf(await asker.askAlso(model, { ...query, metrics: [metric], by: kept }));
      const known = byKey(wholes);
      for (const row of cells.rows) {
        const whole = known.get(keyOf(row, wholes.keys));
        if (whole === undefined && canBeElsewhere) continue;
        if (whole === undefined) throw new Broken(`no whole for ${JSON.stringify(row)} in ${shown(wholes)}`);
        if (!isSame(row[total] ?? null, whole[metric] ?? null, wholes.types[metric]))
          throw new Broken(`the total in ${JSON.stringify(row)} is not that of ${JSON.stringify(whole)}`);
      }
      return cells.rows.length === 0 ? 0 : 1;
    };
  },
};

const additiveForms: readonly Form[] = ['stock', 'nested'];

export const shares: Law = {
  name: 'the shares of what adds up sum to 1',
  seed: 412_889_006,
  cases: { duckdb: 200, postgres: 20 },
  forms: additiveForms,
  also: g => {
    const added = sums(g);
    return { ...added, ...written('share', added, ['', pick(g, ...scopes.slice(1)), ' across time']) };
  },
  claim: (g, { metrics, model }) => {
    const own = Object.entries(metrics).filter(([each]) => /^s\d$/.test(each));
    const query: Query = { ...generateQuery(g, Object.fromEntries(own), additiveForms, [], shape), ...uncut };
    const by = query.by ?? [];
    const [metric = ''] = query.metrics;
    const { groups, time } = model.metrics[metric]?.additivity ?? { groups: 'none', time: 'none' };
    const nodes = allInMetrics([metric], model);
    const isOverTime = time === 'sum' && windowsIn(nodes).length === 0 && !readsMoments(nodes, model);
    const options = scopes.flatMap(scope => {
      const kept = keptBy(scope, by);
      if (kept === null || !Object.hasOwn(metrics, name('share', metric, scope))) return [];
      const taken = by.filter(key => !kept.includes(key));
      return groups === 'sum' && (isOverTime || !taken.some(isGrain)) ? [{ scope, kept }] : [];
    });
    if (options.length === 0) return null;
    const { scope, kept } = pick(g, ...options);
    const share = name('share', metric, scope);
    return async asker => {
      const parts = groupsOf(await asker.ask(model, { ...query, metrics: [metric, share] }));
      let summed = 0;
      for (const [key, rows] of gathered(parts, kept)) {
        const values = rows.map(row => row[metric] ?? null);
        const isPositive = values.every(value => value !== null && Number(value) >= 0);
        if (!isPositive || !values.some(value => Number(value) > 0)) continue;
        const sum = rows.reduce((all, row) => all + Number(row[share] ?? Number.NaN), 0);
        if (!(Math.abs(sum - 1) <= 1e-9)) throw new Broken(`shares sum to ${sum} in ${key}: ${JSON.stringify(rows)}`);
        summed += 1;
      }
      return summed === 0 ? 0 : 1;
    };
  },
};

const uncut = { having: undefined, complete: undefined, order: undefined, limit: undefined } as const;
