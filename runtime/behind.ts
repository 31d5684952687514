/** The rows behind a number: a metric and how it was asked in, the questions of `metrics rows` for them out. */
import { type Model, type Now, own, planRows, type Query, type RowsQuery } from '../compiler/index.ts';

/** One for each table that the metric reads; none where rows cannot be listed. */
export function rowsBehind(
  metric: string,
  { where, period, as, user }: Pick<Query, 'where' | 'period' | 'as' | 'user'>,
  model: Model,
  now: Now,
): readonly RowsQuery[] {
  const tables = own(model.metrics, metric)?.tables ?? [];
  const questions = tables.map((table): RowsQuery => {
    const chosen = tables.length > 1 ? table : undefined;
    return { metrics: [metric], where, period, as, user, table: chosen };
  });
  return questions.filter(question => planRows(model, question, now).plan !== null);
}
