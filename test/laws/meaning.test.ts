/**
 * A law of meanings: where one word of a model is another and the metric still means the same, its SQL is the same too. Random
 * models, each with one leaf of their resolved form changed; what the planner reads and the meaning does not would show.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile, dialectNamed, type Model } from '../../compiler/index.ts';
import { meaningHash } from '../../runtime/meaning.ts';
import { modelOf, now } from '../oracle/check.ts';
import { count, type Gen } from '../oracle/generate/choose.ts';
import { generateWorld } from '../oracle/generate/world.ts';
import { forms } from '../oracle/generate/written.ts';

/** What people read, where it stands, and names, which mean nothing: changing them alone breaks what names them. */
const meaningless =
  /^(?:at|label|description|owner|text|formula|name|file|start|end|tags|covers|objective|status|good|format|version|tables|table|column|joins|join|to|key|entity|dimension|metric|goal|baseline|there|stored|type|kind|replacedBy|ends|isPercent|isPrivate|groups|time|currency|days|EUR|USD|[0-9]+|balanceWith|lens)$/;

const others: Readonly<Record<string, string>> = {
  month: 'quarter',
  quarter: 'month',
  day: 'week',
  week: 'day',
  year: 'half',
  half: 'year',
  sum: 'max',
  max: 'sum',
  avg: 'min',
  min: 'avg',
  first: 'last',
  last: 'first',
  add: 'subtract',
  subtract: 'add',
  less: 'less_or_equal',
  equal: 'unequal',
  across: 'within',
  within: 'across',
  linear: 'working_days',
};

interface Changed<T> {
  readonly value: T;
  readonly what: string;
}

/** A value with its nth leaf changed, and what that was; null behind the last. */
function changedAt<T>(given: T, nth: number): Changed<T> | null {
  let left = nth;
  let what: string | null = null;
  const value: T = JSON.parse(JSON.stringify(given), (key, leaf: unknown) => {
    if (typeof leaf === 'object' || meaningless.test(key)) return leaf;
    left -= 1;
    if (left !== -1) return leaf;
    const other = otherThan(leaf);
    what = `${key}: ${leaf} -> ${other}`;
    return other;
  });
  return what === null ? null : { value, what };
}

function otherThan(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  return typeof value === 'number' ? value + 1 : (others[String(value)] ?? `${value}1`);
}

/** One value for each leaf, that one changed. */
function* eachChanged<T>(given: T): Generator<Changed<T>> {
  for (let nth = 0; ; nth += 1) {
    const changed = changedAt(given, nth);
    if (changed === null) return;
    yield changed;
  }
}

const dialect = dialectNamed('duckdb');

function sqlOf(model: Model, metric: string, by: readonly string[]): string | null {
  if (dialect === null) throw new Error('no dialect');
  try {
    const { statement } = compile(model, { metrics: [metric], by, period: '2024-Q1' }, now, dialect);
    return statement === null ? null : JSON.stringify([statement.sql, statement.parameters]);
  } catch {
    return null;
  }
}

test('a metric that means the same is the same SQL', () => {
  let moved = 0;
  let kept = 0;
  const found: string[] = [];
  const compare = (model: Model, changed: Changed<Model>, metric: string) => {
    if (meaningHash(model, metric) !== meaningHash(changed.value, metric)) {
      moved += 1;
      return;
    }
    for (const by of [[], ['month']]) {
      const [before, after] = [sqlOf(model, metric, by), sqlOf(changed.value, metric, by)];
      if (before === null || after === null) continue;
      kept += 1;
      if (before !== after) found.push(`${metric}: ${changed.what}\n${before}\n${after}`);
    }
  };
  fc.assert(
    fc.property(fc.gen(), (g: Gen) => {
      const { model } = modelOf(generateWorld(g, forms).world);
      for (const metric of Object.values(model.metrics)) {
        for (const { value, what } of eachChanged(metric)) {
          const metrics = { ...model.metrics, [metric.name]: value };
          compare(model, { value: { ...model, metrics }, what }, metric.name);
        }
      }
      const { metrics: _, ...others } = model;
      for (let round = 0; round < 3; round += 1) {
        const changed = changedAt(others, count(g, 0, 150));
        if (changed === null) continue;
        const value = { ...changed.value, metrics: model.metrics };
        for (const metric of Object.keys(model.metrics)) compare(model, { ...changed, value }, metric);
      }
    }),
    { numRuns: 5, seed: 20_261_128 },
  );
  expect(found).toEqual([]);
  expect(moved).toBeGreaterThan(150);
  expect(kept).toBeGreaterThan(50);
});
