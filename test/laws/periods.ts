/**
 * A period cuts what is shown, never what is read. Claimed of every question by a grain whose metrics do not look at other
 * buckets on purpose: a total, share or rank that takes the asked bucket away stands on the whole period, so it is left out.
 * Everything else belongs to the interval of its own bucket, whatever the period around it: moved and accumulated forms,
 * stocks and days of the interval (now does not move), values of finer groups with all their members.
 */
import { bindQuery, type Grain, isGrain, type Model, type Query } from '../../compiler/index.ts';
import { bucketStart, dayText, nextBucketStart } from '../oracle/calendar.ts';
import { now } from '../oracle/check.ts';
import { chance, count, type Gen, pick } from '../oracle/generate/choose.ts';
import { grain as someGrain } from '../oracle/generate/dimensions.ts';
import type { Form } from '../oracle/generate/written.ts';
import { allIn, allInMetrics, looksBeyondBucket, windowsIn } from './behind.ts';
import { asked, family } from './family.ts';
import { expectSame, type Groups, groupsOf, keyOf } from './groups.ts';
import type { Law, Scene } from './law.ts';

/**
 * Rows that filling brings are those of groups that have rows somewhere in the period, so a shorter one may have fewer of
 * them: what is filled is held only in the groups that both have.
 */
export const cut: Law = {
  name: 'a period of whole buckets shows what a longer one shows of them',
  seed: 1_550_206_914,
  cases: { duckdb: 200, postgres: 20 },
  also: g => family(g, moving),
  claim: (g, scene) => {
    const found = byGrain(g, scene);
    if (found === null) return null;
    const { query, grain, isMoved } = found;
    const { model } = scene;
    const start = someBucket(g, grain, model);
    const shown = bucketsFrom(start, count(g, 1, 3), grain, model);
    const before = bucketsFrom(start, -count(g, 0, 3), grain, model);
    const after = bucketsFrom(shown.until, count(g, 0, 3), grain, model);
    // Around the buckets in question the longer period may end anywhere, and where nothing needs bounds nowhere.
    const ragged = grain === 'day' ? 0 : count(g, 0, 3);
    const long = { from: before.from - ragged, until: after.until + ragged };
    const isAll = !isMoved && chance(g, 15);
    const isSparse = isAll || query.having !== undefined || chance(g, 50);
    // Members are shown in the buckets of the period that have begun, and where none has in those that have rows.
    const isLater = shown.from > now.day && !isSparse;
    const filled = { ...query, sparse: isSparse ? true : undefined, complete: isLater ? undefined : query.complete };
    return async asker => {
      const whole = groupsOf(await asker.ask(model, { ...filled, period: isAll ? undefined : periodText(long) }));
      const short = groupsOf(await asker.askAlso(model, { ...filled, period: periodText(shown) }));
      const days = new Set(shown.starts.map(dayText));
      const rows = whole.rows.filter(row => days.has(String(row[grain])));
      expectSame(short, isSparse ? { ...whole, rows } : inGroupsOf(short, { ...whole, rows }, grain));
      return 1;
    };
  },
};

/** By its grain `prior` moves by the bucket, and in the period of one bucket by its length, which is the same. */
export const bucketAlone: Law = {
  name: 'a bucket asked as a period has the groups and values that it has by the grain',
  seed: 88_120_553,
  cases: { duckdb: 200, postgres: 20 },
  also: g => family(g, moving),
  claim: (g, scene) => {
    const found = byGrain(g, scene);
    if (found === null) return null;
    const { query, grain } = found;
    const { model } = scene;
    const start = someBucket(g, grain, model);
    const shown = bucketsFrom(start, 1, grain, model);
    const long = {
      from: bucketsFrom(start, -count(g, 0, 2), grain, model).from,
      until: bucketsFrom(start, count(g, 1, 2), grain, model).until,
    };
    const by = (query.by ?? []).filter(name => name !== grain);
    return async asker => {
      const whole = groupsOf(await asker.ask(model, { ...query, sparse: true, period: periodText(long) }));
      const single = groupsOf(await asker.askAlso(model, { ...query, by, period: periodText(shown) }));
      const rows = whole.rows.filter(row => row[grain] === dayText(shown.from));
      const keys = whole.keys.filter(name => name !== grain);
      // Without dimensions there is one row, and members show, also where the bucket has no rows.
      if (rows.length === 0 && (by.length === 0 || query.complete !== undefined)) return 0;
      expectSame(single, { ...whole, keys, rows });
      return 1;
    };
  },
};

/** What may read other times than those that are shown. */
const moving: readonly Form[] = ['windowed', 'nested', 'stock', 'moment'];

interface ByGrain {
  readonly query: Query;
  readonly grain: Grain;
  /** Whether anything in it is moved, and so needs bounds. */
  readonly isMoved: boolean;
}

/** A question by a grain of which the laws are claimed. */
function byGrain(g: Gen, { metrics, model }: Scene): ByGrain | null {
  const question = asked(g, metrics);
  if (question.metrics.some(name => metrics[name]?.isTimeless)) return null;
  const grain = question.by?.find(isGrain) ?? someGrain(g);
  if (!isGrain(grain)) return null;
  const query = { ...question, by: [...(question.by ?? []).filter(name => name !== grain), grain] };
  const { query: bound } = bindQuery(model, { ...query, period: '2024' }, now);
  const having = bound?.having ?? null;
  const nodes = [...allInMetrics(query.metrics, model), ...(having === null ? [] : allIn([having], model))];
  if (looksBeyondBucket(nodes, grain)) return null;
  const isMoved = windowsIn(nodes).length > 0;
  return { query: { ...query, order: undefined, limit: undefined }, grain, isMoved };
}

interface Buckets {
  readonly from: number;
  readonly until: number;
  readonly starts: readonly number[];
}

/** So many buckets from the first day of one on, or before it. */
function bucketsFrom(start: number, length: number, grain: Grain, { settings }: Model): Buckets {
  const { calendar } = settings;
  const starts: number[] = [];
  let day = start;
  for (let left = Math.abs(length); left > 0; left -= 1) {
    if (length > 0) starts.push(day);
    day = length > 0 ? nextBucketStart(grain, day, calendar) : bucketStart(grain, day - 1, calendar);
    if (length < 0) starts.push(day);
  }
  return length > 0 ? { from: start, until: day, starts } : { from: day, until: start, starts };
}

/** Days near those that rows have, and near now. */
const days = [
  '2024-01-01',
  '2024-02-29',
  '2024-03-01',
  '2024-03-31',
  '2024-04-01',
  '2024-03-20',
  '2024-06-30',
  '2024-10-27',
  '2024-12-31',
] as const;

function someBucket(g: Gen, grain: Grain, { settings }: Model): number {
  return bucketStart(grain, Date.parse(pick(g, ...days)) / 86_400_000, settings.calendar);
}

function periodText({ from, until }: { readonly from: number; readonly until: number }): string {
  return `${dayText(from)}..${dayText(until - 1)}`;
}

/** Of the filled rows, those of groups that the other has as well. */
function inGroupsOf(short: Groups, whole: Groups, grain: string): Groups {
  const others = whole.keys.filter(key => key !== grain);
  const known = new Set(short.rows.map(row => keyOf(row, others)));
  return { ...whole, rows: whole.rows.filter(row => known.has(keyOf(row, others))) };
}
