select
  max(per_rep) as per_rep,
  coalesce(max(sizes), 0) as sizes,
  coalesce(max(deals_of_earners), 0) as deals_of_earners,
  coalesce(max(followed), 0) as followed
from (
  select
    count(*) as followed,
    null as followed_rows,
    null as per_rep,
    null as sizes,
    null as deals_of_earners
  from deals
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.created_on
  semi join (
    select rep_id as key_1, deal_id as row_1, closed_on as moment
    from deals
    where closed_on >= date '2026-02-01'
  ) as deals_after on deals_after.key_1 = deals.rep_id
    and deals_after.moment >= deals.created_on
    and not (deals_after.row_1 = deals.deal_id)
  where deals.rep_id <> $1
    and deals.created_on >= date '2026-02-01'
    and deals.created_on < date '2026-03-01'
    and case
      when deals.rep_id <> $1
      and true
      and deals.created_on >= date '2026-02-01'
      and deals.created_on < date '2026-03-01' then case
        when deals.amount is null then null::decimal(38, 18)
        when deals.code = 'EUR' then deals.amount::decimal(38, 18)
        when rate_eur.rate is null then error(
          'M9019|'
          || coalesce(deals.code::varchar, 'no currency')
          || '|EUR|'
          || coalesce(deals.created_on::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((deals.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
      end >= $2
      else false
    end
  union all
  select
    null as followed,
    count(*) as followed_rows,
    null as per_rep,
    null as sizes,
    null as deals_of_earners
  from deals
  asof left join (
    select from_currency as currency, rate_date as day, rate
    from fx
    where to_currency = 'EUR' and rate is not null
  ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.created_on
  where deals.rep_id <> $1
    and deals.created_on >= date '2026-02-01'
    and deals.created_on < date '2026-03-01'
    and case
      when deals.rep_id <> $1
      and deals.created_on >= date '2026-02-01'
      and deals.created_on < date '2026-03-01' then case
        when deals.amount is null then null::decimal(38, 18)
        when deals.code = 'EUR' then deals.amount::decimal(38, 18)
        when rate_eur.rate is null then error(
          'M9019|'
          || coalesce(deals.code::varchar, 'no currency')
          || '|EUR|'
          || coalesce(deals.created_on::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((deals.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
      end >= $2
      else false
    end
  union all
  select
    null as followed,
    null as followed_rows,
    avg(per_rep) as per_rep,
    null as sizes,
    null as deals_of_earners
  from (
    select
      deals.rep_id as rep,
      coalesce(
        sum(
          case
            when deals.amount is null then null::decimal(38, 18)
            when deals.code = 'EUR' then deals.amount::decimal(38, 18)
            when rate_eur.rate is null then error(
              'M9019|'
              || coalesce(deals.code::varchar, 'no currency')
              || '|EUR|'
              || coalesce(deals.closed_on::varchar, 'no day')
              || '|'
            )::decimal(38, 18)
            else ((deals.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
          end
        ),
        0
      ) as per_rep
    from deals
    asof left join (
      select from_currency as currency, rate_date as day, rate
      from fx
      where to_currency = 'EUR' and rate is not null
    ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
    where deals.rep_id <> $1
      and deals.closed_on >= date '2026-02-01'
      and deals.closed_on < date '2026-03-01'
    group by deals.rep_id
  ) as rows
  union all
  select
    null as followed,
    null as followed_rows,
    null as per_rep,
    count(sizes) as sizes,
    null as deals_of_earners
  from (
    select
      case
        when case
          when deals.amount is null then null::decimal(38, 18)
          when deals.code = 'EUR' then deals.amount::decimal(38, 18)
          when rate_eur.rate is null then error(
            'M9019|'
            || coalesce(deals.code::varchar, 'no currency')
            || '|EUR|'
            || coalesce(deals.created_on::varchar, 'no day')
            || '|'
          )::decimal(38, 18)
          else ((deals.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
        end >= $3 then $4
        else $5
      end as "deals.size",
      count(*) as sizes
    from deals
    asof left join (
      select from_currency as currency, rate_date as day, rate
      from fx
      where to_currency = 'EUR' and rate is not null
    ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.created_on
    where deals.rep_id <> $1
      and deals.closed_on >= date '2026-02-01'
      and deals.closed_on < date '2026-03-01'
    group by 1
  ) as rows
  union all
  select
    null as followed,
    null as followed_rows,
    null as per_rep,
    null as sizes,
    sum(deals_of_earners) as deals_of_earners
  from (
    select rep, coalesce(max(deal_count), 0) as deals_of_earners
    from (
      select
        deals.rep_id as rep,
        sum(
          case
            when deals.amount is null then null::decimal(38, 18)
            when deals.code = 'EUR' then deals.amount::decimal(38, 18)
            when rate_eur.rate is null then error(
              'M9019|'
              || coalesce(deals.code::varchar, 'no currency')
              || '|EUR|'
              || coalesce(deals.closed_on::varchar, 'no day')
              || '|'
            )::decimal(38, 18)
            else ((deals.amount + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
          end
        ) as revenue,
        null as deal_count,
        false as "present?"
      from deals
      asof left join (
        select from_currency as currency, rate_date as day, rate
        from fx
        where to_currency = 'EUR' and rate is not null
      ) as rate_eur on rate_eur.currency = deals.code and rate_eur.day <= deals.closed_on
      where deals.rep_id <> $1
        and deals.closed_on >= date '2026-02-01'
        and deals.closed_on < date '2026-03-01'
      group by deals.rep_id
      union all
      select rep_id as rep, null as revenue, count(*) as deal_count, true as "present?"
      from deals
      where rep_id <> $1 and closed_on >= date '2026-02-01' and closed_on < date '2026-03-01'
      group by rep_id
    ) as facts
    group by rep
    having bool_or("present?") and coalesce(max(revenue), 0) > $6
  ) as rows
) as facts
-- $1 = "r3"
-- $2 = "50"
-- $3 = "100"
-- $4 = "large"
-- $5 = "small"
-- $6 = "0"
