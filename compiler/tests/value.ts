/** Values as tests write them: a scalar of YAML and the type of its column in, the value or what was expected out. */
import { instantText, parseDay, parseTimestamp, startOfDay, storedText, type ZoneClock } from '../calendar/index.ts';
import type { CellDeclaration } from '../document/index.ts';
import type { ExpressionType } from '../model.ts';

/** Numbers as text with every digit, dates `YYYY-MM-DD`, timestamps `YYYY-MM-DD HH:MM:SS` in universal time. */
export type CellValue = string | boolean | null;

export type Reading =
  | { readonly kind: 'value'; readonly value: CellValue }
  /** `isDate`: it is written as a date or time, and there is none such. */
  | { readonly kind: 'wrong'; readonly expected: string; readonly isDate: boolean };

const right = (value: CellValue): Reading => ({ kind: 'value', value });
const wrong = (expected: string): Reading => ({ kind: 'wrong', expected, isDate: false });

/** A value for a stored column: nothing is converted that a file would not say either, and nothing is rounded. */
export function readGiven(cell: CellDeclaration, type: ExpressionType, clock: ZoneClock): Reading {
  const { text } = cell.value;
  if (cell.type === 'null') return right(null);
  switch (type) {
    case 'integer':
      return /^[+-]?\d+$/.test(text) ? right(plain(text)) : wrong('a whole number');
    case 'decimal':
      return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? right(plain(text)) : wrong('a decimal number');
    case 'float':
      return floatText(text);
    default:
      return readOther(cell, type, clock);
  }
}

/** A value to compare with an answer's: there a number is a number, however it is written. */
export function readExpected(cell: CellDeclaration, type: ExpressionType, clock: ZoneClock): Reading {
  const { text } = cell.value;
  if (cell.type === 'null') return right(null);
  switch (type) {
    case 'integer':
    case 'decimal':
    case 'float':
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text) ? right(text) : wrong('a number');
    default:
      return readOther(cell, type, clock);
  }
}

function readOther(cell: CellDeclaration, type: ExpressionType, clock: ZoneClock): Reading {
  const { text } = cell.value;
  switch (type) {
    case 'boolean':
      return /^(true|false)$/i.test(text) ? right(text.toLowerCase() === 'true') : wrong('`true` or `false`');
    case 'date':
      if (parseDay(text) !== null) return right(text);
      return { kind: 'wrong', expected: 'a date such as 2026-01-31', isDate: /^\d{4}-\d{2}-\d{2}$/.test(text) };
    case 'timestamp':
      return timestamp(text, clock);
    default:
      return right(text);
  }
}

/** A number without a plus sign and with digits on both sides of its point. */
function plain(text: string): string {
  const digits = text.replace(/^\+/, '').replace(/\.$/, '');
  return digits.replace(/^-?\./, sign => sign.replace('.', '0.'));
}

function floatText(text: string): Reading {
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return right(text);
  if (/^\.?nan$/i.test(text)) return right('NaN');
  const infinite = /^([+-]?)\.?inf(inity)?$/i.exec(text);
  return infinite === null ? wrong('a number') : right(`${infinite[1] === '-' ? '-' : ''}Infinity`);
}

/** A time on the wall of the project's zone, or of another where it says its offset; a day alone is its beginning. */
function timestamp(text: string, clock: ZoneClock): Reading {
  const shape = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;
  const [, date, time, offset] = shape.exec(text) ?? [];
  const expected = 'a time such as 2026-01-31T14:30';
  if (date === undefined) return wrong(expected);
  const day = parseDay(date);
  if (day !== null && time === undefined) return right(instantText(startOfDay(clock, day)));
  const local = `${date}T${time}`;
  if (parseTimestamp(local) === null) return { kind: 'wrong', expected, isDate: true };
  return right(storedText(offset === undefined ? clock : () => offsetOf(offset), local));
}

/** `+02:00` in milliseconds. */
function offsetOf(text: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(text) ?? [];
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? -size : size;
}
