/**
 * One SELECT in the making. Relations are folded into it from the bottom up; what does not fit any more begins a new
 * SELECT around it. Columns are known by what they are computed from, so that nothing is selected only to be renamed.
 */
import type { ColumnScalar } from '../plan/index.ts';
import { concat, type Doc, group, indent, join, line, newline } from './document.ts';
import { atom, binding, type Sql, within } from './expression.ts';

export interface SelectItem {
  readonly name: string;
  readonly sql: Sql;
  /** How it is written where rows are sorted by it. */
  readonly shown?: Sql;
}

/** A source in FROM: `crm.reps as rep`, or a SELECT in brackets. */
export interface FromItem {
  readonly doc: Doc;
  readonly alias: string;
}

export interface Block {
  readonly from: Doc;
  /** The column of a relation below, as an expression that may stand in this SELECT. */
  readonly column: (reference: ColumnScalar) => Sql;
  readonly where: readonly Sql[];
  readonly groupBy: readonly GroupKey[] | null;
  readonly having: readonly Sql[];
  /** Null while every column of the sources is still at hand. */
  readonly select: readonly SelectItem[] | null;
  /** How often what is selected writes out one column of the group, over all the projections that were folded in. */
  readonly copies: number;
  readonly isDistinct: boolean;
  readonly orderBy: readonly Doc[];
  readonly limit: number | null;
  /** A last clause that keeps it apart from the SELECT around it. */
  readonly fence?: string | null;
}

/** What rows are grouped by, and the name of the key that it is for. */
export interface GroupKey {
  readonly name: string;
  readonly sql: Sql;
}

export function printBlock(block: Block, identifier: (name: string) => string): Doc {
  const items = (block.select ?? []).map(({ name, sql, shown = sql }) => aliased(shown.doc, name, identifier));
  const word = block.isDistinct ? 'select distinct' : 'select';
  const clauses: Doc[] = [clause(word, items.length === 0 ? ['1'] : items), concat('from ', block.from)];
  if (block.where.length > 0) clauses.push(conditions('where', block.where));
  if (block.groupBy !== null && block.groupBy.length > 0) clauses.push(clause('group by', groupDocs(block)));
  if (block.having.length > 0) clauses.push(conditions('having', block.having));
  if (block.orderBy.length > 0) clauses.push(clause('order by', block.orderBy));
  if (block.limit !== null) clauses.push(`limit ${block.limit}`);
  if (block.fence != null) clauses.push(block.fence);
  return join(newline, clauses);
}

/** A plain column is grouped by its name, unless another column is called that; an expression that is selected by its place. */
function groupDocs(block: Block): readonly Doc[] {
  const keys = block.groupBy ?? [];
  const items = block.select ?? [];
  return keys.map(({ sql: { doc } }) => {
    const isMistakable = items.some(item => item.name === doc && item.sql.doc !== doc);
    if (typeof doc === 'string' && !isMistakable) return doc;
    const place = items.findIndex(item => item.sql.doc === doc);
    return place < 0 ? doc : String(place + 1);
  });
}

function aliased(doc: Doc, name: string, identifier: (name: string) => string): Doc {
  const written = identifier(name);
  const isItself = typeof doc === 'string' && doc === written;
  return isItself ? doc : concat(doc, ` as ${written}`);
}

/** `select a, b` on one line where it fits, else one item a line. */
function clause(word: string, items: readonly Doc[]): Doc {
  return group(word, indent(line, join(concat(',', line), items)));
}

function conditions(word: string, parts: readonly Sql[]): Doc {
  const docs = parts.length === 1 ? parts.map(part => part.doc) : parts.map(part => within(part, binding.not));
  return group(`${word} `, indent(join(concat(line, 'and '), docs)));
}

/** A SELECT in brackets, to stand in FROM. */
export function nested(block: Doc): Doc {
  return concat('(', indent(newline, block), newline, ')');
}

export function columnOf(alias: string | null, name: string): Sql {
  return atom(alias === null ? name : `${alias}.${name}`);
}

/** A block of sources alone, whose columns are all still at hand. */
export function openBlock(from: Doc, column: Block['column']): Block {
  return {
    from,
    column,
    where: [],
    groupBy: null,
    having: [],
    select: null,
    copies: 1,
    isDistinct: false,
    orderBy: [],
    limit: null,
  };
}
