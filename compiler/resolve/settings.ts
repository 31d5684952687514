/** What a project says about money, time and the calendar; defaults where it says nothing. */
import { type Calendar, isTimeZone } from '../calendar/index.ts';
import { type Report, unknownZone } from '../diagnostics/index.ts';
import { type ProjectDeclaration, spanOf } from '../document/index.ts';
import type { Settings } from '../model.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const months = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];

/** `holidays` are the days of the file that the project names, `YYYY-MM-DD`. */
export function resolveSettings(
  project: ProjectDeclaration | null,
  holidays: readonly string[],
  report: Report,
): Settings {
  const zone = project?.timeZone ?? null;
  const isKnown = zone === null || isTimeZone(zone.text);
  if (project !== null && zone !== null && !isKnown)
    report(unknownZone(spanOf(project.file, zone.at), { zone: zone.text }));
  const calendar: Calendar = {
    weekStarts: Math.max(0, weekdays.indexOf(project?.weekStarts ?? 'monday')) + 1,
    fiscalYearStarts: Math.max(0, months.indexOf(project?.fiscalYearStarts ?? 'january')) + 1,
    holidays: [...new Set(holidays)].sort(),
  };
  return {
    name: project?.name.text ?? '',
    currency: project?.currency ?? null,
    timeZone: isKnown ? (zone?.text ?? 'UTC') : 'UTC',
    calendar,
  };
}
