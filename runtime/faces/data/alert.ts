/** An alert as programs read it. */
import type { Model, Now } from '../../../compiler/index.ts';
import type { AlertResult, FiringGroup } from '../../index.ts';
import { alertTitle, messageOf } from '../words/alert.ts';
import { rowsCommand } from '../words/command.ts';
import type { Language } from '../words/language.ts';
import { inLanguage } from '../words/text.ts';

export interface AlertContext {
  readonly metrics: Model['metrics'];
  readonly now: Now;
  readonly language: Language;
  /** The folder that was named with `--project`. */
  readonly project: string | null;
}

/** `alerts` and `scorecard` have the same, and so has the server. */
export function alertAsData(
  { alert, period, firing, unknown, isTruncated }: AlertResult,
  { metrics, now, language, project }: AlertContext,
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
