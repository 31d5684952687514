/** Random expressions over the rows of one table. */
import { chance, count, type Gen, pick } from './choose.ts';
import { dates, type TableName } from './rows.ts';

/** Expressions by type, over the rows of one table; `depth` bounds how deep they nest. */
export function number(g: Gen, table: TableName, depth: number): string {
  const columns: Readonly<Record<TableName, readonly string[]>> = {
    teams: ['team_id'],
    reps: ['level'],
    accounts: ['size'],
    deals: ['amount', 'quantity', 'value', 'rep.level', 'account.size'],
    calls: ['minutes', 'rep.level'],
    quotas: ['quota', 'rep.level'],
  };
  const plain = () => (chance(g, 75) ? pick(g, ...columns[table]) : pick(g, '0', '1', '2.5', '-3', '100'));
  if (depth === 0) return plain();
  const inner = () => number(g, table, depth - 1);
  switch (count(g, 0, 9)) {
    case 0:
      return `(${inner()} + ${inner()})`;
    case 1:
      return `(${inner()} - ${inner()})`;
    case 2:
      return `${plain()} * ${pick(g, '2', '-1', '0.5')}`;
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
      return plain();
  }
}

export function text(g: Gen, table: TableName): string {
  const columns: Readonly<Record<TableName, readonly string[]>> = {
    teams: ['title'],
    reps: ['name', 'region', 'called', 'team.title', 'manager.name'],
    accounts: ['segment'],
    deals: ['stage', 'rep.region', 'rep.name', 'account.segment', 'band', 'rep', 'rep.team.title', 'rep.called'],
    calls: ['kind', 'rep.region', 'account.segment', 'account'],
    quotas: ['rep.region', 'rep.name'],
  };
  return pick(g, ...columns[table]);
}

export function moment(g: Gen, table: TableName): string | null {
  const columns: Readonly<Record<TableName, readonly string[]>> = {
    teams: [],
    reps: [],
    accounts: [],
    deals: ['created_on', 'closed_on', 'touched_at', 'touched_on', 'known_on'],
    calls: ['called_at'],
    quotas: ['month'],
  };
  const options = columns[table];
  return options.length === 0 ? null : pick(g, ...options);
}

const comparison = (g: Gen) => pick(g, '=', '<>', '<', '<=', '>', '>=');

export function condition(g: Gen, table: TableName, depth: number): string {
  const when = moment(g, table);
  const simple = (): string => {
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
      default:
        return table === 'deals'
          ? pick(g, 'is_won', 'rep.is_active', 'rep.is_senior')
          : `${number(g, table, 0)} between 0 and 5`;
    }
  };
  if (depth === 0) return simple();
  switch (count(g, 0, 4)) {
    case 0:
      return `(${condition(g, table, depth - 1)} and ${condition(g, table, depth - 1)})`;
    case 1:
      return `(${condition(g, table, depth - 1)} or ${condition(g, table, depth - 1)})`;
    case 2:
      return `not (${condition(g, table, depth - 1)})`;
    default:
      return simple();
  }
}
