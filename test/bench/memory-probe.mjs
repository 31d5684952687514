// Loaded before a program with `node --import`: says on the error stream how much memory the process held at its peak.
import { readFileSync, writeSync } from 'node:fs';

process.on('exit', () => writeSync(2, `peak memory ${peakBytes()}\n`));

/** Linux hands the peak of a process on to those that it starts, except in its own table of the running process. */
function peakBytes() {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // Another system: what it reports itself will do.
  }
  return process.resourceUsage().maxRSS * 1024;
}
