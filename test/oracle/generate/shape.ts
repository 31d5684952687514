/** What differs between generated worlds beside their formulas. */
import { chance, type Gen, pick } from './choose.ts';
import type { Form } from './written.ts';

export interface Shape {
  /** Whether the reps change slowly, and what says when a version is valid. */
  readonly versions: 'none' | 'dates' | 'timestamps';
  readonly hasAccountOwner: boolean;
}

export function shapeOf(g: Gen, allowed: readonly Form[]): Shape {
  const isVersioned = allowed.includes('versioned') && chance(g, allowed.length < 4 ? 90 : 40);
  return { versions: isVersioned ? pick(g, 'dates', 'dates', 'timestamps') : 'none', hasAccountOwner: chance(g, 70) };
}
