/** M6, of baselines: metrics that are frozen, and what is compared with them. */
import { define } from './diagnostic.ts';

export const brokenFreeze = define<{ file: string; line: number }>(
  'M6101',
  'a file of frozen values that cannot be read',
  p => ({
    message: `${p.file}, line ${p.line}, is neither a freeze nor a row of the one before it`,
    help: 'the file is written by `metrics baseline freeze` alone: take it from version control again',
  }),
);

export const changedFreeze = define<{ file: string; line: number; frozenAt: string }>(
  'M6102',
  'frozen values that have been changed',
  p => ({
    message: `${p.file}, line ${p.line}: the values frozen on ${p.frozenAt} are not those that were written then`,
    help: 'frozen values are never changed: take the file from version control again, or freeze anew',
  }),
);

export const notFrozen = define<{ name: string }>('M6103', 'a baseline that has not been frozen', p => ({
  message: `\`${p.name}\` has not been frozen yet, so there is nothing to compare with`,
  help: `freeze it: \`metrics baseline freeze ${p.name}\``,
}));

export const meaningChanged = define<{ name: string; metric: string; frozenAt: string; formula: string }>(
  'M6104',
  'a metric that has changed since it was frozen',
  p => ({
    message: `\`${p.metric}\` has another meaning than on ${p.frozenAt}, when \`${p.name}\` was frozen: \`${p.formula}\` then`,
    help: `compare with it knowingly, or freeze the new meaning: \`metrics baseline freeze ${p.name}\``,
  }),
  { severity: 'warning' },
);
