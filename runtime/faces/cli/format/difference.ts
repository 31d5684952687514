/** Expected and found rows side by side, as a table for people: what differs is marked, what is missing or too many is named. */
import stringWidth from 'string-width';
import { printable } from '../../../../compiler/index.ts';
import type { ComparedRow, Comparison, Value } from '../../../index.ts';
import type { Paint } from '../terminal.ts';

/** Above so many rows, those that agree are left out. */
const mostShown = 24;
const mostDiffering = 100;

/** `2 rows differ, 1 is missing`. */
export function differenceSummary({ rows }: Comparison): string {
  const words = [
    ['differs', 'differs', 'differ'],
    ['missing', 'is missing', 'are missing'],
    ['extra', 'is too many', 'are too many'],
  ] as const;
  const parts = words.flatMap(([kind, one, several]) => {
    const count = rows.filter(row => row.kind === kind).length;
    return count === 0 ? [] : [{ count, verb: count === 1 ? one : several }];
  });
  return parts
    .map(({ count, verb }, index) => `${count}${index > 0 ? '' : count === 1 ? ' row' : ' rows'} ${verb}`)
    .join(', ');
}

type Side = 'expected' | 'found';

export function differenceTable(comparison: Comparison, paint: Paint): string {
  const rows = shownRows(comparison.rows);
  const margin = Math.max(...rows.map(row => labelOf(row).length));
  const sides = (['expected', 'found'] as const)
    .filter(side => rows.some(row => row[side] !== null))
    .map(side => sideLines(side, comparison, rows, paint));
  const count = Math.max(...sides.map(lines => lines.length));
  const widths = sides.map(lines => Math.max(...lines.map(line => stringWidth(line))));
  const heads = 3;
  const lines = Array.from({ length: count }, (_, index) => {
    const row = rows[index - heads];
    const label = (row === undefined ? '' : labelOf(row)).padEnd(margin);
    const parts = sides.map((side, place) => filled(side[index] ?? '', widths[place] ?? 0));
    return `  ${paint('yellow', label)}  ${parts.join(' │ ')}`.trimEnd();
  });
  const hidden = comparison.rows.length - rows.length;
  if (hidden > 0) lines.push(`  ${paint('dim', `${hidden} more row${hidden === 1 ? '' : 's'}, not shown`)}`);
  return lines.join('\n');
}

function shownRows(rows: readonly ComparedRow[]): readonly ComparedRow[] {
  return rows.length <= mostShown ? rows : rows.filter(row => row.kind !== 'agrees').slice(0, mostDiffering);
}

function labelOf({ kind }: ComparedRow): string {
  return kind === 'agrees' ? '' : kind;
}

/** One side of the table: its name, the names of its columns, a rule, and a line for each row. */
function sideLines(side: Side, { columns }: Comparison, rows: readonly ComparedRow[], paint: Paint): readonly string[] {
  const cells = rows.map(row => columns.map((_, index) => cellOf(row, side, index)));
  const widths = columns.map(({ name }, index) =>
    Math.max(stringWidth(name), ...cells.map(line => stringWidth(line[index] ?? ''))),
  );
  const laid = (line: readonly string[], style: (text: string, index: number) => string) =>
    line.map((cell, index) => style(aligned(cell, widths[index] ?? 0, columns[index]?.type), index)).join('  ');
  const colour = side === 'expected' ? 'green' : 'red';
  const body = cells.map((line, place) => {
    const row = rows[place];
    const isWrong = (index: number) => row?.kind !== 'agrees' && (row?.kind !== 'differs' || isMarked(row, index));
    return laid(line, (text, index) => (isWrong(index) ? paint(colour, text) : text));
  });
  return [
    paint('bold', side),
    laid(
      columns.map(({ name }) => name),
      text => paint('bold', text),
    ),
    paint('dim', widths.map(width => '─'.repeat(width)).join('  ')),
    ...body,
  ];
}

function isMarked({ kind, differing }: ComparedRow, index: number): boolean {
  return kind === 'differs' && differing.includes(index);
}

function cellOf(row: ComparedRow, side: Side, index: number): string {
  const value = row[side]?.[index];
  return value === undefined ? '' : `${isMarked(row, index) ? '*' : ''}${plainValue(value)}`;
}

/** A value as a test would write it, so that it can be copied into one. */
function plainValue(value: Value): string {
  if (typeof value !== 'string' || /^-?\d[\dTZ.:-]*$/.test(value)) return String(value);
  const isPlain = /^[\p{L}_][\p{L}\p{N}_ .+/-]*$/u.test(value) && value.trim() === value && value !== 'null';
  return isPlain ? value : `'${printable(value).replaceAll("'", "''")}'`;
}

function aligned(cell: string, width: number, type: string | undefined): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(cell)));
  return type === 'integer' || type === 'decimal' || type === 'float' ? space + cell : cell + space;
}

function filled(line: string, width: number): string {
  return line + ' '.repeat(Math.max(0, width - stringWidth(line)));
}
