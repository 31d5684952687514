/**
 * Rows of the warehouse for plain SQL: what is counted, on which date, and by what; and how figures are worked out of them.
 * Nothing of the product is used, and no definition file is read.
 */
import type { Ask, Field } from '../warehouse.ts';

/** Rows of the warehouse, the date they are counted on, and the dimension that they are grouped by in these tests. */
export interface Rows {
  readonly from: string;
  readonly date: string;
  readonly key: string;
}

export interface Part {
  readonly rows: Rows;
  readonly value: string;
  /** What it is where there are no rows. */
  readonly none: number | null;
}

export interface Plain {
  /** The dimension by its name in the library, which the rows' `key` stands for; null where its parts have none in common. */
  readonly by: string | null;
  readonly parts: readonly Part[];
  readonly of: (...values: readonly (number | null)[]) => number | null;
}

export const madrid = (moment: string) => `timezone('Europe/Madrid', ${moment}::timestamptz)::date`;
export const hours = (from: string, until: string) => `epoch(${until} - ${from}) / 3600`;

export const rows = (from: string, date: string, key: string): Rows => ({ from, date, key });

export const deals = (date: string, key = 'o.owner_id') => rows('opportunity o', date, key);
export const closed = deals('o.close_date');
export const created = deals('o.created_date');
export const entries = (date: string) =>
  rows(
    `(select h.*, row_number() over (partition by h.opportunity_id, h.stage_name order by h.valid_from) as visit from opportunity_history h) e
     join stage s on s.stage_name = e.stage_name and e.visit = 1
     join opportunity o on o.opportunity_id = e.opportunity_id
     left join (
       select a.opportunity_id, a.stage_name, min(b.valid_from) as further_on
       from opportunity_history a join stage sa on sa.stage_name = a.stage_name
       join opportunity_history b on b.opportunity_id = a.opportunity_id
       join stage sb on sb.stage_name = b.stage_name and sb.stage_name <> 'Lost' and sb.sort_order > sa.sort_order
       where b.valid_from > (select min(f.valid_from) from opportunity_history f where f.opportunity_id = a.opportunity_id and f.stage_name = a.stage_name)
       group by all
     ) n on n.opportunity_id = e.opportunity_id and n.stage_name = e.stage_name`,
    date,
    'e.stage_name',
  );
export const entered = entries('e.valid_from');
export const enteredByCreation = entries('o.created_date');
export const activities = rows(
  'activity v left join crm_user u on u.user_id = v.owner_id',
  madrid('v.activity_at'),
  'v.owner_id',
);
export const agentCalls = "v.activity_type = 'call' and v.completed_at is not null and u.role_name = 'service_agent'";
export const valuedCalls = "v.activity_type = 'call' and v.status = 'completed' and v.is_value_add";
export const happened = "v.status in ('held', 'completed')";
export const quotes = (key: string) =>
  rows('quote q join opportunity o on o.opportunity_id = q.opportunity_id', madrid('q.delivered_at'), key);
export const leads = (date: string, key = 'l.lead_source') => rows('lead l', date, key);
export const spent = rows(
  'campaign_cost c join campaign g on g.campaign_id = c.campaign_id',
  'c.cost_date',
  'g.lead_source',
);
export const spend: Part = { rows: spent, value: "sum(c.amount) filter (where c.purpose = 'acquisition')", none: 0 };
export const bySource = (date: string) => deals(date, 'o.lead_source');
export const accounts = (date: string, key = 'a.segment') => rows('account a', date, key);
export const orders = (date: string) =>
  rows('sales_order o join account a on a.account_id = o.account_id', date, 'a.segment');
export const firstOrders = rows(
  `(select *, row_number() over (partition by account_id order by order_date, order_id) as place from sales_order where status <> 'cancelled') o
   join account a on a.account_id = o.account_id`,
  'o.promised_date',
  'a.segment',
);
export const lines = (date: string) =>
  rows(
    'order_line l join sales_order o on o.order_id = l.order_id join product p on p.product_id = l.product_id',
    date,
    'p.product_family',
  );
export const invoices = (date: string) =>
  rows(
    `(select i.*, coalesce((select sum(y.amount) from payment y where y.invoice_id = i.invoice_id), 0) as paid,
        (select max(y.payment_date) from payment y where y.invoice_id = i.invoice_id) as paid_on from invoice i) i
     join account a on a.account_id = i.account_id
     join sales_order o on o.order_id = i.order_id
     left join opportunity d on d.opportunity_id = o.opportunity_id`,
    date,
    'a.segment',
  );
export const isSettled = "i.status <> 'cancelled' and i.paid >= i.amount";
export const settled = invoices(`case when ${isSettled} then i.paid_on end`);
export const payments = rows(
  'payment y join invoice i on i.invoice_id = y.invoice_id left join crm_user u on u.user_id = i.owner_id',
  'y.payment_date',
  'i.owner_id',
);
export const cases = (moment: string, key = 'c.owner_id') =>
  rows('support_case c left join product p on p.product_id = c.product_id', madrid(moment), key);
export const answers = (key: string) => rows('survey_response r', madrid('r.responded_at'), key);
export const goals = (scope: string) =>
  rows(
    `(select * from goal where metric_name = 'won_revenue' and kind = 'target' and scope_type = '${scope}' and period_type = 'month' and valid_to is null) t`,
    't.period_start',
    't.scope_id',
  );
export const trainings = rows('training_event t', 't.event_date', 't.user_id');
export const uses = rows('content_usage n', madrid('n.used_at'), 'n.user_id');
export const people = (date: string) => rows('crm_user u', date, 'u.role_name');

export const counted = (from: Rows, condition = 'true'): Part => ({
  rows: from,
  value: `count(*) filter (where ${condition} and ${from.date} is not null)`,
  none: 0,
});
/** A count that takes rows without a date as well: those of a table's own axis. */
export const tallied = (from: Rows, condition = 'true'): Part => ({
  rows: from,
  value: `count(*) filter (where ${condition})`,
  none: 0,
});
export const summed = (from: Rows, value: string, condition = 'true'): Part => ({
  rows: from,
  value: `sum(${value}) filter (where ${condition})`,
  none: 0,
});
export const found = (from: Rows, value: string): Part => ({ rows: from, value, none: null });

export const alone = (by: string, part: Part): Plain => ({ by, parts: [part], of: value => value ?? null });
export const over = (by: string | null, top: Part, bottom: Part, times = 1): Plain => ({
  by,
  parts: [top, bottom],
  of: (a, b) => (a === null || a === undefined || !b ? null : (times * a) / b),
});

export const owner = 'owner';
export const segment = 'account.segment';
export const isDead = 'p.discontinued_date is not null';
export const isDue =
  "o.status <> 'cancelled' and (o.delivered_date is not null or o.promised_date <= date '2026-10-31')";

/** What a metric is for each group, by the group's name; the one group of a total is called `all`. */
export type Expected = (group: string) => number | null;
export interface Worked {
  readonly groups: readonly string[];
  readonly at: Expected;
}

export type Grouping = 'total' | 'dimension' | 'quarter';

export async function workOut(ask: Ask, { parts, of }: Plain, grouping: Grouping): Promise<Worked> {
  const found: Map<string, number | null>[] = [];
  for (const { rows: from, value } of parts) {
    const group =
      grouping === 'total'
        ? "'all'"
        : grouping === 'dimension'
          ? from.key
          : `date_trunc('quarter', ${from.date})::date`;
    const isInQuarter = grouping === 'quarter' ? `where ${from.date} is not null` : '';
    const answer = await ask(`select ${group} as part, ${value} from ${from.from} ${isInQuarter} group by 1`);
    found.push(new Map(answer.map(([name, number]) => [groupName(name), toNumber(number)])));
  }
  const groups = [...new Set(found.flatMap(values => [...values.keys()]))];
  return {
    groups,
    at: group => of(...found.map((values, index) => values.get(group) ?? parts[index]?.none ?? null)),
  };
}

export function groupName(value: Field | undefined): string {
  return value === null || value === undefined ? '(none)' : String(value);
}

export function toNumber(value: Field | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
