/**
 * A condition is true, false or null, and each row is in one of the three: what adds up over groups is the sum of the three
 * answers, and so are the rows behind it; the groups are those of the three together. Claimed without members, which a
 * condition on their columns cuts as well.
 */
import { isGrain, type Query } from '../../compiler/index.ts';
import { count, type Gen, pick } from '../oracle/generate/choose.ts';
import { sharedCondition } from '../oracle/generate/dimensions.ts';
import { full } from '../oracle/generate/expressions.ts';
import { generateQuery } from '../oracle/generate/query.ts';
import { around, type Form, type Written } from '../oracle/generate/written.ts';
import { Broken } from './asker.ts';
import { shape } from './forms.ts';
import { byKey, type Groups, groupsOf, isSum, keyOf, type Row, sumOf, sumText } from './groups.ts';
import type { Law } from './law.ts';
import { sums } from './sums.ts';

const forms: readonly Form[] = ['stock', 'nested', 'moment', 'windowed'];

export const split: Law = {
  name: 'what adds up is the sum of what it is where a condition is true, false and null',
  seed: 367_118_805,
  cases: { duckdb: 200, postgres: 20 },
  forms,
  also: g => ({ ...sums(g), ...rowCounts() }),
  claim: (g, scene) => {
    const { metrics, model } = scene;
    const fits = Object.entries(metrics).filter(([name]) => model.metrics[name]?.additivity.groups === 'sum');
    if (fits.length === 0) return null;
    const found = generateQuery(g, Object.fromEntries(fits), forms, [], shape);
    const tables = around(
      '',
      found.metrics.flatMap(name => metrics[name] ?? []),
    ).tables;
    const isTimed = found.period !== undefined || found.by?.some(isGrain);
    const counts = tables
      .map(table => `rows_of_${table}`)
      .filter(name => metrics[name]?.isTimeless === false || !isTimed);
    const query: Query = {
      ...found,
      metrics: [...new Set([...found.metrics, ...counts])],
      having: undefined,
      complete: undefined,
      order: undefined,
      limit: undefined,
    };
    const [only] = tables;
    // One word may be a column of the rep or of his manager.
    const isOwn = only !== undefined && only !== 'reps' && tables.length === 1;
    const asked = isOwn ? full.condition(g, only, count(g, 0, 2)) : shared(g);
    const { where } = query;
    const within = (part: string) => ({ ...query, where: where === undefined ? part : `(${where}) and ${part}` });
    return async asker => {
      const whole = groupsOf(await asker.ask(model, query));
      const parts: Groups[] = [];
      for (const part of [`(${asked})`, `(not (${asked}))`, `((${asked}) is null)`])
        parts.push(groupsOf(await asker.ask(model, within(part))));
      expectParts(parts, whole);
      return 1;
    };
  },
};

function rowCounts(): Readonly<Record<string, Written>> {
  const tables = ['deals', 'calls', 'quotas', 'reps'] as const;
  return Object.fromEntries(
    tables.map(table => {
      const written = around(`count(${table})`, []);
      return [`rows_of_${table}`, { ...written, tables: [table], isTimeless: table === 'reps', hasFlow: true }];
    }),
  );
}

function shared(g: Gen): string {
  const one = sharedCondition(g);
  return pick(g, one, `${one} and ${sharedCondition(g)}`, `(${one}) or ${sharedCondition(g)}`);
}

const nothing: readonly Row[] = [];

function expectParts(parts: readonly Groups[], whole: Groups): void {
  const known = parts.map(part => byKey(part));
  for (const row of whole.rows) {
    const key = keyOf(row, whole.keys);
    const inside = known.flatMap(part => part.get(key) ?? nothing);
    if (inside.length === 0) throw new Broken(`no part has the group ${JSON.stringify(row)}`);
    for (const metric of whole.metrics) expectSum(metric, inside, row, whole);
  }
  const groups = byKey(whole);
  const lost = parts.flatMap(part => part.rows).filter(row => !groups.has(keyOf(row, whole.keys)));
  if (lost.length > 0) throw new Broken(`parts have groups that the whole has not: ${JSON.stringify(lost)}`);
}

function expectSum(metric: string, parts: readonly Row[], row: Row, { types }: Groups): void {
  const sum = sumOf(
    parts.map(part => part[metric] ?? null),
    types[metric],
  );
  if (isSum(sum, row[metric] ?? null)) return;
  throw new Broken(
    `${metric} is ${sumText(sum)} in the three parts and ${String(row[metric])} in the whole: ${JSON.stringify(parts)} of ${JSON.stringify(row)}`,
  );
}
