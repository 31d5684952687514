/** What a metric or a goal is, as names and bare facts: whoever explains it, in a terminal or on a page, tells the same. */
import {
  type Goal,
  goalParts,
  isKeptTable,
  type Metric,
  type Model,
  measuresOf,
  own,
  positionAt,
  referencesOf,
  type Source,
  type Span,
  unitText,
} from '../../../compiler/index.ts';

export interface AboutMetric {
  readonly unit: string;
  readonly tables: readonly string[];
  /** As they are written, those of the metrics that it stands on among them. */
  readonly measures: readonly string[];
  readonly standsOn: readonly string[];
  readonly readWith: readonly string[];
  readonly replacedBy: string | null;
}

/** `shown` is what whoever asks knows of the model; names that it does not have are left out. */
export function aboutMetric(metric: Metric, model: Model, shown: Model): AboutMetric {
  const known = (names: readonly string[]) => names.filter(name => own(shown.metrics, name) !== undefined);
  const measures = measuresOf(metric.expression, name => own(model.metrics, name));
  const [successor = null] = known(metric.replacedBy === null ? [] : [metric.replacedBy]);
  return {
    unit: metric.isPercent ? 'percent' : unitText(metric.unit),
    tables: metric.tables.filter(name => !isKeptTable(name)),
    measures: [...new Set(measures.map(measure => measure.text))],
    standsOn: known(referencesOf(metric.expression)),
    readWith: known(metric.balanceWith),
    replacedBy: successor,
  };
}

/** The metrics that name one in their formulas. */
export function metricsThatUse(name: string, { metrics }: Pick<Model, 'metrics'>): readonly string[] {
  return Object.values(metrics).flatMap(other => (referencesOf(other.expression).includes(name) ? [other.name] : []));
}

export interface AboutGoal {
  /** As it is written, where it is a formula or one number; null where targets stand by period or group. */
  readonly target: string | null;
  /** Of a metric that is good within a band there is no share of what is expected. */
  readonly hasShares: boolean;
  /** The metrics that it gives. */
  readonly gives: readonly string[];
}

export function aboutGoal({ name, metric }: Goal, metrics: Model['metrics']): AboutGoal {
  const good = own(metrics, metric)?.good ?? null;
  return {
    target: own(metrics, `${name}.target`)?.formula.trim() ?? null,
    hasShares: good === null || typeof good === 'string',
    gives: goalParts.map(part => `${name}.${part}`).filter(each => own(metrics, each) !== undefined),
  };
}

export interface Place {
  readonly file: string;
  /** From 1; null where the file is not at hand. */
  readonly line: number | null;
}

export function placeOf(at: Span, sources: readonly Source[]): Place {
  const source = sources.find(each => each.path === at.file);
  return { file: at.file, line: source === undefined ? null : positionAt(source.text, at.start).line };
}

/** `metrics/sales.yaml:12`. */
export function placeText({ file, line }: Place): string {
  return line === null ? file : `${file}:${line}`;
}
