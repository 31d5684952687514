/**
 * In the mutated copy, before each test file: says which mutant is alive, and runs only the tests that come by it; or, in
 * a run without one, notes which mutants each test comes by.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeEach, expect } from 'vitest';

/** What is asked of a run. */
export interface Order {
  /** 0 is none. */
  readonly mutant: number;
  /** Where it is noted what tests come by, a file for each test file; null where nothing is. */
  readonly notes: string | null;
  /** Tests that are not run, by their ids. */
  readonly idle: readonly string[];
  /** After so many milliseconds a process of tests is ended, whatever it does. */
  readonly limit: number;
}

/** What the tests of a file come by. */
export interface Notes {
  readonly file: string;
  /** Outside its tests. */
  readonly outside: readonly number[];
  readonly tests: Readonly<Record<string, NotedTest>>;
}

export interface NotedTest {
  readonly name: string;
  readonly milliseconds: number;
  readonly reached: readonly number[];
}

interface State {
  active: number;
  fuel: number;
  reached: Set<number> | null;
}

declare global {
  var sextantMutants: State | undefined;
  var sextantWatch: Worker | undefined;
}

const order: Order = JSON.parse(readFileSync(process.env.SEXTANT_MUTANTS_ORDER ?? '', 'utf8'));
const reached = order.notes === null ? null : new Set<number>();
globalThis.sextantMutants = { active: order.mutant, fuel: 50_000_000, reached };

// A loop without end leaves no time to this thread, but to another.
const watch = `setTimeout(() => process.kill(${process.pid}, 'SIGKILL'), ${order.limit})`;
if (globalThis.sextantWatch === undefined) {
  globalThis.sextantWatch = new Worker(watch, { eval: true });
  globalThis.sextantWatch.unref();
}

const idle = new Set(order.idle);
const outside = new Set<number>();
const tests: Record<string, NotedTest> = {};
let began = 0;

beforeEach(({ task, skip }) => {
  if (idle.has(task.id)) skip();
  for (const each of reached ?? []) outside.add(each);
  reached?.clear();
  began = performance.now();
});

afterEach(({ task }) => {
  tests[task.id] = { name: task.name, milliseconds: performance.now() - began, reached: [...(reached ?? [])] };
  reached?.clear();
});

afterAll(() => {
  if (order.notes === null) return;
  for (const each of reached ?? []) outside.add(each);
  const file = expect.getState().testPath ?? '';
  const notes: Notes = { file, outside: [...outside], tests };
  writeFileSync(
    path.join(order.notes, `${createHash('sha256').update(file).digest('hex').slice(0, 16)}.json`),
    JSON.stringify(notes),
  );
});
