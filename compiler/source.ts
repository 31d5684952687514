/** Texts and places in them: offsets in, lines, columns and caret frames out. Nothing here reads a file. */

/** A text with the name that people know it by: a project-relative path, or `--where` for a flag. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** A half-open range of UTF-16 offsets in the source named `file`. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** Line and column, both from 1; columns count UTF-16 units, as editors and SARIF do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function positionAt(text: string, offset: number): Position {
  const end = Math.min(Math.max(offset, 0), text.length);
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: end - lineStart + 1 };
}

/** The lines of `text` from `first` to `last`, counted from 1. */
function linesBetween(text: string, first: number, last: number): readonly string[] {
  const lines = text.split('\n', last).slice(first - 1);
  return lines.map(line => line.replace(/\r$/, ''));
}

const longestFramedLine = 160;

/**
 * The caret frame that points at a span: the line above for context, the line at fault, and carets under the very word.
 * A span over several lines is underlined on its first. Control characters are shown as `?`, so a frame cannot steer a terminal.
 */
export function frame(source: Source, span: Span): string {
  const start = positionAt(source.text, span.start);
  const end = positionAt(source.text, Math.max(span.end, span.start));
  const first = Math.max(1, start.line - 1);
  const lines = linesBetween(source.text, first, start.line);
  const gutter = String(start.line).length;
  const faulty = lines.at(-1) ?? '';
  const isLong = faulty.length > longestFramedLine;
  const cut = isLong ? Math.max(0, start.column - 1 - longestFramedLine / 2) : 0;
  const visible = (line: string) => printable(line.slice(cut, cut + longestFramedLine));
  const lastColumn = end.line === start.line ? end.column : faulty.length + 1;
  const carets = Math.max(1, Math.min(lastColumn, cut + longestFramedLine) - start.column);
  const out = [`${' '.repeat(gutter)} |`];
  lines.forEach((line, index) => {
    const number = String(first + index).padStart(gutter);
    out.push(`${number} | ${visible(line)}`.trimEnd());
  });
  out.push(`${' '.repeat(gutter)} | ${' '.repeat(start.column - 1 - cut)}${'^'.repeat(carets)}`);
  return out.join('\n');
}

/** Text that is safe to print: tabs become spaces; control and direction-changing characters become `?`. */
export function printable(text: string): string {
  return text.replace(/\t/g, ' ').replace(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu, '?');
}
