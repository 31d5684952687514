/**
 * Values that are used several times, computed once. Expressions are graphs here, and written out as text every use would
 * be a copy; where that would double again and again, shared parts become columns of relations below.
 */
import type { ColumnScalar, NamedScalar, Relation, Scalar } from './plan.ts';
import { column, operandsOf, withOperands } from './scalar.ts';

/** Copies of this many nodes in all are left in place: a short formula reads better in one piece. */
const toleratedCopies = 60;
/** Parts smaller than this are never worth a column. */
const smallestShared = 4;

export interface Shared {
  readonly relation: Relation;
  readonly roots: readonly Scalar[];
}

/** `nameOf` proposes names for shared values; others are called `step`. */
export function shareScalars(
  relation: Relation,
  roots: readonly Scalar[],
  nameOf: (scalar: Scalar) => string | undefined,
): Shared {
  const graph = new ScalarGraph(roots);
  if (graph.copies <= toleratedCopies) return { relation, roots };
  const names = new Set<string>();
  const fresh = (wanted: string) => {
    let name = wanted;
    for (let count = 2; names.has(name); count += 1) name = `${wanted}_${count}`;
    names.add(name);
    return name;
  };
  const replaced = new Map<Scalar, ColumnScalar>();
  const stored = new Map<string, ColumnScalar>();
  const rewritten = new Map<Scalar, Scalar>();
  const rewrite = (scalar: Scalar): Scalar => {
    const known = replaced.get(scalar) ?? rewritten.get(scalar);
    if (known !== undefined) return known;
    if (scalar.kind === 'column') return stored.get(columnKey(scalar)) ?? scalar;
    const operands = operandsOf(scalar);
    const next = operands.length === 0 ? scalar : withOperands(scalar, operands.map(rewrite));
    rewritten.set(scalar, next);
    return next;
  };

  let below = relation;
  const carried = new Map<string, ColumnScalar>();
  for (const base of graph.columns) carried.set(columnKey(base), base);
  for (const [index, level] of graph.levels.entries()) {
    const columns: NamedScalar[] = [];
    const wanted = graph.neededAbove(index + 1);
    const next = new Map<string, ColumnScalar>();
    for (const [key, source] of carried) {
      if (!wanted.has(key)) continue;
      const name = index === 0 ? fresh(source.name) : source.name;
      columns.push({ name, value: source });
      next.set(key, column(name, source.type));
    }
    const additions = level.map(scalar => ({ scalar, name: fresh(nameOf(scalar) ?? 'step'), value: rewrite(scalar) }));
    for (const { scalar, name, value } of additions) {
      columns.push({ name, value });
      const shared = column(name, scalar.type);
      replaced.set(scalar, shared);
      next.set(sharedKey(scalar, graph), shared);
    }
    rewritten.clear();
    stored.clear();
    carried.clear();
    for (const [key, value] of next) {
      carried.set(key, value);
      stored.set(key, value);
    }
    below = { kind: 'project', input: below, columns };
  }
  return { relation: below, roots: roots.map(rewrite) };
}

function columnKey(scalar: ColumnScalar): string {
  return `${scalar.from ?? ''}\u0000${scalar.name}`;
}

function sharedKey(scalar: Scalar, graph: ScalarGraph): string {
  return `shared\u0000${graph.indexOf(scalar)}`;
}

/** The nodes of expressions, each once, with what is shared among them. */
class ScalarGraph {
  private readonly users = new Map<Scalar, number>();
  private readonly sizes = new Map<Scalar, number>();
  private readonly order: Scalar[] = [];
  readonly columns: readonly ColumnScalar[];
  /** Shared values by how many other shared values stand below them. */
  readonly levels: readonly (readonly Scalar[])[];
  /** How many nodes would be written more than once. */
  readonly copies: number;

  constructor(private readonly roots: readonly Scalar[]) {
    for (const root of roots) this.visit(root);
    const total = roots.reduce((sum, root) => sum + (this.sizes.get(root) ?? 0), 0);
    this.copies = total - this.order.length;
    const columns = new Map<string, ColumnScalar>();
    for (const node of this.order) if (node.kind === 'column') columns.set(columnKey(node), node);
    this.columns = [...columns.values()];
    this.levels = this.sharedByLevel();
  }

  indexOf(scalar: Scalar): number {
    return this.order.indexOf(scalar);
  }

  private visit(node: Scalar): void {
    this.users.set(node, (this.users.get(node) ?? 0) + 1);
    if (this.sizes.has(node)) return;
    const operands = operandsOf(node);
    for (const operand of operands) this.visit(operand);
    this.sizes.set(
      node,
      operands.reduce((sum, operand) => sum + (this.sizes.get(operand) ?? 0), 1),
    );
    this.order.push(node);
  }

  private isShared(node: Scalar): boolean {
    return (
      operandsOf(node).length > 0 && (this.users.get(node) ?? 0) > 1 && (this.sizes.get(node) ?? 0) >= smallestShared
    );
  }

  private sharedByLevel(): readonly (readonly Scalar[])[] {
    const levels: Scalar[][] = [];
    const depth = new Map<Scalar, number>();
    for (const node of this.order) {
      const below = Math.max(0, ...operandsOf(node).map(operand => depth.get(operand) ?? 0));
      depth.set(node, this.isShared(node) ? below + 1 : below);
      if (!this.isShared(node)) continue;
      while (levels.length <= below) levels.push([]);
      levels[below]?.push(node);
    }
    return levels;
  }

  /** Keys of stored columns and shared values that anything above a level still reads. */
  neededAbove(level: number): ReadonlySet<string> {
    const needed = new Set<string>();
    const computed = new Set(this.levels.slice(0, level).flat());
    const seen = new Set<Scalar>();
    const read = (node: Scalar): void => {
      if (seen.has(node)) return;
      seen.add(node);
      if (computed.has(node)) needed.add(sharedKey(node, this));
      else if (node.kind === 'column') needed.add(columnKey(node));
      else operandsOf(node).forEach(read);
    };
    for (const later of this.levels.slice(level).flat()) operandsOf(later).forEach(read);
    this.roots.forEach(read);
    return needed;
  }
}
