/**
 * Fences: whether the rows that a rule lets through must be chosen before any other condition is tried. Engines try conditions
 * in an order of their own, on rows too that the rule then hides, and one that fails on a hidden row would tell of it. What is
 * selected or aggregated is computed of rows that have passed, and tells nothing.
 */
import { decidedBy } from './decision.ts';
import type { CallScalar, NamedScalar, Relation, Scalar, ScalarFunction } from './plan.ts';
import { columnsIn, operandsOf } from './scalar.ts';
import { inputsOf } from './walk.ts';

export function needsFence(relation: Relation): boolean {
  const conditions: Scalar[] = [];
  const definitions = new Map<string, Scalar[]>();
  let hasRule = false;
  const visit = (node: Relation): void => {
    if (decidedBy(node) !== null) {
      hasRule = true;
      return;
    }
    conditions.push(...conditionsOf(node).filter(each => !inputsOf(node).some(input => isOfGroups(each, input))));
    for (const { name, value } of computedBy(node)) definitions.set(name, [...(definitions.get(name) ?? []), value]);
    inputsOf(node).forEach(visit);
  };
  visit(relation);
  return hasRule && new Failing(definitions).some(conditions);
}

/** What rows must pass, or find each other by. */
function conditionsOf(relation: Relation): readonly Scalar[] {
  const sides = (on: readonly { readonly left: Scalar; readonly right: Scalar }[]) =>
    on.map(
      ({ left, right }): CallScalar => ({ kind: 'call', function: 'equal', arguments: [left, right], type: 'boolean' }),
    );
  switch (relation.kind) {
    case 'filter':
    case 'match':
      return relation.conditions.flatMap(conjuncts);
    case 'join':
      return [...sides(relation.on), ...relation.conditions];
    case 'nearest':
      return [...sides(relation.on), relation.moment, relation.at];
    case 'followed': {
      const { on, except, moment, at, until } = relation;
      return [...sides(on), ...sides(except), moment, at, ...(until === null ? [] : [until])];
    }
    default:
      return [];
  }
}

function conjuncts(scalar: Scalar): readonly Scalar[] {
  return scalar.kind === 'call' && scalar.function === 'and' ? scalar.arguments.flatMap(conjuncts) : [scalar];
}

/** Whether a condition is about what has been aggregated, so that it is tried on groups and never on a row. */
function isOfGroups(scalar: Scalar, relation: Relation): boolean {
  return columnsIn(scalar).some(name => isAggregated(name, relation));
}

function isAggregated(name: string, relation: Relation): boolean {
  switch (relation.kind) {
    case 'project': {
      const found = relation.columns.find(each => each.name === name);
      return found !== undefined && isOfGroups(found.value, relation.input);
    }
    case 'filter':
    case 'sort':
      return isAggregated(name, relation.input);
    case 'aggregate':
      return relation.measures.some(each => each.name === name);
    case 'combine': {
      const isValue = relation.values.some(each => each.name === name);
      const input = relation.inputs.find(each => each.columns.includes(name));
      return isValue && input !== undefined && isAggregated(name, input.relation);
    }
    default:
      return false;
  }
}

/** Columns that a condition may be pushed through; through what is aggregated it cannot. */
function computedBy(relation: Relation): readonly NamedScalar[] {
  switch (relation.kind) {
    case 'aggregate':
      return relation.keys;
    case 'project':
    case 'distinct':
      return relation.columns;
    default:
      return [];
  }
}

/** What fails on no row, if nothing in it does. */
const harmless: ReadonlySet<ScalarFunction> = new Set([
  ...(['and', 'or', 'not', 'is_null', 'lower', 'upper', 'trim', 'length'] as const),
  ...(['contains', 'starts_with', 'ends_with', 'like', 'concat'] as const),
]);

const comparing: ReadonlySet<ScalarFunction> = new Set([
  ...(['equal', 'unequal', 'less', 'less_or_equal', 'greater', 'greater_or_equal', 'in'] as const),
]);

const choosing: ReadonlySet<ScalarFunction> = new Set(['coalesce', 'case', 'nullif', 'greatest', 'least']);

/** Finds what may fail on a row. What is not known to be harmless counts as such. */
class Failing {
  private readonly known = new Map<Scalar, boolean>();

  constructor(private readonly definitions: ReadonlyMap<string, readonly Scalar[]>) {}

  some(scalars: readonly Scalar[]): boolean {
    return scalars.some(scalar => this.mayFail(scalar));
  }

  private mayFail(scalar: Scalar): boolean {
    const known = this.known.get(scalar);
    if (known !== undefined) return known;
    // A column that stands on one of its own name, further down, is asked about while it is looked at.
    this.known.set(scalar, false);
    const found = this.fails(scalar);
    this.known.set(scalar, found);
    return found;
  }

  private fails(scalar: Scalar): boolean {
    switch (scalar.kind) {
      case 'constant':
      case 'parameter':
        return false;
      case 'column':
        // Floats are made of what the warehouse has.
        return scalar.isStored ? scalar.type === 'float' : this.some(this.definitions.get(scalar.name) ?? []);
      case 'bucket':
        return this.mayFail(scalar.operand);
      case 'call':
        return !isHarmless(scalar) || this.some(operandsOf(scalar));
      case 'interval':
      case 'rank':
      case 'lag':
        return true;
    }
  }
}

function isHarmless({ function: name, arguments: operands }: CallScalar): boolean {
  if (harmless.has(name)) return true;
  if (!comparing.has(name) && !choosing.has(name)) return false;
  const types = new Set(operands.map(({ type }) => type));
  if (types.has('float') || types.has('duration') || (types.has('date') && types.has('timestamp'))) return false;
  return !types.has('decimal') || (comparing.has(name) && isWithWholeConstants(operands));
}

/** Decimals meet at the digits of both behind the point, and what then has no room before it fails. */
function isWithWholeConstants(operands: readonly Scalar[]): boolean {
  const others = operands.filter(({ kind }) => kind !== 'constant' && kind !== 'parameter');
  const isWhole = (operand: Scalar) =>
    (operand.kind !== 'constant' && operand.kind !== 'parameter') || !String(operand.value).includes('.');
  return others.length <= 1 && operands.every(isWhole);
}
