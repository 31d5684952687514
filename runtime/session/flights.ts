/**
 * Work that several wait for: who asks for what is under way already comes aboard, each may leave when it likes, and when
 * nobody is left the work is stopped.
 */
import { cancelled, deadlinePassed } from '../../compiler/index.ts';
import { longestTimerMs } from '../clock.ts';
import { EngineError } from '../engine.ts';

/** How long somebody waits. */
export interface Patience {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs: number;
  /** When that began, by `performance.now()`. */
  readonly since: number;
}

interface Flight<T> {
  readonly landing: Promise<T>;
  readonly stop: AbortController;
  aboard: number;
}

export class Flights<T> {
  private readonly known = new Map<string, Flight<T>>();

  isUnderWay(key: string): boolean {
    return this.known.has(key);
  }

  async join(key: string, patience: Patience, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const flight = this.known.get(key) ?? this.start(key, work);
    flight.aboard += 1;
    try {
      return await within(patience, flight.landing);
    } finally {
      flight.aboard -= 1;
      if (flight.aboard === 0) {
        this.forget(key, flight);
        flight.stop.abort();
      }
    }
  }

  private start(key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const stop = new AbortController();
    const flight: Flight<T> = { landing: work(stop.signal), stop, aboard: 0 };
    this.known.set(key, flight);
    const land = () => this.forget(key, flight);
    flight.landing.then(land, land);
    return flight;
  }

  private forget(key: string, flight: Flight<T>): void {
    if (this.known.get(key) === flight) this.known.delete(key);
  }
}

/** What comes first: the work, the deadline or the caller's end of interest. */
export async function within<T>({ signal, timeoutMs, since }: Patience, work: Promise<T>): Promise<T> {
  let abort = () => {};
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    abort = () => reject(new EngineError(cancelled(null, {})));
    const late = () => reject(new EngineError(deadlinePassed(null, { seconds: timeoutMs / 1000 })));
    timer = setTimeout(late, Math.min(since + timeoutMs - performance.now(), longestTimerMs));
  });
  // The work may come first, and nobody waits for the other any more.
  over.catch(() => {});
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  try {
    return await Promise.race([over, work]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
