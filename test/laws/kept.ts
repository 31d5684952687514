/**
 * What is kept in the definitions is seen like rows: a goal whose targets, and a baseline whose values, are those of others has
 * as the role what it has when these are taken out. On which days there are targets is the goal's own, for everybody.
 */
import { type Freeze, freezeQuestion, type Model, plan, type Table } from '../../compiler/index.ts';
import { now } from '../oracle/check.ts';
import { chance, type Gen, pick } from '../oracle/generate/choose.ts';
import { generateQuery } from '../oracle/generate/query.ts';
import type { GeneratedWorld } from '../oracle/generate/world.ts';
import { around, type Form, type Written } from '../oracle/generate/written.ts';
import { ownReading } from '../oracle/reading.ts';
import { rowValue, type World } from '../oracle/rows.ts';
import { oracleData, oracleValue } from '../oracle/warehouse.ts';
import { type Definitions, modelOfFiles } from './asker.ts';
import { shape } from './forms.ts';
import type { Law, Scene } from './law.ts';
import {
  attributes,
  heldAs,
  isKept,
  type Question,
  questionsPerReader,
  type Reader,
  replied,
  valuesOf,
  withoutHidden,
  writtenName,
} from './seen.ts';

const forms: readonly Form[] = ['goal', 'windowed', 'nested'];

export const kept: Law = {
  name: 'targets and frozen values of others are not there for a role',
  seed: 402_551_873,
  cases: { duckdb: 200, postgres: 15 },
  forms,
  longest: 260,
  claim: (g, scene) => {
    const found = readerOf(g, scene);
    if (found === null) return null;
    const { reader, written } = found;
    const questions = Array.from({ length: questionsPerReader }, () => questionOf(g, written));
    return async asker => {
      const model = withoutHiddenValues(asker.world, reader);
      if (model === reader.model) return 0;
      return heldAs(reader, questions, asker, { world: withoutHidden(asker.world, reader), model, isSmaller: true });
    };
  },
};

/** A role that may not see all of what is kept, and the metrics that stand on it; null where nothing fits. */
function readerOf(g: Gen, scene: Scene): { reader: Reader; written: Readonly<Record<string, Written>> } | null {
  const { baselines, freezes, written } = baselinesOf(g, scene);
  const rule = pick(
    g,
    'rep = user.rep_id',
    'rep.region = user.region',
    'rep.manager = user.rep_id or rep = user.rep_id',
    'rep.level >= user.level',
    'rep.region <> user.region',
    'rep.team.title is not null and user.is_lead',
  );
  const user = {
    rep_id: pick(g, 'r1', 'r2', 'r3', 'R4'),
    region: pick(g, 'north', 'south'),
    level: pick(g, '0', '1', '2'),
    is_lead: chance(g, 70),
    since: '2024-01-01',
    share: '1',
  };
  const define = (unrestricted: readonly string[]): Definitions => ({
    ...scene.world.definitions,
    baselines,
    users: { attributes },
    roles: { reader: { sees: rule, unrestricted } },
  });
  const modelOf = (unrestricted: readonly string[]) => modelOfFiles([define(unrestricted)], undefined, freezes).model;
  const { sees } = modelOf([]).roles.reader ?? {};
  if (sees === undefined || sees === 'all') return null;
  const named = (table: string) => (isKept(table) ? writtenName(table) : table);
  const model = modelOf(Object.keys(sees.undecided).map(named));
  const goals = Object.entries(scene.metrics).filter(([, { goalBy }]) => goalBy !== undefined && goalBy.length > 0);
  const all = { ...Object.fromEntries(goals), ...written };
  const sound = Object.fromEntries(Object.entries(all).filter(([name]) => Object.hasOwn(model.metrics, name)));
  return Object.keys(sound).length === 0 ? null : { reader: { model, rule, user }, written: sound };
}

interface Frozen {
  readonly baselines: Definitions;
  readonly freezes: readonly Freeze[];
  /** What they give. */
  readonly written: Readonly<Record<string, Written>>;
}

/** A baseline of a metric, with values that were never true: that of each group that there was. */
function baselinesOf(g: Gen, { metrics, model }: Scene): Frozen {
  const none: Frozen = { baselines: {}, freezes: [], written: {} };
  const fit = Object.entries(metrics).filter(([, each]) => isFreezable(each));
  if (fit.length === 0 || chance(g, 30)) return none;
  const [metric, written] = pick(g, ...fit);
  const by = pick(g, ['rep'], ['rep'], ['rep.region'], ['rep', 'rep.level']);
  const grain = chance(g, 70) ? pick(g, 'month', 'quarter') : null;
  const declared = { metric, period: '2023', by, ...(grain === null ? {} : { grain }) };
  const question = freezeQuestion(model, { ...declared, name: 'b0', grain, rules: [] });
  if (question === null || question.head.kind === 'whole') return none;
  const buckets = grain === null ? [[]] : [['2023-01-01'], ['2023-04-01'], ['2023-10-01']];
  const groups = ['r1', 'r2', 'r3', null].map(rep => [rep, pick(g, '0', '1', '2')]);
  const regions = ['north', 'south', null].map(region => [region]);
  const rows = buckets.flatMap(bucket =>
    (by[0] === 'rep' ? groups : regions)
      .filter(() => chance(g, 80))
      .map(group => [
        ...bucket,
        ...group.slice(0, by.length),
        ...question.head.parts.map(() => pick(g, '1', '20', '300', '-4')),
      ]),
  );
  const freeze: Freeze = {
    ...question.head,
    asOf: '2024-01-05',
    frozenAt: '2024-01-05',
    meaning: '',
    period: ['2023-01-01', '2023-12-31'],
    by: by.map(name => ({ name, type: name === 'rep.level' ? 'integer' : 'string' })),
    rows,
  };
  const part = (word: string) => [`b0.${word}`, { ...around(`b0.${word}`, [written], 'goal'), goalBy: by }] as const;
  return {
    baselines: { b0: declared },
    freezes: [freeze],
    written: Object.fromEntries([part('value'), part('difference'), part('growth')]),
  };
}

function isFreezable({ goalBy, kind, isTimeless, forms: has }: Written): boolean {
  return goalBy === undefined && kind === 'number' && !isTimeless && has.length === 0;
}

function questionOf(g: Gen, written: Readonly<Record<string, Written>>): Question {
  const query = generateQuery(g, written, forms, ['goal'], shape);
  return { ask: (asker, model, asked) => replied(asker, model, { ...query, ...asked }, plan), order: 'as asked' };
}

/** The model without the kept rows for which the rule is not true; the same where there are none. */
function withoutHiddenValues(world: GeneratedWorld, { model, user }: Reader): Model {
  const role = model.roles.reader;
  if (role === undefined || role.sees === 'all') throw new Error('no rule');
  const { byTable } = role.sees;
  const whole: World = { model, data: oracleData(world), today: now.day, user: valuesOf(user) };
  let isSame = true;
  const tables = Object.entries(model.tables).map(([name, table]): readonly [string, Table] => {
    const { source } = table;
    const rule = role.unrestricted.includes(name) ? undefined : byTable[name];
    if (source.kind !== 'written' || rule === undefined) return [name, table];
    const isSeen = (cells: readonly (string | null)[]) => {
      const row = Object.fromEntries(
        Object.values(table.columns).map(column => {
          const physical = column.source.kind === 'stored' ? column.source.physical : column.name;
          const index = source.columns.findIndex(each => each.name === physical);
          return [column.name, oracleValue(column.type, cells[index] ?? null)];
        }),
      );
      return rowValue(rule, name, row, { ...ownReading(row, name, whole), user: whole.user ?? {} }) === true;
    };
    const rows = source.rows.filter(isSeen);
    isSame = isSame && rows.length === source.rows.length;
    return [name, { ...table, source: { ...source, rows } }];
  });
  return isSame ? model : { ...model, tables: Object.fromEntries(tables) };
}
