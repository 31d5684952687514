/** The question of a test: as data, and where in the file each part of it stands, so that findings point there. */
import type { QuestionDeclaration, TestDeclaration, Text } from '../document/index.ts';
import type { Query, WrittenQuestion } from '../resolve/index.ts';
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

/** The question of a test where it stands in its file; `at` is the place of what is written nowhere. */
export function writtenQuestion({ file, name, question }: TestDeclaration, at: Span): WrittenQuestion {
  const path = `tests.${name.text}.query`;
  if (question === null) return { file, parts: {}, at, path };
  const { metrics, by, order, complete, compare, where, having, period, as, limit } = question;
  const one = (text: Text | null) => (text === null ? null : [text]);
  const parts = {
    ...{ metrics, by, order, complete, compare },
    ...{ where: one(where), having: one(having), period: one(period), as: one(as), limit: one(limit) },
  };
  return { file, parts, at, path };
}
