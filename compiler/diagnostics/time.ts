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

export const severalGrains = define<{ grains: readonly string[] }>('M5003', 'several grains of time at once', p => ({
  message: `time is cut by one grain at once, and here are ${allOf(p.grains)}`,
}));

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

export const noTimeToMove = define<{ form: string; text: string; table: string }>(
  'M5009',
  'time that passes for a table without time',
  p => ({
    message: `\`${p.form}\` reads \`${p.text}\` at other times, and \`${p.table}\` has no time axis`,
    help: `give \`${p.table}\` a \`time:\` column, the metric a \`time:\`, or the measure an \`at column\``,
  }),
);

export const notAStock = define<{ text: string }>('M5010', 'the opening of something that is no stock', p => ({
  message: `\`${p.text}\` is no stock, so it has no value at the start of a period`,
  help: 'a stock is written with `while`: `sum(opportunities.amount) while open`; for flows there is `prior`',
}));

export const stockAccumulated = define<{ form: string; text: string }>(
  'M5011',
  'a stock that is added up over time',
  p => ({
    message: `\`${p.text}\` is a stock: what stands there in one month stands there in the next, and \`${p.form}\` would count it again`,
    help: `average it instead: \`avg(${p.text} per month)\``,
  }),
  { alias: 'E_UNSAFE_REAGGREGATION' },
);

export const boundedPeriodNeeded = define<{ form: string }>(
  'M5012',
  'a moved or accumulated metric without a period',
  p => ({
    message: `\`${p.form}\` needs to know where a period begins and ends, and this question has none`,
    help: 'ask for a period, such as `last 12 months` or `2026`',
  }),
);

export const weeksByMonths = define<{ step: string; weeks: string }>('M5013', 'weeks moved by months or years', p => ({
  message: `a week moved by ${p.step} is no week`,
  help: `move by whole weeks: \`${p.weeks}\``,
}));

export const conditionOnMovedTime = define<{ form: string; column: string }>(
  'M5014',
  'a condition on time that `prior` and its like would move out of',
  p => ({
    message: `\`${p.form}\` reads other times than the asked ones, and a condition on \`${p.column}\` would cut them off`,
    help: 'ask for a `period` instead: it cuts what is shown, not what is read',
  }),
);

export const hoursMoved = define<{ form: string }>('M5015', 'a moved or accumulated metric by the hour', p => ({
  message: `\`${p.form}\` reads whole days and cannot be asked by the hour`,
  help: 'ask by day or a longer grain',
}));

export const oneTimeNeeded = define<{ name: string; times: number; others: number }>(
  'M5016',
  'a first or last of groups that do not follow each other in time',
  p => ({
    message: `\`${p.name}\` takes the value of one moment, and its \`per\` names ${p.times === 0 ? 'no time' : p.times > 1 ? 'several times' : 'more than a time, so that several values share one'}`,
    help: `name one date or grain: \`${p.name}(sum(snapshots.amount) per snapshots.taken_on)\``,
  }),
);

export const tooManyCells = define<{ limit: number }>(
  'M5017',
  'a moved or accumulated metric in too many buckets',
  p => ({
    message: `the question would be read on more than ${p.limit} intervals`,
    help: 'ask a shorter period or a coarser grain',
  }),
);

export const datesByHour = define<{ metric: string; table: string }>('M5018', 'the hours of a date', p => ({
  message: `\`${p.metric}\` cannot be asked by hour: the time axis of \`${p.table}\` is a date, which has no hours`,
  help: 'ask by day, or measure it `at` a timestamp',
}));

export const versionNeeded = define<{ join: string; from: string; to: string }>(
  'M5019',
  'a join that cannot choose among versions',
  p => ({
    message: `\`${p.to}\` has several versions of a row, and \`${p.from}\` has no time by which \`${p.join}\` could choose one`,
    help: `say which: \`${p.join}: { to: ${p.to}, ..., as_of: a date column }\`, or \`as_of: now\``,
  }),
);

export const noVersions = define<{ table: string }>('M5020', '`as_of` a day of what does not change', p => ({
  message: `\`${p.table}\` has one version of each row, whatever the day`,
  help: `leave \`as_of:\` out, or give \`${p.table}\` its \`valid: { from: ..., until: ... }\``,
}));

export const severalVersions = define<{ form: string; table: string }>(
  'M5021',
  'a form over a table that has several versions of a row',
  p => ({
    message: `${p.form} cannot read \`${p.table}\`, which has several versions of each row`,
    help: 'read a table that has each row once',
  }),
);

export const noOrder = define<{ table: string }>('M5022', '`previous` of rows without an order', p => ({
  message: `\`previous\` goes by time, and \`${p.table}\` has no time axis`,
  help: `give \`${p.table}\` a \`time:\` column`,
}));

export const timeOfPeriod = define<{ what: string }>('M5023', 'a time that depends on the asked period', p => ({
  message: `${p.what} says when something is, and cannot itself depend on the period that is asked`,
  help: 'name a column of the row; `period_end` and its like stand in conditions and values',
}));

export const changeByTime = define<{ grain: string }>('M5024', 'a change split by time', p => ({
  message: `a change from one period to another cannot be split by ${p.grain}: what is in the one is not in the other`,
  help: 'name dimensions that both periods have: `--by rep.region`',
}));

export const periodNotBegun = define<{ period: string }>('M5025', 'why something moved that is yet to come', p => ({
  message: `${p.period} has not begun, so nothing of it has moved yet`,
  help: 'ask for a period that has begun, or say with `--as-of` when it is asked',
}));
