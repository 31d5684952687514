/** M8: scorecards and alerts. */
import { define } from './diagnostic.ts';
import { allOf, oneOf } from './suggest.ts';

export const oneSubject = define<{ found: 'none' | 'both' }>('M8010', 'an item that does not show one thing', p => ({
  message: p.found === 'none' ? 'the item shows nothing' : 'the item shows a metric and a goal at once',
  help:
    p.found === 'none'
      ? 'name a metric (`metric: won_revenue`) or a goal (`goal: won_goal`)'
      : 'keep the goal, which shows its metric too, or write two items',
}));

export const nothingToCut = define<{ key: 'top' | 'bottom' }>('M8011', 'the first of one', p => ({
  message: `\`${p.key}\` chooses among groups, and the item has one value`,
  help: 'say which groups: `by: [rep.name]`',
}));

export const badTrend = define<{ text: string; most: number }>('M8012', 'a trend that cannot be read', p => ({
  message: `\`${p.text}\` is not a stretch of time that a line could be drawn of`,
  help: `write 2 to ${p.most} days, weeks, months, quarters, halves or years: \`12 months\``,
}));

export const grainNeeded = define<{ count: number }>('M8013', 'periods in a row without a grain', p => ({
  message: `\`for: ${p.count}\` counts periods, and the alert does not say which`,
  help: 'say what one is: `grain: week`',
}));

export const unknownPlaceholder = define<{ name: string; known: readonly string[]; help?: string | undefined }>(
  'M8014',
  'a message that names what its alert does not have',
  p => ({
    message: `the message names \`{${p.name}}\`, which the alert does not have`,
    help: p.help ?? (p.known.length === 0 ? 'the alert has no names' : `it has ${oneOf(p.known)}`),
  }),
);

export const nothingMeasured = define('M8015', 'an alert that measures nothing', () => ({
  message: 'the condition names no metric and aggregates no rows, so it is the same on every day',
  help: 'hold a metric against something: `when: win_rate < 0.2`',
}));

export const tooMacro = define<{ role: string; tables: readonly string[] }>(
  'M8016',
  'a scorecard in which nobody finds himself',
  p => ({
    message: `\`${p.role}\` sees the rows of one person, and every item of its scorecard is a total over ${allOf(p.tables)}, which it reads whole`,
    help: 'add an item over rows that the person has, such as a goal, or take the table out of `unrestricted`',
  }),
  { severity: 'warning' },
);

export const tooMicro = define<{ role: string; table: string }>(
  'M8017',
  'a scorecard that lists single rows to somebody who sees many',
  p => ({
    message: `\`${p.role}\` sees the rows of many, and this item lists every row of \`${p.table}\``,
    help: 'choose some with `top` or `bottom`, or group by something that rows share',
  }),
  { severity: 'warning' },
);

export const hiddenFromRole = define<{ name: string; role: string }>(
  'M8018',
  'a scorecard that shows what its role may not see',
  p => ({
    message: `\`${p.role}\` hides \`${p.name}\`, and its own scorecard names it`,
    help: `take it out of \`hides\`, or out of the scorecard`,
  }),
);

export const otherBaseline = define<{ baseline: string; of: string; metric: string }>(
  'M8019',
  'a comparison with a baseline of another metric',
  p => ({
    message: `\`${p.baseline}\` is a baseline of \`${p.of}\`, and the item shows \`${p.metric}\``,
    help: `compare it with a baseline of \`${p.metric}\`, or show \`${p.of}\``,
  }),
);
