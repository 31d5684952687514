/** What every command needs of a project: finding it, reading it, and saying what is wrong with it. */
import path from 'node:path';
import {
  type Diagnostic,
  type Model,
  type Now,
  own,
  parseDay,
  type Query,
  querySources,
  type Source,
} from '../../../compiler/index.ts';
import { endOf, findProject, isSound, nowIn, type Project, projectFile, readProject } from '../../index.ts';
import { type ExitCode, exitOf, UsageError } from './exit.ts';
import { prettyFindings } from './format/pretty.ts';
import type { CommonOptions, QueryOptions } from './program.ts';
import { painter, type Terminal } from './terminal.ts';

/** The project of a command; throws a `UsageError` where there is none. */
export function loadProject(options: CommonOptions, terminal: Terminal): Project {
  const start = path.resolve(terminal.cwd, options.project ?? '.');
  const folder = options.project === undefined ? findProject(start) : findProject(start) === start ? start : null;
  if (folder === null) {
    const where = options.project === undefined ? 'here or in a folder above' : `in ${options.project}`;
    throw new UsageError(
      `there is no ${projectFile} ${where}`,
      'make a project with `metrics init`, or name its folder with `--project`',
    );
  }
  return readProject(folder);
}

/** Prints findings for people, on the error stream. */
export function tell(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  options: CommonOptions,
  terminal: Terminal,
): void {
  if (diagnostics.length === 0) return;
  const paint = painter(options.color, terminal.isErrTTY, terminal);
  terminal.err(prettyFindings(diagnostics, sources, paint));
}

/** The model of a project without errors; with errors they are told, and the exit code is given instead. */
export function soundModel(
  project: Project,
  options: CommonOptions,
  terminal: Terminal,
): { model: Model } | { code: ExitCode } {
  if (isSound(project)) return { model: project.model };
  const errors = project.diagnostics.filter(diagnostic => diagnostic.severity === 'error');
  tell(errors, project.sources, options, terminal);
  return { code: exitOf(errors) };
}

/** The question of a command line. */
export function queryOf(metrics: readonly string[], options: QueryOptions): Query {
  return {
    metrics: metrics.flatMap(metric => metric.split(',')).filter(metric => metric !== ''),
    by: options.by,
    where: options.where,
    having: options.having,
    period: options.period,
    compare: options.compare,
    order: options.order,
    limit: options.limit,
    sparse: options.sparse,
    complete: options.complete,
    as: options.as,
    user: options.user === undefined ? undefined : Object.fromEntries(options.user.map(pair => userAttribute(pair))),
  };
}

function userAttribute(pair: string): readonly [string, string] {
  const at = pair.indexOf('=');
  if (at <= 0) throw new UsageError(`\`--user ${pair}\` is not an attribute`, 'write `--user region=EMEA`');
  return [pair.slice(0, at), pair.slice(at + 1)];
}

/** When the question is asked: the end of `--as-of`, or now. */
export function nowOf(options: QueryOptions, model: Model): Now {
  if (options.asOf === undefined) return nowIn(model.settings.timeZone);
  const day = parseDay(options.asOf);
  if (day === null) throw new UsageError(`\`${options.asOf}\` is not a day`, 'write `--as-of 2026-03-31`');
  return endOf(day);
}

/** Everything that a finding about a question may point into. */
export function sourcesOf(project: Project, query: Query): readonly Source[] {
  return [...project.sources, ...querySources(query)];
}

export function metricNames(model: Model): readonly string[] {
  return Object.keys(model.metrics).filter(name => own(model.metrics, name) !== undefined);
}
