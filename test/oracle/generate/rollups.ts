/** Roll-up columns: what a table's rows say of the rows that point to them, and roll-ups of roll-ups. */
import { chance, type Gen, pick } from './choose.ts';
import { rolledUp } from './columns.ts';
import { withoutStage } from './expressions.ts';
import { columnTypes, type TableName } from './rows.ts';
import type { Shape } from './shape.ts';

type Columns = Readonly<Record<string, { readonly formula: string }>>;

// The values that `stage` may have are declared in some worlds: a condition that asks for others would be no column.
const { condition, moment, number, text } = withoutStage;

/** Roll-ups of what is stored first; those of the second layer may read them. */
export function rollUps(g: Gen, { versions }: Shape): Readonly<Record<'teams' | 'reps' | 'accounts', Columns>> {
  const pointing: readonly TableName[] = ['deals', 'calls', 'deals', 'quotas'];
  const either = () => pick(g, 'deals', 'calls');
  const formulas = (made: Readonly<Record<string, string>>): Columns =>
    Object.fromEntries(Object.entries(made).map(([name, formula]) => [name, { formula }]));
  const worth = () => counted(g, pick(g, ...pointing));
  return {
    accounts: formulas({ worth: counted(g, either()), last_on: day(g, either()), worth_band: band('worth') }),
    reps: formulas({
      worth: worth(),
      busy: pick(
        g,
        // Rows of a table with versions are not rolled up.
        counted(g, versions === 'none' ? 'reps' : 'calls'),
        `${counted(g, 'calls')} - ${counted(g, 'deals')}`,
        `coalesce(${worth()}, 7)`,
        `sum(deals.account.worth${where(g, 'deals')})`,
        'max(calls.account.worth where account.last_on is not null)',
      ),
      first_on: `min(deals.${pick(g, 'created_on', 'closed_on')}${where(g, 'deals')})`,
      last_on: day(g, either()),
      said: words(g),
      is_met: `${pick(g, 'any', 'all')}(${rowOf('deals', condition(g, 'deals', 0))}${where(g, 'deals')})`,
      worth_band: band('worth'),
    }),
    teams: formulas(
      versions === 'none'
        ? {
            worth: `${pick(g, 'sum', 'max', 'avg')}(reps.${pick(g, ...rolledUp.reps.numbers)})`,
            size: `count(reps${pick(g, '', ' where is_met', ' where worth > 1', ' where last_on is not null')})`,
            last_on: 'max(reps.last_on)',
          }
        : { worth: 'team_id * 2', size: 'team_id', last_on: 'if(team_id > 1, 2024-02-29, null)' },
    ),
  };
}

function where(g: Gen, table: TableName): string {
  if (table === 'deals' && chance(g, 10)) return pick(g, " where stage = 'won'", " where stage <> 'lost'");
  return chance(g, 40) ? ` where ${condition(g, table, 1)}` : '';
}

/** An expression that is read from the rows of a table, whatever it says. */
function rowOf(table: TableName, expression: string): string {
  return `if(${table}.${Object.keys(columnTypes[table])[0]} is null, null, ${expression})`;
}

/** One number for all rows that point here. */
function counted(g: Gen, table: TableName): string {
  const value = () => rowOf(table, number(g, table, pick(g, 0, 0, 1)));
  const ordered = table === 'reps' ? [] : ['first', 'last'];
  const name = pick(g, 'count', 'sum', 'sum', 'avg', 'min', 'max', 'median', 'stddev', 'distinct', ...ordered);
  if (name === 'count') return `count(${table}${where(g, table)})`;
  if (name === 'distinct') return `count(distinct ${rowOf(table, text(g, table))}${where(g, table)})`;
  return `${name}(${value()}${where(g, table)})`;
}

function day(g: Gen, table: TableName): string {
  const found = moment(g, table) ?? '';
  const isTimed = found === 'touched_at' || found === 'called_at';
  return `${pick(g, 'max', 'last')}(${isTimed ? `date(${table}.${found})` : `${table}.${found}`}${where(g, table)})`;
}

/** Texts of the calls and the deals; an empty one is one all the same. */
function words(g: Gen): string {
  const [name, table] = [pick(g, 'max', 'min', 'last', 'first'), pick(g, 'deals', 'calls')] as const;
  return `${name}(${table}.${text(g, table)}${where(g, table)})`;
}

function band(name: string): string {
  return `bucket(${name}, 0, 1, 100)`;
}
