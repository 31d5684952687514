/** A plan as an indented tree, one relation a line: what goldens hold and `compile --stage plan` prints. */
import type { NamedAggregate, NamedScalar, Plan, Policy, Relation, Scalar } from './plan.ts';

export function printPlan(plan: Plan): string {
  const head = [`now ${plan.now}`, `period ${plan.period ?? 'all'}`, `zone ${plan.timeZone}`];
  const partial = plan.partial.length === 0 ? [] : [`partial ${plan.partial.join(' ')}`];
  const fenced = plan.isFenced ? ['rules before all else'] : [];
  return [[...head, ...partial, ...fenced].join(', '), ...lines(plan.relation, '')].join('\n');
}

function lines(relation: Relation, indent: string): readonly string[] {
  const line = (text: string, ...inputs: readonly Relation[]) => [
    `${indent}${text}`,
    ...inputs.flatMap(input => lines(input, `${indent}  `)),
  ];
  switch (relation.kind) {
    case 'scan':
      return line(`scan ${relation.table} as ${relation.alias}: ${policy(relation.policy)}`);
    case 'join': {
      const pairs = relation.on.map(pair => `${text(pair.left)} = ${text(pair.right)}`);
      const on = [...pairs, ...relation.conditions.map(text)].join(' and ');
      const { other } = relation;
      return other.kind === 'scan'
        ? line(`join ${other.table} as ${other.alias} on ${on}: ${policy(other.policy)}`, relation.input)
        : line(`join ${other.alias} on ${on}`, relation.input, other.input);
    }
    case 'nearest': {
      const on = relation.on.map(pair => `${text(pair.left)} = ${text(pair.right)}`);
      const before = `${text(relation.at)} on or before ${text(relation.moment)}`;
      const { other } = relation;
      return line(`nearest ${other.alias} on ${[...on, before].join(' and ')}`, relation.input, other.input);
    }
    case 'followed': {
      const { other, until, except } = relation;
      const on = relation.on.map(pair => `${text(pair.left)} = ${text(pair.right)}`);
      const last = until === null ? '' : ` until ${text(until)}`;
      const from = `${text(relation.at)} from ${text(relation.moment)}${last}`;
      const others = except.map(pair => `other ${text(pair.right)}`);
      const all = [...on, from, ...others].join(' and ');
      return line(`followed by ${other.alias} on ${all}`, relation.input, other.input);
    }
    case 'filter':
      return line(`filter ${relation.conditions.map(text).join(' and ')}`, relation.input);
    case 'aggregate':
      return line(`aggregate by ${named(relation.keys)}: ${relation.measures.map(measure).join(', ')}`, relation.input);
    case 'project':
      return line(`project ${named(relation.columns)}`, relation.input);
    case 'alias':
      return line(`alias ${relation.alias}`, relation.input);
    case 'distinct':
      return line(`distinct ${named(relation.columns)}`, relation.input);
    case 'combine': {
      const keys = relation.keys.map(key => key.name).join(', ');
      return line(
        `combine by ${keys}: ${relation.values.map(value => value.name).join(', ')}`,
        ...relation.inputs.map(input => input.relation),
      );
    }
    case 'list':
      return line(`list ${relation.columns.map(column => column.name).join(', ')}: ${relation.rows.length} rows`);
    case 'match':
      return line(
        `match as ${relation.alias} on ${relation.conditions.map(text).join(' and ')}`,
        relation.input,
        relation.other,
      );
    case 'lookup': {
      const keys = relation.keys.map(key => key.name).join(', ');
      const columns = relation.columns.map(column => column.name).join(', ');
      return line(`lookup as ${relation.alias} by ${keys}: ${columns}`, relation.input, relation.other);
    }
    case 'spine':
      return line(`spine ${relation.name}: ${relation.count} from ${relation.first}`);
    case 'cross':
      return line(
        `cross ${relation.inputs.map(input => input.name).join(', ')}`,
        ...relation.inputs.map(input => input.relation),
      );
    case 'union':
      return line(`union ${relation.columns.join(', ')}`, ...relation.inputs);
    case 'with':
      return [
        ...relation.bindings.flatMap(binding => [
          `${indent}let ${binding.name}`,
          ...lines(binding.relation, `${indent}  `),
        ]),
        ...lines(relation.body, indent),
      ];
    case 'read':
      return line(`read ${relation.name}`);
    case 'sort': {
      const by = relation.by.map(
        key => `${key.column}${key.isDescending ? ' desc' : ''}${key.values === null ? '' : ' in order'}`,
      );
      return line(
        `sort by ${by.join(', ')}${relation.limit === null ? '' : ` limit ${relation.limit}`}`,
        relation.input,
      );
    }
  }
}

function policy(given: Policy): string {
  if (given.kind !== 'deciding') return given.kind;
  return `deciding on ${given.on}${given.audience === 'own' ? '' : ' and others'}`;
}

function named(columns: readonly NamedScalar[]): string {
  return columns
    .map(({ name, value }) =>
      value.kind === 'column' && value.name === name ? text(value) : `${name} = ${text(value)}`,
    )
    .join(', ');
}

function measure({ name, aggregate, arguments: operands, order, filter }: NamedAggregate): string {
  const sorted = order.length === 0 ? '' : ` order by ${order.map(text).join(', ')}`;
  const where = filter === null ? '' : ` where ${text(filter)}`;
  return `${name} = ${aggregate}(${operands.map(text).join(', ')}${sorted}${where})`;
}

function text(scalar: Scalar): string {
  switch (scalar.kind) {
    case 'constant':
      return typeof scalar.value === 'string' && scalar.type !== 'integer' ? `'${scalar.value}'` : String(scalar.value);
    case 'parameter':
      return `:${JSON.stringify(scalar.value)}`;
    case 'column':
      return scalar.from === null ? scalar.name : `${scalar.from}.${scalar.name}`;
    case 'call':
      return `${scalar.function}(${scalar.arguments.map(text).join(', ')})`;
    case 'bucket':
      return `${scalar.grain}(${text(scalar.operand)}${scalar.isLocal ? '' : ' in zone'})`;
    case 'rank':
      return `${scalar.of === 'place' ? 'rank' : 'peers'}(${text(scalar.value)} within ${scalar.partition.map(text).join(', ')})`;
    case 'lag': {
      const within = scalar.partition.map(text).join(', ');
      return `lag(${text(scalar.value)} within ${within} by ${scalar.order.map(text).join(', ')})`;
    }
    case 'interval':
      return `${scalar.amount} ${scalar.unit}`;
  }
}
