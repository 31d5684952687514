/** Paths over joins: where each leads from each table, which are ambiguous, and which dimensions are one across tables. */
import { describe, expect, test } from 'vitest';
import {
  asJoin,
  destinationText,
  dimensionNames,
  findDimension,
  followPath,
  joinsTo,
  tableAt,
  tablesBehind,
} from '../../compiler/resolve/paths.ts';
import { graphOf, searchWords } from './graph.ts';

/** A plain CRM: opportunities and activities, accounts with owners, reps with managers, and what stands alone. */
const crm = graphOf(`
  opportunities: *opportunity_id account_id rep_id stage source~lead_source amount | account -> accounts: account_id | rep -> reps: rep_id
  lines: *opportunity_id *line_no opportunity_id product_id quantity | opportunity -> opportunities: opportunity_id | product -> products: product_id
  activities: *activity_id rep_id opportunity_id kind | rep -> reps: rep_id | opportunity -> opportunities: opportunity_id
  accounts: @account *account_id owner_id segment name | owner -> reps: owner_id
  reps: @rep *rep_id region name manager_id | manager -> reps: manager_id | team -> teams: team_name=name
  products: @product *product_id name family
  teams: *name size
  leads: *lead_id source~lead_source | partner -> partners: ?=code
  partners: @partner *code city
`);

/** The paths of an ambiguous name are listed, in whatever order. */
function inOrder(words: string): string {
  return words.startsWith('either ') ? `either ${words.slice(7).split(', ').sort().join(', ')}` : words;
}

type Row = readonly [base: string, path: string, expected: string];

describe('a path, followed from a table', () => {
  const table: readonly Row[] = [
    ['opportunities', 'stage', 'opportunities.stage'],
    ['opportunities', 'rep.region', 'rep: reps.region'],
    ['opportunities', 'account.segment', 'account: accounts.segment'],
    ['opportunities', 'account.owner.region', 'account owner: reps.region'],
    ['opportunities', 'rep.manager.region', 'rep manager: reps.region'],
    ['opportunities', 'rep.manager.manager.name', 'rep manager manager: reps.name'],
    ['opportunities', 'rep.team.size', 'rep team: teams.size'],
    // A join stands for its key, as it is stored with the join.
    ['opportunities', 'rep', 'opportunities-rep'],
    ['opportunities', 'rep_id', 'opportunities.rep_id'],
    ['opportunities', 'rep.rep_id', 'rep: reps.rep_id'],
    ['opportunities', 'account.owner', 'account: accounts-owner'],
    // The table itself by its name, and by its entity.
    ['opportunities', 'opportunities.stage', 'opportunities.stage'],
    ['opportunities', 'opportunities.rep.region', 'rep: reps.region'],
    ['reps', 'rep', 'key of reps'],
    ['reps', 'rep.region', 'reps.region'],
    ['reps', 'reps.region', 'reps.region'],
    ['reps', 'rep.manager.region', 'manager: reps.region'],
    ['reps', 'manager', 'reps-manager'],
    ['reps', 'manager.manager.region', 'manager manager: reps.region'],
    ['partners', 'partner', 'key of partners'],
    ['leads', 'partner.city', 'partner: partners.city'],
    // A join that the table does not have: the one path that ends in it.
    ['lines', 'rep', 'opportunity: opportunities-rep'],
    ['lines', 'rep.region', 'opportunity rep: reps.region'],
    ['lines', 'owner.region', 'opportunity account owner: reps.region'],
    ['lines', 'account', 'opportunity: opportunities-account'],
    ['lines', 'account.segment', 'opportunity account: accounts.segment'],
    ['opportunities', 'owner', 'account: accounts-owner'],
    ['activities', 'account.segment', 'opportunity account: accounts.segment'],
    // It has a join of that name, so no other is looked for.
    ['activities', 'rep.region', 'rep: reps.region'],
    // Several do: none is chosen.
    ['opportunities', 'manager.name', 'either rep.manager.name, account.owner.manager.name'],
    ['opportunities', 'manager', 'either rep.manager, account.owner.manager'],
    ['opportunities', 'team', 'either rep.team, rep.manager.team, account.owner.team, account.owner.manager.team'],
    ['reps', 'team.size', 'team: teams.size'],
    // What there is not.
    ['opportunities', 'regoin', 'no 0 in opportunities'],
    ['opportunities', 'region', 'no 0 in opportunities'],
    ['opportunities', 'rep.regoin', 'no 1 in reps'],
    ['opportunities', 'rep.region.name', 'no 1 in reps'],
    ['opportunities', 'account.owner.regoin', 'no 2 in reps'],
    ['opportunities', 'rpe.region', 'no 0 in opportunities'],
    ['opportunities', 'stage.name', 'no 0 in opportunities'],
    ['opportunities', 'opportunities.regoin', 'no 1 in opportunities'],
    ['opportunities', 'opportunities.rep.regoin', 'no 2 in reps'],
    ['opportunities', 'opportunities', 'no 0 in opportunities'],
    ['opportunities', 'accounts.segment', 'no 0 in opportunities'],
    ['opportunities', 'lines', 'no 0 in opportunities'],
    ['opportunities', 'product.name', 'no 0 in opportunities'],
    ['accounts', 'opportunity.stage', 'no 0 in accounts'],
    ['lines', 'owner.regoin', 'no 1 in reps'],
    ['lines', 'account.owner.regoin', 'no 2 in reps'],
    ['reps', 'rep.regoin', 'no 1 in reps'],
    ['products', 'rep', 'no 0 in products'],
    ['nothing', 'stage', 'no 0 in nothing'],
    ['opportunities', '', 'no 0 in opportunities'],
    // Names that objects have of their own.
    ['opportunities', 'constructor', 'no 0 in opportunities'],
    ['opportunities', 'toString.length', 'no 0 in opportunities'],
    ['opportunities', 'rep.constructor', 'no 1 in reps'],
    ['opportunities', '__proto__.region', 'no 0 in opportunities'],
    ['constructor', 'stage', 'no 0 in constructor'],
    ['opportunities', 'rep.hasOwnProperty.name', 'no 1 in reps'],
  ];
  test.each(table)('from %s, %s: %s', (base, path, expected) => {
    expect(inOrder(searchWords(followPath(crm, base, path.split('.'))))).toBe(inOrder(expected));
  });
});

describe('a dimension, asked of a table', () => {
  const table: readonly Row[] = [
    ['opportunities', 'stage', 'opportunities.stage'],
    ['opportunities', 'segment', 'account: accounts.segment'],
    ['lines', 'stage', 'opportunity: opportunities.stage'],
    ['lines', 'segment', 'opportunity account: accounts.segment'],
    ['lines', 'family', 'product: products.family'],
    ['lines', 'quantity', 'lines.quantity'],
    ['products', 'family', 'products.family'],
    ['opportunities', 'rep.region', 'rep: reps.region'],
    ['lines', 'rep.region', 'opportunity rep: reps.region'],
    // A foreign key and the key that it stands for are one.
    ['opportunities', 'rep', 'opportunities-rep'],
    ['opportunities', 'account', 'opportunities-account'],
    ['opportunities', 'account_id', 'opportunities.account_id'],
    ['lines', 'product_id', 'lines.product_id'],
    ['lines', 'product', 'lines-product'],
    ['lines', 'opportunity_id', 'lines.opportunity_id'],
    ['lines', 'account_id', 'opportunity: opportunities.account_id'],
    ['products', 'product', 'key of products'],
    ['products', 'product_id', 'products.product_id'],
    // Shared names of columns.
    ['opportunities', 'lead_source', 'opportunities.source'],
    ['leads', 'lead_source', 'leads.source'],
    ['lines', 'lead_source', 'opportunity: opportunities.source'],
    ['opportunities', 'source', 'opportunities.source'],
    // Several bear the name: the error lists them.
    [
      'opportunities',
      'region',
      'either rep.region, account.owner.region, rep.manager.region, account.owner.manager.region',
    ],
    ['reps', 'region', 'either reps.region, manager.region'],
    ['activities', 'manager', 'either rep.manager, opportunity.rep.manager, opportunity.account.owner.manager'],
    // Nobody does.
    ['opportunities', 'family', 'no 0 in opportunities'],
    ['leads', 'region', 'no 0 in leads'],
    ['opportunities', 'constructor', 'no 0 in opportunities'],
    ['opportunities', '__proto__', 'no 0 in opportunities'],
    ['nothing', 'region', 'no 0 in nothing'],
    ['opportunities', 'rep.regoin', 'no 1 in reps'],
  ];
  test.each(table)('from %s, %s: %s', (base, path, expected) => {
    expect(inOrder(searchWords(findDimension(crm, base, path.split('.'))))).toBe(inOrder(expected));
  });
});

describe('words that are a join, a column, a table and an entity at once', () => {
  const graph = graphOf(`
    rep: @deal *id rep region | rep -> people: rep | deal -> deals: id
    people: @rep *id region rep
    deals: *id rep
    constructor: @constructor *constructor | constructor -> people: constructor
  `);
  const table: readonly Row[] = [
    // Alone, a column comes before the join; with more behind it, it is the join.
    ['rep', 'rep', 'rep.rep'],
    ['rep', 'rep.region', 'rep: people.region'],
    ['rep', 'rep.rep', 'rep: people.rep'],
    // A join of the table's own comes before its entity.
    ['rep', 'deal', 'rep-deal'],
    ['rep', 'deal.rep', 'deal: deals.rep'],
    ['people', 'rep', 'people.rep'],
    ['people', 'rep.region', 'people.region'],
    ['constructor', 'constructor', 'constructor.constructor'],
    ['constructor', 'constructor.region', 'constructor: people.region'],
    ['constructor', 'region', 'no 0 in constructor'],
  ];
  test.each(table)('from %s, %s: %s', (base, path, expected) => {
    expect(searchWords(followPath(graph, base, path.split('.')))).toBe(expected);
  });
});

describe('joins that go round', () => {
  const graph = graphOf(`
    a: *id b_id x | b -> b: b_id
    b: *id c_id y | c -> c: c_id
    c: *id a_id z | a -> a: a_id
    node: *id parent_id label | parent -> node: parent_id
    leaf: *id node_id | node -> node: node_id
    pair: *id left_id right_id | left -> node: left_id | right -> node: right_id
  `);
  const followed: readonly Row[] = [
    ['a', 'b.c.a.x', 'b c a: a.x'],
    ['a', 'b.c.a.b.c.a.x', 'b c a b c a: a.x'],
    ['a', 'a.x', 'a.x'],
    ['a', 'c', 'b: b-c'],
    ['b', 'b', 'c a: a-b'],
    ['node', 'parent.parent.parent.label', 'parent parent parent: node.label'],
    ['node', 'node.label', 'node.label'],
    ['node', 'node.parent.label', 'parent: node.label'],
    ['leaf', 'parent', 'node: node-parent'],
    ['leaf', 'parent.label', 'node parent: node.label'],
    ['leaf', 'parent.parent.label', 'node parent parent: node.label'],
    ['pair', 'parent.label', 'either left.parent.label, right.parent.label'],
  ];
  test.each(followed)('from %s, %s: %s', (base, path, expected) => {
    expect(inOrder(searchWords(followPath(graph, base, path.split('.'))))).toBe(inOrder(expected));
  });

  const dimensions: readonly Row[] = [
    ['a', 'y', 'b: b.y'],
    ['a', 'z', 'b c: c.z'],
    ['a', 'x', 'either a.x, b.c.a.x'],
    ['node', 'label', 'either node.label, parent.label'],
    ['leaf', 'label', 'either node.label, node.parent.label'],
    // The key of a parent is the column here that points to it.
    ['leaf', 'node', 'leaf-node'],
    ['leaf', 'node_id', 'leaf.node_id'],
    ['pair', 'label', 'either left.label, left.parent.label, right.label, right.parent.label'],
  ];
  test.each(dimensions)('the dimension %s, asked of %s: %s', (base, path, expected) => {
    expect(inOrder(searchWords(findDimension(graph, base, path.split('.'))))).toBe(inOrder(expected));
  });

  test('a name that nothing bears is looked for in no time, however many joins go round', () => {
    const names = Array.from({ length: 12 }, (_, index) => `t${index}`);
    const lines = names.map(name => {
      const joins = names.filter(other => other !== name).map(other => `to_${other} -> ${other}: ${other}_id`);
      return `${name}: *id c_${name} | ${joins.join(' | ')}`;
    });
    const dense = graphOf(lines.join('\n'));
    const began = performance.now();
    expect(searchWords(findDimension(dense, 't0', ['nothing']))).toBe('no 0 in t0');
    expect(searchWords(followPath(dense, 't0', ['nothing', 'x']))).toBe('no 0 in t0');
    expect(searchWords(findDimension(dense, 't0', ['c_t5']))).toMatch(/^either to_t5\.c_t5, /);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

describe('keys of several columns', () => {
  const graph = graphOf(`
    quotas: @quota *rep_id *month amount | rep -> reps: rep_id
    plans: *id seller in_month | quota -> quotas: seller=rep_id in_month=month
    reps: @rep *rep_id region
    shifts: *id who | rep -> reps: ?=rep_id
  `);
  const table: readonly Row[] = [
    ['quotas', 'quota', 'key of quotas'],
    ['quotas', 'rep_id', 'quotas.rep_id'],
    ['plans', 'quota', 'plans-quota'],
    ['plans', 'month', 'quota: quotas.month'],
    ['plans', 'in_month', 'plans.in_month'],
    // Reached over the quota and over its rep, it is the seller that is stored here.
    ['plans', 'rep_id', 'quota: quotas.rep_id'],
    ['plans', 'rep', 'quota: quotas-rep'],
    ['plans', 'region', 'quota rep: reps.region'],
    ['shifts', 'rep', 'shifts-rep'],
    ['shifts', 'rep_id', 'rep: reps.rep_id'],
  ];
  test.each(table)('from %s, %s: %s', (base, path, expected) => {
    expect(searchWords(findDimension(graph, base, path.split('.')))).toBe(expected);
  });
});

/** The names of the dimension that a path leads to. */
function namesOf(question: string): ReadonlySet<string> {
  const [base = '', path = ''] = question.split(' ');
  const search = findDimension(crm, base, path.split('.'));
  if (search.kind !== 'found') throw new Error(`${question}: ${searchWords(search)}`);
  return dimensionNames(crm, search.destination);
}

describe('dimensions that are one, and such that are not', () => {
  const table: readonly (readonly [one: string, other: string, isOne: boolean])[] = [
    // The same role and column, from wherever it is asked.
    ['opportunities rep.region', 'activities rep.region', true],
    ['opportunities rep.region', 'lines rep.region', true],
    ['opportunities rep.region', 'lines opportunity.rep.region', true],
    ['opportunities rep.team.size', 'reps team.size', true],
    ['lines product.family', 'lines family', true],
    // The table itself answers to its entity.
    ['opportunities rep.region', 'reps rep.region', true],
    ['opportunities rep.region', 'reps reps.region', true],
    ['opportunities account.segment', 'accounts segment', true],
    ['lines product.family', 'products family', true],
    ['opportunities rep.manager.name', 'reps manager.name', true],
    // Keys: by the join, by the column that is stored with it, by the table itself.
    ['opportunities rep', 'activities rep', true],
    ['opportunities rep', 'reps rep', true],
    ['opportunities opportunities.rep_id', 'reps rep', true],
    ['opportunities opportunities.rep_id', 'activities activities.rep_id', true],
    ['opportunities rep', 'reps reps.rep_id', true],
    ['opportunities rep.rep_id', 'reps rep', true],
    ['lines product_id', 'products product_id', true],
    ['lines product', 'products product', true],
    ['opportunities account', 'accounts account_id', true],
    ['leads partner', 'partners partner', true],
    ['reps manager', 'opportunities rep.manager', true],
    ['lines rep', 'activities rep', true],
    // A declared name.
    ['opportunities lead_source', 'leads lead_source', true],
    ['opportunities source', 'leads source', true],
    ['lines lead_source', 'leads source', true],
    // Other roles of one table are other dimensions.
    ['opportunities rep.region', 'opportunities rep.manager.region', false],
    ['opportunities rep.region', 'opportunities account.owner.region', false],
    ['opportunities rep', 'opportunities account.owner', false],
    ['reps rep', 'reps manager', false],
    ['accounts owner_id', 'reps rep', false],
    ['opportunities rep.manager.name', 'opportunities rep.name', false],
    // So are other columns, whatever they are called.
    ['opportunities rep.name', 'opportunities account.name', false],
    ['opportunities stage', 'activities kind', false],
    ['opportunities rep.region', 'opportunities rep.name', false],
    ['opportunities rep', 'opportunities account', false],
    ['products name', 'teams name', false],
    ['opportunities stage', 'leads source', false],
  ];
  test.each(table)('%s and %s: %s', (one, other, isOne) => {
    const shared = [...namesOf(one)].filter(name => namesOf(other).has(name));
    expect(shared.length > 0).toBe(isOne);
  });
});

describe('a column and the join that stands on it', () => {
  const table: readonly Row[] = [
    ['opportunities', 'rep_id', 'opportunities-rep'],
    ['opportunities', 'stage', 'opportunities.stage'],
    ['lines', 'opportunity.rep_id', 'opportunity: opportunities-rep'],
    ['opportunities', 'rep', 'opportunities-rep'],
    ['reps', 'rep', 'key of reps'],
    ['leads', 'source', 'leads.source'],
  ];
  test.each(table)('from %s, %s: %s', (base, path, expected) => {
    const search = followPath(crm, base, path.split('.'));
    if (search.kind !== 'found') throw new Error(searchWords(search));
    expect(searchWords({ kind: 'found', destination: asJoin(crm, search.destination) })).toBe(expected);
  });

  const graph = graphOf(`
    deals: *id rep_id boss | rep -> reps: rep_id | seller -> reps: rep_id | boss -> reps: boss | owner -> owners: boss
    reps: *id
    owners: *id
  `);
  const column = (name: string) => ({ kind: 'column', joins: [], table: 'deals', column: name }) as const;

  test('of two joins by one key any will do, the one that is asked for first', () => {
    expect(asJoin(graph, column('rep_id'))).toEqual({ kind: 'join', joins: [], table: 'deals', join: 'rep' });
    expect(asJoin(graph, column('rep_id'), ['seller'])).toMatchObject({ kind: 'join', join: 'seller' });
    expect(asJoin(graph, column('rep_id'), ['account'])).toMatchObject({ kind: 'join', join: 'rep' });
  });

  test('two joins on one column that lead to different tables are neither', () => {
    expect(asJoin(graph, column('boss'))).toEqual(column('boss'));
  });
});

test('where joins lead, step by step and at all', () => {
  expect(tableAt(crm, 'lines', [])).toBe('lines');
  expect(tableAt(crm, 'lines', ['opportunity', 'account', 'owner', 'manager', 'manager'])).toBe('reps');
  expect(tableAt(crm, 'lines', ['constructor'])).toBe('');
  expect(tableAt(crm, 'lines', ['nothing', 'account'])).toBe('');
  const behind = (...bases: readonly string[]) => [...tablesBehind(crm, bases).keys()].sort();
  expect(behind('lines')).toEqual(['accounts', 'lines', 'opportunities', 'products', 'reps', 'teams']);
  expect(behind('reps')).toEqual(['reps', 'teams']);
  expect(behind('leads', 'teams')).toEqual(['leads', 'partners', 'teams']);
  expect(behind('nothing', 'constructor')).toEqual([]);
  expect(joinsTo(crm, 'opportunities', 'reps')).toEqual(['rep']);
  expect(joinsTo(crm, 'reps', 'reps')).toEqual(['manager']);
  expect(joinsTo(crm, 'opportunities', 'products')).toEqual([]);
  expect(joinsTo(crm, 'nothing', 'reps')).toEqual([]);
});

test('a destination as people write it', () => {
  const written = (base: string, path: string) => {
    const search = followPath(crm, base, path.split('.'));
    return search.kind === 'found' ? destinationText(search.destination) : search.kind;
  };
  expect(written('opportunities', 'stage')).toBe('opportunities.stage');
  expect(written('opportunities', 'rep.region')).toBe('rep.region');
  expect(written('lines', 'owner.region')).toBe('opportunity.account.owner.region');
  expect(written('opportunities', 'rep')).toBe('rep');
  expect(written('lines', 'rep')).toBe('opportunity.rep');
  expect(written('reps', 'rep')).toBe('reps');
});
