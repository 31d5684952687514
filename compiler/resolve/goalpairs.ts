/** Goals held against each other: a year's target and those of its months, kept apart, should come to one number. */
import {
  bucketOf,
  bucketsOf,
  type Calendar,
  type Day,
  follows,
  formatDay,
  type Interval,
  laterBucket,
  parseDay,
} from '../calendar/index.ts';
import { type Report, targetsDisagree } from '../diagnostics/index.ts';
import { type GoalDeclaration, spanOf } from '../document/index.ts';
import type { Goal } from '../model.ts';
import { sumOfDecimals } from './literal.ts';

/** Targets that stand in the definitions, of metrics that add up over time. */
export function checkPairs(
  goals: readonly Goal[],
  declarations: ReadonlyMap<string, GoalDeclaration>,
  calendar: Calendar,
  report: Report,
): void {
  const summed = goals.filter(goal => goal.rollup === 'sum' && goal.target.kind !== 'formula');
  for (const coarse of summed) {
    for (const fine of summed) {
      const isPair = coarse.metric === fine.metric && coarse.grain !== fine.grain && namesOf(coarse) === namesOf(fine);
      const isWithin = follows(coarse.grain, fine.grain, calendar) && !follows(fine.grain, coarse.grain, calendar);
      if (isPair && isWithin) comparePair(coarse, fine, declarations.get(coarse.name) ?? null, calendar, report);
    }
  }
}

function namesOf({ by }: Goal): string {
  return by
    .map(dimension => dimension.name)
    .sort()
    .join(', ');
}

function comparePair(
  coarse: Goal,
  fine: Goal,
  declaration: GoalDeclaration | null,
  calendar: Calendar,
  report: Report,
): void {
  const targetAt = targetsByDay(fine);
  const written = declaration?.target?.kind === 'values' ? declaration.target.values : [];
  for (const { period, group, value, index } of targetsOf(coarse, fine, calendar)) {
    const ofFine = fine.by.map(({ name }) => group[coarse.by.findIndex(each => each.name === name)] ?? '');
    const parts = bucketsOf(fine.grain, period, calendar, mostBuckets).map(day => targetAt(day, ofFine));
    const known = parts.flatMap(part => part ?? []);
    const sum = sumOfDecimals(known);
    if (known.length < parts.length || sum === value) continue;
    const at = written[index]?.period.at ?? declaration?.name.at;
    if (declaration === null || at === undefined) return;
    const related = [{ message: `\`${fine.name}\` is defined here`, span: fine.at }];
    const name = `the ${coarse.grain} of ${formatDay(period.from)}`;
    const said = { goal: coarse.name, target: value, other: fine.name, sum, period: name, group };
    report(targetsDisagree(spanOf(declaration.file, at), said, { related }));
  }
}

/** As many days as a year has, which is the longest that a target holds for. */
const mostBuckets = 366;

interface OneTarget {
  readonly period: Interval;
  /** Values of the dimensions, in the order of those of the coarser goal. */
  readonly group: readonly string[];
  readonly value: string;
  /** Its place among the values. */
  readonly index: number;
}

/** The targets of the coarser goal; of one number those of the periods in which the finer one has values, or of one period. */
function targetsOf(coarse: Goal, fine: Goal, calendar: Calendar): readonly OneTarget[] {
  const { target, grain } = coarse;
  const at = (day: Day): Interval => ({ from: day, until: laterBucket(grain, day, 1, calendar) });
  if (target.kind === 'values')
    return target.values.map(({ from, group, value }, index) => ({ period: at(dayOf(from)), group, value, index }));
  if (target.kind === 'formula') return [];
  const days =
    fine.target.kind === 'values'
      ? fine.target.values.map(({ from }) => dayOf(from))
      : [dayOf(coarse.from ?? fine.from ?? '2026-01-01')];
  const starts = new Set(days.map(day => bucketOf(grain, day, calendar)));
  return [...starts]
    .map(day => ({ period: at(day), group: [], value: target.value, index: 0 }))
    .filter(({ period }) => isIn(coarse, period.from));
}

function dayOf(text: string): Day {
  return parseDay(text) ?? 0;
}

function isIn({ from, until }: Goal, day: Day): boolean {
  return (from === null || day >= dayOf(from)) && (until === null || day < dayOf(until));
}

/** The targets of a goal by bucket and group; null where there is none. */
function targetsByDay(goal: Goal): (day: Day, group: readonly string[]) => string | null {
  const { target } = goal;
  const keyOf = (from: string, group: readonly string[]) => JSON.stringify([from, group]);
  const values = target.kind === 'values' ? target.values : [];
  const byKey = new Map(values.map(({ from, group, value }) => [keyOf(from, group), value] as const));
  return (day, group) => {
    if (!isIn(goal, day)) return null;
    return target.kind === 'number' ? target.value : (byKey.get(keyOf(formatDay(day), group)) ?? null);
  };
}
