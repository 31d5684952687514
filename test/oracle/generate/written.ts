/** Metric expressions as they are written, with what must be known of them to write more around them. */
import type { TableName } from './rows.ts';

/** What `SEXTANT_FORM` chooses among. */
export const forms = [
  'windowed',
  'nested',
  'stock',
  'total',
  'rank',
  'moment',
  'versioned',
  'conversions',
  'previous',
  'currency',
  'goal',
] as const;
export type Form = (typeof forms)[number];

export interface Written {
  /** A call, a name or a bracket, so that anything may be written around it. */
  readonly text: string;
  readonly tables: readonly TableName[];
  readonly forms: readonly Form[];
  /** A number without a unit; a number with one, a date or a text; true or false. */
  readonly kind: 'number' | 'value' | 'condition';
  /** Whether rows without a time axis are in it, so that no time can pass for it. */
  readonly isTimeless: boolean;
  readonly hasStock: boolean;
  readonly hasFlow: boolean;
  /** Of what a goal gives: by which dimensions it has targets. */
  readonly goalBy?: readonly string[];
  /** And for which time one target holds. */
  readonly goalGrain?: string;
}

/** What is written around others has all that they have. */
export function around(
  text: string,
  parts: readonly Written[],
  form: Form | null = null,
  kind: Written['kind'] = 'number',
): Written {
  return {
    text,
    tables: [...new Set(parts.flatMap(part => part.tables))],
    forms: [...new Set([...parts.flatMap(part => part.forms), ...(form === null ? [] : [form])])],
    kind,
    isTimeless: parts.some(part => part.isTimeless),
    hasStock: parts.some(part => part.hasStock),
    hasFlow: parts.some(part => part.hasFlow),
    ...sharedBy(parts),
  };
}

/** What all goals have targets by, and the one grain of all. */
function sharedBy(parts: readonly Written[]): Pick<Written, 'goalBy' | 'goalGrain'> {
  const all = parts.flatMap(({ goalBy }) => (goalBy === undefined ? [] : [goalBy]));
  const [first, ...others] = all;
  if (first === undefined) return {};
  const [grain, ...grains] = new Set(parts.flatMap(({ goalGrain }) => goalGrain ?? []));
  const goalBy = first.filter(each => others.every(other => other.includes(each)));
  return grain === undefined || grains.length > 0 ? { goalBy } : { goalBy, goalGrain: grain };
}
