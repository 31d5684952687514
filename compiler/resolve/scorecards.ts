/** Scorecards: the declarations of roles in, `Scorecard`s out. Their items are bound when they are asked, as the role. */
import {
  allOf,
  badTrend,
  didYouMean,
  nearest,
  nothingToCut,
  oneSubject,
  otherBaseline,
  type Report,
  unknownName,
} from '../diagnostics/index.ts';
import {
  type Document,
  type ItemDeclaration,
  type RoleDeclaration,
  spanOf,
  type Text,
  type Word,
} from '../document/index.ts';
import type { Scorecard, ScorecardItem, Step, StepUnit } from '../model.ts';
import { grouped, recordOf } from '../record.ts';
import { comparisonNames, comparisonStep } from './compare.ts';

/** What items may name. */
interface Names {
  readonly metrics: ReadonlySet<string>;
  /** Goals, and the metrics that they are about. */
  readonly goals: ReadonlyMap<string, Word | null>;
  /** Baselines, and the metrics that they are of. */
  readonly baselines: ReadonlyMap<string, Word | null>;
  readonly alerts: ReadonlySet<string>;
}

export function resolveScorecards(documents: readonly Document[], report: Report): Readonly<Record<string, Scorecard>> {
  const namesOf = (kind: 'metrics' | 'alerts') =>
    new Set(documents.flatMap(document => document[kind].map(({ name }) => name.text)));
  const names: Names = {
    metrics: namesOf('metrics'),
    goals: new Map(documents.flatMap(({ goals }) => goals.map(({ name, metric }) => [name.text, metric] as const))),
    baselines: new Map(
      documents.flatMap(({ baselines }) => baselines.map(({ name, metric }) => [name.text, metric] as const)),
    ),
    alerts: namesOf('alerts'),
  };
  const roles = grouped(
    documents.flatMap(document => document.roles),
    role => role.name.text,
  );
  const scorecards = [...roles.values()].flatMap(([role]) => {
    for (const alert of role.alerts) checkName(alert, 'alert', names.alerts, role, report);
    return role.scorecard.length + role.alerts.length === 0 ? [] : [scorecardOf(role, names, report)];
  });
  return recordOf(scorecards.map(scorecard => [scorecard.role, scorecard] as const));
}

function scorecardOf(role: RoleDeclaration, names: Names, report: Report): Scorecard {
  const { name, file, label, description, scorecard, alerts } = role;
  return {
    role: name.text,
    label,
    description,
    sections: scorecard.map((section, index) => ({
      label: section.label,
      covers: section.covers,
      items: section.items.flatMap((item, place) => {
        const path = `roles.${name.text}.scorecard.${index}.items.${place}`;
        return itemOf(item, { file, path }, names, diagnostic => report({ ...diagnostic, path })) ?? [];
      }),
    })),
    alerts: alerts.filter(({ text }, index) => {
      return names.alerts.has(text) && alerts.findIndex(other => other.text === text) === index;
    }),
    file,
    at: spanOf(file, name.at),
  };
}

/** Null where it does not show one thing that there is, which has been reported. */
function itemOf(
  item: ItemDeclaration,
  { file, path }: Pick<ScorecardItem, 'file' | 'path'>,
  names: Names,
  report: Report,
): ScorecardItem | null {
  const at = spanOf(file, item.at);
  const metric = metricOf(item, file, names, report);
  const { goal, of, by, top, bottom } = item;
  for (const key of ['top', 'bottom'] as const) {
    const cut = item[key];
    if (cut !== null && by.length === 0) report(nothingToCut(spanOf(file, cut.at), { key }));
  }
  const trend = item.trend === null ? null : trendOf(item.trend, file, report);
  if (of !== null) checkName(of, 'metric', names.metrics, { file }, report);
  for (const comparison of item.compare) checkComparison(comparison, metric, file, names, report);
  if (metric === null) return null;
  return {
    ...{ file, at, path, metric, goal, by, trend },
    of: of === null || names.metrics.has(of.text) ? of : null,
    period: item.period,
    where: item.where,
    compare: item.compare,
    isLikeForLike: item.isLikeForLike,
    top: top?.count ?? null,
    bottom: bottom?.count ?? null,
    note: item.note,
    covers: item.covers,
  };
}

/** The metric that an item names, itself or by its goal; null where there is none, which has been reported. */
function metricOf(item: ItemDeclaration, file: string, names: Names, report: Report): Word | null {
  const { metric, goal } = item;
  if (metric !== null && goal !== null) report(oneSubject(spanOf(file, goal.at), { found: 'both' }));
  else if (metric !== null) return checkName(metric, 'metric', names.metrics, { file }, report) ? metric : null;
  else if (goal === null) report(oneSubject(spanOf(file, item.at), { found: 'none' }));
  else if (checkName(goal, 'goal', new Set(names.goals.keys()), { file }, report)) {
    const about = names.goals.get(goal.text) ?? null;
    return about === null || !names.metrics.has(about.text) ? null : { text: about.text, at: goal.at };
  }
  return null;
}

function checkName(
  { text, at }: Word,
  kind: string,
  names: ReadonlySet<string>,
  { file }: { readonly file: string },
  report: Report,
): boolean {
  if (names.has(text)) return true;
  report(unknownName(spanOf(file, at), { name: text, kind, help: didYouMean(nearest(text, names)) }));
  return false;
}

function checkComparison({ text, at }: Text, metric: Word | null, file: string, names: Names, report: Report): void {
  if (comparisonStep(text) !== undefined) return;
  const { baselines } = names;
  const of = baselines.get(text);
  if (of !== undefined) {
    const isOther = of !== null && metric !== null && of.text !== metric.text;
    if (isOther) report(otherBaseline(spanOf(file, at), { baseline: text, of: of.text, metric: metric.text }));
    return;
  }
  const help =
    didYouMean(nearest(text, [...comparisonNames, ...baselines.keys()])) ??
    `comparisons are ${allOf(comparisonNames)}, and the names of baselines`;
  report(unknownName(spanOf(file, at), { name: text, kind: 'comparison', help }));
}

const units: readonly StepUnit[] = ['day', 'week', 'month', 'quarter', 'half', 'year'];
/** More points than this are no line that could be read. */
const mostPoints = 120;

function trendOf(text: Text, file: string, report: Report): ScorecardItem['trend'] {
  const step = stepOf(text.text);
  if (step === null) report(badTrend(spanOf(file, text.at), { text: text.text, most: mostPoints }));
  return step === null ? null : { step, text };
}

function stepOf(text: string): Step | null {
  const match = /^(\d{1,4}) +([a-z]+)$/.exec(text.trim());
  const amount = Number(match?.[1] ?? 0);
  const unit = units.find(each => match?.[2] === `${each}s` || (each === 'half' && match?.[2] === 'halves'));
  return unit === undefined || amount < 2 || amount > mostPoints ? null : { amount, unit };
}
