/** A small project for sessions: deals of four reps in two regions, roles that see some of them, and a question that takes for ever. */
import { projectFolder } from '../support/project.ts';

export const metricsYaml = `version: 1
name: shop
currency: EUR
users: { attributes: { rep_id: string, region: string } }
tables:
  reps:
    from: reps.csv
    key: rep_id
    entity: rep
    columns: { rep_id: string, name: string, region: string }
  deals:
    from: deals.csv
    key: deal_id
    time: closed_on
    columns:
      deal_id: integer
      rep_id: string
      amount: { type: decimal, unit: currency }
      closed_on: date
    joins: { rep: { to: reps, on: rep_id } }
  endless:
    sql: select a.range as id from range(100000000) a, range(1000) b where a.range + b.range < 0
    key: id
    columns: { id: integer }
  many:
    sql: select range as id from range(20000)
    key: id
    columns: { id: integer }
  calls:
    sql: select 1 as id, timestamp '2026-03-31 09:30:00' as called_at
    key: id
    time: called_at
    columns: { id: integer, called_at: timestamp }
  faulty:
    sql: "select case when range = 150000 then error('no such thing') else range end as id from range(200000)"
    key: id
    columns: { id: integer }
metrics:
  revenue: { label: Revenue, description: What was sold., formula: sum(deals.amount), unit: currency, owner: sales }
  deal_count: { formula: count(deals) }
  mean_deal: { formula: revenue / deal_count }
  margin: { formula: sum(deals.amount) * 0.2 }
  endless_count: { formula: count(endless) }
  many_count: { formula: count(many) }
  call_count: { formula: count(calls) }
  faulty_count: { formula: count(faulty) }
roles:
  rep: { sees: rep = user.rep_id, hides: [margin], unrestricted: [many] }
  regional: { sees: rep.region = user.region }
  director: { sees: all }
`;

export const dealsCsv = `deal_id,rep_id,amount,closed_on
1,r1,100,2026-01-05
2,r1,50.50,2026-02-05
3,r2,70,2026-02-06
4,r3,20,2026-02-07
5,r4,1000,2026-03-01
`;

export const repsCsv = `rep_id,name,region
r1,Ana,North
r2,Ben,North
r3,Cleo,South
r4,Dan,South
`;

export function shop(files: Readonly<Record<string, string>> = {}): string {
  return projectFolder({ 'metrics.yaml': metricsYaml, 'deals.csv': dealsCsv, 'reps.csv': repsCsv, ...files });
}

/** Noon of 31 March 2026. */
export const clock = () => Date.UTC(2026, 2, 31, 12);
