/** What a metric that a goal or a baseline gives says for itself: nothing but what it is made of. */
import type { Metric } from '../model.ts';

export const derived = {
  values: null,
  additivity: { time: 'none', groups: 'none' },
  empty: null,
  label: null,
  description: null,
  format: null,
  good: null,
  version: 1,
  status: 'active',
  replacedBy: null,
  ends: null,
  balanceWith: [],
  lens: null,
  covers: [],
} as const satisfies Partial<Metric>;
