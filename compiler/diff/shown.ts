/** Stored questions of two sides: items of scorecards, alerts, tests. Which of them still stand there and are refused, and which are other questions now. */
import type { Diagnostic } from '../diagnostics/index.ts';
import type { Alert, ScorecardItem } from '../model.ts';
import { own } from '../record.ts';
import { documentation, type Found, found, inNewNames, type Pair } from './change.ts';
import { itemKey, itemText } from './side.ts';

export function shownChanges(pair: Pair): readonly Found[] {
  return [...scorecardChanges(pair), ...alertChanges(pair), ...testChanges(pair)];
}

function scorecardChanges({ before, after, renamed }: Pair): readonly Found[] {
  const textOf = (item: ScorecardItem) => inNewNames(itemText(item), renamed);
  return Object.values(before.model.scorecards).flatMap(scorecard => {
    const subject = `roles.${scorecard.role}.scorecard`;
    const other = own(after.model.scorecards, scorecard.role);
    const items = scorecard.sections.flatMap(section => section.items);
    const now = (other?.sections ?? []).flatMap(section => section.items);
    const left = new Map(now.map(item => [itemText(item), item] as const));
    const asked = new Set(items.map(textOf));
    const added = now.filter(item => !asked.has(itemText(item)));
    return [
      ...items.flatMap(item => {
        const same = left.get(textOf(item));
        const name = nameOf(item);
        if (same !== undefined && other !== undefined && !after.isSound)
          return refused(subject, name, after.judge.item(same, other));
        if (same !== undefined) return [];
        return after.items.has(itemKey(scorecard.role, itemText(item)))
          ? [found('query', subject, `cannot show \`${name}\` any more: it is not there, or broken`)]
          : [found('doc', subject, `does not show \`${name}\` as before`, { before: itemText(item) })];
      }),
      ...added.map(item =>
        found('doc', subject, `shows \`${nameOf(item)}\` otherwise, or anew`, { after: itemText(item) }),
      ),
    ];
  });
}

function refused(subject: string, name: string, findings: readonly Diagnostic[]): readonly Found[] {
  const error = findings.find(({ severity }) => severity === 'error');
  return error === undefined ? [] : [found('query', subject, `cannot show \`${name}\` any more: ${error.message}`)];
}

function nameOf({ goal, metric }: ScorecardItem): string {
  return goal?.text ?? metric.text;
}

function alertChanges({ before, after, renamed }: Pair): readonly Found[] {
  const changes = Object.values(before.model.alerts).flatMap((alert): readonly Found[] => {
    const subject = `alerts.${alert.name}`;
    const same = own(after.model.alerts, alert.name);
    if (same === undefined)
      return [found('doc', subject, 'is gone: nobody is told any more', { before: conditionText(alert) })];
    const [error] = after.isSound ? [] : after.judge.alert(same).filter(({ severity }) => severity === 'error');
    const texts = { before: conditionText(alert), after: conditionText(same) };
    return [
      ...(error === undefined ? [] : [found('query', subject, `cannot be asked any more: ${error.message}`)]),
      ...(inNewNames(texts.before, renamed) === texts.after
        ? []
        : [found('value', subject, 'fires under another condition', texts)]),
      ...documentation(subject, messaged(alert), messaged(same), [
        'label',
        'description',
        'owner',
        'severity',
        'message',
        'covers',
        'tags',
      ]),
    ];
  });
  const added = Object.values(after.model.alerts).filter(({ name }) => own(before.model.alerts, name) === undefined);
  return [
    ...changes,
    ...added.map(alert => found('new', `alerts.${alert.name}`, 'is new', { after: conditionText(alert) })),
  ];
}

/** With the texts of its message alone, wherever they stand. */
function messaged(alert: Alert) {
  return { ...alert, message: Object.values(alert.message ?? {}).map(({ text }) => text) };
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
