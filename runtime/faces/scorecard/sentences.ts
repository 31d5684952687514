/** What a card says in words, the same in a terminal and on a page. */
import { isGrain, own } from '../../../compiler/index.ts';
import { type Card, type Cell, type ComparisonReading, type GroupRow, statusOf, type Trend } from '../../index.ts';
import type { Language } from '../words/language.ts';
import { differenceInWords, inWords, percentInWords, periodInWords } from '../words/numbers.ts';
import { inLanguage, nameInWords } from '../words/text.ts';
import { words } from '../words/words.ts';

export const statuses = ['off_track', 'at_risk', 'on_track', 'met'] as const;
export type Status = (typeof statuses)[number] | 'unknown';

/** Null where the item has no goal. */
export function statusShown(card: Card): Status | null {
  return card.goal === null ? null : statusNamed(statusOf(card));
}

export function statusNamed(status: unknown): Status {
  return statuses.find(each => each === status) ?? 'unknown';
}

/** A sign for each status, so that neither its word nor its colour stands alone. */
export const statusSigns: Readonly<Record<Status, string>> = {
  met: '✔',
  on_track: '●',
  at_risk: '▲',
  off_track: '▼',
  unknown: '?',
};

export type Tone = 'better' | 'worse' | 'neutral';

/** Whether a change is for the better, where the metric says which way is good. */
export function toneOf(change: Cell | null, { good }: Card['metric']): Tone {
  const size = Number(change?.value ?? 0);
  if (size === 0 || (good !== 'up' && good !== 'down')) return 'neutral';
  return size > 0 === (good === 'up') ? 'better' : 'worse';
}

export function titleOf({ label, name }: Card['metric'], language: Language): string {
  return inLanguage(label, language) ?? nameInWords(name);
}

/** A goal is called by its own name, where it has one: several may be for one metric. */
export function titleOfCard({ metric, about }: Card, language: Language): string {
  return inLanguage(about?.label ?? null, language) ?? titleOf(metric, language);
}

/** What is shown of a goal, where its card is not called so. */
export function metricOfCard(card: Card, language: Language): string | null {
  const title = titleOf(card.metric, language);
  return titleOfCard(card, language) === title ? null : title;
}

export function cellInWords({ value, column }: Cell, language: Language): string {
  return inWords(value, column, language);
}

/** `€100`, or `4 of 12`; nothing where there is a value for each group alone. */
export function valueInWords(
  { value, of, isByGroup }: Pick<Card, 'value' | 'of' | 'isByGroup'>,
  language: Language,
): string {
  return isByGroup ? '' : partInWords(value, of, language);
}

/** `4 of 12`. */
export function partInWords(value: Cell, of: Cell | null, language: Language): string {
  const text = cellInWords(value, language);
  return of === null || of.value === null || value.value === null
    ? text
    : words[language].partOf(text, cellInWords(of, language));
}

/** `-€40 (-40%)`. */
export function changeInWords({ change, growth }: ComparisonReading, language: Language): string {
  if (change === null || change.value === null) return '';
  const difference = differenceInWords(change.value, change.column, language);
  return growth === null ? difference : `${difference} (${percentInWords(growth, language, 'exceptZero')})`;
}

/** `vs previous period €100, same number of days`. */
export function comparisonInWords(comparison: ComparisonReading, language: Language): string {
  const said = words[language];
  const known = own<string>(said.comparison, comparison.with) ?? inLanguage(comparison.label, language);
  const name = known ?? nameInWords(comparison.with);
  const days = comparison.isLikeForLike ? `, ${said.sameDays}` : '';
  return `${said.against} ${name} ${cellInWords(comparison.value, language)}${days}`;
}

/** `Mar 1, 2026 – Mar 31, 2026, not over yet`. */
export function periodOfCard({ period, isPartial }: Card, language: Language): string {
  return `${periodInWords(period, language)}${isPartial ? `, ${words[language].notOver}` : ''}`;
}

/** `6 months (Sep 1, 2025 – Feb 28, 2026), from €0 to €170`: a line's own scale, since it has no axis. */
export function trendInWords({ grain, period, points, min, max }: Trend, { value }: Card, language: Language): string {
  const said = words[language];
  const unit = own<string>(said.units, grain) ?? grain;
  const number = (each: number) => inWords(String(each), value.column, language);
  const scale = min === null || max === null ? said.noTrend : said.between(number(min), number(max));
  return `${points.length} ${unit} (${periodInWords(period, language)}), ${scale}`;
}

/** `60% of the target €100, expected by now €54.84, heading for €109`. */
export function goalInWords({ goal }: Card, language: Language): string {
  if (goal === null) return '';
  const said = words[language];
  const part = (name: string, cell: Cell) => (cell.value === null ? [] : [`${name} ${cellInWords(cell, language)}`]);
  const attained =
    goal.attainment.value === null ? [] : [`${cellInWords(goal.attainment, language)} ${said.attainment}`];
  return [
    ...attained,
    ...part(said.target, goal.target),
    ...part(said.expected, goal.expected),
    ...part(said.landing, goal.landing),
  ].join(', ');
}

/** The values of a group's dimensions. */
export function groupInWords({ group }: GroupRow, language: Language): string {
  return group
    .map(({ value, column }) => inWords(value, isGrain(column.name) ? { ...column, type: 'date' } : column, language))
    .join(', ');
}

/** What is known of the user, as it was given. */
export function userInWords(user: Readonly<Record<string, unknown>>, language: Language): string {
  const pairs = Object.entries(user).map(
    ([name, value]) => `${name} ${inWords(String(value), { type: 'string', unit: null }, language)}`,
  );
  return pairs.length === 0 ? '' : `${words[language].forUser} ${pairs.join(', ')}`;
}
