/** Structured logs: a line of JSON for each request and each build. No token, no value of a user and no SQL is in them. */
import { pino } from 'pino';

export interface RequestLine {
  readonly id: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly role: string | null;
  /** The code of a refusal. */
  readonly code: string | null;
  readonly rows?: number;
}

export interface Log {
  readonly request: (line: RequestLine) => void;
  /** What happened beside requests. */
  readonly note: (message: string, more?: Readonly<Record<string, unknown>>) => void;
  /** A bug, with its stack; `id` is what the answer names. */
  readonly bug: (error: unknown, id: string) => void;
}

export function openLog(write: (line: string) => void): Log {
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write });
  return {
    request: line => logger.info(line, 'request'),
    note: (message, more = {}) => logger.info(more, message),
    bug: (error, id) => logger.error({ id, err: error }, 'a fault of the program'),
  };
}
