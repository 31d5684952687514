/** M2: names. */
import { define } from './diagnostic.ts';

/** `of` is the table that lacks it, where it was sought in one. */
export const unknownName = define<{ name: string; kind: string; of?: string; help?: string | undefined }>(
  'M2001',
  'an unknown name',
  p => ({
    message: p.of === undefined ? `there is no ${p.kind} \`${p.name}\`` : `\`${p.of}\` has no ${p.kind} \`${p.name}\``,
    help: p.help,
  }),
  { alias: 'E_NAME_NOT_FOUND' },
);

export const definedTwice = define<{ kind: string; name: string }>(
  'M2002',
  'a name that is defined twice',
  p => ({ message: `the ${p.kind} \`${p.name}\` is defined twice` }),
  { alias: 'E_NAME_COLLISION' },
);

export const unknownFunction = define<{ name: string; help?: string | undefined }>(
  'M2003',
  'an unknown function',
  p => ({
    message: `there is no function \`${p.name}\``,
    help: p.help,
  }),
);

export const cycle = define<{ steps: readonly string[] }>('M2004', 'a definition in a circle', p => ({
  message: `the definition goes in a circle: ${p.steps.map(step => `\`${step}\``).join(' -> ')}`,
}));

export const metricInRow = define<{ name: string }>('M2005', 'a metric among the columns of a row', p => ({
  message: `\`${p.name}\` is a metric, and here stand columns of single rows`,
  help: 'a metric has a value for a group, not for a row: compare it in `having`, or aggregate it with `per`',
}));

export const bareColumn = define<{ name: string; table: string; aggregate: string }>(
  'M2006',
  'a column without an aggregate',
  p => ({
    message: `\`${p.name}\` is a column of \`${p.table}\`, and a metric needs an aggregate around it`,
    help: `write \`${p.aggregate}${p.table}.${p.name})\`, or another aggregate`,
  }),
  { alias: 'E_UNAGGREGATED_FINER_GRAIN_REFERENCE' },
);

export const tooManySteps = define<{ name: string; limit: number }>(
  'M2007',
  'metrics that stand on too many others in a row',
  p => ({
    message: `\`${p.name}\` and what it stands on are more than ${p.limit} metrics in a row`,
  }),
);

export const wholeTable = define<{ table: string }>('M2008', 'a table where a value is expected', p => ({
  message: `\`${p.table}\` is a table, not a value`,
  help: `rows are counted with \`count(${p.table})\``,
}));
