/** What the columns of a frame stand for: measures, each with the conditions that were pushed into it, and nested aggregates. */
import type { Measure, RowExpression } from '../model.ts';
import type { Audience } from '../resolve/index.ts';
import { conjunctsOf } from './conditions.ts';
import type { Scalar } from './plan.ts';
import { call, column, constant } from './scalar.ts';
import type { Times } from './times.ts';

/** Conditions pushed into measures, by the table that they are bound for. */
export interface Pushed {
  readonly id: string;
  readonly conditions: readonly Readonly<Record<string, RowExpression>>[];
}

/** Conditions that are pushed onto others, each once. */
export class Pushes {
  private readonly ids = new Map<string, string>();

  push(pushed: Pushed, conditions: Readonly<Record<string, RowExpression>>): Pushed {
    const text = JSON.stringify(conditions);
    const id = this.ids.get(text) ?? text;
    this.ids.set(text, id);
    const ids = pushed.id === '' ? [] : pushed.id.split('\u0000');
    if (ids.includes(id)) return pushed;
    return { id: [...ids, id].sort().join('\u0000'), conditions: [...pushed.conditions, conditions] };
  }
}

/** Different measures in one query. */
export const mostMeasures = 500;

export const nothingPushed: Pushed = { id: '', conditions: [] };

/** A column of a frame. */
export interface Use {
  /** Its name in the plan. */
  readonly name: string;
  /** Whether its value is the number of rows that it covers. */
  readonly isRowCount: boolean;
}

export interface MeasureUse extends Use {
  readonly measure: Measure;
  /** Conditions that a row must pass, each once, in the order in which they were written. */
  readonly conditions: readonly RowExpression[];
  /** Conditions that came from outside: the query's, and those pushed into it. */
  readonly outer: readonly RowExpression[];
  /** The intervals that it is read on. */
  readonly times: Times;
  /** Whose rows it covers. */
  readonly audience: Audience;
}

/** Under which conditions, on which intervals and for whom a measure is read. */
export interface MeasureSite {
  readonly pushed: Pushed;
  readonly times: Times;
  readonly audience: Audience;
}

/** The columns of a frame, each different one once. */
export class Uses {
  private readonly byKey = new Map<string, MeasureUse>();
  private readonly names = new Set<string>();
  private readonly counts = new Map<Use, string>();
  private readonly present = new Set<Use>();
  private readonly asked = new Set<Use>();
  private readonly valued = new Set<MeasureUse>();
  private isAsking = true;

  /** `taken` are the names of the key columns, which no other column may bear. */
  constructor(
    private readonly where: Readonly<Record<string, RowExpression>> | null,
    taken: readonly string[],
  ) {
    for (const name of taken) this.names.add(name);
  }

  get measures(): readonly MeasureUse[] {
    return [...this.byKey.values()];
  }

  /** Beyond the limit nothing more is planned: the query is refused. */
  get isFull(): boolean {
    return this.byKey.size > mostMeasures;
  }

  /** What is evaluated meanwhile only cuts groups: it brings none. */
  withoutAsking<T>(work: () => T): T {
    const before = this.isAsking;
    this.isAsking = false;
    const result = work();
    this.isAsking = before;
    return result;
  }

  /** What is evaluated now: columns of the answer, or conditions on groups. */
  get asking(): 'columns' | 'conditions' {
    return this.isAsking ? 'columns' : 'conditions';
  }

  /** Whether a column of the answer stands on it, rather than a condition on groups alone. */
  isAsked(use: Use): boolean {
    return this.asked.has(use);
  }

  /** A column once more. */
  again<T extends Use>(use: T): T {
    if (this.isAsking) this.asked.add(use);
    return use;
  }

  /** Reserves a name, or one like it where it is taken. */
  freeName(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.names.has(name); count += 1) name = `${wanted}_${count}`;
    this.names.add(name);
    return name;
  }

  /** `role` is `groups` where it only says which groups there are, beside another measure. */
  measure(measure: Measure, site: MeasureSite, hint: string, role: 'value' | 'groups'): MeasureUse {
    const use = this.known(measure, site, hint);
    if (role === 'value') this.valued.add(use);
    return this.again(use);
  }

  /** The measures whose values are read. */
  get values(): readonly MeasureUse[] {
    return this.measures.filter(use => this.valued.has(use));
  }

  private known(measure: Measure, { pushed, times, audience }: MeasureSite, hint: string): MeasureUse {
    const asked = this.where?.[measure.table];
    const outer = [
      ...(asked === undefined ? [] : [asked]),
      ...pushed.conditions.flatMap(each => each[measure.table] ?? []),
    ];
    const conditions = distinctConditions([
      asked,
      measure.where ?? undefined,
      ...pushed.conditions.map(each => each[measure.table]),
    ]);
    const { table, aggregate, time, isDated, lifespan, followedBy } = measure;
    const key = JSON.stringify([
      table,
      aggregate,
      measure.arguments,
      time,
      isDated,
      lifespan,
      followedBy,
      conditions,
      times,
      audience,
    ]);
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const isRowCount = aggregate === 'count' && measure.arguments.length === 0;
    const use = { name: this.freeName(hint), measure, conditions, outer, times, audience, isRowCount };
    this.byKey.set(key, use);
    return use;
  }

  /** A column that is made elsewhere, for the frame to name. */
  other(hint: string): Use {
    return this.again({ name: this.freeName(hint), isRowCount: false });
  }

  /** Whether a group has it, as a scalar over the plan's columns. */
  presence(use: Use): Scalar {
    this.present.add(use);
    const rows = call('coalesce', 'integer', column(this.countName(use), 'integer'), constant('integer', '0'));
    return call('greater', 'boolean', rows, constant('integer', '0'));
  }

  /** The column that counts the rows of a group that it covers. */
  countName(use: Use): string {
    if (use.isRowCount) return use.name;
    const known = this.counts.get(use) ?? this.freeName(`${use.name}_rows`);
    this.counts.set(use, known);
    return known;
  }

  /** Whether it must be known which groups have it. */
  needsPresence(use: Use): boolean {
    return this.present.has(use);
  }
}

/** Over no rows, counts and sums are 0 and everything else is null. */
export function isZeroWhenEmpty({ aggregate }: Pick<Measure, 'aggregate'>): boolean {
  return aggregate === 'count' || aggregate === 'count_distinct' || aggregate === 'sum';
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
