/** What projects say of themselves, on two sides: their days, weeks, money. */
import type { Settings } from '../model.ts';
import { type Found, found, type Pair } from './change.ts';

export function settingChanges({ before, after }: Pair): readonly Found[] {
  const [old, now] = [before.model.settings, after.model.settings];
  const moved = (subject: string, what: string, text: (settings: Settings) => string): readonly Found[] => {
    const texts = { before: text(old), after: text(now) };
    return texts.before === texts.after ? [] : [found('value', subject, what, texts)];
  };
  return [
    ...moved('time_zone', 'is another one: days begin elsewhere', settings => settings.timeZone),
    ...moved(
      'calendar',
      'has other weeks or years',
      ({ calendar }) => `weeks from day ${calendar.weekStarts}, fiscal years from month ${calendar.fiscalYearStarts}`,
    ),
    ...moved('calendar.holidays', 'are other days', ({ calendar }) => calendar.holidays.join(', ')),
    ...moved('rates', 'stand elsewhere', ({ rates }) => JSON.stringify(rates)),
    ...moved('currency', 'is another one', ({ currency }) => currency ?? 'none'),
  ];
}
