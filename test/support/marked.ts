/**
 * Texts with marked places: `sum(a «where»)` in, the text without marks and the ranges between them out.
 * Marks may nest; the ranges come in the order in which they begin. A `«` without its `»` says where a place begins only.
 */

export interface MarkedRange {
  readonly start: number;
  /** Null where only the beginning is marked. */
  readonly end: number | null;
}

export interface Marked {
  readonly text: string;
  readonly ranges: readonly MarkedRange[];
}

export function unmark(marked: string): Marked {
  let text = '';
  const ranges: { start: number; end: number | null }[] = [];
  const open: { start: number; end: number | null }[] = [];
  for (const character of marked) {
    if (character === '«') {
      const range = { start: text.length, end: null };
      ranges.push(range);
      open.push(range);
    } else if (character === '»') {
      const range = open.pop();
      if (range === undefined) throw new Error(`a mark is closed that was not opened: ${marked}`);
      range.end = text.length;
    } else {
      text += character;
    }
  }
  return { text, ranges };
}

interface Found {
  readonly code: string;
  readonly span: { readonly start: number; readonly end: number } | null;
}

/**
 * Findings in the words of a table: each its code and place, in the order of places. Where the table marks only the
 * beginning of a place, the end is left out of the comparison.
 */
export function foundAt(found: readonly Found[], ranges: readonly MarkedRange[]): readonly string[] {
  return found
    .toSorted((a, b) => (a.span?.start ?? -1) - (b.span?.start ?? -1) || (b.span?.end ?? -1) - (a.span?.end ?? -1))
    .map(({ code, span }, index) => {
      if (span === null) return `${code} nowhere`;
      return ranges[index]?.end === null ? `${code} ${span.start}` : `${code} ${span.start}-${span.end}`;
    });
}

export function wantedAt(codes: readonly string[], ranges: readonly MarkedRange[]): readonly string[] {
  if (codes.length !== ranges.length) throw new Error(`${codes.length} codes for ${ranges.length} marks`);
  return ranges.map(({ start, end }, index) => `${codes[index]} ${end === null ? start : `${start}-${end}`}`);
}
