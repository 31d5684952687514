/** The two traps of scorecards: a person who finds nothing of himself in his, and one who sees many and is shown single rows. */
import { type Diagnostic, tooMacro, tooMicro } from '../diagnostics/index.ts';
import { spanOf } from '../document/index.ts';
import type { Destination, Model, Role, Scorecard, ScorecardItem } from '../model.ts';
import { own } from '../record.ts';
import { bindQuery, type Now } from '../resolve/index.ts';
import { isKey, isOfOneMember } from './member.ts';
import { questionsOf } from './question.ts';

/** Of a scorecard without errors. */
export function lintScorecard(scorecard: Scorecard, model: Model, now: Now): readonly Diagnostic[] {
  const role = own(model.roles, scorecard.role);
  if (role === undefined) return [];
  const items = scorecard.sections.flatMap(section => section.items);
  if (isOfOneMember(role, model)) return macro(scorecard, role, items, model);
  return items.flatMap(item => micro(item, role, model, now));
}

/** Every item is one total, over tables that the role reads whole. */
function macro({ at }: Scorecard, role: Role, items: readonly ScorecardItem[], model: Model): readonly Diagnostic[] {
  const tables = items.map(({ metric }) => own(model.metrics, metric.text)?.tables ?? []);
  const areWhole = tables.every(each => each.every(table => role.unrestricted.includes(table)));
  if (items.length === 0 || !areWhole || items.some(({ by }) => by.length > 0)) return [];
  const all = [...new Set(tables.flat())].sort();
  return [tooMacro(at, { role: role.name, tables: all }, { path: `roles.${role.name}.scorecard` })];
}

/** An item by the key of what happens, such as single deals; the members of a table without a time, such as reps, are no such rows. */
function micro(item: ScorecardItem, role: Role, model: Model, now: Now): readonly Diagnostic[] {
  if (item.top !== null || item.bottom !== null) return [];
  const { groups } = questionsOf(item, {}, model, now);
  return groups.flatMap(({ query }) => {
    const dimensions = bindQuery(model, query, now).query?.dimensions ?? [];
    return item.by.flatMap(text => {
      const dimension = dimensions.find(each => each.name === text.text.trim());
      const table = Object.entries(dimension?.destinations ?? {}).find(([table, to]) => isKeyOf(table, to, model))?.[0];
      return table === undefined
        ? []
        : [tooMicro(spanOf(item.file, text.at), { role: role.name, table }, { path: item.path })];
    });
  });
}

function isKeyOf(name: string, to: Destination, model: Model): boolean {
  const table = own(model.tables, name);
  if (table === undefined || table.time === null) return false;
  if (to.kind === 'key') return to.table === name;
  return to.kind === 'column' && to.joins.length === 0 && to.table === name && isKey([to.column], table.key);
}
