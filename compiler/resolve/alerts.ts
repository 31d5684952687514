/** Alerts: declarations in, `Alert`s out. Their conditions are bound when they are asked, as whoever asks. */
import { isGrain } from '../calendar/index.ts';
import { grainNeeded, type Report } from '../diagnostics/index.ts';
import { type AlertDeclaration, type Document, spanOf } from '../document/index.ts';
import type { Alert } from '../model.ts';
import { recordOf } from '../record.ts';
import { checkWord, twice } from './naming.ts';

export function resolveAlerts(documents: readonly Document[], report: Report): Readonly<Record<string, Alert>> {
  const declared = new Map<string, AlertDeclaration>();
  for (const alert of documents.flatMap(document => document.alerts)) {
    const { name, file } = alert;
    const first = declared.get(name.text);
    if (first === undefined) {
      declared.set(name.text, alert);
      checkWord(name, file, report);
    } else report(twice('alert', name.text, spanOf(file, name.at), spanOf(first.file, first.name.at)));
  }
  const alerts = [...declared.values()].flatMap(alert => resolveAlert(alert, report) ?? []);
  return recordOf(alerts.map(alert => [alert.name, alert] as const));
}

/** Null where it has no condition, which has been reported. */
function resolveAlert(alert: AlertDeclaration, report: Report): Alert | null {
  const { file, name, when, periods } = alert;
  if (when === null) return null;
  if (periods !== null && alert.grain === null)
    report(grainNeeded(spanOf(file, periods.at), { count: periods.count }, { path: `alerts.${name.text}.for` }));
  const { grain } = alert;
  return {
    name: name.text,
    file,
    at: spanOf(file, name.at),
    label: alert.label,
    description: alert.description,
    owner: alert.owner,
    when,
    by: alert.by,
    where: alert.where,
    grain: grain !== null && isGrain(grain.text) ? { name: grain.text, text: grain } : null,
    periods: periods?.count ?? null,
    severity: alert.severity,
    message: alert.message,
    covers: alert.covers,
    tags: alert.tags,
  };
}
