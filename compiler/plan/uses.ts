/** Measures as they are used: each with the conditions that were pushed into it, told apart by what they compute. */
import type { Measure, RowExpression } from '../model.ts';
import type { Scalar } from './plan.ts';
import { conjunctsOf } from './rows.ts';
import { call, column, constant } from './scalar.ts';

/** Conditions pushed into measures, by the table that they are bound for. */
export interface Pushed {
  readonly id: string;
  readonly conditions: readonly Readonly<Record<string, RowExpression>>[];
}

/** Different measures in one query. */
export const mostMeasures = 500;

export const nothingPushed: Pushed = { id: '', conditions: [] };

export interface MeasureUse {
  /** The name of its column in the plan. */
  readonly name: string;
  readonly measure: Measure;
  /** Conditions that a row must pass, each once, in the order in which they were written. */
  readonly conditions: readonly RowExpression[];
  /** Whether a column of the answer stands on it, rather than a condition on groups alone. */
  readonly isAsked: boolean;
}

/** The measures of a query, each different one once. */
export class MeasureUses {
  private readonly byKey = new Map<string, MeasureUse>();
  private readonly names = new Set<string>();
  private readonly counts = new Map<MeasureUse, string>();
  private readonly present = new Set<MeasureUse>();
  private isAsked = true;

  /** `taken` are the names of the key columns, which no measure may bear. */
  constructor(
    private readonly where: Readonly<Record<string, RowExpression>> | null,
    taken: readonly string[],
  ) {
    for (const name of taken) this.names.add(name);
  }

  get all(): readonly MeasureUse[] {
    return [...this.byKey.values()];
  }

  /** Beyond the limit nothing more is planned: the query is refused. */
  get isFull(): boolean {
    return this.byKey.size > mostMeasures;
  }

  /** From here on, measures only cut groups. */
  stopAsking(): void {
    this.isAsked = false;
  }

  /** Reserves a name, or one like it where it is taken. */
  private freeName(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.names.has(name); count += 1) name = `${wanted}_${count}`;
    this.names.add(name);
    return name;
  }

  use(measure: Measure, pushed: Pushed, hint: string): MeasureUse {
    const conditions = distinctConditions([
      ...(this.where?.[measure.table] === undefined ? [] : [this.where[measure.table]]),
      measure.where ?? undefined,
      ...pushed.conditions.map(each => each[measure.table]),
    ]);
    const { table, aggregate, time, isDated } = measure;
    const key = JSON.stringify([table, aggregate, measure.arguments, time, isDated, conditions]);
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const use = { name: this.freeName(hint), measure, conditions, isAsked: this.isAsked };
    this.byKey.set(key, use);
    return use;
  }

  /** Whether a group has the measure, as a scalar over the plan's columns. */
  presence(use: MeasureUse): Scalar {
    this.present.add(use);
    const rows = call('coalesce', 'integer', column(this.countName(use), 'integer'), constant('integer', '0'));
    return call('greater', 'boolean', rows, constant('integer', '0'));
  }

  /** The column that counts the rows of a group that a measure covers. */
  countName(use: MeasureUse): string {
    if (isRowCount(use.measure)) return use.name;
    const known = this.counts.get(use) ?? this.freeName(`${use.name}_rows`);
    this.counts.set(use, known);
    return known;
  }

  /** Whether it must be known which groups have the measure. */
  needsPresence(use: MeasureUse): boolean {
    return this.present.has(use);
  }
}

export function isRowCount(measure: Measure): boolean {
  return measure.aggregate === 'count' && measure.arguments.length === 0;
}

/** Over no rows, counts and sums are 0 and everything else is null. */
export function isZeroWhenEmpty(measure: Measure): boolean {
  return measure.aggregate === 'count' || measure.aggregate === 'count_distinct' || measure.aggregate === 'sum';
}

function distinctConditions(conditions: readonly (RowExpression | undefined)[]): readonly RowExpression[] {
  const byText = new Map<string, RowExpression>();
  for (const condition of conditions) {
    for (const part of condition === undefined ? [] : conjunctsOf(condition)) {
      const text = JSON.stringify(part);
      if (!byText.has(text)) byText.set(text, part);
    }
  }
  return [...byText.values()];
}
