// Questions to the CRM of star/metrics.yaml, each with the SQL that a person would write for it, in several ways of which
// the fastest counts. All give the same rows in the same order as the answer. To ask more, add to the list.
//
// `hand` means what the metric means: what belongs to nobody stays, as a group of its own. `inner` would lose it, which
// only somebody who knows that there is none (there is none here) may write; it is counted apart.

export const starQuestions = [
  {
    name: 'revenue by team',
    ask: { metrics: ['revenue'], by: ['rep.team'] },
    hand: {
      'join, then group': `
        select r.team, sum(o.amount)
        from opportunities o left join reps r on r.id = o.rep_id
        where o.stage = 'Closed Won' group by 1 order by 1`,
      'group by rep, then join': `
        select r.team, sum(o.amount)
        from (select rep_id, sum(amount) as amount from opportunities where stage = 'Closed Won' group by 1) o
        left join reps r on r.id = o.rep_id group by 1 order by 1`,
    },
    inner: {
      'join, then group': `
        select r.team, sum(o.amount)
        from opportunities o join reps r on r.id = o.rep_id
        where o.stage = 'Closed Won' group by 1 order by 1`,
      'group by rep, then join': `
        select r.team, sum(o.amount)
        from (select rep_id, sum(amount) as amount from opportunities where stage = 'Closed Won' group by 1) o
        join reps r on r.id = o.rep_id group by 1 order by 1`,
    },
  },
  {
    name: 'win rate by rep',
    ask: { metrics: ['win_rate'], by: ['rep'] },
    hand: {
      'closed ones in where': `
        select rep_id, count(*) filter (where stage = 'Closed Won') / count(*)
        from opportunities where stage in ('Closed Won', 'Closed Lost') group by 1 order by 1`,
      'closed ones in having': `
        select rep_id,
          count(*) filter (where stage = 'Closed Won') / count(*) filter (where stage in ('Closed Won', 'Closed Lost'))
        from opportunities group by 1
        having count(*) filter (where stage in ('Closed Won', 'Closed Lost')) > 0 order by 1`,
      'average of a case': `
        select rep_id, avg(case when stage = 'Closed Won' then 1 else 0 end)
        from opportunities where stage in ('Closed Won', 'Closed Lost') group by 1 order by 1`,
    },
  },
  {
    name: 'open pipeline by region and stage',
    ask: { metrics: ['open_pipeline'], by: ['rep.region', 'stage'] },
    hand: {
      'join, then group': `
        select r.region, o.stage, sum(o.amount)
        from opportunities o left join reps r on r.id = o.rep_id
        where o.stage not in ('Closed Won', 'Closed Lost') group by 1, 2 order by 1, 2`,
      'group by rep and stage, then join': `
        select r.region, o.stage, sum(o.amount)
        from (
          select rep_id, stage, sum(amount) as amount
          from opportunities where stage not in ('Closed Won', 'Closed Lost') group by 1, 2
        ) o
        left join reps r on r.id = o.rep_id group by 1, 2 order by 1, 2`,
    },
    inner: {
      'join, then group': `
        select r.region, o.stage, sum(o.amount)
        from opportunities o join reps r on r.id = o.rep_id
        where o.stage not in ('Closed Won', 'Closed Lost') group by 1, 2 order by 1, 2`,
      'group by rep and stage, then join': `
        select r.region, o.stage, sum(o.amount)
        from (
          select rep_id, stage, sum(amount) as amount
          from opportunities where stage not in ('Closed Won', 'Closed Lost') group by 1, 2
        ) o
        join reps r on r.id = o.rep_id group by 1, 2 order by 1, 2`,
    },
  },
  {
    name: 'cycle days by source',
    ask: { metrics: ['cycle_days'], by: ['source'] },
    hand: {
      average: `
        select source, avg(close_date - created_date)
        from opportunities where stage = 'Closed Won' group by 1 order by 1`,
      'sum by count': `
        select source, sum(close_date - created_date) / count(*)
        from opportunities where stage = 'Closed Won' group by 1 order by 1`,
      'average of date_diff': `
        select source, avg(date_diff('day', created_date, close_date))
        from opportunities where stage = 'Closed Won' group by 1 order by 1`,
    },
  },
  {
    name: 'activities per won deal by team',
    ask: { metrics: ['activities_per_won_deal'], by: ['rep.team'] },
    hand: {
      'both by rep, below each other, then join': `
        select r.team, coalesce(sum(f.activities), 0) / nullif(sum(f.deals), 0)
        from (
          select rep_id, count(*) as activities, null as deals from activities group by 1
          union all
          select rep_id, null, count(*) from opportunities where stage = 'Closed Won' group by 1
        ) f
        left join reps r on r.id = f.rep_id group by 1 order by 1`,
      'each by team, full join': `
        with a as (
            select r.team, sum(a.n) as n
            from (select rep_id, count(*) as n from activities group by 1) a
            left join reps r on r.id = a.rep_id group by 1
          ),
          o as (
            select r.team, sum(o.n) as n
            from (select rep_id, count(*) as n from opportunities where stage = 'Closed Won' group by 1) o
            left join reps r on r.id = o.rep_id group by 1
          )
        select coalesce(a.team, o.team), coalesce(a.n, 0) / o.n
        from a full join o on o.team is not distinct from a.team order by 1`,
    },
    inner: {
      'each by rep, joined to reps': `
        with a as (select rep_id, count(*) as n from activities group by 1),
          o as (select rep_id, count(*) as n from opportunities where stage = 'Closed Won' group by 1)
        select r.team, sum(a.n) / sum(o.n)
        from reps r left join a on a.rep_id = r.id left join o on o.rep_id = r.id group by 1 order by 1`,
      'each by team, joined': `
        with a as (select r.team, count(*) as n from activities a join reps r on r.id = a.rep_id group by 1),
          o as (
            select r.team, count(*) as n
            from opportunities o join reps r on r.id = o.rep_id where o.stage = 'Closed Won' group by 1
          )
        select team, a.n / o.n from a join o using (team) order by 1`,
    },
  },
  {
    name: 'first-contact resolution by segment',
    ask: { metrics: ['first_contact_resolution'], by: ['account.segment'] },
    hand: {
      'join, then group': `
        select a.segment, count(*) filter (where t.contacts = 1) / count(*)
        from tickets t left join accounts a on a.id = t.account_id
        where t.closed_at is not null group by 1 order by 1`,
      'group by account, then join': `
        select a.segment, sum(t.solved) / sum(t.closed)
        from (
          select account_id, count(*) filter (where contacts = 1) as solved, count(*) as closed
          from tickets where closed_at is not null group by 1
        ) t
        left join accounts a on a.id = t.account_id group by 1 order by 1`,
    },
    inner: {
      'join, then group': `
        select a.segment, count(*) filter (where t.contacts = 1) / count(*)
        from tickets t join accounts a on a.id = t.account_id
        where t.closed_at is not null group by 1 order by 1`,
      'group by account, then join': `
        select a.segment, sum(t.solved) / sum(t.closed)
        from (
          select account_id, count(*) filter (where contacts = 1) as solved, count(*) as closed
          from tickets where closed_at is not null group by 1
        ) t
        join accounts a on a.id = t.account_id group by 1 order by 1`,
    },
  },
];
