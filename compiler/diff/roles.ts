/** Roles of two sides: who sees other rows, and for whom names are gone. */
import type { Hidden, Role, RowRule } from '../model.ts';
import { own } from '../record.ts';
import { documentation, type Found, found, type Pair } from './change.ts';
import { listed } from './metrics.ts';

export function roleChanges(pair: Pair): readonly Found[] {
  const { before, after } = pair;
  const changes = Object.values(before.model.roles).flatMap((role): readonly Found[] => {
    const subject = `roles.${role.name}`;
    const same = own(after.model.roles, role.name);
    if (same === undefined) return [found('client', subject, after.declared.has(subject) ? 'is broken' : 'is gone')];
    return between(role, same, pair);
  });
  const added = Object.values(after.model.roles).filter(({ name }) => own(before.model.roles, name) === undefined);
  return [
    ...changes,
    ...added.map(role => found('new', `roles.${role.name}`, 'is new', { after: ruleText(role.sees) })),
  ];
}

function between(role: Role, other: Role, pair: Pair): readonly Found[] {
  const subject = `roles.${role.name}`;
  const rule = (what: string, [old, now]: readonly [Role['sees'] | null, Role['sees'] | null]): readonly Found[] => {
    const texts = { before: ruleText(old), after: ruleText(now) };
    if (!isSame(old, now, pair)) return [found('value', subject, `${what} ${direction(old, now)}`, texts)];
    return texts.before === texts.after
      ? []
      : [found('equal', subject, `${what} the same rows, written otherwise`, texts)];
  };
  const [gone, shown] = [newIn(other.hides, role.hides), newIn(role.hides, other.hides)];
  const tables = {
    before: role.unrestricted.map(name => pair.renamed.tables.get(name) ?? name).join(', '),
    after: other.unrestricted.join(', '),
  };
  return [
    ...rule('sees', [role.sees, other.sees]),
    ...rule('is held beside', [role.benchmark, other.benchmark]),
    ...(tables.before === tables.after ? [] : [found('value', subject, 'reads other tables whole', tables)]),
    ...(gone.length === 0 ? [] : [found('client', subject, `does not know ${listed(gone)} any more`)]),
    ...(shown.length === 0 ? [] : [found('new', subject, `knows ${listed(shown)} now, which was hidden from it`)]),
    ...documentation(subject, role, other, ['label', 'description', 'covers']),
  ];
}

function newIn(hides: Hidden, before: Hidden): readonly string[] {
  const names = ({ metrics, columns, joins, entities }: Hidden) => [...metrics, ...columns, ...joins, ...entities];
  const known = new Set(names(before));
  return [...new Set(names(hides))].filter(name => !known.has(name));
}

function ruleText(rule: Role['sees'] | null): string {
  if (rule === null) return 'nothing';
  return rule === 'all' ? 'all' : rule.text.trim();
}

/** Whether both decide alike on every table that both sides have; one that is new changes nothing for the others. */
function isSame(old: Role['sees'] | null, now: Role['sees'] | null, { before, after }: Pair): boolean {
  if (old === null || now === null || old === 'all' || now === 'all') return old === now;
  const [was, is] = [before.rule(old), after.rule(now)];
  return [...was].every(([table, rule]) => (is.get(table) ?? rule) === rule);
}

/** Only what is certain: a condition more shows fewer rows, one fewer shows more. */
function direction(old: Role['sees'] | null, now: Role['sees'] | null): string {
  if (now === null) return 'no other rows any more';
  if (old === null || (now === 'all' && old !== 'all')) return 'more rows';
  if (old === 'all') return 'fewer rows';
  if (now === 'all') return 'more rows';
  // Written as before, it decides otherwise because of something beneath it.
  if (old.text === now.text) return 'other rows';
  const [before, after] = [conditions(old), conditions(now)];
  if ([...before].every(each => after.has(each))) return 'fewer rows';
  return [...after].every(each => before.has(each)) ? 'more rows' : 'other rows';
}

/** The conditions of a rule that all must hold, where it has no other form. */
function conditions({ text }: RowRule): ReadonlySet<string> {
  return new Set(
    /\b(?:or|not|case|if|between)\b/i.test(text) ? [text.trim()] : text.split(/\band\b/i).map(each => each.trim()),
  );
}
