/** Choosing at random, so that what is chosen can shrink. */
import fc from 'fast-check';

export type Gen = fc.GeneratorValue;

/** Without the library's love of small and large numbers, which here are only places in lists. */
function whole(min: number, max: number) {
  return fc.noBias(fc.integer({ min, max }));
}

/** The first option is the simplest. */
export function pick<T>(g: Gen, ...options: readonly T[]): T {
  return options[count(g, 0, options.length - 1)] ?? fail();
}

function fail(): never {
  throw new Error('nothing to pick from');
}

/** False is the simpler one. */
export function chance(g: Gen, percent: number): boolean {
  return count(g, 0, 99) >= 100 - percent;
}

export function count(g: Gen, min: number, max: number): number {
  return g(whole, min, max);
}

export function some<T>(g: Gen, options: readonly T[], most: number): readonly T[] {
  const chosen = options.filter(() => chance(g, 30));
  return chosen.slice(0, most);
}
