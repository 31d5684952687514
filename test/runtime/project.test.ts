/** The files of a project: which are read, and what is said of those that are not there, not inside, or not what they should be. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { metrics, projectFolder } from '../support/project.ts';

/** What `validate` says, one line each, in the order of places. */
async function found(folder: string): Promise<readonly string[]> {
  const { err, out } = await metrics(folder, 'validate', '--format', 'concise');
  expect(err + out).not.toContain(folder);
  return (err || out)
    .trimEnd()
    .split('\n')
    .slice(0, err === '' ? undefined : -1);
}

const sales = 'version: 1\nmetrics:\n  one: { formula: "1" }\n';
const passed = (metricCount: number, files: number) => [
  `All checks passed: ${metricCount} metric${metricCount === 1 ? '' : 's'} on 0 tables in ${files} file${files === 1 ? '' : 's'}`,
];

describe('holidays', () => {
  const project = (name: string) => `version: 1\nname: acme\ncalendar: { holidays: ${name} }\n`;
  const shape = 'error[M1008]: expected';

  test.each([
    ['a list of dates', '- 2026-12-25\n- 2026-12-26\n', passed(0, 2)],
    ['an empty list', '[]\n', passed(0, 2)],
    ['a mapping', 'spain: [2026-12-25]\n', [`1:1: ${shape} a list of dates (\`- 2026-12-25\`), found a mapping`]],
    ['a date alone', '2026-12-25\n', [`1:1: ${shape} a list of dates (\`- 2026-12-25\`), found a value`]],
    ['nothing', '', [`1:1: ${shape} a list of dates (\`- 2026-12-25\`), found nothing`]],
    [
      'items that are no dates',
      '- Christmas\n- 2026-12-25\n- 25/12/2026\n- [2026-12-26]\n- 2026-02-30\n',
      [
        `1:3: ${shape} a date such as 2026-12-25, found \`Christmas\``,
        `3:3: ${shape} a date such as 2026-12-25, found \`25/12/2026\``,
        `4:3: ${shape} a date such as 2026-12-25, found something else`,
        '5:3: error[M5004]: there is no day 2026-02-30',
      ],
    ],
  ])('%s', async (_, text, expected) => {
    const folder = projectFolder({ 'metrics.yaml': project('free.yaml'), 'free.yaml': text });
    const said = expected.map(line => (/^\d/.test(line) ? `free.yaml:${line}` : line));
    expect(await found(folder)).toEqual(said);
  });

  const outside = "is outside the project's folder, the only folder that files are read from";
  test.each([
    ['above the project', '../free.yaml', `error[M7001]: \`../free.yaml\` ${outside}`],
    ['anywhere', '/etc/hosts', `error[M7001]: \`/etc/hosts\` ${outside}`],
    ['nowhere', 'free.yaml', 'error[M9006]: free.yaml: there is no such file'],
    ['a folder', 'days', 'error[M9006]: days: it is a folder, not a file'],
    ['a link that leads out', 'link.txt', `error[M7001]: \`link.txt\` ${outside}`],
  ])('a file that is %s', async (_, name, said) => {
    const folder = projectFolder({ 'metrics.yaml': project(name), 'days/a': '' });
    const other = projectFolder({ 'free.yaml': '- 2026-12-25\n' });
    symlinkSync(path.join(other, 'free.yaml'), path.join(folder, 'link.txt'));
    expect((await found(folder))[0]).toBe(`metrics.yaml:3:23: ${said}`);
  });
});

describe('includes', () => {
  const project = (patterns: string) => `version: 1\nname: acme\ninclude: [${patterns}]\n`;
  const files = { 'sales/a.yaml': sales, 'other/b.yaml': 'version: 1\nmetrics:\n  two: { formula: "2" }\n' };
  const outside = "is outside the project's folder, the only folder that files are read from";

  test.each([
    ['each file once', '"sales/*.yaml", "**/a.yaml"', passed(1, 2)],
    ['the project itself, which is read anyway', '"metrics.yaml", "other/*"', passed(1, 2)],
    [
      'all that lead out',
      '"../x.yaml", "sales/*.yaml", "/abs/y.yaml", "a/../../z.yaml"',
      [
        `metrics.yaml:3:12: error[M7001]: \`../x.yaml\` ${outside}`,
        `metrics.yaml:3:41: error[M7001]: \`/abs/y.yaml\` ${outside}`,
        `metrics.yaml:3:56: error[M7001]: \`a/../../z.yaml\` ${outside}`,
      ],
    ],
    [
      'all that match nothing',
      '"sales", "sales/*.yaml", "more/**", ""',
      [
        'metrics.yaml:3:12: error[M9006]: `sales`: no file of the project matches',
        'metrics.yaml:3:37: error[M9006]: `more/**`: no file of the project matches',
        'metrics.yaml:3:48: error[M9006]: ``: no file of the project matches',
      ],
    ],
  ])('%s', async (_, patterns, expected) => {
    expect(await found(projectFolder({ ...files, 'metrics.yaml': project(patterns) }))).toEqual(expected);
  });
});

test('definitions behind a link that leads out, and a link to a folder, are not read', async () => {
  const other = projectFolder({ 'a.yaml': sales });
  const folder = projectFolder({ 'metrics.yaml': 'version: 1\nname: acme\n' });
  mkdirSync(path.join(folder, 'inner'));
  writeFileSync(path.join(folder, 'inner/readme'), '');
  symlinkSync(path.join(other, 'a.yaml'), path.join(folder, 'a.yaml'));
  symlinkSync('inner', path.join(folder, 'b.yaml'));
  symlinkSync('gone', path.join(folder, 'c.yaml'));
  expect(await found(folder)).toEqual([
    "a.yaml: error[M7001]: `a.yaml` is outside the project's folder, the only folder that files are read from",
    'b.yaml: error[M9006]: b.yaml: it is a folder, not a file',
    'c.yaml: error[M9006]: c.yaml: there is no such file',
  ]);
});

test('the folder that files are read from is named as the project writes it', async () => {
  const yaml = (profiles: string) => `version: 1
name: acme
warehouse: { ${profiles} }
tables:
  things: { from: ../things.csv, key: id, columns: { id: string } }
`;
  const said = async (profiles: string) =>
    /is outside (.*), the only/.exec((await found(projectFolder({ 'metrics.yaml': yaml(profiles) })))[0] ?? '')?.[1];
  const [own, data] = ['a: { engine: duckdb }', 'b: { engine: duckdb, files: ../data }'];
  expect(await said(`profiles: { ${own} }`)).toBe("the project's folder");
  expect(await said(`profiles: { ${data} }`)).toBe('`../data`');
  expect(await said(`default: b, profiles: { ${own}, ${data} }`)).toBe('`../data`');
  expect(await said(`profiles: { ${own}, ${data} }`)).toBe("the profile's `files:` folder");
});
