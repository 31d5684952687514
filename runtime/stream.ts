/**
 * Streams: a compiled question in, its columns out at once and its rows as the warehouse finds them. What goes wrong before
 * the first rows is a diagnostic; what goes wrong behind them is thrown, in the words that whoever asks may read.
 */
import { type Compiled, type Diagnostic, hasErrors, type Model } from '../compiler/index.ts';
import { type Answer, type AnswerColumn, answerColumns, decodeRows, rounded, type Value } from './answer.ts';
import { bytesOf, EngineError, type ExecuteOptions, type StreamingEngine } from './engine.ts';
import { asToldTo, foundInCompiling, withSources } from './run.ts';

export type Row = readonly Value[];

/** Rows to be read once, from the first to the last. */
export interface RowStream extends AsyncIterable<Row> {
  readonly columns: readonly AnswerColumn[];
  /** Of all time, `partial` names what would not be whole, whether it has rows or not. */
  readonly meta: Omit<Answer['meta'], 'truncated' | 'sql_ms'>;
  /** Known when the last row has been read; null before. */
  readonly end: StreamEnd | null;
}

export interface StreamEnd {
  readonly rows: number;
  readonly truncated: boolean;
  /** From the question to the last row; whoever takes them slowly is in it. */
  readonly sql_ms: number;
}

export interface StreamResult {
  /** Null when the question was refused; then an error says why. */
  readonly stream: RowStream | null;
  readonly diagnostics: readonly Diagnostic[];
}

export async function streamCompiled(
  model: Model,
  engine: StreamingEngine,
  { plan, statement, diagnostics }: Compiled,
  hash: string,
  limits: ExecuteOptions,
): Promise<StreamResult> {
  if (plan === null || statement === null)
    return { stream: null, diagnostics: foundInCompiling({ plan, diagnostics }, model) };
  const told = asToldTo(plan.reader, model);
  const inWords = (error: unknown) =>
    error instanceof EngineError ? new EngineError(told(withSources(error.diagnostic, statement, model))) : error;
  try {
    const findings = [...diagnostics, ...(await engine.check(statement, model, limits)).map(told)];
    if (hasErrors(findings)) return { stream: null, diagnostics: findings };
    const began = performance.now();
    const chunks = engine.stream(statement, limits)[Symbol.asyncIterator]();
    const first = await chunks.next();
    let end: StreamEnd | null = null;
    const endAt = (rows: number) => ({ rows, truncated: false, sql_ms: rounded(performance.now() - began) });
    const stream: RowStream = {
      columns: answerColumns(plan.columns),
      meta: { model: hash, period: plan.period, as_of: plan.now, partial: plan.partial },
      get end() {
        return end;
      },
      async *[Symbol.asyncIterator]() {
        let count = 0;
        let bytes = 0;
        try {
          for (let next = first; next.done !== true; next = await chunks.next())
            for (const row of decodeRows(plan, next.value)) {
              bytes += bytesOf(row);
              if (count === limits.maxRows || bytes > (limits.maxBytes ?? Number.POSITIVE_INFINITY)) {
                end = { ...endAt(count), truncated: true };
                return;
              }
              count += 1;
              yield row;
            }
          end = endAt(count);
        } catch (error) {
          throw inWords(error);
        } finally {
          await chunks.return?.();
        }
      },
    };
    return { stream, diagnostics: findings };
  } catch (error) {
    const said = inWords(error);
    if (said instanceof EngineError) return { stream: null, diagnostics: [...diagnostics, said.diagnostic] };
    throw error;
  }
}
