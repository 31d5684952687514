/** A scorecard as programs read it: what `metrics scorecard --format json` prints. Docs: "Scorecards" in docs/language.md. */
import type { Goal, GoalPart, Model, Now, RowsQuery } from '../../../compiler/index.ts';
import {
  type Card,
  type Cell,
  type Companion,
  type ComparisonReading,
  type Groups,
  type ScorecardReading,
  statusOf,
} from '../../index.ts';
import type { Language } from '../words/language.ts';
import { inLanguage, nameInWords } from '../words/text.ts';

/** A reading, and for whom it is shown. */
export interface Shown {
  readonly reading: ScorecardReading;
  readonly language: Language;
  readonly now: Now;
  /** What is known of the user, by attribute. */
  readonly user: Readonly<Record<string, unknown>>;
  readonly metrics: Model['metrics'];
  /** The folder that was named with `--project`. */
  readonly project: string | null;
  /** The command that lists rows. */
  readonly rowsCommand: (question: RowsQuery) => string;
}

export function scorecardAsData(
  { reading, language, user, rowsCommand }: Pick<Shown, 'reading' | 'language' | 'user' | 'rowsCommand'>,
  alerts: readonly unknown[],
) {
  const { scorecard, asOf, model, sections } = reading;
  return {
    role: scorecard.role,
    label: inLanguage(scorecard.label, language) ?? nameInWords(scorecard.role),
    user,
    as_of: asOf,
    model,
    alerts,
    sections: sections.map(({ label, cards }) => ({
      section: inLanguage(label, language),
      items: cards.map(card => cardAsData(card, language, rowsCommand)),
    })),
  };
}

function cardAsData(card: Card, language: Language, rowsCommand: Shown['rowsCommand']) {
  const { item, metric, value, period, isPartial, trend, groups } = card;
  return {
    metric: metric.name,
    label: inLanguage(metric.label, language) ?? nameInWords(metric.name),
    description: inLanguage(metric.description, language),
    owner: metric.owner,
    formula: metric.formula.trim(),
    version: metric.version,
    type: value.column.type,
    unit: value.column.unit,
    good: metric.good,
    period,
    partial: isPartial,
    where: item.where?.text ?? null,
    value: value.value,
    of: partAsData(item.of?.text, card.of),
    among_few: card.isAmongFew,
    comparisons: card.comparisons.map(comparisonAsData),
    goal:
      card.goal === null || card.about === null ? null : { ...aboutGoal(card.about, language), ...values(card.goal) },
    status: statusOf(card),
    trend,
    groups: groups === null ? null : groupsAsData(groups),
    companions: card.companions.map(companion => companionAsData(companion, language)),
    note: inLanguage(item.note, language),
    covers: item.covers,
    rows: card.rows.map(question => ({ query: question, command: rowsCommand(question) })),
  };
}

/** What the value is a part of, or a place among. */
function partAsData(metric: string | undefined, whole: Cell | null) {
  return metric === undefined || whole === null ? null : { metric, value: whole.value };
}

function aboutGoal({ name, label, objective, owner, grain, pace }: Goal, language: Language) {
  return {
    name,
    label: inLanguage(label, language) ?? nameInWords(name),
    objective: inLanguage(objective, language),
    ...{ owner, grain, pacing: pace },
  };
}

function comparisonAsData(comparison: ComparisonReading) {
  return {
    with: comparison.with,
    like_for_like: comparison.isLikeForLike,
    value: comparison.value.value,
    change: comparison.change?.value ?? null,
    growth: comparison.growth,
  };
}

function values(parts: Readonly<Partial<Record<GoalPart, Cell>>>) {
  return Object.fromEntries(Object.entries(parts).map(([name, cell]) => [name, cell.value] as const));
}

function groupsAsData({ by, rows, hasMore }: Groups) {
  return {
    by,
    rows: rows.map(row => ({
      group: Object.fromEntries(row.group.map(({ column, value }) => [column.name, value] as const)),
      value: row.value.value,
      of: row.of?.value ?? null,
      comparisons: row.comparisons.map(comparisonAsData),
      goal: row.goal === null ? null : values(row.goal),
      end: row.end,
    })),
    more: hasMore,
  };
}

function companionAsData({ metric, value, comparisons, refusal }: Companion, language: Language) {
  return {
    metric: metric.name,
    label: inLanguage(metric.label, language) ?? nameInWords(metric.name),
    unit: value?.column.unit ?? null,
    value: value?.value ?? null,
    comparisons: comparisons.map(comparisonAsData),
    refusal,
  };
}
