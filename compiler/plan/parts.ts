/** Aggregates that are added up from parts: what is aggregated first, what becomes of that, and what the sums come to. */
import type { AggregateName } from '../model.ts';
import type { NamedAggregate, NamedScalar, Relation, Scalar } from './plan.ts';
import { call, column } from './scalar.ts';

/** What adds up the values of groups to that of all of them. */
const again: Partial<Readonly<Record<NamedAggregate['aggregate'], AggregateName>>> = {
  count: 'sum',
  sum: 'sum',
  min: 'min',
  max: 'max',
  any: 'any',
  all: 'all',
};

export function addsUp(aggregate: AggregateName): boolean {
  return aggregate === 'avg' || again[aggregate] !== undefined;
}

/** Measures of groups that are added up from the rows of a relation of smaller ones, which `alias` names. */
export class Addends {
  private readonly byKey = new Map<string, NamedAggregate>();
  private readonly sums: NamedAggregate[] = [];
  private readonly values: NamedScalar[] = [];

  constructor(
    private readonly alias: string,
    private readonly freeName: (wanted: string) => string,
  ) {}

  /** What is aggregated by the smaller groups, each once. */
  get parts(): readonly NamedAggregate[] {
    return [...this.byKey.values()];
  }

  /** A measure, over those of the smaller groups that a condition lets through. */
  add(measure: NamedAggregate, filter: Scalar | null): void {
    const value =
      measure.aggregate === 'avg'
        ? call(
            'divide',
            measure.type,
            this.sum({ ...measure, ...this.part(measure, 'sum') }, filter),
            this.sum({ ...measure, ...this.part(measure, 'count') }, filter),
          )
        : this.sum(measure, filter);
    this.values.push({ name: measure.name, value });
  }

  private part({ name, arguments: [operand] }: NamedAggregate, aggregate: 'sum' | 'count') {
    const type = aggregate === 'count' ? 'integer' : (operand?.type ?? 'float');
    return { aggregate, name: this.freeName(`${name}_${aggregate}`), type } as const;
  }

  private sum(part: NamedAggregate, filter: Scalar | null): Scalar {
    const { name, type } = part;
    const key = JSON.stringify([part.aggregate, part.arguments, part.filter]);
    const known = this.byKey.get(key) ?? part;
    this.byKey.set(key, known);
    const aggregate = again[part.aggregate];
    if (aggregate === undefined) throw new Error(`${part.aggregate} is not added up from parts`);
    this.sums.push({ name, aggregate, arguments: [column(known.name, type, this.alias)], order: [], filter, type });
    return column(name, type);
  }

  relation(input: Relation, keys: readonly NamedScalar[]): Relation {
    const aggregate: Relation = { kind: 'aggregate', input, keys, measures: this.sums };
    if (this.values.every(({ value }) => value.kind === 'column')) return aggregate;
    const kept = keys.map(({ name, value }) => ({ name, value: column(name, value.type) }));
    return { kind: 'project', input: aggregate, columns: [...kept, ...this.values] };
  }
}
