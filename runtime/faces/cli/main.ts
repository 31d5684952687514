#!/usr/bin/env node
/** The command `metrics`: words in, an exit code out. 0 fine, 1 findings, 2 wrong usage or configuration, 3 the environment. */
import { runProgram } from './program.ts';
import { terminal } from './terminal.ts';

/** Reading a closed pipe (`metrics query ... | head`) is no fault of ours. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

runProgram(process.argv.slice(2), terminal()).then(
  code => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`metrics: a fault of the program itself; please report it with what led to it\n${detail}\n`);
    process.exitCode = 3;
  },
);
