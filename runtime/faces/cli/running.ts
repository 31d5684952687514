/** What commands that ask the warehouse of a whole project share: its profile, its engine, and when to give up. */
import {
  defaultTimeoutMs,
  type Engine,
  EngineError,
  openWarehouse,
  profileOf,
  type SoundProject,
} from '../../index.ts';
import { type ExitCode, exitOf } from './exit.ts';
import type { RunningOptions } from './options.ts';
import { tell } from './project.ts';
import type { Terminal } from './terminal.ts';

/** Opens the warehouse for some work. What it refuses is told, and its exit code given. */
export async function withWarehouse(
  project: SoundProject,
  options: Pick<RunningOptions, 'profile' | 'timeout' | 'color'>,
  terminal: Terminal,
  work: (engine: Engine, limits: { readonly signal: AbortSignal; readonly timeoutMs: number }) => Promise<ExitCode>,
): Promise<ExitCode> {
  const timeoutMs = (options.timeout ?? defaultTimeoutMs / 1000) * 1000;
  try {
    const engine = await openWarehouse(profileOf(project.folder, project.declaration, options.profile ?? null));
    try {
      return await work(engine, { signal: terminal.signal, timeoutMs });
    } finally {
      await engine.close();
    }
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    tell([error.diagnostic], project.sources, options, terminal);
    return exitOf([error.diagnostic]);
  }
}
