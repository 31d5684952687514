/** The meaning of a metric as a short hash: what baselines, the lock and generated clients hold against what it means now. */
import { createHash } from 'node:crypto';
import { type Model, meaningOf } from '../compiler/index.ts';

/** The same for as long as the metric computes the same, whatever it and what it stands on are called. */
export function meaningHash(model: Model, metric: string): string {
  return createHash('sha256').update(meaningOf(model, metric)).digest('hex').slice(0, 32);
}
