/** Scorecards and alerts of a sound Model in, everything that is wrong with what they ask out. */
import { dayOf } from '../calendar/index.ts';
import { type Diagnostic, hasErrors, hiddenFromRole } from '../diagnostics/index.ts';
import { spanOf } from '../document/index.ts';
import type { Alert, Model, Scorecard, ScorecardItem } from '../model.ts';
import { grouped, own } from '../record.ts';
import { type Now, placed, type Query } from '../resolve/index.ts';
import { bindAlert, checkMessage } from './alert.ts';
import { lintScorecard } from './lint.ts';
import { type Asked, type Asker, joined, questionsOf, together } from './question.ts';

/** Plans what is asked; only its findings matter here. */
export interface Attempts {
  readonly question: (query: Query, now: Now) => readonly Diagnostic[];
  readonly alert: (alert: Alert, asker: Asker, now: Now) => readonly Diagnostic[];
}

/** What is asked every day is tried on one in the middle of a week, a month and a year. */
const someDay: Now = { day: dayOf(2026, 5, 20), hour: 12 };

export function judgeScorecards(model: Model, given: Attempts): readonly Diagnostic[] {
  const attempts = new Tried(given);
  const alerts = Object.values(model.alerts).map(alert => alertFindings(alert, model, attempts));
  return distinct([
    ...alerts.flat(),
    ...Object.values(model.scorecards).flatMap(scorecard => scorecardFindings(scorecard, model, attempts)),
  ]);
}

/** What is wrong with one item, asked as anybody and as its role. */
export function judgeItem(
  item: ScorecardItem,
  scorecard: Scorecard,
  model: Model,
  attempts: Attempts,
): readonly Diagnostic[] {
  return itemFindings(item, scorecard, { as: scorecard.role, user: someUser(model) }, model, attempts);
}

export function judgeAlert(alert: Alert, model: Model, attempts: Attempts): readonly Diagnostic[] {
  return alertFindings(alert, model, attempts);
}

/** Roles are shown the same metrics, and several list one alert: what has been tried is known. */
class Tried implements Attempts {
  private readonly known = new Map<string, readonly Diagnostic[]>();

  constructor(private readonly attempts: Attempts) {}

  question(query: Query, now: Now): readonly Diagnostic[] {
    return this.once([query, now], () => this.attempts.question(query, now));
  }

  alert(alert: Alert, asker: Asker, now: Now): readonly Diagnostic[] {
    return this.once([alert.name, asker, now], () => this.attempts.alert(alert, asker, now));
  }

  /** What is right together is right alone; of anything else each is tried by itself when it is asked about. */
  all(questions: readonly Asked[], now: Now): void {
    for (const members of together(questions)) {
      const isRight = members.length > 1 && this.attempts.question(joined(members), now).length === 0;
      if (isRight) for (const { query } of members) this.once([query, now], () => []);
    }
  }

  private once(key: unknown, attempt: () => readonly Diagnostic[]): readonly Diagnostic[] {
    const text = JSON.stringify(key);
    const found = this.known.get(text) ?? attempt();
    this.known.set(text, found);
    return found;
  }
}

function scorecardFindings(scorecard: Scorecard, model: Model, attempts: Tried): readonly Diagnostic[] {
  const asker = { as: scorecard.role, user: someUser(model) };
  const items = scorecard.sections.flatMap(section => section.items);
  // A metric that reads no table is refused alone, and not beside others.
  const reads = ({ query }: Asked) => query.metrics.every(name => own(model.metrics, name)?.tables.length !== 0);
  for (const each of [{}, asker]) {
    const questions = items.flatMap(item => askedFor(item, each, model));
    attempts.all(questions.filter(reads), someDay);
  }
  const alerts = scorecard.alerts.flatMap(word => {
    const alert = own(model.alerts, word.text);
    if (alert === undefined || hasErrors(attempts.alert(alert, {}, someDay))) return [];
    const at = spanOf(scorecard.file, word.at);
    const found = attempts.alert(alert, asker, someDay);
    return found.map(diagnostic => ({ ...diagnostic, span: at, path: `roles.${scorecard.role}.alerts` }));
  });
  const found = [...items.flatMap(item => itemFindings(item, scorecard, asker, model, attempts)), ...alerts];
  return hasErrors(found) ? found : [...found, ...lintScorecard(scorecard, model, someDay)];
}

/** Somebody of whom everything is known: rules are decided on tables, whoever it is. */
function someUser({ settings }: Model): Query['user'] {
  const values = { string: 'x', integer: 1, decimal: 1, float: 1, boolean: true, date: '2026-05-20' } as const;
  return Object.fromEntries(
    Object.entries(settings.attributes).map(([name, type]) => {
      const value = type === 'timestamp' || type === 'duration' ? '2026-05-20T12:00' : values[type];
      return [name, value] as const;
    }),
  );
}

/** As anybody first, then as the role. Companions are not judged: one that cannot be asked as its metric is says so on the scorecard. */
function itemFindings(
  item: ScorecardItem,
  { role, at }: Scorecard,
  asker: Asker,
  model: Model,
  attempts: Attempts,
): readonly Diagnostic[] {
  const found = findingsAs(item, {}, model, attempts);
  if (hasErrors(found)) return found;
  const hides = own(model.roles, role)?.hides.metrics ?? [];
  const hidden = [item.metric, item.goal, item.of]
    .flatMap(each => each ?? [])
    .find(({ text }) => hides.some(name => name === text || name.startsWith(`${text}.`)));
  if (hidden !== undefined) {
    const { file, path } = item;
    return [...found, hiddenFromRole(spanOf(file, hidden.at), { name: hidden.text, role }, { path })];
  }
  const related = [{ message: `it is asked as the role \`${role}\``, span: at }];
  const others = findingsAs(item, asker, model, attempts).map(diagnostic => ({ ...diagnostic, related }));
  return [...found, ...others.filter(({ severity }) => severity === 'error')];
}

function findingsAs(item: ScorecardItem, asker: Asker, model: Model, attempts: Attempts): readonly Diagnostic[] {
  const [value, ...others] = askedFor(item, asker, model);
  const findingsOf = ({ query, written }: Asked) =>
    attempts
      .question(query, someDay)
      .map(diagnostic => placed(diagnostic, { ...written, asked: [], parts: { ...written.parts, as: item.metric } }));
  const found = value === undefined ? [] : findingsOf(value);
  return hasErrors(found) ? found : [...found, ...others.flatMap(findingsOf)];
}

/** The metric's own question first. */
function askedFor(item: ScorecardItem, asker: Asker, model: Model): readonly Asked[] {
  const { value, goal, baselines, trend, groups } = questionsOf(item, asker, model, someDay);
  return [
    value,
    ...(goal === null ? [] : [goal]),
    ...baselines.filter(asked => isFrozen(asked, model)),
    ...(trend === null ? [] : [trend]),
    ...groups,
  ];
}

/** Of one that is not frozen yet, that has been told at its own place. */
function isFrozen({ query }: Asked, model: Model): boolean {
  const [name = ''] = (query.metrics[0] ?? '').split('.');
  return own(model.baselines, name)?.frozen !== null;
}

function alertFindings(alert: Alert, model: Model, attempts: Attempts): readonly Diagnostic[] {
  const { query, diagnostics } = bindAlert(alert, {}, model, someDay);
  if (query === null) return diagnostics;
  const found: Diagnostic[] = [...attempts.alert(alert, {}, someDay)];
  const metrics = query.metrics.map(metric => metric.name);
  checkMessage(alert, metrics, model, diagnostic => found.push(diagnostic));
  return found;
}

/** What several questions say in the same words of the same place is said once. */
export function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const keyOf = ({ code, span, message }: Diagnostic) => JSON.stringify([code, span, message]);
  return [...grouped(diagnostics, keyOf).values()].map(([first]) => first);
}
