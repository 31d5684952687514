/** What a project says of limits, as those of a session. */
import type { ServeDeclaration, ServeLimit } from '../../../compiler/index.ts';
import type { SessionLimits } from '../../index.ts';

const megabyte = 1024 * 1024;

/** For each limit of a session, its name in the project file and how many of its units one of that is. */
const limits: Readonly<Record<keyof SessionLimits, readonly [ServeLimit, number]>> = {
  atOnce: ['at_once', 1],
  waiting: ['waiting', 1],
  streams: ['streams', 1],
  timeoutMs: ['seconds', 1000],
  maxRows: ['rows', 1],
  maxBytes: ['megabytes', megabyte],
  cacheBytes: ['cache_megabytes', megabyte],
  freshMs: ['fresh_seconds', 1000],
};

/** Those that are said. A server gives up sooner than a command: whoever asks it has long left after a minute. */
export function sessionLimits(serve: ServeDeclaration | null): Partial<SessionLimits> {
  const said = Object.entries(limits).flatMap(([name, [written, factor]]) => {
    const value = serve?.limits[written];
    return value === undefined ? [] : [[name, value * factor] as const];
  });
  return { timeoutMs: 60_000, ...Object.fromEntries(said) };
}
