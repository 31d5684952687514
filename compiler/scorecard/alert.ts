/**
 * An alert in, the question that is asked for it out: for each of its groups the truth of its condition, and the metrics
 * that it names. Groups in which it is known not to hold are left out.
 */
import { bucketOf, formatInterval, type Grain, laterBucket } from '../calendar/index.ts';
import {
  type Diagnostic,
  didYouMean,
  hasErrors,
  nearest,
  noTable,
  nothingMeasured,
  type Report,
  unknownPlaceholder,
} from '../diagnostics/index.ts';
import { spanOf, spanWithin, type Text } from '../document/index.ts';
import { type Alert, type MetricExpression, type Model, noUnit, unspecified } from '../model.ts';
import { own } from '../record.ts';
import {
  type BindResult,
  type BoundColumn,
  bindQuery,
  type Now,
  placed,
  type Query,
  referencesOf,
  type WrittenQuestion,
} from '../resolve/index.ts';
import type { Asker } from './question.ts';

/** The column of the answer that says whether the condition holds: true, or null where it is not known. */
export const firesColumn = 'when';

export function bindAlert(alert: Alert, asker: Asker, model: Model, now: Now): BindResult {
  const written = writtenAlert(alert);
  const { query, diagnostics } = bindQuery(model, alertQuery(alert, asker, model, now), now);
  // That no table is read is said in the words of alerts, where it does not follow from something else.
  const others = diagnostics.filter(({ code }) => code !== noTable.code);
  const findings = others.map(diagnostic => placed(diagnostic, written));
  if (others.length < diagnostics.length && !hasErrors(others))
    return { query: null, diagnostics: [...findings, measuresNothing(alert)] };
  const condition = query?.having ?? null;
  if (query === null || condition === null) return { query: null, diagnostics: findings };
  const lookup = (name: string) => own(model.metrics, name);
  const metrics = referencesOf(condition).flatMap(name => lookup(name) ?? []);
  const fires: BoundColumn = { name: firesColumn, expression: condition, ...truth, isPercent: false };
  const named = metrics.map(({ name, type, unit, isPercent }): BoundColumn => {
    return { name, expression: { kind: 'metric', name, type, unit }, type, unit, isPercent };
  });
  return {
    query: { ...query, metrics, columns: [fires, ...named], having: unlessFalse(condition) },
    diagnostics: findings,
  };
}

const truth = { type: 'boolean', unit: noUnit } as const;

function unlessFalse(condition: MetricExpression): MetricExpression {
  const yes: MetricExpression = { kind: 'literal', value: true, type: 'boolean', unit: unspecified };
  return { kind: 'call', function: 'coalesce', arguments: [condition, yes], ...truth };
}

/** The question as `bindQuery` takes it; the metrics are those that the condition names. */
export function alertQuery({ when, by, where, grain, periods }: Alert, asker: Asker, model: Model, now: Now): Query {
  const { calendar } = model.settings;
  return {
    metrics: [],
    by: [...by.map(each => each.text.trim()), ...(grain === null || periods === null ? [] : [grain.name])],
    where: where?.text,
    having: when.text,
    period: grain === null ? undefined : periodOf(grain.name, periods, now, calendar),
    as: asker.as,
    user: asker.user,
  };
}

/** The bucket of now, or so many whole ones before it. */
function periodOf(grain: Grain, periods: number | null, now: Now, calendar: Model['settings']['calendar']): string {
  const current = bucketOf(grain, now.day, calendar);
  return formatInterval(
    periods === null
      ? { from: current, until: laterBucket(grain, current, 1, calendar) }
      : { from: laterBucket(grain, current, -periods, calendar), until: current },
  );
}

/** The alert's question where it stands in its file. */
export function writtenAlert({ name, file, at, when, by, where, grain, periods }: Alert): WrittenQuestion {
  const parts = {
    by: grain === null || periods === null ? by : [...by, grain.text],
    where: where === null ? null : [where],
    having: [when],
    metrics: when,
    period: grain?.text ?? null,
  };
  return { file, at, path: `alerts.${name}`, asked: ['as', 'user'], parts };
}

function measuresNothing({ name, file, when }: Alert): Diagnostic {
  return nothingMeasured(spanOf(file, when.at), {}, { path: `alerts.${name}.when` });
}

/** A name in a message: `{won_revenue}`. */
export const placeholder = /\{([^{}]*)\}/g;

/** The names that a message may use: the metrics of the condition, and what it is grouped by. */
export function checkMessage(alert: Alert, metrics: readonly string[], model: Model, report: Report): void {
  const known = [
    ...metrics,
    ...alert.by.map(each => each.text.trim()),
    ...(alert.grain === null ? [] : [alert.grain.name]),
  ];
  for (const text of Object.values(alert.message ?? {})) {
    for (const match of text.text.matchAll(placeholder)) {
      const name = match[1]?.trim() ?? '';
      if (!known.includes(name)) report(strange(name, match.index + 1, text, alert, known, model));
    }
  }
}

function strange(
  name: string,
  start: number,
  text: Text,
  alert: Alert,
  known: readonly string[],
  model: Model,
): Diagnostic {
  const at = spanWithin(alert.file, text, [start, Math.max(start + name.length, start + 1)]);
  const isMetric = own(model.metrics, name) !== undefined;
  const help =
    didYouMean(nearest(name, known)) ?? (isMetric ? 'a message has the metrics that `when` names' : undefined);
  return unknownPlaceholder(at, { name, known, help }, { path: `alerts.${alert.name}.message` });
}
