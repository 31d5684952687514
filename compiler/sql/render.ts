/** Render: a `Plan` and a dialect in, a `Statement` out. Each relation goes into the SELECT below it where it fits. */
import type {
  AggregateRelation,
  ColumnScalar,
  CombineRelation,
  CrossRelation,
  JoinRelation,
  ListRelation,
  LookupRelation,
  MatchRelation,
  NamedScalar,
  Plan,
  ProjectRelation,
  Relation,
  Scalar,
  ScanRelation,
  SortRelation,
} from '../plan/index.ts';
import { type Block, columnOf, nested, printBlock, type SelectItem } from './block.ts';
import type { Dialect, Surroundings } from './dialect.ts';
import { concat, type Doc, group, indent, join, line, newline, print } from './document.ts';
import { atom, binding, type Sql, within } from './expression.ts';
import { hasRank, ScalarRenderer } from './scalars.ts';
import type { Statement } from './statement.ts';

export function render(plan: Plan, dialect: Dialect): Statement {
  const renderer = new Renderer(dialect, { timeZone: plan.timeZone, calendar: plan.calendar });
  const doc = renderer.statement(plan.relation);
  const { text, parameters } = print(doc, dialect.placeholder);
  return { kind: 'statement', dialect: dialect.name, sql: text, parameters, columns: plan.columns, reads: plan.reads };
}

/** A column of a group is written out where it is used, but not more often than this. */
const mostCopies = 2;

class Renderer {
  private readonly scalars: ScalarRenderer;
  private readonly bindings: { readonly name: string; readonly doc: Doc }[] = [];
  private readonly boundColumns = new Map<string, readonly string[]>();

  constructor(
    private readonly dialect: Dialect,
    private readonly surroundings: Surroundings,
  ) {
    this.scalars = new ScalarRenderer(dialect, surroundings);
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
    return printBlock(this.selected(this.block(relation), relation), this.dialect.identifier);
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
        return this.join(relation);
      case 'list':
        return this.listed(relation);
      case 'match':
        return this.match(relation);
      case 'lookup':
        return this.lookup(relation);
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
        return open(this.dialect.identifier(relation.name), ({ name }) =>
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
    return open(this.source(scan), ({ name }) => columnOf(null, identifier(name)));
  }

  private source(scan: ScanRelation): Doc {
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
    }
  }

  private join(relation: JoinRelation): Block {
    const below = this.joinable(relation.input);
    const { identifier } = this.dialect;
    const column = (reference: ColumnScalar) =>
      columnOf(reference.from === null ? null : identifier(reference.from), identifier(reference.name));
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
        : concat(nested(this.query(relation.other.input)), ` as ${identifier(relation.other.alias)}`),
      ' on ',
      further.length === 0
        ? join(' and ', conditions)
        : group(indent(join(concat(line, 'and '), [...conditions, ...further]))),
    );
    return { ...below, from, column };
  }

  private listed(relation: ListRelation): Block {
    const { identifier } = this.dialect;
    return open(this.list(relation, 'cells'), ({ name }) => columnOf(null, identifier(name)));
  }

  private list(relation: ListRelation, alias: string): Doc {
    const columns = relation.columns.map(each => this.dialect.identifier(each.name)).join(', ');
    return concat(nested(this.dialect.list(relation)), ` as ${this.dialect.identifier(alias)}(${columns})`);
  }

  /** Rows of two relations side by side; every column is written with the alias that it comes from. */
  private match(relation: MatchRelation): Block {
    const below = this.joinable(relation.input);
    const { identifier } = this.dialect;
    const column = ({ from, name }: ColumnScalar) =>
      columnOf(from === null ? null : identifier(from), identifier(name));
    const { other, alias, conditions } = relation;
    const source =
      other.kind === 'list' ? this.list(other, alias) : concat(nested(this.query(other)), ` as ${identifier(alias)}`);
    const parts = conditions.map(condition => within(this.scalars.scalar(condition, column), binding.not));
    const from =
      parts.length === 0
        ? concat(below.from, newline, 'cross join ', source)
        : concat(below.from, newline, 'join ', source, ' on ', group(indent(join(concat(line, 'and '), parts))));
    return { ...below, from, column };
  }

  private lookup(relation: LookupRelation): Block {
    const { identifier } = this.dialect;
    const { other, alias, keys, columns } = relation;
    const names = new Set(columns.map(each => each.name));
    const ofInput = (name: string) => columnOf('groups', identifier(name));
    const ofOther = (name: string) => columnOf(identifier(alias), identifier(name));
    const input = concat(nested(this.query(relation.input)), ' as groups');
    const conditions = keys.map(({ name }) => this.dialect.isSame(ofInput(name), ofOther(name)).doc);
    const on = conditions.length === 0 ? 'true' : join(concat(line, 'and '), conditions);
    const from = concat(
      input,
      newline,
      'left join ',
      nested(this.query(other)),
      ` as ${identifier(alias)} on `,
      group(indent(on)),
    );
    return open(from, ({ name }) => (names.has(name) ? ofOther(name) : ofInput(name)));
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
    const parts = conditions.map(condition => this.scalars.scalar(condition, below.column));
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

  private project(relation: ProjectRelation): Block {
    const block = this.block(relation.input);
    const isPlain = relation.columns.every(({ value }) => value.kind === 'column');
    const isReordered = isPlain && relation.columns.length === block.select?.length;
    const isTaken = (block.isDistinct && !isReordered) || block.limit !== null || block.orderBy.length > 0;
    const copies = isPlain ? 1 : this.copies(relation.columns);
    const isCopied = block.select !== null && block.copies * copies > mostCopies;
    const isComputed = block.select !== null && block.groupBy === null && !isPlain;
    const isRanked = relation.columns.some(({ value }) => hasRank(value));
    const isWrapped = isTaken || isCopied || isComputed || isRanked;
    const below = isWrapped ? this.wrap(block, relation.input, 'groups') : block;
    const items = relation.columns.map(({ name, value }) => ({ name, sql: this.scalars.scalar(value, below.column) }));
    const projected = {
      ...below,
      select: items,
      copies: below.select === null ? 1 : below.copies * copies,
      column: fromItems(items),
    };
    // What is ranked can stand in no condition and no other rank of the same SELECT.
    return isRanked ? this.wrap(projected, relation, 'ranked') : projected;
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
    const block = open(concat(nested(union), ' as facts'), ({ name }) => columnOf(null, identifier(name)));
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
    return open(from, ({ name }) => columnOf(owners.get(name) ?? null, identifier(name)));
  }

  private spine(relation: Extract<Relation, { kind: 'spine' }>): Doc {
    return this.dialect.spine(relation.name, relation.grain, relation.first, relation.count, this.surroundings);
  }

  /** A relation as a source in brackets, whatever it is made of. */
  private wrapped(relation: Relation, alias: string): Block {
    const { identifier } = this.dialect;
    const from = concat(nested(this.query(relation)), ` as ${identifier(alias)}`);
    return open(from, ({ name }) => columnOf(null, identifier(name)));
  }

  private wrap(block: Block, relation: Relation, alias: string): Block {
    const { identifier } = this.dialect;
    const selected = this.selected(block, relation);
    const fence = isComputed(selected) ? this.dialect.fence : null;
    const inner = printBlock({ ...selected, fence }, identifier);
    return open(concat(nested(inner), ` as ${identifier(alias)}`), ({ name }) => columnOf(null, identifier(name)));
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
      case 'match':
        return [];
    }
  }
}

function open(from: Doc, column: Block['column']): Block {
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

function lines(text: string): readonly Doc[] {
  return text.split('\n').flatMap((each, index) => (index === 0 ? [each] : ['\n', each]));
}
