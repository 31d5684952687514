/** Exact numbers: fractions of whole numbers, so that the parts of a change add up to it with nothing left over. */

export interface Fraction {
  readonly over: bigint;
  /** Above zero, and without a divisor in common with `over`. */
  readonly under: bigint;
}

export const zero: Fraction = { over: 0n, under: 1n };

export function fraction(over: bigint, under = 1n): Fraction {
  const divisor = greatestDivisor(over, under);
  const sign = under < 0n ? -divisor : divisor;
  return { over: over / sign, under: under / sign };
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [left, right] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (right !== 0n) [left, right] = [right, left % right];
  return left === 0n ? 1n : left;
}

/** More than the exponents of floats; whole numbers of a billion digits would take all memory. */
const greatestExponent = 400;

/** `-12.50`, `1e-7` and their like; null for what is no such number. */
export function parseFraction(text: string): Fraction | null {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text.trim());
  const [, sign = '', whole = '', behind = '', exponent = '0'] = match ?? [];
  if (match === null || whole + behind === '' || Math.abs(Number(exponent)) > greatestExponent) return null;
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${behind}`);
  const places = behind.length - Number(exponent);
  return places > 0 ? fraction(digits, 10n ** BigInt(places)) : fraction(digits * 10n ** BigInt(-places));
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return fraction(a.over * b.under + b.over * a.under, a.under * b.under);
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return fraction(a.over * b.under - b.over * a.under, a.under * b.under);
}

export function times(a: Fraction, b: Fraction): Fraction {
  return fraction(a.over * b.over, a.under * b.under);
}

/** Null over zero. */
export function over(a: Fraction, b: Fraction): Fraction | null {
  return b.over === 0n ? null : fraction(a.over * b.under, a.under * b.over);
}

export function half(a: Fraction): Fraction {
  return fraction(a.over, a.under * 2n);
}

/** Terms are brought to one denominator, which is reduced at the end alone: most of them have it in common. */
export function sum(terms: Iterable<Fraction>): Fraction {
  let [above, below] = [0n, 1n];
  for (const { over: digits, under } of terms) {
    if (below % under !== 0n) {
      const factor = under / greatestDivisor(below, under);
      above *= factor;
      below *= factor;
    }
    above += digits * (below / under);
  }
  return fraction(above, below);
}

export function size(a: Fraction): Fraction {
  return a.over < 0n ? { over: -a.over, under: a.under } : a;
}

/** -1, 0 or 1. */
export function signOf({ over: digits }: Fraction): number {
  return digits < 0n ? -1 : digits > 0n ? 1 : 0;
}

/** Below zero where `a` is the smaller, as sorting wants it. */
export function order(a: Fraction, b: Fraction): number {
  return signOf({ over: a.over * b.under - b.over * a.under, under: 1n });
}

/** Cut to so many places behind the point: sums of many fractions of different kinds would have no end of digits. */
export function cut(a: Fraction, places: number): Fraction {
  const scale = 10n ** BigInt(places);
  return fraction((a.over * scale) / a.under, scale);
}

/** The nearest float: of 25 digits that count, more than a float has. */
export function toNumber({ over: digits, under }: Fraction): number {
  const shift = 25 - String(digits).length + String(under).length;
  const scaled = shift >= 0 ? (digits * 10n ** BigInt(shift)) / under : digits / (under * 10n ** BigInt(-shift));
  return Number(`${scaled}e${-shift}`);
}

/** All digits, without zeros behind the last; null where they have no end. */
export function toDecimal({ over: digits, under }: Fraction): string | null {
  let places = 0;
  let scale = 1n;
  for (; scale % under !== 0n; places += 1) {
    if (places > 60) return null;
    scale *= 10n;
  }
  const text = String((digits < 0n ? -digits : digits) * (scale / under)).padStart(places + 1, '0');
  const point = text.length - places;
  return `${digits < 0n ? '-' : ''}${text.slice(0, point)}${places === 0 ? '' : `.${text.slice(point)}`}`;
}
