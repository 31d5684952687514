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

/** The exact sum of decimal texts, in plain digits. */
export function sumOfDecimals(texts: readonly string[]): string {
  const places = Math.max(0, ...texts.map(text => (text.split('.')[1] ?? '').length));
  const whole = (text: string): bigint => {
    const [digits = '0', fraction = ''] = text.split('.');
    return BigInt(digits + fraction.padEnd(places, '0'));
  };
  const sum = texts.reduce((total, text) => total + whole(text), 0n).toString();
  const [sign, digits] = sum.startsWith('-') ? ['-', sum.slice(1)] : ['', sum];
  const padded = digits.padStart(places + 1, '0');
  const fraction = padded.slice(padded.length - places).replace(/0+$/, '');
  return `${sign}${padded.slice(0, padded.length - places)}${fraction === '' ? '' : `.${fraction}`}`;
}
