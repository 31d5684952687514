/** A role's scorecard: a project, its warehouse and a user in; sections of cards and the alerts that fire out. */
import {
  type Asked,
  type Diagnostic,
  distinct,
  formatDay,
  hasErrors,
  type Labels,
  own,
  plan,
  questionsOf,
  type Scorecard,
} from '../../compiler/index.ts';
import { type AlertResult, type AskOptions, runAlerts } from '../alerts.ts';
import { rowsBehind } from '../behind.ts';
import type { Engine } from '../engine.ts';
import type { SoundProject } from '../project.ts';
import { projectHash } from '../run.ts';
import { askAll } from './ask.ts';
import { type Answers, byUrgency, type Card, cardOf } from './card.ts';

export {
  type Card,
  type Companion,
  type ComparisonReading,
  type GoalReading,
  type GroupRow,
  type Groups,
  statusOf,
  type Trend,
} from './card.ts';

export interface ScorecardReading {
  readonly scorecard: Scorecard;
  readonly asOf: string;
  /** The hash of the definitions. */
  readonly model: string;
  readonly sections: readonly { readonly label: Labels; readonly cards: readonly Card[] }[];
  readonly alerts: readonly AlertResult[];
}

export interface ScorecardAnswer {
  /** Null where something was refused; then an error says why. */
  readonly reading: ScorecardReading | null;
  readonly diagnostics: readonly Diagnostic[];
}

export async function runScorecard(
  project: SoundProject,
  engine: Engine,
  scorecard: Scorecard,
  options: AskOptions,
): Promise<ScorecardAnswer> {
  const { model } = project;
  const { now, asker } = options;
  const sections = scorecard.sections.map(({ label, items }) => ({
    label,
    items: items.map(item => ({ item, questions: questionsOf(item, asker, model, now) })),
  }));
  const asked = sections.flatMap(({ items }) => items.map(({ questions }) => questions));
  const refusals = new Map<Asked, string>();
  for (const companion of asked.flatMap(({ companions }) => companions)) {
    const error = plan(model, companion.query, now).diagnostics.find(({ severity }) => severity === 'error');
    if (error !== undefined) refusals.set(companion, error.message);
  }
  const questions = asked.flatMap(({ value, goal, baselines, trend, groups, companions }) => [
    value,
    ...(goal === null ? [] : [goal]),
    ...baselines,
    ...(trend === null ? [] : [trend]),
    ...groups,
    ...companions.filter(companion => !refusals.has(companion)),
  ]);
  const { answers, diagnostics } = await askAll(project, engine, questions, options);
  if (hasErrors(diagnostics)) return { reading: null, diagnostics: distinct(diagnostics) };
  const alerts = scorecard.alerts.flatMap(({ text }) => own(model.alerts, text) ?? []);
  const fired = await runAlerts(project, engine, alerts, options);
  const found = distinct([...diagnostics, ...fired.diagnostics]);
  if (fired.results === null) return { reading: null, diagnostics: found };
  const lookup: Answers = {
    refusal: question => refusals.get(question) ?? null,
    answer: question => {
      const answer = answers.get(question);
      if (answer === undefined) throw new Error(`nothing was asked of ${question.query.metrics.join(', ')}`);
      return answer;
    },
  };
  const reading = {
    scorecard,
    asOf: formatDay(now.day),
    model: projectHash(project),
    sections: sections.map(({ label, items }) => ({
      label,
      cards: byUrgency(
        items.map(({ item, questions }) => {
          const rows = rowsBehind(item.metric.text, questions.value.query, model, now);
          return cardOf(item, questions, model, lookup, rows);
        }),
      ),
    })),
    alerts: fired.results,
  };
  return { reading, diagnostics: found };
}
