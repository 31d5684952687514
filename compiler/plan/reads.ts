/** What a plan reads of the warehouse, so that it can be held against what is there. */
import type { Plan } from './plan.ts';

/** Stored columns that a plan reads, by table. */
export class Reads {
  private readonly columns = new Map<string, Set<string>>();

  add(table: string, column: string | null): void {
    const known = this.columns.get(table) ?? new Set();
    if (column !== null) known.add(column);
    this.columns.set(table, known);
  }

  get all(): Plan['reads'] {
    const tables = [...this.columns].sort(([a], [b]) => (a < b ? -1 : 1));
    return tables.map(([table, columns]) => ({ table, columns: [...columns].sort() }));
  }
}
