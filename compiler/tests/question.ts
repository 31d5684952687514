/** The question of a test: as data, and where in the file each part of it stands, so that findings point there. */
import type { Diagnostic } from '../diagnostics/index.ts';
import { type QuestionDeclaration, spanWithin, type TestDeclaration, type Text } from '../document/index.ts';
import { part, type Query } from '../resolve/index.ts';
import type { Span } from '../source.ts';

export function questionOf(question: QuestionDeclaration): Query {
  const one = (text: Text | null) => text?.text;
  const list = (texts: readonly Text[] | null) => texts?.map(text => text.text);
  return {
    metrics: question.metrics.map(metric => metric.text.trim()),
    by: list(question.by),
    where: one(question.where),
    having: one(question.having),
    period: one(question.period),
    compare: list(question.compare),
    like_for_like: question.isLikeForLike ?? undefined,
    order: list(question.order),
    limit: question.limit === null ? undefined : Number(question.limit.text),
    complete: list(question.complete),
    sparse: question.isSparse ?? undefined,
    as: one(question.as),
    user: question.user ?? undefined,
  };
}

/** A finding about a question, at its place in the file of the test. */
export function placed(diagnostic: Diagnostic, test: TestDeclaration, at: Span): Diagnostic {
  const moved = (span: Span): Span => placeOf(span, test) ?? (span.file.startsWith(part('')) ? at : span);
  return {
    ...diagnostic,
    span: diagnostic.span === null ? at : moved(diagnostic.span),
    path: diagnostic.path ?? `tests.${test.name.text}.query`,
    related: diagnostic.related.map(({ message, span }) => ({ message, span: moved(span) })),
    fixes: diagnostic.fixes.map(fix => ({
      ...fix,
      edits: fix.edits.map(edit => ({ ...edit, span: moved(edit.span) })),
    })),
  };
}

/** The place of a span within a part of the question; null where it is no such span, or the test lacks the part. */
function placeOf({ file, start, end }: Span, { question, file: own }: TestDeclaration): Span | null {
  if (question === null || !file.startsWith(part(''))) return null;
  const { metrics, by, order, complete, compare, where, having, period, as, limit } = question;
  const parts: Readonly<Record<string, Text | readonly Text[] | null>> = {
    ...{ metrics, by, order, complete, compare },
    ...{ where, having, period, as, limit },
  };
  const found = parts[file.slice(part('').length)] ?? null;
  if (found === null) return null;
  const texts = 'text' in found ? [found] : found;
  const from = itemAt(texts, start);
  const until = itemAt(texts, Math.max(start, end - 1));
  if (from === null || until === null) return null;
  const first = spanWithin(own, from.text, [start - from.start, start - from.start + 1]).start;
  const last = spanWithin(own, until.text, [
    Math.max(start, end - 1) - until.start,
    Math.max(start + 1, end) - until.start,
  ]);
  return { file: own, start: first, end: last.end };
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
