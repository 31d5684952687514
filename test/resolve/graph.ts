/**
 * Small graphs of tables from lines such as `deals: *id rep_id source~lead_source | rep -> reps: rep_id`.
 * `*` marks a column of the key, `~` its shared dimension, `@rep` the table's entity; a join names the column here, or
 * pairs `here=there`, with `?` for a computed column.
 */
import type { GraphTable, PathSearch, TableGraph } from '../../compiler/resolve/paths.ts';

export function graphOf(text: string): TableGraph {
  const lines = text.split('\n').flatMap(line => (line.trim() === '' ? [] : [line.trim()]));
  const heads = lines.map(headOf);
  return Object.fromEntries(
    lines.map((line, index): [string, GraphTable] => {
      const head = heads[index] ?? headOf(line);
      const joins = line.split('|').slice(1);
      const keyOf = (table: string) => heads.find(({ name }) => name === table)?.key[0] ?? '';
      return [head.name, { ...head, joins: Object.fromEntries(joins.map(join => joinOf(join, keyOf))) }];
    }),
  );
}

function headOf(line: string) {
  const [, name = '', words = ''] = /^(\w+):([^|]*)/.exec(line) ?? [];
  const all = words
    .trim()
    .split(/\s+/)
    .filter(word => word !== '');
  const written = all.filter(word => !word.startsWith('@'));
  const columns = written.map((word): [string, { dimension: string | null }] => {
    const [column = '', dimension = null] = word.replace('*', '').split('~');
    return [column, { dimension }];
  });
  return {
    name,
    entity: all.find(word => word.startsWith('@'))?.slice(1) ?? null,
    key: written.flatMap(word => (word.startsWith('*') ? [word.slice(1).split('~')[0] ?? ''] : [])),
    columns: Object.fromEntries(columns),
  };
}

function joinOf(text: string, keyOf: (table: string) => string): [string, GraphTable['joins'][string]] {
  const [, name = '', to = '', pairs = ''] = /^\s*(\w+)\s*->\s*(\w+):\s*(.+?)\s*$/.exec(text) ?? [];
  if (name === '') throw new Error(`${text} is not a join`);
  const on = pairs.split(/\s+/).map(pair => {
    const [here = '', there = keyOf(to)] = pair.split('=');
    return { stored: here === '?' ? null : here, there };
  });
  return [name, { to, on }];
}

/**
 * A search in short: the joins, then the column and its table: `account owner: reps.region`; a join that stands for its
 * key: `account: accounts-owner`; a table's own key: `key of reps`; where it fails, the word and table; or the paths.
 */
export function searchWords(search: PathSearch): string {
  switch (search.kind) {
    case 'missing':
      return `no ${search.word} in ${search.table}`;
    case 'ambiguous':
      return `either ${search.paths.join(', ')}`;
    case 'found': {
      const { destination } = search;
      if (destination.kind === 'key') return `key of ${destination.table}`;
      const joins = destination.joins.length === 0 ? '' : `${destination.joins.join(' ')}: `;
      return destination.kind === 'column'
        ? `${joins}${destination.table}.${destination.column}`
        : `${joins}${destination.table}-${destination.join}`;
    }
  }
}
