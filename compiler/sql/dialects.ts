/** The dialects that there are. */
import type { Dialect } from './dialect.ts';
import { duckdb } from './duckdb.ts';
import { postgres } from './postgres.ts';

const dialects = { duckdb, postgres } as const satisfies Readonly<Record<string, Dialect>>;

export type DialectName = keyof typeof dialects;

export const dialectNames: readonly string[] = Object.keys(dialects);

/** The dialect of a name, or null where there is none of it yet. */
export function dialectNamed(name: string): Dialect | null {
  return Object.values(dialects).find(dialect => dialect.name === name) ?? null;
}
