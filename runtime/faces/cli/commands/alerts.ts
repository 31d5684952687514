/** `metrics alerts`: what fires now. The exit code is 1 when something critical does. */
import { type Alert, own } from '../../../../compiler/index.ts';
import { runAlerts, type SoundProject } from '../../../index.ts';
import type { Language } from '../../words/language.ts';
import { type ExitCode, exit, exitOf } from '../exit.ts';
import { jsonAlerts, listAlerts } from '../format/alerts.ts';
import type { RoleOptions } from '../options.ts';
import { nowOf, projectFolder, requireRole, sourcesOf, tell, userOf, wholeProject } from '../project.ts';
import { withWarehouse } from '../running.ts';
import { painter, type Terminal } from '../terminal.ts';

export interface AlertsOptions extends RoleOptions {
  readonly as?: string;
  readonly format: string;
  readonly lang: Language;
}

export async function alerts(options: AlertsOptions, terminal: Terminal): Promise<ExitCode> {
  const project = wholeProject(projectFolder(options, terminal), options, terminal);
  if (typeof project === 'number') return project;
  const asked = alertsOf(project, options.as ?? null);
  const now = nowOf(options, project.model);
  const asker = { as: options.as, user: userOf(options) };
  return withWarehouse(project, options, terminal, async (engine, limits) => {
    const answer = await runAlerts(project, engine, asked, { ...limits, now, asker });
    tell(answer.diagnostics, sourcesOf(project, { metrics: [], ...asker }), options, terminal);
    if (answer.results === null) return exitOf(answer.diagnostics);
    const shown = {
      results: answer.results,
      role: options.as ?? null,
      hash: answer.model,
      metrics: project.model.metrics,
      now,
      language: options.lang,
      project: options.project ?? null,
    };
    const isData = options.format === 'json';
    terminal.out(isData ? jsonAlerts(shown) : listAlerts(shown, painter(options.color, 'out', terminal)));
    const isCritical = answer.results.some(({ alert, firing }) => alert.severity === 'critical' && firing.length > 0);
    return isCritical ? exit.findings : exit.fine;
  });
}

/** The alerts of a role, or all. */
function alertsOf({ model }: SoundProject, role: string | null): readonly Alert[] {
  if (role === null) return Object.values(model.alerts);
  requireRole(role, model);
  return (own(model.scorecards, role)?.alerts ?? []).flatMap(({ text }) => own(model.alerts, text) ?? []);
}
