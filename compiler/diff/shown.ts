/** Stored questions of two sides: items of scorecards, alerts, tests. Which of them still stand there and are refused, and which are other questions now. */
import type { Alert, ScorecardItem } from '../model.ts';
import { own } from '../record.ts';
import { documentation, type Found, found, type Pair } from './change.ts';

export function shownChanges(pair: Pair): readonly Found[] {
  return [...scorecardChanges(pair), ...alertChanges(pair), ...testChanges(pair)];
}

function scorecardChanges({ before, after }: Pair): readonly Found[] {
  return Object.values(before.model.scorecards).flatMap(scorecard => {
    const subject = `roles.${scorecard.role}.scorecard`;
    const other = own(after.model.scorecards, scorecard.role);
    const items = scorecard.sections.flatMap(section => section.items);
    const now = (other?.sections ?? []).flatMap(section => section.items);
    const left = new Map(now.map(item => [questionText(item), item] as const));
    const asked = new Set(items.map(questionText));
    const broken = items.flatMap(item => {
      const same = left.get(questionText(item));
      if (same === undefined || other === undefined || after.isSound) return [];
      const [error] = after.judge.item(same, other).filter(({ severity }) => severity === 'error');
      return error === undefined
        ? []
        : [found('query', subject, `cannot show \`${nameOf(item)}\` any more: ${error.message}`)];
    });
    const gone = items.filter(item => !left.has(questionText(item)));
    const added = now.filter(item => !asked.has(questionText(item)));
    const changed = [
      ...gone.map(item =>
        found('doc', subject, `does not show \`${nameOf(item)}\` as before`, { before: questionText(item) }),
      ),
      ...added.map(item =>
        found('doc', subject, `shows \`${nameOf(item)}\` otherwise, or anew`, { after: questionText(item) }),
      ),
    ];
    return [...broken, ...changed];
  });
}

function nameOf({ goal, metric }: ScorecardItem): string {
  return goal?.text ?? metric.text;
}

/** What an item asks, without where it stands. */
function questionText({ metric, goal, by, period, where, compare, trend, top, bottom }: ScorecardItem): string {
  const parts: readonly (readonly [string, string | null])[] = [
    ['by', by.length === 0 ? null : by.map(({ text }) => text).join(', ')],
    ['period', period?.text ?? null],
    ['where', where?.text ?? null],
    ['compare', compare.length === 0 ? null : compare.map(({ text }) => text).join(', ')],
    ['trend', trend?.text.text ?? null],
    ['top', top === null ? null : String(top)],
    ['bottom', bottom === null ? null : String(bottom)],
  ];
  const said = parts.flatMap(([name, text]) => (text === null ? [] : [`${name} ${text}`]));
  return [goal === null ? metric.text : goal.text, ...said].join('; ');
}

function alertChanges({ before, after }: Pair): readonly Found[] {
  const changes = Object.values(before.model.alerts).flatMap((alert): readonly Found[] => {
    const subject = `alerts.${alert.name}`;
    const same = own(after.model.alerts, alert.name);
    if (same === undefined)
      return [found('doc', subject, 'is gone: nobody is told any more', { before: conditionText(alert) })];
    const [error] = after.isSound ? [] : after.judge.alert(same).filter(({ severity }) => severity === 'error');
    const texts = { before: conditionText(alert), after: conditionText(same) };
    return [
      ...(error === undefined ? [] : [found('query', subject, `cannot be asked any more: ${error.message}`)]),
      ...(texts.before === texts.after ? [] : [found('value', subject, 'fires under another condition', texts)]),
      ...documentation(subject, alert, same, ['label', 'description', 'owner', 'severity', 'covers', 'tags']),
    ];
  });
  const added = Object.values(after.model.alerts).filter(({ name }) => own(before.model.alerts, name) === undefined);
  return [
    ...changes,
    ...added.map(alert => found('new', `alerts.${alert.name}`, 'is new', { after: conditionText(alert) })),
  ];
}

function conditionText({ when, by, where, grain, periods }: Alert): string {
  const groups = by.length === 0 ? '' : ` by ${by.map(({ text }) => text).join(', ')}`;
  const filter = where === null ? '' : ` where ${where.text}`;
  const time = grain === null ? '' : ` per ${grain.name}${periods === null ? '' : `, ${periods} in a row`}`;
  return `${when.text.trim()}${groups}${filter}${time}`;
}

/** Tests that still ask for what is not there. */
function testChanges({ before, after }: Pair): readonly Found[] {
  const asked = new Map(after.tests.map(test => [test.name, test] as const));
  return before.tests.flatMap(({ name, metrics }) => {
    const same = asked.get(name);
    const lost = metrics.filter(metric => {
      return (
        same?.metrics.includes(metric) === true &&
        own(before.model.metrics, metric) !== undefined &&
        own(after.model.metrics, metric) === undefined
      );
    });
    return lost.map(metric => found('query', `tests.${name}`, `asks for \`${metric}\`, which is not there any more`));
  });
}
