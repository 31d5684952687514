/** Findings about questions that stand in definitions: moved from the parts of the question to the words in the file. */
import type { Diagnostic } from '../diagnostics/index.ts';
import { spanOf, spanWithin, type Text, type Word } from '../document/index.ts';
import type { Span } from '../source.ts';
import { part } from './query.ts';

/** A question as it is written in a file. */
export interface WrittenQuestion {
  readonly file: string;
  /** What is said of each part: texts, or a word for the part as a whole. */
  readonly parts: Readonly<Record<string, Word | readonly Text[] | null>>;
  /** Parts that whoever asks adds: what is said of them stays where it is. */
  readonly asked?: readonly string[];
  /** The place of what is written nowhere. */
  readonly at: Span;
  /** Where in the definitions: `tests.deals_are_counted.query`. */
  readonly path: string;
}

export function placed(diagnostic: Diagnostic, question: WrittenQuestion): Diagnostic {
  const { at, path, asked = [] } = question;
  const moved = (span: Span): Span => {
    if (!span.file.startsWith(part('')) || asked.includes(span.file.slice(part('').length))) return span;
    return placeOf(span, question) ?? at;
  };
  return {
    ...diagnostic,
    span: diagnostic.span === null ? at : moved(diagnostic.span),
    path: diagnostic.path ?? path,
    related: diagnostic.related.map(({ message, span }) => ({ message, span: moved(span) })),
    fixes: diagnostic.fixes.map(fix => ({
      ...fix,
      edits: fix.edits.map(edit => ({ ...edit, span: moved(edit.span) })),
    })),
  };
}

/** The place of a span within a part of the question; null where the file lacks the part. */
function placeOf({ file: source, start, end }: Span, { file, parts }: WrittenQuestion): Span | null {
  const found = parts[source.slice(part('').length)] ?? null;
  if (found === null) return null;
  if ('text' in found) return spanOf(file, found.at);
  const from = itemAt(found, start);
  const until = itemAt(found, Math.max(start, end - 1));
  if (from === null || until === null) return null;
  const first = spanWithin(file, from.text, [start - from.start, start - from.start + 1]).start;
  const last = spanWithin(file, until.text, [
    Math.max(start, end - 1) - until.start,
    Math.max(start + 1, end) - until.start,
  ]);
  return { file, start: first, end: last.end };
}

/** The item of a list that has an offset of the text that shows them with `, ` between. */
function itemAt(texts: readonly Text[], offset: number): { readonly text: Text; readonly start: number } | null {
  let start = 0;
  for (const text of texts) {
    const length = text.text.length;
    if (offset < start + length || text === texts.at(-1)) return { text, start };
    start += length + 2;
  }
  return null;
}
