/** `metrics explain`: what a metric is and where it comes from, or what a diagnostic means and how it is mended. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  catalogue,
  compile,
  didYouMean,
  type Goal,
  goalParts,
  isTableOfGoal,
  type Labels,
  type Metric,
  measuresOf,
  nearest,
  own,
  positionAt,
  referencesOf,
  type Span,
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
  const goal = own(project.model.goals, subject);
  if (goal !== undefined) {
    terminal.out(goalPage(goal, project));
    return exit.fine;
  }
  const metric = own(project.model.metrics, subject);
  if (metric === undefined) {
    const names = [...Object.keys(project.model.metrics), ...Object.keys(project.model.goals)];
    const help = didYouMean(nearest(subject, names));
    throw new UsageError(`there is no metric, goal or diagnostic \`${subject}\``, help ?? null);
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
  const users = Object.values(model.metrics).filter(other => referencesOf(other.expression).includes(metric.name));
  const facts: Facts = [
    ['label', labelsOf(metric.label)],
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
    ['tables', list(metric.tables.filter(name => !isTableOfGoal(name)))],
    [
      'measures',
      list([...new Set(measuresOf(metric.expression, name => own(model.metrics, name)).map(measure => measure.text))]),
    ],
    ['stands on', list(referencesOf(metric.expression))],
    ['used by', list(users.map(user => user.name))],
    ['defined in', placeOf(metric.at, project)],
  ];
  const { statement } = compile(
    model,
    { metrics: [metric.name] },
    nowIn(model.settings.timeZone),
    requireDialect(options.dialect),
  );
  const sql = statement === null ? '' : `\n${sqlText(statement)}`;
  return `${metric.name}\n\n${table(facts)}${sql}`;
}

/** What a goal says, and what it gives. */
function goalPage(goal: Goal, project: SoundProject): string {
  const { rollup, status, from, until, by } = goal;
  const metric = own(project.model.metrics, goal.metric);
  const isBand = typeof metric?.good === 'object' && metric.good !== null;
  const facts: Facts = [
    ['label', labelsOf(goal.label)],
    ['description', goal.description?.en ?? Object.values(goal.description ?? {})[0] ?? null],
    ['objective', goal.objective?.en ?? Object.values(goal.objective ?? {})[0] ?? null],
    ['metric', goal.metric],
    ['good', metric === undefined ? null : direction(metric)],
    ['target', own(project.model.metrics, `${goal.name}.target`)?.formula.trim() ?? null],
    ['grain', goal.grain],
    ['by', list(by.map(dimension => dimension.name))],
    ['roll-up', rollup ?? 'computed anew for any period'],
    ['due', rollup === 'sum' ? goal.pace : 'all of it from the beginning'],
    ['status', isBand ? null : `on_track from ${status.onTrack} of what is expected, at_risk from ${status.atRisk}`],
    ['from', from],
    ['until', until],
    ['owner', goal.owner],
    ['covers', list(goal.covers)],
    ['gives', list(goalParts.map(part => `${goal.name}.${part}`))],
    ['defined in', placeOf(goal.at, project)],
  ];
  return `${goal.name}\n\n${table(facts)}`;
}

type Facts = readonly (readonly [string, string | null])[];

function table(facts: Facts): string {
  const known = facts.flatMap(([name, text]) => (text === null || text === '' ? [] : [[name, text] as const]));
  const width = Math.max(...known.map(([name]) => name.length));
  return known.map(([name, text]) => `${name.padEnd(width)}  ${text.replace(/\s*\n\s*/g, ' ')}\n`).join('');
}

function placeOf(at: Span, project: SoundProject): string {
  const source = project.sources.find(each => each.path === at.file);
  return source === undefined ? at.file : `${at.file}:${positionAt(source.text, at.start).line}`;
}

function labelsOf(labels: Labels | null): string | null {
  return labels === null
    ? null
    : Object.entries(labels)
        .map(([language, text]) => `${text} (${language})`)
        .join(', ');
}

function list(items: readonly string[]): string | null {
  return items.length === 0 ? null : items.join(', ');
}

function direction({ good }: Metric): string | null {
  if (good === null || good === 'up' || good === 'down') return good;
  return `between ${good.between[0]} and ${good.between[1]}`;
}
