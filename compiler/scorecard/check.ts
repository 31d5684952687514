/** Scorecards and alerts of a sound Model in, everything that is wrong with what they ask out. */
import { dayOf } from '../calendar/index.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/index.ts';
import type { Alert, Model, ScorecardItem } from '../model.ts';
import { type Now, placed, type Query } from '../resolve/index.ts';
import { bindAlert, checkMessage } from './alert.ts';
import { type Asked, questionsOf } from './question.ts';

/** Plans a question; only its findings matter here. */
export type Try = (query: Query, now: Now) => readonly Diagnostic[];
export type TryAlert = (alert: Alert, now: Now) => readonly Diagnostic[];

/** What is asked every day is tried on one in the middle of a week, a month and a year. */
const someDay: Now = { day: dayOf(2026, 5, 20), hour: 12 };

export function judgeScorecards(model: Model, attempt: Try, attemptAlert: TryAlert): readonly Diagnostic[] {
  const items = Object.values(model.scorecards).flatMap(({ sections }) => sections.flatMap(({ items }) => items));
  return distinct([
    ...items.flatMap(item => itemFindings(item, model, attempt)),
    ...Object.values(model.alerts).flatMap(alert => alertFindings(alert, model, attemptAlert)),
  ]);
}

/** Companions are not judged here: one that cannot be asked as its metric is says so on the scorecard. */
function itemFindings(item: ScorecardItem, model: Model, attempt: Try): readonly Diagnostic[] {
  const { value, goal, trend, groups } = questionsOf(item, {}, model, someDay);
  const findingsOf = ({ query, written }: Asked) =>
    attempt(query, someDay).map(diagnostic => placed(diagnostic, written));
  const found = findingsOf(value);
  if (hasErrors(found)) return found;
  const others = [...(goal === null ? [] : [goal]), ...(trend === null ? [] : [trend]), ...groups];
  return [...found, ...others.flatMap(findingsOf)];
}

function alertFindings(alert: Alert, model: Model, attempt: TryAlert): readonly Diagnostic[] {
  const { query, diagnostics } = bindAlert(alert, {}, model, someDay);
  if (query === null) return diagnostics;
  const found: Diagnostic[] = [...attempt(alert, someDay)];
  checkMessage(
    alert,
    query.metrics.map(metric => metric.name),
    model,
    diagnostic => found.push(diagnostic),
  );
  return found;
}

/** What several questions of one item say in the same words is said once. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byText = new Map(
    diagnostics.map(each => [JSON.stringify([each.code, each.span, each.message]), each] as const),
  );
  return [...byText.values()];
}
