/** The last gate: plans that read what their reader may not see are not run, in whatever way they come to it. */
import { expect, test } from 'vitest';
import { bindQuery, type Plan, type Query, readDocument, resolve } from '../../compiler/index.ts';
import { planQuery, type Relation, verifyPlan } from '../../compiler/plan/index.ts';

const text = `version: 1
name: acme
users: { attributes: { region: string } }
tables:
  deals:
    from: crm.deals
    key: deal_id
    columns: { deal_id: integer, rep_id: string, amount: decimal }
    joins: { rep: { to: reps, on: rep_id } }
  reps:
    from: crm.reps
    key: rep_id
    entity: rep
    columns: { rep_id: string, name: string, region: string }
metrics:
  sold: { formula: sum(deals.amount) }
roles:
  director: { sees: rep.region = user.region }
  other: { sees: rep.region <> user.region }
  boss: { sees: all }
`;

const now = { day: 20_000, hour: 23 };

function asked(as: string | undefined, region = 'North', where?: string) {
  const { document } = readDocument({ path: 'metrics.yaml', text }, 'project');
  if (document === null) throw new Error('no document');
  const { model } = resolve([document]);
  const user = as === undefined ? undefined : { region };
  const question: Query = { metrics: ['sold'], by: ['rep.name'], where, as, user };
  const { query } = bindQuery(model, question, now);
  if (query === null) throw new Error('no query');
  const { plan } = planQuery(model, query);
  if (plan === null) throw new Error('no plan');
  return { model, query, plan };
}

/** The same plan with every relation of it changed. */
function changed(plan: Plan, change: (relation: Relation) => Relation): Plan {
  const rewrite = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rewrite);
    if (typeof value !== 'object' || value === null) return value;
    const inner = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rewrite(each)]));
    return isRelation(inner) ? change(inner) : inner;
  };
  const { relation } = plan;
  const rewritten = rewrite(relation);
  return isRelation(rewritten) ? { ...plan, relation: rewritten } : plan;
}

const kinds = ['scan', 'join', 'filter', 'project', 'alias', 'aggregate', 'sort'];

function isRelation(value: unknown): value is Relation {
  return typeof value === 'object' && value !== null && 'kind' in value && kinds.includes(String(value.kind));
}

const director = asked('director');

function verified(plan: Plan, { query, model } = director): void {
  verifyPlan(plan, query, model);
}

test('the plans of all who ask are as they must be', () => {
  verified(director.plan);
  for (const role of ['other', 'boss', undefined]) verified(asked(role).plan, asked(role));
});

test('a plan for one reader is none for another', () => {
  expect(() => verified(asked(undefined).plan)).toThrow('without the rule');
  expect(() => verified(asked('boss').plan)).toThrow('without the rule');
  expect(() => verified(asked('other').plan)).toThrow('by another rule');
  expect(() => verified(asked('director', 'South').plan)).toThrow('by another rule');
  expect(() => verified(director.plan, asked('boss'))).toThrow('which has no rule');
});

const tampered: readonly (readonly [string, string, (relation: Relation) => Relation])[] = [
  [
    'a rule that is left out',
    'without the rule',
    each => (each.kind === 'filter' && each.conditions.length === 1 ? each.input : each),
  ],
  [
    'a condition beside the rule',
    'by another rule',
    each => (each.kind === 'filter' ? { ...each, conditions: [...each.conditions, ...each.conditions] } : each),
  ],
  [
    'a filter that filters nothing',
    'by another rule',
    each => (each.kind === 'filter' ? { ...each, conditions: [] } : each),
  ],
  [
    'a scan that says that all may be read',
    'without the rule',
    each => (each.kind === 'scan' ? { ...each, policy: { kind: 'everything' } } : each),
  ],
  [
    'a scan that decides on another table',
    'what it may not read',
    each => (each.kind === 'scan' && each.table === 'deals' ? { ...each, table: 'reps' } : each),
  ],
  [
    'another column of the decision',
    'more than deals',
    each =>
      each.kind === 'project' && each.input.kind === 'filter' && each.input.input.kind === 'join'
        ? {
            ...each,
            columns: [
              ...each.columns,
              {
                name: 'region',
                value: { kind: 'column', from: 'rep', name: 'region', type: 'string', isStored: true },
              },
            ],
          }
        : each,
  ],
];

test.each(tampered)('%s is found', (_, message, change) => {
  const plan = changed(director.plan, change);
  expect(JSON.stringify(plan)).not.toBe(JSON.stringify(director.plan));
  expect(() => verified(plan)).toThrow(message);
});

test('rows are not told from others before the rule has been tried, where that may fail', () => {
  const fenced = asked('director', 'North', 'amount * amount > 5');
  expect(fenced.plan.isFenced).toBe(true);
  verified(fenced.plan, fenced);
  expect(() => verified({ ...fenced.plan, isFenced: false }, fenced)).toThrow('may fail on rows that a rule hides');
});
