/** M4: grain and joins. */
import { define } from './diagnostic.ts';
import { allOf, didYouMean, nearest, oneOf } from './suggest.ts';

export const noPath = define<{
  subject: string;
  verb: string;
  dimension: string;
  reason: string;
  help?: string | undefined;
}>(
  'M4001',
  'a dimension that a metric does not have',
  p => ({ message: `\`${p.subject}\` cannot be ${p.verb} by \`${p.dimension}\`: ${p.reason}`, help: p.help }),
  { alias: 'E_NO_PATH' },
);

export const ambiguousPath = define<{ name: string; table: string; paths: readonly string[] }>(
  'M4002',
  'a name that several paths lead to',
  p => ({
    message: `from \`${p.table}\`, several paths lead to \`${p.name}\``,
    help: `write one of them in full: ${oneOf(p.paths)}`,
  }),
  { alias: 'E_AMBIGUOUS_PATH' },
);

export const fanOut = define<{ from: string; to: string; path: string }>(
  'M4003',
  'many rows where one is expected',
  p => ({
    message: `\`${p.path}\`: one row of \`${p.from}\` has many rows of \`${p.to}\``,
    help: `roll them up in a column of \`${p.from}\`, such as \`count(${p.to})\`, or measure \`${p.to}\` itself`,
  }),
  { alias: 'E_FAN_OUT_IN_SCALAR_QUERY' },
);

export const nestedAggregate = define<{ outer: string; inner: string }>(
  'M4004',
  'an aggregate inside an aggregate',
  p => ({
    message: `\`${p.inner}\` stands inside \`${p.outer}\`, which aggregates single rows`,
    help: `say for which groups the inner one is computed: \`${p.outer}(${p.inner}(...) per rep)\``,
  }),
  { alias: 'E_NESTED_AGGREGATION_DEFERRED' },
);

export const aggregateOfOneRow = define<{ name: string }>('M4015', 'an aggregate among the values of one row', p => ({
  message: `\`${p.name}\` aggregates many rows, and here stand values of a single one`,
  help: 'give the table a column with this formula, and name the column here',
}));

export const nothingPointsHere = define<{ from: string; to: string }>(
  'M4016',
  'a roll-up of rows that do not point here',
  p => ({
    message: `rows of \`${p.from}\` do not point to rows of \`${p.to}\`, so there is nothing to roll up`,
    help: `give \`${p.from}\` a join: \`joins: { ...: { to: ${p.to}, on: ... } }\``,
  }),
  { alias: 'E_NO_PATH' },
);

export const severalPointHere = define<{ from: string; to: string; joins: readonly string[] }>(
  'M4017',
  'a roll-up of rows that point here by several joins',
  p => ({
    message: `rows of \`${p.from}\` point to rows of \`${p.to}\` by ${oneOf(p.joins).replace(' or ', ' and ')}, and a roll-up cannot choose`,
    help: `write it as a metric for one of them: \`count(${p.from})\` by \`${p.joins[0] ?? ''}\``,
  }),
  { alias: 'E_AMBIGUOUS_PATH' },
);

export const whichTable = define<{ tables: readonly string[] }>('M4005', 'a measure of an unknown table', p => ({
  message:
    p.tables.length === 0
      ? 'no table has all the columns that this measure names'
      : `these columns could be those of ${oneOf(p.tables)}`,
  help: "write the table's name before the first column, or give the metric `table:`",
}));

export const joinColumns = define<{ detail: string; help?: string | undefined }>(
  'M4006',
  'a join whose columns do not fit',
  p => ({
    message: p.detail,
    help: p.help,
  }),
);

export const compositeKey = define<{ name: string; columns: readonly string[] }>(
  'M4007',
  'a key of several columns as one value',
  p => ({
    message: `the key of \`${p.name}\` has several columns, and one value is needed here`,
    help: `name one of them: ${oneOf(p.columns)}`,
  }),
);

export const notConformed = define<{ dimension: string; meanings: readonly string[] }>(
  'M4008',
  'a dimension that is not the same for all metrics',
  p => ({
    message: `\`${p.dimension}\` is not one dimension: it is ${p.meanings.join(', ')}`,
    help: 'give the columns one `dimension:` name if they mean the same, or ask the metrics apart',
  }),
  { alias: 'E3013_NO_STITCHING_DIMENSION' },
);

export const keyNeeded = define<{ column: string; table: string }>(
  'M4009',
  'a key that is no column',
  p => ({ message: `\`${p.table}\` has no column \`${p.column}\`, which its key names` }),
  { alias: 'E_PRIMARY_KEY_REQUIRED' },
);

export const badComplete = define<{ name: string; reason: string }>(
  'M4010',
  'a dimension that cannot be completed',
  p => ({
    message: `\`${p.name}\` cannot be completed: ${p.reason}`,
  }),
);

/** `asked` is the table that was chosen and is none of them. */
export const severalTables = define<{ metric: string; tables: readonly string[]; asked: string | null }>(
  'M4011',
  'rows of several tables',
  p => {
    const reads = allOf(p.tables);
    if (p.asked === null) return { message: `\`${p.metric}\` reads rows of ${reads}`, help: tableChoice(p.tables) };
    const message = `\`${p.metric}\` reads rows of ${reads}, and none of \`${p.asked}\``;
    const near = didYouMean(nearest(p.asked, p.tables));
    return { message, help: near ?? (p.tables.length === 1 ? 'leave `--table` out' : tableChoice(p.tables)) };
  },
);

function tableChoice(tables: readonly string[]): string {
  return `choose one: ${oneOf(tables.map(table => `--table ${table}`))}`;
}

export const tableSource = define<{ table: string; detail: string }>('M4012', 'a table without one source', p => ({
  message: `the table \`${p.table}\` ${p.detail}`,
  help: 'write `from: schema.table`, `from: file.csv`, or `sql:` with a SELECT',
}));

export const noTable = define<{ metrics: readonly string[] }>('M4014', 'a question that reads no table', p => ({
  message:
    p.metrics.length === 0
      ? 'the question names no metric'
      : `${allOf(p.metrics)} ${p.metrics.length === 1 ? 'is a constant' : 'are constants'}: the question reads no table`,
  help: p.metrics.length === 0 ? 'name one or several' : 'ask beside it a metric that aggregates rows',
}));

export const tooManyMeasures = define<{ count: number; limit: number }>(
  'M4013',
  'a query with too many measures',
  p => ({
    message: `the query needs ${p.count} different measures; the limit is ${p.limit}`,
    help: 'ask fewer metrics at once',
  }),
);

export const rowFormOnGroups = define<{ name: string }>('M4018', 'a function of rows on groups', p => ({
  message: `\`${p.name}\` works on rows, and a metric on groups of them`,
  help: `write it inside an aggregate, as in \`sum(${p.name}(...))\`, or make it a column of the table`,
}));

export const tooManyGroups = define<{ dimension: string; limit: number }>(
  'M4019',
  'a change split into more groups than an answer has',
  p => ({
    message: `\`${p.dimension}\` has more than ${p.limit} groups`,
    help: 'split by a coarser dimension, or ask about a part with a condition',
  }),
);
