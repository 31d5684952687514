/** Alerts for people (a list of what fires) and for programs (JSON). */
import { formatDay } from '../../../../compiler/index.ts';
import type { AlertResult } from '../../../index.ts';
import { type AlertContext, alertAsData } from '../../data/alert.ts';
import { alertTitle, messageOf } from '../../words/alert.ts';
import { rowsCommand } from '../../words/command.ts';
import { words } from '../../words/words.ts';
import type { Paint } from '../terminal.ts';

export interface AlertsShown extends AlertContext {
  readonly results: readonly AlertResult[];
  readonly role: string | null;
  /** The hash of the definitions. */
  readonly hash: string;
}

export function jsonAlerts({ results, role, hash, ...others }: AlertsShown): string {
  const alerts = results.map(result => alertAsData(result, others));
  return `${JSON.stringify({ role, as_of: formatDay(others.now.day), model: hash, alerts }, null, 2)}\n`;
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
