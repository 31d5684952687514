/** Joins as SQL: rows beside other rows, in every way that plans put them there. */
import {
  type ColumnScalar,
  type FollowedRelation,
  followedName,
  type JoinRelation,
  type ListRelation,
  type LookupRelation,
  type MatchRelation,
  type NearestRelation,
  type Relation,
  type Scalar,
  type ScanRelation,
} from '../plan/index.ts';
import { type Block, columnOf, nested, openBlock } from './block.ts';
import type { Dialect } from './dialect.ts';
import { concat, type Doc, group, indent, join, line, newline } from './document.ts';
import { atom, binding, within } from './expression.ts';
import type { ScalarRenderer } from './scalars.ts';
import { writtenRows } from './written.ts';

/** The SELECTs that joins are made of. */
export interface Below {
  /** A whole query. */
  readonly query: (relation: Relation) => Doc;
  /** A block to which a join can still be added. */
  readonly joinable: (relation: Relation) => Block;
}

export class JoinRenderer {
  constructor(
    private readonly dialect: Dialect,
    private readonly scalars: ScalarRenderer,
    private readonly below: Below,
  ) {}

  source(scan: ScanRelation): Doc {
    const { identifier } = this.dialect;
    const alias = identifier(scan.alias);
    switch (scan.source.kind) {
      case 'relation': {
        const path = scan.source.path.map(identifier);
        return path.at(-1) === alias ? path.join('.') : `${path.join('.')} as ${alias}`;
      }
      case 'file':
        return `${identifier(scan.source.relation)} as ${alias}`;
      case 'sql':
        return concat('(', indent(newline, ...lines(scan.source.text)), newline, `) as ${alias}`);
      case 'written': {
        const names = scan.source.columns.map(({ name }) => identifier(name)).join(', ');
        return concat(nested(writtenRows(scan.source, this.dialect)), ` as ${alias}(${names})`);
      }
    }
  }

  list(relation: ListRelation, alias: string): Doc {
    const columns = relation.columns.map(each => this.dialect.identifier(each.name)).join(', ');
    return concat(nested(this.dialect.list(relation)), ` as ${this.dialect.identifier(alias)}(${columns})`);
  }

  join(relation: JoinRelation): Block {
    const below = this.below.joinable(relation.input);
    const { identifier } = this.dialect;
    const column = beside(below, identifier);
    const conditions = relation.on.map(({ left, right }) => {
      const [a, b] = [this.scalars.scalar(left, column), this.scalars.scalar(right, column)];
      return concat(b.doc, ' = ', a.doc);
    });
    const further = relation.conditions.map(condition => within(this.scalars.scalar(condition, column), binding.not));
    const from = concat(
      below.from,
      newline,
      'left join ',
      relation.other.kind === 'scan'
        ? this.source(relation.other)
        : concat(nested(this.below.query(relation.other.input)), ` as ${identifier(relation.other.alias)}`),
      ' on ',
      further.length === 0
        ? join(' and ', conditions)
        : group(indent(join(concat(line, 'and '), [...conditions, ...further]))),
    );
    return { ...below, from, column };
  }

  nearest(relation: NearestRelation): Block {
    const below = this.below.joinable(relation.input);
    const { identifier } = this.dialect;
    const column = beside(below, identifier);
    const pairs = relation.on.map(({ left, right }) => this.equal(right, left, column));
    const source = nested(this.below.query(relation.other.input));
    const alias = identifier(relation.other.alias);
    const [at, moment] = [this.scalars.scalar(relation.at, column), this.scalars.scalar(relation.moment, column)];
    return {
      ...below,
      from: concat(below.from, newline, this.dialect.nearest({ source, alias, pairs, at, moment })),
      column,
    };
  }

  /** Whether another row follows stands where it is read. */
  followed(relation: FollowedRelation): Block {
    const below = this.below.joinable(relation.input);
    const { identifier } = this.dialect;
    const { other, on, moment, at, until, except } = relation;
    const outer = beside(below, identifier);
    const compared = (name: 'greater_or_equal' | 'less_or_equal', right: Scalar) =>
      this.scalars.scalar({ kind: 'call', function: name, arguments: [at, right], type: 'boolean' }, outer);
    const same = except.map(({ left, right }) => this.equal(right, left, outer));
    const conditions = [
      ...on.map(({ left, right }) => this.equal(right, left, outer)),
      ...[compared('greater_or_equal', moment), ...(until === null ? [] : [compared('less_or_equal', until)])].map(
        condition => within(condition, binding.not),
      ),
      ...(same.length === 0 ? [] : [concat('not (', join(' and ', same), ')')]),
    ];
    const source = concat(nested(this.below.query(other.input)), ` as ${identifier(other.alias)}`);
    const all = join(concat(line, 'and '), conditions);
    const isMark = (reference: ColumnScalar) => reference.from === other.alias && reference.name === followedName;
    if (relation.isFilter && this.dialect.hasSemiJoin) {
      const from = concat(below.from, newline, 'semi join ', source, ' on ', group(indent(all)));
      return { ...below, from, column: reference => (isMark(reference) ? alwaysTrue : outer(reference)) };
    }
    const where = group('where ', indent(all));
    const body = concat(newline, 'select 1', newline, 'from ', source, newline, where);
    const exists = atom(concat('exists (', indent(body), newline, ')'));
    return { ...below, column: reference => (isMark(reference) ? exists : below.column(reference)) };
  }

  equal(left: Scalar, right: Scalar, column: Block['column']): Doc {
    return concat(this.scalars.scalar(left, column).doc, ' = ', this.scalars.scalar(right, column).doc);
  }

  /** Rows of two relations side by side; every column is written with the alias that it comes from. */
  match(relation: MatchRelation): Block {
    const below = this.below.joinable(relation.input);
    const { identifier } = this.dialect;
    const column = beside(below, identifier);
    const { other, alias, conditions } = relation;
    const source =
      other.kind === 'list'
        ? this.list(other, alias)
        : concat(nested(this.below.query(other)), ` as ${identifier(alias)}`);
    const parts = conditions.map(condition => within(this.scalars.scalar(condition, column), binding.not));
    const from =
      parts.length === 0
        ? concat(below.from, newline, 'cross join ', source)
        : concat(below.from, newline, 'join ', source, ' on ', group(indent(join(concat(line, 'and '), parts))));
    return { ...below, from, column };
  }

  lookup(relation: LookupRelation): Block {
    const { identifier } = this.dialect;
    const { other, alias, keys, columns } = relation;
    const names = new Set(columns.map(each => each.name));
    const ofInput = (name: string) => columnOf('groups', identifier(name));
    const ofOther = (name: string) => columnOf(identifier(alias), identifier(name));
    const input = concat(nested(this.below.query(relation.input)), ' as groups');
    const conditions = keys.map(({ name }) => this.dialect.isSame(ofInput(name), ofOther(name)).doc);
    const on = conditions.length === 0 ? 'true' : join(concat(line, 'and '), conditions);
    const from = concat(
      input,
      newline,
      'left join ',
      nested(this.below.query(other)),
      ` as ${identifier(alias)} on `,
      group(indent(on)),
    );
    return openBlock(from, ({ name }) => (names.has(name) ? ofOther(name) : ofInput(name)));
  }
}

/** What a condition says that the sources see to; it is not written. */
export const alwaysTrue = atom('true');

/** Columns with the alias that they come from; whether a row is followed stands where the block below says so. */
function beside(below: Block, identifier: Dialect['identifier']): Block['column'] {
  return reference => {
    const { from, name } = reference;
    if (name === followedName) return below.column(reference);
    return columnOf(from === null ? null : identifier(from), identifier(name));
  };
}

function lines(text: string): readonly Doc[] {
  return text.split('\n').flatMap((each, index) => (index === 0 ? [each] : ['\n', each]));
}
