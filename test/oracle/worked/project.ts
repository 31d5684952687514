/** Projects of the worked examples: deals of two reps who close them and one who does not, their quotas, calls and snapshots. */

export interface Given {
  /** More of `metrics.yaml`, below the name of the project. */
  readonly settings?: string;
  /** Where they are others than those below. */
  readonly tables?: Readonly<Record<string, GivenTable>>;
  readonly metrics: Readonly<Record<string, string | { readonly formula: string; readonly empty: 'zero' | 'null' }>>;
  /** Rows by table: the names of the columns, then a line for each row, apart at `|`; an empty cell is null. */
  readonly rows: Readonly<Record<string, string>>;
  readonly now: string;
}

export interface GivenTable {
  /** Types, or longer declarations: those that have a `type` are stored. */
  readonly columns: Readonly<Record<string, string | Readonly<Record<string, unknown>>>>;
  readonly [part: string]: unknown;
}

export interface Example {
  readonly name: string;
  readonly query: {
    readonly metrics: readonly string[];
    readonly by?: readonly string[];
    readonly period?: string;
    readonly where?: string;
    readonly having?: string;
    readonly sparse?: boolean;
    readonly complete?: readonly string[];
  };
  /** A line for each row, the keys as they are asked and then the metrics; or the code of the error that the rows raise. */
  readonly expected: string | { readonly error: string };
}

export interface Worked {
  readonly title: string;
  readonly given: Given;
  readonly examples: readonly Example[];
}

export const tables = {
  deals: {
    from: 'deals',
    key: 'deal_id',
    time: 'closed_on',
    columns: {
      deal_id: 'string',
      rep_id: 'string',
      amount: 'decimal',
      stage: 'string',
      created_on: 'date',
      closed_on: 'date',
      touched_at: 'timestamp',
      is_won: { formula: "stage = 'won'" },
      age: { formula: 'as_of - created_on' },
    },
    joins: { rep: { to: 'reps', on: 'rep_id' } },
    lifespans: {
      open: { from: 'created_on', until: 'closed_on' },
      warm: { from: 'touched_at', until: 'closed_on' },
    },
  },
  reps: {
    from: 'reps',
    key: 'rep_id',
    entity: 'rep',
    columns: { rep_id: 'string', name: 'string', region: 'string', hired_on: 'date', left_on: 'date' },
    lifespans: { employed: { from: 'hired_on', until: 'left_on' } },
  },
  quotas: {
    from: 'quotas',
    key: ['rep_id', 'month'],
    time: 'month',
    columns: { rep_id: 'string', month: 'date', quota: 'decimal' },
    joins: { rep: { to: 'reps', on: 'rep_id' } },
  },
  snapshots: {
    from: 'snapshots',
    key: ['rep_id', 'taken_on'],
    time: 'taken_on',
    columns: { rep_id: 'string', taken_on: 'date', balance: 'decimal' },
    joins: { rep: { to: 'reps', on: 'rep_id' } },
  },
};

export const reps = `
rep_id | name | region | hired_on   | left_on
r1     | Ann  | north  | 2025-01-01 |
r2     | Bob  | south  | 2025-01-01 | 2026-02-15
r3     | Cid  | south  | 2026-02-01 |`;

/** The deals of the language's own worked examples. */
export const deals = `
deal_id | rep_id | amount | stage | created_on | closed_on
a       | r1     | 100    | won   | 2026-01-10 | 2026-02-03
b       | r1     | 10     | lost  | 2026-01-15 | 2026-02-10
c       | r2     | 50     | open  | 2026-01-20 |
d       | r2     | 30     | won   | 2026-03-01 | 2026-03-02`;
