/** Texts and names in quotes, in SQL that is written for DuckDB here. */

export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

export function name(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}
