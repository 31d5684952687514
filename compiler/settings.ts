/** What a project says of itself: its currency, its time, its users' attributes, and where rates between currencies are. */
import type { Calendar } from './calendar/index.ts';
import type { Type } from './typed.ts';

export interface Settings {
  readonly name: string;
  readonly currency: string | null;
  readonly timeZone: string;
  readonly calendar: Calendar;
  readonly rates: Rates | null;
  /** What is known of users, by name. */
  readonly attributes: Readonly<Record<string, Type>>;
}

/** Where rates between currencies stand: columns of one table, with one row for each pair and day. */
export interface Rates {
  readonly table: string;
  readonly from: string;
  readonly to: string;
  readonly rate: string;
  readonly on: string;
}
