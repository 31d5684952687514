select m15 + m15 / nullif($1::bigint + m15 - m15, 0) as m16
from (
  select m14 + m14 / nullif($1::bigint + m14 - m14, 0) as m15
  from (
    select m13 + m13 / nullif($1::bigint + m13 - m13, 0) as m14
    from (
      select m12 + m12 / nullif($1::bigint + m12 - m12, 0) as m13
      from (
        select m11 + m11 / nullif($1::bigint + m11 - m11, 0) as m12
        from (
          select m10 + m10 / nullif($1::bigint + m10 - m10, 0) as m11
          from (
            select m9 + m9 / nullif($1::bigint + m9 - m9, 0) as m10
            from (
              select m8 + m8 / nullif($1::bigint + m8 - m8, 0) as m9
              from (
                select m7 + m7 / nullif($1::bigint + m7 - m7, 0) as m8
                from (
                  select m6 + m6 / nullif($1::bigint + m6 - m6, 0) as m7
                  from (
                    select m5 + m5 / nullif($1::bigint + m5 - m5, 0) as m6
                    from (
                      select m4 + m4 / nullif($1::bigint + m4 - m4, 0) as m5
                      from (
                        select m3 + m3 / nullif($1::bigint + m3 - m3, 0) as m4
                        from (
                          select m2 + m2 / nullif($1::bigint + m2 - m2, 0) as m3
                          from (
                            select m1 + m1 / nullif($1::bigint + m1 - m1, 0) as m2
                            from (
                              select
                                coalesce(m0, 0) + coalesce(m0, 0)::double precision / nullif(
                                  $1::bigint + coalesce(m0, 0) - coalesce(m0, 0),
                                  0
                                ) as m1
                              from (
                                select sum(n) as m0
                                from rows
                              ) as groups
                              offset 0
                            ) as groups
                            offset 0
                          ) as groups
                          offset 0
                        ) as groups
                        offset 0
                      ) as groups
                      offset 0
                    ) as groups
                    offset 0
                  ) as groups
                  offset 0
                ) as groups
                offset 0
              ) as groups
              offset 0
            ) as groups
            offset 0
          ) as groups
          offset 0
        ) as groups
        offset 0
      ) as groups
      offset 0
    ) as groups
    offset 0
  ) as groups
  offset 0
) as groups
-- $1 = "1"
