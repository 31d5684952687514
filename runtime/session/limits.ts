/** What a session does at most. */
import { defaultTimeoutMs } from '../run.ts';

export interface SessionLimits {
  /** Questions that are answered at once; others wait. */
  readonly atOnce: number;
  /** Questions that wait at most; others are refused. */
  readonly waiting: number;
  /** Streams that are open at once, beside them. */
  readonly streams: number;
  /** How long an answer may take, if the asker has no less patience. */
  readonly timeoutMs: number;
  /** Rows of an answer; a stream has no such limit. */
  readonly maxRows: number;
  /** About what the rows of an answer may take. */
  readonly maxBytes: number;
  /** Room for answers that are kept; 0 for none. */
  readonly cacheBytes: number;
  /** How long an answer is kept where nobody can say whether the data has changed; 0 for not at all. */
  readonly freshMs: number;
}

const megabyte = 1024 * 1024;

export const defaultLimits: SessionLimits = {
  atOnce: 4,
  waiting: 100,
  streams: 8,
  timeoutMs: defaultTimeoutMs,
  maxRows: 100_000,
  maxBytes: 64 * megabyte,
  cacheBytes: 64 * megabyte,
  freshMs: 0,
};
