/** An answer as a Parquet file, with what JSON says of it in the file's own metadata. */
import type { Answer } from './answer.ts';
import type { Limits } from './engine.ts';

/** DuckDB is loaded for it: it writes the file, whatever engine has answered. */
export async function parquetAnswer({ columns, rows, meta }: Answer, limits: Limits): Promise<Uint8Array> {
  const { parquetFile } = await import('./engines/duckdb/parquet.ts');
  // Without the time that it took: the same answer is the same file.
  const { sql_ms: _, ...said } = meta;
  return parquetFile({ columns, rows, metadata: { sextant: JSON.stringify({ columns, meta: said }) } }, limits);
}
