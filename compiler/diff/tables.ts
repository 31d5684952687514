/** Tables of two sides: what reads other rows, what groups otherwise, and which names of columns and joins are gone. */
import { columnText, joinText, tableText } from '../lineage.ts';
import type { Column, Join, Model, Table } from '../model.ts';
import { own } from '../record.ts';
import { isKeptTable, unitText } from '../resolve/index.ts';
import { documentation, type Found, found, type Pair, type Reading } from './change.ts';

export function tableChanges(pair: Pair): readonly Found[] {
  const { before, after, renamed } = pair;
  const names = new Set(renamed.tables.values());
  const changes = declared(before.model).flatMap(table => {
    const subject = `tables.${table.name}`;
    const same = own(after.model.tables, table.name);
    if (same !== undefined) return between(table, same, pair);
    const other = own(after.model.tables, renamed.tables.get(table.name) ?? '');
    if (other !== undefined)
      return [found('equal', subject, `is called \`${other.name}\` now`), ...between(table, other, pair)];
    return [
      found('client', subject, after.declared.has(subject) ? 'is broken' : 'is gone', { before: tableText(table) }),
    ];
  });
  const added = declared(after.model).filter(({ name }) => {
    return own(before.model.tables, name) === undefined && !names.has(name);
  });
  return [
    ...changes,
    ...added.map(table => found('new', `tables.${table.name}`, 'is new', { after: tableText(table) })),
  ];
}

/** Tables that read the same by the same key, under another name. */
export function renamedTables(before: Reading, after: Reading): ReadonlyMap<string, string> {
  const added = declared(after.model).filter(({ name }) => own(before.model.tables, name) === undefined);
  const renamed = new Map<string, string>();
  for (const table of declared(before.model)) {
    if (own(after.model.tables, table.name) !== undefined || after.declared.has(`tables.${table.name}`)) continue;
    const taken = new Set(renamed.values());
    const same = added.find(each => !taken.has(each.name) && tableText(each) === tableText(table));
    if (same !== undefined) renamed.set(table.name, same.name);
  }
  return renamed;
}

function declared({ tables }: Model): readonly Table[] {
  return Object.values(tables).filter(({ name }) => !isKeptTable(name));
}

function between(table: Table, other: Table, pair: Pair): readonly Found[] {
  const subject = `tables.${table.name}`;
  const [before, after] = [tableText(table), tableText(other)];
  return [
    ...(before === after ? [] : [found('value', subject, 'reads other rows, or by another time', { before, after })]),
    ...(table.entity === null || table.entity === other.entity
      ? []
      : [found('client', subject, `is not called \`${table.entity}\` as a dimension any more`)]),
    ...documentation(subject, table, other, ['label', 'description', 'owner']),
    ...columnChanges(table, other, pair),
    ...joinChanges(table, other, pair.renamed.tables),
  ];
}

function columnChanges(table: Table, other: Table, { before, after }: Pair): readonly Found[] {
  const added = Object.values(other.columns).filter(({ name }) => own(table.columns, name) === undefined);
  const taken = new Set<string>();
  const changes = Object.values(table.columns).flatMap(column => {
    const subject = `tables.${table.name}.columns.${column.name}`;
    const meaning = before.column(table.name, column.name);
    const same = own(other.columns, column.name);
    if (same !== undefined) {
      return columnChange(subject, column, same, [meaning, after.column(other.name, column.name)]);
    }
    const renamed = added.find(each => !taken.has(each.name) && after.column(other.name, each.name) === meaning);
    if (renamed !== undefined) taken.add(renamed.name);
    if (column.isPrivate) return [];
    return [
      renamed === undefined
        ? found('client', subject, 'is gone', { before: columnText(column) })
        : found('client', subject, `is called \`${renamed.name}\` now, and is the same`),
    ];
  });
  const others = added.filter(({ name, isPrivate }) => !taken.has(name) && !isPrivate);
  return [
    ...changes,
    ...others.map(column =>
      found('new', `tables.${table.name}.columns.${column.name}`, 'is new', { after: columnText(column) }),
    ),
  ];
}

function columnChange(
  subject: string,
  column: Column,
  other: Column,
  [meaning, meaningNow]: readonly [string, string],
): readonly Found[] {
  const texts = { before: columnText(column), after: columnText(other) };
  const documents = documentation(subject, column, other, ['label', 'description']);
  const value =
    meaning === meaningNow
      ? texts.before === texts.after
        ? []
        : [found('equal', subject, 'is written otherwise, and is the same', texts)]
      : [found('value', subject, 'is computed or read otherwise', texts)];
  if (column.isPrivate) return [...value, ...documents];
  const gone = (column.values ?? []).filter(text => other.values !== null && !other.values.includes(text));
  const isNarrowed = column.values === null && other.values !== null;
  const units = [unitText(column.unit), unitText(other.unit)];
  return [
    ...value,
    ...(other.isPrivate ? [found('client', subject, 'is private now: it cannot be asked by')] : []),
    ...(column.type === other.type
      ? []
      : [found('client', subject, 'has another type', { before: column.type, after: other.type })]),
    ...(units[0] === units[1]
      ? []
      : [found('client', subject, 'has another unit', { before: units[0] ?? null, after: units[1] ?? null })]),
    ...(column.dimension === null || column.dimension === other.dimension
      ? []
      : [found('client', subject, `is not the shared dimension \`${column.dimension}\` any more`)]),
    ...(gone.length === 0 ? [] : [found('client', subject, `does not declare ${gone.join(', ')} any more`)]),
    ...(isNarrowed ? [found('client', subject, 'declares all its values now')] : []),
    ...documents,
  ];
}

function joinChanges(table: Table, other: Table, renamed: ReadonlyMap<string, string>): readonly Found[] {
  const added = Object.values(other.joins).filter(({ name }) => own(table.joins, name) === undefined);
  const taken = new Set<string>();
  const changes = Object.values(table.joins).flatMap(old => {
    const join = { ...old, to: renamed.get(old.to) ?? old.to };
    const subject = `tables.${table.name}.joins.${join.name}`;
    const texts = (same: Join) => ({ before: joinText(join), after: joinText(same) });
    const same = own(other.joins, join.name);
    if (same !== undefined)
      return joinText(join) === joinText(same) ? [] : [found('value', subject, 'leads to other rows', texts(same))];
    const alike = added.find(each => !taken.has(each.name) && joinText(each) === joinText(join));
    if (alike === undefined)
      return [found('client', subject, 'is gone, and the paths over it', { before: joinText(join) })];
    taken.add(alike.name);
    return [found('client', subject, `is called \`${alike.name}\` now, and leads to the same rows`)];
  });
  const others = added.filter(({ name }) => !taken.has(name));
  return [
    ...changes,
    ...others.map(join => found('new', `tables.${table.name}.joins.${join.name}`, 'is new', { after: joinText(join) })),
  ];
}
