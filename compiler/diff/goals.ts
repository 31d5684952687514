/** Goals and baselines of two sides: after which changes what was attained or grown before and after cannot be compared. */
import { goalText } from '../lineage.ts';
import type { Baseline, Goal } from '../model.ts';
import { own } from '../record.ts';
import { documentation, type Found, found, type Pair, type Reading } from './change.ts';

export function goalChanges(pair: Pair): readonly Found[] {
  const { before, after, renamed } = pair;
  const names = new Set(renamed.goals.values());
  const changes = Object.values(before.model.goals).flatMap(goal => {
    const subject = `goals.${goal.name}`;
    const same = own(after.model.goals, goal.name);
    if (same !== undefined) return between(goal, same, pair);
    const other = renamed.goals.get(goal.name);
    if (other !== undefined) return [found('client', subject, `is called \`${other}\` now, and is the same goal`)];
    return [
      found('client', subject, after.declared.has(subject) ? 'is broken' : 'is gone', { before: goalText(goal) }),
    ];
  });
  const added = Object.values(after.model.goals).filter(({ name }) => {
    return own(before.model.goals, name) === undefined && !names.has(name);
  });
  return [...changes, ...added.map(goal => found('new', `goals.${goal.name}`, 'is new', { after: goalText(goal) }))];
}

export function renamedGoals(before: Reading, after: Reading): ReadonlyMap<string, string> {
  const added = Object.values(after.model.goals).filter(({ name }) => own(before.model.goals, name) === undefined);
  const renamed = new Map<string, string>();
  for (const goal of Object.values(before.model.goals)) {
    if (own(after.model.goals, goal.name) !== undefined || after.declared.has(`goals.${goal.name}`)) continue;
    const taken = new Set(renamed.values());
    const same = added.find(each => !taken.has(each.name) && after.goal(each) === before.goal(goal));
    if (same !== undefined) renamed.set(goal.name, same.name);
  }
  return renamed;
}

function between(goal: Goal, other: Goal, pair: Pair): readonly Found[] {
  const { before, after } = pair;
  const subject = `goals.${goal.name}`;
  const texts = { before: goalText(goal), after: goalText(other) };
  const isSame = before.goal(goal) === after.goal(other);
  const meaning = movedMetric(goal.metric, pair);
  return [
    ...(isSame
      ? []
      : [
          isLonger(goal, other, before, after)
            ? found('new', subject, 'has targets for more periods', texts)
            : found('goal', subject, 'is another goal', texts),
        ]),
    ...(meaning === null ? [] : [found('goal', subject, meaning, { through: [`metrics.${goal.metric}`] })]),
    ...documentation(subject, goal, other, ['label', 'description', 'objective', 'owner', 'covers', 'tags']),
  ];
}

/** Whether all targets of before are as they were, and nothing else is: then the past is what it was. */
function isLonger(goal: Goal, other: Goal, before: Reading, after: Reading): boolean {
  const [old, now] = [goal.target, other.target];
  if (old.kind !== 'values' || now.kind !== 'values') return false;
  const known = new Set(now.values.map(value => JSON.stringify(value)));
  if (!old.values.every(value => known.has(JSON.stringify(value)))) return false;
  const bare = { target: old, from: null, until: null };
  return before.goal({ ...goal, ...bare }) === after.goal({ ...other, ...bare });
}

function movedMetric(metric: string, { before, after }: Pair): string | null {
  const [old, now] = [own(before.model.metrics, metric), own(after.model.metrics, metric)];
  if (old === undefined || now === undefined) return null;
  if (before.meaning(metric) !== after.meaning(metric)) return 'measures something else';
  return JSON.stringify(old.good) === JSON.stringify(now.good)
    ? null
    : `is good in another direction: that of \`${metric}\``;
}

export function baselineChanges(pair: Pair): readonly Found[] {
  const { before, after } = pair;
  const changes = Object.values(before.model.baselines).flatMap((baseline): readonly Found[] => {
    const subject = `baselines.${baseline.name}`;
    const same = own(after.model.baselines, baseline.name);
    if (same === undefined) return [found('client', subject, after.declared.has(subject) ? 'is broken' : 'is gone')];
    const texts = { before: baselineText(baseline), after: baselineText(same) };
    const meaning = movedMetric(baseline.metric, pair);
    return [
      ...(texts.before === texts.after ? [] : [found('goal', subject, 'is another baseline', texts)]),
      ...(meaning === null
        ? []
        : [
            found('goal', subject, 'compares what was frozen with another meaning', {
              through: [`metrics.${baseline.metric}`],
            }),
          ]),
      ...documentation(subject, baseline, same, ['label', 'description', 'owner', 'covers', 'tags']),
    ];
  });
  const added = Object.values(after.model.baselines).filter(
    ({ name }) => own(before.model.baselines, name) === undefined,
  );
  return [
    ...changes,
    ...added.map(each => found('new', `baselines.${each.name}`, 'is new', { after: baselineText(each) })),
  ];
}

function baselineText({ metric, period, grain, by, frozen }: Baseline): string {
  const per = [...(grain === null ? [] : [grain]), ...by];
  const said = `${metric} over ${period}${per.length === 0 ? '' : ` per ${per.join(', ')}`}`;
  return `${said}${frozen === null ? '' : `, frozen on ${frozen.on}`}`;
}
