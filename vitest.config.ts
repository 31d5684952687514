import { defineConfig } from 'vitest/config';

/** Tests that ask a PostgreSQL server: it is started when one of them runs, and not for the others. */
const onServer = ['test/cases/**/*.test.ts', 'test/client/engines.test.ts', 'test/engines/{functions,parquet,postgres,streams}.test.ts', 'test/library/postgres.test.ts', 'test/oracle/**/*.test.ts', 'test/laws/postgres.test.ts', 'test/probe/postgres.test.ts', 'test/scorecard/postgres.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    passWithNoTests: false,
    projects: [
      { extends: true, test: { name: 'plain', include: ['test/**/*.test.ts'], exclude: onServer } },
      {
        extends: true,
        test: { name: 'server', include: onServer, globalSetup: ['test/support/postgres-server.ts'] },
      },
    ],
  },
});
