/** A small warehouse that is as declared, and faults planted in it one by one, each with what must be said of it: worked out by hand. */

export type Rows = readonly (readonly (string | null)[])[];

/** Without `from`, which differs by engine. */
export const model = (from: (table: string) => string) => `version: 1
name: planted
tables:
  deals:
    from: ${from('deals')}
    key: deal_id
    time: closed_on
    columns:
      deal_id: string
      line: integer
      rep_id: string
      stage: { type: string, values: [open, won, lost] }
      amount: decimal
      closed_on: date
      is_won: { formula: stage = 'won' }
    joins:
      rep: { to: reps, on: rep_id }
      terms: { to: contracts, on: rep_id, as_of: closed_on }
  lines:
    from: ${from('lines')}
    key: [deal_id, line]
    columns: { deal_id: string, line: integer }
    joins: { deal: { to: deals, on: deal_id } }
  reps:
    from: ${from('reps')}
    key: rep_id
    columns: { rep_id: string, name: string }
  contracts:
    from: ${from('contracts')}
    key: rep_id
    valid: { from: valid_from, until: valid_until }
    columns: { rep_id: string, valid_from: date, valid_until: date }
metrics: { deal_count: { formula: count(deals) } }
`;

export interface Relation {
  readonly columns: readonly string[];
  readonly rows: Rows;
}

export const sound: Readonly<Record<string, Relation>> = {
  deals: {
    columns: ['deal_id text', 'line integer', 'rep_id text', 'stage text', 'amount numeric(12,2)', 'closed_on date'],
    rows: [
      ['a', '1', 'r1', 'won', '10', '2026-01-10'],
      ['b', '1', 'r2', 'lost', '20', '2026-02-10'],
      ['c', '1', null, null, null, null],
      ['d', '2', 'r1', 'open', '30', '2026-03-31'],
    ],
  },
  lines: {
    columns: ['deal_id text', 'line integer'],
    rows: [
      ['a', '1'],
      ['a', '2'],
      ['b', '1'],
    ],
  },
  reps: {
    columns: ['rep_id text', 'name text'],
    rows: [
      ['r1', 'Ana'],
      ['r2', 'Ben'],
      ['r3', 'Cleo'],
    ],
  },
  contracts: {
    columns: ['rep_id text', 'valid_from date', 'valid_until date'],
    rows: [
      ['r1', '2026-01-01', '2026-02-01'],
      // Valid on no day, so that nothing overlaps it.
      ['r1', '2026-02-01', '2026-02-01'],
      ['r1', '2026-02-01', null],
      ['r2', '2025-01-01', '2026-12-31'],
      // And neither is this one, in the middle of another.
      ['r2', '2026-06-01', '2026-05-01'],
    ],
  },
};

export interface Planted {
  readonly what: string;
  /** Rows that are added, by table. */
  readonly added: Readonly<Record<string, Rows>>;
  /** `code path: message`, in their order. */
  readonly found: readonly string[];
}

export const planted: readonly Planted[] = [
  { what: 'nothing', added: {}, found: [] },
  {
    what: 'a key that two rows have, and one that three have: joins that lead there are named, and no row is lost by them',
    added: {
      reps: [
        ['r1', 'Ann'],
        ['r3', 'Cleo'],
        ['r3', 'Clea'],
      ],
    },
    found: ['M9040 tables.reps.key: `rep_id` is the key of `reps`, and 2 values of it stand in 5 rows: `r1`, `r3`'],
  },
  {
    what: 'more keys than are shown',
    added: {
      reps: ['r4', 'r5', 'r6', 'r7'].flatMap(id => [
        [id, 'x'],
        [id, 'y'],
      ]),
    },
    found: [
      'M9040 tables.reps.key: `rep_id` is the key of `reps`, and 4 values of it stand in 8 rows: `r4`, `r5`, `r6` ...',
    ],
  },
  {
    what: 'a key of two columns: the same deal may have several lines, and not the same one twice',
    added: {
      lines: [
        ['b', '2'],
        ['b', '1'],
      ],
    },
    found: [
      'M9040 tables.lines.key: [deal_id, line] is the key of `lines`, and 1 value of it stands in 2 rows: `b, 1`',
    ],
  },
  {
    what: 'rows without a key, which are no duplicates of each other',
    added: {
      lines: [
        ['b', null],
        ['b', null],
        [null, '7'],
      ],
    },
    found: ['M9041 tables.lines.key: 3 of 6 rows of `lines` have no [deal_id, line]'],
  },
  {
    what: 'values that are not declared; nothing is a value',
    added: {
      deals: [
        ['e', '1', 'r1', 'Won', '1', '2026-01-10'],
        ['f', '1', 'r1', 'stuck', '1', '2026-01-10'],
        ['g', '1', 'r1', 'Won', '1', '2026-01-10'],
      ],
    },
    found: [
      'M9043 tables.deals.columns.stage.values: 3 rows of `deals` have a `stage` that is not among its `values`: `Won` (2 times), `stuck`',
    ],
  },
  {
    what: 'rows that point to nobody, by a join and by versions of one; rows that point nowhere do not count',
    added: {
      deals: [
        ['e', '1', 'r9', 'won', '1', '2026-01-10'],
        ['f', '1', 'r8', 'won', '1', null],
      ],
    },
    found: [
      'M9042 tables.deals.joins.rep: 2 of 6 rows of `deals` point by `rep` to no row of `reps`: `r8`, `r9`',
      'M9042 tables.deals.joins.terms: 2 of 6 rows of `deals` point by `terms` to no row of `contracts` that is valid then: `r8`, `r9`',
    ],
  },
  {
    what: 'a day on which no version is valid: the last day is the first on which it is not',
    added: { deals: [['e', '1', 'r2', 'won', '1', '2026-12-31']] },
    found: [
      'M9042 tables.deals.joins.terms: 1 of 5 rows of `deals` points by `terms` to no row of `contracts` that is valid then: `r2`',
    ],
  },
  {
    what: 'versions that overlap: one within another, one that begins with another, one before an open end',
    added: {
      contracts: [
        ['r2', '2025-06-01', '2025-07-01'],
        ['r3', '2026-01-01', null],
        ['r3', '2026-01-01', '2026-01-02'],
        ['r1', '2026-08-01', '2026-09-01'],
      ],
    },
    found: [
      'M9044 tables.contracts.valid: 3 versions of rows of `contracts` begin before the one before has ended: `r1`, `r2`, `r3`',
    ],
  },
];
