/** What the library's sums, counts, medians and rates should say, written once more in plain SQL by hand. */
import {
  accounts,
  activities,
  agentCalls,
  alone,
  answers,
  bySource,
  cases,
  closed,
  counted,
  created,
  entered,
  enteredByCreation,
  firstOrders,
  found,
  goals,
  happened,
  hours,
  invoices,
  isDead,
  isDue,
  isSettled,
  leads,
  lines,
  madrid,
  orders,
  over,
  owner,
  type Plain,
  payments,
  people,
  quotes,
  rows,
  segment,
  settled,
  spend,
  spent,
  summed,
  tallied,
  trainings,
  uses,
  valuedCalls,
} from './rows.ts';

export const figures: Readonly<Record<string, Plain>> = {
  // pipeline
  opportunities_created: alone(owner, counted(created)),
  pipeline_created: alone(owner, summed(created, 'o.amount')),
  won_deals: alone(owner, tallied(closed, "o.stage_name = 'Won'")),
  median_sales_cycle: alone(
    owner,
    found(closed, "median(o.close_date - o.created_date) filter (where o.stage_name = 'Won')"),
  ),
  average_sales_cycle: alone(
    owner,
    found(closed, "avg(o.close_date - o.created_date) filter (where o.stage_name = 'Won')"),
  ),
  sales_cycle_p90: alone(
    owner,
    found(closed, "quantile_cont(o.close_date - o.created_date, 0.9) filter (where o.stage_name = 'Won')"),
  ),
  median_cycle_of_closed_deals: alone(owner, found(closed, 'median(o.close_date - o.created_date)')),
  stage_realisation_rate: over(
    'stage',
    tallied(entered, 'o.is_won and s.sort_order < 5'),
    tallied(entered, 'o.is_closed and s.sort_order < 5'),
  ),
  stage_realisation_rate_by_amount: over(
    'stage',
    summed(entered, 'o.amount', 'o.is_won and s.sort_order < 5'),
    summed(entered, 'o.amount', 'o.is_closed and s.sort_order < 5'),
  ),
  // quota
  won_revenue: alone(owner, summed(closed, 'o.amount', "o.stage_name = 'Won'")),
  quota: alone(owner, summed(goals('user'), 't.target_value')),
  team_quota: alone('team', summed(goals('team'), 't.target_value')),
  quota_attainment: over(
    owner,
    summed(closed, 'o.amount', "o.stage_name = 'Won'"),
    summed(goals('user'), 't.target_value'),
  ),
  gross_margin: alone(
    'product.product_family',
    summed(lines('o.order_date'), 'l.net_amount - l.cost_amount', "o.status <> 'cancelled'"),
  ),
  gross_margin_rate: over(
    'product.product_family',
    summed(lines('o.order_date'), 'l.net_amount - l.cost_amount', "o.status <> 'cancelled'"),
    summed(lines('o.order_date'), 'l.net_amount', "o.status <> 'cancelled'"),
  ),
  invoiced_amount: alone(segment, summed(invoices('i.invoice_date'), 'i.amount', "i.status <> 'cancelled'")),
  delivered_amount: alone(
    'product.product_family',
    summed(lines('o.delivered_date'), 'l.net_amount', 'o.delivered_date is not null'),
  ),
  average_deal_size: alone(owner, found(closed, "avg(o.amount) filter (where o.stage_name = 'Won')")),
  median_deal_size: alone(owner, found(closed, "median(o.amount::double) filter (where o.stage_name = 'Won')")),
  deal_margin_rate: over(
    owner,
    summed(closed, 'o.gross_margin', 'o.is_won'),
    summed(closed, 'o.amount', 'o.is_won and o.gross_margin is not null'),
  ),
  // activity
  activity_reach: alone(
    owner,
    tallied(activities, `${happened} and v.activity_type in ('call', 'email', 'voicemail', 'meeting')`),
  ),
  calls_made: alone(owner, tallied(activities, "v.activity_type = 'call' and v.completed_at is not null")),
  meetings_held: alone(owner, tallied(activities, `v.activity_type = 'meeting' and ${happened}`)),
  visits_made: alone(owner, tallied(activities, `v.activity_type = 'visit' and ${happened}`)),
  demos_made: alone(owner, tallied(activities, `v.activity_type = 'demo' and ${happened}`)),
  proposals_sent: alone(owner, counted(quotes('q.owner_id'))),
  new_contacts: alone(owner, tallied(rows('contact k', 'k.created_date', 'k.owner_id'))),
  orders_taken: alone(segment, tallied(orders('o.order_date'))),
  completed_activities: alone(owner, counted(rows('activity v', madrid('v.completed_at'), 'v.owner_id'))),
  touches_per_account: over(
    owner,
    tallied(activities, `${happened} and v.account_id is not null`),
    found(activities, `count(distinct v.account_id) filter (where ${happened})`),
  ),
  // funnel
  leads_generated: alone('lead_source', tallied(leads('l.created_date'))),
  qualified_leads_sent: alone('lead_source', counted(leads('l.sent_to_sales_date'))),
  lead_qualification_rate: over(
    'lead_source',
    tallied(leads('l.created_date'), 'l.qualified_date <= l.created_date + 30'),
    tallied(leads('l.created_date')),
  ),
  deals_reaching_stage: alone('stage', counted(enteredByCreation)),
  amount_reaching_stage: alone('stage', summed(enteredByCreation, 'o.amount')),
  stage_conversion_rate: over(
    'stage',
    tallied(entered, 's.sort_order < 5 and n.further_on <= e.valid_from + 30'),
    tallied(entered, 's.sort_order < 5'),
  ),
  win_rate: over(owner, tallied(closed, 'o.is_won'), tallied(closed, "o.stage_name in ('Won', 'Lost')")),
  win_rate_by_amount: over(
    owner,
    summed(closed, 'o.amount', 'o.is_won'),
    summed(closed, 'o.amount', "o.stage_name in ('Won', 'Lost')"),
  ),
  win_rate_of_created: over(
    owner,
    counted(created, 'o.is_won and o.close_date <= o.created_date + 90'),
    counted(created),
  ),
  quote_win_rate: over(
    'turnaround_band',
    counted(quotes(turnaroundBand()), 'o.is_won'),
    counted(quotes(turnaroundBand()), 'o.is_closed'),
  ),
  quote_speed_correlation: alone(
    owner,
    found(
      quotes('q.owner_id'),
      `nullif(corr(epoch(q.delivered_at - q.requested_at), o.is_won::int) filter (where o.is_closed), 'nan'::double)`,
    ),
  ),
  // campaigns
  acquisition_spend: alone('lead_source', spend),
  retention_spend: alone('lead_source', {
    rows: spent,
    value: "sum(c.amount) filter (where c.purpose = 'retention')",
    none: 0,
  }),
  campaign_leads: alone('lead_source', tallied(leads('l.created_date'), 'l.campaign_id is not null')),
  cost_per_lead: over('lead_source', spend, tallied(leads('l.created_date'), 'l.campaign_id is not null')),
  cost_per_opportunity: over('lead_source', spend, counted(bySource('o.created_date'), 'o.campaign_id is not null')),
  cost_per_won_deal: over(
    'lead_source',
    spend,
    tallied(bySource('o.close_date'), 'o.is_won and o.campaign_id is not null'),
  ),
  campaign_return: over(
    'lead_source',
    summed(bySource('o.close_date'), 'o.amount', 'o.is_won and o.campaign_id is not null'),
    spend,
  ),
  // customers
  new_customers: alone(segment, counted(accounts('a.first_customer_date'))),
  customers_lost: alone(segment, counted(accounts('a.churned_date'))),
  // Campaign cost and accounts share no dimension: there is nothing to group the two by.
  cost_per_new_customer: over(null, spend, counted(accounts('a.first_customer_date'))),
  complaints: alone(owner, tallied(cases('c.created_at'), "c.case_type = 'complaint'")),
  contract_enquiries: alone(owner, tallied(cases('c.created_at'), "c.case_type = 'contract'")),
  cancellation_enquiries: alone(owner, tallied(cases('c.created_at'), "c.case_type = 'cancellation_enquiry'")),
  customer_satisfaction: alone(
    owner,
    found(answers('r.owner_id'), "avg(r.score / r.scale_max) filter (where r.instrument = 'csat')"),
  ),
  satisfied_share: over(
    owner,
    tallied(answers('r.owner_id'), "r.instrument = 'csat' and r.score in (4, 5)"),
    tallied(answers('r.owner_id'), "r.instrument = 'csat'"),
  ),
  net_promoter_score: {
    by: owner,
    parts: [
      tallied(answers('r.owner_id'), "r.instrument = 'nps' and r.score in (9, 10)"),
      tallied(answers('r.owner_id'), "r.instrument = 'nps' and r.score < 7"),
      tallied(answers('r.owner_id'), "r.instrument = 'nps'"),
    ],
    of: (promoters, detractors, asked) => (asked ? (100 * ((promoters ?? 0) - (detractors ?? 0))) / asked : null),
  },
  discontinued_product_interest: {
    by: 'product',
    parts: [
      tallied(cases('c.created_at', 'c.product_id'), `${isDead} and ${madrid('c.created_at')} > p.discontinued_date`),
      tallied(
        rows('lead l left join product p on p.product_id = l.product_id', 'l.created_date', 'l.product_id'),
        `${isDead} and l.created_date > p.discontinued_date`,
      ),
    ],
    of: (inCases, inLeads) => (inCases ?? 0) + (inLeads ?? 0),
  },
  // losses
  lost_deals: alone(owner, tallied(closed, "o.stage_name = 'Lost'")),
  lost_amount: alone(owner, summed(closed, 'o.amount', "o.stage_name = 'Lost'")),
  disqualified_leads: alone('lead_source', counted(leads('l.disqualified_date'))),
  lead_disqualification_rate: over(
    'lead_source',
    tallied(leads('l.created_date'), "l.status = 'disqualified'"),
    tallied(leads('l.created_date')),
  ),
  unavailable_requests: alone(owner, tallied(cases('c.created_at'), "c.case_type = 'unavailable_request'")),
  unavailable_request_value: alone(
    owner,
    summed(cases('c.created_at'), 'c.estimated_value', "c.case_type = 'unavailable_request'"),
  ),
  // orders
  orders: alone(segment, tallied(orders('o.order_date'), "o.status <> 'cancelled'")),
  order_revenue: alone(segment, summed(orders('o.order_date'), 'o.amount', "o.status <> 'cancelled'")),
  average_order_value: alone(
    segment,
    found(orders('o.order_date'), "avg(o.amount) filter (where o.status <> 'cancelled')"),
  ),
  buying_accounts: alone(segment, {
    rows: orders('o.order_date'),
    value: "count(distinct o.account_id) filter (where o.status <> 'cancelled')",
    none: 0,
  }),
  discount_rate: over(
    'product.product_family',
    summed(lines('o.order_date'), 'l.discount_amount', "o.status <> 'cancelled'"),
    summed(lines('o.order_date'), 'l.net_amount + l.discount_amount', "o.status <> 'cancelled'"),
  ),
  order_interval: alone(
    segment,
    found(
      rows(
        `(select account_id, order_date, order_date - lag(order_date) over (partition by account_id order by order_date, order_id) as gap
          from sales_order where status <> 'cancelled') o join account a on a.account_id = o.account_id`,
        'o.order_date',
        'a.segment',
      ),
      'median(o.gap)',
    ),
  ),
  reorder_interval: alone(
    'product.product_family',
    found(
      rows(
        `(select product_family, order_date, order_date - lag(order_date) over (partition by account_id, product_family order by order_date) as gap
          from (select distinct account_id, product_family, order_date from sales_order join order_line using (order_id) join product using (product_id)
                where status <> 'cancelled'))`,
        'order_date',
        'product_family',
      ),
      'median(gap)',
    ),
  ),
  // delivery
  median_delivery_time: alone(segment, found(orders('o.delivered_date'), 'median(o.delivered_date - o.order_date)')),
  delivery_time_p90: alone(
    segment,
    found(orders('o.delivered_date'), 'quantile_cont(o.delivered_date - o.order_date, 0.9)'),
  ),
  on_time_delivery_rate: over(
    segment,
    counted(orders('o.promised_date'), 'o.delivered_date <= o.promised_date'),
    counted(orders('o.promised_date'), isDue),
  ),
  on_time_in_full_rate: over(
    segment,
    counted(orders('o.promised_date'), 'o.delivered_date <= o.promised_date and o.is_complete'),
    counted(orders('o.promised_date'), isDue),
  ),
  first_order_on_time_rate: over(
    segment,
    counted(firstOrders, 'o.place = 1 and o.delivered_date <= o.promised_date'),
    counted(firstOrders, `o.place = 1 and ${isDue}`),
  ),
  first_order_satisfaction: alone(
    segment,
    found(
      rows(
        `survey_response r join account a on a.account_id = r.account_id
         join (select order_id, row_number() over (partition by account_id order by order_date, order_id) as place
               from sales_order where status <> 'cancelled') o on o.order_id = r.order_id and o.place = 1`,
        madrid('r.responded_at'),
        'a.segment',
      ),
      "avg(r.score / r.scale_max) filter (where r.instrument = 'csat')",
    ),
  ),
  // receivables
  collected_amount: alone(owner, summed(payments, 'y.amount')),
  commission: alone(owner, summed(payments, 'y.amount * u.commission_rate')),
  median_days_to_collect: alone(
    segment,
    found(settled, `median(i.paid_on - i.invoice_date) filter (where ${isSettled})`),
  ),
  average_days_to_collect: alone(
    segment,
    found(settled, `avg(i.paid_on - i.invoice_date) filter (where ${isSettled})`),
  ),
  days_late: alone(
    segment,
    found(
      settled,
      `avg(case when i.paid_on > i.due_date then i.paid_on - i.due_date else 0 end) filter (where ${isSettled})`,
    ),
  ),
  order_to_cash_days: alone(segment, found(settled, `median(i.paid_on - o.order_date) filter (where ${isSettled})`)),
  won_to_cash_days: alone(segment, found(settled, `median(i.paid_on - d.close_date) filter (where ${isSettled})`)),
  late_or_disputed_rate: over(
    segment,
    counted(settled, `${isSettled} and (i.paid_on > i.due_date or i.is_disputed)`),
    counted(settled, isSettled),
  ),
  unpaid_of_due: alone(segment, summed(invoices('i.due_date'), 'i.amount - i.paid', "i.status <> 'cancelled'")),
  unpaid_of_due_rate: over(
    segment,
    summed(invoices('i.due_date'), 'i.amount - i.paid', "i.status <> 'cancelled'"),
    summed(invoices('i.due_date'), 'i.amount', "i.status <> 'cancelled'"),
  ),
  // people
  hires: alone('owner.role_name', counted(people('u.hire_date'))),
  leavers: alone('owner.role_name', counted(people('u.termination_date'))),
  lead_completeness: over(
    'lead_source',
    found(leads('l.created_date'), 'count(l.lead_source) + count(l.owner_id) + count(l.region) + count(l.product_id)'),
    tallied(leads('l.created_date')),
    0.25,
  ),
  opportunity_completeness: over(
    owner,
    found(
      created,
      'count(o.account_id) + count(o.owner_id) + count(o.amount) + count(o.lead_source) + count(o.product_family)',
    ),
    counted(created),
    0.2,
  ),
  account_completeness: over(
    segment,
    found(
      accounts('a.created_date'),
      'count(a.industry) + count(a.segment) + count(a.owner_id) + count(a.annual_revenue) + count(a.number_of_employees)',
    ),
    counted(accounts('a.created_date')),
    0.2,
  ),
  data_completeness: {
    by: owner,
    parts: [
      summed(
        leads('l.created_date', 'l.owner_id'),
        '(l.lead_source is not null)::int + (l.owner_id is not null)::int + (l.region is not null)::int + (l.product_id is not null)::int',
      ),
      summed(
        created,
        '(o.account_id is not null)::int + (o.owner_id is not null)::int + (o.amount is not null)::int + (o.lead_source is not null)::int + (o.product_family is not null)::int',
      ),
      summed(
        accounts('a.created_date', 'a.owner_id'),
        '(a.industry is not null)::int + (a.segment is not null)::int + (a.owner_id is not null)::int + (a.annual_revenue is not null)::int + (a.number_of_employees is not null)::int',
      ),
      tallied(leads('l.created_date', 'l.owner_id')),
      counted(created),
      counted(accounts('a.created_date', 'a.owner_id')),
    ],
    of: (l, o, a, ls, os, as) => {
      const required = 4 * (ls ?? 0) + 5 * (os ?? 0) + 5 * (as ?? 0);
      return required === 0 ? null : ((l ?? 0) + (o ?? 0) + (a ?? 0)) / required;
    },
  },
  // service
  cases_opened: alone('channel', tallied(cases('c.created_at', 'c.channel'))),
  cases_closed: alone('channel', counted(cases('c.closed_at', 'c.channel'))),
  median_first_response_time: alone(
    'channel',
    found(cases('c.created_at', 'c.channel'), 'median(epoch(c.first_response_at - c.created_at) / 60)'),
  ),
  average_first_response_time: alone(
    'channel',
    found(cases('c.created_at', 'c.channel'), 'avg(epoch(c.first_response_at - c.created_at) / 60)'),
  ),
  median_resolution_time: alone(owner, found(cases('c.closed_at'), `median(${hours('c.created_at', 'c.closed_at')})`)),
  resolution_time_p90: alone(
    owner,
    found(cases('c.closed_at'), `quantile_cont(${hours('c.created_at', 'c.closed_at')}, 0.9)`),
  ),
  reopened_rate: over(owner, counted(cases('c.closed_at'), 'c.reopened_count > 0'), counted(cases('c.closed_at'))),
  late_closing_rate: over(
    owner,
    counted(cases('c.closed_at'), 'c.closed_at > c.due_at'),
    counted(cases('c.closed_at')),
  ),
  calls_per_agent: over(
    owner,
    tallied(activities, agentCalls),
    found(activities, `count(distinct v.owner_id) filter (where ${agentCalls})`),
  ),
  average_call_time: alone(
    owner,
    found(
      activities,
      `avg(v.duration_seconds / 60) filter (where v.activity_type = 'call' and ${happened} and u.role_name = 'service_agent')`,
    ),
  ),
  // enablement
  first_contact_resolution_rate: alone(
    owner,
    found(answers('r.owner_id'), "avg(r.score) filter (where r.instrument = 'fcr')"),
  ),
  one_contact_rate: over(
    owner,
    counted(cases('c.closed_at'), 'c.contact_count = 1 and c.reopened_count = 0'),
    counted(cases('c.closed_at')),
  ),
  value_added_calls: alone(owner, tallied(activities, valuedCalls)),
  value_added_call_rate: over(
    owner,
    tallied(activities, valuedCalls),
    tallied(activities, "v.activity_type = 'call' and v.status = 'completed'"),
  ),
  value_added_calls_per_customer: over(
    owner,
    tallied(activities, `${valuedCalls} and v.account_id is not null`),
    found(activities, `count(distinct v.account_id) filter (where ${valuedCalls})`),
  ),
  median_quote_turnaround: alone(
    owner,
    found(quotes('q.owner_id'), `median(${hours('q.requested_at', 'q.delivered_at')})`),
  ),
  quote_turnaround_p90: alone(
    owner,
    found(quotes('q.owner_id'), `quantile_cont(${hours('q.requested_at', 'q.delivered_at')}, 0.9)`),
  ),
  content_score: alone(
    'asset_id',
    found(answers('r.asset_id'), "avg(r.score) filter (where r.instrument = 'content')"),
  ),
  median_content_search_time: alone(owner, found(uses, 'median(n.search_seconds)')),
  fruitless_search_rate: over(
    owner,
    tallied(uses, 'n.search_seconds is not null and n.asset_id is null'),
    found(uses, 'count(n.search_seconds)'),
  ),
  meeting_notes_rate: over(
    owner,
    tallied(
      activities,
      `v.activity_type = 'meeting' and ${happened} and epoch(v.completed_at - v.activity_at) <= 86400`,
    ),
    tallied(activities, `v.activity_type = 'meeting' and ${happened}`),
  ),
  training_hours: alone(owner, summed(trainings, 't.hours')),
  training_cost: alone(owner, summed(trainings, 't.cost')),
  training_score: alone(owner, found(trainings, 'avg(t.score)')),
};

function turnaroundBand(): string {
  const days = 'epoch(q.delivered_at - q.requested_at) / 86400';
  return `case when ${days} < 1 then '< 1' when ${days} < 3 then '1 to < 3' else '>= 3' end`;
}
