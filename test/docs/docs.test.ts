/**
 * README.md and the pages of docs/ are true: their projects are sound, their commands print what is shown below them,
 * the expressions in their tables have the values beside them, and what they list is all there is.
 *
 * What a table is held against is said by its columns: `example` and `value` (an expression over no columns), `metric` and
 * `value` (a formula over the page's project), `period` and `days as of ...`. A value may be the code of a refusal.
 * `UPDATE=1` writes what commands print anew; the numbers in them are worked out by hand.
 */
import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue, grains } from '../../compiler/index.ts';
import packageFile from '../../package.json' with { type: 'json' };
import definitions from '../../schemas/definitions.schema.json' with { type: 'json' };
import project from '../../schemas/project.schema.json' with { type: 'json' };
import { metrics, projectFolder, shellWords } from '../support/project.ts';
import { type Console, consoleText, type Files, headingsIn, linksIn, readPage, type Table } from './page.ts';

const root = path.join(import.meta.dirname, '../..');
const pages = ['README.md', ...readdirSync(path.join(root, 'docs')).flatMap(docsPage)];
const textOf = (page: string) => readFileSync(path.join(root, page), 'utf8');

function docsPage(name: string): readonly string[] {
  return name.endsWith('.md') ? [`docs/${name}`] : [];
}

/** What a command prints in a folder with these files, as a person sees it. */
async function run(files: Files, line: string): Promise<string> {
  const folder = projectFolder(files);
  const [program, ...words] = shellWords(line);
  expect(program).toBe('metrics');
  const { out, err } = await metrics(folder, ...words);
  return `${err}${out}`.replaceAll(realpathSync(folder), '.').replaceAll(folder, '.').trimEnd();
}

describe.each(pages)('%s', page => {
  const text = textOf(page);
  const { consoles, states, files, tables, shell } = readPage(text);

  test.each(states.filter(state => projectOf(state.files, state.name) !== null))(
    'line $line: the project with $name is sound',
    async ({ name, files: before }) => {
      const where = projectOf(before, name) ?? '.';
      const { code, err } = await metrics(projectFolder(before), 'validate', '--max-warnings', '0', '--project', where);
      expect([code, err]).toEqual([0, '']);
    },
  );

  test.each(consoles)('line $line: its commands print what is shown', async example => {
    const printed = await Promise.all(
      example.commands.map(async ({ line }) => ({ line, printed: await run(example.files, line) })),
    );
    if (process.env.UPDATE === '1') rewrite(page, example, consoleText(printed));
    else expect(printed).toEqual(example.commands);
  });

  test('its answers do not depend on the day on which they are asked', () => {
    const commands = consoles.flatMap(example => example.commands);
    const undated = commands.filter(({ line, printed }) => /, as of /.test(printed) && !line.includes('--as-of'));
    expect(undated).toEqual([]);
  });

  const examples = rowsWith(tables, 'example', 'value');
  if (examples.length > 0) {
    test('its expressions have the values beside them', async () => {
      expect(await valuesOf(files, examples.map(columnExample))).toEqual(examples.map(wanted));
    });
  }

  const formulas = rowsWith(tables, 'metric', 'value');
  if (formulas.length > 0) {
    test('its formulas have the values beside them', async () => {
      expect(await valuesOf(files, formulas.map(metricExample))).toEqual(formulas.map(wanted));
    });
  }

  test.each(periodsIn(tables))('$period as of $day: $days', async ({ period, day, days }) => {
    const words = ['--period', period, '--as-of', day, '--format', 'json'];
    const { out, err } = await metrics(projectFolder(files), 'query', 'deal_count', ...words);
    const answer: { meta: { period: string | null } } =
      out === '' ? { meta: { period: codeIn(err) } } : JSON.parse(out);
    expect(answer.meta.period ?? 'no bound').toBe(days);
  });

  test('its links lead somewhere', () => {
    const broken = linksIn(text).filter(link => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? page : path.join(path.dirname(page), file);
      if (!existsSync(path.join(root, target))) return true;
      return anchor !== undefined && !headingsIn(textOf(target)).some(heading => heading.anchor === anchor);
    });
    expect(broken).toEqual([]);
  });

  test('its codes are those of the catalogue', () => {
    const codes = new Set(catalogue.map(entry => entry.code));
    expect((text.match(/\bM\d{4}\b/g) ?? []).filter(code => !codes.has(code))).toEqual([]);
  });

  test('its npm commands are those of the package', () => {
    const named = shell.flatMap(line => /^npm (?:run (?:-s )?)?(\w+)/.exec(line)?.[1] ?? []);
    expect(named.filter(name => !Object.hasOwn(packageFile.scripts, name))).toEqual([]);
  });
});

/** The folder of the project that a file belongs to, or null where it has no project yet. */
function projectOf(files: Files, name: string): string | null {
  for (let folder = path.posix.dirname(name); ; folder = path.posix.dirname(folder)) {
    if (files[path.posix.join(folder, 'metrics.yaml')] !== undefined) return folder;
    if (folder === '.') return null;
  }
}

function rewrite(page: string, example: Console, text: string): void {
  writeFileSync(
    path.join(root, page),
    textOf(page).replace(example.text, () => text),
  );
}

interface Row {
  readonly line: number;
  readonly cells: Files;
}

function rowsWith(tables: readonly Table[], ...columns: readonly string[]): readonly Row[] {
  return tables.filter(table => columns.every(column => table.columns.includes(column))).flatMap(table => table.rows);
}

interface Example {
  readonly line: number;
  readonly formula: string;
  readonly isColumn: boolean;
  readonly isTyped: boolean;
}

const columnExample = ({ line, cells }: Row): Example => ({
  line,
  formula: cells.example ?? '',
  isColumn: true,
  isTyped: typeNames.has(cells.gives ?? ''),
});
const metricExample = ({ line, cells }: Row): Example => ({
  line,
  formula: cells.metric ?? '',
  isColumn: false,
  isTyped: typeNames.has(cells.gives ?? ''),
});

const typeNames: ReadonlySet<string> = new Set([
  ...['boolean', 'string', 'integer', 'decimal', 'float', 'date', 'timestamp'],
]);

const wanted = ({ line, cells }: Row): string =>
  `${line}: ${cells.value}${typeNames.has(cells.gives ?? '') ? ` ${cells.gives}` : ''}`;

/** The values of formulas as the page writes them: in one query those that have one, the codes of those that are refused. */
async function valuesOf(files: Files, examples: readonly Example[]): Promise<readonly string[]> {
  const named = examples.map((example, index) => ({ ...example, name: `example_${index}` }));
  const codes = await refusals(files, named);
  const sound = named.filter(({ name }) => !codes.has(name));
  const folder = projectFolder({ ...files, 'examples.yaml': definitionsOf(sound) });
  const names = sound.map(({ name }) => name);
  const { out, err } = await metrics(folder, 'query', ...names, '--as-of', '2026-03-31', '--format', 'json');
  expect(err).toBe('');
  const answer: Answer = JSON.parse(out);
  const types = new Map(answer.columns.map(({ name, type }) => [name, type]));
  return named.map(({ line, name, isTyped }) => {
    const code = codes.get(name);
    if (code !== undefined) return `${line}: ${code}`;
    const type = types.get(name) ?? '';
    return `${line}: ${shown(answer.rows[0]?.[name] ?? null, type)}${isTyped ? ` ${type}` : ''}`;
  });
}

interface Answer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly Readonly<Record<string, string | number | boolean | null>>[];
}

type Named = Example & { readonly name: string };

/** A table of one row whose columns are the expressions, and metrics that read them; each formula on a line of its own. */
function definitionsOf(examples: readonly Named[]): string {
  const columns = examples.filter(({ isColumn }) => isColumn);
  return [
    'version: 1',
    'tables:',
    '  one_row:',
    '    sql: select 1 as id',
    '    key: id',
    '    columns:',
    '      id: integer',
    ...columns.map(({ name, formula }) => `      ${name}: { formula: ${JSON.stringify(formula)} }`),
    'metrics:',
    ...examples.map(({ name, formula, isColumn }) => {
      const written = isColumn ? `first(one_row.${name})` : formula;
      return `  ${name}: { formula: ${JSON.stringify(written)} }`;
    }),
    '',
  ].join('\n');
}

async function refusals(files: Files, examples: readonly Named[]): Promise<ReadonlyMap<string, string>> {
  const text = definitionsOf(examples);
  const folder = projectFolder({ ...files, 'examples.yaml': text });
  const { out } = await metrics(folder, 'validate', '--format', 'json');
  const report: { diagnostics: readonly { code: string; range: { start: { line: number } } }[] } = JSON.parse(out);
  return new Map(
    report.diagnostics.map(({ code, range }) => {
      const line = text.split('\n')[range.start.line - 1] ?? '';
      return [/^ *(\w+):/.exec(line)?.[1] ?? '', code];
    }),
  );
}

/** A value of JSON as a formula would write it. */
function shown(value: string | number | boolean | null, type: string): string {
  if (value === null) return 'null';
  if (type === 'string') return `'${value}'`;
  return type === 'timestamp' ? String(value).replace(/(:00)?Z$/, '') : String(value);
}

function periodsIn(tables: readonly Table[]) {
  return tables.flatMap(({ columns, rows }) => {
    const column = columns.find(each => each.startsWith('days as of '));
    if (column === undefined) return [];
    const day = column.replace('days as of ', '');
    return rows.map(({ cells }) => ({ period: cells.period ?? '', day, days: cells[column] ?? '' }));
  });
}

function codeIn(printed: string): string {
  return /\[(M\d{4})\]/.exec(printed)?.[1] ?? printed;
}

describe('the reference is complete', () => {
  const text = textOf('docs/language.md');
  const { tables } = readPage(text);
  /** Every word in code type in the first cells of its tables. */
  const listed = new Set(
    tables.flatMap(({ columns, rows }) =>
      rows.flatMap(({ cells }) => {
        const cell = cells[columns[0] ?? ''] ?? '';
        return cell.includes('`') ? [...cell.matchAll(/`([^`]+)`/g)].map(match => match[1] ?? '') : [cell];
      }),
    ),
  );
  const missing = (names: Iterable<string>) => [...names].filter(name => !listed.has(name));

  test('keys of the project, tables, columns, joins, metrics, goals, baselines, tests, items and alerts', () => {
    const { table, metric, goal, baseline, column, join, test, question, item, alert } = definitions.$defs;
    const { calendar, warehouse } = project.properties;
    const keys = [
      ...Object.keys(project.properties),
      ...Object.keys(calendar.properties),
      ...Object.keys(warehouse.properties),
      ...Object.keys(warehouse.properties.profiles.additionalProperties.properties),
      ...Object.keys(table.properties),
      ...Object.keys(table.properties.csv.properties),
      ...Object.keys(column.else.properties),
      ...Object.keys(join.properties),
      ...Object.keys(metric.properties),
      ...Object.keys(goal.properties),
      ...Object.keys(baseline.properties),
      ...Object.keys(test.properties),
      ...Object.keys(question.properties),
      ...Object.keys(item.properties),
      ...Object.keys(alert.properties),
    ];
    expect(missing(keys)).toEqual([]);
  });

  test('types, grains and families of codes', () => {
    expect(missing(definitions.$defs.type.enum)).toEqual([]);
    expect(missing(grains)).toEqual([]);
    expect(missing(new Set(catalogue.map(({ code }) => code.slice(0, 2))))).toEqual([]);
  });

  test('scalar functions and aggregates', () => {
    const resolver = readFileSync(path.join(root, 'compiler/resolve/expression.ts'), 'utf8');
    const [, callable = ''] = /const callable[^=]*=([\s\S]*?)\.map\(/.exec(resolver) ?? [];
    const functions = [...callable.matchAll(/'(\w+)'/g)].map(match => match[1] ?? '');
    expect(functions.length).toBeGreaterThan(30);
    const aggregates = readFileSync(path.join(root, 'compiler/resolve/aggregates.ts'), 'utf8');
    const [, names = ''] = /const aggregateNames = \[([\s\S]*?)\]/.exec(aggregates) ?? [];
    const all = [...functions, ...[...names.matchAll(/'(\w+)'/g)].map(match => match[1] ?? ''), 'if', 'date_trunc'];
    const calls = new Set([...listed].map(name => name.replace(/\(.*$/, '')));
    expect(all.filter(name => !calls.has(name))).toEqual([]);
  });

  test('forms, and the days of the interval', () => {
    const forms = readFileSync(path.join(root, 'compiler/resolve/forms.ts'), 'utf8');
    const all = ['timedForms', 'totalForms', 'momentNames'].flatMap(list => {
      const [, names = ''] = new RegExp(`const ${list} = \\[([\\s\\S]*?)\\]`).exec(forms) ?? [];
      return [...names.matchAll(/'(\w+)'/g)].map(match => match[1] ?? '');
    });
    expect(all.length).toBeGreaterThan(12);
    const calls = new Set([...listed].map(name => name.replace(/\(.*$/, '')));
    expect(all.filter(name => !calls.has(name))).toEqual([]);
  });

  test.each(['query', 'compile', 'rows', 'why', 'scorecard', 'alerts'])('flags of %s', async command => {
    const { out } = await metrics(projectFolder({}), command, '--help');
    const flags = [...out.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(match => match[1] ?? '');
    const named = new Set([...listed].map(name => name.split(' ')[0] ?? ''));
    expect(flags.filter(flag => !named.has(flag) && flag !== '--help')).toEqual([]);
  });
});

test('README.md lists every command', async () => {
  const { out } = await metrics(projectFolder({}), '--help');
  const commands = [...out.matchAll(/^ {2}(\w+) (?:\[|<)/gm)].map(match => match[1] ?? '');
  const rows = readPage(textOf('README.md')).tables.flatMap(table =>
    table.rows.map(({ cells }) => cells.command ?? ''),
  );
  const listed = new Set(rows.map(cell => /\w+/.exec(cell)?.[0]));
  expect(commands.length).toBeGreaterThan(4);
  expect(commands.filter(command => command !== 'help' && !listed.has(command))).toEqual([]);
});
