/** Answers for people (a table) and for programs (JSON, CSV). */
import stringWidth from 'string-width';
import { printable } from '../../../../compiler/index.ts';
import { type Answer, type AnswerColumn, answerAsData, type Value } from '../../../index.ts';
import type { Paint } from '../terminal.ts';

export function jsonAnswer(answer: Answer): string {
  return `${JSON.stringify(answerAsData(answer), null, 2)}\n`;
}

/** RFC 4180 with plain line feeds: a missing value is an empty field, an empty text a quoted one. */
export function csvAnswer({ columns, rows }: Answer): string {
  const lines = [
    columns.map(column => csvField(column.name)),
    ...rows.map(row => columns.map((_, index) => csvField(row[index] ?? null))),
  ];
  return lines.map(line => `${line.join(',')}\n`).join('');
}

function csvField(value: Value): string {
  if (value === null) return '';
  const text = String(value);
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const missing = '–';

export function tableAnswer({ columns, rows, meta }: Answer, paint: Paint): string {
  const heads = columns.map(column =>
    column.unit === null || column.unit === 'percent' ? column.name : `${column.name} (${column.unit})`,
  );
  const body = rows.map(row => columns.map((column, index) => shown(row[index] ?? null, column)));
  const count = `${rows.length} row${rows.length === 1 ? '' : 's'}`;
  const period = meta.period === null ? '' : `, ${meta.period}`;
  const partial = meta.partial.length === 0 ? '' : `; not whole: ${meta.partial.join(', ')}`;
  const foot = paint(
    'dim',
    `${count}${period}, as of ${meta.as_of}${partial}${meta.truncated ? '; more rows were left out' : ''}`,
  );
  return `${[...tableLines(heads, body, columns, paint), foot].join('\n')}\n`;
}

/** Heads, a rule and rows as lines; numbers stand to the right. */
export function tableLines(
  heads: readonly string[],
  body: readonly (readonly string[])[],
  columns: readonly Pick<AnswerColumn, 'type'>[],
  paint: Paint,
): readonly string[] {
  const widths = columns.map((_, index) => Math.max(...[heads, ...body].map(line => stringWidth(line[index] ?? ''))));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => aligned(cell, widths[index] ?? 0, columns[index]))
      .join('  ')
      .trimEnd();
  const rule = widths.map(width => '─'.repeat(width)).join('  ');
  return [paint('bold', line(heads)), paint('dim', rule), ...body.map(line)];
}

function aligned(cell: string, width: number, column: Pick<AnswerColumn, 'type'> | undefined): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(cell)));
  const isNumber = column?.type === 'integer' || column?.type === 'decimal' || column?.type === 'float';
  return isNumber ? space + cell : cell + space;
}

/** A value as people read it: thousands apart, percentages as such, floats to four digits that count. */
export function shown(value: Value, column: Omit<AnswerColumn, 'name'>): string {
  if (value === null) return missing;
  if (column.type === 'boolean' || column.type === 'string' || column.type === 'date') return printable(String(value));
  if (column.unit === 'percent') return `${(Number(value) * 100).toFixed(2)} %`;
  if (column.type === 'float') return grouped(floatText(Number(value)));
  if (column.type === 'integer' || column.type === 'decimal')
    return column.kind === 'dimension' ? String(value) : grouped(String(value));
  return String(value);
}

function floatText(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e15 || size < 1e-4) return String(value);
  return value.toFixed(size >= 100 ? 2 : size >= 1 ? 3 : 4).replace(/\.?0+$/, '');
}

/** `1234567.5` as `1,234,567.5`. */
function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const apart = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? apart : `${apart}.${fraction}`;
}
