/**
 * The second look, in a process of its own: tests of the mutated copy, run in one vitest that lives on. The files of a run
 * share a process, which no other run sees: constants are made anew for each mutant.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createVitest, type TestModule, type TestSpecification } from 'vitest/node';
import type { Order } from './reach.ts';

export interface SuiteRequest {
  /** In the order in which they are run. */
  readonly files: readonly string[];
  readonly order: Order;
}

export interface SuiteReply {
  /** Ids of the tests that failed. */
  readonly failed: readonly string[];
  /** The first failure in words, or what went wrong outside of all tests; null where nothing did. */
  readonly problem: string | null;
}

const [folder = '', orderFile = ''] = process.argv.slice(2);
process.env.SEXTANT_MUTANTS_ORDER = orderFile;

class AsGiven {
  shard(files: TestSpecification[]): TestSpecification[] {
    return files;
  }

  sort(files: TestSpecification[]): TestSpecification[] {
    return files;
  }
}

const vitest = await createVitest(
  'test',
  {
    root: folder,
    watch: false,
    run: true,
    reporters: [{}],
    silent: true,
    isolate: false,
    maxWorkers: 1,
    fileParallelism: false,
    sequence: { sequencer: AsGiven },
    testTimeout: 120_000,
    teardownTimeout: 5000,
  },
  { logLevel: 'silent' },
);
const specifications = new Map<string, TestSpecification>();
for (const each of await vitest.globTestSpecifications())
  specifications.set(path.relative(folder, each.moduleId), each);

async function answer({ files, order }: SuiteRequest): Promise<SuiteReply> {
  writeFileSync(orderFile, JSON.stringify(order));
  for (const config of [vitest.config, ...vitest.projects.map(project => project.config)])
    config.bail = order.notes === null ? 1 : 0;
  const failed: string[] = [];
  let problem: string | null = null;
  for (const server of ['plain', 'server']) {
    const wanted = files
      .flatMap(file => specifications.get(file) ?? [])
      .filter(({ project }) => project.name === server);
    if (wanted.length === 0 || (problem !== null && order.notes === null)) continue;
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(wanted);
    // What is known of files that ran before is told again.
    const modules = testModules.filter(({ moduleId }) => files.includes(path.relative(folder, moduleId)));
    const failures = modules.flatMap(failuresIn);
    failed.push(...failures.map(({ id }) => id));
    const outside = unhandledErrors[0];
    problem ??= failures[0]?.text ?? (outside instanceof Error ? outside.message : null);
    if (modules.length === 0) problem ??= 'nothing was run';
  }
  return { failed, problem };
}

function failuresIn(module: TestModule): readonly { readonly id: string; readonly text: string }[] {
  const file = path.relative(folder, module.moduleId);
  const tests = [...module.children.allTests('failed')].map(test => ({
    id: test.id,
    text: `${file} ${test.fullName}: ${test.result().errors?.[0]?.message.split('\n')[0] ?? ''}`,
  }));
  return [...tests, ...module.errors().map(({ message }) => ({ id: module.id, text: `${file}: ${message}` }))];
}

process.on('message', (request: SuiteRequest) => {
  answer(request).then(
    reply => process.send?.(JSON.stringify({ reply })),
    (error: unknown) => process.send?.(JSON.stringify({ reply: { failed: [], problem: `the run broke: ${error}` } })),
  );
});
process.on('disconnect', () => {
  vitest.close().finally(() => process.exit(0));
});
process.send?.('ready');
