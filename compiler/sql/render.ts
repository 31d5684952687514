/** Render: a `Plan` and a dialect in, a `Statement` out. Each relation goes into the SELECT below it where it fits. */
import {
  type AggregateRelation,
  type CombineRelation,
  type CrossRelation,
  decidedBy,
  type ListRelation,
  type NamedScalar,
  type Plan,
  type ProjectRelation,
  type Relation,
  type Scalar,
  type ScanRelation,
  type SortRelation,
} from '../plan/index.ts';
import { type Block, columnOf, nested, openBlock, printBlock, type SelectItem } from './block.ts';
import type { Dialect, Surroundings } from './dialect.ts';
import { concat, type Doc, group, indent, join, line, newline, print } from './document.ts';
import { atom, type Sql } from './expression.ts';
import { alwaysTrue, JoinRenderer } from './joins.ts';
import { hasWindow, ScalarRenderer } from './scalars.ts';
import type { Statement } from './statement.ts';

export function render(plan: Plan, dialect: Dialect): Statement {
  const barrier = plan.isFenced ? dialect.barrier : null;
  const renderer = new Renderer(dialect, { timeZone: plan.timeZone, calendar: plan.calendar }, barrier);
  const doc = renderer.statement(plan.relation);
  const { text, parameters } = print(doc, dialect.placeholder);
  return { kind: 'statement', dialect: dialect.name, sql: text, parameters, columns: plan.columns, reads: plan.reads };
}

/** A column of a group is written out where it is used, but not more often than this. */
const mostCopies = 2;

class Renderer {
  private readonly scalars: ScalarRenderer;
  private readonly joins: JoinRenderer;
  private readonly bindings: { readonly name: string; readonly doc: Doc }[] = [];
  private readonly boundColumns = new Map<string, readonly string[]>();

  constructor(
    private readonly dialect: Dialect,
    private readonly surroundings: Surroundings,
    /** What stands behind the rows that a rule lets through; null where nothing must. */
    private readonly barrier: string | null,
  ) {
    this.scalars = new ScalarRenderer(dialect, surroundings);
    this.joins = new JoinRenderer(dialect, this.scalars, {
      query: relation => this.query(relation),
      joinable: relation => this.joinable(relation),
    });
  }

  statement(relation: Relation): Doc {
    const body = this.query(relation);
    if (this.bindings.length === 0) return body;
    const tables = this.bindings.map(({ name, doc }) => concat(this.dialect.identifier(name), ' as ', nested(doc)));
    return concat('with ', join(concat(',', newline), tables), newline, body);
  }

  /** A whole query, as it may stand in brackets or at the top. */
  private query(relation: Relation): Doc {
    if (relation.kind === 'spine') return this.spine(relation);
    if (relation.kind === 'union') return this.union(relation);
    const block = relation.kind === 'project' ? this.projected(relation) : this.block(relation);
    const fence = decidedBy(relation) === null ? null : this.barrier;
    return printBlock({ ...this.selected(block, relation), fence }, this.dialect.identifier);
  }

  /** A block whose columns are named, where it has been left open so far. */
  private selected(block: Block, relation: Relation): Block {
    if (block.select !== null) return block;
    const names = this.columnsOf(relation);
    return {
      ...block,
      select: names.map(name => ({
        name,
        sql: block.column({ kind: 'column', from: null, name, type: 'unknown', isStored: false }),
      })),
    };
  }

  private block(relation: Relation): Block {
    switch (relation.kind) {
      case 'scan':
        return this.scan(relation);
      case 'join':
        return this.joins.join(relation);
      case 'nearest':
        return this.joins.nearest(relation);
      case 'followed':
        return this.joins.followed(relation);
      case 'list':
        return this.listed(relation);
      case 'match':
        return this.joins.match(relation);
      case 'lookup':
        return this.joins.lookup(relation);
      case 'filter':
        return this.filter(relation.input, relation.conditions);
      case 'aggregate':
        return this.aggregate(relation);
      case 'project':
        return this.project(relation);
      case 'distinct':
        return this.distinct(relation.input, relation.columns);
      case 'combine':
        return this.combine(relation);
      case 'sort':
        return this.sort(relation);
      case 'with':
        for (const { name, relation: bound } of relation.bindings) {
          this.bindings.push({ name, doc: this.query(bound) });
          this.boundColumns.set(name, this.columnsOf(bound));
        }
        return this.block(relation.body);
      case 'read':
        return openBlock(this.dialect.identifier(relation.name), ({ name }) =>
          columnOf(null, this.dialect.identifier(name)),
        );
      case 'cross':
        return this.cross(relation.inputs);
      case 'spine':
      case 'union':
        return this.wrapped(relation, relation.kind === 'spine' ? 'buckets' : 'groups');
      case 'alias':
        return this.wrapped(relation.input, relation.alias);
    }
  }

  private scan(scan: ScanRelation): Block {
    const { identifier } = this.dialect;
    return openBlock(this.joins.source(scan), ({ name }) => columnOf(null, identifier(name)));
  }

  private listed(relation: ListRelation): Block {
    const { identifier } = this.dialect;
    return openBlock(this.joins.list(relation, 'cells'), ({ name }) => columnOf(null, identifier(name)));
  }

  /** A block to which a join can still be added: nothing but sources so far. */
  private joinable(relation: Relation): Block {
    const block = this.block(relation);
    return isOpen(block) && block.where.length === 0 ? block : this.wrap(block, relation, 'rows');
  }

  private filter(input: Relation, conditions: readonly Scalar[]): Block {
    const block = this.block(input);
    const fitting =
      block.select === null ||
      (block.groupBy !== null && !block.isDistinct && block.limit === null && block.orderBy.length === 0);
    const below = fitting ? block : this.wrap(block, input, 'rows');
    const parts = conditions
      .map(condition => this.scalars.scalar(condition, below.column))
      .filter(part => part !== alwaysTrue);
    return below.groupBy === null
      ? { ...below, where: [...below.where, ...parts] }
      : { ...below, having: [...below.having, ...parts] };
  }

  private aggregate(relation: AggregateRelation): Block {
    const block = this.block(relation.input);
    const below = isOpen(block) ? block : this.wrap(block, relation.input, 'rows');
    const groupBy: { name: string; sql: Sql }[] = [];
    const items: SelectItem[] = [];
    for (const { name, value } of relation.keys) {
      if (value.kind === 'bucket') {
        const bucket = this.scalars.bucket(value, below.column);
        groupBy.push(...bucket.keys.map(sql => ({ name, sql })));
        items.push({ name, sql: bucket.value });
      } else {
        const sql = this.scalars.key(value, below.column);
        groupBy.push({ name, sql });
        items.push({ name, sql });
      }
    }
    for (const measure of relation.measures) {
      const { name, aggregate, type } = measure;
      const operands = measure.arguments.map(operand => this.scalars.operand(operand, below.column));
      const order = measure.order.map(key => this.scalars.operand(key, below.column));
      const filter = measure.filter === null ? null : this.scalars.scalar(measure.filter, below.column);
      items.push({ name, sql: this.dialect.aggregate({ aggregate, operands, order, filter, type }) });
    }
    return { ...below, groupBy, select: items, column: fromItems(items) };
  }

  /** What looks at other rows can stand in no condition and no other such value of the same SELECT. */
  private project(relation: ProjectRelation): Block {
    const projected = this.projected(relation);
    const hasWindows = relation.columns.some(({ value }) => hasWindow(value));
    return hasWindows ? this.wrap(projected, relation, 'ranked') : projected;
  }

  private projected(relation: ProjectRelation): Block {
    const block = this.block(relation.input);
    const isPlain = relation.columns.every(({ value }) => value.kind === 'column');
    const isReordered = isPlain && relation.columns.length === block.select?.length;
    const isTaken = (block.isDistinct && !isReordered) || block.limit !== null || block.orderBy.length > 0;
    const copies = isPlain ? 1 : this.copies(relation.columns);
    const isCopied = block.select !== null && block.copies * copies > mostCopies;
    const isComputed = block.select !== null && block.groupBy === null && !isPlain;
    const hasWindows = block.select !== null && relation.columns.some(({ value }) => hasWindow(value));
    const isWrapped = isTaken || isCopied || isComputed || hasWindows;
    const below = isWrapped ? this.wrap(block, relation.input, 'groups') : block;
    const items = relation.columns.map(({ name, value }) => ({ name, sql: this.scalars.scalar(value, below.column) }));
    const written = below.select === null ? 1 : below.copies * copies;
    return { ...below, select: items, copies: written, column: fromItems(items) };
  }

  /** How often the most used column would be written out. */
  private copies(columns: readonly NamedScalar[]): number {
    const counts = new Map<string, number>();
    const count = (scalar: Scalar): void => {
      if (scalar.kind === 'column') counts.set(scalar.name, (counts.get(scalar.name) ?? 0) + 1);
      if (scalar.kind === 'call') scalar.arguments.forEach(count);
      if (scalar.kind === 'bucket') count(scalar.operand);
    };
    for (const { value } of columns) count(value);
    return Math.max(1, ...counts.values());
  }

  private distinct(input: Relation, columns: readonly NamedScalar[]): Block {
    const block = this.block(input);
    const below = isOpen(block) ? block : this.wrap(block, input, 'rows');
    const items = columns.map(({ name, value }) => ({ name, sql: this.scalars.key(value, below.column) }));
    return { ...below, select: items, isDistinct: true, column: fromItems(items) };
  }

  private sort(relation: SortRelation): Block {
    const block = this.block(relation.input);
    const isTaken = block.limit !== null || block.orderBy.length > 0;
    const below = this.selected(isTaken ? this.wrap(block, relation.input, 'rows') : block, relation.input);
    const orderBy = relation.by.map(key => {
      const name = this.dialect.identifier(key.column);
      const column = key.values === null ? name : ordinal(name, key.values);
      return this.dialect.sortKey({ column, isDescending: key.isDescending });
    });
    const needsWrap = relation.by.some(key => key.values !== null);
    const placed = needsWrap ? this.selected(this.wrap(below, relation.input, 'rows'), relation.input) : below;
    const sorted = new Map(relation.by.flatMap(key => (key.values === null ? [[key.column, key.type] as const] : [])));
    const select = (placed.select ?? []).map(item => {
      const type = sorted.get(item.name);
      return type === undefined ? item : { ...item, shown: this.dialect.collated(item.sql, type) };
    });
    return { ...placed, select, orderBy, limit: relation.limit };
  }

  /** All inputs below each other with nulls for what they lack, and then one row a key: null keys meet, and nothing is lost. */
  private combine(relation: CombineRelation): Block {
    const { identifier } = this.dialect;
    const columns = [...relation.keys, ...relation.values];
    const branches = relation.inputs.map(input => {
      const items = columns.map(({ name, type }) => {
        const isThere = input.columns.includes(name);
        return { name, sql: isThere ? columnOf(null, identifier(name)) : atom(this.dialect.missing(type)) };
      });
      return this.branch(input.relation, items);
    });
    const union = join(concat(newline, 'union all', newline), branches);
    const items = [
      ...relation.keys.map(({ name }) => ({ name, sql: columnOf(null, identifier(name)) })),
      ...relation.values.map(({ name, type }) => ({
        name,
        sql: this.dialect.only(columnOf(null, identifier(name)), type),
      })),
    ];
    const block = openBlock(concat(nested(union), ' as facts'), ({ name }) => columnOf(null, identifier(name)));
    const groupBy = relation.keys.map(({ name }) => ({ name, sql: columnOf(null, identifier(name)) }));
    return { ...block, groupBy, select: items, column: fromItems(items) };
  }

  /** One branch of a union: the relation's own SELECT, with the columns in the union's order. */
  private branch(relation: Relation, items: readonly SelectItem[]): Doc {
    const block = this.block(relation);
    const isFree = block.limit === null && block.orderBy.length === 0 && !block.isDistinct;
    const below = isFree ? block : this.wrap(block, relation, 'rows');
    const known = new Set(this.columnsOf(relation));
    const select = items.map(item =>
      known.has(item.name)
        ? {
            name: item.name,
            sql: below.column({ kind: 'column', from: null, name: item.name, type: 'unknown', isStored: false }),
          }
        : item,
    );
    return printBlock({ ...below, select }, this.dialect.identifier);
  }

  private union(relation: Extract<Relation, { kind: 'union' }>): Doc {
    return join(
      concat(newline, 'union all', newline),
      relation.inputs.map(input => this.query(input)),
    );
  }

  private cross(inputs: CrossRelation['inputs']): Block {
    const { identifier } = this.dialect;
    const owners = new Map<string, string>();
    const sources = inputs.map(({ name: alias, relation }) => {
      for (const name of this.columnsOf(relation)) owners.set(name, alias);
      return concat(nested(this.query(relation)), ` as ${identifier(alias)}`);
    });
    const from = join(concat(newline, 'cross join '), sources);
    return openBlock(from, ({ name }) => columnOf(owners.get(name) ?? null, identifier(name)));
  }

  private spine(relation: Extract<Relation, { kind: 'spine' }>): Doc {
    return this.dialect.spine(relation.name, relation.grain, relation.first, relation.count, this.surroundings);
  }

  /** A relation as a source in brackets, whatever it is made of. */
  private wrapped(relation: Relation, alias: string): Block {
    const { identifier } = this.dialect;
    const from = concat(nested(this.query(relation)), ` as ${identifier(alias)}`);
    return openBlock(from, ({ name }) => columnOf(null, identifier(name)));
  }

  private wrap(block: Block, relation: Relation, alias: string): Block {
    const { identifier } = this.dialect;
    const selected = this.selected(block, relation);
    const fence = isComputed(selected) ? this.dialect.fence : null;
    const inner = printBlock({ ...selected, fence }, identifier);
    return openBlock(concat(nested(inner), ` as ${identifier(alias)}`), ({ name }) => columnOf(null, identifier(name)));
  }

  /** The names of a relation's columns; of a scan all, which no relation above ever asks for. */
  private columnsOf(relation: Relation): readonly string[] {
    switch (relation.kind) {
      case 'aggregate':
        return [...relation.keys, ...relation.measures].map(each => each.name);
      case 'project':
      case 'distinct':
        return relation.columns.map(each => each.name);
      case 'combine':
        return [...relation.keys, ...relation.values].map(each => each.name);
      case 'spine':
        return [relation.name];
      case 'union':
        return relation.columns;
      case 'cross':
        return relation.inputs.flatMap(input => this.columnsOf(input.relation));
      case 'filter':
      case 'sort':
      case 'alias':
        return this.columnsOf(relation.input);
      case 'with':
        return this.columnsOf(relation.body);
      case 'read':
        return this.boundColumns.get(relation.name) ?? [];
      case 'list':
        return relation.columns.map(each => each.name);
      case 'lookup':
        return [...this.columnsOf(relation.input), ...relation.columns.map(each => each.name)];
      case 'scan':
      case 'join':
      case 'nearest':
      case 'followed':
      case 'match':
        return [];
    }
  }
}

function isOpen(block: Block): boolean {
  return block.select === null && block.limit === null && block.orderBy.length === 0;
}

/** Whether a block computes columns row by row, which the server may fold into the SELECT around it. */
function isComputed({ select, groupBy, isDistinct, limit }: Block): boolean {
  const isFoldable = groupBy === null && !isDistinct && limit === null;
  return isFoldable && (select ?? []).some(({ sql }) => typeof sql.doc !== 'string');
}

function fromItems(items: readonly SelectItem[]): Block['column'] {
  const byName = new Map(items.map(item => [item.name, item.sql]));
  return ({ name }) => {
    const sql = byName.get(name);
    if (sql === undefined) throw new Error(`no column ${name} below`);
    return sql;
  };
}

/** The place of a value in a list, to sort by. */
function ordinal(column: string, values: readonly string[]): Doc {
  const branches = values.map((value, index) => concat(line, `when '${value.replaceAll("'", "''")}' then ${index}`));
  return group(`case ${column}`, indent(...branches), line, 'end');
}
