/** The oracle's answer and the engine's, row by row: exact for whole numbers, decimals, texts and dates, to 1e-9 for floats. */
import type { Answer } from '../../runtime/index.ts';
import type { OracleAnswer } from './answer.ts';
import { dayText } from './calendar.ts';
import { toDecimal } from './number.ts';
import { asNumber, isFraction, type Value } from './values.ts';

/** What differs, in words; null when nothing does. */
export function difference(oracle: OracleAnswer, answer: Answer): string | null {
  const names = answer.columns.map(column => column.name);
  const expected = [...oracle.keys, ...oracle.metrics];
  if (names.join() !== expected.join()) return `columns ${names.join()} instead of ${expected.join()}`;
  if (oracle.rows.length !== answer.rows.length)
    return `${answer.rows.length} rows instead of ${oracle.rows.length}: ${show(answer.rows)} instead of ${show(oracle.rows)}`;
  for (const [index, row] of oracle.rows.entries()) {
    for (const [place, column] of answer.columns.entries()) {
      const [wanted = null, found = null] = [row[place], answer.rows[index]?.[place]];
      if (!same(wanted, found, column.type))
        return `row ${index + 1}, ${column.name}: ${String(found)} instead of ${shown(wanted, column.type)}`;
    }
  }
  return null;
}

function same(wanted: Value, found: Answer['rows'][number][number], type: string): boolean {
  if (wanted === null || found === null) return wanted === found;
  if (type === 'float') {
    const [a, b] = [isFraction(wanted) ? asNumber(wanted) : Number(wanted), Number(found)];
    return a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b), 1e-6);
  }
  return shown(wanted, type) === String(found);
}

function shown(value: Value, type: string): string {
  if (value === null) return 'null';
  if (isFraction(value)) return toDecimal(value) ?? String(asNumber(value));
  if (type === 'date') return dayText(Number(value));
  if (type === 'timestamp') {
    const micros = ((Number(value) % 1e6) + 1e6) % 1e6;
    const seconds = new Date((Number(value) - micros) / 1000).toISOString().slice(0, 19);
    return `${seconds}${micros === 0 ? '' : `.${String(micros).padStart(6, '0').replace(/0+$/, '')}`}Z`;
  }
  return String(value);
}

function show(rows: readonly (readonly unknown[])[]): string {
  return rows
    .slice(0, 8)
    .map(
      row =>
        `[${row.map(value => (typeof value === 'object' && value !== null ? JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each)) : String(value))).join(', ')}]`,
    )
    .join(' ');
}
