/** Limits of time. The machine may be busy with something else, so of three attempts one must keep it. */
import { expect } from 'vitest';

/** Runs an attempt that gives how long it took. */
export async function expectWithin(milliseconds: number, attempt: () => Promise<number>): Promise<void> {
  let fastest = Number.POSITIVE_INFINITY;
  for (let count = 0; count < 3 && fastest >= milliseconds; count += 1) fastest = Math.min(fastest, await attempt());
  expect(fastest).toBeLessThan(milliseconds);
}
