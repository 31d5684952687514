/** `metrics test`: what it prints in each format, its exit codes, and watching. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { runProgram } from '../../runtime/faces/cli/program.ts';
import { metrics, projectFolder } from '../support/project.ts';
import { xmlNames } from '../support/xml.ts';

const definitions = `version: 1
name: acme & sons
tables:
  deals:
    from: crm.deals
    key: deal_id
    time: closed_on
    columns: { deal_id: string, region: string, stage: string, amount: decimal, closed_on: date }
metrics:
  won: { formula: sum(deals.amount where stage = 'won') }
  deal_count: { formula: count(deals) }
`;

const deals = `
      deals:
        - { deal_id: a, region: North, stage: won, amount: 100, closed_on: 2026-01-10 }
        - { deal_id: b, region: "South, east", stage: won, amount: 30.5, closed_on: 2026-02-10 }
        - { deal_id: c, region: North, stage: lost, amount: 7, closed_on: 2026-02-11 }`;

const given = `    given:${deals}\n`;

const right = `  won_by_region:
${given}    query: { metrics: [won], by: [region] }
    expect: [{ region: North, won: 100 }, { region: "South, east", won: 30.5 }]
  no_such_stage:
    query: { metrics: [won], by: [stages] }
    expect_error: M2001
`;

const wrong = `  won_by_month:
    description: Won deals by the month in which they were closed.
${given}    as_of: 2026-03-31
    query: { metrics: [won, deal_count], by: [month, region], period: 2026-Q1, sparse: true }
    expect:
      - { month: 2026-01-01, region: North, won: 100, deal_count: 1 }
      - { month: 2026-02-01, region: North, won: 7, deal_count: 1 }
      - { month: 2026-03-01, region: North, won: 0 }
`;

const files = (...sections: readonly string[]) => ({
  'metrics.yaml': definitions,
  'tests.yaml': `version: 1\ntests:\n${sections.join('')}`,
});

async function tested(sections: readonly string[], ...words: readonly string[]) {
  return metrics(projectFolder(files(...sections)), 'test', ...words);
}

describe('for people', () => {
  test('a line for each that passes', async () => {
    expect(await tested([right])).toEqual({
      code: 0,
      out: '✓ won_by_region\n✓ no_such_stage\n2 tests passed\n',
      err: '',
    });
  });

  test('rows that differ, that are missing and that are too many, beside those that are expected', async () => {
    const { code, out, err } = await tested([right, wrong]);
    expect([code, err]).toEqual([1, '']);
    expect(out).toBe(`✓ won_by_region
✓ no_such_stage
✗ won_by_month: 1 row differs, 1 is missing, 1 is too many
  --> tests.yaml:14:3
  Won deals by the month in which they were closed.

           expected                            │ found
           month       region  won  deal_count │ month       region          won  deal_count
           ──────────  ──────  ───  ────────── │ ──────────  ─────────────  ────  ──────────
           2026-01-01  North   100           1 │ 2026-01-01  North           100           1
  differs  2026-02-01  North    *7           1 │ 2026-02-01  North            *0           1
  extra                                        │ 2026-02-01  'South, east'  30.5           1
  missing  2026-03-01  North     0             │

  = sql: metrics compile won deal_count --by month,region --period 2026-Q1 --sparse --as-of 2026-03-31

2 passed, 1 failed
`);
  });

  test('rows in another order than the asked one', async () => {
    const section = `  by_size:
${given}    query: { metrics: [won], by: [region], order: [won desc], where: "region is not null" }
    expect: [{ region: "South, east" }, { region: North }]
`;
    const { out } = await tested([section]);
    expect(out).toBe(`✗ by_size: the rows agree, in another order
  --> tests.yaml:3:3

           expected       │ found
           region         │ region
           ────────────── │ ──────────────
  differs  *'South, east' │ *North
  differs  *North         │ *'South, east'

  = sql: metrics compile won --by region --where 'region is not null' --order 'won desc'

0 passed, 1 failed
`);
  });

  test('comparisons: their columns, and the command with all that was asked', async () => {
    const section = `  beside_the_month_before:
${given}    as_of: 2026-02-10
    query: { metrics: [won], period: 2026-02, compare: [prior_period], like_for_like: true }
    expect: [{ won: 30.5, won.prior: 100, won.change: -69.5 }]
  nine_days_of_it:
${given}    as_of: 2026-02-09
    query: { metrics: [won], period: 2026-02, compare: [prior_period], like_for_like: true }
    expect: [{ won.prior: 100 }]
`;
    const { out } = await tested([section]);
    expect(out).toBe(`✓ beside_the_month_before
✗ nine_days_of_it: 1 row differs
  --> tests.yaml:12:3

           expected  │ found
           won.prior │ won.prior
           ───────── │ ─────────
  differs       *100 │        *0

  = sql: metrics compile won --period 2026-02 --compare prior_period --like-for-like --as-of 2026-02-09

1 passed, 1 failed
`);
  });

  test('no rows where some are expected, and rows where none are', async () => {
    const section = `  some:
    query: { metrics: [won], by: [region] }
    expect: [{ region: null, won: 1 }]
  none:
${given}    query: { metrics: [won], by: [region], limit: 1 }
    expect: []
`;
    const { out } = await tested([section]);
    expect(out).toBe(`✗ some: 1 row is missing
  --> tests.yaml:3:3

           expected
           region  won
           ──────  ───
  missing  null      1

  = sql: metrics compile won --by region

✗ none: 1 row is too many
  --> tests.yaml:6:3

         found
         region  won
         ──────  ───
  extra  North   100

  = sql: metrics compile won --by region --limit 1

0 passed, 2 failed
`);
  });

  test('a question that is refused: the finding stands at its place in the file', async () => {
    const section = `  refused:
    query: { metrics: [won], where: "region = 'North' and stag = 'won'" }
    expect: [{ won: 100 }]
  refused_otherwise:
    query: { metrics: [won], by: [quater] }
    expect_error: E_NO_PATH
  answered:
    query: { metrics: [won] }
    expect_error: M4001
`;
    const { code, out } = await tested([section]);
    expect(code).toBe(1);
    expect(out).toBe(`✗ refused: refused with M2001
  --> tests.yaml:3:3

error[M2001]: there is no dimension \`stag\`
  --> tests.yaml:4:59
  |
3 |   refused:
4 |     query: { metrics: [won], where: "region = 'North' and stag = 'won'" }
  |                                                           ^^^^
  = help: did you mean \`stage\`?

✗ refused_otherwise: E_NO_PATH was expected, and the question is refused with M2001
  --> tests.yaml:6:3

error[M2001]: there is no dimension \`quater\`
  --> tests.yaml:7:35
  |
6 |   refused_otherwise:
7 |     query: { metrics: [won], by: [quater] }
  |                                   ^^^^^^
  = help: did you mean \`quarter\`?

✗ answered: M4001 was expected, and the question is answered
  --> tests.yaml:9:3

         found
         won
         ───
  extra    0

  = sql: metrics compile won

0 passed, 3 failed
`);
  });

  test('of many rows only those that do not agree', async () => {
    const days = Array.from({ length: 28 }, (_, day) => `2026-02-${String(day + 1).padStart(2, '0')}`);
    const expected = days.map(
      day =>
        `{ day: ${day}, deal_count: ${day === '2026-02-20' ? 1 : Number(day >= '2026-02-10' && day <= '2026-02-11')} }`,
    );
    const section = `  many:\n${given}    query: { metrics: [deal_count], by: [day], period: 2026-02 }\n    expect: [${expected}]\n`;
    const { out } = await tested([section]);
    expect(out).toContain(`
           expected               │ found
           day         deal_count │ day         deal_count
           ──────────  ────────── │ ──────────  ──────────
  differs  2026-02-20          *1 │ 2026-02-20          *0
  27 more rows, not shown
`);
  });

  test('colours do not move columns', async () => {
    const coloured = await tested([wrong], '--color', 'always');
    const plain = await tested([wrong]);
    expect(coloured.out).toContain('\u001b[31m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    expect(coloured.out.replace(/\u001b\[\d+m/g, '').replace(/ +$/gm, '')).toBe(plain.out);
  });
});

describe('for programs', () => {
  test('concise: a line for each that fails', async () => {
    const broken = '  refused:\n    query: { metrics: [wn] }\n    expect: [{ wn: 1 }]\n';
    const { code, out } = await tested([right, wrong, broken], '--format', 'concise');
    expect([code, out.split('\n')]).toEqual([
      1,
      [
        'tests.yaml:14:3: failed[won_by_month]: 1 row differs, 1 is missing, 1 is too many',
        'tests.yaml:27:3: failed[refused]: refused with M2001: there is no metric `wn`',
        '2 passed, 2 failed',
        '',
      ],
    ]);
  });

  test('json', async () => {
    const { code, out, err } = await tested([right, wrong], '--format', 'json');
    expect([code, err]).toEqual([1, '']);
    expect(JSON.parse(out)).toEqual({
      tests: [
        { name: 'won_by_region', file: 'tests.yaml', line: 3, column: 3, status: 'passed', ms: expect.any(Number) },
        { name: 'no_such_stage', file: 'tests.yaml', line: 11, column: 3, status: 'passed', ms: expect.any(Number) },
        {
          name: 'won_by_month',
          file: 'tests.yaml',
          line: 14,
          column: 3,
          status: 'failed',
          ms: expect.any(Number),
          message: '1 row differs, 1 is missing, 1 is too many',
          rows: [
            {
              kind: 'differs',
              expected: { month: '2026-02-01', region: 'North', won: '7', deal_count: '1' },
              found: { month: '2026-02-01', region: 'North', won: '0', deal_count: 1 },
              differing: ['won'],
            },
            {
              kind: 'extra',
              expected: null,
              found: { month: '2026-02-01', region: 'South, east', won: '30.5', deal_count: 1 },
              differing: [],
            },
            {
              kind: 'missing',
              expected: { month: '2026-03-01', region: 'North', won: '0' },
              found: null,
              differing: [],
            },
          ],
          found: [
            { month: '2026-01-01', region: 'North', won: '100', deal_count: 1 },
            { month: '2026-02-01', region: 'North', won: '0', deal_count: 1 },
            { month: '2026-02-01', region: 'South, east', won: '30.5', deal_count: 1 },
          ],
        },
      ],
      diagnostics: [],
      summary: { tests: 3, passed: 2, failed: 1 },
    });
  });

  test('junit, into a file beside what people read; markup in it is text', async () => {
    const section = `${wrong}  refused:\n    query: { metrics: [won], where: "region <> '<&>\\u0001'" , by: ["]]>"] }\n    expect: []\n`;
    const folder = projectFolder(files(right, section));
    const { code, out } = await metrics(folder, 'test', '--format', 'concise,junit=out.xml');
    expect([code, out.split('\n').at(-2)]).toEqual([1, '2 passed, 2 failed']);
    const xml = readFileSync(path.join(folder, 'out.xml'), 'utf8');
    expect(xml).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="acme &amp; sons" tests="4" failures="2" errors="0" time="\d+\.\d{4}">\n/,
    );
    expect(xmlNames(xml)).toEqual([
      'testsuites',
      ...['testsuite', 'testcase', 'testcase'],
      ...['testcase', 'failure', 'testcase', 'failure'],
    ]);
    expect(xml).toMatch(
      /<testcase name="won_by_region" classname="tests" file="tests\.yaml" line="3" time="\d+\.\d{4}"\/>/,
    );
    expect(xml).toContain(
      '<failure message="1 row differs, 1 is missing, 1 is too many" type="differs">✗ won_by_month',
    );
    expect(xml).toContain('&lt;&amp;&gt;');
  });

  test('files that cannot be read: no test is run, and each format says why', async () => {
    const folder = projectFolder({ ...files(right), 'more.yaml': 'version: 1\nmetrisc: {}\n' });
    const pretty = await metrics(folder, 'test');
    expect([pretty.code, pretty.out]).toEqual([1, '']);
    expect(pretty.err).toContain('error[M1007]');
    expect(pretty.err).toContain('1 error; no test was run\n');
    const json = await metrics(folder, 'test', '--format', 'json');
    expect([json.code, JSON.parse(json.out)]).toMatchObject([
      1,
      { tests: [], diagnostics: [{ code: 'M1007', file: 'more.yaml' }], summary: { tests: 0 } },
    ]);
    const junit = await metrics(folder, 'test', '--format', 'junit');
    expect(junit.out).toContain(
      '<error message="the definitions cannot be read" type="invalid">more.yaml:2:1: error[M1007]',
    );
    expect(xmlNames(junit.out)).toEqual(['testsuites', 'testsuite', 'testcase', 'error']);
  });
});

describe('which tests, and what they come to', () => {
  test.each([
    ['all', [], ['won_by_region', 'no_such_stage', 'won_by_month']],
    ['one', ['no_such_stage'], ['no_such_stage']],
    ['several', ['no_such_stage', 'won_by_region'], ['won_by_region', 'no_such_stage']],
    ['with commas', ['no_such_stage,won_by_region'], ['won_by_region', 'no_such_stage']],
    ['a pattern', ['won_*'], ['won_by_region', 'won_by_month']],
    ['a character', ['won_by_mont?'], ['won_by_month']],
  ])('%s', async (_, words, names) => {
    const { out } = await tested([right, wrong], ...words, '--format', 'json');
    const report: { tests: { name: string }[] } = JSON.parse(out);
    expect(report.tests.map(({ name }) => name)).toEqual(names);
  });

  test.each([
    [
      'a name that no test has',
      ['won_by_regoin'],
      'no test is called `won_by_regoin`',
      'did you mean `won_by_region`?',
    ],
    ['a pattern that none fits', ['lost_*'], 'no test is called `lost_*`', 'stands for any text'],
    ['an unknown format', ['--format', 'xml'], 'there is no format `xml`', 'pretty, concise, json, junit'],
  ])('wrong usage: %s', async (_, words, said, help) => {
    const { code, out, err } = await tested([right], ...words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(said);
    expect(err).toContain(help);
  });

  test('a project without tests', async () => {
    const { code, out } = await metrics(projectFolder({ 'metrics.yaml': definitions }), 'test');
    expect([code, out]).toEqual([0, 'the project has no tests\n']);
  });

  test('tests are questions: what is broken elsewhere does not touch them, and is mentioned', async () => {
    const broken = 'version: 1\nmetrics:\n  wrong: { formula: sum(deals.amuont) }\n';
    const onBroken =
      '  on_broken:\n    query: { metrics: [wrong] }\n    expect: [{ wrong: 1 }]\n  known_to_be:\n    query: { metrics: [wrong] }\n    expect_error: M2001\n';
    const folder = projectFolder({ ...files(right, onBroken), 'broken.yaml': broken });
    const sound = await metrics(folder, 'test', 'won_*', 'no_*', 'known_*');
    expect([sound.code, sound.out.split('\n').at(-2)]).toEqual([0, '3 tests passed']);
    expect(sound.err).toBe('note: 1 error in the definitions; `metrics validate` shows them\n');
    const { code, out } = await metrics(folder, 'test', 'on_broken');
    expect(code).toBe(1);
    expect(out).toContain('✗ on_broken: refused with M2001');
    expect(out).toContain('--> broken.yaml:3:31');
  });

  test('a test that is not right itself fails, and the others run', async () => {
    const section =
      '  misgiven:\n    given: { deals: [{ amuont: 1 }] }\n    query: { metrics: [won] }\n    expect: [{ won: 0 }]\n';
    const { code, out } = await tested([right, section]);
    expect(code).toBe(1);
    expect(out).toContain('✓ won_by_region\n');
    expect(out).toContain('error[M2001]: `deals` has no column `amuont`\n  --> tests.yaml:15:24');
    expect(out).toContain('\n2 passed, 1 failed\n');
  });
});

test('validate judges and counts them', async () => {
  const sound = await metrics(projectFolder(files(right)), 'validate');
  expect(sound.out).toBe('All checks passed: 2 metrics on 1 table with 2 tests in 2 files\n');
  const section =
    '  misgiven:\n    given: { deals: [{ amuont: 1 }] }\n    query: { metrics: [won] }\n    expect: [{ won: 0 }]\n';
  const { code, out } = await metrics(projectFolder(files(right, section)), 'validate', '--format', 'json');
  expect([code, JSON.parse(out)]).toMatchObject([
    1,
    { diagnostics: [{ code: 'M2001', path: 'tests.misgiven', file: 'tests.yaml' }], summary: { errors: 1, tests: 3 } },
  ]);
  // A broken test is no reason to refuse a question.
  const asked = await metrics(projectFolder(files(section)), 'compile', 'won');
  expect(asked.code).toBe(0);
});

test('they are no part of what an answer means: its model stays the same', async () => {
  const inMemory = (text: string) =>
    text.replace(
      'from: crm.deals',
      "sql: select 'a' as deal_id, 'x' as region, 'won' as stage, 1.5 as amount, date '2026-01-01' as closed_on",
    );
  const modelOf = async (sections: readonly string[]) => {
    const all = files(...sections);
    const folder = projectFolder({ ...all, 'metrics.yaml': inMemory(all['metrics.yaml']) });
    const { out } = await metrics(folder, 'query', 'won', '--format', 'json');
    const answer: { meta: { model: string } } = JSON.parse(out);
    return answer.meta.model;
  };
  expect(await modelOf([right])).toBe(await modelOf([wrong]));
});

test('the worked examples of the language', async () => {
  const folder = path.join(import.meta.dirname, '../projects/worked');
  const { code, out, err } = await metrics(folder, 'test');
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/\n15 tests passed\n$/);
});

test('hundreds of tests take milliseconds each', async () => {
  const many = Array.from({ length: 200 }, (_, index) => right.replaceAll(/^ {2}(\w+):$/gm, `  $1_${index}:`));
  const { out } = await tested(many, '--format', 'json');
  const report: { tests: { ms: number }[]; summary: unknown } = JSON.parse(out);
  expect(report.summary).toEqual({ tests: 400, passed: 400, failed: 0 });
  const sorted = report.tests.map(({ ms }) => ms).sort((a, b) => a - b);
  expect(sorted[200]).toBeLessThan(50);
});

describe('watching', () => {
  /** `metrics test --watch` as it runs, and how it is ended. */
  function watching(folder: string) {
    const controller = new AbortController();
    const printed = { out: '', err: '' };
    const ended = runProgram(['test', '--watch'], {
      cwd: folder,
      out: text => {
        printed.out += text;
      },
      outBytes: () => {},
      err: text => {
        printed.err += text;
      },
      environment: {},
      isOutTTY: false,
      isErrTTY: false,
      signal: controller.signal,
    });
    const runs = () => printed.err.match(/Waiting for changes/g)?.length ?? 0;
    const until = async (count: number) => {
      for (let tries = 0; runs() < count && tries < 600; tries += 1) await pause(25);
      if (runs() < count) throw new Error(`it ran ${runs()} times\n${printed.out}\n${printed.err}`);
    };
    return { printed, ended, until, runs, stop: () => controller.abort() };
  }

  test('runs again when a definition changes, and ends when it is interrupted', async () => {
    const folder = projectFolder(files(right));
    const { printed, ended, until, runs, stop } = watching(folder);
    await until(1);
    expect(printed.out).toBe('✓ won_by_region\n✓ no_such_stage\n2 tests passed\n');

    writeFileSync(path.join(folder, 'metrics.yaml'), definitions.replace("stage = 'won'", "stage = 'lost'"));
    await until(2);
    expect(printed.err).toContain('\nChanged: metrics.yaml\n');
    expect(printed.out).toContain('✗ won_by_region: 1 row differs, 1 is missing');

    // A folder that is new is watched as well, and files that are no definitions change nothing.
    mkdirSync(path.join(folder, 'more'));
    writeFileSync(path.join(folder, 'notes.txt'), 'nothing');
    await pause(300);
    expect(runs()).toBe(2);
    writeFileSync(path.join(folder, 'more', 'tests.yaml'), `version: 1\ntests:\n${wrong}`);
    await until(3);
    expect(printed.err).toContain('\nChanged: more/tests.yaml\n');
    expect(printed.out).toContain('✗ won_by_month');

    // As editors save: beside its place, and moved there.
    writeFileSync(path.join(folder, '.metrics.yaml.new'), definitions);
    renameSync(path.join(folder, '.metrics.yaml.new'), path.join(folder, 'metrics.yaml'));
    await until(4);
    writeFileSync(path.join(folder, 'metrics.yaml'), 'version: 1\nname: [\n');
    await until(5);
    expect(printed.err).toContain('no test was run');
    writeFileSync(path.join(folder, 'metrics.yaml'), definitions);
    rmSync(path.join(folder, 'more'), { recursive: true });
    await until(6);
    expect(printed.out.endsWith('✓ won_by_region\n✓ no_such_stage\n2 tests passed\n')).toBe(true);
    expect(printed.out).not.toContain('\u001b[2J');
    stop();
    expect(await ended).toBe(0);
  });

  test('what is written at one moment is one change', async () => {
    const folder = projectFolder(files(right));
    const { ended, until, runs, stop } = watching(folder);
    await until(1);
    for (let index = 0; index < 10; index += 1)
      writeFileSync(path.join(folder, `more${index}.yaml`), `version: 1\nmetrics:\n  m${index}: { formula: won }\n`);
    await until(2);
    await pause(400);
    expect(runs()).toBe(2);
    stop();
    await ended;
  });
});
