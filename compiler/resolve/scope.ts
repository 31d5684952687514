/** What resolving looks names up in: the declared tables, their columns typed on demand, and the project's settings. */
import type { Report } from '../diagnostics/index.ts';
import type { Column, Join, RowExpression, Settings } from '../model.ts';
import type { TableGraph } from './paths.ts';

export interface Scope {
  readonly settings: Settings;
  readonly graph: TableGraph;
  readonly report: Report;
  /** A column with its type; null where it goes in a circle or is broken, which has been reported. */
  readonly column: (table: string, name: string) => Column | null;
  /** A join with its columns bound; null where it cannot be used, which has been reported. */
  readonly join: (table: string, name: string) => Join | null;
  /** The table's own time axis, or null where it has none. */
  readonly axis: (table: string) => RowExpression | null;
  readonly isMetric: (name: string) => boolean;
}
