/** `metrics explain`: what a metric is and where it comes from, or what a diagnostic means and how it is mended. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  catalogue,
  compile,
  didYouMean,
  type Metric,
  measuresOf,
  nearest,
  own,
  positionAt,
  referencesOf,
  unitText,
} from '../../../../compiler/index.ts';
import { assetsFolder, nowIn, type SoundProject } from '../../../index.ts';
import { type ExitCode, exit, UsageError } from '../exit.ts';
import { requireDialect, sqlText } from '../format/sql.ts';
import type { CommonOptions } from '../options.ts';
import { projectFolder, wholeProject } from '../project.ts';
import type { Terminal } from '../terminal.ts';

type ExplainOptions = CommonOptions & { readonly dialect: string };

export async function explain(subject: string, options: ExplainOptions, terminal: Terminal): Promise<ExitCode> {
  const code = catalogue.find(entry => entry.code === subject.toUpperCase() || entry.alias === subject);
  if (code !== undefined) {
    terminal.out(diagnosticPage(code.code, code.title));
    return exit.fine;
  }
  if (/^M\d{4}$/i.test(subject)) throw new UsageError(`there is no diagnostic ${subject}`);
  const project = wholeProject(projectFolder(options, terminal), options, terminal);
  if (typeof project === 'number') return project;
  const metric = own(project.model.metrics, subject);
  if (metric === undefined) {
    const help = didYouMean(nearest(subject, Object.keys(project.model.metrics)));
    throw new UsageError(`there is no metric or diagnostic \`${subject}\``, help ?? null);
  }
  terminal.out(metricPage(metric, project, options));
  return exit.fine;
}

function diagnosticPage(code: string, title: string): string {
  const file = path.join(assetsFolder(), 'docs', 'diagnostics', `${code}.md`);
  return existsSync(file) ? readFileSync(file, 'utf8') : `# ${code}: ${title}\n`;
}

function metricPage(metric: Metric, project: SoundProject, options: ExplainOptions): string {
  const { model } = project;
  const source = project.sources.find(each => each.path === metric.at.file);
  const line = source === undefined ? '' : `:${positionAt(source.text, metric.at.start).line}`;
  const users = Object.values(model.metrics).filter(other => referencesOf(other.expression).includes(metric.name));
  const facts: readonly (readonly [string, string | null])[] = [
    [
      'label',
      metric.label === null
        ? null
        : Object.entries(metric.label)
            .map(([language, text]) => `${text} (${language})`)
            .join(', '),
    ],
    ['description', metric.description?.en ?? Object.values(metric.description ?? {})[0] ?? null],
    ['formula', metric.formula.trim()],
    ['unit', metric.isPercent ? 'percent' : unitText(metric.unit)],
    ['type', metric.type],
    ['good', direction(metric)],
    ['owner', metric.owner],
    ['status', `${metric.status}, version ${metric.version}`],
    ['replaced by', metric.replacedBy],
    ['ends', metric.ends],
    ['read with', list(metric.balanceWith)],
    ['lens', metric.lens],
    ['covers', list(metric.covers)],
    ['adds up', `over groups: ${metric.additivity.groups}; over time: ${metric.additivity.time}`],
    ['tables', list(metric.tables)],
    [
      'measures',
      list([...new Set(measuresOf(metric.expression, name => own(model.metrics, name)).map(measure => measure.text))]),
    ],
    ['stands on', list(referencesOf(metric.expression))],
    ['used by', list(users.map(user => user.name))],
    ['defined in', `${metric.at.file}${line}`],
  ];
  const known = facts.flatMap(([name, text]) => (text === null || text === '' ? [] : [[name, text] as const]));
  const width = Math.max(...known.map(([name]) => name.length));
  const table = known.map(([name, text]) => `${name.padEnd(width)}  ${text.replace(/\s*\n\s*/g, ' ')}`);
  const { statement } = compile(
    model,
    { metrics: [metric.name] },
    nowIn(model.settings.timeZone),
    requireDialect(options.dialect),
  );
  const sql = statement === null ? '' : `\n${sqlText(statement)}`;
  return `${metric.name}\n\n${table.join('\n')}\n${sql}`;
}

function list(items: readonly string[]): string | null {
  return items.length === 0 ? null : items.join(', ');
}

function direction({ good }: Metric): string | null {
  if (good === null || good === 'up' || good === 'down') return good;
  return `between ${good.between[0]} and ${good.between[1]}`;
}
