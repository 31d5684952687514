select
  "calls.call_id",
  "before.topic",
  "before.before.topic",
  coalesce(max(call_count), 0) as call_count,
  coalesce(max(prices), 0) as prices,
  coalesce(max(prices_before), 0) as prices_before
from (
  select
    calls.call_id as "calls.call_id",
    before.topic as "before.topic",
    before_before.topic as "before.before.topic",
    count(*) as call_count,
    null as prices,
    null as prices_before
  from (
    select
      call_id,
      case
        when called_on is not null then lag(call_id) over (
          partition by account_id, called_on is null
          order by called_on, call_id
        )
      end as previous_1
    from calls
  ) as calls
  left join (
    select
      topic,
      call_id,
      case
        when called_on is not null then lag(call_id) over (
          partition by account_id, called_on is null
          order by called_on, call_id
        )
      end as previous_1
    from calls
  ) as before on before.call_id = calls.previous_1
  left join calls as before_before on before_before.call_id = case
    when before.call_id is not null then before.previous_1
  end
  group by calls.call_id, before.topic, before_before.topic
  union all
  select
    calls.call_id as "calls.call_id",
    before.topic as "before.topic",
    before_before.topic as "before.before.topic",
    null as call_count,
    sum(
      case
        when calls.price is null then null::decimal(38, 18)
        when calls.code = 'EUR' then calls.price::decimal(38, 18)
        when rate_eur.rate is null then error(
          'M9019|'
          || coalesce(calls.code::varchar, 'no currency')
          || '|EUR|'
          || coalesce(calls.called_on::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((calls.price + 0::decimal(38, 0)) * rate_eur.rate)::decimal(38, 18)
      end
    ) as prices,
    sum(
      case
        when before.price is null then null::decimal(38, 18)
        when before.code = 'EUR' then before.price::decimal(38, 18)
        when rate_eur_2.rate is null then error(
          'M9019|'
          || coalesce(before.code::varchar, 'no currency')
          || '|EUR|'
          || coalesce(before.called_on::varchar, 'no day')
          || '|'
        )::decimal(38, 18)
        else ((before.price + 0::decimal(38, 0)) * rate_eur_2.rate)::decimal(38, 18)
      end
    ) as prices_before
  from (
    select
      price,
      code,
      called_on,
      call_id,
      case
        when called_on is not null then lag(call_id) over (
          partition by account_id, called_on is null
          order by called_on, call_id
        )
      end as previous_1
    from calls
  ) as calls
  left join (
    select
      price,
      code,
      called_on,
      topic,
      call_id,
      case
        when called_on is not null then lag(call_id) over (
          partition by account_id, called_on is null
          order by called_on, call_id
        )
      end as previous_1
    from calls
  ) as before on before.call_id = calls.previous_1
  left join calls as before_before on before_before.call_id = case
    when before.call_id is not null then before.previous_1
  end
  asof left join (
    select
      upper(currency.iso) as currency,
      fx.rate_date as day,
      round(fx.rate * $1, $2::int) as rate
    from fx
    left join currencies as currency on currency.id = fx.currency_id
    where fx.to_code = 'EUR' and round(fx.rate * $1, $2::int) is not null
  ) as rate_eur on rate_eur.currency = calls.code and rate_eur.day <= calls.called_on
  asof left join (
    select
      upper(currency.iso) as currency,
      fx.rate_date as day,
      round(fx.rate * $1, $2::int) as rate
    from fx
    left join currencies as currency on currency.id = fx.currency_id
    where fx.to_code = 'EUR' and round(fx.rate * $1, $2::int) is not null
  ) as rate_eur_2 on rate_eur_2.currency = before.code and rate_eur_2.day <= before.called_on
  group by calls.call_id, before.topic, before_before.topic
) as facts
group by "calls.call_id", "before.topic", "before.before.topic"
order by "calls.call_id" nulls last, "before.topic" nulls last, "before.before.topic" nulls last
-- $1 = "2"
-- $2 = "1"
