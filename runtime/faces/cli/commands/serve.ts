/** `metrics serve`: the project over HTTP, until it is interrupted. */
import { EngineError, openProject, Refusal, readProject } from '../../../index.ts';
import { type ExitCode, exit, exitOf } from '../exit.ts';
import type { CommonOptions } from '../options.ts';
import { projectFolder, tell } from '../project.ts';
import type { Terminal } from '../terminal.ts';

export interface ServeOptions extends CommonOptions {
  readonly port: number;
  readonly host: string;
  readonly profile?: string;
}

export async function serve(options: ServeOptions, terminal: Terminal): Promise<ExitCode> {
  const folder = projectFolder(options, terminal);
  const { sessionLimits, startServer } = await import('../../http/index.ts');
  const { declaration } = readProject(folder, []);
  try {
    const session = await openProject(folder, {
      profile: options.profile,
      limits: sessionLimits(declaration?.serve ?? null),
      onBuild: build => {
        if (build.kind === 'failed') tell(build.diagnostics, build.sources, options, terminal);
        else terminal.err(`the project is read anew: model ${build.model}\n`);
      },
    });
    try {
      const { host, port } = options;
      const server = await startServer(session, { host, port, log: terminal.err });
      terminal.out(`listening on http://${host.includes(':') ? `[${host}]` : host}:${server.port}\n`);
      await interrupted(terminal.signal);
      await server.close();
      return exit.fine;
    } finally {
      await session.close();
    }
  } catch (error) {
    if (error instanceof Refusal) {
      tell(error.diagnostics, error.sources, options, terminal);
      return exitOf(error.diagnostics);
    }
    if (!(error instanceof EngineError)) throw error;
    tell([error.diagnostic], readProject(folder, []).sources, options, terminal);
    return exit.usage;
  }
}

/** By Ctrl-C, or by whatever supervises the process. */
async function interrupted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>(resolve => {
    const end = () => {
      process.off('SIGTERM', end);
      resolve();
    };
    signal.addEventListener('abort', end, { once: true });
    process.once('SIGTERM', end);
  });
}
