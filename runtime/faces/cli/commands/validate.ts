/** `metrics validate`: every problem of the project, in one format or several at once. */
import { createHash } from 'node:crypto';
import type { Diagnostic } from '../../../../compiler/index.ts';
import { checkLock, type Project, readProject, testsOf } from '../../../index.ts';
import { type ExitCode, exit, exitOf } from '../exit.ts';
import { chooseFormats, writeOutput } from '../format/chosen.ts';
import { conciseFindings, githubFindings, jsonFindings, type Looked, sarifFindings } from '../format/findings.ts';
import { counted, prettyFindings } from '../format/pretty.ts';
import type { CommonOptions } from '../options.ts';
import { projectFolder } from '../project.ts';
import { painter, type Terminal } from '../terminal.ts';

interface ValidateOptions extends CommonOptions {
  readonly format?: readonly string[];
  readonly maxWarnings?: number;
}

const formats = ['pretty', 'concise', 'json', 'github', 'sarif'] as const;
type Format = (typeof formats)[number];
/** Formats that other programs read: they go to the output, the others to the error stream. */
const machineFormats: readonly Format[] = ['json', 'sarif'];

export async function validate(options: ValidateOptions, terminal: Terminal): Promise<ExitCode> {
  /** In GitHub's actions its own format is chosen where none is asked for. */
  const automatic = terminal.environment.GITHUB_ACTIONS === 'true' ? ['pretty', 'github'] : ['pretty'];
  const chosen = chooseFormats(options.format ?? automatic, formats);
  const read = readProject(projectFolder(options, terminal));
  const lock = checkLock(read);
  const project = { ...read, sources: [...read.sources, ...lock.sources] };
  const tests = testsOf(project);
  const diagnostics = inOrder([
    ...project.diagnostics,
    ...lock.diagnostics,
    ...tests.flatMap(test => test.diagnostics),
  ]);
  const looked: Looked = {
    files: project.sources.length,
    tables: project.documents.reduce((sum, document) => sum + document.tables.length, 0),
    metrics: project.documents.reduce((sum, document) => sum + document.metrics.length, 0),
    tests: project.documents.reduce((sum, document) => sum + document.tests.length, 0),
  };
  for (const { format, file } of chosen) {
    const text = written(format, diagnostics, project, looked, options, terminal);
    if (file !== null) writeOutput(file, text, terminal);
    else if (machineFormats.includes(format)) terminal.out(text);
    else terminal.err(text);
  }
  const isRead = chosen.some(({ format, file }) => file === null && machineFormats.includes(format));
  const warnings = diagnostics.filter(diagnostic => diagnostic.severity === 'warning').length;
  const tooMany = options.maxWarnings !== undefined && warnings > options.maxWarnings;
  const code = exitOf(diagnostics);
  if (!isRead) {
    const files = many(looked.files, 'file');
    const isWhole = project.model !== null;
    const tested = looked.tests === 0 ? '' : ` with ${many(looked.tests, 'test')}`;
    const all = `${many(looked.metrics, 'metric')} on ${many(looked.tables, 'table')}${tested}`;
    const what = isWhole ? `${all} in ${files}` : files;
    if (diagnostics.length === 0) terminal.out(`All checks passed: ${what}\n`);
    else
      terminal.err(
        `${counted(diagnostics)} in ${what}${tooMany ? `; more than ${options.maxWarnings} warnings` : ''}\n`,
      );
  }
  return code === exit.fine && tooMany ? exit.findings : code;
}

function written(
  format: Format,
  diagnostics: readonly Diagnostic[],
  { sources }: Project,
  looked: Looked,
  options: ValidateOptions,
  terminal: Terminal,
): string {
  switch (format) {
    case 'pretty':
      return prettyFindings(diagnostics, sources, painter(options.color, 'err', terminal));
    case 'concise':
      return conciseFindings(diagnostics, sources);
    case 'json':
      return jsonFindings(diagnostics, sources, looked);
    case 'github':
      return githubFindings(diagnostics, sources);
    case 'sarif':
      return sarifFindings(diagnostics, sources, text => createHash('sha256').update(text).digest('hex').slice(0, 32));
  }
}

/** By file and place, those without a place first. */
function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const file = (diagnostic: Diagnostic) => diagnostic.span?.file ?? '';
  return diagnostics.toSorted((a, b) => {
    if (file(a) !== file(b)) return file(a) < file(b) ? -1 : 1;
    return (a.span?.start ?? 0) - (b.span?.start ?? 0);
  });
}

function many(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
