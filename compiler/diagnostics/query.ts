/** M1 and M2 of queries: what was asked rather than what was defined. */
import { define } from './diagnostic.ts';

export const badOrder = define<{ name: string; help?: string | undefined }>(
  'M2010',
  'an order by something that was not asked',
  p => ({
    message: `the answer has no column \`${p.name}\` to be ordered by`,
    help: p.help,
  }),
);

export const askedTwice = define<{ name: string }>('M2011', 'a column that was asked twice', p => ({
  message: `\`${p.name}\` was asked twice`,
}));

export const badLimit = define<{ value: string }>('M2012', 'a limit that is no number of rows', p => ({
  message: `an answer cannot be limited to ${p.value} rows`,
  help: `a limit is a whole number from 0 to ${Number.MAX_SAFE_INTEGER}; without one, all rows are shown`,
}));

export const nothingCompared = define('M2014', 'like for like of nothing', () => ({
  message: '`like for like` says how a comparison is made, and this question makes none',
  help: 'say what to compare with: `--compare prior_period`',
}));
