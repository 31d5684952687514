/** Exact arithmetic on decimal text, for the few constants that the compiler computes itself. */

/** A decimal text times a whole number, every digit kept: `scaleDecimal('1.5', 24)` is `36`. */
export function scaleDecimal(text: string, factor: number): string {
  if (factor === 1) return text;
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const product = (BigInt(whole + fraction) * BigInt(factor)).toString().padStart(fraction.length + 1, '0');
  const digits =
    fraction.length === 0 ? product : `${product.slice(0, -fraction.length)}.${product.slice(-fraction.length)}`;
  const trimmed = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
  return text.startsWith('-') && trimmed !== '0' ? `-${trimmed}` : trimmed;
}
