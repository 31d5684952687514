/** Days and calendars from the words in which the tables of these tests write them. */
import { type Calendar, type Day, parseDay } from '../../compiler/index.ts';

export const millisecondsPerDay = 86_400_000;

export function dayNamed(text: string): Day {
  const day = parseDay(text);
  if (day === null) throw new Error(`${text} is not a day`);
  return day;
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const months = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];

/** `monday january`: the first day of the week and the first month of the fiscal year. */
export function calendarOf(text: string): Calendar {
  const [weekday = '', month = ''] = text.split(' ');
  const [weekStarts, fiscalYearStarts] = [weekdays.indexOf(weekday) + 1, months.indexOf(month) + 1];
  if (weekStarts === 0 || fiscalYearStarts === 0) throw new Error(`${text} is not a calendar`);
  return { weekStarts, fiscalYearStarts, holidays: [] };
}
