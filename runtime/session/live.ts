/**
 * The project as it stands in its folder: read anew when a file changes. What cannot be used never takes the place of what
 * can: the last good one goes on answering, and the findings are there for whoever wants to know.
 */
import { badFile, type Diagnostic, type Source } from '../../compiler/index.ts';
import { EngineError } from '../engine.ts';
import { isSound, projectFile, readProject } from '../project.ts';
import { profileOf } from '../warehouse.ts';
import { watchFolder } from '../watch.ts';
import { Loaded } from './loaded.ts';
import { Refusal } from './refusal.ts';

/** What came of reading the project once more. */
export type Build =
  | { readonly kind: 'good'; readonly model: string }
  | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[]; readonly sources: readonly Source[] };

export interface LiveOptions {
  readonly folder: string;
  readonly profile: string | null;
  readonly onBuild: (build: Build) => void;
}

export class LiveProject {
  /** What answers are given from. */
  loaded: Loaded;
  /** Why the files as they stand are not used; null where they are. */
  problem: Refusal | null = null;
  /** How often the project has been read and used, or read in vain. */
  readonly builds = { good: 0, failed: 0 };
  private lastRead: string;

  /** Throws a `Refusal` where there is nothing yet to go on with. */
  constructor(private readonly options: LiveOptions) {
    this.lastRead = this.written();
    this.loaded = this.read();
    this.builds.good += 1;
  }

  /** Reads what has changed, until the signal ends it. */
  async watch(signal: AbortSignal): Promise<void> {
    await watchFolder(this.options.folder, signal, async () => this.refresh());
  }

  refresh(): void {
    try {
      const written = this.written();
      if (written === this.lastRead) return;
      this.lastRead = written;
      const loaded = this.read();
      this.loaded.retire();
      this.loaded = loaded;
      this.problem = null;
      this.builds.good += 1;
      this.options.onBuild({ kind: 'good', model: loaded.hash });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.problem = error;
      this.builds.failed += 1;
      this.options.onBuild({ kind: 'failed', diagnostics: error.diagnostics, sources: error.sources });
    }
  }

  /** The texts of the project. Data files may change without them, and nothing needs to be resolved then. */
  private written(): string {
    return this.reading(() => JSON.stringify(readProject(this.options.folder, []).sources));
  }

  private read(): Loaded {
    const { folder, profile } = this.options;
    return this.reading(() => {
      const project = readProject(folder);
      if (!isSound(project)) throw new Refusal(project.diagnostics, project.sources);
      try {
        return new Loaded(project, profileOf(project.folder, project.declaration, profile));
      } catch (error) {
        if (error instanceof EngineError) throw new Refusal([error.diagnostic], project.sources);
        throw error;
      }
    });
  }

  /** A folder that cannot be read, or is gone, is a finding like others. */
  private reading<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      throw new Refusal([badFile(null, { file: projectFile, detail: 'the folder of the project cannot be read' })], []);
    }
  }
}
