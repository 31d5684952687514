/** What definitions ask by themselves: the scorecards of roles, and alerts. They are kept as they are written, and bound when they are asked. */
import type { Grain } from './calendar/index.ts';
import type { Labels, Text, Word } from './document/index.ts';
import type { Span } from './source.ts';

/** What a role is shown: questions as they are written. They are bound when they are asked, as the role. */
export interface Scorecard {
  readonly role: string;
  readonly label: Labels | null;
  readonly description: Labels | null;
  readonly sections: readonly ScorecardSection[];
  /** The alerts of the role. */
  readonly alerts: readonly Word[];
  readonly file: string;
  /** The place of the role's name. */
  readonly at: Span;
}

export interface ScorecardSection {
  readonly label: Labels;
  readonly covers: readonly string[];
  readonly items: readonly ScorecardItem[];
}

export interface ScorecardItem {
  readonly file: string;
  readonly at: Span;
  /** What it is called in findings: `roles.sales_rep.scorecard.0.items.2`. */
  readonly path: string;
  /** The metric that is shown; of a goal, the one that it is about. */
  readonly metric: Word;
  readonly goal: Word | null;
  /** The metric that the value is a part of, or a place among: `4 of 12`. */
  readonly of: Word | null;
  readonly by: readonly Text[];
  readonly period: Text | null;
  readonly where: Text | null;
  readonly compare: readonly Text[];
  readonly isLikeForLike: boolean;
  /** How many buckets of the past are drawn as a line. */
  readonly trend: { readonly step: TrendStep; readonly text: Text } | null;
  readonly top: number | null;
  readonly bottom: number | null;
  readonly note: Labels | null;
  readonly covers: readonly string[];
}

/** So many buckets. */
export interface TrendStep {
  readonly amount: number;
  readonly unit: 'day' | 'week' | 'month' | 'quarter' | 'half' | 'year';
}

/** A condition over metrics that must be noticed in any group: a question as it is written, like an item. */
export interface Alert {
  readonly name: string;
  readonly file: string;
  readonly at: Span;
  readonly label: Labels | null;
  readonly description: Labels | null;
  readonly owner: string | null;
  readonly when: Text;
  readonly by: readonly Text[];
  readonly where: Text | null;
  /** Null for all time. */
  readonly grain: { readonly name: Grain; readonly text: Text } | null;
  /** In how many whole buckets in a row it must hold; null for the one of now. */
  readonly periods: number | null;
  readonly severity: 'info' | 'warning' | 'critical';
  /** By language, with `{metric}` and `{dimension}`. */
  readonly message: Readonly<Record<string, Text>> | null;
  readonly covers: readonly string[];
  readonly tags: readonly string[];
}
