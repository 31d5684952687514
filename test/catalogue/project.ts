/** A small project for the tests of the catalogue, with everything that has a page; its rows do not matter. */
import { isSound, readProject, type SoundProject } from '../../runtime/index.ts';
import { projectFolder } from '../support/project.ts';

export const files = {
  'metrics.yaml': `version: 1
name: acme
currency: EUR
users: { attributes: { rep_id: string } }
include: [sales.yaml, more/*.yaml]
tables:
  rep: { from: crm.reps, key: rep_id, entity: rep, columns: { rep_id: string, region: string, salary: { type: decimal, unit: currency } } }
  deal:
    label: { en: Deal, es: Venta }
    description: One row per deal.
    from: crm.deals
    key: deal_id
    entity: deal
    time: closed_on
    columns:
      deal_id: string
      rep_id: string
      stage: { type: string, values: [open, won], label: { en: Stage, es: Etapa } }
      amount: { type: decimal, unit: currency }
      opened_on: date
      closed_on: date
      doubled: { formula: amount * 2 }
    joins: { rep: { to: rep, on: rep_id } }
    lifespans: { open: { from: opened_on, until: closed_on } }
`,
  'sales.yaml': `version: 1
metrics:
  won:
    label: { en: Won revenue, es: Ingresos ganados }
    description: { en: What was won, es: Lo ganado por gestión }
    owner: sales
    good: up
    version: 2
    tags: [money]
    balance_with: [rate]
    formula: sum(deal.amount where stage = 'won')
  rate: { formula: count(deal where stage = 'won') / count(deal), unit: percent, status: certified, owner: ops }
  in_north: { formula: won where rep.region = 'North' }
  open_deals: { formula: count(deal) while open, status: deprecated, replaced_by: rate, ends: 2026-12-31 }
  to_goal: { formula: won_goal.attainment }
  twice: { formula: sum(deal.doubled) at opened_on }
  salaries: { formula: sum(rep.salary) }
`,
  'more/goals.yaml': `version: 1
goals:
  won_goal: { metric: won, target: sum(deal.amount), grain: month, by: [rep], owner: sales, label: { en: To be won, es: Por ganar } }
baselines:
  won_before: { metric: won, period: 2025, grain: month }
alerts:
  low: { when: won < 10 and won_goal.pace < 0.8, by: [rep.region], grain: month, severity: warning, message: "{rep.region} won {won}" }
roles:
  seller:
    label: { en: Seller, es: Vendedor }
    sees: rep = user.rep_id
    hides: [rep.salary, salaries]
    scorecard:
      - section: { en: Mine, es: Lo mío }
        items: [{ goal: won_goal, period: this month, compare: [prior_year] }, { metric: in_north, note: Go north. }]
    alerts: [low]
tests:
  won_is_what_was_won:
    given: { deal: [{ deal_id: a, stage: won, amount: 7, closed_on: 2026-01-02 }, { deal_id: b, stage: open, amount: 9 }] }
    query: { metrics: [won], period: 2026-01 }
    expect: [{ won: 7 }]
`,
} as const;

export function folderWith(changes: Readonly<Record<string, string>> = {}): string {
  return projectFolder({ ...files, ...changes });
}

export function soundProject(folder: string): SoundProject {
  const project = readProject(folder);
  if (!isSound(project)) throw new Error(project.diagnostics.map(({ message }) => message).join('\n'));
  return project;
}
