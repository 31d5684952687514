/** `metrics validate`: every problem of the project, in one format or several at once. */
import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../../../../compiler/index.ts';
import { type Project, readProject } from '../../../index.ts';
import { type ExitCode, exit, exitOf, UsageError } from '../exit.ts';
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
  const chosen = chooseFormats(options, terminal);
  const project = readProject(projectFolder(options, terminal));
  const diagnostics = inOrder(project.diagnostics);
  const looked: Looked = {
    files: project.sources.length,
    tables: project.documents.reduce((sum, document) => sum + document.tables.length, 0),
    metrics: project.documents.reduce((sum, document) => sum + document.metrics.length, 0),
  };
  for (const { format, file } of chosen) {
    const text = written(format, diagnostics, project, looked, options, terminal);
    if (file !== null) write(file, text, terminal);
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
    const what = isWhole ? `${many(looked.metrics, 'metric')} on ${many(looked.tables, 'table')} in ${files}` : files;
    if (diagnostics.length === 0) terminal.out(`All checks passed: ${what}\n`);
    else
      terminal.err(
        `${counted(diagnostics)} in ${what}${tooMany ? `; more than ${options.maxWarnings} warnings` : ''}\n`,
      );
  }
  return code === exit.fine && tooMany ? exit.findings : code;
}

function write(file: string, text: string, terminal: Terminal): void {
  const full = path.resolve(terminal.cwd, file);
  try {
    writeFileSync(full, text);
  } catch {
    const help = existsSync(path.dirname(full))
      ? 'is it a folder, or not to be written to?'
      : 'there is no such folder';
    throw new UsageError(`${file} cannot be written`, help);
  }
}

interface Chosen {
  readonly format: Format;
  readonly file: string | null;
}

/** `--format github --format sarif=out.sarif`; in GitHub's actions its own format is chosen where none is asked for. */
function chooseFormats(options: ValidateOptions, terminal: Terminal): readonly Chosen[] {
  const automatic = terminal.environment.GITHUB_ACTIONS === 'true' ? ['pretty', 'github'] : ['pretty'];
  const asked = options.format ?? [];
  return (asked.length === 0 ? automatic : asked).map(text => {
    const [name = '', ...rest] = text.split('=');
    const format = formats.find(candidate => candidate === name);
    if (format === undefined)
      throw new UsageError(`there is no format \`${name}\``, `the formats are ${formats.join(', ')}`);
    const file = rest.join('=');
    if (rest.length > 0 && file === '')
      throw new UsageError(`\`${text}\` names no file`, `write \`${name}=findings.${name}\``);
    return { format, file: rest.length === 0 ? null : file };
  });
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
