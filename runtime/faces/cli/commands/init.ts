/** `metrics init`: a project that can be asked at once. Nothing that is there already is overwritten. */
import { cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { assetsFolder } from '../../../index.ts';
import { type ExitCode, exit, UsageError } from '../exit.ts';
import type { Terminal } from '../terminal.ts';

/** Where each template stands among the product's own files, and a first question to it. */
const templates: Readonly<Record<string, { readonly folder: string; readonly question: string }>> = {
  start: { folder: 'templates/start', question: 'metrics query won_revenue win_rate --by rep.region' },
  crm: { folder: 'metrics', question: 'metrics query won_revenue win_rate --by month --period "last 12 months"' },
};

export async function init(dir: string, template: string, terminal: Terminal): Promise<ExitCode> {
  const target = path.resolve(terminal.cwd, dir);
  const chosen = templates[template];
  if (chosen === undefined)
    throw new UsageError(
      `there is no template \`${template}\``,
      `the templates are ${Object.keys(templates).join(', ')}`,
    );
  if (statSync(target, { throwIfNoEntry: false })?.isFile() === true)
    throw new UsageError(`${dir} is a file`, 'name a folder: `metrics init my-metrics`');
  const source = path.join(assetsFolder(), chosen.folder);
  const files = listFiles(source);
  const taken = files.find(file => existsSync(path.join(target, file)));
  if (taken !== undefined)
    throw new UsageError(
      `${path.join(dir, taken)} is there already`,
      'choose an empty folder: `metrics init my-metrics`',
    );
  mkdirSync(target, { recursive: true });
  for (const file of files) cpSync(path.join(source, file), path.join(target, file));
  const change = path.relative(terminal.cwd, target);
  const steps = [...(change === '' ? [] : [`cd ${change}`]), 'metrics validate', 'metrics test', chosen.question];
  terminal.out(`${files.length} files in ${target}\n\nNext:\n${steps.map(step => `  ${step}\n`).join('')}`);
  return exit.fine;
}

function listFiles(folder: string, below = ''): readonly string[] {
  return readdirSync(path.join(folder, below), { withFileTypes: true }).flatMap(entry => {
    const file = path.join(below, entry.name);
    if (entry.name === '.sextant' || /\.duckdb(\.wal)?$/.test(entry.name)) return [];
    return entry.isDirectory() ? listFiles(folder, file) : [file];
  });
}
