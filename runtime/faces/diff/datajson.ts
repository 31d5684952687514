/** The numbers of both states as programs read them. */
import type { DataDiff, MovedGroup, MovedGroups } from '../../index.ts';

export function dataAsData({ asOf, moves, refused, goals, alerts, statements }: DataDiff) {
  return {
    as_of: asOf,
    statements,
    metrics: moves.map(({ name, column, period, trend, groups, tolerance, isBeyond, ...moved }) => ({
      ...{ name, type: column.type, unit: column.unit, period },
      ...values(moved),
      tolerance: tolerance?.relative ?? null,
      beyond: isBeyond,
      trend,
      groups: groups.map(each => ({
        by: each.by,
        compared: each.of,
        rows: each.rows.map(row => ({ group: keyed(row.group, each.keys), ...values(row) })),
      })),
    })),
    refused,
    goals: goals.map(({ goal, period, group, keys, before, after }) => ({
      ...{ goal, period, group: keyed(group, keys), before, after },
    })),
    alerts: alerts.map(({ alert, group, keys, fires }) => ({
      alert,
      group: keyed(group, keys),
      fires: fires === 'now',
    })),
  };
}

function values({ before, after, difference }: Pick<MovedGroup, 'before' | 'after' | 'difference'>) {
  return { before, after, difference: difference.absolute, relative: difference.relative, same: difference.isSame };
}

function keyed(group: MovedGroup['group'], keys: MovedGroups['keys']) {
  return Object.fromEntries(keys.map(({ name }, index) => [name, group[index] ?? null] as const));
}
