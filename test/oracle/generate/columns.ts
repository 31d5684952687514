/** The columns that random expressions read, by table and kind, over joins too. */
import type { TableName } from './rows.ts';

export interface Readable {
  readonly numbers: readonly string[];
  readonly texts: readonly string[];
  /** Dates and timestamps. */
  readonly moments: readonly string[];
  readonly flags: readonly string[];
}

export type ReadableTables = Readonly<Record<TableName, Readable>>;

/** What stands in the rows, and what is computed from one of them. */
export const plainColumns: ReadableTables = {
  teams: { numbers: ['team_id'], texts: ['title'], moments: [], flags: [] },
  reps: {
    numbers: ['level'],
    texts: ['name', 'region', 'called', 'team.title', 'manager.name'],
    moments: [],
    flags: [],
  },
  accounts: { numbers: ['size'], texts: ['segment'], moments: [], flags: [] },
  deals: {
    numbers: ['amount', 'quantity', 'value', 'rep.level', 'account.size'],
    texts: ['stage', 'rep.region', 'rep.name', 'account.segment', 'band', 'rep', 'rep.team.title', 'rep.called'],
    moments: ['created_on', 'closed_on', 'touched_at', 'touched_on', 'known_on'],
    flags: ['is_won', 'rep.is_active', 'rep.is_senior'],
  },
  calls: {
    numbers: ['minutes', 'rep.level'],
    texts: ['kind', 'rep.region', 'account.segment', 'account'],
    moments: ['called_at'],
    flags: [],
  },
  quotas: { numbers: ['quota', 'rep.level'], texts: ['rep.region', 'rep.name'], moments: ['month'], flags: [] },
};

/** Roll-up columns, which have the same names in every world; their formulas differ. */
export const rolledUp = {
  teams: { numbers: ['worth', 'size'], texts: [], moments: ['last_on'], flags: [] },
  reps: {
    numbers: ['worth', 'busy'],
    texts: ['said', 'worth_band'],
    moments: ['first_on', 'last_on'],
    flags: ['is_met'],
  },
  accounts: { numbers: ['worth'], texts: ['worth_band'], moments: ['last_on'], flags: [] },
} as const satisfies Readonly<Record<string, Readable>>;

const nothing: Readable = { numbers: [], texts: [], moments: [], flags: [] };

function behind(join: string, { numbers, texts, moments, flags }: Readable): Readable {
  const prefixed = (names: readonly string[]) => names.map(name => `${join}.${name}`);
  return { numbers: prefixed(numbers), texts: prefixed(texts), moments: prefixed(moments), flags: prefixed(flags) };
}

function together(all: readonly Readable[]): Readable {
  return {
    numbers: all.flatMap(each => each.numbers),
    texts: all.flatMap(each => each.texts),
    moments: all.flatMap(each => each.moments),
    flags: all.flatMap(each => each.flags),
  };
}

const ofRep = behind('rep', rolledUp.reps);
const ofAccount = behind('account', rolledUp.accounts);
/** What is taken from the row before, and from the rates. */
const fromElsewhere = {
  deals: { numbers: ['before'], texts: ['was'], moments: ['day_before'], flags: ['was_won', 'is_rich'] },
  calls: { ...nothing, numbers: ['before'] },
  quotas: { ...nothing, numbers: ['before'] },
};
const rollUpsOf: ReadableTables = {
  teams: rolledUp.teams,
  reps: together([rolledUp.reps, behind('team', rolledUp.teams)]),
  accounts: rolledUp.accounts,
  deals: together([ofRep, ofAccount, behind('rep.team', { ...nothing, numbers: ['worth'] })]),
  calls: together([ofRep, ofAccount]),
  quotas: ofRep,
};

/** With the roll-ups of the table, and of those that it joins to. */
export const allColumns: ReadableTables = {
  teams: together([plainColumns.teams, rollUpsOf.teams]),
  reps: together([plainColumns.reps, rollUpsOf.reps]),
  accounts: together([plainColumns.accounts, rollUpsOf.accounts]),
  deals: together([plainColumns.deals, rollUpsOf.deals, fromElsewhere.deals]),
  calls: together([plainColumns.calls, rollUpsOf.calls, fromElsewhere.calls]),
  quotas: together([plainColumns.quotas, rollUpsOf.quotas, fromElsewhere.quotas]),
};
