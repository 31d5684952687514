select
  kind::text collate "C" as kind,
  coalesce(sold, 0) as sold,
  place_rank as place,
  place_of_places_rank as place_of_places,
  last_of_all_rank as last_of_all
from (
  select
    kind,
    sold,
    sold_rows,
    place_rank,
    place_of_places_rank,
    case
      when coalesce(sold_rows, 0) > 0 and place_of_places_rank + place_rank is not null then rank() over (
        partition by coalesce(sold_rows, 0) > 0 and place_of_places_rank + place_rank is not null
        order by place_of_places_rank + place_rank desc nulls last
      )
    end as last_of_all_rank
  from (
    select
      kind,
      sold,
      sold_rows,
      place_rank,
      case
        when coalesce(sold_rows, 0) > 0 and place_rank is not null then rank() over (
          partition by coalesce(sold_rows, 0) > 0 and place_rank is not null
          order by place_rank desc nulls last
        )
      end as place_of_places_rank
    from (
      select
        kind,
        sold,
        sold_rows,
        case
          when coalesce(sold_rows, 0) > 0 and coalesce(sold, 0) is not null then rank() over (
            partition by coalesce(sold_rows, 0) > 0 and coalesce(sold, 0) is not null
            order by coalesce(sold, 0) desc nulls last
          )
        end as place_rank
      from (
        select kind, sum(amount) as sold, count(*) as sold_rows
        from orders
        group by kind
      ) as groups
      offset 0
    ) as ranked
    offset 0
  ) as ranked
  offset 0
) as ranked
order by kind nulls last
