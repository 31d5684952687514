/** Random metrics of which many add up: counts and sums, filtered, moved, added, by parts; what the Model says of them decides. */
import { chance, count, type Gen, pick } from '../oracle/generate/choose.ts';
import { dimensionsOf, sharedCondition } from '../oracle/generate/dimensions.ts';
import { full } from '../oracle/generate/expressions.ts';
import type { TableName } from '../oracle/generate/rows.ts';
import { around, type Written } from '../oracle/generate/written.ts';
import { shape } from './forms.ts';

const stocks = ['open', 'warm', 'kept'] as const;
const axes = ['created_on', 'closed_on', 'touched_at', 'known_on'] as const;
const keys: Readonly<Record<TableName, string>> = {
  teams: 'team_id',
  reps: 'rep_id',
  accounts: 'account_id',
  deals: 'deal_id',
  calls: 'call_id',
  quotas: 'rep_id',
};

/** Six metrics `s0` to `s5`, and the number of rows of each table in question. */
export function sums(g: Gen): Readonly<Record<string, Written>> {
  const facts: readonly TableName[] = ['deals', 'deals', 'calls', 'quotas'];
  const first = measure(g, pick(g, ...facts));
  const metrics: Record<string, Written> = { s0: first, s1: measure(g, pick(g, ...facts)) };
  for (let index = 2; index < 6; index += 1) {
    const named = Object.entries(metrics).map(([name, each]) => ({ ...each, text: name }));
    metrics[`s${index}`] = chance(g, 20) ? measure(g, pick(g, ...facts)) : combined(g, named);
  }
  return metrics;
}

function measure(g: Gen, table: TableName): Written {
  const isStock = table === 'deals' && chance(g, 25);
  const where = chance(g, 40) ? ` where ${full.condition(g, table, 1)}` : '';
  const call = chance(g, 35)
    ? `count(${table}${where})`
    : `sum(if(${table}.${keys[table]} is null, null, ${full.number(g, table, 2)})${where})`;
  const isAt = table === 'deals' && !isStock && chance(g, 25);
  const behind = isStock ? ` while ${pick(g, ...stocks)}` : isAt ? ` at ${pick(g, ...axes)}` : '';
  return {
    text: behind === '' ? call : `(${call}${behind})`,
    tables: [table],
    forms: isStock ? ['stock'] : [],
    kind: 'number',
    isTimeless: false,
    hasStock: isStock,
    hasFlow: !isStock,
  };
}

function combined(g: Gen, metrics: readonly Written[]): Written {
  const [a, b] = [pick(g, ...metrics), pick(g, ...metrics)];
  switch (count(g, 0, 6)) {
    case 0:
      return around(`(${a.text} + ${b.text})`, [a, b]);
    case 1:
      return around(`(${a.text} - 2 * ${b.text})`, [a, b]);
    case 2:
      return around(`(${a.text} / 4)`, [a]);
    case 3:
      return around(`((${a.text}) where ${sharedCondition(g)})`, [a]);
    case 4:
      return around(`prior(${a.text}${pick(g, '', ', 1 month', ', 1 week', ', 1 year')})`, [a], 'windowed');
    case 5: {
      const isByTime = !a.hasStock && chance(g, 30);
      const per = [pick(g, ...dimensionsOf(a.tables, shape)), ...(isByTime ? ['month'] : [])];
      return around(`sum(${a.text} per ${per.join(', ')})`, [a], 'nested');
    }
    default:
      return a.hasStock ? around(`opening(${a.text})`, [a], 'windowed') : around(`running(${a.text})`, [a], 'windowed');
  }
}
