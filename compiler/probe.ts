/** What the warehouse answers to a probe in, what is not as it is declared out: faults first, and with samples of them findings. */
import {
  type Diagnostic,
  keyEmpty,
  keyTwice,
  nothingFound,
  valueUndeclared,
  versionsOverlap,
} from './diagnostics/index.ts';
import { type Document, spanOf, type TableDeclaration, type Word } from './document/index.ts';
import type { Model } from './model.ts';
import { type Check, type Fault, listedColumns, undeclaredName } from './plan/index.ts';
import { own } from './record.ts';
import type { Span } from './source.ts';

/** The one row of a check, by the names of its columns. */
export type Counts = Readonly<Record<string, number>>;

/** A value or key at fault as it is shown, and in how many rows it is. */
export interface Sample {
  readonly text: string;
  readonly rows: number;
}

export function faultsOf(check: Check, counts: Counts, model: Model): readonly Fault[] {
  const { table } = check;
  const has = (name: string) => (own(counts, name) ?? 0) > 0;
  switch (check.kind) {
    case 'table': {
      const declared = own(model.tables, table);
      const listed = declared === undefined ? [] : listedColumns(declared);
      return [
        ...(has('keys_twice') ? [{ kind: 'duplicates' as const, table }] : []),
        ...listed
          .filter(column => has(undeclaredName(column)))
          .map(column => ({ kind: 'undeclared' as const, table, column })),
      ];
    }
    case 'versions':
      return has('overlaps') ? [{ kind: 'overlaps', table }] : [];
    case 'join':
      return has('orphans') ? [{ kind: 'orphans', table, join: check.join }] : [];
  }
}

/** Whether the keys or values at fault may be shown: private columns are shown to nobody. */
export function mayBeShown(fault: Fault, { tables }: Model): boolean {
  const table = own(tables, fault.table);
  if (table === undefined) return false;
  const isPrivate = (name: string) => own(table.columns, name)?.isPrivate === true;
  switch (fault.kind) {
    case 'duplicates':
    case 'overlaps':
      return !table.key.some(isPrivate);
    case 'undeclared':
      return !isPrivate(fault.column);
    case 'orphans': {
      const pairs = own(table.joins, fault.join)?.on ?? [];
      return !pairs.some(({ here, there }) => {
        const [from, to] = [here.kind === 'column' ? own(tables, here.table) : table, own(table.joins, fault.join)?.to];
        const column = here.kind === 'column' ? own(from?.columns ?? {}, here.column) : undefined;
        return column?.isPrivate === true || own(own(tables, to ?? '')?.columns ?? {}, there)?.isPrivate === true;
      });
    }
  }
}

/** `all` is how many rows the table has. */
export function faultFinding(
  fault: Fault,
  { counts, all, samples }: { readonly counts: Counts; readonly all: number; readonly samples: readonly Sample[] },
  model: Model,
  documents: readonly Document[],
): Diagnostic {
  const { table } = fault;
  const declared = declaredTable(table, documents);
  const count = (name: string) => own(counts, name) ?? 0;
  switch (fault.kind) {
    case 'duplicates': {
      const keys = count('keys_twice');
      const said = { table, key: keyText(table, model), keys, rows: count('rows_twice'), joins: joinsTo(table, model) };
      const at = placeOf(declared, declared?.key[0] ?? null, table, model);
      return keyTwice(at, { ...said, samples: listed(samples, keys) }, { path: `tables.${table}.key` });
    }
    case 'undeclared': {
      const rows = count(undeclaredName(fault.column));
      const at = own(own(model.tables, table)?.columns ?? {}, fault.column)?.at ?? null;
      const path = `tables.${table}.columns.${fault.column}.values`;
      return valueUndeclared(at, { table, column: fault.column, rows, samples: counted(samples, rows) }, { path });
    }
    case 'overlaps': {
      const found = count('overlaps');
      const at = placeOf(
        declared,
        declared === null || declared.valid === null ? null : declared.valid.from,
        table,
        model,
      );
      const said = { table, count: found, samples: counted(samples, found) };
      return versionsOverlap(at, said, { path: `tables.${table}.valid` });
    }
    case 'orphans': {
      const join = own(own(model.tables, table)?.joins ?? {}, fault.join);
      const rows = count('orphans');
      const when = join?.version == null || join.version.kind === 'now' ? ('any' as const) : ('dated' as const);
      const said = { table, join: fault.join, to: join?.to ?? '', when, rows, all, samples: counted(samples, rows) };
      return nothingFound(join?.at ?? null, said, { path: `tables.${table}.joins.${fault.join}` });
    }
  }
}

/** Rows without a key have nothing by which they could be shown. */
export function keylessFinding(table: string, counts: Counts, model: Model, documents: readonly Document[]) {
  const rows = own(counts, 'keyless') ?? 0;
  if (rows === 0) return [];
  const declared = declaredTable(table, documents);
  const at = placeOf(declared, declared?.key[0] ?? null, table, model);
  const said = { table, key: keyText(table, model), rows, all: own(counts, 'rows') ?? 0 };
  return [keyEmpty(at, said, { path: `tables.${table}.key` })];
}

function declaredTable(name: string, documents: readonly Document[]): TableDeclaration | null {
  return documents.flatMap(({ tables }) => tables).find(table => table.name.text === name) ?? null;
}

function placeOf(declared: TableDeclaration | null, word: Word | null, table: string, model: Model): Span | null {
  if (declared === null || word === null) return own(model.tables, table)?.at ?? null;
  return spanOf(declared.file, word.at);
}

function keyText(table: string, model: Model): string {
  const key = own(model.tables, table)?.key ?? [];
  return key.length === 1 ? `\`${key[0]}\`` : `[${key.join(', ')}]`;
}

/** The joins that lead to a table, as `deals.rep`. */
function joinsTo(name: string, { tables }: Model): readonly string[] {
  return Object.values(tables).flatMap(table =>
    Object.values(table.joins).flatMap(({ name: join, to }) => (to === name ? [`${table.name}.${join}`] : [])),
  );
}

const notShown = 'in a private column, so none is shown';

/** \`a\`, \`b\`, \`c\` ...: as many as are known of `all`. */
function listed(samples: readonly Sample[], all: number): string {
  if (samples.length === 0) return notShown;
  const texts = samples.map(({ text }) => `\`${text}\``).join(', ');
  return samples.length < all ? `${texts} ...` : texts;
}

/** The same where each stands in several rows. */
function counted(samples: readonly Sample[], rows: number): string {
  if (samples.length === 0) return notShown;
  const known = samples.reduce((sum, sample) => sum + sample.rows, 0);
  const texts = samples.map(({ text, rows: count }) => (count === 1 ? `\`${text}\`` : `\`${text}\` (${count} times)`));
  return `${texts.join(', ')}${known < rows ? ' ...' : ''}`;
}
