/** The second look, in a process of its own: the tests of the mutated copy, run in one vitest that lives on. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createVitest, type TestModule } from 'vitest/node';
import type { Order } from './reach.ts';

/** What the process is asked, one at a time. */
export interface SuiteRequest {
  readonly files: readonly string[];
  readonly order: Order;
}

export interface SuiteFile {
  readonly file: string;
  readonly milliseconds: number;
  /** Ids of the tests that failed. */
  readonly failed: readonly string[];
  /** What went wrong in the words of the first failure, or outside of all tests; null where nothing did. */
  readonly problem: string | null;
}

const [folder = '', orderFile = ''] = process.argv.slice(2);
process.env.SEXTANT_MUTANTS_ORDER = orderFile;

const vitest = await createVitest(
  'test',
  {
    root: folder,
    watch: false,
    run: true,
    reporters: [{}],
    silent: true,
    maxWorkers: 1,
    fileParallelism: false,
    bail: 0,
    testTimeout: 120_000,
  },
  { logLevel: 'silent' },
);
const specifications = await vitest.globTestSpecifications();

async function run({ files, order }: SuiteRequest): Promise<readonly SuiteFile[]> {
  writeFileSync(orderFile, JSON.stringify(order));
  vitest.config.bail = order.notes === null ? 1 : 0;
  for (const { config } of vitest.projects) config.bail = vitest.config.bail;
  const done: SuiteFile[] = [];
  for (const file of files) {
    const wanted = specifications.filter(({ moduleId }) => path.relative(folder, moduleId) === file);
    const began = performance.now();
    const run = await vitest.runTestSpecifications(wanted);
    // What is known of files that ran before is told again.
    const testModules = run.testModules.filter(({ moduleId }) => path.relative(folder, moduleId) === file);
    const failed = testModules.flatMap(failedIn);
    const first = failed[0]?.text ?? testModules.flatMap(each => each.errors())[0]?.message ?? null;
    const outside = run.unhandledErrors.length === 0 ? null : String(run.unhandledErrors[0]);
    const milliseconds = performance.now() - began;
    const problem = first ?? outside ?? (testModules.length === 0 ? 'nothing was run' : null);
    done.push({ file, milliseconds, failed: failed.map(({ id }) => id), problem });
    if (problem !== null && order.notes === null) break;
  }
  return done;
}

function failedIn(module: TestModule): readonly { readonly id: string; readonly text: string }[] {
  return [...module.children.allTests('failed')].map(test => ({
    id: test.id,
    text: `${test.fullName}: ${test.result().errors?.[0]?.message.split('\n')[0] ?? ''}`,
  }));
}

process.on('message', (request: SuiteRequest) => {
  run(request).then(
    reply => process.send?.(JSON.stringify({ reply })),
    (error: unknown) => process.send?.(JSON.stringify({ error: String(error) })),
  );
});
process.on('disconnect', () => {
  vitest.close().finally(() => process.exit(0));
});
process.send?.('ready');
