/** The meaning of a metric as a short hash: what baselines, the lock and generated clients hold against what it means now. */
import { createHash } from 'node:crypto';
import { type Model, meaningsOf } from '../compiler/index.ts';

/** The same for as long as the metric computes the same, whatever it and what it stands on are called. */
export function meaningHash(model: Model, metric: string): string {
  const known = readers.get(model) ?? meaningsOf(model, digest);
  readers.set(model, known);
  return digest(known(metric));
}

/** A short text in place of a long one. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** A model does not change, and its metrics stand on each other. */
const readers = new WeakMap<Model, (metric: string) => string>();
