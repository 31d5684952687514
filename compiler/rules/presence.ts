/** Rules about what is said of definitions: an owner, a description; of numbers a unit, a direction, a time axis. */
import {
  allOf,
  descriptionMissing,
  directionMissing,
  ownerMissing,
  timeAxisMissing,
  unitMissing,
} from '../diagnostics/index.ts';
import type { Metric } from '../model.ts';
import { own } from '../record.ts';
import { isNumber, measuresOf } from '../resolve/index.ts';
import type { Finding, Judged, Subject } from './rule.ts';

/** Roles have none: whoever answers for access answers for all of them. */
export function owners({ subjects }: Judged): readonly Finding[] {
  return subjects.flatMap(subject => {
    const { kind, name, owner, at, path } = subject;
    if (kind === 'role' || (owner ?? '').trim() !== '') return [];
    return [{ subject, diagnostic: ownerMissing(at, { kind, name }, { path }) }];
  });
}

export function descriptions({ subjects }: Judged): readonly Finding[] {
  return subjects.flatMap(subject => {
    const { kind, name, description, at, path } = subject;
    if (Object.values(description ?? {}).some(text => text.trim() !== '')) return [];
    return [{ subject, diagnostic: descriptionMissing(at, { kind, name }, { path }) }];
  });
}

export function units(judged: Judged): readonly Finding[] {
  return numbersOf(judged).flatMap(({ subject, metric }) => {
    const { name, at, path } = subject;
    return metric.unit.kind === 'unspecified' ? [{ subject, diagnostic: unitMissing(at, { name }, { path }) }] : [];
  });
}

export function directions(judged: Judged): readonly Finding[] {
  return numbersOf(judged).flatMap(({ subject, metric }) => {
    const { name, at, path } = subject;
    return metric.good === null ? [{ subject, diagnostic: directionMissing(at, { name }, { path }) }] : [];
  });
}

/** Stocks are read on any day, whatever axis their table has. */
export function timeAxes(judged: Judged): readonly Finding[] {
  return metricsOf(judged).flatMap(({ subject, metric }) => {
    const { name, at, path } = subject;
    const measures = measuresOf(metric.expression, other => own(judged.model.metrics, other));
    const timeless = measures.filter(({ time, lifespan }) => time === null && lifespan === null);
    const tables = allOf([...new Set(timeless.map(({ table }) => table))].sort());
    return tables === '' ? [] : [{ subject, diagnostic: timeAxisMissing(at, { name, tables }, { path }) }];
  });
}

interface Defined {
  readonly subject: Subject;
  readonly metric: Metric;
}

/** The metrics that a project declares, with what the Model makes of them. */
export function metricsOf({ subjects, model }: Judged): readonly Defined[] {
  return subjects.flatMap(subject => {
    const metric = subject.kind === 'metric' ? own(model.metrics, subject.name) : undefined;
    return metric === undefined ? [] : [{ subject, metric }];
  });
}

function numbersOf(judged: Judged): readonly Defined[] {
  return metricsOf(judged).filter(({ metric }) => isNumber(metric.type) || metric.type === 'duration');
}
