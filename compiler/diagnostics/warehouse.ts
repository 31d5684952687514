/** M9: the warehouse and its files. */
import { define } from './diagnostic.ts';
import { allOf } from './suggest.ts';

export const missingRelation = define<{ relation: string; table: string; profile: string; help?: string | undefined }>(
  'M9001',
  'a table that the warehouse does not have',
  p => ({
    message: `the warehouse \`${p.profile}\` has no table \`${p.relation}\`, which \`${p.table}\` reads`,
    help: p.help,
  }),
);

export const missingColumn = define<{ column: string; relation: string; help?: string | undefined }>(
  'M9002',
  'a column that the warehouse does not have',
  p => ({ message: `\`${p.relation}\` has no column \`${p.column}\``, help: p.help }),
);

export const otherType = define<{ column: string; declared: string; physical: string; help?: string | undefined }>(
  'M9003',
  'a column of another type than declared',
  p => ({ message: `\`${p.column}\` is declared as ${p.declared}, and the warehouse has ${p.physical}`, help: p.help }),
);

export const inexactType = define<{ column: string; physical: string }>(
  'M9004',
  'a decimal column that the warehouse keeps inexactly',
  p => ({
    message: `\`${p.column}\` is declared as decimal, and the warehouse keeps it as ${p.physical}: sums of it are not exact`,
    help: 'declare it as `float`, or keep it as DECIMAL',
  }),
  { severity: 'warning' },
);

/** `place` is `line 3` of a CSV file or `record 2` of a JSON file. */
export const badValue = define<{ file: string; place: string; column: string; value: string; type: string }>(
  'M9005',
  'a value in a file that does not fit its type',
  p => ({
    message: `${p.file}, ${p.place}, column \`${p.column}\`: \`${p.value}\` is not ${p.type}`,
    help: p.place.startsWith('line') ? csvCure(p.value, p.type) : 'mend the file, or declare another type',
  }),
);

/** What is shaped like a day, in whatever order and with whatever between, is as a rule one of another format. */
function csvCure(value: string, type: string): string {
  const isDay = /^(?:\d{1,4}[-/. ]){2}\d{1,4}\b/.test(value) && /date|timestamp/.test(type);
  return isDay
    ? 'mend the file, or say how its dates are written: `csv: { date_format: "%d/%m/%Y" }`'
    : 'mend the file, declare another type, or name the text that stands for null: `csv: { nulls: [n/a] }`';
}

export const badFile = define<{ file: string; detail: string; help?: string | undefined }>(
  'M9006',
  'a file that cannot be read',
  p => ({
    message: `${p.file}: ${p.detail}`,
    help: p.help,
  }),
);

export const raggedFile = define<{ file: string; line: number; found: number; expected: number }>(
  'M9007',
  'a line of a file with too many or too few fields',
  p => ({
    message: `${p.file}, line ${p.line}: ${p.found} field${p.found === 1 ? '' : 's'}, and the header has ${p.expected}`,
    help:
      p.found < p.expected
        ? 'an empty field needs its separator too, and a line break inside a field needs quotes around the field'
        : 'a separator inside a field needs quotes around the field; `csv: { extra_fields: drop }` reads on without what is too much',
  }),
);

export const engineFailed = define<{ engine: string; detail: string }>(
  'M9008',
  'a query that the warehouse refused',
  p => ({
    message: `${p.engine} could not answer: ${p.detail}`,
  }),
);

export const deadlinePassed = define<{ seconds: number }>('M9009', 'a query beyond its time', p => ({
  message: `no answer within ${p.seconds} s; the query was stopped`,
  help: 'ask a shorter period, or give it more time with `--timeout`',
}));

export const cancelled = define('M9010', 'a query that was stopped', () => ({
  message: 'the query was stopped before it was answered',
}));

export const cannotOpen = define<{ profile: string; detail: string; help?: string | undefined }>(
  'M9011',
  'a warehouse that cannot be opened',
  p => ({ message: `the warehouse \`${p.profile}\` cannot be opened: ${p.detail}`, help: p.help }),
);

export const overflow = define<{ detail: string }>('M9012', 'a number beyond what the warehouse can hold', p => ({
  message: `a number is too large for the warehouse: ${p.detail}`,
  help: 'as a rule something is added or multiplied that is no amount, such as a long identifier',
}));

export const outOfMemory = define('M9013', 'a query beyond the memory', () => ({
  message: 'the query needs more memory than it may use',
  help: 'ask a shorter period or fewer dimensions',
}));

export const profileWrong = define<{ detail: string; help?: string | undefined }>(
  'M9014',
  'a warehouse profile that cannot be used',
  p => ({
    message: p.detail,
    help: p.help,
  }),
);

export const infiniteResult = define<{ column: string; kind: 'number' | 'day' }>(
  'M9015',
  'a result that is no value',
  p => ({
    message: `\`${p.column}\` is ${p.kind === 'day' ? 'a day beyond the years 1 to 9999' : 'infinite or not a number'}: the warehouse holds such values`,
    help: 'keep them out with a condition, or mend them in the warehouse',
  }),
);

export const unreadFile = define<{ engine: string; file: string; table: string }>(
  'M9016',
  'a file asked of an engine that reads none',
  p => ({
    message: `\`${p.table}\` is read from ${p.file}, and ${p.engine} reads no files`,
    help: 'load the file into a table of the warehouse and write `from: schema.table`, or ask a DuckDB profile',
  }),
);

export const dialectLacks = define<{ engine: string; what: string; help: string }>(
  'M9017',
  'a formula that the engine cannot compute',
  p => ({ message: `${p.engine} cannot compute ${p.what} as other engines do`, help: p.help }),
);

/** `line` counts within the SELECT; null where it has one line only. */
export const refusedSource = define<{ table: string; line: number | null; detail: string; help?: string | undefined }>(
  'M9018',
  'a `sql:` source that the warehouse refuses',
  p => ({
    message: `the warehouse cannot read the \`sql:\` of \`${p.table}\`${p.line === null ? '' : `, line ${p.line} of it`}: ${p.detail}`,
    help: p.help,
  }),
);

export const missingRate = define<{ from: string; to: string; day: string }>(
  'M9019',
  'an amount without a rate',
  p => ({
    message: `there is no rate from ${p.from} to ${p.to} on ${p.day} or before`,
    help: 'add the rate, or leave such rows out with a condition',
  }),
);

export const changedMeanwhile = define<{ metric: string; dimension: string }>(
  'M9020',
  'data that changed between two questions',
  p => ({
    message: `the groups of \`${p.dimension}\` do not add up to \`${p.metric}\`: the data changed while it was read`,
    help: 'ask again',
  }),
);

export const notInParquet = define<{ column: string; detail: string }>(
  'M9027',
  'a value that a Parquet file cannot hold',
  p => ({
    message: `\`${p.column}\` ${p.detail}`,
    help: '`--format csv` and `--format json` keep all of it',
  }),
);

/** `samples` are words such as `\`a\`, \`b\``; where there are none, nothing is said of them. */
export const keyTwice = define<{
  table: string;
  key: string;
  keys: number;
  rows: number;
  samples: string;
  joins: readonly string[];
}>('M9040', 'a key that several rows have', p => ({
  message: `${p.key} is the key of \`${p.table}\`, and ${many(p.keys, 'value')} of it stand${p.keys === 1 ? 's' : ''} in ${p.rows} rows: ${p.samples}`,
  help:
    p.joins.length === 0
      ? 'declare the columns that tell its rows apart, or take the rows out that are there twice'
      : `${allOf(p.joins)} lead${p.joins.length === 1 ? 's' : ''} there, and rows that find several of them count several times: declare the columns that tell its rows apart, or take the rows out that are there twice`,
}));

export const keyEmpty = define<{ table: string; key: string; rows: number; all: number }>(
  'M9041',
  'rows without a key',
  p => ({
    message: `${p.rows} of ${many(p.all, 'row')} of \`${p.table}\` ${p.rows === 1 ? 'has' : 'have'} no ${p.key}`,
    help: 'give them one, or keep them out with a `sql:` source',
  }),
);

/** `dated` is said of a join that finds the version of a row that is valid on a date. */
export const nothingFound = define<{
  table: string;
  join: string;
  to: string;
  when: 'dated' | 'any';
  rows: number;
  all: number;
  samples: string;
}>(
  'M9042',
  'rows that find nothing over a join',
  p => ({
    message: `${p.rows} of ${many(p.all, 'row')} of \`${p.table}\` point${p.rows === 1 ? 's' : ''} by \`${p.join}\` to no row of \`${p.to}\`${p.when === 'dated' ? ' that is valid then' : ''}: ${p.samples}`,
    help: `grouped by what is behind \`${p.join}\` they stand under nothing: load the rows that are missing in \`${p.to}\`, or mend what points there`,
  }),
  { severity: 'warning' },
);

export const valueUndeclared = define<{ table: string; column: string; rows: number; samples: string }>(
  'M9043',
  'values that are not declared',
  p => ({
    message: `${many(p.rows, 'row')} of \`${p.table}\` ${p.rows === 1 ? 'has' : 'have'} a \`${p.column}\` that is not among its \`values\`: ${p.samples}`,
    help: 'declare them too, or mend the rows: conditions on the values that are declared pass over them',
  }),
  { severity: 'warning' },
);

export const versionsOverlap = define<{ table: string; count: number; samples: string }>(
  'M9044',
  'versions of a row that are valid at once',
  p => ({
    message: `${many(p.count, 'version')} of rows of \`${p.table}\` begin${p.count === 1 ? 's' : ''} before the one before has ended: ${p.samples}`,
    help: 'one version of a key is valid on a day: end each where the next begins (`until` is the first day on which it is not valid)',
  }),
);

function many(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
