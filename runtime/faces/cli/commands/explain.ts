/** `metrics explain`: what a metric is and where it comes from, or what a diagnostic means and how it is mended. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  catalogue,
  compile,
  didYouMean,
  type Goal,
  type Hidden,
  hidesNothing,
  type Metric,
  type Model,
  mentions,
  nearest,
  nothingHidden,
  own,
  visibleModel,
} from '../../../../compiler/index.ts';
import {
  assetsFolder,
  EngineError,
  explained,
  nowIn,
  openWarehouse,
  profileOf,
  realismOf,
  type SoundProject,
} from '../../../index.ts';
import { placeOf, placeText } from '../../words/about.ts';
import { sqlText } from '../../words/sql.ts';
import { type ExitCode, exit, exitOf, UsageError } from '../exit.ts';
import { requireDialect } from '../format/dialect.ts';
import { direction, type Fact, goalFacts, labelsText, list } from '../format/facts.ts';
import { realismText } from '../format/realism.ts';
import type { ExplainOptions } from '../options.ts';
import { nowOf, projectFolder, queryOf, requireRole, tell, wholeProject } from '../project.ts';
import type { Terminal } from '../terminal.ts';

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
  const { metrics, goals } = visibleModel(project.model, hidden);
  const goal = own(goals, subject);
  if (goal !== undefined) {
    if (options.realism === true) return explainRealism(goal, project, hidden, options, terminal);
    const facts = goalFacts(goal, metrics);
    terminal.out(
      `${goal.name}\n\n${factLines([...facts, ['defined in', placeText(placeOf(goal.at, project.sources))]], hidden)}`,
    );
    return exit.fine;
  }
  if (options.realism === true) throw new UsageError('`--realism` is about goals', 'name a goal of the project');
  const metric = own(metrics, subject);
  if (metric === undefined) {
    const help = didYouMean(nearest(subject, [...Object.keys(metrics), ...Object.keys(goals)]));
    throw new UsageError(`there is no metric, goal or diagnostic \`${subject}\``, help ?? null);
  }
  terminal.out(metricPage(metric, project, hidden, options));
  return exit.fine;
}

/** The history is that of everybody, so it is told to nobody as a role. */
async function explainRealism(
  goal: Goal,
  project: SoundProject,
  hidden: Hidden,
  options: ExplainOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (options.as !== undefined || !hidesNothing(hidden))
    throw new UsageError('`--realism` reads all rows of the history', 'ask it without `--as`');
  try {
    const engine = await openWarehouse(profileOf(project.folder, project.declaration, options.profile ?? null));
    try {
      const now = nowOf(options, project.model);
      const { realism, diagnostics } = await realismOf(project, engine, goal, { now, signal: terminal.signal });
      tell(diagnostics, project.sources, options, terminal);
      if (realism !== null) terminal.out(realismText(goal, realism));
      else if (diagnostics.length === 0) terminal.out(`${goal.name} has no target now\n`);
      return exitOf(diagnostics);
    } finally {
      await engine.close();
    }
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    tell([error.diagnostic], project.sources, options, terminal);
    return exitOf([error.diagnostic]);
  }
}

/** What there is not for the role that asks. */
function hiddenFrom(name: string | undefined, model: Model): Hidden {
  return name === undefined ? nothingHidden : requireRole(name, model).hides;
}

function diagnosticPage(code: string, title: string): string {
  const file = path.join(assetsFolder(), 'docs', 'diagnostics', `${code}.md`);
  return existsSync(file) ? readFileSync(file, 'utf8') : `# ${code}: ${title}\n`;
}

function metricPage(metric: Metric, project: SoundProject, hidden: Hidden, options: ExplainOptions): string {
  const { model } = project;
  const about = explained(metric, model, hidden);
  const all: readonly Fact[] = [
    ['label', labelsText(about.label)],
    ['description', about.description?.en ?? Object.values(about.description ?? {})[0] ?? null],
    ['formula', about.formula],
    ['unit', about.unit],
    ['type', about.type],
    ['good', direction(metric)],
    ['owner', about.owner],
    ['status', `${about.status}, version ${about.version}`],
    ['replaced by', about.replaced_by],
    ['ends', about.ends],
    ['read with', list(about.read_with)],
    ['lens', about.lens],
    ['covers', list(about.covers)],
    ['adds up', `over groups: ${about.adds_up.groups}; over time: ${about.adds_up.time}`],
    ['tables', list(about.tables)],
    ['measures', list(about.measures)],
    ['stands on', list(about.stands_on)],
    ['used by', list(about.used_by)],
    ['defined in', placeText(placeOf(metric.at, project.sources))],
  ];
  const { statement } = compile(
    model,
    queryOf([metric.name], options),
    nowIn(model.settings.timeZone),
    requireDialect(options.dialect),
  );
  const sql = statement === null || !hidesNothing(hidden) ? '' : `\n${sqlText(statement)}`;
  return `${metric.name}\n\n${factLines(all, hidden)}${sql}`;
}

/** One below the other, without what there is nothing of; a text may name what the role does not know. */
function factLines(all: readonly Fact[], hidden: Hidden): string {
  const facts = all.flatMap(([name, text]) =>
    text === null || text === '' || mentions(text, hidden) ? [] : [[name, text] as const],
  );
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts.map(([name, text]) => `${name.padEnd(width)}  ${text.replace(/\s*\n\s*/g, ' ')}\n`).join('');
}
