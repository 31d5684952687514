/** The library's metrics on the demo warehouse, held against plain SQL: in total, by a dimension, and by quarter. */
import { beforeAll, describe, expect, test } from 'vitest';
import { readProject } from '../../runtime/index.ts';
import { type Row, rowsOf } from '../support/project.ts';
import { type Grouping, groupName, plain, questions, toNumber, workOut } from './plain/index.ts';
import { type Ask, type Field, library, openDemo } from './warehouse.ts';

const names = Object.keys(plain);
const atOnce = 15;

let ask: Ask;
/** Rows of answers, by the metric that was asked. */
const answers: Readonly<Record<Grouping, Map<string, readonly Row[]>>> = {
  total: new Map(),
  dimension: new Map(),
  quarter: new Map(),
};

async function askFor(metrics: readonly string[], grouping: Grouping, by: string | null): Promise<void> {
  for (let first = 0; first < metrics.length; first += atOnce) {
    const some = metrics.slice(first, first + atOnce);
    const rows = await rowsOf(library, 'query', ...some, ...groupedBy(by), '--as-of', '2026-10-31');
    for (const metric of some) answers[grouping].set(metric, rows);
  }
}

/** What has versions is read on a day of its interval, so that a grain asks for a period: one that holds all that there is. */
function groupedBy(by: string | null): readonly string[] {
  if (by === null) return [];
  return by === 'quarter' ? ['--by', by, '--period', '2010..2026', '--sparse'] : ['--by', by];
}

beforeAll(async () => {
  ask = await openDemo();
  await askFor(names, 'total', null);
  await askFor(names, 'quarter', 'quarter');
  for (const by of new Set(names.map(name => plain[name]?.by ?? null))) {
    if (by === null) continue;
    await askFor(
      names.filter(name => plain[name]?.by === by),
      'dimension',
      by,
    );
  }
}, 180_000);

/** What was asked beside a metric brings groups of its own: there the metric is what it is without rows. */
async function check(metric: string, grouping: Grouping): Promise<void> {
  const definition = plain[metric];
  if (definition === undefined) throw new Error(`no plain SQL for ${metric}`);
  const { groups, at } = await workOut(ask, definition, grouping);
  const column = grouping === 'total' ? null : grouping === 'quarter' ? 'quarter' : definition.by;
  const answered = new Map(
    answers[grouping]
      .get(metric)
      ?.map(row => [column === null ? 'all' : groupName(row[column]), toNumber(row[metric])]),
  );
  // A group without a row that counts is not there: it is zero, or nothing.
  expect(groups.filter(group => !answered.has(group) && (at(group) ?? 0) !== 0)).toEqual([]);
  const differing = [...answered].flatMap(([group, value]) => {
    // Rows without a date form a group of their own, which is held together with the total.
    if (grouping === 'quarter' && group === '(none)') return [];
    const expected = at(group);
    return isSame(value, expected) ? [] : [`${group}: ${value}, and not ${expected}`];
  });
  expect(differing).toEqual([]);
}

function isSame(value: number | null, expected: number | null): boolean {
  if (value === null || expected === null) return value === expected;
  return Math.abs(value - expected) <= 1e-9 * Math.max(1, Math.abs(value));
}

describe.each(names)('%s', metric => {
  test('in total', () => check(metric, 'total'));
  test('by quarter', () => check(metric, 'quarter'));
  if (plain[metric]?.by !== null) test('by its main dimension', () => check(metric, 'dimension'));
});

describe.each(Object.keys(questions))('%s of a period', name => {
  test('as plain SQL has it', async () => {
    const question = questions[name];
    if (question === undefined) throw new Error(`no question about ${name}`);
    const words = [...(question.by.length === 0 ? [] : ['--by', question.by.join(',')]), '--period', question.period];
    const where = question.where === undefined ? [] : ['--where', question.where];
    const rows = await rowsOf(library, 'query', name, ...words, ...where, '--as-of', '2026-10-31');
    const groupOf = (values: readonly (Field | undefined)[]) => values.map(groupName).join(' | ');
    const found = new Map(rows.map(row => [groupOf(question.by.map(column => row[column])), row[name] ?? null]));
    const expected = await ask(question.sql);
    expect(expected.length).toBeGreaterThan(0);
    const differing = expected.flatMap(row => {
      const group = groupOf(row.slice(0, -1));
      const [value, wanted] = [found.get(group) ?? null, row.at(-1) ?? null];
      found.delete(group);
      const isMissing = value === null && toNumber(wanted) === 0;
      return isMissing || isSameValue(value, wanted) ? [] : [`${group}: ${value}, and not ${wanted}`];
    });
    // A group that SQL does not have has no value, or nothing that was counted.
    const others = [...found].filter(([, value]) => value !== null && Number(value) !== 0);
    expect([differing, others]).toEqual([[], []]);
  });
});

function isSameValue(value: Field, wanted: Field): boolean {
  const isText = typeof wanted === 'string' && Number.isNaN(Number(wanted));
  return isText ? value === wanted : isSame(toNumber(value), toNumber(wanted));
}

test('every metric of the library is held against plain SQL, or by an example by hand', () => {
  const { model, documents } = readProject(library);
  const asked = documents.flatMap(({ tests }) => tests.flatMap(({ question }) => question?.metrics ?? []));
  const held = new Set([...names, ...Object.keys(questions), ...asked.map(({ text }) => text)]);
  // What goals and baselines give is held by their own tests.
  const own = Object.keys(model?.metrics ?? {}).filter(name => !name.includes('.'));
  expect(own.filter(name => !held.has(name))).toEqual([]);
});
