/** Scalars as SQL: each is written where it is used, over columns that the SELECT around it knows. */
import { type BucketScalar, type ColumnScalar, operandsOf, type Scalar } from '../plan/index.ts';
import type { BucketSql, Dialect, Operand, Surroundings } from './dialect.ts';
import { group, indent, join, line, softLine } from './document.ts';
import { atom, type Sql } from './expression.ts';

/** The column of a relation below, as an expression that may stand in a SELECT. */
export type ColumnReader = (reference: ColumnScalar) => Sql;

export class ScalarRenderer {
  constructor(
    private readonly dialect: Dialect,
    private readonly surroundings: Surroundings,
  ) {}

  /** What groups are made by: groups of several tables meet in it. */
  key(scalar: Scalar, column: ColumnReader): Sql {
    return this.dialect.uniform(this.scalar(scalar, column), scalar.type);
  }

  operand(scalar: Scalar, column: ColumnReader): Operand {
    const value =
      scalar.kind === 'constant' || scalar.kind === 'parameter'
        ? scalar.value
        : scalar.kind === 'interval'
          ? scalar.amount
          : null;
    return {
      sql: this.scalar(scalar, column),
      type: scalar.type,
      value,
      unit: scalar.kind === 'interval' ? scalar.unit : null,
    };
  }

  bucket({ grain, operand, isLocal }: BucketScalar, column: ColumnReader): BucketSql {
    return this.dialect.bucket({ grain, isLocal, operand: this.operand(operand, column) }, this.surroundings);
  }

  scalar(scalar: Scalar, column: ColumnReader): Sql {
    switch (scalar.kind) {
      case 'constant':
        return this.dialect.constant(scalar.type, scalar.value);
      case 'parameter':
        return atom({ kind: 'parameter', parameter: { type: scalar.type, value: scalar.value } });
      case 'column':
        return scalar.isStored ? this.dialect.stored(column(scalar), scalar.type) : column(scalar);
      case 'call': {
        const operands = scalar.arguments.map(operand => this.operand(operand, column));
        return this.dialect.call(scalar.function, operands, scalar.type, this.surroundings);
      }
      case 'bucket':
        return this.bucket(scalar, column).value;
      case 'rank': {
        const partition = scalar.partition.map(each => this.scalar(each, column).doc);
        const value = this.scalar(scalar.value, column).doc;
        const by = partition.length === 0 ? [] : ['partition by ', join(', ', partition), line];
        if (scalar.of === 'peers')
          return atom(
            group('count(*) over (', indent(softLine, 'partition by ', join(', ', partition)), softLine, ')'),
          );
        return atom(
          group('rank() over (', indent(softLine, ...by, 'order by ', value, ' desc nulls last'), softLine, ')'),
        );
      }
      case 'lag': {
        const partition = scalar.partition.map(each => this.scalar(each, column).doc);
        const order = scalar.order.map(each => this.dialect.collated(this.scalar(each, column), each.type).doc);
        const value = this.scalar(scalar.value, column).doc;
        const window = ['partition by ', join(', ', partition), line, 'order by ', join(', ', order)];
        return atom(group('lag(', value, ') over (', indent(softLine, ...window), softLine, ')'));
      }
      case 'interval':
        return atom(scalar.amount);
    }
  }
}

/** Whether a scalar looks at other rows than its own, so that nothing may be filtered or grouped beside it. */
export function hasWindow(scalar: Scalar): boolean {
  return scalar.kind === 'rank' || scalar.kind === 'lag' || operandsOf(scalar).some(hasWindow);
}
