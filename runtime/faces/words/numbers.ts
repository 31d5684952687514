/** Values as people of a language read them: money, percentages, times, dates. */
import { own, printable } from '../../../compiler/index.ts';
import type { AnswerColumn, Value } from '../../index.ts';
import type { Language } from './language.ts';
import { words } from './words.ts';

type Shape = Pick<AnswerColumn, 'type' | 'unit'>;

export const missing = '–';

/** A value with its unit. */
export function inWords(value: Value, shape: Shape, language: Language): string {
  if (value === null) return missing;
  switch (shape.type) {
    case 'integer':
    case 'decimal':
    case 'float':
      return amount(String(value), shape.unit, language, {});
    case 'boolean':
      return value === true ? words[language].yes : words[language].no;
    case 'date':
      return day(String(value), language);
    default:
      return printable(String(value));
  }
}

/** A difference, with its sign: of percentages in points. */
export function differenceInWords(value: Value, shape: Shape, language: Language): string {
  if (value === null) return missing;
  if (shape.unit !== 'percent') return amount(String(value), shape.unit, language, { signDisplay: 'exceptZero' });
  const points = decimals(Number(value) * 100, { maximumFractionDigits: 1, signDisplay: 'exceptZero' }, language);
  return `${points} ${words[language].points}`;
}

/** A share of something: `0.153` as `15.3%`, with its sign where it is a change. */
export function percentInWords(value: number | null, language: Language, sign: 'auto' | 'exceptZero' = 'auto'): string {
  if (value === null) return missing;
  return decimals(value, { style: 'percent', maximumFractionDigits: 1, signDisplay: sign }, language);
}

/** `2026-03-01..2026-03-31`, and null for all time. */
export function periodInWords(period: string | null, language: Language): string {
  if (period === null) return words[language].allTime;
  const [from = '', to = from] = period.split('..');
  return from === to ? day(from, language) : `${day(from, language)} – ${day(to, language)}`;
}

export function day(text: string, language: Language): string {
  const time = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(time)) return printable(text);
  return dayFormat(language).format(time);
}

function dayFormat(language: Language): Intl.DateTimeFormat {
  const known = dayFormats.get(language);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  dayFormats.set(language, made);
  return made;
}

const dayFormats = new Map<Language, Intl.DateTimeFormat>();

type Format = Intl.NumberFormatOptions;

/** The times that a language has words for; others stand behind the number as they are. */
const times: ReadonlyMap<string, string> = new Map(
  ['day', 'week', 'month', 'year', 'hour', 'minute', 'second'].map(unit => [`${unit}s`, unit] as const),
);

function amount(text: string, unit: string | null, language: Language, sign: Pick<Format, 'signDisplay'>): string {
  const fraction = { maximumFractionDigits: digitsBehind(Math.abs(Number(text))) };
  if (unit === 'percent') return decimals(text, { style: 'percent', maximumFractionDigits: 1, ...sign }, language);
  if (unit === null) return decimals(text, { ...fraction, ...sign }, language);
  if (/^[A-Z]{3}$/.test(unit)) {
    const cents = Number.isInteger(Number(text)) || Math.abs(Number(text)) >= 1000 ? 0 : 2;
    const places = { minimumFractionDigits: cents, maximumFractionDigits: cents };
    return decimals(text, { style: 'currency', currency: unit, ...places, ...sign }, language);
  }
  const time = times.get(unit);
  if (time !== undefined)
    return decimals(text, { style: 'unit', unit: time, unitDisplay: 'long', ...fraction, ...sign }, language);
  return `${decimals(text, { ...fraction, ...sign }, language)} ${unitInWords(unit, language)}`;
}

/** `EUR / days` with its words in the language. */
export function unitInWords(unit: string, language: Language): string {
  return printable(unit.replace(/[a-z_]+/g, word => own(words[language].unitWords, word) ?? word));
}

/** Few digits where there are many before the point. */
function digitsBehind(size: number): number {
  if (size >= 1000) return 0;
  return size >= 100 ? 1 : 2;
}

function decimals(value: string | number, format: Format, language: Language): string {
  return formatter(language, format).format(isNumeral(value) ? value : Number(value));
}

/** Text goes to the formatter as it is, so that no digit of a long number is lost. */
function isNumeral(value: string | number): value is `${number}` {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
}

/** Formatters are slow to make. */
const formatters = new Map<string, Intl.NumberFormat>();

function formatter(language: Language, format: Format): Intl.NumberFormat {
  const key = JSON.stringify([language, format]);
  const known = formatters.get(key) ?? new Intl.NumberFormat(language, format);
  formatters.set(key, known);
  return known;
}
