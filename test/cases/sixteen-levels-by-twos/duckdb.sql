select region, m15 + m15 as m16
from (
  select region, m14 + m14 as m15
  from (
    select region, m13 + m13 as m14
    from (
      select region, m12 + m12 as m13
      from (
        select region, m11 + m11 as m12
        from (
          select region, m10 + m10 as m11
          from (
            select region, m9 + m9 as m10
            from (
              select region, m8 + m8 as m9
              from (
                select region, m7 + m7 as m8
                from (
                  select region, m6 + m6 as m7
                  from (
                    select region, m5 + m5 as m6
                    from (
                      select region, m4 + m4 as m5
                      from (
                        select region, m3 + m3 as m4
                        from (
                          select region, m2 + m2 as m3
                          from (
                            select region, m1 + m1 as m2
                            from (
                              select region, coalesce(sum(n), 0) + coalesce(sum(n), 0) as m1
                              from rows
                              group by region
                            ) as groups
                          ) as groups
                        ) as groups
                      ) as groups
                    ) as groups
                  ) as groups
                ) as groups
              ) as groups
            ) as groups
          ) as groups
        ) as groups
      ) as groups
    ) as groups
  ) as groups
) as groups
order by region nulls last
