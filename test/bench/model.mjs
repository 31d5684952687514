// A project of a given size: fact tables with joins, and metrics of the kinds that people write, in files of fifty.
// What comes out depends on the size alone, so that figures of two days can be compared.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const metricsInFile = 50;
const tablesInFile = 20;
const metricsOfTable = 25;

/** Writes the project into a folder, and returns its size as written. */
export function writeProject(folder, metricCount) {
  const tableCount = Math.max(8, Math.round(metricCount / metricsOfTable));
  const files = [
    ['metrics.yaml', 'version: 1\nname: bench\ncurrency: EUR\n'],
    ['dimensions.yaml', dimensionTables],
    ...chunks(tableCount, tablesInFile).map(numbers => [
      `tables/tables-${numbers[0]}.yaml`,
      `version: 1\ntables:\n${numbers.map(factTable).join('')}`,
    ]),
    ...chunks(metricCount, metricsInFile).map(numbers => metricsFile(numbers, tableCount, 0)),
  ];
  for (const [name, text] of files) write(folder, name, text);
  return { metricCount, tableCount, files: files.length, bytes: files.reduce((sum, [, text]) => sum + text.length, 0) };
}

/** Changes one definition, that of `metric_0`: it now counts from `quantity` upwards, which its SQL must show. */
export function touchProject(folder, { metricCount, tableCount }, quantity) {
  const [numbers] = chunks(metricCount, metricsInFile);
  write(folder, ...metricsFile(numbers, tableCount, quantity));
}

/** Metrics of five kinds by their number's remainder: three that read a table, a ratio of two of them, and one over ratios. */
export const kinds = { sum: 0, count: 1, average: 2, ratio: 3, comparison: 4 };

export function metricName(number) {
  return `metric_${number}`;
}

function metric(number, tableCount, quantity) {
  const table = `fact_${number % tableCount}`;
  const before = steps => metricName(number - steps);
  const formulas = {
    [kinds.sum]: `sum(${table}.amount where is_won and quantity >= ${quantity})`,
    [kinds.count]: `count(${table} where stage in ('won', 'lost'))`,
    [kinds.average]: `avg(${table}.age where is_won)`,
    [kinds.ratio]: `${before(3)} / ${before(2)}`,
    [kinds.comparison]:
      number < 5 ? `${before(1)} - ${before(4)}` : `if(${before(3)} > 0, ${before(1)} - ${before(6)}, null)`,
  };
  return `  ${metricName(number)}:
    label: { en: Metric ${number}, es: Métrica ${number} }
    description: What is measured as number ${number}, in one sentence of some length.
    owner: revenue-ops
    formula: "${formulas[number % 5]}"
    good: up
`;
}

function metricsFile(numbers, tableCount, quantity) {
  const metrics = numbers.map(number => metric(number, tableCount, number === 0 ? quantity : number % 7));
  return [`metrics/metrics-${numbers[0]}.yaml`, `version: 1\nmetrics:\n${metrics.join('')}`];
}

function factTable(number) {
  return `  fact_${number}:
    description: Events of the kind ${number}.
    from: crm.fact_${number}
    key: fact_id
    time: happened_on
    columns:
      fact_id: string
      account_id: string
      rep_id: string
      happened_on: date
      begun_on: date
      amount: { type: decimal, unit: currency }
      quantity: integer
      stage: { type: string, values: [open, won, lost] }
      is_won: { formula: stage = 'won' }
      age: { formula: happened_on - begun_on }
    joins:
      account: { to: accounts, on: account_id }
      rep: { to: reps, on: rep_id }
`;
}

const dimensionTables = `version: 1
tables:
  teams: { from: crm.teams, key: team_id, entity: team, columns: { team_id: string, name: string, region: string } }
  reps:
    from: crm.reps
    key: rep_id
    entity: rep
    columns: { rep_id: string, name: string, team_id: string, hired_on: date }
    joins: { team: { to: teams, on: team_id } }
  accounts:
    from: crm.accounts
    key: account_id
    entity: account
    columns: { account_id: string, name: string, segment: string, owner_id: string }
    joins: { owner: { to: reps, on: owner_id } }
`;

/** A metric that uses the one before it twice, and so on down to the first: its SQL must grow with the levels, not double. */
export function writeChain(folder, levels) {
  const metrics = Array.from({ length: levels }, (_, index) => {
    const before = `level_${index}`;
    return `  level_${index + 1}: { formula: "if(${before} > 100, ${before} / 2, 100)" }\n`;
  });
  write(folder, 'metrics.yaml', 'version: 1\nname: chain\n');
  write(
    folder,
    'chain.yaml',
    `version: 1
tables:
  orders: { from: orders, key: id, columns: { id: integer, region: string, quantity: integer } }
metrics:
  level_0: { formula: sum(orders.quantity) }
${metrics.join('')}`,
  );
}

function write(folder, name, text) {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** The numbers from 0 up to, and without, `count`, in lists of at most `length`. */
function chunks(count, length) {
  return Array.from({ length: Math.ceil(count / length) }, (_, index) =>
    Array.from({ length: Math.min(length, count - index * length) }, (_, offset) => index * length + offset),
  );
}
