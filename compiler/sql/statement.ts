/** What is sent to an engine: the text, what travels beside it, and what comes back. Plain data. */
import type { OutputColumn, Plan } from '../plan/index.ts';
import type { SqlParameter } from './document.ts';

export interface Statement {
  readonly kind: 'statement';
  readonly dialect: string;
  readonly sql: string;
  /** In the order of their numbers. */
  readonly parameters: readonly SqlParameter[];
  readonly columns: readonly OutputColumn[];
  /** Tables and columns of the model that are read. */
  readonly reads: Plan['reads'];
}
