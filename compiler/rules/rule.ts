/** What rules have in common: what they look at, what they find, and who is let off. */
import type { Diagnostic, Severity } from '../diagnostics/index.ts';
import { type Document, type Labels, type RuleDeclaration, spanOf, type Word } from '../document/index.ts';
import type { Model } from '../model.ts';
import type { Span } from '../source.ts';

/** Names of rules, as a project writes them. */
export const ruleNames = [
  'owner',
  'description',
  'unit',
  'direction',
  'time_axis',
  'goal_periods',
  'certified_on_certified',
  'deprecated_used',
  'duplicate_metric',
  'unused_metric',
] as const;
export type RuleName = (typeof ruleNames)[number];

/** A definition that a rule may find fault with. */
export interface Subject {
  readonly kind: 'table' | 'metric' | 'goal' | 'baseline' | 'role' | 'alert';
  readonly name: string;
  readonly tags: readonly string[];
  readonly status: string | null;
  readonly covers: readonly string[];
  readonly owner: string | null;
  readonly description: Labels | null;
  /** The place of its name, and its path: `metrics.win_rate`. */
  readonly at: Span;
  readonly path: string;
}

export interface Finding {
  readonly subject: Subject;
  readonly diagnostic: Diagnostic;
}

/** What rules judge: definitions that are right in everything else. */
export interface Project {
  readonly documents: readonly Document[];
  readonly model: Model;
  /** The day on which they are judged, `YYYY-MM-DD`. */
  readonly today: string;
}

/** The same with what several rules look at, made once. */
export interface Judged extends Project {
  readonly subjects: readonly Subject[];
  readonly uses: readonly Use[];
}

/** Somebody names a metric. */
export interface Use {
  readonly metric: string;
  readonly user: Subject;
  /** How it is used, in words that the metric's name follows: `\`fee_per_seat\` stands on`. */
  readonly words: string;
  /** Found when it is asked for: formulas are read once more for it. */
  readonly at: () => Span;
  readonly path: string;
}

/** All definitions of a project. */
export function subjectsOf(documents: readonly Document[]): readonly Subject[] {
  return documents.flatMap(({ file, tables, metrics, goals, baselines, roles, alerts }) => {
    const of = (kind: Subject['kind'], declared: readonly Declared[]) =>
      declared.map(
        ({ name, description, tags = [], covers = [], status = null, owner = null }): Subject => ({
          ...{ kind, name: name.text, tags, status, covers, owner, description },
          at: spanOf(file, name.at),
          path: `${kind}s.${name.text}`,
        }),
      );
    return [
      ...of('table', tables),
      ...of('metric', metrics),
      ...of(
        'goal',
        goals.map(goal => ({ ...goal, status: null })),
      ),
      ...of('baseline', baselines),
      ...of('role', roles),
      ...of('alert', alerts),
    ];
  });
}

/** What definitions of some kinds say, and of others not. */
type Declared = { readonly name: Word; readonly description: Labels | null } & Partial<
  Pick<Subject, 'tags' | 'status' | 'covers' | 'owner'>
>;

/** Whether an exception means a definition: `won_*`, `tag:internal`, `status:draft`, `covers:*`, `kind:role`. */
export function isMeant({ text }: Word, { kind, name, tags, status, covers }: Subject): boolean {
  const [, key, value = ''] = /^(tag|status|covers|kind):(.*)$/.exec(text) ?? [];
  switch (key) {
    case 'tag':
      return tags.some(tag => matches(value, tag));
    case 'status':
      return matches(value, status ?? '');
    case 'covers':
      return covers.some(row => matches(value, row));
    case 'kind':
      return matches(value, kind);
    default:
      return matches(text, name);
  }
}

function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map(part => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}

/** What a rule that nobody wrote down is worth: it was a warning before there were rules, or it is off. */
export const unsaid: Readonly<Record<RuleName, Severity | 'off'>> = {
  owner: 'off',
  description: 'off',
  unit: 'off',
  direction: 'off',
  time_axis: 'off',
  goal_periods: 'warning',
  certified_on_certified: 'off',
  deprecated_used: 'warning',
  duplicate_metric: 'off',
  unused_metric: 'off',
};

export function severityOf(name: RuleName, declared: RuleDeclaration | undefined): Severity | 'off' {
  return declared?.severity ?? unsaid[name];
}
