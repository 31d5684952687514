/** `metrics validate`: every problem of the project, in one format or several at once; once, mended, or again whenever it changes. */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import {
  assetsFolder,
  fixProject,
  isSound,
  nowIn,
  type Project,
  probeWarehouse,
  readProject,
  type Verdict,
  verdictOf,
  writeFixed,
} from '../../../index.ts';
import { type ExitCode, exit, exitOf, UsageError } from '../exit.ts';
import { type Chosen, chooseFormats, writeOutput } from '../format/chosen.ts';
import { conciseFindings, jsonFindings, type Looked } from '../format/findings.ts';
import { githubFindings } from '../format/github.ts';
import { gitlabFindings } from '../format/gitlab.ts';
import { junitFindings } from '../format/junit.ts';
import { markdownFindings } from '../format/markdown.ts';
import { type Found, placeText, seenFrom } from '../format/place.ts';
import { counted, prettyFindings } from '../format/pretty.ts';
import { sarifFindings } from '../format/sarif.ts';
import type { ValidateOptions } from '../options.ts';
import { progressBar } from '../progress.ts';
import { projectFolder } from '../project.ts';
import { withWarehouse } from '../running.ts';
import { painter, type Terminal } from '../terminal.ts';
import { repeatedly } from '../watching.ts';

const formats = ['pretty', 'concise', 'json', 'github', 'gitlab', 'sarif', 'junit', 'markdown'] as const;
type Format = (typeof formats)[number];
/** Formats that people or a log read go to the error stream, the others to the output. */
const readByPeople: readonly Format[] = ['pretty', 'concise', 'github'];

export async function validate(options: ValidateOptions, terminal: Terminal): Promise<ExitCode> {
  /** In GitHub's actions its own format is chosen where none is asked for. */
  const automatic = terminal.environment.GITHUB_ACTIONS === 'true' ? ['pretty', 'github'] : ['pretty'];
  const chosen = chooseFormats(options.format ?? automatic, formats);
  const folder = projectFolder(options, terminal);
  const tell = (verdict: Verdict) => told(verdict, chosen, options, terminal);
  const work = [options.fix, options.watch, options.warehouse].filter(each => each === true);
  if (work.length > 1)
    throw new UsageError('`--fix`, `--watch` and `--warehouse` do not go together', 'mend first, then watch or ask');
  if (options.warehouse !== true && (options.profile !== undefined || options.timeout !== undefined))
    throw new UsageError('`--profile` and `--timeout` are about the warehouse', 'add `--warehouse` to ask it');
  if (options.watch === true) return repeatedly(folder, terminal, async project => tell(verdictOf(project)));
  if (options.fix === true) return tell(mended(folder, terminal));
  const project = readProject(folder);
  return options.warehouse === true ? withProbe(project, options, terminal, tell) : tell(verdictOf(project));
}

/** The verdict with what the warehouse says; of definitions that are wrong it is not asked. */
async function withProbe(
  project: Project,
  options: ValidateOptions,
  terminal: Terminal,
  tell: (verdict: Verdict) => ExitCode,
): Promise<ExitCode> {
  if (!isSound(project)) {
    const code = tell(verdictOf(project));
    terminal.err('note: the warehouse was not asked, since the definitions are wrong\n');
    return code;
  }
  const bar = progressBar(terminal);
  return withWarehouse(project, options, terminal, async (engine, limits) => {
    const now = nowIn(project.model.settings.timeZone);
    const found = await probeWarehouse(project, engine, { ...limits, now, progress: bar.show });
    bar.clear();
    return tell(verdictOf(project, found));
  });
}

/** Mends what can be mended safely, and says what that was. */
function mended(folder: string, terminal: Terminal): Verdict {
  const fixed = fixProject(folder);
  writeFixed(folder, fixed);
  for (const { diagnostic, fix, project } of fixed.mended)
    terminal.err(`fixed ${placeText(diagnostic.span, project.sources)}: ${diagnostic.message}: ${fix.title}\n`);
  if (fixed.mended.length > 0)
    terminal.err(`${many(fixed.mended.length, 'finding')} mended in ${many(fixed.texts.size, 'file')}\n\n`);
  return fixed.verdict;
}

/** Tells a verdict in every format that was chosen, and gives its exit code. */
function told(
  verdict: Verdict,
  chosen: readonly Chosen<Format>[],
  options: ValidateOptions,
  terminal: Terminal,
): ExitCode {
  const { diagnostics, allowed, project } = verdict;
  const found: Found = { diagnostics, allowed, sources: project.sources };
  const looked = lookedAt(verdict);
  for (const { format, file } of chosen) {
    const text = written(format, found, verdict, looked, options, terminal);
    if (file !== null) writeOutput(file, text, terminal);
    else if (readByPeople.includes(format)) terminal.err(text);
    else terminal.out(text);
  }
  if (chosen.some(({ format, file }) => format === 'github' && file === null))
    summarise(seenFrom(aboveProject(project.folder, terminal), found), looked, verdict, terminal);
  const warnings = diagnostics.filter(diagnostic => diagnostic.severity === 'warning').length;
  const tooMany = options.maxWarnings !== undefined && warnings > options.maxWarnings;
  const code = exitOf(diagnostics);
  if (chosen.every(({ format, file }) => file !== null || readByPeople.includes(format))) {
    const others = allowed.length === 0 ? '' : `; ${many(allowed.length, 'finding')} allowed`;
    const limit = tooMany ? `; more than ${options.maxWarnings} warnings` : '';
    const what = `${whatWas(looked, verdict)}${others}`;
    if (diagnostics.length === 0) terminal.out(`All checks passed: ${what}\n`);
    else terminal.err(`${counted(diagnostics)} in ${what}${limit}\n`);
  }
  return code === exit.fine && tooMany ? exit.findings : code;
}

function lookedAt({ project: { sources, documents } }: Verdict): Looked {
  const sum = (key: 'tables' | 'metrics' | 'tests') =>
    documents.reduce((count, document) => count + document[key].length, 0);
  return { files: sources.length, tables: sum('tables'), metrics: sum('metrics'), tests: sum('tests') };
}

/** `14 metrics on 3 tables in 2 files`; of what could not be read whole, its files. */
function whatWas({ files, tables, metrics, tests }: Looked, { project }: Verdict): string {
  if (project.model === null) return many(files, 'file');
  const tested = tests === 0 ? '' : ` with ${many(tests, 'test')}`;
  return `${many(metrics, 'metric')} on ${many(tables, 'table')}${tested} in ${many(files, 'file')}`;
}

function written(
  format: Format,
  found: Found,
  verdict: Verdict,
  looked: Looked,
  options: ValidateOptions,
  terminal: Terminal,
): string {
  const { diagnostics, sources } = found;
  const { folder } = verdict.project;
  const above = seenFrom(aboveProject(folder, terminal), found);
  switch (format) {
    case 'pretty':
      return prettyFindings(diagnostics, sources, painter(options.color, 'err', terminal));
    case 'concise':
      return conciseFindings(diagnostics, sources);
    case 'json':
      return jsonFindings(found, looked);
    case 'github':
      return githubFindings(
        above.diagnostics,
        above.sources,
        hasSummary(terminal) ? ', in the summary of the step' : '',
      );
    case 'gitlab':
      return gitlabFindings(above, hashOf);
    case 'sarif':
      return sarifFindings(above, pageOf, hashOf);
    case 'junit':
      return junitFindings('metrics validate', above.diagnostics, above.sources);
    case 'markdown':
      return markdownFindings(above.diagnostics, above.sources, whatWas(looked, verdict));
  }
}

/** The project's folder as CI servers name it: from the root of the repository, or from where the command runs. */
function aboveProject(folder: string, { cwd, environment }: Terminal): string {
  const root = environment.GITHUB_WORKSPACE ?? environment.CI_PROJECT_DIR ?? cwd;
  const below = path.relative(real(root), folder);
  return below.startsWith('..') || path.isAbsolute(below) ? '' : below.split(path.sep).join('/');
}

function real(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : folder;
}

/** All findings in the summary of the step, which has room for more than annotations. */
function summarise(found: Found, looked: Looked, verdict: Verdict, terminal: Terminal): void {
  if (!hasSummary(terminal)) return;
  const text = markdownFindings(found.diagnostics, found.sources, whatWas(looked, verdict));
  appendFileSync(terminal.environment.GITHUB_STEP_SUMMARY ?? '', `${text}\n`);
}

function hasSummary({ environment }: Terminal): boolean {
  return (environment.GITHUB_STEP_SUMMARY ?? '') !== '';
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function pageOf(code: string): string {
  const file = path.join(assetsFolder(), 'docs', 'diagnostics', `${code}.md`);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function many(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
