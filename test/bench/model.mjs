// A project of a given size: tables with joins among them, and metrics of the kinds that people write, in files of fifty.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export function writeProject(folder, metricCount) {
  mkdirSync(path.join(folder, 'metrics'), { recursive: true });
  const tableCount = Math.max(8, Math.round(metricCount / 25));
  writeFileSync(path.join(folder, 'metrics.yaml'), 'version: 1\nname: bench\ncurrency: EUR\n');
  writeFileSync(path.join(folder, 'dimensions.yaml'), dimensionTables());
  for (let first = 0; first < tableCount; first += 20) {
    const tables = Array.from({ length: Math.min(20, tableCount - first) }, (_, index) => factTable(first + index));
    writeFileSync(path.join(folder, `tables-${first}.yaml`), `version: 1\ntables:\n${tables.join('')}`);
  }
  for (let first = 0; first < metricCount; first += 50) {
    const count = Math.min(50, metricCount - first);
    const metrics = Array.from({ length: count }, (_, index) => metric(first + index, tableCount));
    writeFileSync(path.join(folder, 'metrics', `metrics-${first}.yaml`), `version: 1\nmetrics:\n${metrics.join('')}`);
  }
}

function dimensionTables() {
  return `version: 1
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
}

function factTable(index) {
  return `  fact_${index}:
    description: Events of the kind ${index}.
    from: crm.fact_${index}
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

function metric(index, tableCount) {
  const table = `fact_${index % tableCount}`;
  const formulas = [
    `sum(${table}.amount where is_won)`,
    `count(${table} where stage in ('won', 'lost'))`,
    `avg(${table}.age where is_won)`,
    `metric_${index - 3} / metric_${index - 2}`,
    `if(metric_${index - 3} > 0, metric_${index - 4} / metric_${index - 3}, null)`,
  ];
  const formula = index < 5 && index % 5 > 2 ? `count(${table})` : formulas[index % 5];
  return `  metric_${index}:
    label: { en: Metric ${index}, es: Métrica ${index} }
    description: What is measured as number ${index}, in one sentence of some length.
    owner: revenue-ops
    formula: "${formula}"
    good: up
`;
}
