/** DuckDB's relations as they are: their columns, and which type of the language each can serve as. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Dialect, ExpressionType, StoredSource } from '../../../compiler/index.ts';
import type { PhysicalRelation, Serves } from '../schema.ts';
import { firstLine, plainWords, refusalWords } from './words.ts';

/** The columns of a relation, or the engine's words when there is no such relation. */
export async function describeRelation(
  connection: DuckDBConnection,
  source: StoredSource,
  dialect: Pick<Dialect, 'identifier'>,
): Promise<PhysicalRelation> {
  const from =
    source.kind === 'relation'
      ? source.path.map(part => dialect.identifier(part)).join('.')
      : source.kind === 'sql'
        ? `(\n${source.text}\n) as source`
        : dialect.identifier(source.relation);
  const shown =
    source.kind === 'relation' ? source.path.join('.') : source.kind === 'sql' ? 'the `sql:` source' : source.path;
  try {
    const result = await connection.run(`select * from ${from} limit 0`);
    const types = result.columnTypes().map(String);
    return {
      kind: 'found',
      name: shown,
      columns: result.columnNames().map((name, index) => ({ name, type: types[index] ?? '' })),
    };
  } catch (error) {
    if (source.kind === 'sql') return { kind: 'refused', ...refusalWords(error, source.text) };
    if (!/^Catalog Error/.test(firstLine(error)))
      return { kind: 'missing', name: shown, detail: plainWords(error), candidates: [] };
    const candidates = await relationNames(connection);
    const isThere = candidates.includes(shown.replace(/^main\./, ''));
    const detail = isThere ? `it is a view that cannot be read: ${plainWords(error)}` : null;
    return { kind: 'missing', name: shown, detail, candidates };
  }
}

async function relationNames(connection: DuckDBConnection): Promise<readonly string[]> {
  const result = await connection.run(
    "select schema_name || '.' || table_name from duckdb_tables() union all select schema_name || '.' || view_name from duckdb_views() where not internal",
  );
  const rows = await result.getRowsJson();
  return rows.flatMap(([name]) => (typeof name === 'string' ? [name.replace(/^main\./, '')] : []));
}

const integers = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/;

/** Whether a stored type can serve as a type of the language: exactly, with less precision, or not at all. */
export function logicalType(declared: ExpressionType, physical: string): Serves {
  const type = physical.toUpperCase();
  switch (declared) {
    case 'string':
      return type === 'VARCHAR' || type === 'UUID' || type.startsWith('ENUM') ? 'fits' : 'differs';
    case 'integer':
      return integers.test(type) ? 'fits' : 'differs';
    case 'decimal':
      if (type.startsWith('DECIMAL') || integers.test(type)) return 'fits';
      return type === 'DOUBLE' || type === 'FLOAT' ? 'inexact' : 'differs';
    case 'float':
      return type === 'DOUBLE' || type === 'FLOAT' || type.startsWith('DECIMAL') || integers.test(type)
        ? 'fits'
        : 'differs';
    case 'boolean':
      return type === 'BOOLEAN' ? 'fits' : 'differs';
    case 'date':
      return type === 'DATE' ? 'fits' : 'differs';
    case 'timestamp':
      return type.startsWith('TIMESTAMP') ? 'fits' : 'differs';
    default:
      return 'differs';
  }
}
