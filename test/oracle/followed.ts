/** Conversions: whether a row is followed by an event of the same keys, in time. */
import type { Following, RowExpression } from '../../compiler/index.ts';
import { monthsLater } from './calendar.ts';
import { keyOf } from './cells.ts';
import { type Dated, dated, dayOf } from './reading.ts';
import { type Row, rowValue, type World } from './rows.ts';
import type { Value } from './values.ts';

/** `reading` is that of the row itself. */
export function isFollowed(
  following: Following,
  time: RowExpression,
  table: string,
  row: Row,
  reading: World,
): boolean {
  const at = { value: rowValue(time, table, row, reading), type: time.type };
  const keys = following.by.map(({ here }) => rowValue(here, table, row, reading));
  if (at.value === null || keys.includes(null)) return false;
  return (reading.data[following.table] ?? []).some(
    event => event !== row && follows(following, event, at, keys, reading),
  );
}

function follows(following: Following, event: Row, at: Dated, keys: readonly Value[], reading: World): boolean {
  const { table, where, time, by, within } = following;
  const { model, data, today } = reading;
  const world = dated({ model, data, today }, time, table, event);
  const then: Dated = { value: rowValue(time, table, event, world), type: time.type };
  if (then.value === null) return false;
  if (where !== null && rowValue(where, table, event, world) !== true) return false;
  const theirs = by.map(({ there }) => rowValue(there, table, event, world));
  if (theirs.includes(null) || keyOf(theirs) !== keyOf(keys)) return false;
  const areInstants = at.type === 'timestamp' && then.type === 'timestamp';
  const [from, to] = areInstants ? [Number(at.value), Number(then.value)] : [dayOf(at, world), dayOf(then, world)];
  if (to < from) return false;
  return within === null || to <= later(from, within, areInstants ? microsPerDay : 1);
}

const microsPerDay = 86_400_000_000;

/** A day or an instant so much later; `unit` is how long a day is. */
function later(moment: number, { amount, unit }: NonNullable<Following['within']>, day: number): number {
  const months = { month: 1, quarter: 3, half: 6, year: 12 };
  const lengths = { minute: day / 1440, hour: day / 24, day, week: 7 * day };
  if (unit === 'minute' || unit === 'hour' || unit === 'day' || unit === 'week') return moment + amount * lengths[unit];
  const date = Math.floor(moment / day);
  return monthsLater(date, amount * months[unit]) * day + (moment - date * day);
}
