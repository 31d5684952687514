/** What flips with the numbers: goals whose status is another one now, and alerts that begin or cease to fire. */
import { bucketOf, type Change, formatInterval, laterBucket, type Model, type Now, own } from '../../compiler/index.ts';
import { type FiringGroup, runAlerts } from '../alerts.ts';
import type { AnswerColumn, Value } from '../answer.ts';
import type { AskedSide, Asking, AskOptions, BothAnswers } from './ask.ts';

export interface GoalFlip {
  readonly goal: string;
  readonly period: string | null;
  readonly group: readonly Value[];
  readonly keys: readonly AnswerColumn[];
  readonly before: Value;
  readonly after: Value;
}

export interface AlertFlip {
  readonly alert: string;
  readonly group: readonly Value[];
  readonly keys: readonly AnswerColumn[];
  readonly fires: 'no longer' | 'now';
}

/** The goals that a change reaches and both models have: each in the period of now, by the groups that have targets. */
export function goalQuestions(
  changes: readonly Change[],
  models: readonly [Model, Model],
  now: Now,
): readonly Asking[] {
  const [before, after] = models;
  return reached(changes, 'goals').flatMap(name => {
    const [old, goal] = [own(before.goals, name), own(after.goals, name)];
    if (old === undefined || goal === undefined) return [];
    const { calendar } = after.settings;
    const from = bucketOf(goal.grain, now.day, calendar);
    const period = formatInterval({ from, until: laterBucket(goal.grain, from, 1, calendar) });
    return [{ metric: `${name}.status`, by: goal.by.map(each => each.name), period, isSparse: true }];
  });
}

export function goalFlips(questions: readonly Asking[], answers: BothAnswers): readonly GoalFlip[] {
  return questions.flatMap(question => {
    const answered = answers.of(question);
    if (answered.kind === 'refused') return [];
    const { before, after } = answered;
    const old = new Map(before.rows.map(({ group, value }) => [JSON.stringify(group), value] as const));
    const goal = question.metric.slice(0, question.metric.lastIndexOf('.'));
    return after.rows.flatMap(({ group, value }) => {
      const was = old.get(JSON.stringify(group)) ?? null;
      return was === value ? [] : [{ goal, period: after.period, group, keys: after.keys, before: was, after: value }];
    });
  });
}

/** Alerts that a change reaches, or whose own condition is another one, asked as nobody in particular. */
export async function alertFlips(
  before: AskedSide,
  after: AskedSide,
  changes: readonly Change[],
  options: AskOptions,
): Promise<readonly AlertFlip[]> {
  const flips: AlertFlip[] = [];
  for (const name of reached(changes, 'alerts')) {
    const [old, now] = await Promise.all([before, after].map(side => firing(name, side, options)));
    if (old == null || now == null) continue;
    const [was, is] = [old.map(textOf), now.map(textOf)];
    flips.push(
      ...now.filter(group => !was.includes(textOf(group))).map(group => flip(name, group, 'now')),
      ...old.filter(group => !is.includes(textOf(group))).map(group => flip(name, group, 'no longer')),
    );
  }
  return flips;
}

async function firing(name: string, { project, engine }: AskedSide, options: AskOptions) {
  const alert = own(project.model.alerts, name);
  if (alert === undefined) return null;
  const { results } = await runAlerts(project, engine, [alert], { ...options, asker: {} });
  return results?.[0]?.firing ?? null;
}

function textOf({ group }: FiringGroup): string {
  return JSON.stringify(group.map(({ value }) => value));
}

function flip(alert: string, { group }: FiringGroup, fires: AlertFlip['fires']): AlertFlip {
  return { alert, group: group.map(({ value }) => value), keys: group.map(({ column }) => column), fires };
}

/** Definitions of a kind that a moved number or a changed goal reaches, or that are changed themselves. */
function reached(changes: readonly Change[], kind: 'goals' | 'alerts'): readonly string[] {
  const paths = changes.flatMap(({ effect, subject, reaches }) =>
    effect === 'value' || effect === 'goal' ? [subject, ...reaches] : [],
  );
  const names = paths.filter(path => path.startsWith(`${kind}.`)).map(path => path.slice(kind.length + 1));
  return [...new Set(names)].toSorted();
}
