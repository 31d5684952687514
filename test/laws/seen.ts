/**
 * An answer as a role is the answer on a database from which every row that the role may not see was deleted. Which rows
 * those are the oracle decides, row by row on the whole database; what is left is asked by nobody in particular.
 */
import { isGrain, type Model, plan, planRows, type Query, type RowsQuery, render } from '../../compiler/index.ts';
import { decodeAnswer } from '../../runtime/answer.ts';
import { type Answer, EngineError } from '../../runtime/index.ts';
import { dayNumber } from '../oracle/calendar.ts';
import { noRate, now, refusals } from '../oracle/check.ts';
import { chance, type Gen, pick } from '../oracle/generate/choose.ts';
import { generateQuery } from '../oracle/generate/query.ts';
import type { Rows } from '../oracle/generate/rows.ts';
import type { GeneratedWorld } from '../oracle/generate/world.ts';
import { forms as everyForm } from '../oracle/generate/written.ts';
import { parseFraction } from '../oracle/number.ts';
import { ownReading } from '../oracle/reading.ts';
import { rowValue, type World } from '../oracle/rows.ts';
import type { Value } from '../oracle/values.ts';
import { oracleData } from '../oracle/warehouse.ts';
import { type Asker, Broken, type Definitions, modelOfFiles } from './asker.ts';
import { allInMetrics } from './behind.ts';
import { shape } from './forms.ts';
import { expectSameOrder, isSame } from './groups.ts';
import type { Law, Scene } from './law.ts';

/** Who asks, and of what project. */
export interface Reader {
  readonly model: Model;
  readonly rule: string;
  readonly user: User;
}

export type User = Readonly<Record<string, string | boolean>>;

export const attributes = {
  rep_id: 'string',
  region: 'string',
  segment: 'string',
  level: 'integer',
  since: 'date',
  is_lead: 'boolean',
  share: 'decimal',
} as const;

/** The refusals of what a role may not read. */
const closed = 'M7008';
/** What `rows` cannot list. */
const notYet = 'M1016';
/** `rows` of a table that a goal does not read on its days. */
const unread = 'M4011';
/** What targets cannot be asked by; more may be said of the same words. */
const ofTargets = 'M6001';
/** What was frozen cannot be asked by. */
const ofBaselines: readonly string[] = ['M6104', 'M6105', 'M6106', 'M6107', 'M6108'];
/** What a benchmark may not tell, and where it would tell something else than it seems. */
const telling: readonly string[] = ['M7011', 'M7012'];

export const seen: Law = {
  name: 'an answer as a role is the answer on the rows that the role may see',
  seed: 1_203_557_981,
  cases: { duckdb: 1000, postgres: 70 },
  forms: everyForm,
  longest: 260,
  claim: (g, scene) => {
    const reader = readerOf(g, scene);
    if (reader === null) return null;
    const questions = Array.from({ length: questionsPerReader }, () => questionOf(g, scene, reader));
    return async asker => {
      const left = withoutHidden(asker.world, reader);
      const isSmaller = Object.entries(left.rows).some(([table, rows]) => rows !== asker.world.rows[table]);
      return heldAs(reader, questions, asker, { world: left, model: reader.model, isSmaller });
    };
  },
};

/** What there is when hidden rows are gone. */
export interface Remains {
  readonly world: GeneratedWorld;
  readonly model: Model;
  /** Whether there were any: what hides nothing proves little. */
  readonly isSmaller: boolean;
}

/** Asks as the reader, and then of what remains; in how many questions that is the same. */
export async function heldAs(
  { rule, user, model }: Reader,
  questions: readonly Question[],
  asker: Asker,
  left: Remains,
): Promise<number> {
  const found: Reply[] = [];
  for (const { ask } of questions) found.push(await ask(asker, model, { as: 'reader', user }));
  await asker.fill(left.world);
  let held = 0;
  for (const [index, { ask, order }] of questions.entries()) {
    const [reply, asked] = [found[index], asker.asked[index] ?? ''];
    if (reply === undefined || reply.kind === 'closed') continue;
    const wanted = await ask(asker, left.model, {});
    try {
      expectAlike(reply, wanted, order);
    } catch (error) {
      throw error instanceof Broken ? new Broken(`${error.message}\n${rule} ${JSON.stringify(user)}\n${asked}`) : error;
    }
    held += left.isSmaller && reply.kind === 'answered' ? 1 : 0;
  }
  return held;
}

/** What a benchmark may change: totals, ranks and averages. */
function isPlaced(name: string, model: Model): boolean {
  return allInMetrics([name], model).some(node => {
    const isAverage = node.kind === 'nested' && (node.aggregate === 'avg' || node.aggregate === 'median');
    return isAverage || node.kind === 'total' || node.kind === 'rank';
  });
}

export const placed: Law = {
  name: 'a benchmark shows no group, and changes nothing but totals, ranks and averages of members',
  seed: 577_120_934,
  cases: { duckdb: 100, postgres: 10 },
  forms: everyForm,
  longest: 260,
  claim: (g, scene) => {
    const { world } = scene;
    const sees = pick(
      g,
      'rep = user.rep_id',
      'rep.region = user.region',
      'rep = user.rep_id or rep.manager = user.rep_id',
    );
    const open = { unrestricted: ['teams', 'accounts', 'rates'] };
    const wide = { benchmark: pick(g, 'rep is not null', 'rep.region is not null', 'rep.level >= 0'), ...open };
    const roles = { alone: { sees, ...open }, among: { sees, ...wide } };
    const { model } = modelOfFiles([{ ...world.definitions, users: { attributes }, roles }]);
    const asked = generateQuery(g, scene.metrics, everyForm, ['total', 'rank', 'nested'], shape);
    const query = { ...asked, having: undefined, limit: undefined };
    const user = { rep_id: pick(g, 'r1', 'r2', 'r3'), region: pick(g, 'north', 'south') };
    return async asker => {
      const alone = await replied(asker, model, { ...query, as: 'alone', user }, plan);
      const among = await replied(asker, model, { ...query, as: 'among', user }, plan);
      if (alone.kind !== 'answered' || among.kind !== 'answered') return 0;
      const [wanted, found] = [listed(alone.answer), listed(among.answer)];
      const asMetric = (name: string) => (Object.hasOwn(model.metrics, name) ? name : name.replace(/\.\w+$/, ''));
      const same = wanted.metrics.filter(name => !isPlaced(asMetric(name), model));
      expectSameOrder({ ...found, metrics: same }, { ...wanted, metrics: same });
      // What is planned alike proves nothing.
      const [first, second] = asker.asked.map(text => text.replace(/^.*\n/, ''));
      return first === second ? 0 : 1;
    };
  },
};

/** Rows are put into a warehouse anew for each reader, which takes longer than to ask. */
export const questionsPerReader = 6;

export interface Question {
  readonly ask: (asker: Asker, model: Model, asked: Pick<Query, 'as' | 'user'>) => Promise<Reply>;
  readonly order: 'as asked' | 'any';
}

function questionOf(g: Gen, { metrics }: Scene, { model }: Reader): Question {
  const query = generateQuery(g, metrics, everyForm, [], shape);
  const { metrics: names, by = [], where, period } = query;
  const [name = ''] = names;
  const table = model.metrics[name]?.tables.find(each => !isKept(each));
  if (table === undefined || chance(g, 85))
    return { ask: (asker, of, asked) => replied(asker, of, { ...query, ...asked }, plan), order: 'as asked' };
  const rows: RowsQuery = { metrics: [name], by: by.filter(each => !isGrain(each)), where, period, table };
  return { ask: (asker, of, asked) => replied(asker, of, { ...rows, ...asked }, planRows), order: 'any' };
}

/** A role with a rule, and somebody of it; null where the rule does not fit the world. */
function readerOf(g: Gen, { world }: Scene): Reader | null {
  const rule = ruleOf(g);
  const user = {
    rep_id: pick(g, 'r1', 'r2', 'r3', 'R4', 'r9'),
    region: pick(g, 'north', 'south', 'x'),
    segment: pick(g, 'smb', 'big'),
    level: pick(g, '0', '1', '2', '-1'),
    since: pick(g, '2024-01-01', '2024-02-29', '2024-03-30'),
    is_lead: chance(g, 50),
    share: pick(g, '0.5', '12.50', '100'),
  };
  const define = (unrestricted: readonly string[]): Definitions => ({
    ...world.definitions,
    users: { attributes },
    roles: { reader: { sees: rule, unrestricted } },
  });
  const sees = modelOfFiles([define([])]).model.roles.reader?.sees ?? 'all';
  if (sees === 'all') return null;
  const decided = Object.keys(sees.byTable);
  // Targets stand in the definitions, from which no row is deleted here (`kept.ts` does): their tables are open.
  const kept = [...decided, ...Object.keys(sees.undecided)].filter(isKept).map(writtenName);
  const open = [...Object.keys(sees.undecided).filter(table => !isKept(table) && chance(g, 97)), ...kept];
  const alsoOpen = chance(g, 10) ? decided.filter(table => !isKept(table)).slice(0, 1) : [];
  const definitions = define([...open, ...alsoOpen]);
  return { model: modelOfFiles([definitions]).model, rule, user };
}

/** The table of a goal, which roles call as the goal is called. */
export function isKept(table: string): boolean {
  return table.includes(':');
}

export function writtenName(table: string): string {
  return table.replace(/^.*:/, '');
}

function ruleOf(g: Gen): string {
  const one = () =>
    pick(
      g,
      'rep = user.rep_id',
      'rep = user.rep_id',
      'rep.region = user.region',
      'rep.region = user.region',
      'rep.manager = user.rep_id or rep = user.rep_id',
      'rep.manager.region = user.region',
      'rep.level >= user.level',
      'rep.level < user.level or rep.level is null',
      'rep.is_senior = user.is_lead',
      'rep.team.title is not null and user.is_lead',
      'rep.team.size > user.level',
      'rep.worth > user.share',
      "rep.worth_band = '1 to < 100' or rep = user.rep_id",
      'rep.last_on >= user.since',
      'rep.hired_on <= user.since',
      'account.segment = user.segment',
      'account = user.region or account.size > user.level',
      'account.worth > user.share',
      'deals.before > user.level or deals.before is null',
      'deals.was_won = user.is_lead',
      'deals.amount > user.share and deals.closed_on >= user.since',
      'deals.rep_region = user.region',
      'calls.minutes > user.level',
      'quotas.quota <= user.share',
      'channel = user.region or rep = user.rep_id',
    );
  switch (pick(g, 'one', 'one', 'one', 'not', 'or', 'and')) {
    case 'not':
      return `not (${one()})`;
    case 'or':
      return `(${one()}) or (${one()})`;
    case 'and':
      return `(${one()}) and (${one()})`;
    default:
      return one();
  }
}

/** The world without the rows for which the rule is not true. A row that is decided on is read as it is, at its own date. */
export function withoutHidden(world: GeneratedWorld, { model, user }: Pick<Reader, 'model' | 'user'>): GeneratedWorld {
  const role = model.roles.reader;
  if (role === undefined || role.sees === 'all') throw new Error('no rule');
  const { byTable } = role.sees;
  const data = oracleData(world);
  const whole: World = { model, data, today: now.day, user: valuesOf(user) };
  const rows = Object.entries(world.rows).map(([table, all]): readonly [string, Rows] => {
    const rule = role.unrestricted.includes(table) ? undefined : byTable[table];
    if (rule === undefined) return [table, all];
    const isSeen = (index: number) => {
      const row = data[table]?.[index];
      if (row === undefined) throw new Error(`no row ${index} of ${table}`);
      return rowValue(rule, table, row, { ...ownReading(row, table, whole), user: whole.user ?? {} }) === true;
    };
    const left = all.filter((_, index) => isSeen(index));
    return [table, left.length === all.length ? all : left];
  });
  return { ...world, rows: Object.fromEntries(rows) };
}

export function valuesOf(user: User): Readonly<Record<string, Value>> {
  const { level = '', since = '', share = '', ...others } = user;
  return {
    ...others,
    level: parseFraction(String(level)),
    share: parseFraction(String(share)),
    since: dayNumber(String(since)),
  };
}

export type Reply =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly codes: readonly string[] }
  /** The role may not read a table that the question reads: nothing is claimed. */
  | { readonly kind: 'closed' }
  /** The engine said that a rate is missing. */
  | { readonly kind: 'failed' };

export async function replied(asker: Asker, model: Model, query: RowsQuery, planned: typeof planRows): Promise<Reply> {
  const { plan: made, diagnostics } = planned(model, query, now);
  if (made === null) {
    const codes = diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    asker.asked.push(`-- ${JSON.stringify(query)}\n-- refused: ${codes.join(', ')}`);
    if (codes.includes(closed)) return { kind: 'closed' };
    if (codes.includes(ofTargets)) return { kind: 'refused', codes };
    if (
      codes.length > 0 &&
      codes.every(code => [notYet, unread, ...telling, ...ofBaselines, ...refusals].includes(code))
    )
      return { kind: 'refused', codes };
    throw new Broken(`refused: ${JSON.stringify(diagnostics)}`);
  }
  const statement = render(made, asker.engine.dialect);
  asker.asked.push(`-- ${JSON.stringify(query)}\n${statement.sql}\n-- ${JSON.stringify(statement.parameters)}`);
  try {
    return { kind: 'answered', answer: decodeAnswer(made, await asker.engine.warehouse.ask(statement), '', 0) };
  } catch (error) {
    if (error instanceof EngineError && error.diagnostic.code === noRate) return { kind: 'failed' };
    throw new Broken(`the engine says ${String(error)}`);
  }
}

function expectAlike(found: Reply, wanted: Reply, order: Question['order']): void {
  if (found.kind === 'refused' || wanted.kind === 'refused') {
    if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Broken(`${found.kind}, and then ${wanted.kind}`);
    return;
  }
  if (found.kind !== 'answered' || wanted.kind !== 'answered') {
    if (found.kind !== wanted.kind) throw new Broken(`${found.kind} as the role, and ${wanted.kind} on what is left`);
    return;
  }
  const [a, b] = [found.answer, wanted.answer];
  if (order === 'as asked') expectSameOrder(listed(a), listed(b));
  else expectSameRows(a, b);
}

/** An answer whose keys may repeat, as those of a list do not. */
export function listed({ columns, rows }: Answer) {
  const named = (kind: string) => columns.filter(column => column.kind === kind).map(column => column.name);
  return {
    keys: named('dimension'),
    metrics: named('metric'),
    types: Object.fromEntries(columns.map(({ name, type }) => [name, type])),
    rows: rows.map(row => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null]))),
  };
}

/** Rows of a table in whatever order: their key may be that of several versions. */
function expectSameRows(found: Answer, wanted: Answer): void {
  const sorted = ({ rows }: Answer) => [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const [a, b] = [sorted(found), sorted(wanted)];
  const isAlike =
    a.length === b.length &&
    a.every((row, index) =>
      row.every((value, place) => isSame(value, b[index]?.[place] ?? null, found.columns[place]?.type)),
    );
  if (!isAlike) throw new Broken(`rows ${JSON.stringify(a)} instead of ${JSON.stringify(b)}`);
}
