/** Rows of the definitions as SQL: days and numbers are written out, and what else a user wrote travels as parameters. */
import type { Type, WrittenSource } from '../model.ts';
import type { Dialect } from './dialect.ts';
import { concat, type Doc, indent, join, newline } from './document.ts';
import { atom } from './expression.ts';

export function writtenRows({ columns, rows }: WrittenSource, dialect: Dialect): Doc {
  const [first, ...others] = rows;
  if (first === undefined) {
    const items = columns.map(({ name, type }) =>
      concat(dialect.cast(atom('null'), type).doc, ` as ${dialect.identifier(name)}`),
    );
    return concat('select ', join(', ', items), ' where false');
  }
  // Numbers of one column have as many places each, so that they are of one type.
  const places = columns.map((_, index) => Math.max(...rows.map(row => (row[index]?.split('.')[1] ?? '').length)));
  const line = (row: readonly (string | null)[], isFirst: 'first' | 'later') => {
    const cells = columns.map(({ type }, index) =>
      cell(row[index] ?? null, type, places[index] ?? 0, isFirst, dialect),
    );
    return concat('(', join(', ', cells), ')');
  };
  const all = [line(first, 'first'), ...others.map(row => line(row, 'later'))];
  return concat('values', indent(newline, join(concat(',', newline), all)));
}

/** The first value of a column says its type, and the others are texts that take it, where they can be. */
function cell(value: string | null, type: Type, places: number, row: 'first' | 'later', dialect: Dialect): Doc {
  if (value === null) return dialect.missing(type);
  switch (type) {
    case 'date':
      return row === 'first' ? dialect.constant('date', value).doc : `'${value}'`;
    case 'boolean':
      return dialect.constant('boolean', value === 'true').doc;
    case 'float': {
      // A float by itself is written as a text, which a column of nothing else would be taken for.
      const number = dialect.constant(type, value);
      return row === 'first' ? dialect.cast(number, type).doc : number.doc;
    }
    case 'integer':
      return dialect.constant(type, value).doc;
    case 'decimal': {
      const [whole = '0', fraction = ''] = value.split('.');
      return dialect.constant(type, places === 0 ? whole : `${whole}.${fraction.padEnd(places, '0')}`).doc;
    }
    default:
      return { kind: 'parameter', parameter: { type: 'string', value } };
  }
}
