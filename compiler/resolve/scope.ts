/** What resolving looks names up in: the declared tables, their columns typed on demand, and the project's settings. */
import type { Report } from '../diagnostics/index.ts';
import type { Column, Join, Lifespan, Model, RowExpression, Settings } from '../model.ts';
import { own } from '../record.ts';
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
  /** Null where it is broken, which has been reported; undefined where there is none of that name. */
  readonly lifespan: (table: string, name: string) => Lifespan | null | undefined;
  readonly lifespanNames: (table: string) => readonly string[];
  /** When the rows of a slowly changing table are valid; null for other tables, and where it is broken. */
  readonly valid: (table: string) => Lifespan | null;
  readonly isMetric: (name: string) => boolean;
}

/** A scope over a Model that has been resolved already. */
export function modelScope(model: Model, report: Report): Scope {
  return {
    settings: model.settings,
    graph: model.tables,
    report,
    column: (table, name) => own(own(model.tables, table)?.columns ?? {}, name) ?? null,
    join: (table, name) => own(own(model.tables, table)?.joins ?? {}, name) ?? null,
    axis: table => own(model.tables, table)?.time ?? null,
    lifespan: (table, name) => own(own(model.tables, table)?.lifespans ?? {}, name),
    lifespanNames: table => Object.keys(own(model.tables, table)?.lifespans ?? {}),
    valid: table => own(model.tables, table)?.valid ?? null,
    isMetric: name => own(model.metrics, name) !== undefined,
  };
}
