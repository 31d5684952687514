/** Members of joined tables: their rows, or of a slowly changing table the versions that lie in an interval. */
import { localMicros } from './calendar.ts';
import type { TimeStep } from './frame.ts';
import { always, type Interval } from './interval.ts';
import { type Dated, dayOf, onDay } from './reading.ts';
import { type Row, rowValue, tableOf, type World } from './rows.ts';
import type { Time } from './time.ts';

/** The rows of a table that are members in an interval, and the world as they are read in it: on the day a stock would be. */
export function membersIn(
  table: string,
  interval: Interval | null,
  steps: readonly TimeStep[],
  time: Time,
  world: World,
): { readonly rows: readonly Row[]; readonly reading: World } {
  const day = time.stockDay(interval ?? always, steps) - 1;
  const reading = { ...world, moments: { ...time.momentsOf(interval), as_of: day }, date: onDay(day) };
  const rows = (world.data[table] ?? []).filter(row => overlaps(table, row, interval ?? always, reading));
  return { rows, reading };
}

function overlaps(table: string, row: Row, interval: Interval, world: World): boolean {
  const { valid } = tableOf(world, table);
  if (valid === null) return true;
  const from: Dated = { value: rowValue(valid.from, table, row, world), type: valid.from.type };
  const until: Dated = { value: rowValue(valid.until, table, row, world), type: valid.until.type };
  if (from.value === null || dayOf(from, world) >= interval.until) return false;
  return until.value === null || endsAfter(until, interval.from, world);
}

/** Whether a moment comes after the beginning of a local day. */
function endsAfter({ value, type }: Dated, day: number, { model }: World): boolean {
  if (type !== 'timestamp') return Number(value) > day;
  return localMicros(Number(value), model.settings.timeZone) > day * 86_400_000_000;
}
