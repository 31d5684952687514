/** Both states of many metrics: few statements, each metric as if it had been asked alone, and one that cannot be asked keeps no other from its answer. */
import { describe, expect, test } from 'vitest';
import {
  dataDiff,
  diffProjects,
  isSoundlyRead,
  openWarehouse,
  profileOf,
  readProject,
  type SoundlyRead,
} from '../../runtime/index.ts';
import { projectFolder, rowsOf } from '../support/project.ts';

const count = 50;

function definitions(won: string, more = ''): string {
  const metrics = Array.from(
    { length: count },
    (_, index) => `  metric_${index}: { formula: sum(deals.amount where is_won and amount > ${index}) }\n`,
  );
  return `version: 1
name: many
tables:
  deals:
    from: deals.csv
    key: deal_id
    time: closed_on
    columns:
      deal_id: string
      stage: { type: string, values: [open, won, signed, lost] }
      amount: decimal
      closed_on: date
      is_won: { formula: "${won}" }
${more}metrics:
${metrics.join('')}`;
}

const deals = `deal_id,stage,amount,closed_on
${Array.from({ length: 60 }, (_, index) => `d${index},${['open', 'won', 'signed', 'lost'][index % 4]},${index},2026-0${1 + (index % 3)}-10`).join('\n')}
`;

function read(files: Readonly<Record<string, string>>): SoundlyRead {
  const project = readProject(projectFolder({ 'deals.csv': deals, ...files }));
  if (!isSoundlyRead(project)) throw new Error(JSON.stringify(project.diagnostics));
  return project;
}

async function compare(before: SoundlyRead, after: SoundlyRead) {
  const open = () => openWarehouse(profileOf(after.folder, after.declaration, null));
  const engines = [await open(), await open()] as const;
  const steps: (readonly [number, number])[] = [];
  const data = await dataDiff(
    { project: before, engine: engines[0] },
    { project: after, engine: engines[1] },
    diffProjects(before, after),
    {
      now: { day: 20_543, hour: 12 },
      period: '2026-Q1',
      by: [],
      tolerances: [],
      progress: (done, all) => steps.push([done, all]),
    },
  );
  await Promise.all(engines.map(engine => engine.close()));
  return { data, steps };
}

const [old, now] = ["stage = 'won'", "stage in ('won', 'signed')"];

describe('fifty metrics', () => {
  test('take fewer statements than asking each of them once', async () => {
    const { data, steps } = await compare(
      read({ 'metrics.yaml': definitions(old) }),
      read({ 'metrics.yaml': definitions(now) }),
    );
    expect(data.moves).toHaveLength(count);
    // For each state: in all, by month and by stage, with 25 metrics in each.
    expect(data.statements).toBe(2 * 3 * 2);
    expect(steps.at(0)).toEqual([0, 12]);
    expect(steps.at(-1)).toEqual([12, 12]);
    console.log(
      `${count} metrics in both states: ${data.statements} statements, where ${2 * count} would be twice the questions alone`,
    );
  });

  test('say what each says alone', async () => {
    const [before, after] = [read({ 'metrics.yaml': definitions(old) }), read({ 'metrics.yaml': definitions(now) })];
    const { data } = await compare(before, after);
    for (const name of ['metric_0', 'metric_31', 'metric_49']) {
      const move = data.moves.find(each => each.name === name);
      const asked = ['--period', '2026-Q1', '--as-of', '2026-03-31'];
      const [was] = await rowsOf(before.folder, 'query', name, ...asked);
      const [is] = await rowsOf(after.folder, 'query', name, ...asked);
      expect([move?.before, move?.after]).toEqual([was?.[name], is?.[name]]);
      const groups = await rowsOf(after.folder, 'query', name, '--by', 'stage', ...asked);
      const signed = groups.find(({ stage }) => stage === 'signed');
      expect(move?.groups).toMatchObject([
        { by: 'stage', rows: [{ group: ['signed'], before: 0, after: signed?.[name] }] },
      ]);
    }
  });

  test('are answered beside one that is not', async () => {
    const lost = `  visits:
    from: nowhere.csv
    key: visit_id
    time: seen_on
    columns: { visit_id: string, seen_on: date }
`;
    const text = (won: string, visits: string) => `${definitions(won, lost)}  visited: { formula: ${visits} }\n`;
    const { data } = await compare(
      read({ 'metrics.yaml': text(old, 'count(visits)') }),
      read({ 'metrics.yaml': text(now, 'count(visits) + 1') }),
    );
    expect(data.moves).toHaveLength(count);
    expect(data.refused).toMatchObject([{ name: 'visited', reason: expect.stringContaining('nowhere.csv') }]);
  });
});
