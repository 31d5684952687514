/** M6: goals. */
import { define } from './diagnostic.ts';
import { allOf } from './suggest.ts';

export const targetSpread = define<{ goal: string; dimension: string; by: readonly string[]; verb: string }>(
  'M6001',
  'targets by a dimension that they are not kept by',
  p => ({
    message: `the targets of \`${p.goal}\` cannot be ${p.verb} by \`${p.dimension}\`: they are kept ${
      p.by.length === 0 ? 'for all together' : `by ${allOf(p.by)}, from which it does not follow`
    }`,
    help: `targets are never spread: leave \`${p.dimension}\` out, or keep targets \`by: [${[...p.by, p.dimension].join(', ')}]\``,
  }),
);

export const targetCut = define<{ goal: string; grain: string; asked: string; spreads: boolean }>(
  'M6002',
  'a period that cuts a target in two',
  p => ({
    message: `\`${p.goal}\` has one target a ${p.grain}, and ${p.asked}`,
    help: p.spreads
      ? `ask for whole buckets of one ${p.grain} or coarser, or ask \`${p.goal}.expected\` and \`${p.goal}.pace\`, which know the part that is due`
      : `ask for whole buckets of one ${p.grain} or coarser`,
  }),
);

export const rollupNeeded = define<{ goal: string; metric: string; isSummed: boolean }>(
  'M6003',
  'targets that cannot be summed over time',
  p => ({
    message: p.isSummed
      ? `the targets of \`${p.goal}\` are summed over time, and \`${p.metric}\` does not add up over time`
      : `\`${p.metric}\` does not add up over time, so neither do targets for it: what is the target of several periods?`,
    help: 'say so: `rollup: last` is the target of the last of them, `rollup: avg` their average',
  }),
);

export const notOneBucket = define<{ text: string; grain: string; examples: string }>(
  'M6004',
  'a target for something else than one period of its grain',
  p => ({ message: `\`${p.text}\` is not one ${p.grain}`, help: `write it as ${p.examples}` }),
);

export const targetTwice = define<{ period: string; group: readonly string[] }>(
  'M6005',
  'two targets for one period',
  p => ({
    message: `there are two targets for ${[p.period, ...p.group].join(', ')}`,
    help: 'take one of them out',
  }),
);

export const targetGap = define<{ goal: string; missing: string; group: readonly string[] }>(
  'M6006',
  'a period without a target between others that have one',
  p => ({
    message: `\`${p.goal}\` has no target for ${[p.missing, ...p.group].join(', ')}, and has targets before and after it`,
    help: 'where there is no target, longer periods add up the others; write 0 where nothing is to be reached',
  }),
  { severity: 'warning' },
);

export const targetGroup = define<{ reason: string; help?: string | undefined }>(
  'M6007',
  'a target whose group is not plain',
  p => ({ message: p.reason, help: p.help }),
);

export const targetOfParts = define<{ goal: string; metric: string; by: string }>(
  'M6008',
  'targets that cannot be added up over groups',
  p => ({
    message: `\`${p.metric}\` does not add up over groups, so the targets of \`${p.goal}\` by \`${p.by}\` make none for all together`,
    help: `ask by \`${p.by}\`, or say \`rollup: avg\` where the average of the targets is meant`,
  }),
);

export const targetsDisagree = define<{
  goal: string;
  target: string;
  other: string;
  sum: string;
  period: string;
  group: readonly string[];
}>(
  'M6009',
  'two goals that disagree',
  p => ({
    message: `\`${p.goal}\` is ${p.target} for ${[p.period, ...p.group].join(', ')}, and the targets of \`${p.other}\` add up to ${p.sum}`,
    help: 'change one of them; where they are meant to differ, the difference is seen in each scorecard',
  }),
  { severity: 'warning' },
);

export const goalDates = define<{ reason: string; help: string }>('M6010', 'days between which no targets lie', p => ({
  message: p.reason,
  help: p.help,
}));

export const badTarget = define<{ reason: string; help: string }>('M6011', 'what cannot be a target', p => ({
  message: p.reason,
  help: p.help,
}));

export const targetUnit = define<{ metric: string; unit: string; target: string }>(
  'M6012',
  'a target in another unit than its metric',
  p => ({
    message: `\`${p.metric}\` is ${p.unit}, and the target ${p.target}`,
    help: 'a metric and its target are of one unit',
  }),
);

export const rollupOfSum = define<{ goal: string; metric: string; rollup: string }>(
  'M6013',
  'a sum over time beside a target that is none',
  p => ({
    message: `\`${p.metric}\` adds up over time, and \`rollup: ${p.rollup}\` does not: over several periods \`${p.goal}.attainment\` holds a sum against one target`,
    help: 'leave `rollup` out: then targets add up as the metric does',
  }),
  { severity: 'warning' },
);

export const statusBands = define<{ reason: string }>(
  'M6014',
  'bands of a status that do not follow each other',
  p => ({
    message: p.reason,
    help: 'without `status:` a goal is on track from 1 on and at risk from 0.8 on',
  }),
);
