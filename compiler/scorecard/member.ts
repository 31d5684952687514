/** Roles of one person: a rule in, whether whoever asks is the one row that it leaves, and what that row is called. */
import type { Model, Role, RowExpression } from '../model.ts';
import { own } from '../record.ts';
import { bindQuery, membersIn, type Now, type Query } from '../resolve/index.ts';

/** Whether the groups that a role asks for are itself alone: the one member whom its rule leaves. */
export function isByItself(query: Query, model: Model, now: Now): boolean {
  const role = own(model.roles, query.as ?? '');
  if (role === undefined || role.sees === 'all' || !isOfOneMember(role, model)) return false;
  const { byTable } = role.sees;
  const dimensions = bindQuery(model, query, now).query?.dimensions ?? [];
  return (
    dimensions.length > 0 &&
    dimensions.every(dimension =>
      Object.entries(dimension.byTable).every(([table, value]) => {
        const rule = own(byTable, table);
        const members = rule === undefined ? [] : membersIn(rule);
        return members.some(member => JSON.stringify(member) === JSON.stringify(value));
      }),
    )
  );
}

/** Whether the rule leaves one row of some table: that of the person who asks. */
export function isOfOneMember({ sees }: Role, model: Model): boolean {
  if (sees === 'all') return false;
  return Object.entries(sees.byTable).some(([name, rule]) => {
    const key = own(model.tables, name)?.key ?? [];
    return conjuncts(rule).some(part => {
      const column = columnOfUser(part);
      return column !== null && isKey([column], key);
    });
  });
}

export function isKey(columns: readonly string[], key: readonly string[]): boolean {
  return key.length === columns.length && columns.every(column => key.includes(column));
}

function conjuncts(rule: RowExpression): readonly RowExpression[] {
  return rule.kind === 'call' && rule.function === 'and' ? rule.arguments.flatMap(conjuncts) : [rule];
}

/** The column of the row itself that is held against an attribute of the user. */
function columnOfUser(condition: RowExpression): string | null {
  if (condition.kind !== 'call' || condition.function !== 'equal') return null;
  const [left, right] = condition.arguments;
  const column = left?.kind === 'column' ? left : right;
  const isOfUser = left?.kind === 'attribute' || right?.kind === 'attribute';
  return isOfUser && column?.kind === 'column' && column.joins.length === 0 ? column.column : null;
}
