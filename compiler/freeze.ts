/** Freezing: what is declared of a baseline in, the question whose answer is frozen and what is written above its rows out. */
import { isGrain } from './calendar/index.ts';
import type { Freeze, FrozenPart } from './document/index.ts';
import { parseFormula } from './formula/index.ts';
import type { Metric, MetricExpression, Model } from './model.ts';
import { own } from './record.ts';
import { bindDimension, modelScope, type Parts, partsOf, pathsOf, type Query } from './resolve/index.ts';

/** What is to be asked, of which model: the metric's parts are metrics of it. */
export interface FreezeQuestion {
  readonly model: Model;
  readonly query: Query;
  /** What a freeze says of itself beside the days on which it is made. */
  readonly head: Pick<Freeze, 'baseline' | 'metric' | 'formula' | 'grain' | 'kind' | 'parts'>;
  /** The dimensions, in the order of the answer; the bucket comes before them. */
  readonly by: readonly string[];
}

/** Null where it names no metric that there is. */
export function freezeQuestion(model: Model, declared: Declared): FreezeQuestion | null {
  const metric = own(model.metrics, declared.metric);
  if (metric === undefined) return null;
  const scope = modelScope(model, () => {});
  const parts = partsOf(metric, { metric: name => own(model.metrics, name), scope });
  const made = partMetrics(declared.name, metric, parts);
  // What does not add up is known of the frozen groups alone, so it is frozen by no others.
  const others = parts.kind === 'whole' ? [] : dimensionsOfRules(declared.rules, metric, model);
  const by = [...new Set([...declared.by, ...others])];
  const { grain } = declared;
  return {
    model: { ...model, metrics: { ...model.metrics, ...Object.fromEntries(made.map(each => [each.name, each])) } },
    query: {
      metrics: made.map(each => each.name),
      by: grain === null ? by : [grain, ...by],
      period: declared.period,
      sparse: true,
    },
    head: {
      baseline: declared.name,
      metric: metric.name,
      formula: metric.formula.trim(),
      grain,
      kind: parts.kind,
      parts: made.map((each, index) => partText(each, index, metric, parts)),
    },
    by,
  };
}

/** A baseline as it is written, whatever was frozen of it before. */
export interface Declared {
  readonly name: string;
  readonly metric: string;
  readonly period: string;
  readonly grain: string | null;
  readonly by: readonly string[];
  /** The row rules of the project's roles. */
  readonly rules: readonly string[];
}

function partMetrics(baseline: string, metric: Metric, parts: Parts): readonly Metric[] {
  const expressions = parts.kind === 'whole' ? [parts.expression] : parts.parts.map(part => part.expression);
  return expressions.map((expression, index) => ({
    ...metric,
    name: `${baseline}.part_${index + 1}`,
    expression,
    type: expression.type,
    unit: expression.unit,
    empty: null,
    isPercent: false,
  }));
}

function partText({ expression, type, unit }: Metric, index: number, metric: Metric, parts: Parts): FrozenPart {
  return {
    name: nameOf(expression) ?? `part ${index + 1} of ${metric.name}`,
    type,
    unit: unit.kind === 'known' ? unit.factors : null,
    time: parts.kind === 'whole' ? 'none' : (parts.parts[index]?.time ?? 'none'),
  };
}

function nameOf(expression: MetricExpression): string | null {
  if (expression.kind === 'metric') return expression.name;
  return expression.kind === 'measure' ? expression.text : null;
}

/** The dimensions that rules of roles name and the metric has: by these, what is frozen can be shown to a role. */
function dimensionsOfRules(rules: readonly string[], metric: Metric, model: Model): readonly string[] {
  const scope = modelScope(model, () => {});
  const locate = () => ({ file: '', start: 0, end: 0 });
  const report = () => {};
  return rules.flatMap(rule =>
    pathsOf(parseFormula(rule, locate, report)).flatMap(path => {
      const words = path.words.map(word => word.text);
      const name = words.join('.');
      if (words[0] === 'user' || isGrain(name)) return [];
      const asker = { subject: () => metric.name, verb: 'grouped', locate, report } as const;
      return bindDimension(name, path, metric.tables, scope, asker) === null ? [] : [name];
    }),
  );
}
