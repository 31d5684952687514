/** A gate: so many may be inside at once, so many may wait before it, and whoever comes then is sent away. */
import { busy, cancelled } from '../../compiler/index.ts';
import { EngineError } from '../engine.ts';

export class Gate {
  private inside = 0;
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly places: number,
    private readonly benches: number,
  ) {}

  /** How many are inside. */
  get running(): number {
    return this.inside;
  }

  async pass<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.enter(signal);
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  /** Takes a place, which must be given back with `leave`. */
  async enter(signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw new EngineError(cancelled(null, {}));
    if (this.inside < this.places) {
      this.inside += 1;
      return;
    }
    if (this.waiting.size >= this.benches)
      throw new EngineError(busy(null, { running: this.inside, waiting: this.waiting.size }));
    await new Promise<void>((resolve, reject) => {
      const give = () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        this.waiting.delete(give);
        reject(new EngineError(cancelled(null, {})));
      };
      this.waiting.add(give);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** A place that is given back goes to whoever has waited longest. */
  leave(): void {
    const [next] = this.waiting;
    if (next === undefined) this.inside -= 1;
    else {
      this.waiting.delete(next);
      next();
    }
  }
}
