/** Completion: what the last word of a command line may be, what a real shell makes of it; and schemas with a project's names. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { metrics, projectFolder } from '../support/project.ts';

const files = {
  'metrics.yaml': `version: 1
name: x
warehouse: { default: here, profiles: { here: { engine: duckdb }, there: { engine: duckdb } } }
tables:
  deals:
    from: crm.deals
    key: deal_id
    time: closed_on
    columns: { deal_id: string, rep_id: string, amount: decimal, closed_on: date, secret: { type: string, private: true } }
    joins: { rep: { to: reps, on: rep_id } }
  reps: { from: crm.reps, key: rep_id, columns: { rep_id: string, region: string } }
  quotas:
    from: crm.quotas
    key: rep_id
    columns: { rep_id: string, value: decimal }
    joins: { rep: { to: reps, on: rep_id } }
metrics:
  won_count: { formula: count(deals) }
  won_revenue: { formula: sum(deals.amount) }
  attainment: { formula: sum(deals.amount) / sum(quotas.value) }
  broken: { formula: sum(deals.nothing) }
goals: { won_goal: { metric: won_revenue, grain: month, target: 5 } }
baselines: { won_before: { metric: won_revenue, period: 2025 } }
roles: { seller: { sees: all }, leader: { sees: all } }
alerts: { quiet: { when: won_count = 0, severity: info } }
tests: { counts: { query: { metrics: [won_count] }, expect: [] } }
`,
};
const folder = projectFolder(files);

async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const { code, out, err } = await metrics(folder, '__complete', ...words);
  expect([code, err]).toEqual([0, '']);
  return out.split('\n').filter(word => word !== '');
}

test.each<[string, readonly string[], readonly string[]]>([
  ['commands', ['co'], ['compile', 'completion']],
  ['a command below another', ['baseline', ''], ['freeze']],
  ['metrics', ['query', 'won_r'], ['won_revenue']],
  ['parts of goals', ['query', 'won_g'], ['won_goal.attainment', 'won_goal.pace']],
  ['a second metric', ['query', 'won_count', '--limit', '3', 'won_r'], ['won_revenue']],
  ['metrics and goals that can be explained', ['explain', 'won_g'], ['won_goal']],
  ['roles', ['scorecard', ''], ['leader', 'seller']],
  ['a role behind its flag', ['query', 'won_count', '--as', 's'], ['seller']],
  ['baselines', ['baseline', 'freeze', ''], ['won_before']],
  ['tests', ['test', ''], ['counts']],
  ['profiles', ['query', 'won_count', '--profile', 't'], ['there']],
  ['flags', ['query', 'won_count', '--lik'], ['--like-for-like']],
  ['formats of one of several', ['validate', '--format', 'json,s'], ['json,sarif']],
  ['choices', ['query', 'won_count', '--format', 'c'], ['csv']],
  ['shells', ['completion', ''], ['bash', 'fish', 'zsh']],
  [
    'dimensions of the metric, over joins',
    ['query', 'won_count', '--by', 'rep'],
    ['rep', 'rep.region', 'rep.rep_id', 'rep_id'],
  ],
  ['private columns are not offered', ['query', 'won_count', '--by', 'se'], []],
  [
    'of several tables, what they share',
    ['query', 'attainment', '--by', 'month,'],
    [
      ...[
        'month,day',
        'month,fiscal_half',
        'month,fiscal_quarter',
        'month,fiscal_year',
        'month,half',
        'month,hour',
        'month,month',
      ],
      ...[
        'month,quarter',
        'month,rep',
        'month,rep.region',
        'month,rep.rep_id',
        'month,rep_id',
        'month,week',
        'month,year',
      ],
    ],
  ],
  ['nothing where a file is meant', ['validate', '--project', ''], []],
  ['flags of the program are no command here', ['query', '--version'], []],
])('%s', async (_, words, expected) => {
  expect(await offered(...words)).toEqual(expected);
});

test('where there is no project, commands and flags are offered all the same', async () => {
  const empty = projectFolder({});
  expect((await metrics(empty, '__complete', 'query', 'w')).out).toBe('');
  expect((await metrics(empty, '__complete', 'val')).out).toBe('validate\n');
});

test('a project elsewhere is found by its flag, from here or from the root', async () => {
  const elsewhere = projectFolder({});
  const named = path.relative(elsewhere, folder);
  for (const project of [folder, named])
    expect((await metrics(elsewhere, '__complete', 'scorecard', '--project', project, 's')).out).toBe('seller\n');
});

test('bash hands over the words up to the cursor, and takes what comes back', async () => {
  const { out: script } = await metrics(folder, 'completion', 'bash');
  // The command itself stands in for: it says which words it was given, the empty last one among them.
  const program = `metrics() { shift; printf '<%s>\\n' "$@"; }
${script}
COMP_WORDS=(metrics query "won rev" "" rest); COMP_CWORD=3; _metrics; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', program], { encoding: 'utf8' });
  expect([stdout, stderr]).toEqual(['<query>\n<won rev>\n<>\n', '']);
});

test('each shell has its script, another one is refused', async () => {
  for (const shell of ['bash', 'zsh', 'fish'])
    expect((await metrics(folder, 'completion', shell)).out).toContain('metrics __complete');
  expect((await metrics(folder, 'completion', 'tcsh')).code).toBe(2);
});

test.each(['definitions', 'project', 'query'])('schema %s is one document that ajv takes', async kind => {
  const { code, out } = await metrics(folder, 'schema', kind);
  const own: object = JSON.parse(out);
  const ajv = new Ajv2020({ strict: false });
  expect([code, ajv.validateSchema(own), out.includes('definitions.schema.json#')]).toEqual([0, true, false]);
  if (kind === 'project') {
    const { validate } = { validate: ajv.compile(own) };
    expect([validate({ version: 1, name: 'x', metrics: { a: { formula: 'b' } } }), validate({ version: 1 })]).toEqual([
      true,
      false,
    ]);
  }
});

test('schema --project offers the names of the project, and refuses no new one', async () => {
  const { out } = await metrics(folder, 'schema', '--project');
  const own: {
    $defs: Record<
      string,
      {
        properties: Record<
          string,
          { anyOf?: { enum?: readonly string[] }[]; items?: { anyOf?: { enum?: readonly string[] }[] } }
        >;
      }
    >;
  } = JSON.parse(out);
  const names = (def: string, key: string) => {
    const property = own.$defs[def]?.properties[key];
    return (property?.anyOf ?? property?.items?.anyOf)?.[0]?.enum;
  };
  expect(names('join', 'to')).toEqual(['deals', 'quotas', 'reps']);
  expect(names('goal', 'metric')).toEqual(['attainment', 'broken', 'won_count', 'won_revenue']);
  expect(names('metric', 'balance_with')).toEqual(['attainment', 'broken', 'won_count', 'won_revenue']);
  expect(names('item', 'goal')).toEqual(['won_goal']);
  expect(names('role', 'alerts')).toEqual(['quiet']);
  const validate = new Ajv2020({ strict: false }).compile(own);
  const goal = (metric: string) => ({ version: 1, goals: { g: { metric, grain: 'month', target: 1 } } });
  expect([validate(goal('won_count')), validate(goal('brand_new')), validate(goal('No Name'))]).toEqual([
    true,
    true,
    false,
  ]);
  const elsewhere = await metrics(projectFolder({}), 'schema', '--project', folder);
  expect(elsewhere.out).toBe(out);
});

test('the README names every format of validate', () => {
  const readme = readFileSync(path.join(import.meta.dirname, '../../README.md'), 'utf8');
  expect(readme).toContain('`--format pretty,concise,json,github,gitlab,sarif,junit,markdown`');
});
