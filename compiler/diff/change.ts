/** What a comparison of two Models comes to: changes, by what they do to those who stand on what has changed. */
import type { Diagnostic } from '../diagnostics/index.ts';
import type { Definition, Lineage } from '../lineage.ts';
import type { Alert, Goal, Metric, RowRule, Scorecard, ScorecardItem } from '../model.ts';
import type { Side } from './side.ts';

/**
 * `value`: a number may be another one. `client`: code against the generated client does not compile. `query`: a stored question
 * is refused. `goal`: what was attained before and after cannot be compared. The others break nothing: `new` names, what
 * only people read (`doc`), and what is written otherwise and means the same (`equal`).
 */
export const effects = ['value', 'client', 'query', 'goal', 'new', 'doc', 'equal'] as const;
export type Effect = (typeof effects)[number];

/** Effects for which a comparison can be made to fail. */
export const breaking = ['value', 'client', 'query', 'goal'] as const satisfies readonly Effect[];

export interface Change {
  readonly effect: Effect;
  /** The definition, by its path: `metrics.won_revenue`, `tables.deals.columns.stage`, `roles.rep.scorecard`. */
  readonly subject: string;
  /** What has happened to it, the end of a sentence that begins with its name. */
  readonly what: string;
  /** How it was and is written, where that says something. */
  readonly before: string | null;
  readonly after: string | null;
  /** The definitions below through which it came, where it is written as before. */
  readonly through: readonly string[];
  /** All that stands on it, by path: metrics, goals, baselines, alerts, scorecards. */
  readonly reaches: readonly string[];
}

/** What a file of change says; what it reaches is known of all of them together. */
export type Found = Omit<Change, 'reaches'>;

/** A side with what it means. */
export interface Reading extends Side {
  readonly meaning: (metric: string) => string;
  readonly column: (table: string, column: string) => string;
  readonly goal: (goal: Goal) => string;
  readonly rule: (rule: RowRule) => ReadonlyMap<string, string>;
  readonly lineage: Lineage;
  /** The names of dimensions by which a metric can be asked. */
  readonly offer: (metric: Metric) => readonly string[];
  readonly judge: Judge;
}

/** What is wrong with a stored question, asked of that side. */
export interface Judge {
  readonly item: (item: ScorecardItem, scorecard: Scorecard) => readonly Diagnostic[];
  readonly alert: (alert: Alert) => readonly Diagnostic[];
}

export interface Pair {
  readonly before: Reading;
  readonly after: Reading;
  readonly renamed: Renamed;
}

/** New names by old ones, of what is the same under another name. */
export interface Renamed {
  readonly metrics: ReadonlyMap<string, string>;
  readonly goals: ReadonlyMap<string, string>;
  readonly tables: ReadonlyMap<string, string>;
}

/** A text of before in the names of now. */
export function inNewNames(text: string, { metrics, goals }: Renamed): string {
  if (metrics.size + goals.size === 0) return text;
  return text.replace(/'(?:[^']|'')*'|[A-Za-z_][A-Za-z0-9_]*/g, word => metrics.get(word) ?? goals.get(word) ?? word);
}

export function found(
  effect: Effect,
  subject: string,
  what: string,
  more: Partial<Omit<Found, 'effect' | 'subject' | 'what'>> = {},
): Found {
  return { effect, subject, what, before: null, after: null, through: [], ...more };
}

/** The definitions beneath that say something else, or are there on one side alone. */
export function differing(
  before: ReadonlyMap<string, Definition>,
  after: ReadonlyMap<string, Definition>,
): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter(path => before.get(path)?.text !== after.get(path)?.text);
}

/** What only people read, where it has changed. */
export function documentation<T>(
  subject: string,
  before: T,
  after: T,
  keys: readonly (keyof T & string)[],
): readonly Found[] {
  const changed = keys.filter(key => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  if (changed.length === 0) return [];
  return [found('doc', subject, `has another ${changed.map(inWords).join(', ')}`)];
}

/** `balanceWith` as `balance with`. */
function inWords(key: string): string {
  return key.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
}
