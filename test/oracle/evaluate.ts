/** Metric expressions of the oracle: the cells that they have in a frame, and their value in each. */
import type { BoundQuery, Metric, MetricExpression, Nested, Rank } from '../../compiler/index.ts';
import { type Cell, grouped, keyOf, unique } from './cells.ts';
import { type Frame, withConditions, withoutKeys, withWindow } from './frame.ts';
import { askedOf, Goals } from './goals.ts';
import { Measures } from './measures.ts';
import { type InnerCells, innerCells, nestedValue, outerOf } from './nested.ts';
import { fraction } from './number.ts';
import { literalValue, momentValue, type World } from './rows.ts';
import { isSpread, takenAway } from './scopes.ts';
import { Time } from './time.ts';
import { bucketValue, call, compareValues, type Value } from './values.ts';

/** Whether only what the answer needs is computed, or all that its measures cover: an engine may stumble over any of it. */
export type Care = 'needed' | 'all';

export class Evaluator {
  readonly time: Time;
  private readonly measures: Measures;
  private readonly goals = new Goals(this);
  private readonly found = new Map<MetricExpression, Map<string, readonly Cell[]>>();
  private readonly keys = new Map<MetricExpression, Map<string, ReadonlySet<string>>>();
  private readonly values = new Map<MetricExpression, Map<string, Value>>();
  private readonly inner = new Map<Nested, Map<string, InnerCells>>();
  private readonly places = new Map<Rank, Map<string, ReadonlyMap<string, Value>>>();

  constructor(
    readonly query: BoundQuery,
    readonly world: World,
    readonly care: Care,
  ) {
    this.time = new Time(query, world);
    this.measures = new Measures(query, world, this.time);
  }

  /** The cells that an expression has in a frame: those that any of its measures has, on the intervals that they read. */
  cells(expression: MetricExpression, frame: Frame): readonly Cell[] {
    return once(this.found, expression, frame.id, () => unique(this.allCells(expression, frame)));
  }

  private allCells(expression: MetricExpression, frame: Frame): readonly Cell[] {
    switch (expression.kind) {
      case 'measure':
        return this.measures.cells(expression, frame);
      case 'metric': {
        const asked = askedOf(expression.name, this.world.model);
        return asked === null
          ? this.cells(this.named(expression.name).expression, frame)
          : this.goals.cells(asked, frame);
      }
      case 'filtered':
        return this.cells(expression.operand, withConditions(frame, expression.conditions));
      case 'windowed':
        return this.cells(expression.operand, withWindow(frame, expression.window));
      case 'nested':
        return [...this.innerOf(expression, frame).values()].map(inner => outerOf(inner[0] ?? [], frame));
      case 'call':
        return expression.arguments.flatMap(argument => this.cells(argument, frame));
      case 'total':
        return isSpread(expression.operand, frame, this.world) ? [] : this.cells(expression.operand, frame);
      case 'truncate':
      case 'rank':
        return this.cells(expression.operand, frame);
      case 'moment':
      case 'days':
      case 'literal':
      case 'error':
        return [];
    }
  }

  metric({ empty, expression, type }: Metric, frame: Frame, cell: Cell): Value {
    if (empty === null || this.hasCell(expression, frame, cell)) return this.value(expression, frame, cell);
    return empty === 'null' ? null : type === 'float' ? 0 : fraction(0n);
  }

  private hasCell(expression: MetricExpression, frame: Frame, cell: Cell): boolean {
    const make = () => new Set(this.cells(expression, frame).map(keyOf));
    return once(this.keys, expression, frame.id, make).has(keyOf(cell));
  }

  value(expression: MetricExpression, frame: Frame, cell: Cell): Value {
    const key = `${frame.id}${keyOf(cell)}`;
    return once(this.values, expression, key, () => this.computed(expression, frame, cell));
  }

  private computed(expression: MetricExpression, frame: Frame, cell: Cell): Value {
    const { settings } = this.world.model;
    switch (expression.kind) {
      case 'literal':
        return literalValue(expression.type, expression.value);
      case 'moment':
        return momentValue(expression.name, this.time.momentsOf(this.time.intervalOf(frame, cell)));
      case 'measure':
        return this.measures.value(expression, frame, cell);
      case 'metric': {
        const asked = askedOf(expression.name, this.world.model);
        return asked === null
          ? this.metric(this.named(expression.name), frame, cell)
          : this.goals.value(asked, frame, cell);
      }
      case 'filtered':
        return this.value(expression.operand, withConditions(frame, expression.conditions), cell);
      case 'windowed':
        return this.value(expression.operand, withWindow(frame, expression.window), cell);
      case 'nested': {
        const inner = this.innerOf(expression, frame).get(keyOf(cell)) ?? [];
        return nestedValue(expression, frame, inner, this);
      }
      case 'total': {
        const taken = takenAway(expression.scope, expression.operand, frame, this.world);
        const rest = cell.filter((_, index) => taken[index] !== true);
        return this.value(expression.operand, withoutKeys(frame, taken), rest);
      }
      case 'rank':
        return this.placesOf(expression, frame).get(keyOf(cell)) ?? null;
      case 'call': {
        const operands = expression.arguments.map(argument => () => this.value(argument, frame, cell));
        if (this.care === 'all') for (const operand of operands) operand();
        return call(expression, operands, settings);
      }
      case 'truncate': {
        const { grain, operand } = expression;
        return bucketValue(grain, this.value(operand, frame, cell), operand.type, settings);
      }
      case 'days':
        throw new Error('the oracle reads goals by itself');
      case 'error':
        throw new Error('an error in the model');
    }
  }

  private named(name: string): Metric {
    const metric = this.world.model.metrics[name];
    if (metric === undefined) throw new Error(`no metric ${name}`);
    return metric;
  }

  private innerOf(nested: Nested, frame: Frame): InnerCells {
    return once(this.inner, nested, frame.id, () => innerCells(nested, frame, this));
  }

  /** The places of the cells that have a value, among those that agree on what is not taken away. */
  private placesOf(rank: Rank, frame: Frame): ReadonlyMap<string, Value> {
    return once(this.places, rank, frame.id, () => {
      const { operand, scope } = rank;
      const taken = takenAway(scope, operand, frame, this.world);
      const peers = this.cells(operand, frame).flatMap(cell => {
        const value = this.value(operand, frame, cell);
        return value === null ? [] : [{ cell, value, among: keyOf(cell.filter((_, index) => taken[index] !== true)) }];
      });
      const byPeers = grouped(peers, peer => peer.among);
      return new Map(
        peers.map(({ cell, value, among }) => {
          const higher = (byPeers.get(among) ?? []).filter(other => compareValues(other.value, value) > 0);
          return [keyOf(cell), fraction(BigInt(higher.length + 1))] as const;
        }),
      );
    });
  }
}

function once<K, V>(cache: Map<K, Map<string, V>>, of: K, key: string, make: () => V): V {
  const known = cache.get(of) ?? new Map<string, V>();
  cache.set(of, known);
  const done = known.get(key);
  if (done !== undefined) return done;
  const made = make();
  known.set(key, made);
  return made;
}
