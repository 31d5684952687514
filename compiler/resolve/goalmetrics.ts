/** What a goal gives: the expressions of `won_goal.target`, `won_goal.pace` and their like, made of the metric and its target. */

import type { At } from '../formula/index.ts';
import {
  type Additive,
  errorNode,
  type FunctionName,
  type Goal,
  type GoalPart,
  type GoalWindow,
  type Literal,
  type Measure,
  type Metric,
  type MetricExpression,
  type Nested,
  noUnit,
  type Per,
  type Table,
  type Typed,
  unspecified,
} from '../model.ts';
import { own } from '../record.ts';
import { derived } from './derived.ts';
import { build, type Level } from './expression.ts';
import { bucketColumn, reference, valueColumn } from './kepttable.ts';
import type { Scope } from './scope.ts';

export const statuses = ['met', 'on_track', 'at_risk', 'off_track'] as const;

/** A goal with what its metrics are made of. */
export interface GoalMaterial {
  readonly goal: Goal;
  readonly metric: Metric;
  /** The target of an interval of whole buckets. */
  readonly target: MetricExpression;
  readonly additivity: Additive;
  /** The tables that the target reads or is kept in, sorted. */
  readonly tables: readonly string[];
  readonly scope: Scope;
}

export function metricsOfGoal(material: GoalMaterial): readonly Metric[] {
  const { goal, metric, target, additivity } = material;
  const { apply, inWindow } = makers(material);
  const made = (part: GoalPart, expression: MetricExpression, formula: string, more: Partial<Metric> = {}) =>
    metricOf(part, expression, formula, material, more);
  const money = { isPercent: metric.isPercent };
  const whole = made('target', inWindow('whole', target), targetText(goal), {
    ...money,
    empty: 'null',
    additivity,
    tables: material.tables,
  });
  const reached = goal.from === null && goal.until === null ? refer(metric) : inWindow('asked', refer(metric));
  const due = refer(whole);
  const attainment = made('attainment', apply('divide', reached, due), `${metric.name} / ${whole.name}`, {
    isPercent: true,
  });
  const isSum = (side: 'time' | 'groups') => metric.additivity[side] === 'sum' && additivity[side] === 'sum';
  const gap = made('gap', apply('subtract', reached, due), `${metric.name} - ${whole.name}`, {
    ...money,
    additivity: { time: isSum('time') ? 'sum' : 'none', groups: isSum('groups') ? 'sum' : 'none' },
  });
  const accrues = goal.rollup === 'sum';
  const expected = accrues
    ? made('expected', expectedOf(whole, material), `${whole.name}, as far as it is due by now`, money)
    : made('expected', due, whole.name, money);
  const pace = made('pace', apply('divide', reached, refer(expected)), `${metric.name} / ${expected.name}`, {
    isPercent: true,
  });
  const isOver = inWindow('whole', apply('equal', moment('period_end'), moment('as_of')));
  const projected = apply('divide', apply('multiply', reached, due), refer(expected));
  const landing = accrues
    ? made(
        'landing',
        apply('case', apply('is_null', due), nothing, isOver, reached, projected),
        `${metric.name} * ${whole.name} / ${expected.name}`,
        money,
      )
    : made('landing', refer(metric), metric.name, money);
  const status = made('status', statusOf(reached, due, refer(expected), isOver, material), statusText(goal, metric), {
    values: statuses,
  });
  return [whole, attainment, gap, expected, pace, landing, status];
}

/** The target of an interval of whole buckets, from the rows in which it is kept. */
export function keptTarget(goal: Goal, table: Table, metric: Metric): MetricExpression {
  const value = own(table.columns, valueColumn(0));
  const bucket = own(table.columns, bucketColumn);
  if (value === undefined || bucket === undefined) throw new Error(`${table.name} is no table of a goal`);
  const kept = (aggregate: 'sum' | 'avg' | 'last'): Measure => ({
    kind: 'measure',
    text: `${aggregate} of the targets of ${goal.name}`,
    table: table.name,
    aggregate,
    arguments: [reference(table.name, value)],
    where: null,
    time: reference(table.name, bucket),
    isDated: false,
    lifespan: null,
    followedBy: null,
    type: aggregate === 'avg' ? 'float' : value.type,
    unit: value.unit,
  });
  const { rollup } = goal;
  if (rollup === null || rollup === 'sum') return kept('sum');
  const addsUp = goal.by.length > 0 && metric.additivity.groups === 'sum';
  return addsUp ? overBuckets(rollup, kept('sum'), goal) : kept(rollup);
}

/** The target of an interval of whole buckets, from a formula that gives that of one. */
export function formulaTarget(
  goal: Goal,
  expression: MetricExpression,
  additivity: Additive,
  metric: Metric,
  scope: Scope,
): MetricExpression {
  const { rollup, by } = goal;
  if (rollup === null) return expression;
  if (rollup === 'sum' && additivity.time === 'sum') return expression;
  if (rollup === 'sum') return sumOverBuckets(expression, goal, makers({ goal, scope }).apply);
  const isOfGroups = rollup === 'avg' && metric.additivity.groups !== 'sum';
  return overBuckets(
    rollup,
    expression,
    goal,
    isOfGroups ? by.map(dimension => ({ kind: 'dimension', dimension, isEvery: false })) : [],
  );
}

function overBuckets(
  aggregate: 'sum' | 'avg' | 'last' | 'count',
  operand: MetricExpression,
  { grain, name }: Pick<Goal, 'grain' | 'name'>,
  groups: readonly Per[] = [],
): Nested {
  const typed: Typed = { type: operand.type, unit: operand.unit };
  const type = aggregate === 'count' ? 'integer' : aggregate === 'avg' ? 'float' : typed.type;
  return {
    kind: 'nested',
    text: `${aggregate} of the targets of ${name} per ${grain}`,
    aggregate,
    arguments: [operand],
    per: [{ kind: 'grain', grain, isEvery: false }, ...groups],
    having: null,
    type,
    unit: aggregate === 'count' ? noUnit : typed.unit,
  };
}

/** A sum that is nothing where every bucket has nothing. */
function sumOverBuckets(operand: MetricExpression, goal: Goal, apply: Apply): MetricExpression {
  const isKnown = apply('greater', overBuckets('count', operand, goal), zero);
  return apply('case', isKnown, overBuckets('sum', operand, goal), nothing);
}

/** What of the targets of the buckets that an interval touches is due by now. */
function expectedOf(target: Metric, material: GoalMaterial): MetricExpression {
  const { goal } = material;
  const { apply, inWindow } = makers(material);
  const { grain, pace } = goal;
  if (pace === 'season') return inWindow('whole', seasonal(target, material));
  const days = (of: 'elapsed' | 'bucket'): MetricExpression => ({
    kind: 'days',
    of,
    grain,
    pace,
    type: 'integer',
    unit: noUnit,
  });
  const part = apply('multiply', inWindow('buckets', refer(target)), days('elapsed'));
  return sumOverBuckets(apply('divide', part, days('bucket')), goal, apply);
}

/** By the share of the bucket's own like a year before that was reached after as many days; nothing where it had none. */
function seasonal(target: Metric, material: GoalMaterial): MetricExpression {
  const { goal, metric } = material;
  const { apply } = makers(material);
  const before = (reach: 'whole' | 'elapsed'): MetricExpression => ({
    kind: 'windowed',
    window: {
      kind: 'prior',
      step: goal.grain === 'week' ? { amount: 52, unit: 'week' } : { amount: 1, unit: 'year' },
      isLikeForLike: reach === 'elapsed',
    },
    operand: refer(metric),
    type: metric.type,
    unit: metric.unit,
  });
  const due = refer(target);
  const isOver = apply('equal', moment('period_end'), moment('as_of'));
  const hasBegun = apply('less_or_equal', moment('period_start'), moment('as_of'));
  const share = apply('divide', before('elapsed'), before('whole'));
  const part = apply('case', isOver, due, hasBegun, apply('multiply', due, share), apply('multiply', due, zero));
  const [all, known] = [overBuckets('count', due, goal), overBuckets('count', part, goal)];
  const isKnown = apply('and', apply('equal', all, known), apply('greater', all, zero));
  return apply('case', isKnown, overBuckets('sum', part, goal), nothing);
}

function statusOf(
  reached: MetricExpression,
  target: MetricExpression,
  expected: MetricExpression,
  isOver: MetricExpression,
  material: GoalMaterial,
): MetricExpression {
  const { goal, metric } = material;
  const { apply } = makers(material);
  const isNull = (operand: MetricExpression) => apply('is_null', operand);
  const isUnknown = apply('or', isNull(reached), isNull(target));
  const { good } = metric;
  if (good !== null && typeof good === 'object') {
    const [low, high] = good.between.map(bound => number(String(bound)));
    if (low === undefined || high === undefined) return errorNode;
    const isInside = apply('and', apply('greater_or_equal', reached, low), apply('less_or_equal', reached, high));
    const isMet = apply('and', isInside, isOver);
    return apply('case', isUnknown, nothing, isMet, text('met'), isInside, text('on_track'), text('off_track'));
  }
  const { onTrack, atRisk } = goal.status;
  const times = (value: MetricExpression, band: string) =>
    band === '1' ? value : apply('multiply', value, number(band));
  const isDown = good === 'down';
  const passes = (band: string) =>
    isDown
      ? apply('less_or_equal', times(reached, band), expected)
      : apply('greater_or_equal', reached, times(expected, band));
  const isReached = apply(isDown ? 'less_or_equal' : 'greater_or_equal', reached, target);
  const isMet = !isDown && goal.rollup === 'sum' ? isReached : apply('and', isOver, isReached);
  return apply(
    'case',
    ...[isUnknown, nothing],
    ...[isMet, text('met')],
    ...[isNull(expected), nothing],
    ...[passes(onTrack), text('on_track')],
    ...[passes(atRisk), text('at_risk')],
    text('off_track'),
  );
}

const zero = number('0');
const nothing: Literal = { kind: 'literal', value: null, type: 'null', unit: unspecified };

function number(value: string): Literal {
  return { kind: 'literal', value, type: value.includes('.') ? 'decimal' : 'integer', unit: unspecified };
}

function text(value: string): Literal {
  return { kind: 'literal', value, type: 'string', unit: unspecified };
}

function moment(name: 'period_start' | 'period_end' | 'as_of'): MetricExpression {
  return { kind: 'moment', name, type: 'date', unit: unspecified };
}

function refer({ name, type, unit }: Metric): MetricExpression {
  return { kind: 'metric', name, type, unit };
}

type Apply = (name: FunctionName, ...operands: readonly MetricExpression[]) => MetricExpression;

/** Calls with the types and units that they have in formulas, and the windows of a goal. */
function makers({ goal, scope }: Pick<GoalMaterial, 'goal' | 'scope'>) {
  const broken = (): MetricExpression => errorNode;
  const level: Level<MetricExpression> = {
    make: node => node,
    error: errorNode,
    locate: () => goal.at,
    report: scope.report,
    path: broken,
    call: () => null,
    modified: broken,
    conversions: broken,
    values: () => null,
    forms: [],
  };
  const nowhere: At = [0, 0];
  const apply: Apply = (name, ...operands) => build(name, operands, [], nowhere, level);
  return {
    apply,
    inWindow: (extent: GoalWindow['extent'], operand: MetricExpression): MetricExpression => {
      const { name, grain, from, until } = goal;
      const window: GoalWindow = { kind: 'goal', goal: name, extent, grain, from, until };
      return { kind: 'windowed', window, operand, type: operand.type, unit: operand.unit };
    },
  };
}

function metricOf(
  part: GoalPart,
  expression: MetricExpression,
  formula: string,
  { goal, metric, tables }: GoalMaterial,
  more: Partial<Metric>,
): Metric {
  return {
    name: `${goal.name}.${part}`,
    expression,
    formula,
    type: expression.type,
    unit: expression.unit,
    isPercent: false,
    ...derived,
    tables: [...new Set([...tables, ...metric.tables])].sort(),
    owner: goal.owner,
    tags: goal.tags,
    at: goal.at,
    ...more,
  };
}

function targetText({ target, grain, by }: Goal): string {
  const kept = [grain, ...by.map(dimension => dimension.name)].join(', ');
  switch (target.kind) {
    case 'number':
      return `${target.value} per ${grain}`;
    case 'values':
      return `targets per ${kept}`;
    case 'formula':
      return target.text;
  }
}

function statusText({ name, status }: Goal, { name: metric, good }: Metric): string {
  if (good !== null && typeof good === 'object') return `${metric} between ${good.between[0]} and ${good.between[1]}`;
  return `${name}.pace: on_track from ${status.onTrack}, at_risk from ${status.atRisk}`;
}
