/** The command line: what goes to which stream, in which format, with which exit code. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../compiler/index.ts';
import { metrics, projectFolder, rowsOf } from '../support/project.ts';

const sound = {
  'metrics.yaml': `version: 1
name: acme
currency: EUR
tables:
  reps: { from: reps.csv, key: rep_id, entity: rep, columns: { rep_id: string, region: string } }
  deals:
    from: deals.csv
    key: deal_id
    time: closed_on
    columns: { deal_id: string, rep_id: string, amount: { type: decimal, unit: currency }, closed_on: date }
    joins: { rep: { to: reps, on: rep_id } }
metrics:
  revenue: { formula: sum(deals.amount), label: { en: Revenue, es: Ingresos }, description: What came in., owner: finance, good: up }
  deal_count: { formula: count(deals) }
  deal_size: { formula: revenue / deal_count }
`,
  'reps.csv': 'rep_id,region\nr1,North\nr2,"South, east"\n',
  'deals.csv': 'deal_id,rep_id,amount,closed_on\n1,r1,10.50,2026-01-01\n2,r1,20,2026-02-01\n3,r2,5,2026-02-02\n4,,1,\n',
};

const broken = {
  ...sound,
  'more.yaml': `version: 1
metrics:
  wrong: { formula: sum(deals.amuont) }
  doubled: { formula: revenue + deal_count, owner: x }
  uses_wrong: { formula: wrong * 2 }
`,
};

describe('validate', () => {
  test('a sound project: one line on the output, nothing else', async () => {
    const { code, out, err } = await metrics(projectFolder(sound), 'validate');
    expect([code, out, err]).toEqual([0, 'All checks passed: 3 metrics on 2 tables in 1 file\n', '']);
  });

  test('every problem at its place, none for what only follows from another', async () => {
    const { code, out, err } = await metrics(projectFolder(broken), 'validate');
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe(`error[M2001]: \`deals\` has no column \`amuont\`
  --> more.yaml:3:31
  |
2 | metrics:
3 |   wrong: { formula: sum(deals.amuont) }
  |                               ^^^^^^
  = help: did you mean \`amount\`?

error[M3002]: cannot add EUR and a plain number
  --> more.yaml:4:33
  |
3 |   wrong: { formula: sum(deals.amuont) }
4 |   doubled: { formula: revenue + deal_count, owner: x }
  |                                 ^^^^^^^^^^

2 errors in 6 metrics on 2 tables in 2 files
`);
  });

  test('concise and json', async () => {
    const folder = projectFolder(broken);
    const concise = await metrics(folder, 'validate', '--format', 'concise');
    expect(concise.err.split('\n').slice(0, 2)).toEqual([
      'more.yaml:3:31: error[M2001]: `deals` has no column `amuont`',
      'more.yaml:4:33: error[M3002]: cannot add EUR and a plain number',
    ]);
    const { code, out } = await metrics(folder, 'validate', '--format', 'json');
    const report: { diagnostics: { code: string; fixes: unknown[] }[]; summary: unknown } = JSON.parse(out);
    expect(code).toBe(1);
    expect(report.summary).toEqual({
      errors: 2,
      warnings: 0,
      infos: 0,
      allowed: 0,
      files: 2,
      tables: 2,
      metrics: 6,
      tests: 0,
    });
    expect(report.diagnostics[0]).toMatchObject({
      code: 'M2001',
      severity: 'error',
      file: 'more.yaml',
      range: { start: { line: 3, column: 31 }, end: { line: 3, column: 37 } },
      help: 'did you mean `amount`?',
      related: [],
      fixes: [
        {
          applicability: 'safe',
          edits: [{ text: 'amount', range: { start: { line: 3, column: 31 }, end: { line: 3, column: 37 } } }],
        },
      ],
    });
  });

  test('several formats at once, one of them into a file', async () => {
    const folder = projectFolder(broken);
    const { code, out, err } = await metrics(folder, 'validate', '--format', 'github', '--format', 'sarif=out.sarif');
    expect([code, out]).toEqual([1, '']);
    expect(err.split('\n')[0]).toBe(
      '::error file=more.yaml,line=3,col=31,endLine=3,endColumn=37,title=M2001::`deals` has no column `amuont`%0Adid you mean `amount`?',
    );
    const sarif: {
      version: string;
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        results: {
          ruleId: string;
          ruleIndex: number;
          partialFingerprints: Record<string, string>;
          locations: unknown;
        }[];
      }[];
    } = JSON.parse(readFileSync(path.join(folder, 'out.sarif'), 'utf8'));
    const [run] = sarif.runs;
    expect([sarif.version, run?.tool.driver.rules.length]).toEqual(['2.1.0', catalogue.length]);
    expect(run?.results.map(({ ruleId, ruleIndex }) => [ruleId, run.tool.driver.rules[ruleIndex]?.id])).toEqual([
      ['M2001', 'M2001'],
      ['M3002', 'M3002'],
    ]);
    expect(run?.results[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'more.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 3, startColumn: 31, endLine: 3, endColumn: 37 },
        },
      },
    ]);
  });

  test('a fingerprint stays when lines move', async () => {
    const prints = async (files: Readonly<Record<string, string>>) => {
      const { out } = await metrics(projectFolder(files), 'validate', '--format', 'sarif');
      const log: { runs: { results: { partialFingerprints: unknown }[] }[] } = JSON.parse(out);
      return log.runs[0]?.results.map(result => result.partialFingerprints);
    };
    const moved = { ...broken, 'more.yaml': broken['more.yaml'].replace('metrics:', '# moved\n# down\nmetrics:') };
    expect(await prints(moved)).toEqual(await prints(broken));
  });

  test('warnings do not fail, unless there are more than allowed', async () => {
    const files = {
      ...sound,
      'more.yaml':
        'version: 1\nmetrics:\n  old: { formula: revenue, status: deprecated, replaced_by: revenue, ends: 2026-12-31 }\n  user: { formula: old * 2 }\n',
    };
    expect((await metrics(projectFolder(files), 'validate')).code).toBe(0);
    const { code, err } = await metrics(projectFolder(files), 'validate', '--max-warnings', '0');
    expect(code).toBe(1);
    expect(err).toContain('warning[M8001]');
  });
});

describe('query', () => {
  const folder = projectFolder(sound);

  test('a table for people', async () => {
    const { code, out, err } = await metrics(
      folder,
      'query',
      'revenue',
      'deal_size',
      '--by',
      'rep.region',
      '--as-of',
      '2026-03-31',
    );
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(`rep.region   revenue (EUR)  deal_size (EUR)
───────────  ─────────────  ───────────────
North                 30.5            15.25
South, east              5                5
–                        1                1
3 rows, as of 2026-03-31
`);
  });

  test('json: columns, rows and what the answer was made from', async () => {
    const { out } = await metrics(
      folder,
      'query',
      'revenue',
      'deal_count',
      '--by',
      'month',
      '--period',
      '2026-Q1',
      '--as-of',
      '2026-02-10',
      '--format',
      'json',
    );
    const answer: { meta: { sql_ms: number; model: string } } = JSON.parse(out);
    expect(answer).toEqual({
      columns: [
        { name: 'month', kind: 'dimension', type: 'date', unit: null },
        { name: 'revenue', kind: 'metric', type: 'decimal', unit: 'EUR' },
        { name: 'deal_count', kind: 'metric', type: 'integer', unit: null },
      ],
      rows: [
        { month: '2026-01-01', revenue: '10.5', deal_count: 1 },
        { month: '2026-02-01', revenue: '25', deal_count: 2 },
      ],
      meta: {
        model: expect.stringMatching(/^[0-9a-f]{16}$/),
        period: '2026-01-01..2026-03-31',
        as_of: '2026-02-10',
        partial: ['2026-02-01'],
        truncated: false,
        sql_ms: expect.any(Number),
      },
    });
  });

  test.each([
    ['the bucket of now, where it has rows', ['--by', 'month'], '2026-02-10', ['2026-02-01']],
    ['none, where the bucket of now has no rows', ['--by', 'month'], '2026-05-10', []],
    ['a bucket that a period fills', ['--by', 'month', '--period', '2026-H1'], '2026-05-10', ['2026-05-01']],
    ['none, where no bucket is asked', [], '2026-02-10', []],
    ['a period on its first day', ['--period', '2026-02'], '2026-02-01', ['2026-02-01']],
    ['a period on its last day', ['--period', '2026-02'], '2026-02-28', ['2026-02-01']],
    ['none, where a period is over', ['--period', '2026-02'], '2026-03-01', []],
    ['none, where a period has not begun', ['--period', '2026-02'], '2026-01-31', []],
  ])('partial buckets: %s', async (_, words, asOf, partial) => {
    const { out } = await metrics(folder, 'query', 'revenue', ...words, '--as-of', asOf, '--format', 'json');
    const answer: { meta: unknown } = JSON.parse(out);
    expect(answer.meta).toMatchObject({ partial });
  });

  test('csv', async () => {
    const { out } = await metrics(folder, 'query', 'revenue', '--by', 'rep.region', '--format', 'csv');
    expect(out).toBe('rep.region,revenue\nNorth,30.5\n"South, east",5\n,1\n');
  });

  test('flags may be repeated or hold several, and stand before or behind', async () => {
    const once = await rowsOf(
      folder,
      'query',
      'revenue,deal_count',
      '--by',
      'rep,month',
      '--order',
      'revenue desc',
      '--limit',
      '2',
    );
    const twice = await rowsOf(
      folder,
      'query',
      '--by',
      'rep',
      '--by',
      'month',
      'revenue',
      'deal_count',
      '--order',
      'revenue desc',
      '--limit',
      '2',
    );
    expect(once).toEqual(twice);
    expect(once.map(row => row.revenue)).toEqual(['20', '10.5']);
  });

  test.each([
    [
      'by',
      "concat(rep, ', ', closed_on), month",
      "--> query.by:1:1\n  |\n1 | concat(rep, ', ', closed_on), month\n  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n",
    ],
    [
      'complete',
      'concat(rep, rep.region), rep',
      '--> query.complete:1:1\n  |\n1 | concat(rep, rep.region), rep\n  | ^^^^^^^^^^^^^^^^^^^^^^^\n',
    ],
    [
      'order',
      'round(revenue, 1) desc, month',
      '--> query.order:1:1\n  |\n1 | round(revenue, 1) desc, month\n  | ^^^^^^^^^^^^^^^^^\n',
    ],
  ])('a comma inside brackets or quotes parts nothing: --%s', async (flag, text, frame) => {
    const by = flag === 'by' ? [] : ['--by', 'rep.region,month'];
    const { code, err } = await metrics(folder, 'query', 'revenue', ...by, `--${flag}`, text);
    expect(code).toBe(1);
    expect(err).toContain(frame);
    expect(err.match(/^error/gm)).toHaveLength(1);
  });

  test('conditions are joined', async () => {
    expect(
      await rowsOf(folder, 'query', 'deal_count', '--where', "rep = 'r1'", '--where', 'closed_on >= 2026-02-01'),
    ).toEqual([{ deal_count: 1 }]);
  });

  test('a question to a sound metric is answered although another one is broken', async () => {
    expect(await rowsOf(projectFolder(broken), 'query', 'revenue')).toEqual([{ revenue: '36.5' }]);
    const { code, err, out } = await metrics(projectFolder(broken), 'query', 'uses_wrong');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('error[M2001]');
  });
});

describe('exit codes', () => {
  const folder = projectFolder(sound);

  test.each([
    ['an unknown command', ['qurey'], 2],
    ['an unknown flag', ['query', 'revenue', '--perod', '2026'], 2],
    ['a flag without its value', ['query', 'revenue', '--by'], 2],
    ['an unknown format', ['validate', '--format', 'xml'], 2],
    ['an unknown profile', ['query', 'revenue', '--profile', 'prod'], 2],
    ['a day that does not exist', ['query', 'revenue', '--as-of', '2026-02-30'], 2],
    ['a number that is none', ['query', 'revenue', '--limit', 'ten'], 2],
    ['a time of nothing', ['query', 'revenue', '--timeout', '0'], 2],
    ['a time that no timer counts', ['query', 'revenue', '--timeout', '99999999999'], 2],
    ['a file where a folder is meant', ['validate', '--project', 'metrics.yaml'], 2],
    ['a file in a folder that is not there', ['validate', '--format', 'json=gone/x.json'], 2],
    ['a file that is a folder', ['validate', '--format', 'sarif=.'], 2],
    ['a format into no file', ['validate', '--format', 'sarif='], 2],
    ['a project into a file', ['init', 'reps.csv'], 2],
    ['a project below a file', ['init', 'reps.csv/mine'], 3],
    ['an unknown metric', ['query', 'revenu'], 1],
    ['an unknown dimension', ['query', 'revenue', '--by', 'rep.regoin'], 1],
    ['a wrong period', ['query', 'revenue', '--period', '2026-13'], 1],
    ['a diagnostic that is none', ['explain', 'M9999'], 2],
    ['help', ['--help'], 0],
    ['help of a command', ['query', '--help'], 0],
  ])('%s', async (_, words, expected) => {
    const { code, out, err } = await metrics(folder, ...words);
    expect(code).toBe(expected);
    if (expected !== 0) expect(out).toBe('');
    expect(err).not.toMatch(/\n\s+at /);
  });

  test('no project, and a folder that has none', async () => {
    const empty = projectFolder({});
    expect(await metrics(empty, 'validate')).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no metrics.yaml'),
    });
    expect(await metrics(folder, 'validate', '--project', empty)).toMatchObject({ code: 2 });
  });

  test('a warehouse that is away', async () => {
    const files = {
      ...sound,
      'metrics.yaml': `${sound['metrics.yaml']}warehouse: { profiles: { local: { engine: duckdb, path: gone.duckdb } } }\n`,
    };
    expect(await metrics(projectFolder(files), 'query', 'revenue')).toMatchObject({
      code: 3,
      out: '',
      err: expect.stringContaining('error[M9011]'),
    });
  });

  const profiles = (text: string) =>
    projectFolder({ ...sound, 'metrics.yaml': `${sound['metrics.yaml']}warehouse: { profiles: { ${text} } }\n` });

  test.each([
    [
      'an engine that is not there yet',
      profiles('prod: { engine: clickhouse, url: x }'),
      [],
      'error[M9014]: the engine `clickhouse` of the profile `prod` is not in this version yet\n  --> metrics.yaml:16:42',
      '= help: this version has `duckdb`',
    ],
    [
      'an environment without its name',
      profiles(`prod: { engine: duckdb, path: "\${env:SEXTANT_NOT_SET}" }`),
      [],
      'error[M9014]: the environment has no `SEXTANT_NOT_SET`, which the warehouse profile names\n  --> metrics.yaml:16:57',
      '= help: set it: `export SEXTANT_NOT_SET=...`',
    ],
    [
      'several profiles and none chosen',
      profiles('a: { engine: duckdb }, b: { engine: duckdb }'),
      [],
      'error[M9014]: the project has several warehouse profiles and no `default`',
      '= help: choose one with `--profile`, or write `default: a`',
    ],
    [
      'a profile that is not among them',
      profiles('a: { engine: duckdb }, b: { engine: duckdb }'),
      ['--profile', 'production'],
      'error[M9014]: there is no warehouse profile `production`',
      '= help: the project has `a` and `b`',
    ],
    [
      'a profile in a project without any',
      folder,
      ['--profile', 'prod'],
      'error[M9014]: there is no warehouse profile `prod`',
      '= help: the project has no profiles: leave `--profile` out',
    ],
  ])('wrong configuration: %s', async (_, project, words, said, help) => {
    const { code, out, err } = await metrics(project, 'query', 'revenue', ...words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(said);
    expect(err).toContain(help);
  });
});

describe('the rest', () => {
  const folder = projectFolder(sound);

  test('compile prints SQL and its parameters, and touches no warehouse', async () => {
    const { code, out } = await metrics(
      projectFolder({ 'metrics.yaml': sound['metrics.yaml'] }),
      'compile',
      'revenue',
      '--by',
      'rep.region',
      '--where',
      "rep.region <> 'it''s'",
    );
    expect(code).toBe(0);
    expect(out).toContain("-- $1 = 'it''s'");
    expect(out.slice(0, out.indexOf('--'))).not.toContain("it''s");
  });

  test('compile without a metric prints each', async () => {
    const { out } = await metrics(folder, 'compile');
    expect(out.match(/^-- (revenue|deal_count|deal_size)$/gm)).toHaveLength(3);
  });

  test.each(['document', 'model'])('compile --stage %s prints JSON', async stage => {
    const { out } = await metrics(folder, 'compile', '--stage', stage);
    expect(JSON.parse(out)).toBeTruthy();
  });

  test('compile --stage plan prints the plan', async () => {
    const { out } = await metrics(folder, 'compile', 'revenue', '--stage', 'plan', '--as-of', '2026-03-31');
    expect(out).toBe(
      'now 2026-03-31, period all, zone UTC\nproject revenue = coalesce(revenue, 0)\n  aggregate by : revenue = sum(deals.amount)\n    scan deals as deals: everything\n',
    );
  });

  test('rows lists what a number is made of', async () => {
    expect(await rowsOf(folder, 'rows', 'revenue', '--period', '2026-02', '--by', 'rep.region')).toEqual([
      { deal_id: '2', 'rep.region': 'North', closed_on: '2026-02-01', amount: '20' },
      { deal_id: '3', 'rep.region': 'South, east', closed_on: '2026-02-02', amount: '5' },
    ]);
    const flagged = await rowsOf(folder, 'rows', 'deal_size', '--limit', '1');
    expect(flagged).toEqual([
      { deal_id: '1', amount: '10.5', closed_on: '2026-01-01', 'sum(deals.amount)': true, 'count(deals)': true },
    ]);
  });

  test('rows of a table that the metric does not read', async () => {
    const files = {
      ...sound,
      'more.yaml': 'version: 1\nmetrics:\n  per_rep: { formula: revenue / count(reps) }\n',
    };
    const project = projectFolder(files);
    const said = async (...words: readonly string[]) => {
      const { code, err } = await metrics(project, 'rows', ...words);
      return [code, ...err.split('\n').filter(line => /^error|-->|= help/.test(line))];
    };
    expect(await said('per_rep', '--table', 'dealz')).toEqual([
      1,
      'error[M4011]: `per_rep` reads rows of `deals` and `reps`, and none of `dealz`',
      '  --> query.table:1:1',
      '  = help: did you mean `deals`?',
    ]);
    expect(await said('per_rep', '--table', 'accounts')).toContain(
      '  = help: choose one: `--table deals` or `--table reps`',
    );
    expect(await said('revenue', '--table', 'reps')).toEqual([
      1,
      'error[M4011]: `revenue` reads rows of `deals`, and none of `reps`',
      '  --> query.table:1:1',
      '  = help: leave `--table` out',
    ]);
  });

  test('rows show what the rows before them are found by', async () => {
    const files = {
      ...sound,
      'more.yaml': 'version: 1\nmetrics:\n  before: { formula: max(previous(deals.amount per rep_id)) }\n',
    };
    const [row] = await rowsOf(projectFolder(files), 'rows', 'before', '--limit', '1');
    expect(row).toEqual({ deal_id: '1', closed_on: '2026-01-01', amount: '10.5', rep_id: 'r1' });
  });

  test('rows that are read at several times, where what they hold depends on it', async () => {
    const files = {
      ...sound,
      'more.yaml': `version: 1
metrics:
  before: { formula: "deal_count + prior(deal_count, 1 month)" }
  before_its_end: { formula: "deal_count + prior(count(deals where closed_on <= period_end), 1 month)" }
`,
    };
    const project = projectFolder(files);
    const said = async (name: string) => {
      const { code, err } = await metrics(project, 'rows', name, '--period', '2026-02');
      return [code, err.slice(0, 12)];
    };
    expect(await said('before')).toEqual([0, '']);
    expect(await said('before_its_end')).toEqual([1, 'error[M1017]']);
  });

  test('rows are ordered by their own columns', async () => {
    const rows = await rowsOf(
      folder,
      'rows',
      'revenue',
      '--by',
      'rep.region',
      '--order',
      'rep.region desc,amount desc',
    );
    expect(rows.map(row => [row['rep.region'], row.amount])).toEqual([
      ['South, east', '5'],
      ['North', '20'],
      ['North', '10.5'],
      [null, '1'],
    ]);
    const { code, err } = await metrics(folder, 'rows', 'revenue', '--order', 'revenue');
    expect([code, err.split('\n')[0]]).toEqual([
      1,
      'error[M2010]: the answer has no column `revenue` to be ordered by',
    ]);
    expect(err).toContain('= help: its columns are deal_id, closed_on, amount');
  });

  test.each([
    ['no metric', [','], 'the question names no metric'],
    ['a constant', ['one'], '`one` is a constant: the question reads no table'],
    [
      'constants, by something',
      ['one,two', '--by', 'rep.region'],
      '`one` and `two` are constants: the question reads no table',
    ],
  ])('a question without a table is refused: %s', async (_, words, message) => {
    const more = 'version: 1\nmetrics: { one: { formula: 1 }, two: { formula: one + 1 } }\n';
    const project = projectFolder({ ...sound, 'more.yaml': more });
    const { code, out, err } = await metrics(project, 'query', ...words);
    expect([code, out, err.split('\n').slice(0, 2)]).toEqual([
      1,
      '',
      [`error[M4014]: ${message}`, '  --> query.metrics:1:1'],
    ]);
    expect(await rowsOf(project, 'query', 'one', 'deal_count')).toEqual([{ one: 1, deal_count: 4 }]);
    const compiled = await metrics(project, 'compile');
    expect([compiled.code, compiled.err]).toEqual([0, '']);
    expect(compiled.out).toContain('-- one\n-- a constant: it is asked beside metrics that have rows\n');
  });

  test('rows do not show private columns, not even the key', async () => {
    const yaml = sound['metrics.yaml']
      .replace('amount: { type: decimal,', 'amount: { type: decimal, private: true,')
      .replace('deal_id: string,', 'deal_id: { type: string, private: true },')
      .replace('rep_id: string, region: string }', 'rep_id: string, region: { type: string, private: true } }')
      .replace('{ formula: count(deals) }', "{ formula: count(deals where rep.region <> 'x' and amount > 6) }");
    const rows = await rowsOf(projectFolder({ ...sound, 'metrics.yaml': yaml }), 'rows', 'deal_size', '--by', 'rep');
    const count = "count(deals where rep.region <> 'x' and amount > 6)";
    expect(rows.toSorted((a, b) => (String(a.closed_on) < String(b.closed_on) ? -1 : 1))).toEqual([
      { rep: 'r1', closed_on: '2026-01-01', 'sum(deals.amount)': true, [count]: true },
      { rep: 'r1', closed_on: '2026-02-01', 'sum(deals.amount)': true, [count]: true },
      { rep: 'r2', closed_on: '2026-02-02', 'sum(deals.amount)': true, [count]: false },
      { rep: null, closed_on: null, 'sum(deals.amount)': true, [count]: false },
    ]);
  });

  test('explain a metric', async () => {
    const { code, out } = await metrics(folder, 'explain', 'revenue');
    expect(code).toBe(0);
    for (const part of [
      'Revenue (en), Ingresos (es)',
      'What came in.',
      'sum(deals.amount)',
      'EUR',
      'finance',
      'used by',
      'deal_size',
      'metrics.yaml:13',
      'select',
    ]) {
      expect(out).toContain(part);
    }
  });

  test('explain a diagnostic, by its code or its name in Ossie', async () => {
    const byCode = await metrics(folder, 'explain', 'm4001');
    expect(byCode.out).toMatch(/^# M4001/);
    expect((await metrics(folder, 'explain', 'E_NO_PATH')).out).toBe(byCode.out);
  });

  test('init makes a project that answers its first question, and overwrites nothing', async () => {
    const empty = projectFolder({});
    const { code, out } = await metrics(empty, 'init', 'mine');
    expect(code).toBe(0);
    expect(out).toContain('metrics query won_revenue win_rate --by rep.region');
    const mine = path.join(empty, 'mine');
    expect(await metrics(mine, 'validate')).toMatchObject({ code: 0, err: '' });
    expect(await metrics(mine, 'test')).toMatchObject({ code: 0, out: expect.stringContaining('\n3 tests passed\n') });
    const rows = await rowsOf(mine, 'query', 'won_revenue', 'win_rate', '--by', 'rep.region');
    expect(rows.map(row => row['rep.region'])).toEqual(['North', 'South']);
    writeFileSync(path.join(mine, 'sales.yaml'), 'mine');
    expect(await metrics(empty, 'init', 'mine')).toMatchObject({ code: 2 });
    expect(readFileSync(path.join(mine, 'sales.yaml'), 'utf8')).toBe('mine');
  });
});
