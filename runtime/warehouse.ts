/** Profiles: which engine a project's warehouse is, and opening it. Secrets come from the environment and go nowhere else. */
import path from 'node:path';
import {
  allOf,
  type Dialect,
  dialectNamed,
  dialectNames,
  didYouMean,
  filesFolder,
  nearest,
  oneOf,
  type ProfileDeclaration,
  type ProjectDeclaration,
  profileWrong,
  type Span,
  spanOf,
} from '../compiler/index.ts';
import { EngineError, type StreamingEngine } from './engine.ts';

/** A profile with its paths made absolute; without one in the project, DuckDB in memory over the project's own folder. */
export interface Profile {
  readonly name: string;
  readonly engine: string;
  readonly file: string | null;
  readonly folder: string;
  /** The paths as the project writes them, and the places of the path and the engine, for findings. */
  readonly written: {
    readonly file: string;
    readonly folder: string;
    readonly at: Span | null;
    readonly engineAt: Span | null;
  };
  /** Of an engine that is a server, how to reach it. It may hold a password. */
  readonly url: string | null;
}

/** The profile of that name, or the default one; throws an `EngineError` where there is none. */
export function profileOf(folder: string, project: ProjectDeclaration | null, name: string | null): Profile {
  const profiles = project?.profiles ?? [];
  const wanted =
    name ?? project?.defaultProfile?.text ?? (profiles.length === 1 ? profiles[0]?.name.text : undefined) ?? null;
  if (project === null || (wanted === null && profiles.length === 0)) {
    const written = { file: '', folder: filesFolder(null), at: null, engineAt: null };
    return { name: 'memory', engine: 'duckdb', file: null, folder, written, url: null };
  }
  const found = profiles.find(profile => profile.name.text === wanted);
  if (found !== undefined) return absolute(found, folder, project.file);
  const names = profiles.map(profile => profile.name.text);
  const span =
    name === null && project.defaultProfile !== null ? spanOf(project.file, project.defaultProfile.at) : null;
  const detail =
    wanted === null
      ? 'the project has several warehouse profiles and no `default`'
      : `there is no warehouse profile \`${wanted}\``;
  throw new EngineError(profileWrong(span, { detail, help: otherProfiles(wanted, names) }));
}

function otherProfiles(wanted: string | null, names: readonly string[]): string {
  if (names.length === 0)
    return 'the project has no profiles: leave `--profile` out, or write `warehouse: { profiles: ... }` in metrics.yaml';
  if (wanted === null) return `choose one with \`--profile\`, or write \`default: ${names[0]}\``;
  return didYouMean(nearest(wanted, names)) ?? `the project has ${allOf(names)}`;
}

function absolute(profile: ProfileDeclaration, folder: string, file: string): Profile {
  const { name, engine, path: database, files, url } = profile;
  const at = (word: { readonly at: readonly [number, number] }) => spanOf(file, word.at);
  return {
    name: name.text,
    engine: engine?.text ?? 'duckdb',
    file: database === null ? null : path.resolve(folder, withEnvironment(database.text, at(database))),
    folder: files === null ? folder : path.resolve(folder, withEnvironment(files.text, at(files))),
    written: {
      file: `\`${database?.text ?? ''}\``,
      folder: filesFolder(profile),
      at: at(database ?? name),
      engineAt: at(engine ?? name),
    },
    url: url === null ? null : withEnvironment(url.text, at(url)),
  };
}

/** `${env:NAME}` replaced by the environment's value. */
function withEnvironment(text: string, at: Span): string {
  return text.replace(/\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
    const value = process.env[name];
    if (value !== undefined) return value;
    const detail = `the environment has no \`${name}\`, which the warehouse profile names`;
    throw new EngineError(profileWrong(at, { detail, help: `set it: \`export ${name}=...\`` }));
  });
}

/** The dialect of a profile's engine; throws an `EngineError` where this version has none. */
export function dialectOf(profile: Profile): Dialect {
  const dialect = dialectNamed(profile.engine);
  if (dialect === null) throw noSuchEngine(profile);
  return dialect;
}

function noSuchEngine({ name, engine, written }: Profile): EngineError {
  const detail = `the engine \`${engine}\` of the profile \`${name}\` is not in this version yet`;
  return new EngineError(profileWrong(written.engineAt, { detail, help: `this version has ${oneOf(dialectNames)}` }));
}

/** Engines are loaded when one is opened: their drivers are large, and most commands need none. */
export async function openWarehouse(profile: Profile): Promise<StreamingEngine> {
  const { name, engine, file, folder, written } = profile;
  switch (engine) {
    case 'duckdb': {
      const { openDuckDB } = await import('./engines/duckdb/index.ts');
      return openDuckDB({ profile: name, file, folder, written });
    }
    case 'postgres': {
      const { openPostgres } = await import('./engines/postgres/index.ts');
      return openPostgres({ profile: name, url: profile.url });
    }
    default:
      throw noSuchEngine(profile);
  }
}
