/** `metrics explain`: what a metric is and where it comes from, or what a diagnostic means and how it is mended. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  catalogue,
  compile,
  didYouMean,
  type Hidden,
  hidesNothing,
  type Metric,
  type Model,
  measuresOf,
  mentions,
  nearest,
  nothingHidden,
  own,
  positionAt,
  referencesOf,
  unitText,
  visibleModel,
} from '../../../../compiler/index.ts';
import { assetsFolder, nowIn, type SoundProject } from '../../../index.ts';
import { type ExitCode, exit, UsageError } from '../exit.ts';
import { requireDialect, sqlText } from '../format/sql.ts';
import type { QueryOptions } from '../options.ts';
import { projectFolder, queryOf, wholeProject } from '../project.ts';
import type { Terminal } from '../terminal.ts';

type ExplainOptions = QueryOptions & { readonly dialect: string };

export async function explain(subject: string, options: ExplainOptions, terminal: Terminal): Promise<ExitCode> {
  const code = catalogue.find(entry => entry.code === subject.toUpperCase() || entry.alias === subject);
  if (code !== undefined) {
    terminal.out(diagnosticPage(code.code, code.title));
    return exit.fine;
  }
  if (/^M\d{4}$/i.test(subject)) throw new UsageError(`there is no diagnostic ${subject}`);
  const project = wholeProject(projectFolder(options, terminal), options, terminal);
  if (typeof project === 'number') return project;
  const hidden = hiddenFrom(options.as, project.model);
  const { metrics } = visibleModel(project.model, hidden);
  const metric = own(metrics, subject);
  if (metric === undefined) {
    const help = didYouMean(nearest(subject, Object.keys(metrics)));
    throw new UsageError(`there is no metric or diagnostic \`${subject}\``, help ?? null);
  }
  terminal.out(metricPage(metric, project, hidden, options));
  return exit.fine;
}

/** What there is not for the role that asks. */
function hiddenFrom(name: string | undefined, { roles }: Model): Hidden {
  if (name === undefined) return nothingHidden;
  const role = own(roles, name);
  if (role === undefined)
    throw new UsageError(`there is no role \`${name}\``, didYouMean(nearest(name, Object.keys(roles))) ?? null);
  return role.hides;
}

function diagnosticPage(code: string, title: string): string {
  const file = path.join(assetsFolder(), 'docs', 'diagnostics', `${code}.md`);
  return existsSync(file) ? readFileSync(file, 'utf8') : `# ${code}: ${title}\n`;
}

function metricPage(metric: Metric, project: SoundProject, hidden: Hidden, options: ExplainOptions): string {
  const { model } = project;
  const source = project.sources.find(each => each.path === metric.at.file);
  const line = source === undefined ? '' : `:${positionAt(source.text, metric.at.start).line}`;
  const shown = visibleModel(model, hidden).metrics;
  const known = (names: readonly string[]) => list(names.filter(name => own(shown, name) !== undefined));
  const users = Object.values(shown).filter(other => referencesOf(other.expression).includes(metric.name));
  const all: readonly (readonly [string, string | null])[] = [
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
    ['replaced by', known(metric.replacedBy === null ? [] : [metric.replacedBy])],
    ['ends', metric.ends],
    ['read with', known(metric.balanceWith)],
    ['lens', metric.lens],
    ['covers', list(metric.covers)],
    ['adds up', `over groups: ${metric.additivity.groups}; over time: ${metric.additivity.time}`],
    ['tables', list(metric.tables)],
    [
      'measures',
      list([...new Set(measuresOf(metric.expression, name => own(model.metrics, name)).map(measure => measure.text))]),
    ],
    ['stands on', known(referencesOf(metric.expression))],
    ['used by', known(users.map(user => user.name))],
    ['defined in', `${metric.at.file}${line}`],
  ];
  // A formula may name what the role does not know.
  const facts = all.flatMap(([name, text]) =>
    text === null || text === '' || mentions(text, hidden) ? [] : [[name, text] as const],
  );
  const width = Math.max(...facts.map(([name]) => name.length));
  const table = facts.map(([name, text]) => `${name.padEnd(width)}  ${text.replace(/\s*\n\s*/g, ' ')}`);
  const { statement } = compile(
    model,
    queryOf([metric.name], options),
    nowIn(model.settings.timeZone),
    requireDialect(options.dialect),
  );
  const sql = statement === null || !hidesNothing(hidden) ? '' : `\n${sqlText(statement)}`;
  return `${metric.name}\n\n${table.join('\n')}\n${sql}`;
}

function list(items: readonly string[]): string | null {
  return items.length === 0 ? null : items.join(', ');
}

function direction({ good }: Metric): string | null {
  if (good === null || good === 'up' || good === 'down') return good;
  return `between ${good.between[0]} and ${good.between[1]}`;
}
