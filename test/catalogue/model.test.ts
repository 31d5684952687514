/** What stands on what, and where the names of a formula lead: worked out by reading the small project. */
import { describe, expect, test } from 'vitest';
import { type DefinitionName, type FormulaContext, formulaMarks, usesIn, visibleModel } from '../../compiler/index.ts';
import { folderWith, soundProject } from './project.ts';

const { model } = soundProject(folderWith());

function definition(text: string): DefinitionName {
  const [kind = '', name = ''] = text.split(' ');
  const kinds = ['metric', 'goal', 'baseline', 'alert', 'role', 'table'] as const;
  return { kind: kinds.find(each => each === kind) ?? 'metric', name };
}

const written = (found: readonly DefinitionName[]) => found.map(({ kind, name }) => `${kind} ${name}`);

describe('lineage', () => {
  const lineage = usesIn(model);

  test.each([
    ['metric won', ['table deal']],
    ['metric in_north', ['metric won']],
    ['metric to_goal', ['goal won_goal']],
    ['metric twice', ['table deal']],
    ['goal won_goal', ['metric won', 'table deal']],
    ['baseline won_before', ['metric won']],
    ['alert low', ['metric won', 'goal won_goal']],
    ['role seller', ['metric in_north', 'metric won', 'goal won_goal', 'alert low']],
  ])('%s is made of', (name, used) => {
    expect(written(lineage.usedBy(definition(name)))).toEqual(used);
  });

  test.each([
    ['metric won', ['metric in_north', 'goal won_goal', 'baseline won_before', 'alert low', 'role seller']],
    ['goal won_goal', ['metric to_goal', 'alert low', 'role seller']],
    ['alert low', ['role seller']],
    ['table deal', ['metric open_deals', 'metric rate', 'metric twice', 'metric won', 'goal won_goal']],
    ['table rep', ['metric salaries']],
    ['metric twice', []],
  ])('%s is used by', (name, users) => {
    expect(written(lineage.usersOf(definition(name)))).toEqual(users);
  });

  test('of what somebody knows, names what he knows', () => {
    const hidden = { metrics: ['in_north'], columns: [], joins: [], entities: [] };
    const known = usesIn(visibleModel(model, hidden));
    expect(written(known.usersOf(definition('metric won')))).not.toContain('metric in_north');
    expect(written(known.usedBy(definition('role seller')))).not.toContain('metric in_north');
  });
});

/** `name -> what it leads to`, in the order of the text. */
function names(text: string, context: Omit<FormulaContext, 'model'>) {
  return formulaMarks(text, { model, ...context }).flatMap(mark => {
    if (mark.kind !== 'name') return [];
    const [start, end] = mark.at;
    const { target } = mark;
    return [`${text.slice(start, end)} -> ${target === null ? 'nowhere' : Object.values(target).join(' ')}`];
  });
}

describe('the names of a formula', () => {
  test.each([
    ["sum(deal.amount where stage = 'won')", ['deal.amount -> column deal amount', 'stage -> column deal stage']],
    ['count(deal) while open', ['deal -> table deal', 'open -> lifespan deal open']],
    ['sum(deal.amount) at opened_on', ['deal.amount -> column deal amount', 'opened_on -> column deal opened_on']],
    ["won where rep.region = 'North'", ['won -> metric won', 'rep.region -> column rep region']],
    ['won_goal.pace * 2', ['won_goal.pace -> metric won_goal.pace']],
    ['avg(won per rep)', ['won -> metric won', 'rep -> join deal rep']],
    ['rank(won across rep.region)', ['won -> metric won', 'rep.region -> column rep region']],
    ['nothing / deal.nothing', ['nothing -> nowhere', 'deal.nothing -> nowhere']],
  ])('%s', (text, found) => {
    expect(names(text, { tables: ['deal'], reads: 'groups' })).toEqual(found);
  });

  test('of a column are those of its row', () => {
    expect(names('amount * 2', { tables: ['deal'], reads: 'rows' })).toEqual(['amount -> column deal amount']);
  });

  test('numbers, texts and functions are told apart', () => {
    const text = "if(won > 3, 'x', null)";
    const found = formulaMarks(text, { model, tables: ['deal'], reads: 'groups' });
    expect(found.map(({ kind, at: [start, end] }) => `${kind} ${text.slice(start, end)}`)).toEqual([
      'function if',
      'name won',
      'number 3',
      "text 'x'",
      'number null',
    ]);
  });
});
