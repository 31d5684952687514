/** `metrics validate`: what programs read of its findings, what it mends, and what it watches. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../compiler/index.ts';
import { runProgram } from '../../runtime/faces/cli/program.ts';
import { type CommandResult, metrics, metricsIn, projectFolder } from '../support/project.ts';
import { xmlNames } from '../support/xml.ts';
import sarifSchema from './sarif.schema.json' with { type: 'json' };

const project = `version: 1
name: x
rules: { owner: error, direction: info, unused_metric: { severity: warning, except: [m*] } }
tables:
  deals: { owner: ops, from: crm.deals, key: deal_id, time: closed_on, columns: { deal_id: string, amount: decimal, closed_on: date } }
`;

/** One error, one warning, one information, one that is allowed, and one in no place of a file. */
const faulty = {
  'metrics.yaml': project,
  'a b.yaml': `version: 1
metrics:
  stray: { formula: count(deals), owner: "<ops> & co" } # allow M8023: any way is good
  m1: { formula: count(deals), good: up }
  m2: { formula: count(deals), owner: ops }
`,
};

const clean = {
  'metrics.yaml': project,
  'a.yaml': 'version: 1\nmetrics: { m: { formula: count(deals), owner: ops, good: up } }\n',
};

const validateSarif = new Ajv({ strict: false }).compile(sarifSchema);

interface Sarif {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly rules: readonly { readonly id: string; readonly help: { readonly text: string } }[] };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly level: string;
      readonly suppressions?: unknown;
      readonly partialFingerprints: unknown;
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
      }[];
    }[];
  }[];
}

describe('sarif', () => {
  test('is valid, declares every rule with its help, and says what is allowed and why', async () => {
    const { code, out } = await metrics(projectFolder(faulty), 'validate', '--format', 'sarif');
    const log: Sarif = JSON.parse(out);
    expect([validateSarif(log), validateSarif.errors]).toEqual([true, null]);
    expect(code).toBe(1);
    const [run] = log.runs;
    const rules = run?.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual(catalogue.map(entry => entry.code));
    expect(rules.filter(({ help }) => help.text.length < 40 || help.text.includes('```'))).toEqual([]);
    expect(
      run?.results.map(({ ruleId, level, suppressions }) => [
        ruleId,
        level,
        ...(suppressions === undefined ? [] : [suppressions]),
      ]),
    ).toEqual([
      ['M8028', 'warning'],
      ['M8020', 'error'],
      ['M8023', 'note'],
      ['M8023', 'note', [{ kind: 'inSource', justification: 'any way is good' }]],
    ]);
  });

  test('names files from the root of the repository', async () => {
    const root = projectFolder(
      Object.fromEntries(Object.entries(faulty).map(([file, text]) => [`kpis/${file}`, text])),
    );
    const uris = async (environment: Readonly<Record<string, string>>, folder: string, ...words: readonly string[]) => {
      const { out } = await metricsIn(environment, folder, 'validate', '--format', 'sarif', ...words);
      const log: Sarif = JSON.parse(out);
      return log.runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri;
    };
    expect(await uris({}, root, '--project', 'kpis')).toBe('kpis/a%20b.yaml');
    expect(await uris({ GITHUB_WORKSPACE: root }, path.join(root, 'kpis'))).toBe('kpis/a%20b.yaml');
    expect(await uris({ CI_PROJECT_DIR: root }, path.join(root, 'kpis'))).toBe('kpis/a%20b.yaml');
    expect(await uris({}, path.join(root, 'kpis'))).toBe('a%20b.yaml');
  });
});

test('gitlab: severities, places and fingerprints of its own for each, which stay when lines move', async () => {
  interface Issue {
    readonly check_name: string;
    readonly severity: string;
    readonly fingerprint: string;
    readonly description: string;
    readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
  }
  const issuesOf = async (files: Readonly<Record<string, string>>) => {
    const { out } = await metrics(projectFolder(files), 'validate', '--format', 'gitlab');
    const issues: readonly Issue[] = JSON.parse(out);
    return issues;
  };
  const issues = await issuesOf(faulty);
  expect(issues.map(({ check_name, severity, location }) => [check_name, severity, location])).toEqual([
    ['M8028', 'minor', { path: 'a b.yaml', lines: { begin: 3 } }],
    ['M8020', 'major', { path: 'a b.yaml', lines: { begin: 4 } }],
    ['M8023', 'info', { path: 'a b.yaml', lines: { begin: 5 } }],
  ]);
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(3);
  const moved = await issuesOf({ ...faulty, 'a b.yaml': faulty['a b.yaml'].replace('metrics:', '# down\n\nmetrics:') });
  expect(moved.map(({ fingerprint }) => fingerprint)).toEqual(issues.map(({ fingerprint }) => fingerprint));
  expect(moved.map(({ location }) => location.lines.begin)).toEqual([5, 6, 7]);
});

test('junit: a suite for each file, errors fail, the others are told', async () => {
  const { out } = await metrics(projectFolder(faulty), 'validate', '--format', 'junit');
  expect(xmlNames(out)).toEqual([
    'testsuites',
    ...['testsuite', 'testcase'],
    ...['testsuite', 'testcase', 'system-out', 'testcase', 'failure', 'testcase', 'system-out'],
  ]);
  expect(out).toContain('<testsuites name="metrics validate" tests="4" failures="1" errors="0">');
  expect(out).toContain('<testcase name="M8020 4:3" classname="a b.yaml" file="a b.yaml" line="4">');
});

test('markdown: the worst first, nothing that would break the table', async () => {
  const files = { ...faulty, 'metrics.yaml': project.replace('name: x', 'name: x\n"a|<b>": 1') };
  const { out } = await metrics(projectFolder(files), 'validate', '--format', 'markdown');
  const rows = out.split('\n').filter(line => line.startsWith('| error'));
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain('`a\\|&lt;b>`');
  const { out: fine } = await metrics(projectFolder(clean), 'validate', '--format', 'markdown');
  expect(fine).toBe('### metrics validate\n\nAll checks passed: 1 metric on 1 table in 2 files\n');
});

describe('github', () => {
  const many = Array.from({ length: 14 }, (_, index) => `  m${index}: { formula: count(deals), owner: ops }\n`);
  const files = {
    'metrics.yaml': project,
    'a.yaml': `version: 1\nmetrics:\n${many.join('')}  m_last: { formula: count(deals), good: up }\n`,
  };

  test('is chosen by itself, with ten annotations, the worst first, and all in the summary of the step', async () => {
    const folder = projectFolder(files);
    const summary = path.join(folder, 'summary.md');
    writeFileSync(summary, 'before\n');
    const { code, out, err } = await metricsIn(
      { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary },
      folder,
      'validate',
    );
    expect([code, out]).toEqual([1, '']);
    const annotations = err.split('\n').filter(line => line.startsWith('::'));
    expect(annotations).toHaveLength(10);
    expect(annotations[0]).toContain('::error file=a.yaml,line=17,col=3,');
    expect(annotations[1]).toContain('::notice file=a.yaml,line=3,');
    expect(err).toContain('\nand 5 more, in the summary of the step\n');
    const text = readFileSync(summary, 'utf8');
    expect(text.startsWith('before\n### metrics validate\n\n1 error and 14 infos in 15 metrics')).toBe(true);
    expect(text.match(/^\| (error|info) /gm)).toHaveLength(15);
  });

  test('without a summary it does not speak of one, and into a file it writes none', async () => {
    const folder = projectFolder(files);
    const { err } = await metricsIn({ GITHUB_ACTIONS: 'true' }, folder, 'validate');
    expect(err).toContain('\nand 5 more\n');
    const summary = path.join(folder, 'summary.md');
    await metricsIn({ GITHUB_STEP_SUMMARY: summary }, folder, 'validate', '--format', 'github=out.txt');
    expect(() => readFileSync(summary)).toThrow();
  });
});

test('json says what is allowed, and a format never changes the exit code', async () => {
  const folder = projectFolder(faulty);
  const { out } = await metrics(folder, 'validate', '--format', 'json');
  const report: { allowed: { code: string; reason: string }[]; summary: unknown } = JSON.parse(out);
  expect(report.allowed).toMatchObject([{ code: 'M8023', reason: 'any way is good' }]);
  expect(report.summary).toMatchObject({ errors: 1, warnings: 1, infos: 1, allowed: 1 });
  for (const format of ['pretty', 'concise', 'json', 'github', 'gitlab', 'sarif', 'junit', 'markdown']) {
    expect([format, (await metrics(folder, 'validate', '--format', format)).code]).toEqual([format, 1]);
    expect([format, (await metrics(projectFolder(clean), 'validate', '--format', format)).code]).toEqual([format, 0]);
  }
});

describe('--fix', () => {
  /** What a file is after it was mended, and what was said. */
  async function mend(
    text: string,
    head = project.replace(/^rules.*\n/m, ''),
  ): Promise<CommandResult & { text: string }> {
    const folder = projectFolder({ 'metrics.yaml': head, 'a.yaml': text });
    const result = await metrics(folder, 'validate', '--fix', '--format', 'concise');
    return { ...result, text: readFileSync(path.join(folder, 'a.yaml'), 'utf8') };
  }

  test.each<[string, string, string]>([
    [
      'a misspelt name, with comments, spacing and line ends kept to the byte',
      'version: 1\r\nmetrics:   # ours\r\n  m:   { formula:   "sum(deals.amuont)"   } # keep\t\r\n\r\n# end',
      'version: 1\r\nmetrics:   # ours\r\n  m:   { formula:   "sum(deals.amount)"   } # keep\t\r\n\r\n# end',
    ],
    [
      'a file with a mark of its encoding',
      '\ufeffversion: 1\nmetrics: { m: { formula: sum(deals.amuont) } }\n',
      '\ufeffversion: 1\nmetrics: { m: { formula: sum(deals.amount) } }\n',
    ],
    [
      'several in one formula, and in a block',
      'version: 1\nmetrics:\n  m:\n    formula: |\n      sum(deals.amuont)\n        / cuont(deals)\n',
      'version: 1\nmetrics:\n  m:\n    formula: |\n      sum(deals.amount)\n        / count(deals)\n',
    ],
    [
      'a key, a word of another tool, a value; and then what had not been read before',
      'version: 1\nmetrics:\n  m: { expr: sum(deals.amuont), stauts: actve }\n',
      'version: 1\nmetrics:\n  m: { formula: sum(deals.amount), status: active }\n',
    ],
    [
      'a formula that YAML cut up',
      "version: 1\nmetrics:\n  m: { formula: coalesce(sum(deals.amount),  0), good: up }\n  n: { formula: coalesce(count(deals where deal_id = 'a\"b'), 0) }\n",
      "version: 1\nmetrics:\n  m: { formula: \"coalesce(sum(deals.amount),  0)\", good: up }\n  n: { formula: 'coalesce(count(deals where deal_id = ''a\"b''), 0)' }\n",
    ],
    [
      'an allowance that nothing needs',
      'version: 1\nmetrics:\n  # allow M8020: not any more\n  m: { formula: count(deals) }\n',
      'version: 1\nmetrics:\n  m: { formula: count(deals) }\n',
    ],
    [
      'two fixes of one text, one after the other',
      'version: 1\nmetrics:\n  m: { formula: count(deals) } # allow M8020, M8027: not any more\n',
      'version: 1\nmetrics:\n  m: { formula: count(deals) }\n',
    ],
    [
      'a deprecated metric whose successor computes the same',
      'version: 1\nmetrics:\n  old: { formula: count(deals), status: deprecated, replaced_by: new }\n  new: { formula: count(deals) }\n  m: { formula: 2 * old }\n',
      'version: 1\nmetrics:\n  old: { formula: count(deals), status: deprecated, replaced_by: new }\n  new: { formula: count(deals) }\n  m: { formula: 2 * new }\n',
    ],
  ])('%s', async (_, before, after) => {
    const { code, err, text } = await mend(before);
    expect(text).toBe(after);
    expect(err).toMatch(/^fixed a\.yaml:\d+:\d+: /);
    expect([code, (await mend(after)).err]).toEqual([0, '']);
  });

  test.each<[string, string]>([
    [
      'two names are as near',
      'version: 1\nmetrics:\n  won_a: { formula: count(deals) }\n  won_b: { formula: count(deals) }\n  m: { formula: 2 * won_c }\n',
    ],
    ['digits differ', 'version: 1\nmetrics:\n  won_2024: { formula: count(deals) }\n  m: { formula: 2 * won_2025 }\n'],
    ['it is two letters away', 'version: 1\nmetrics:\n  m: { formula: sum(deals.amonut_) }\n'],
    ['the right key is there too', 'version: 1\nmetrics:\n  m: { formula: count(deals), fromula: count(deals) }\n'],
    [
      'the successor computes something else',
      'version: 1\nmetrics:\n  old: { formula: count(deals), status: deprecated, replaced_by: new }\n  new: { formula: 1 + count(deals) }\n  m: { formula: 2 * old }\n',
    ],
  ])('nothing is touched where %s', async (_, before) => {
    const { err, text } = await mend(before);
    expect(text).toBe(before);
    expect(err).not.toContain('fixed');
    expect(err).toMatch(/error|warning/);
  });

  test('what would leave more errors than before is not written', async () => {
    // Once the column is known, the two metrics that take a number for a text are wrong as well.
    const before =
      'version: 1\nmetrics:\n  m: { formula: sum(deals.amuont) }\n  a: { formula: upper(m) }\n  b: { formula: lower(m) }\n';
    const { code, err, text } = await mend(before);
    expect([code, text]).toEqual([1, before]);
    expect(err.match(/error\[\w+\]/g)).toEqual(['error[M2001]']);
  });

  test('it says what it did, and does not go with --watch', async () => {
    const { err } = await mend('version: 1\nmetrics: { m: { formula: sum(deals.amuont) } }\n');
    expect(err).toBe(
      'fixed a.yaml:2:36: `deals` has no column `amuont`: write `amount`\n1 finding mended in 1 file\n\n',
    );
    expect((await metrics(projectFolder(clean), 'validate', '--fix', '--watch')).code).toBe(2);
  });
});

test('--watch judges again after a change, and ends with the last verdict', { timeout: 30_000 }, async () => {
  const folder = projectFolder(clean);
  const controller = new AbortController();
  let said = '';
  const until = async (text: string) => {
    const began = Date.now();
    while (!said.includes(text)) {
      if (Date.now() - began > 20_000) throw new Error(`not said in time: ${text}; but\n${said}`);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    said = '';
  };
  const say = (text: string) => {
    said += text;
  };
  const ended = runProgram(['validate', '--watch'], {
    cwd: folder,
    out: say,
    outBytes: () => {},
    err: say,
    environment: {},
    isOutTTY: false,
    isErrTTY: false,
    signal: controller.signal,
  });
  await until('All checks passed: 1 metric on 1 table in 2 files\nWaiting for changes; Ctrl-C ends\n');
  mkdirSync(path.join(folder, 'more'));
  writeFileSync(path.join(folder, 'b'), 'version: 1\nmetrics: { m_b: { formula: count(nothing), owner: x } }\n');
  renameSync(path.join(folder, 'b'), path.join(folder, 'more', 'b.yaml'));
  await until('Waiting for changes');
  controller.abort();
  expect(await ended).toBe(1);
});
