/** M6, of baselines: metrics that are frozen, and what is compared with them. */
import { define } from './diagnostic.ts';
import { allOf } from './suggest.ts';

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

export const notFrozenBy = define<{ baseline: string; dimension: string; by: readonly string[]; verb: string }>(
  'M6105',
  'a dimension by which a baseline is not frozen',
  p => ({
    message: `\`${p.baseline}\` cannot be ${p.verb} by \`${p.dimension}\`: it is frozen ${
      p.by.length === 0 ? 'for all together' : `by ${allOf(p.by)}`
    }`,
    help: `add \`${p.dimension}\` to its \`by\` and freeze it anew`,
  }),
);

export const frozenCut = define<{ baseline: string; asked: string; fits: string }>(
  'M6106',
  'an interval that has no like in a baseline',
  p => ({
    message: `\`${p.baseline}\` has no value to compare ${p.asked} with: ${p.fits}`,
    help: 'ask for a period, or by a grain, that fits the baseline',
  }),
);

export const frozenWhole = define<{ baseline: string; metric: string; by: string }>(
  'M6107',
  'frozen values that do not add up',
  p => ({
    message: `the values of \`${p.metric}\` that \`${p.baseline}\` holds do not add up over \`${p.by}\``,
    help: `ask by \`${p.by}\` too, or freeze another baseline without it`,
  }),
);

export const unfrozenYet = define<{ name: string }>(
  'M6108',
  'a baseline that waits to be frozen',
  p => ({
    message: `\`${p.name}\` has not been frozen yet`,
    help: `freeze it: \`metrics baseline freeze ${p.name}\``,
  }),
  { severity: 'warning' },
);

/** `reason` is the end of a sentence. */
export const badBaseline = define<{ reason: string; help: string }>('M6109', 'a baseline that cannot be', p => ({
  message: `a baseline ${p.reason}`,
  help: p.help,
}));
