/** Numbers as tables of tests write them: `0.25`, `2/9`, `-1/3`. */
import { type Fraction, over, parseFraction, toDecimal } from '../../compiler/change/fraction.ts';

export function number(text: string): Fraction {
  const [top = '', bottom = '1'] = text.split('/');
  const [above, below] = [parseFraction(top), parseFraction(bottom)];
  const read = above === null || below === null ? null : over(above, below);
  if (read === null) throw new Error(`no number: ${text}`);
  return read;
}

export function numberOrNull(text: string): Fraction | null {
  return text === '-' ? null : number(text);
}

export function written(value: Fraction | null): string {
  if (value === null) return '-';
  return toDecimal(value) ?? `${value.over}/${value.under}`;
}
