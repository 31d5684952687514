/** Profiles: which engine a project's warehouse is, and opening it. Secrets come from the environment and go nowhere else. */
import path from 'node:path';
import {
  didYouMean,
  nearest,
  type ProfileDeclaration,
  type ProjectDeclaration,
  profileWrong,
  spanOf,
} from '../compiler/index.ts';
import { type Engine, EngineError } from './engine.ts';

/** A profile with its paths made absolute; without one in the project, DuckDB in memory over the project's own folder. */
export interface Profile {
  readonly name: string;
  readonly engine: string;
  readonly file: string | null;
  readonly folder: string;
  /** Of an engine that is a server, how to reach it. It may hold a password. */
  readonly url: string | null;
}

/** The profile of that name, or the default one; throws an `EngineError` where there is none. */
export function profileOf(folder: string, project: ProjectDeclaration | null, name: string | null): Profile {
  const profiles = project?.profiles ?? [];
  const wanted =
    name ?? project?.defaultProfile?.text ?? (profiles.length === 1 ? profiles[0]?.name.text : undefined) ?? null;
  if (wanted === null && profiles.length === 0)
    return { name: 'memory', engine: 'duckdb', file: null, folder, url: null };
  const found = profiles.find(profile => profile.name.text === wanted);
  if (found !== undefined) return absolute(found, folder);
  const names = profiles.map(profile => profile.name.text);
  const span =
    name === null && project?.defaultProfile != null ? spanOf(project.file, project.defaultProfile.at) : null;
  const detail =
    wanted === null
      ? 'the project has several warehouse profiles and no `default`'
      : `there is no warehouse profile \`${wanted}\``;
  const help =
    (wanted === null ? undefined : didYouMean(nearest(wanted, names))) ?? `the profiles are ${names.join(', ')}`;
  throw new EngineError(profileWrong(span, { detail, help }));
}

function absolute(profile: ProfileDeclaration, folder: string): Profile {
  return {
    name: profile.name.text,
    engine: profile.engine?.text ?? 'duckdb',
    file: profile.path === null ? null : path.resolve(folder, withEnvironment(profile.path.text)),
    folder: profile.files === null ? folder : path.resolve(folder, withEnvironment(profile.files.text)),
    url: profile.url === null ? null : withEnvironment(profile.url.text),
  };
}

/** `${env:NAME}` replaced by the environment's value. */
function withEnvironment(text: string): string {
  return text.replace(/\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
    const value = process.env[name];
    if (value === undefined)
      throw new EngineError(
        profileWrong(null, { detail: `the environment has no \`${name}\`, which the warehouse profile names` }),
      );
    return value;
  });
}

/** Engines are loaded when one is opened: their drivers are large, and most commands need none. */
export async function openWarehouse(profile: Profile): Promise<Engine> {
  switch (profile.engine) {
    case 'duckdb': {
      const { openDuckDB } = await import('./engines/duckdb/index.ts');
      return openDuckDB({ profile: profile.name, file: profile.file, folder: profile.folder });
    }
    case 'postgres': {
      const { openPostgres } = await import('./engines/postgres/index.ts');
      return openPostgres({ profile: profile.name, url: profile.url });
    }
    default: {
      const detail = `the engine \`${profile.engine}\` of the profile \`${profile.name}\` is not in this version yet`;
      throw new EngineError(profileWrong(null, { detail, help: 'DuckDB and PostgreSQL are; the other will follow' }));
    }
  }
}
