/** M5: time. */
import { define } from './diagnostic.ts';
import { allOf, oneOf } from './suggest.ts';

export const noTimeAxis = define<{ metric: string; table: string; asked: string }>(
  'M5001',
  'a metric without a time axis',
  p => ({
    message: `\`${p.metric}\` cannot be asked ${p.asked}: \`${p.table}\` has no time axis`,
    help: `give \`${p.table}\` a \`time:\` column, the metric a \`time:\`, or the measure an \`at column\``,
  }),
);

export const badPeriod = define<{ reason: string; examples: string }>('M5002', 'a period that cannot be read', p => ({
  message: p.reason,
  help: `periods are ${p.examples}`,
}));

export const severalGrains = define<{ grains: readonly string[] }>(
  'M5003',
  'several grains of time in one query',
  p => ({
    message: `a query has one grain of time, and here are ${allOf(p.grains)}`,
  }),
);

export const noSuchDate = define<{ text: string }>('M5004', 'a day that does not exist', p => ({
  message: `there is no ${p.text.includes('T') ? 'time' : 'day'} ${p.text}`,
  help: 'dates are written 2026-03-05, times 2026-03-05T14:30',
}));

export const unknownGrain = define<{ name: string; grains: readonly string[]; help?: string | undefined }>(
  'M5005',
  'an unknown grain of time',
  p => ({ message: `\`${p.name}\` is not a grain of time`, help: p.help ?? `the grains are ${oneOf(p.grains, 20)}` }),
);

export const notATime = define<{ what: string; found: string }>('M5006', 'a time axis that is no time', p => ({
  message: `${p.what} must be a date or a timestamp, and this is ${p.found}`,
}));

export const unknownZone = define<{ zone: string }>('M5007', 'an unknown time zone', p => ({
  message: `\`${p.zone}\` is not a time zone`,
  help: 'zones are named as in the IANA list: Europe/Madrid, America/New_York, UTC',
}));

export const tooManyBuckets = define<{ count: number; limit: number; grain: string; period: string }>(
  'M5008',
  'a period with too many buckets',
  p => ({
    message: `the period ${p.period} has about ${p.count} buckets of one ${p.grain}; the limit is ${p.limit}`,
    help: 'ask a shorter period or a coarser grain, or `sparse` for the buckets that have rows',
  }),
);
