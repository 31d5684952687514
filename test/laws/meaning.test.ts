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
  /^(?:at|label|description|owner|text|formula|name|file|start|end|tags|covers|objective|status|good|format|version|tables|table|column|joins|join|to|key|entity|dimension|metric|goal|baseline|there|stored|type|kind|replacedBy|ends|balanceWith|lens)$/;

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

/** A model with its nth leaf changed, and what that was; null behind the last. */
function changedAt(text: string, nth: number): { readonly model: Model; readonly what: string } | null {
  let left = nth;
  let what: string | null = null;
  const model: Model = JSON.parse(text, (key, value: unknown) => {
    if (typeof value === 'object' || meaningless.test(key)) return value;
    left -= 1;
    if (left !== -1) return value;
    const other = otherThan(value);
    what = `${key}: ${value} -> ${other}`;
    return other;
  });
  return what === null ? null : { model, what };
}

function otherThan(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  return typeof value === 'number' ? value + 1 : (others[String(value)] ?? `${value}1`);
}

function leavesOf(text: string): number {
  let leaves = 0;
  JSON.parse(text, (key, value: unknown) => {
    if (typeof value !== 'object' && !meaningless.test(key)) leaves += 1;
    return value;
  });
  return leaves;
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
  fc.assert(
    fc.property(fc.gen(), (g: Gen) => {
      const { world } = generateWorld(g, forms);
      const { model } = modelOf(world);
      const text = JSON.stringify(model);
      const leaves = leavesOf(text);
      for (let round = 0; round < 30; round += 1) {
        const changed = changedAt(text, count(g, 0, leaves - 1));
        if (changed === null) continue;
        for (const metric of Object.keys(model.metrics)) {
          if (meaningHash(model, metric) !== meaningHash(changed.model, metric)) {
            moved += 1;
            continue;
          }
          const by = round % 2 === 0 ? [] : ['month'];
          const [before, after] = [sqlOf(model, metric, by), sqlOf(changed.model, metric, by)];
          if (before === null || after === null) continue;
          kept += 1;
          if (before !== after) found.push(`${metric}: ${changed.what}\n${before}\n${after}`);
        }
      }
    }),
    { numRuns: 3, seed: 20_261_128 },
  );
  expect(found).toEqual([]);
  expect(moved).toBeGreaterThan(20);
  expect(kept).toBeGreaterThan(150);
});
