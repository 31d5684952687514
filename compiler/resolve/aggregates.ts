/** The aggregates: what they take, what they give, and whether their values may be added up. */
import {
  argumentCount,
  countOfCondition,
  mixedCurrencies,
  notAConstant,
  type Report,
  wrongArgument,
} from '../diagnostics/index.ts';
import { type Additivity, type AggregateName, noUnit, type Typed, type Unit, unspecified } from '../model.ts';
import type { Span } from '../source.ts';
import { isNumber, typeText } from './meeting.ts';
import { squared } from './units.ts';

/** Aggregates as formulas name them; `count(distinct x)` is `count_distinct`. */
export const aggregateNames = [
  'count',
  'sum',
  'avg',
  'min',
  'max',
  'median',
  'percentile',
  'stddev',
  'variance',
  'corr',
  'first',
  'last',
  'any',
  'all',
] as const satisfies readonly AggregateName[];

/** Of `count(distinct x)` the name is `count` as well. */
export function aggregateNamed(name: string): AggregateName {
  return aggregateNames.find(aggregate => aggregate === name) ?? 'count';
}

export function isAggregate(name: string): name is (typeof aggregateNames)[number] {
  return aggregateNames.some(aggregate => aggregate === name);
}

/** Whether the values of two groups of rows, added, are the value of both. */
export function additivityOf(aggregate: AggregateName): Additivity {
  if (aggregate === 'count' || aggregate === 'sum') return 'sum';
  return aggregate === 'count_distinct' ? 'distinct' : 'none';
}

/** Aggregates that depend on the order of what they aggregate. */
export const ordered: readonly AggregateName[] = ['first', 'last'];

export interface AggregateSite {
  /** Null where values of groups are aggregated, not rows. */
  readonly table: string | null;
  readonly text: (index: number) => string;
  readonly whole: Span;
  readonly part: (index: number) => Span;
  readonly report: Report;
}

interface Operand extends Typed {
  readonly kind: string;
  readonly value?: unknown;
}

/** The type and unit of an aggregate over row or metric expressions, or null when they do not fit, which has been reported. */
export function aggregateType(name: AggregateName, operands: readonly Operand[], site: AggregateSite): Typed | null {
  const expected = name === 'percentile' || name === 'corr' ? 2 : 1;
  if (name === 'count' && operands.length === 0) return { type: 'integer', unit: noUnit };
  if (operands.length !== expected) {
    const what =
      name === 'percentile' ? 'a column and a share between 0 and 1' : expected === 2 ? 'two columns' : 'one column';
    site.report(
      argumentCount(site.whole, {
        name: name === 'count_distinct' ? 'count(distinct)' : name,
        expected: what,
        found: operands.length,
      }),
    );
    return null;
  }
  if (operands.some(operand => operand.type === 'unknown')) return null;
  const [first] = operands;
  return first === undefined ? null : typeOver(name, first, operands, site);
}

function typeOver(
  name: AggregateName,
  first: Operand,
  operands: readonly Operand[],
  site: AggregateSite,
): Typed | null {
  switch (name) {
    case 'count':
      if (first.type !== 'boolean') return { type: 'integer', unit: noUnit };
      site.report(countOfCondition(site.part(0), { text: site.text(0), table: site.table }));
      return null;
    case 'count_distinct':
      return { type: 'integer', unit: noUnit };
    case 'sum':
      return numbers(name, operands, site) ? ofUnit(first.type, first.unit, name, site) : null;
    case 'avg':
    case 'median':
    case 'stddev':
      return numbers(name, operands, site) ? ofUnit('float', first.unit, name, site) : null;
    case 'percentile':
      return numbers(name, operands.slice(0, 1), site) && isShare(operands[1], site)
        ? ofUnit('float', first.unit, name, site)
        : null;
    case 'variance':
      return numbers(name, operands, site) ? ofUnit('float', squared(first.unit) ?? first.unit, name, site) : null;
    case 'corr':
      return numbers(name, operands, site) ? { type: 'float', unit: noUnit } : null;
    case 'min':
    case 'max':
      if (first.type !== 'boolean') return ofUnit(first.type, first.unit, name, site);
      return wrong(0, name, 'numbers, dates or text (of conditions, write `any` or `all`)', first, site);
    case 'first':
    case 'last':
      return { type: first.type, unit: first.unit };
    case 'any':
    case 'all':
      return first.type === 'boolean'
        ? { type: 'boolean', unit: unspecified }
        : wrong(0, name, 'a condition', first, site);
  }
}

function numbers(name: AggregateName, operands: readonly Operand[], site: AggregateSite): boolean {
  const index = operands.findIndex(operand => !isNumber(operand.type));
  const misfit = operands[index];
  if (misfit !== undefined) wrong(index, name, 'numbers', misfit, site);
  return misfit === undefined;
}

function wrong(index: number, name: AggregateName, expected: string, operand: Operand, site: AggregateSite): null {
  const help =
    name === 'sum' && operand.type === 'boolean' && site.table !== null
      ? `rows are counted: \`count(${site.table} where ${site.text(index)})\``
      : undefined;
  site.report(wrongArgument(site.part(index), { what: `\`${name}\``, expected, found: typeText(operand.type), help }));
  return null;
}

function isShare(operand: Operand | undefined, site: AggregateSite): boolean {
  const value = operand?.kind === 'literal' && typeof operand.value === 'string' ? Number(operand.value) : Number.NaN;
  if (value >= 0 && value <= 1) return true;
  site.report(notAConstant(site.part(1), { what: 'the share of `percentile`', expected: 'a number from 0 to 1' }));
  return false;
}

/** Amounts of several currencies are not added up, averaged or compared. */
function ofUnit(type: Typed['type'], unit: Unit, name: AggregateName, site: AggregateSite): Typed | null {
  if (unit.kind !== 'mixed') return { type, unit };
  const verb = name === 'sum' ? 'add' : name === 'min' || name === 'max' ? 'compare' : 'average';
  site.report(mixedCurrencies(site.part(0), { column: unit.currencyColumn, verb }));
  return null;
}
