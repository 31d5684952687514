/** What every command needs of a project: finding it, reading it, and saying what is wrong with it. */
import { statSync } from 'node:fs';
import path from 'node:path';
import {
  type Diagnostic,
  didYouMean,
  type Model,
  metricsNamed,
  type Now,
  nearest,
  own,
  parseDay,
  type Query,
  querySources,
  type Role,
  type RowsQuery,
  type Source,
} from '../../../compiler/index.ts';
import {
  endOf,
  findProject,
  isSound,
  nowIn,
  type Project,
  projectFile,
  readProject,
  type SoundProject,
} from '../../index.ts';
import { type ExitCode, exitOf, UsageError } from './exit.ts';
import { prettyFindings } from './format/pretty.ts';
import { type CommonOptions, listItems, type QueryOptions } from './options.ts';
import { painter, type Terminal } from './terminal.ts';

/** The folder of a command's project; throws a `UsageError` where there is none. */
export function projectFolder(options: CommonOptions, terminal: Terminal): string {
  const start = path.resolve(terminal.cwd, options.project ?? '.');
  const folder = options.project === undefined ? findProject(start) : findProject(start) === start ? start : null;
  if (folder !== null) return folder;
  if (options.project !== undefined && statSync(start, { throwIfNoEntry: false })?.isFile() === true)
    throw new UsageError(`${options.project} is a file`, 'name the folder that it stands in');
  const where = options.project === undefined ? 'here or in a folder above' : `in ${options.project}`;
  throw new UsageError(
    `there is no ${projectFile} ${where}`,
    'make a project with `metrics init`, or name its folder with `--project`',
  );
}

/**
 * Compiles a question. Where the metrics that it names and all that they stand on are sound, nothing else of the project
 * is looked at. Where it comes to no statement, the whole project is read, so that what is said of it is complete.
 */
export function compileFor<T extends { readonly plan: unknown }>(
  question: Query,
  options: CommonOptions,
  terminal: Terminal,
  compileWith: (project: SoundProject) => T,
): { readonly project: SoundProject; readonly compiled: T } | ExitCode {
  const folder = projectFolder(options, terminal);
  const asked = readProject(folder, metricsNamed(question), question.as);
  if (isSound(asked)) {
    const compiled = compileWith(asked);
    if (compiled.plan !== null) return { project: asked, compiled };
  }
  const project = wholeProject(folder, options, terminal);
  return typeof project === 'number' ? project : { project, compiled: compileWith(project) };
}

/** The project with everything in it; its errors are told. */
export function wholeProject(folder: string, options: CommonOptions, terminal: Terminal): SoundProject | ExitCode {
  const project = readProject(folder);
  if (isSound(project)) return project;
  const errors = project.diagnostics.filter(diagnostic => diagnostic.severity === 'error');
  tell(errors, project.sources, options, terminal);
  return exitOf(errors);
}

/** Prints findings for people, on the error stream. */
export function tell(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  options: CommonOptions,
  terminal: Terminal,
): void {
  if (diagnostics.length === 0) return;
  const paint = painter(options.color, 'err', terminal);
  terminal.err(prettyFindings(diagnostics, sources, paint));
}

/** The question of a command line. */
export function queryOf(metrics: readonly string[], options: QueryOptions): Query {
  return {
    metrics: metrics.flatMap(listItems),
    by: options.by,
    where: options.where,
    having: options.having,
    period: options.period,
    compare: options.compare,
    like_for_like: options.likeForLike,
    order: options.order,
    limit: options.limit,
    sparse: options.sparse,
    complete: options.complete,
    as: options.as,
    user: userOf(options),
  };
}

/** The attributes of `--user`. */
export function userOf({ user }: Pick<QueryOptions, 'user'>): Query['user'] {
  return user === undefined ? undefined : Object.fromEntries(user.map(pair => userAttribute(pair)));
}

function userAttribute(pair: string): readonly [string, string] {
  const at = pair.indexOf('=');
  if (at <= 0) throw new UsageError(`\`--user ${pair}\` is not an attribute`, 'write `--user region=EMEA`');
  return [pair.slice(0, at), pair.slice(at + 1)];
}

/** A role of the project; throws a `UsageError` where there is none of that name. */
export function requireRole(name: string, { roles }: Model): Role {
  const role = own(roles, name);
  if (role !== undefined) return role;
  throw new UsageError(`there is no role \`${name}\``, didYouMean(nearest(name, Object.keys(roles))) ?? null);
}

/** When the question is asked: the end of `--as-of`, or now. */
export function nowOf(options: Pick<QueryOptions, 'asOf'>, model: Model): Now {
  if (options.asOf === undefined) return nowIn(model.settings.timeZone);
  const day = parseDay(options.asOf);
  if (day === null) throw new UsageError(`\`${options.asOf}\` is not a day`, 'write `--as-of 2026-03-31`');
  return endOf(day);
}

/** Everything that a finding about a question may point into. */
export function sourcesOf(project: Project, query: RowsQuery): readonly Source[] {
  return [...project.sources, ...querySources(query)];
}
