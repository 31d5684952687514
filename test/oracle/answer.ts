/**
 * The oracle: a bound query and rows in memory in, the answer out, by the letter of the language's rules. Every metric is
 * computed anew for every cell by going through all rows; nothing is shared with the planner but the Model's types.
 */
import type { BoundQuery, Column } from '../../compiler/index.ts';
import { type Cell, sameValue, unique } from './cells.ts';
import { type Care, Evaluator } from './evaluate.ts';
import { baseFrame, type Frame } from './frame.ts';
import { targetRows } from './goals.ts';
import { membersIn } from './members.ts';
import { rowValue, type World } from './rows.ts';
import { compareValues, type Value } from './values.ts';

export interface OracleAnswer {
  readonly keys: readonly string[];
  readonly metrics: readonly string[];
  /** Keys first, in the order in which they were asked, then metrics. */
  readonly rows: readonly (readonly Value[])[];
}

export function answer(
  query: BoundQuery,
  { model, data }: Pick<World, 'model' | 'data'>,
  care: Care = 'needed',
): OracleAnswer {
  const rows = { ...data, ...targetRows(model) };
  return new Oracle(query, { model, data: rows, today: query.now.day }, care).answer();
}

class Oracle {
  private readonly evaluator: Evaluator;
  private readonly frame: Frame;

  constructor(
    private readonly query: BoundQuery,
    private readonly world: World,
    private readonly care: Care,
  ) {
    this.evaluator = new Evaluator(query, world, care);
    this.frame = baseFrame(query.dimensions, query.bucket?.grain ?? null);
  }

  answer(): OracleAnswer {
    const { query, evaluator, frame } = this;
    const found = unique(query.columns.flatMap(({ expression }) => evaluator.cells(expression, frame)));
    const completed = this.complete(this.fill(frame.keys.length === 0 ? [[]] : found));
    const { having } = query;
    if (this.care === 'all')
      for (const cell of completed)
        for (const { expression } of query.columns) evaluator.value(expression, frame, cell);
    const kept = having === null ? completed : completed.filter(cell => evaluator.value(having, frame, cell) === true);
    const rows = kept.map(cell => [
      ...this.shown(cell),
      ...query.columns.map(({ expression }) => evaluator.value(expression, frame, cell)),
    ]);
    const names = query.dimensions.map(dimension => dimension.name);
    const keys = query.bucket === null ? names : names.toSpliced(query.bucket.position, 0, query.bucket.grain);
    const metrics = query.columns.map(({ name }) => name);
    const sorted = rows.toSorted((a, b) => this.compareRows(a, b, [...keys, ...metrics], keys.length));
    return { keys, metrics, rows: query.limit === null ? sorted : sorted.slice(0, query.limit) };
  }

  /** Cells hold the dimensions and, last, the bucket; answers show the bucket where it was asked. */
  private shown(cell: Cell): Cell {
    const { bucket } = this.query;
    return bucket === null ? cell : cell.slice(0, -1).toSpliced(bucket.position, 0, cell.at(-1) ?? null);
  }

  private compareRows(a: readonly Value[], b: readonly Value[], names: readonly string[], keyCount: number): number {
    const order = [
      ...this.query.order.map(({ column, isDescending }) => ({
        index: names.indexOf(column),
        sign: isDescending ? -1 : 1,
      })),
      ...names.slice(0, keyCount).map((_, index) => ({ index, sign: 1 })),
    ];
    for (const { index, sign } of order) {
      const labels = this.labels(names[index] ?? '');
      const [left, right] = [a, b].map(row => placeOf(row[index] ?? null, labels));
      if (left === undefined || right === undefined) continue;
      if (left === null || right === null) {
        if (left !== right) return left === null ? 1 : -1;
      } else if (compareValues(left, right) !== 0) return compareValues(left, right) * sign;
    }
    return 0;
  }

  /** The texts of a dimension that `bucket` makes, lowest first; null for any other. */
  private labels(name: string): readonly string[] | null {
    const dimension = this.query.dimensions.find(each => each.name === name);
    let [expression] = Object.values(dimension?.byTable ?? {});
    while (expression?.kind === 'column') {
      const source: Column['source'] | undefined =
        this.world.model.tables[expression.table]?.columns[expression.column]?.source;
      expression = source?.kind === 'computed' ? source.formula : undefined;
    }
    if (expression?.kind !== 'call' || expression.function !== 'bucket') return null;
    const bounds = expression.arguments.slice(1).map(bound => (bound.kind === 'literal' ? String(bound.value) : ''));
    return [
      `< ${bounds[0]}`,
      ...bounds.slice(1).map((bound, index) => `${bounds[index]} to < ${bound}`),
      `>= ${bounds.at(-1)}`,
    ];
  }

  /** Every bucket of a bounded period up to now's, for each group of the other dimensions. */
  private fill(groups: readonly Cell[]): readonly Cell[] {
    const buckets = this.buckets();
    if (buckets === null) return groups;
    const others = this.query.dimensions.length === 0 ? [[]] : unique(groups.map(group => group.slice(0, -1)));
    return unique([...groups, ...others.flatMap(other => buckets.map(bucket => [...other, bucket]))]);
  }

  private buckets(): readonly Value[] | null {
    const { bucket, period, isSparse } = this.query;
    if (bucket === null || period === null || isSparse) return null;
    const begun = this.evaluator.time.begun(bucket.grain, period);
    return begun.length === 0 ? null : begun;
  }

  /** Every member of the completed tables with every other group; buckets first, since they decide who is a member. */
  private complete(groups: readonly Cell[]): readonly Cell[] {
    const { completions, dimensions, bucket } = this.query;
    if (completions.length === 0) return groups;
    const names = [...dimensions.map(dimension => dimension.name), ...(bucket === null ? [] : [bucket.grain])];
    const given = new Set(completions.flatMap(completion => completion.members.map(member => member.dimension)));
    const buckets = this.buckets();
    const others = names.filter(name => !given.has(name) && !(buckets !== null && name === bucket?.grain));
    const occurring = groups.map(group => others.map(name => group[names.indexOf(name)] ?? null));
    let partial: readonly Part[] = (others.length === 0 ? [[]] : unique(occurring)).map(
      group => new Map(others.map((name, index) => [name, group[index] ?? null])),
    );
    if (buckets !== null && bucket !== null)
      partial = partial.flatMap(start => buckets.map(value => new Map([...start, [bucket.grain, value]])));
    const cellOf = (part: Part) => names.map(name => part.get(name) ?? null);
    for (const completion of completions)
      partial = partial.flatMap(part => this.members(completion, cellOf(part)).flatMap(each => together(part, each)));
    return unique([...groups, ...partial.map(cellOf)]);
  }

  private members({ table, where, members }: BoundQuery['completions'][number], cell: Cell): readonly Part[] {
    const { time } = this.evaluator;
    const interval = time.intervalOf(this.frame, cell);
    const { rows, reading } = membersIn(table, interval, this.frame.steps, time, this.world);
    return rows
      .filter(row => where.every(condition => rowValue(condition, table, row, reading) === true))
      .map(row => new Map(members.map(({ dimension, value }) => [dimension, rowValue(value, table, row, reading)])));
  }
}

/** Values of some keys, by their names. */
type Part = ReadonlyMap<string, Value>;

/** Two parts as one; none where they disagree. */
function together(a: Part, b: Part): readonly Part[] {
  const agree = [...b].every(([name, value]) => !a.has(name) || sameValue(a.get(name) ?? null, value));
  return agree ? [new Map([...a, ...b])] : [];
}

/** A text by its place in a list, where it has one. */
function placeOf(value: Value, labels: readonly string[] | null): Value {
  return labels === null || value === null ? value : labels.indexOf(String(value));
}
