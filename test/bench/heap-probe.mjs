// Loaded into a process by `--expose-gc --import`: whenever SIGUSR2 comes, its memory in bytes after everything that nobody uses
// has been collected.
import { writeSync } from 'node:fs';

process.on('SIGUSR2', () => {
  // What finalizers let go is collected the second time.
  setImmediate(() => {
    globalThis.gc();
    setImmediate(() => {
      globalThis.gc();
      const { heapUsed, external, arrayBuffers, rss } = process.memoryUsage();
      writeSync(2, `memory ${JSON.stringify({ heapUsed, external, arrayBuffers, rss })}\n`);
    });
  });
});
