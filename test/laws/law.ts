/**
 * A law: what must hold between the answers to several questions, whatever the world. Worlds and questions are made at
 * random from a fixed seed until the law has held so many times; what is refused does not count. `SEXTANT_SEED` chooses
 * other cases (`random`, or a number), `SEXTANT_RUNS` how many.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { dialectNamed, type Model, referencesOf } from '../../compiler/index.ts';
import { type Engine, modelOf } from '../oracle/check.ts';
import { chance, count, type Gen } from '../oracle/generate/choose.ts';
import { type GeneratedWorld, generateWorld } from '../oracle/generate/world.ts';
import type { Form, Written } from '../oracle/generate/written.ts';
import type { Worlds } from '../oracle/warehouse.ts';
import { Asker, Broken, Refused } from './asker.ts';
import { forms } from './forms.ts';

/** A world with the metrics of it that are sound. */
export interface Scene {
  readonly world: GeneratedWorld;
  readonly model: Model;
  readonly metrics: Readonly<Record<string, Written>>;
}

/** Asks, and throws `Broken` where the law does not hold: gives the number of cases in which it did, 0 where nothing was claimed after all. */
export type Claim = (asker: Asker) => Promise<number>;

export interface Law {
  readonly name: string;
  readonly seed: number;
  /** How many cases are tried on each engine; none where the engine has no part in the law. */
  readonly cases: { readonly duckdb: number; readonly postgres: number };
  /** What the metrics of its worlds are made of; all forms without it. */
  readonly forms?: readonly Form[];
  /** How long a metric's formula may be, with all that it names, where the law is about long ones. */
  readonly longest?: number;
  /** Metrics that it writes beside those of the world. */
  readonly also?: (g: Gen, metrics: Readonly<Record<string, Written>>) => Readonly<Record<string, Written>>;
  /** A case; null where the law claims nothing of what was chosen. */
  readonly claim: (g: Gen, scene: Scene) => Claim | null;
}

const claimsPerWorld = 8;

/** Longer metrics, with all that they name, are the oracle's business: many short questions say more about most laws. */
const longestFormula = 160;

const { SEXTANT_RUNS: runs = '', SEXTANT_SEED: seed = '' } = process.env;

class Tally {
  held = 0;
  unclaimed = 0;
  refused = 0;
  readonly codes = new Map<string, number>();

  refuse(codes: readonly string[]): void {
    this.refused += 1;
    for (const code of new Set(codes)) this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
  }

  text(): string {
    const codes = [...this.codes].map(([code, times]) => ` ${code} ${times}`).join(',');
    return `${this.held} held, ${this.refused} refused${codes}, ${this.unclaimed} not claimed`;
  }
}

interface Failure {
  readonly claim: Claim;
  readonly scene: Scene;
  readonly problem: Broken;
}

export function testLaws(name: 'duckdb' | 'postgres', open: () => Promise<Worlds>, laws: readonly Law[]): void {
  describe(name, () => {
    let engine: Engine;

    beforeAll(async () => {
      const dialect = dialectNamed(name);
      if (dialect === null) throw new Error(`no dialect ${name}`);
      engine = { warehouse: await open(), dialect };
    });

    const here = laws.filter(law => law.cases[name] > 0).map(law => [law.name, law] as const);
    test.each(here)('%s', { timeout: 3_600_000 }, async (_, law) => {
      const wanted = runs === '' ? law.cases[name] : Number(runs);
      const tally = new Tally();
      let failure: Failure | null = null;
      const run = await fc.check(
        fc.asyncProperty(fc.gen(), async g => {
          if (tally.held >= wanted) return;
          const scene = sceneOf(g, law);
          if (Object.keys(scene.metrics).length === 0) return;
          await engine.warehouse.fill(scene.world);
          for (let index = 0; index < claimsPerWorld && tally.held < wanted; index += 1) {
            const claim = law.claim(g, scene);
            const problem = claim === null ? 'unclaimed' : await tried(claim, scene.world, engine);
            if (claim === null || problem === 'unclaimed' || problem === 0) tally.unclaimed += 1;
            else if (typeof problem === 'number') tally.held += problem;
            else if (problem instanceof Refused) tally.refuse(problem.codes);
            else {
              failure = { claim, scene, problem };
              throw problem;
            }
          }
        }),
        { numRuns: wanted * 2, endOnFailure: true, seed: seedOf(law.seed) },
      );
      console.log(`${name}: ${law.name}: ${tally.text()}`);
      if (run.failed)
        throw new Error(`seed ${run.seed}: ${failure === null ? run.errorInstance : await told(failure, engine)}`);
      expect(tally.held).toBeGreaterThanOrEqual(wanted);
      expect(tally.held).toBeGreaterThan(tally.refused);
    });
  });
}

function seedOf(start: number): number {
  if (seed === 'random') return Math.floor(Math.random() * 2 ** 31);
  return seed === '' ? start : Number(seed);
}

function sceneOf(g: Gen, { forms: allowed = forms, longest = longestFormula, also }: Law): Scene {
  const { world, metrics } = generateWorld(g, allowed);
  const more = also === undefined ? {} : also(g, metrics);
  const written = Object.entries(more).map(([name, { text }]) => [name, { formula: text }] as const);
  const whole = withMetrics(world, Object.fromEntries(written));
  const named = Object.entries(more).map(([name, each]) => [name, { ...each, text: name }] as const);
  const { model } = modelOf(whole);
  const isShort = (name: string) => Object.hasOwn(model.metrics, name) && lengthOf(name, model) <= longest;
  const sound = [...Object.entries(metrics), ...named].filter(([name]) => isShort(name));
  return { world: whole, model, metrics: Object.fromEntries(sound) };
}

/** How long a metric's formula would be without names of others. */
function lengthOf(name: string, model: Model): number {
  const { formula, expression } = model.metrics[name] ?? failed(name);
  return referencesOf(expression).reduce((sum, other) => sum + lengthOf(other, model), formula.length);
}

function failed(name: string): never {
  throw new Error(`no metric ${name}`);
}

/** A world with more metrics. */
export function withMetrics(
  world: GeneratedWorld,
  more: Readonly<Record<string, { readonly formula: string }>>,
): GeneratedWorld {
  const { metrics } = world.definitions;
  return { ...world, definitions: { ...world.definitions, metrics: { ...asRecord(metrics), ...more } } };
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** Some of several, at least one, in any order. */
export function chosen<T>(g: Gen, options: readonly T[], most: number): readonly T[] {
  const mixed = shuffled(g, options);
  const kept = mixed.filter((_, index) => index === 0 || chance(g, 60));
  return kept.slice(0, most);
}

export function shuffled<T>(g: Gen, options: readonly T[]): readonly T[] {
  const left = [...options];
  return options.flatMap(() => left.splice(count(g, 0, left.length - 1), 1));
}

async function tried(claim: Claim, world: GeneratedWorld, engine: Engine): Promise<number | Refused | Broken> {
  const asker = new Asker(engine, world);
  try {
    return await claim(asker);
  } catch (error) {
    if (error instanceof Refused || error instanceof Broken) return error;
    throw error;
  } finally {
    if (asker.isDirty) await engine.warehouse.fill(world);
  }
}

/** The failure with as few rows as it takes, and all that was asked. */
async function told({ claim, scene, problem }: Failure, engine: Engine): Promise<string> {
  const until = Date.now() + 60_000;
  let best = { world: scene.world, problem };
  const isBroken = async (world: GeneratedWorld): Promise<boolean> => {
    await engine.warehouse.fill(world);
    const found = await tried(claim, world, engine);
    if (!(found instanceof Broken)) return false;
    best = { world, problem: found };
    return true;
  };
  for (const table of Object.keys(scene.world.rows)) {
    for (let size = best.world.rows[table]?.length ?? 0; size > 0; size = Math.floor(size / 2)) {
      for (let from = 0; from < (best.world.rows[table]?.length ?? 0) && Date.now() < until; ) {
        const rows = (best.world.rows[table] ?? []).toSpliced(from, size);
        const isLess = await isBroken({ ...best.world, rows: { ...best.world.rows, [table]: rows } });
        if (!isLess) from += size;
      }
    }
  }
  await engine.warehouse.fill(best.world);
  const asker = new Asker(engine, best.world);
  await claim(asker).catch(() => {});
  const { definitions, rows } = best.world;
  const project = { metrics: definitions.metrics, calendar: definitions.calendar, zone: definitions.time_zone };
  const given = Object.entries(rows).filter(([, each]) => each.length > 0);
  const lines = [project, definitions.tables, Object.fromEntries(given)].map(each => JSON.stringify(each));
  return [best.problem.message, ...lines, ...asker.asked].join('\n');
}
