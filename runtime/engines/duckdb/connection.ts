/** One connection to DuckDB for one query: a deadline, a way to stop it, and rows in which no digit is lost. */
import {
  type DuckDBConnection,
  DuckDBDateValue,
  DuckDBDecimalValue,
  type DuckDBInstance,
  DuckDBTimestampValue,
  type DuckDBValue,
  type Json,
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
} from '../../../compiler/index.ts';
import { EngineError, type ExecuteOptions, type RawAnswer, type RawValue } from '../../engine.ts';

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
export async function runWithin<T>(
  connection: DuckDBConnection,
  options: ExecuteOptions,
  work: () => Promise<T>,
): Promise<T> {
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

function stopError(stopped: Stopped, options: ExecuteOptions): EngineError {
  const seconds = options.timeoutMs / 1000;
  return new EngineError(stopped === 'deadline' ? deadlinePassed(null, { seconds }) : cancelled(null, {}));
}

/** DuckDB's error by its kind; its first line says what is wrong, and the rest repeats the SQL. */
export function engineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const [detail = message] = message.split('\n');
  if (/^Out of Memory/i.test(detail)) return new EngineError(outOfMemory(null, {}), { cause: error });
  if (/Out of Range|overflow|out of range/i.test(detail))
    return new EngineError(overflow(null, { detail }), { cause: error });
  return new EngineError(engineFailed(null, { engine: 'DuckDB', detail }), { cause: error });
}

/** The materialised answer: a stream would hide an error that comes half way, and look like a finished one. */
export async function fetchRows(
  connection: DuckDBConnection,
  sql: string,
  parameters: readonly SqlParameter[],
  maxRows: number,
): Promise<RawAnswer> {
  const result = await connection.run(sql, parameters.map(bind));
  const rows = await result.getRowsJson();
  return { rows: rows.slice(0, maxRows).map(row => row.map(rawValue)), isTruncated: rows.length > maxRows };
}

function rawValue(value: Json): RawValue {
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : value;
}

function bind({ type, value }: SqlParameter): DuckDBValue {
  if (typeof value === 'boolean') return value;
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

/** An exact decimal with as many digits as were written; beyond 38 the warehouse has no such number, and says so. */
function decimalValue(text: string): DuckDBValue {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const digits = `${whole}${fraction}`.replace(/^0+(?=\d)/, '');
  if (digits.length > 38) return text;
  const unscaled = BigInt(digits) * (text.startsWith('-') ? -1n : 1n);
  return new DuckDBDecimalValue(unscaled, Math.max(digits.length, fraction.length, 1), fraction.length);
}
