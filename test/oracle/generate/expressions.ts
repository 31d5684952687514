/** Random expressions over the rows of one table. */
import { chance, count, type Gen, pick } from './choose.ts';
import { allColumns, plainColumns, type ReadableTables } from './columns.ts';
import { dates, type TableName } from './rows.ts';

/** Expressions by type, over the rows of one table; `depth` bounds how deep they nest. */
export interface Expressions {
  readonly number: (g: Gen, table: TableName, depth: number) => string;
  readonly text: (g: Gen, table: TableName) => string;
  readonly moment: (g: Gen, table: TableName) => string | null;
  readonly condition: (g: Gen, table: TableName, depth: number) => string;
}

const { deals } = plainColumns;
/** What stands in the rows, without what may have declared values. */
export const withoutStage = over({
  ...plainColumns,
  deals: { ...deals, texts: deals.texts.filter(text => text !== 'stage') },
});
export const full = over(allColumns);

const comparison = (g: Gen) => pick(g, '=', '<>', '<', '<=', '>', '>=');

function over(columns: ReadableTables): Expressions {
  function number(g: Gen, table: TableName, depth: number): string {
    const one = () => (chance(g, 75) ? pick(g, ...columns[table].numbers) : pick(g, '0', '1', '2.5', '-3', '100'));
    if (depth === 0) return one();
    const inner = () => number(g, table, depth - 1);
    switch (count(g, 0, 9)) {
      case 0:
        return `(${inner()} + ${inner()})`;
      case 1:
        return `(${inner()} - ${inner()})`;
      case 2:
        return `${one()} * ${pick(g, '2', '-1', '0.5')}`;
      case 3:
        return `coalesce(${inner()}, ${pick(g, '0', '7')})`;
      case 4:
        return `if(${condition(g, table, depth - 1)}, ${inner()}, ${inner()})`;
      case 5:
        return `abs(${inner()})`;
      case 6:
        return `greatest(${inner()}, ${inner()})`;
      case 7:
        return `nullif(${inner()}, ${pick(g, '0', '1')})`;
      default:
        return one();
    }
  }

  function text(g: Gen, table: TableName): string {
    return pick(g, ...columns[table].texts);
  }

  function moment(g: Gen, table: TableName): string | null {
    const { moments } = columns[table];
    return moments.length === 0 ? null : pick(g, ...moments);
  }

  function simple(g: Gen, table: TableName): string {
    const when = moment(g, table);
    switch (count(g, 0, 6)) {
      case 0:
        return `${number(g, table, 0)} ${comparison(g)} ${pick(g, '0', '1', '2', '99.99')}`;
      case 1:
        return `${text(g, table)} ${pick(g, '=', '<>')} '${pick(g, 'won', 'x', 'north', 'in', '😀', "it''s")}'`;
      case 2:
        return `${text(g, table)} ${pick(g, 'in', 'not in')} ('won', 'north', 'smb', '')`;
      case 3:
        return `${text(g, table)} is ${pick(g, '', 'not ')}null`;
      case 4:
        return when === null ? 'true' : `${when} ${comparison(g)} ${pick(g, ...dates)}`;
      case 5:
        return when === null
          ? `${number(g, table, 0)} is not null`
          : `${when} between ${pick(g, ...dates)} and ${pick(g, ...dates)}`;
      default: {
        const { flags } = columns[table];
        return flags.length > 0 ? pick(g, ...flags) : `${number(g, table, 0)} between 0 and 5`;
      }
    }
  }

  function condition(g: Gen, table: TableName, depth: number): string {
    if (depth === 0) return simple(g, table);
    switch (count(g, 0, 4)) {
      case 0:
        return `(${condition(g, table, depth - 1)} and ${condition(g, table, depth - 1)})`;
      case 1:
        return `(${condition(g, table, depth - 1)} or ${condition(g, table, depth - 1)})`;
      case 2:
        return `not (${condition(g, table, depth - 1)})`;
      default:
        return simple(g, table);
    }
  }

  return { number, text, moment, condition };
}
