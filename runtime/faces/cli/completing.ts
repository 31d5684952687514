/**
 * Completion: the words of a command line up to the cursor in, what the last of them may be out. Commands and flags come from
 * the program itself; names come from the project's files, however wrong they are.
 */
import path from 'node:path';
import type { Command, Option } from 'commander';
import { type Document, grains, type Model, own } from '../../../compiler/index.ts';
import { findProject, readProject } from '../../index.ts';
import { namesOf } from './commands/schema.ts';

/** `cwd` is where the command line stands. */
export function completions(program: Command, words: readonly string[], cwd: string): readonly string[] {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const { command, rest } = commandOf(program, before);
  const option = optionBefore(command, rest);
  if (option !== null) return listed(current, valuesOf(option, command, rest, cwd));
  if (current.startsWith('-'))
    return fitting(
      current,
      visibleOptions(command).flatMap(({ long }) => long ?? []),
    );
  const below = command.commands.filter(each => !each.name().startsWith('_')).map(each => each.name());
  return below.length > 0 ? fitting(current, below) : fitting(current, argumentsOf(command, rest, cwd));
}

/** The command that the words lead to, and the words behind its name. */
function commandOf(
  program: Command,
  words: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } {
  for (const [index, word] of words.entries()) {
    const found = program.commands.find(each => each.name() === word);
    if (found !== undefined) return commandOf(found, words.slice(index + 1));
  }
  return { command: program, rest: words };
}

/** The option whose value is being written. */
function optionBefore(command: Command, words: readonly string[]): Option | null {
  const last = words.at(-1) ?? '';
  const option = command.options.find(({ long, short }) => last === long || last === short);
  return option?.required === true ? option : null;
}

function visibleOptions(command: Command): readonly Option[] {
  return command.options.filter(({ hidden }) => !hidden);
}

function valuesOf(option: Option, command: Command, words: readonly string[], cwd: string): readonly string[] {
  const asked = () => namesIn(words, cwd);
  switch (option.attributeName()) {
    case 'as':
      return asked().roles;
    case 'by':
    case 'complete':
      return dimensionsFor(command, words, cwd);
    case 'compare':
      return ['prior_period', 'prior_year', 'prior_quarter', 'prior_month', ...asked().baselines];
    case 'order':
      return [...metricsAsked(command, words), ...dimensionsFor(command, words, cwd)];
    case 'profile':
      return documentsIn(words, cwd).flatMap(({ project }) => project?.profiles.map(({ name }) => name.text) ?? []);
    default:
      return option.argChoices ?? [];
  }
}

/** What the arguments of a command name. */
function argumentsOf(command: Command, words: readonly string[], cwd: string): readonly string[] {
  const [argument] = command.registeredArguments;
  if (argument === undefined) return [];
  if (argument.argChoices !== undefined) return argument.argChoices;
  const { metrics, goals, baselines, roles } = namesIn(words, cwd);
  const parts = goals.flatMap(goal => ['attainment', 'pace'].map(part => `${goal}.${part}`));
  switch (command.name()) {
    case 'query':
    case 'rows':
    case 'why':
    case 'compile':
      return [...metrics, ...parts];
    case 'explain':
      return [...metrics, ...goals];
    case 'scorecard':
      return roles;
    case 'freeze':
      return baselines;
    case 'test':
      return documentsIn(words, cwd).flatMap(({ tests }) => tests.map(({ name }) => name.text));
    default:
      return [];
  }
}

/** The words of a command that are neither options nor their values. */
function metricsAsked(command: Command, words: readonly string[]): readonly string[] {
  return words.filter((word, index) => !word.startsWith('-') && optionBefore(command, words.slice(0, index)) === null);
}

/** Grains, and what the tables that are read have in common: columns, and those of what they join to. */
function dimensionsFor(command: Command, words: readonly string[], cwd: string): readonly string[] {
  const folder = folderOf(words, cwd);
  const asked = metricsAsked(command, words);
  const model = folder === null ? null : readProject(folder, asked).model;
  if (model === null) return grains;
  const tables = [...new Set(asked.flatMap(name => own(model.metrics, name)?.tables ?? []))];
  const [first = [], ...others] = tables.map(table => pathsOf(table, model));
  const shared = first.filter(path => others.every(paths => paths.includes(path)));
  return [...grains, ...shared];
}

function pathsOf(name: string, { tables }: Model): readonly string[] {
  const table = own(tables, name);
  if (table === undefined) return [];
  const columns = (of: string) =>
    Object.values(own(tables, of)?.columns ?? {})
      .filter(({ isPrivate }) => !isPrivate)
      .map(column => column.dimension ?? column.name);
  const joins = Object.values(table.joins);
  return [
    ...columns(name),
    ...joins.map(join => join.name),
    ...joins.flatMap(join => columns(join.to).map(column => `${join.name}.${column}`)),
  ];
}

function folderOf(words: readonly string[], cwd: string): string | null {
  const at = words.indexOf('--project');
  const named = at < 0 ? undefined : words[at + 1];
  return findProject(path.resolve(cwd, named ?? '.'));
}

function documentsIn(words: readonly string[], cwd: string): readonly Document[] {
  const folder = folderOf(words, cwd);
  return folder === null ? [] : readProject(folder, []).documents;
}

function namesIn(words: readonly string[], cwd: string) {
  return namesOf(documentsIn(words, cwd));
}

function fitting(current: string, candidates: readonly string[]): readonly string[] {
  return [...new Set(candidates)].filter(candidate => candidate.startsWith(current)).sort();
}

/** Values of a list with commas: the last is completed, and those before it stay. */
function listed(current: string, candidates: readonly string[]): readonly string[] {
  const done = current.slice(0, current.lastIndexOf(',') + 1);
  return fitting(current.slice(done.length), candidates).map(candidate => `${done}${candidate}`);
}
