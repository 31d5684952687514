/** Alerts for people (a list of what fires) and for programs (JSON). */
import { formatDay, type Model, type Now } from '../../../../compiler/index.ts';
import type { AlertResult, FiringGroup } from '../../../index.ts';
import { alertTitle, messageOf } from '../../words/alert.ts';
import { rowsCommand } from '../../words/command.ts';
import type { Language } from '../../words/language.ts';
import { inLanguage } from '../../words/text.ts';
import { words } from '../../words/words.ts';
import type { Paint } from '../terminal.ts';

export interface AlertsShown {
  readonly results: readonly AlertResult[];
  readonly role: string | null;
  /** The hash of the definitions. */
  readonly hash: string;
  readonly metrics: Model['metrics'];
  readonly now: Now;
  readonly language: Language;
  /** The folder that was named with `--project`. */
  readonly project: string | null;
}

export function jsonAlerts({ results, role, hash, ...others }: AlertsShown): string {
  const alerts = results.map(result => alertAsData(result, others));
  return `${JSON.stringify({ role, as_of: formatDay(others.now.day), model: hash, alerts }, null, 2)}\n`;
}

/** An alert as programs read it; `scorecard --format json` has the same. */
export function alertAsData(
  { alert, period, firing, unknown, isTruncated }: AlertResult,
  { metrics, now, language, project }: Pick<AlertsShown, 'metrics' | 'now' | 'language' | 'project'>,
) {
  return {
    name: alert.name,
    label: alertTitle(alert, language),
    description: inLanguage(alert.description, language),
    owner: alert.owner,
    severity: alert.severity,
    when: alert.when.text,
    by: alert.by.map(each => each.text.trim()),
    grain: alert.grain?.name ?? null,
    for: alert.periods,
    period,
    fires: firing.length > 0,
    groups: firing.map(group => ({
      group: valuesByName(group.group),
      bucket: group.bucket?.value ?? null,
      values: valuesByName(group.values),
      message: messageOf(alert, group, metrics, language),
      rows: group.rows.map(question => ({ query: question, command: rowsCommand(question, now, project) })),
    })),
    unknown,
    truncated: isTruncated,
  };
}

function valuesByName(cells: FiringGroup['group']) {
  return Object.fromEntries(cells.map(({ column, value }) => [column.name, value] as const));
}

const order = ['critical', 'warning', 'info'] as const;

/** What fires, the most severe first, each group with its message and the command that lists its rows. */
export function listAlerts({ results, metrics, now, language, project }: AlertsShown, paint: Paint): string {
  const said = words[language];
  const styles = { critical: 'red', warning: 'yellow', info: 'blue' } as const;
  const sorted = order.flatMap(severity => results.filter(({ alert }) => alert.severity === severity));
  const blocks = sorted
    .filter(({ firing, unknown }) => firing.length > 0 || unknown > 0)
    .map(({ alert, firing, unknown, isTruncated }) => {
      const head = `${paint(styles[alert.severity], said.severity[alert.severity])} ${paint('bold', alertTitle(alert, language))}`;
      const lines = firing.flatMap(group => [
        `  ${messageOf(alert, group, metrics, language)}`,
        ...group.rows.map(question => paint('dim', `    ${rowsCommand(question, now, project)}`)),
      ]);
      const notes = [...(unknown > 0 ? [said.unknownGroups(unknown)] : []), ...(isTruncated ? [said.truncated] : [])];
      return [head, ...lines, ...notes.map(note => paint('dim', `  (${note})`))].join('\n');
    });
  const firing = results.filter(result => result.firing.length > 0);
  const foot = said.alertsFiring(results.length, firing.length, formatDay(now.day));
  return `${[...blocks, paint('dim', foot)].join('\n\n')}\n`;
}
