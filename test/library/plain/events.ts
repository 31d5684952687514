/** What the library's metrics of events that follow each other, and of rows that belong to others, should say in plain SQL. */
import {
  activities,
  alone,
  answers,
  cases,
  closed,
  counted,
  created,
  entered,
  found,
  goals,
  happened,
  madrid,
  orders,
  over,
  owner,
  type Part,
  type Plain,
  people,
  rows,
  segment,
  summed,
  tallied,
  uses,
} from './rows.ts';

const minus = (by: string | null, one: Part, other: Part): Plain => ({
  by,
  parts: [one, other],
  of: (a, b) => (a === null || a === undefined || b === null || b === undefined ? null : a - b),
});

const isDone = "status in ('held', 'completed')";
const touched = (condition: string) =>
  `exists (select 1 from activity v where v.opportunity_id = o.opportunity_id and v.${isDone} and ${condition})`;
const cycleOf = (condition: string) =>
  found(closed, `median(o.close_date - o.created_date) filter (where o.is_won and ${condition})`);
const cycleWith = (type: string): Plain =>
  minus(
    owner,
    cycleOf(touched(`v.activity_type = '${type}'`)),
    cycleOf(`not ${touched(`v.activity_type = '${type}'`)}`),
  );

/** Versions of deals with the place of the stage before. */
const steps = rows(
  `(select h.*, s.sort_order, s.is_won, s.is_closed, lag(s.sort_order) over (partition by opportunity_id order by valid_from) as before
    from opportunity_history h join stage s using (stage_name)) h`,
  'h.valid_from',
  'h.owner_id',
);
const isForward = 'h.sort_order > h.before and (h.is_won or not h.is_closed)';

const isAppointment = "v.activity_type in ('meeting', 'visit', 'demo')";
const wasOrdered = `exists (select 1 from sales_order o where o.account_id = v.account_id and o.status <> 'cancelled'
  and o.order_date between ${madrid('v.activity_at')} and ${madrid('v.activity_at')} + 30)`;
const appointment = `${isAppointment} and ${happened} and v.account_id is not null`;

const cameBack = (condition: string) => `exists (select 1 from opportunity l where l.account_id = o.account_id
  and l.opportunity_id <> o.opportunity_id and l.created_date >= o.close_date and l.created_date <= o.close_date + interval 12 month and ${condition})`;
const isLost = "o.stage_name = 'Lost'";

const enquiry = `c.case_type = 'cancellation_enquiry'`;
const orderedAgain = `exists (select 1 from sales_order o where o.account_id = c.account_id and o.status <> 'cancelled'
  and o.order_date between ${madrid('c.created_at')} and ${madrid('c.created_at')} + 90)`;

/** Order lines that stand, with the first day of each account and family, and whether the account had ordered before. */
const familyLines = rows(
  `(select distinct on (account_id, product_family) o.account_id, p.product_family, o.order_date, o.order_id, order_line_id
    from order_line l join sales_order o using (order_id)
    join product p using (product_id) where o.status <> 'cancelled' order by account_id, product_family, order_date, order_line_id) f`,
  'f.order_date',
  'f.product_family',
);
const furtherFamily = `exists (
  select 1 from (
    select distinct on (account_id, product_family) o.account_id, p.product_family, o.order_date, o.order_id
    from order_line l join sales_order o using (order_id) join product p using (product_id)
    where o.status <> 'cancelled' order by account_id, product_family, order_date, order_line_id
  ) n
  where n.account_id = f.account_id and n.product_family <> f.product_family and n.order_date between f.order_date and f.order_date + 180
    and n.order_id <> (select min_by(order_id, (order_date, order_id)) from sales_order where account_id = f.account_id and status <> 'cancelled'))`;
const lost = rows(
  `account a join sales_order o on o.account_id = a.account_id and o.status <> 'cancelled' and a.churned_date - o.order_date between 0 and 365`,
  'a.churned_date',
  'a.segment',
);

const advanced = `exists (
  select 1 from (
    select opportunity_id, valid_from, is_won, is_closed, sort_order, lag(sort_order) over (partition by opportunity_id order by valid_from) as before
    from opportunity_history join stage using (stage_name)
  ) h where h.opportunity_id = v.opportunity_id and ${isForward} and h.valid_from between ${madrid('v.activity_at')} and ${madrid('v.activity_at')} + 14)`;
const dealCall = (isValued: string) =>
  `v.activity_type = 'call' and v.status = 'completed' and ${isValued} and v.opportunity_id is not null`;
const progress = (isValued: string): readonly [Part, Part] => [
  tallied(activities, `${dealCall(isValued)} and ${advanced}`),
  tallied(activities, dealCall(isValued)),
];

const used =
  'exists (select 1 from content_usage n where n.opportunity_id = o.opportunity_id and n.asset_id is not null)';
const sinceTraining =
  "o.close_date - (select max(event_date) from training_event t where t.user_id = o.owner_id and program <> 'Onboarding')";
const before = `${sinceTraining} between -90 and -1`;
const after = `${sinceTraining} between 1 and 90`;
const away = `coalesce(abs(${sinceTraining}) > 90, true)`;
const wonOf = (condition: string): Plain =>
  over(owner, tallied(closed, `o.is_won and ${condition}`), tallied(closed, `o.is_closed and ${condition}`));

const yearTargets = rows(
  "(select * from goal where metric_name = 'won_revenue' and kind = 'target' and scope_type = 'user' and period_type = 'year' and valid_to is null) t",
  't.period_start',
  't.scope_id',
);
const market = rows("(select * from external_series where series = 'market_size') e", 'e.date_day', 'e.region');
const soldThere = rows('sales_order o join account a using (account_id)', 'o.order_date', 'a.region');

export const events: Readonly<Record<string, Plain>> = {
  // pipeline
  days_to_generate_deal: alone(
    owner,
    found(
      created,
      'median(o.created_date - (select min(l.sent_to_sales_date) from lead l where l.converted_opportunity_id = o.opportunity_id))',
    ),
  ),
  touches_per_won_deal: alone(
    owner,
    found(
      closed,
      `avg((select count(*) from activity v where v.opportunity_id = o.opportunity_id and v.${isDone})) filter (where o.is_won)`,
    ),
  ),
  demo_cycle_difference: cycleWith('demo'),
  meeting_cycle_difference: cycleWith('meeting'),
  visit_cycle_difference: cycleWith('visit'),
  step_adherence: over(
    owner,
    tallied(steps, `${isForward} and h.sort_order - h.before = 1`),
    tallied(steps, isForward),
  ),
  // quota
  year_quota: alone(owner, summed(yearTargets, 't.target_value')),
  year_quota_gap: minus(owner, summed(yearTargets, 't.target_value'), summed(goals('user'), 't.target_value')),
  team_quota_gap: minus(null, summed(goals('team'), 't.target_value'), summed(goals('user'), 't.target_value')),
  // activity
  deal_touches: alone(owner, tallied(activities, `${happened} and v.opportunity_id is not null`)),
  deal_hours: alone(
    owner,
    summed(activities, 'v.duration_seconds / 3600', `${happened} and v.opportunity_id is not null`),
  ),
  hours_per_won_deal: over(
    owner,
    summed(activities, 'v.duration_seconds / 3600', `${happened} and v.opportunity_id is not null`),
    tallied(closed, 'o.is_won'),
  ),
  worked_deal_margin: alone(
    owner,
    found(
      activities,
      `max((select (o.gross_margin / o.amount)::double from opportunity o where o.opportunity_id = v.opportunity_id)) filter (where ${happened})`,
    ),
  ),
  // funnel
  open_of_created_rate: over(owner, counted(created, 'not o.is_closed'), counted(created)),
  stage_entries: alone('stage', tallied(entered, 's.sort_order < 5')),
  appointments_held: alone(owner, tallied(activities, appointment)),
  appointments_ordered: alone(owner, tallied(activities, `${appointment} and ${wasOrdered}`)),
  appointment_order_rate: over(
    owner,
    found(activities, `count(distinct v.account_id) filter (where ${appointment} and ${wasOrdered})`),
    found(activities, `count(distinct v.account_id) filter (where ${appointment})`),
  ),
  // losses
  lost_deals_back: alone(owner, tallied(closed, `${isLost} and ${cameBack('true')}`)),
  reengagement_rate: over(owner, tallied(closed, `${isLost} and ${cameBack('true')}`), tallied(closed, isLost)),
  reengagement_win_rate: over(
    owner,
    tallied(closed, `${isLost} and ${cameBack('l.is_won')}`),
    tallied(closed, `${isLost} and ${cameBack('true')}`),
  ),
  // customers
  lost_customer_revenue: alone(segment, summed(lost, 'o.amount')),
  win_back_actions: alone(owner, tallied(activities, `${happened} and v.purpose = 'win back'`)),
  inbound_calls: alone(
    owner,
    tallied(
      activities,
      `v.activity_type = 'call' and v.direction = 'inbound' and ${happened} and v.account_id is not null`,
    ),
  ),
  reorders_after_closure_enquiry: alone(owner, tallied(cases('c.created_at'), `${enquiry} and ${orderedAgain}`)),
  revenue_per_customer: over(
    segment,
    summed(orders('o.order_date'), 'o.amount', "o.status <> 'cancelled'"),
    found(orders('o.order_date'), "count(distinct o.account_id) filter (where o.status <> 'cancelled')"),
  ),
  // orders
  first_family_purchases: alone('product.product_family', tallied(familyLines)),
  cross_sell_rate: over('product.product_family', tallied(familyLines, furtherFamily), tallied(familyLines)),
  market_size: alone('market_region', summed(market, 'e.value')),
  market_share: over(
    'market_region',
    summed(soldThere, 'o.amount', "o.status <> 'cancelled'"),
    summed(market, 'e.value'),
  ),
  // delivery
  promised_time_p90: alone(
    segment,
    found(
      orders('o.order_date'),
      "quantile_cont(o.promised_date - o.order_date, 0.9) filter (where o.status <> 'cancelled')",
    ),
  ),
  satisfaction_answers: alone(owner, tallied(answers('r.owner_id'), "r.instrument = 'csat'")),
  // people
  hiring_cost: alone('owner.role_name', summed(people('u.hire_date'), 'u.hiring_cost')),
  // service
  agent_satisfaction: alone(
    owner,
    found(
      answers('r.owner_id'),
      `avg(r.score / r.scale_max) filter (where r.instrument = 'csat' and r.owner_id in (select user_id from crm_user where role_name = 'service_agent'))`,
    ),
  ),
  // enablement
  value_added_call_advance_rate: over(owner, ...progress('v.is_value_add')),
  other_call_advance_rate: over(owner, ...progress('not v.is_value_add')),
  value_added_call_edge: {
    by: owner,
    parts: [...progress('v.is_value_add'), ...progress('not v.is_value_add')],
    of: (a, b, c, d) => (b && d ? (a ?? 0) / b - (c ?? 0) / d : null),
  },
  win_rate_with_content: wonOf(used),
  win_rate_without_content: wonOf(`not ${used}`),
  template_uses: alone(owner, tallied(uses, "n.asset_type = 'template'")),
  win_rate_before_training: wonOf(before),
  win_rate_after_training: wonOf(after),
  win_rate_away_from_training: wonOf(away),
  training_effect: {
    by: owner,
    parts: [
      tallied(closed, `o.is_won and ${after}`),
      tallied(closed, after),
      tallied(closed, `o.is_won and ${before}`),
      tallied(closed, before),
    ],
    of: (a, b, c, d) => (b && d ? (a ?? 0) / b - (c ?? 0) / d : null),
  },
  training_deal_size_effect: minus(
    owner,
    found(closed, `avg(o.amount) filter (where o.is_won and ${after})`),
    found(closed, `avg(o.amount) filter (where o.is_won and ${before})`),
  ),
  customer_comments: alone(owner, tallied(answers('r.owner_id'), 'r.theme is not null')),
  critical_comments: alone(owner, tallied(answers('r.owner_id'), 'r.theme is not null and r.score * 2 < r.scale_max')),
};
