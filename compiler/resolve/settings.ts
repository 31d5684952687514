/** What a project says about money, time and the calendar; defaults where it says nothing. */
import { type Calendar, isTimeZone } from '../calendar/index.ts';
import { didYouMean, nearest, type Report, unknownName, unknownZone } from '../diagnostics/index.ts';
import { type ProjectDeclaration, spanOf } from '../document/index.ts';
import type { Rates, Settings } from '../model.ts';
import { recordOf } from '../record.ts';

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
  checkProfile(project, report);
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
    rates: ratesOf(project),
    attributes: attributesOf(project),
  };
}

/** The schema has no other types for them. */
const attributeTypes = ['string', 'integer', 'decimal', 'float', 'boolean', 'date', 'timestamp'] as const;

function attributesOf(project: ProjectDeclaration | null): Settings['attributes'] {
  return recordOf(
    (project?.attributes ?? []).flatMap(({ name, type }) => {
      const known = attributeTypes.find(each => each === type.text);
      return known === undefined ? [] : [[name.text, known] as const];
    }),
  );
}

/** Where rates stand, as the project says. */
function ratesOf(project: ProjectDeclaration | null): Rates | null {
  const rates = project?.rates ?? null;
  if (rates === null) return null;
  const { table, from, to, rate, on } = rates;
  return { table: table.text, from: from.text, to: to.text, rate: rate.text, on: on.text };
}

/** The default profile is one of the project's own. */
function checkProfile(project: ProjectDeclaration | null, report: Report): void {
  const chosen = project?.defaultProfile ?? null;
  if (project === null || chosen === null) return;
  const names = project.profiles.map(profile => profile.name.text);
  if (names.includes(chosen.text)) return;
  const help = didYouMean(nearest(chosen.text, names));
  report(unknownName(spanOf(project.file, chosen.at), { name: chosen.text, kind: 'profile', help }));
}
