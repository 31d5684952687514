/** One connection to DuckDB for one query: a deadline, a way to stop it, and rows in which no digit is lost. */
import {
  BIGINT,
  DATE,
  DECIMAL,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDateValue,
  DuckDBDecimalValue,
  type DuckDBInstance,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
  HUGEINT,
  type Json,
  JsonDuckDBValueConverter,
  TIMESTAMP,
  VARCHAR,
} from '@duckdb/node-api';
import {
  cancelled,
  deadlinePassed,
  engineFailed,
  outOfMemory,
  overflow,
  parseDay,
  parseTimestamp,
  type SqlParameter,
  type Statement,
} from '../../../compiler/index.ts';
import { EngineError, Gathered, type Limits, type RawAnswer, type RawValue, type Turnstile } from '../../engine.ts';
import { missingRateIn } from '../rates.ts';
import { firstLine, overflowWords, plainWords } from './words.ts';

/** Runs `work` on a connection of its own, which is closed only when DuckDB has let go of it. */
export async function withConnection<T>(
  instance: DuckDBInstance,
  setUp: string | null,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const connection = await instance.connect();
  try {
    if (setUp !== null) await connection.run(setUp);
    return await work(connection);
  } finally {
    connection.closeSync();
  }
}

type Stopped = 'deadline' | 'cancelled';

/** A query with its deadline. An interrupt that comes before the query has begun is lost, so it is sent until it is heard. */
export async function runWithin<T>(connection: DuckDBConnection, options: Limits, work: () => Promise<T>): Promise<T> {
  let stopped: Stopped | null = null;
  const stop = (why: Stopped) => {
    stopped ??= why;
    connection.interrupt();
  };
  const deadline = setTimeout(() => stop('deadline'), options.timeoutMs);
  const again = setInterval(() => {
    if (stopped !== null) connection.interrupt();
  }, 25);
  const abort = () => stop('cancelled');
  options.signal?.addEventListener('abort', abort, { once: true });
  try {
    if (options.signal?.aborted === true) throw stopError('cancelled', options);
    return await work();
  } catch (error) {
    throw stopped === null ? engineError(error) : stopError(stopped, options);
  } finally {
    clearTimeout(deadline);
    clearInterval(again);
    options.signal?.removeEventListener('abort', abort);
  }
}

function stopError(stopped: Stopped, options: Limits): EngineError {
  const seconds = options.timeoutMs / 1000;
  return new EngineError(stopped === 'deadline' ? deadlinePassed(null, { seconds }) : cancelled(null, {}));
}

/** DuckDB's error by its kind. */
export function engineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const words = plainWords(error);
  const rateless = missingRateIn(words, error);
  if (rateless !== null) return rateless;
  if (/^Out of Memory/i.test(firstLine(error))) return new EngineError(outOfMemory(null, {}), { cause: error });
  if (/overflow|out of range/i.test(words))
    return new EngineError(overflow(null, { detail: overflowWords(error) }), { cause: error });
  return new EngineError(engineFailed(null, { engine: 'DuckDB', detail: words }), { cause: error });
}

/** The materialised answer: a stream would hide an error that comes half way, and look like a finished one. */
export async function fetchRows(
  connection: DuckDBConnection,
  sql: string,
  parameters: readonly SqlParameter[],
  maxRows: number,
  maxBytes?: number,
): Promise<RawAnswer> {
  // Where memory counts, the engine does not keep what would be cut off here.
  const limited = maxBytes === undefined ? sql : `select * from (\n${sql}\n) limit ${maxRows + 1}`;
  const result = await connection.run(limited, parameters.map(bind), parameters.map(bindType));
  const gathered = new Gathered({ maxRows, maxBytes });
  for await (const rows of result.yieldRowsJson())
    for (const row of rows) if (!gathered.add(row.map(rawValue))) return gathered;
  return gathered;
}

/**
 * Rows as DuckDB finds them. A stream that fails half way ends like one that is finished, so a last row of ours says that
 * it is: the order of rows is kept, and without that row something went wrong.
 */
export async function* streamRows(
  connection: DuckDBConnection,
  { sql, parameters, columns }: Statement,
  turnstile: Turnstile,
): AsyncGenerator<RawAnswer['rows']> {
  const nothing = columns.map(() => 'null, ').join('');
  const guarded = `select *, false from (\n${sql}\n) union all select ${nothing}true`;
  const result = await turnstile.pass(() => connection.stream(guarded, parameters.map(bind), parameters.map(bindType)));
  for (;;) {
    const chunk = await turnstile.pass(() => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) {
      // Why it ended is said where all rows are read before the first is given.
      await turnstile.pass(() => connection.run(sql, parameters.map(bind), parameters.map(bindType)));
      throw new Error('the rows ended before the last of them');
    }
    const rows = chunk.convertRows(JsonDuckDBValueConverter).map(row => row.map(rawValue));
    const isLast = rows.at(-1)?.at(-1) === true;
    yield (isLast ? rows.slice(0, -1) : rows).map(row => row.slice(0, -1));
    if (isLast) return;
  }
}

function rawValue(value: Json | null): RawValue {
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : value;
}

function bind({ type, value }: SqlParameter): DuckDBValue {
  switch (type) {
    case 'integer':
      return BigInt(value);
    case 'decimal':
      return decimalValue(value);
    case 'float':
      return Number(value);
    case 'date': {
      const day = parseDay(value);
      return day === null ? value : new DuckDBDateValue(day);
    }
    case 'timestamp': {
      const parsed = parseTimestamp(value);
      return parsed === null
        ? value
        : new DuckDBTimestampValue(BigInt(parsed.milliseconds) * 1000n + BigInt(parsed.micros));
    }
    default:
      return value;
  }
}

/** The type that a parameter is sent as; left to itself the driver takes every whole number for a HUGEINT, and compares slowly. */
function bindType({ type, value }: SqlParameter): DuckDBType {
  switch (type) {
    case 'integer':
      return isBigInt(value) ? BIGINT : HUGEINT;
    case 'decimal': {
      const { width, scale } = decimalShape(value);
      return width > 38 ? VARCHAR : DECIMAL(width, scale);
    }
    case 'float':
      return DOUBLE;
    case 'date':
      return parseDay(value) === null ? VARCHAR : DATE;
    case 'timestamp':
      return parseTimestamp(value) === null ? VARCHAR : TIMESTAMP;
    default:
      return VARCHAR;
  }
}

function isBigInt(text: string): boolean {
  const value = BigInt(text);
  return value >= -(2n ** 63n) && value < 2n ** 63n;
}

function decimalShape(text: string): { readonly width: number; readonly scale: number } {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  return { width: Math.max(whole.replace(/^0+/, '').length + fraction.length, 1), scale: fraction.length };
}

/** An exact decimal with as many digits as were written; beyond 38 the warehouse has no such number, and says so. */
function decimalValue(text: string): DuckDBValue {
  const { width, scale } = decimalShape(text);
  return width > 38 ? text : new DuckDBDecimalValue(BigInt(text.replace('.', '')), width, scale);
}
