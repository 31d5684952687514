/** `metrics docs`: a catalogue of the project as pages that open without a server. */
import path from 'node:path';
import { definitionKinds, hidesNothing } from '../../../../compiler/index.ts';
import { readHistory, testsOf, writeSite } from '../../../index.ts';
import { knowledgeOf } from '../../catalogue/knowledge.ts';
import { catalogueFiles } from '../../catalogue/site.ts';
import { catalogueWords } from '../../words/catalogue.ts';
import { type Language, languages } from '../../words/language.ts';
import { type ExitCode, exit, exitOf, UsageError } from '../exit.ts';
import type { CommonOptions } from '../options.ts';
import { nowOf, projectFolder, requireRole, tell, wholeProject } from '../project.ts';
import type { Terminal } from '../terminal.ts';

export interface DocsOptions extends CommonOptions {
  readonly out: string;
  readonly lang?: readonly string[];
  readonly as?: string;
  readonly asOf?: string;
}

/** Where nobody says as of when: the same project is to give the same pages on every day. */
const exampleDay = '2026-01-31';

export async function docs(options: DocsOptions, terminal: Terminal): Promise<ExitCode> {
  const chosen = languagesOf(options.lang);
  const project = wholeProject(projectFolder(options, terminal), options, terminal);
  if (typeof project === 'number') return project;
  const role = options.as === undefined ? null : requireRole(options.as, project.model);
  const now = nowOf({ asOf: options.asOf ?? exampleDay }, project.model);
  const isWhole = role === null || hidesNothing(role.hides);
  const reading = isWhole ? await readHistory(project.folder, terminal.signal) : null;
  const history = reading?.kind === 'read' ? reading.history : null;
  const knowledge = knowledgeOf(project, { role, history, now, tests: testsOf(project) });
  const files = catalogueFiles(knowledge, chosen);
  const diagnostic = writeSite(path.resolve(terminal.cwd, options.out), options.out, files);
  if (diagnostic !== null) {
    tell([diagnostic], project.sources, options, terminal);
    return exitOf([diagnostic]);
  }
  if (reading?.kind === 'none') terminal.err(`note: the pages say nothing of earlier versions: ${reading.why}\n`);
  const entries = [...knowledge.entries.values()];
  const counts = definitionKinds.flatMap(kind => {
    const count = entries.filter(entry => entry.kind === kind).length;
    const names = catalogueWords.en[count === 1 ? 'kind' : 'kinds'];
    return count === 0 ? [] : [`${count} ${names[kind].toLowerCase()}`];
  });
  terminal.out(`Wrote ${path.join(options.out, 'index.html')}: ${counts.join(', ')} in ${chosen.join(' and ')}\n`);
  return exit.fine;
}

/** All languages that there are, unless some are named; the first of them is opened first. */
function languagesOf(names: readonly string[] | undefined): readonly Language[] {
  if (names === undefined) return languages;
  const chosen = names.map(name => {
    const language = languages.find(each => each === name);
    if (language === undefined)
      throw new UsageError(`there is no language \`${name}\``, `the languages are ${languages.join(', ')}`);
    return language;
  });
  return [...new Set(chosen)];
}
