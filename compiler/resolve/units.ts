/** The algebra of units: how they multiply, when two may meet, and how one kind of time converts to another. */
import { noUnit, type Unit, unspecified } from '../model.ts';

/** Seconds of fixed times; months of calendar times. The two families do not convert into each other. */
const fixedTimes: Readonly<Record<string, number>> = {
  seconds: 1,
  minutes: 60,
  hours: 3600,
  days: 86_400,
  weeks: 604_800,
};
const calendarTimes: Readonly<Record<string, number>> = { months: 1, quarters: 3, halves: 6, years: 12 };

const sizes = new Map<string, { readonly family: string; readonly size: number }>([
  ...Object.entries(fixedTimes).map(([name, size]) => [name, { family: 'fixed', size }] as const),
  ...Object.entries(calendarTimes).map(([name, size]) => [name, { family: 'calendar', size }] as const),
]);

/** Units that are words of the language; any other snake_case word is a counted thing. */
export const unitWords = ['currency', 'percent', ...Object.keys(fixedTimes), ...Object.keys(calendarTimes)];

export function known(factors: Readonly<Record<string, number>>): Unit {
  const kept = Object.entries(factors).filter(([, power]) => power !== 0);
  return kept.length === 0
    ? noUnit
    : { kind: 'known', factors: Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

export type UnitReading =
  | { readonly kind: 'unit'; readonly unit: Unit; readonly isPercent: boolean }
  | { readonly kind: 'wrong'; readonly reason: string };

/** Reads `currency`, `percent`, `EUR`, `days`, `seats`, `currency(column)`, or such words joined by `*` and `/`. */
export function readUnit(text: string, currency: string | null): UnitReading {
  const column = /^currency\s*\(\s*([a-z][a-z0-9_]*)\s*\)$/.exec(text.trim());
  if (column?.[1] !== undefined)
    return { kind: 'unit', unit: { kind: 'mixed', currencyColumn: column[1] }, isPercent: false };
  if (text.trim() === 'percent') return { kind: 'unit', unit: noUnit, isPercent: true };
  const parts = text.trim().split(/\s*([*/])\s*/);
  const factors: Record<string, number> = {};
  for (let index = 0; index < parts.length; index += 2) {
    const word = parts[index] ?? '';
    const sign = parts[index - 1] === '/' ? -1 : 1;
    const name = word === 'currency' ? (currency ?? 'currency') : word;
    if (!/^([A-Z]{3}|[a-z][a-z0-9_]*)$/.test(name)) return { kind: 'wrong', reason: `\`${word}\` is not a unit` };
    if (name === 'percent') return { kind: 'wrong', reason: '`percent` stands alone: it has no unit to multiply' };
    factors[name] = (factors[name] ?? 0) + sign;
  }
  return { kind: 'unit', unit: known(factors), isPercent: false };
}

/** A unit in words: `EUR`, `EUR / days`, `no unit`. */
export function unitText(unit: Unit): string {
  if (unit.kind === 'unspecified') return 'unspecified';
  if (unit.kind === 'mixed') return `currency(${unit.currencyColumn})`;
  const write = (sign: number) =>
    Object.entries(unit.factors)
      .filter(([, power]) => Math.sign(power) === sign)
      .map(([name, power]) => (Math.abs(power) === 1 ? name : `${name}^${Math.abs(power)}`));
  const [over, under] = [write(1), write(-1)];
  if (over.length + under.length === 0) return 'no unit';
  return [over.length === 0 ? '1' : over.join(' * '), ...under].join(' / ');
}

export function isNone(unit: Unit): boolean {
  return unit.kind === 'known' && Object.keys(unit.factors).length === 0;
}

export function sameUnit(left: Unit, right: Unit): boolean {
  return unitText(left) === unitText(right);
}

/** A unit of one time alone, such as days; null for any other. */
export function timeOf(unit: Unit): string | null {
  if (unit.kind !== 'known') return null;
  const [[name, power] = ['', 0], ...others] = Object.entries(unit.factors);
  return others.length === 0 && power === 1 && sizes.has(name) ? name : null;
}

/** Months in a calendar time or seconds in a fixed one. */
export function sizeOfTime(name: string): { readonly family: string; readonly size: number } | null {
  return sizes.get(name) ?? null;
}

/** How two values come to one unit: each is multiplied by its scale. */
export interface Meeting {
  readonly unit: Unit;
  readonly leftScale: number;
  readonly rightScale: number;
}

/** The common unit of two values that are added or compared, or null when they do not fit together. */
export function meet(left: Unit, right: Unit): Meeting | null {
  const as = (unit: Unit): Meeting => ({ unit, leftScale: 1, rightScale: 1 });
  if (left.kind === 'unspecified') return as(right);
  if (right.kind === 'unspecified') return as(left);
  if (sameUnit(left, right)) return as(left);
  if (left.kind === 'mixed' || right.kind === 'mixed') return null;
  const ratio = ratioOf(left.factors, right.factors);
  if (ratio === null) return null;
  if (Number.isInteger(ratio)) return { unit: right, leftScale: ratio, rightScale: 1 };
  return { unit: left, leftScale: 1, rightScale: 1 / ratio };
}

/** How many of `right` one of `left` is, where both are the same but for their kinds of time. */
function ratioOf(left: Readonly<Record<string, number>>, right: Readonly<Record<string, number>>): number | null {
  const dimensions = new Map<string, number>();
  let ratio = 1;
  for (const [factors, sign] of [[left, 1] as const, [right, -1] as const]) {
    for (const [name, power] of Object.entries(factors)) {
      const time = sizes.get(name);
      const dimension = time === undefined ? name : `time:${time.family}`;
      dimensions.set(dimension, (dimensions.get(dimension) ?? 0) + sign * power);
      if (time !== undefined) ratio *= time.size ** (sign * power);
    }
  }
  return [...dimensions.values()].every(power => power === 0) ? ratio : null;
}

/** The unit of a product (`power` 1) or a quotient (`power` -1); a quotient or product of unspecified ones is unspecified. */
export function multiplyUnits(left: Unit, right: Unit, power: 1 | -1): Unit | null {
  if (left.kind === 'mixed') return right.kind === 'unspecified' || isNone(right) ? left : null;
  if (right.kind === 'mixed') return power === 1 && (left.kind === 'unspecified' || isNone(left)) ? right : null;
  if (left.kind === 'unspecified' && right.kind === 'unspecified') return unspecified;
  const factors: Record<string, number> = left.kind === 'known' ? { ...left.factors } : {};
  for (const [name, exponent] of Object.entries(right.kind === 'known' ? right.factors : {})) {
    factors[name] = (factors[name] ?? 0) + power * exponent;
  }
  return known(factors);
}

/** The unit of a value as it is seen from rows that reach it over joins: where its currency stands is another path from there. */
export function unitBehind(unit: Unit, joins: readonly string[]): Unit {
  if (unit.kind !== 'mixed' || joins.length === 0) return unit;
  return { ...unit, currencyColumn: [...joins, unit.currencyColumn].join('.') };
}

/** The unit of a value that comes from another row: its currency is that row's, and no column of this one has it. */
export function unitElsewhere(unit: Unit, what: string): Unit {
  return unit.kind === 'mixed' ? { ...unit, currencyColumn: `${what}(${unit.currencyColumn})` } : unit;
}

export function squared(unit: Unit): Unit | null {
  return multiplyUnits(unit, unit, 1);
}

/** Where one product holds two times of one family (`EUR / days * hours`), they do not cancel by themselves. */
export function clashingTimes(unit: Unit): boolean {
  if (unit.kind !== 'known') return false;
  const families = Object.keys(unit.factors).flatMap(name => sizes.get(name)?.family ?? []);
  return new Set(families).size < families.length;
}
