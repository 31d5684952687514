/** What passes between the long run and its workers. */
import type { Counts } from '../campaign.ts';
import type { Form } from '../generate/written.ts';

export const engineNames = ['duckdb', 'postgres'] as const;
export type EngineName = (typeof engineNames)[number];

export interface Task {
  readonly engine: EngineName;
  readonly seed: number;
  readonly worlds: number;
  readonly forms: readonly Form[];
}

export interface Done {
  readonly answered: number;
  readonly refused: number;
  readonly questions: Counts;
  readonly failures: readonly { readonly seed: number; readonly text: string }[];
  /** Whether an engine hangs in the worker, which can do no more. */
  readonly isLast: boolean;
}
