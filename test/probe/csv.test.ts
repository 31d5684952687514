/** `metrics validate --warehouse` over CSV files: planted faults, what cannot be asked, deadlines, and what is said meanwhile. */
import { describe, expect, test } from 'vitest';
import { runProgram } from '../../runtime/faces/cli/program.ts';
import { metrics, projectFolder } from '../support/project.ts';
import { model, planted, type Relation, sound } from './planted.ts';

function csv({ columns, rows }: Relation): string {
  const lines = [columns.map(column => column.split(' ')[0]), ...rows].map(row =>
    row.map(cell => cell ?? '').join(','),
  );
  return `${lines.join('\n')}\n`;
}

function filesWith(added: (typeof planted)[number]['added'], definitions = model(table => `${table}.csv`)) {
  const tables = Object.entries(sound).map(([name, relation]) => {
    const text = csv({ ...relation, rows: [...relation.rows, ...(added[name] ?? [])] });
    return [`${name}.csv`, text] as const;
  });
  return { 'metrics.yaml': definitions, ...Object.fromEntries(tables) };
}

async function found(files: Readonly<Record<string, string>>, ...flags: readonly string[]) {
  const { code, out } = await metrics(projectFolder(files), 'validate', '--warehouse', '--format', 'json', ...flags);
  const report: { diagnostics: { code: string; path: string; message: string }[] } = JSON.parse(out);
  return { code, found: report.diagnostics.map(each => `${each.code} ${each.path}: ${each.message}`) };
}

describe('a planted fault is found, with its count and samples, and nothing else', () => {
  test.each(planted)('$what', async ({ added, found: expected }) => {
    const result = await found(filesWith(added));
    expect(result.found).toEqual(expected);
    expect(result.code).toBe(expected.every(text => /^M904[23]/.test(text)) ? 0 : 1);
  });
});

test('places and cures are those of the declarations', async () => {
  const [, twice] = planted;
  const { err } = await metrics(projectFolder(filesWith(twice?.added ?? {})), 'validate', '--warehouse');
  expect(
    err,
  ).toContain(`error[M9040]: \`rep_id\` is the key of \`reps\`, and 2 values of it stand in 5 rows: \`r1\`, \`r3\`
  --> metrics.yaml:26:10
   |
25 |     from: reps.csv
26 |     key: rep_id
   |          ^^^^^^
  = help: \`deals.rep\` leads there, and rows that find several of them count several times`);
});

test('a table that is not as declared is told, nothing is asked of it or over it, and the others are held all the same', async () => {
  const [, , , lines] = planted;
  const definitions = model(table => `${table}.csv`).replace('name: string }', 'name: string, team: string }');
  const result = await found(
    filesWith({ ...lines?.added, deals: [['e', '1', 'r9', 'odd', '1', '2026-01-10']] }, definitions),
  );
  expect(result.found.map(text => text.replace(/: .*/, ''))).toEqual([
    'M9043 tables.deals.columns.stage.values',
    'M9042 tables.deals.joins.terms',
    'M9040 tables.lines.key',
    'M9002 tables.reps.columns.team',
  ]);
});

test('what is allowed in a comment stays allowed, and is missed only when the warehouse was asked', async () => {
  const [, , , , , values] = planted;
  const definitions = model(table => `${table}.csv`).replace(
    '      stage:',
    '      # allow M9043: the old stages are mended by hand\n      stage:',
  );
  expect((await found(filesWith(values?.added ?? {}, definitions))).found).toEqual([]);
  const idle = await found(filesWith({}, definitions));
  expect(idle.found.map(text => text.slice(0, 5))).toEqual(['M8030']);
  const { err } = await metrics(projectFolder(filesWith({}, definitions)), 'validate');
  expect(err).toBe('');
});

test('of wrong definitions the warehouse is not asked', async () => {
  const definitions = model(() => 'gone.csv').replace('count(deals)', 'count(nothing)');
  const { code, err } = await metrics(projectFolder({ 'metrics.yaml': definitions }), 'validate', '--warehouse');
  expect(code).toBe(1);
  expect(err).not.toContain('gone.csv');
  expect(err).toContain('note: the warehouse was not asked, since the definitions are wrong\n');
});

test('a deadline is for all of it, and what was found by then is told', async () => {
  const slow = `version: 1
name: slow
tables:
  quick: { sql: "select 1 as id union all select 1", key: id, columns: { id: integer } }
  slow:
    sql: "select count(*) as id from range(100000000) as a, range(100000) as b where hash(a.range, b.range) = 7"
    key: id
    columns: { id: integer }
metrics: { m: { formula: count(quick) } }
`;
  const result = await found({ 'metrics.yaml': slow }, '--timeout', '1');
  expect(result.code).toBe(3);
  expect(result.found.map(text => text.split(':')[0])).toEqual(['M9009 null', 'M9040 tables.quick.key']);
  expect(result.found[0]).toContain('within 1 s');
});

test('progress is drawn on a terminal alone, and is gone in the end', async () => {
  let err = '';
  const code = await runProgram(['validate', '--warehouse'], {
    cwd: projectFolder(filesWith({})),
    out: () => {},
    outBytes: () => {},
    err: text => {
      err += text;
    },
    environment: { NO_COLOR: '1' },
    isOutTTY: false,
    isErrTTY: true,
    width: 60,
    signal: new AbortController().signal,
  });
  expect(code).toBe(0);
  const frames = err.split('\r\u001b[2K');
  // Four tables are looked at; then four tables, one with versions, and three joins are asked.
  expect(frames).toHaveLength(1 + 4 + 8 + 1);
  expect(frames[1]).toBe('░░░░░░░░░░░░░░░░░░░░ 0/12 deals');
  expect(frames.at(-2)).toMatch(/^█{18}░░ 11\/12 contracts$/);
  expect(frames.at(-1)).toBe('');
});

test('what is private is counted and not shown', async () => {
  const [, twice, , , , , orphans] = planted;
  const definitions = model(table => `${table}.csv`).replaceAll(
    'rep_id: string',
    'rep_id: { type: string, private: true }',
  );
  const result = await found(filesWith({ ...twice?.added, ...orphans?.added }, definitions));
  expect(result.found.map(text => text.replace(/^\w+ \S+ /, ''))).toEqual([
    '2 of 6 rows of `deals` point by `rep` to no row of `reps`: in a private column, so none is shown',
    '2 of 6 rows of `deals` point by `terms` to no row of `contracts` that is valid then: in a private column, so none is shown',
    '`rep_id` is the key of `reps`, and 2 values of it stand in 5 rows: in a private column, so none is shown',
  ]);
});

test('flags that do not go together', async () => {
  const folder = projectFolder(filesWith({}));
  expect((await metrics(folder, 'validate', '--warehouse', '--fix')).code).toBe(2);
  expect((await metrics(folder, 'validate', '--timeout', '5')).code).toBe(2);
});
