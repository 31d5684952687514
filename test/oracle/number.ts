/** Exact numbers: fractions of whole numbers, so that no digit is lost before the last step. */

export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b);
}

export function fraction(over: bigint, under = 1n): Fraction {
  const divisor = gcd(over, under) || 1n;
  const sign = under < 0n ? -1n : 1n;
  return { over: (sign * over) / divisor, under: (sign * under) / divisor };
}

/** `-12.50` as a fraction. */
export function parseFraction(text: string): Fraction {
  const [whole = '0', decimals = ''] = text.replace('-', '').split('.');
  const value = fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
  return text.startsWith('-') ? negate(value) : value;
}

export function negate({ over, under }: Fraction): Fraction {
  return { over: -over, under };
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return fraction(a.over * b.under + b.over * a.under, a.under * b.under);
}

export function times(a: Fraction, b: Fraction): Fraction {
  return fraction(a.over * b.over, a.under * b.under);
}

export function compareFractions(a: Fraction, b: Fraction): number {
  const difference = a.over * b.under - b.over * a.under;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The nearest float, also of fractions whose parts no float can hold. */
export function toNumber({ over, under }: Fraction): number {
  const size = over < 0n ? -over : over;
  const whole = size / under;
  if (whole > 0n) {
    const digits = whole.toString().length;
    const shift = 10n ** BigInt(Math.max(0, 20 - digits));
    return (over < 0n ? -1 : 1) * (Number((size * shift) / under) / Number(shift));
  }
  const shift = 10n ** 330n;
  const scaled = (size * shift) / under;
  const text = scaled.toString();
  return (over < 0n ? -1 : 1) * Number(`${text.slice(0, 25)}e${text.length - Math.min(25, text.length) - 330}`);
}

/** A decimal text, exact where the fraction has an end, else null. */
export function toDecimal({ over, under }: Fraction): string | null {
  let scale = 0;
  let factor = 1n;
  while ((over * factor) % under !== 0n) {
    scale += 1;
    factor *= 10n;
    if (scale > 60) return null;
  }
  const digits = ((over * factor) / under)
    .toString()
    .replace('-', '')
    .padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return over < 0n ? `-${text}` : text;
}
