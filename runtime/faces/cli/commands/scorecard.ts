/** `metrics scorecard`: what a role is shown, as a table, as JSON, or as a page. */
import { didYouMean, nearest, own, type Scorecard } from '../../../../compiler/index.ts';
import { runScorecard, type SoundProject } from '../../../index.ts';
import { alertAsData } from '../../data/alert.ts';
import { type Shown, scorecardAsData } from '../../data/scorecard.ts';
import { rowsCommand } from '../../words/command.ts';
import type { Language } from '../../words/language.ts';
import { type ExitCode, exit, exitOf, UsageError } from '../exit.ts';
import { writeOutput } from '../format/chosen.ts';
import { scorecardTable } from '../format/scorecard.ts';
import type { RoleOptions } from '../options.ts';
import { nowOf, projectFolder, requireRole, sourcesOf, tell, userOf, wholeProject } from '../project.ts';
import { withWarehouse } from '../running.ts';
import { painter, type Terminal } from '../terminal.ts';

export interface ScorecardOptions extends RoleOptions {
  readonly period?: string;
  readonly format: 'table' | 'json' | 'html';
  readonly lang: Language;
  readonly out?: string;
}

export async function scorecard(role: string, options: ScorecardOptions, terminal: Terminal): Promise<ExitCode> {
  const project = wholeProject(projectFolder(options, terminal), options, terminal);
  if (typeof project === 'number') return project;
  const asked = scorecardOf(role, project);
  const now = nowOf(options, project.model);
  const user = userOf(options);
  return withWarehouse(project, options, terminal, async (engine, limits) => {
    const asker = { as: role, user, period: options.period };
    const { reading, diagnostics } = await runScorecard(project, engine, asked, { ...limits, now, asker });
    tell(diagnostics, sourcesOf(project, { metrics: [], ...asker }), options, terminal);
    if (reading === null) return exitOf(diagnostics);
    const shown: Shown = {
      ...{ reading, now, user: user ?? {}, language: options.lang },
      metrics: project.model.metrics,
      project: options.project ?? null,
      rowsCommand: question => rowsCommand(question, now, options.project ?? null),
    };
    const text = await written(shown, options, terminal);
    if (options.out === undefined) terminal.out(text);
    else writeOutput(options.out, text, terminal);
    return exit.fine;
  });
}

async function written(shown: Shown, options: ScorecardOptions, terminal: Terminal): Promise<string> {
  switch (options.format) {
    case 'json': {
      const alerts = shown.reading.alerts.map(result => alertAsData(result, shown));
      return `${JSON.stringify(scorecardAsData(shown, alerts), null, 2)}\n`;
    }
    case 'html': {
      const { scorecardPage } = await import('../../scorecard/page.ts');
      return scorecardPage(shown);
    }
    case 'table': {
      const width = options.out === undefined ? (terminal.width ?? null) : null;
      const color = options.out === undefined ? options.color : 'never';
      return scorecardTable(shown, painter(color, 'out', terminal), width);
    }
  }
}

function scorecardOf(role: string, { model }: SoundProject): Scorecard {
  requireRole(role, model);
  const found = own(model.scorecards, role);
  if (found !== undefined && found.sections.length > 0) return found;
  const others = Object.values(model.scorecards).flatMap(each => (each.sections.length > 0 ? [each.role] : []));
  const help = didYouMean(nearest(role, others)) ?? `give \`${role}\` a \`scorecard:\``;
  throw new UsageError(`the role \`${role}\` has no scorecard`, help);
}
