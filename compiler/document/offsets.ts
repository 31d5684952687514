/** From the value of a YAML scalar back to the file: which character of the file each character of the value came from. */
import type { ScalarNode } from './node.ts';

/**
 * Where the characters of a value stand in the file: one number when they stand side by side from there on,
 * else pairs of (offset in the value, offset in the file), each holding up to the next.
 */
export type OffsetMap = number | readonly number[];

export function fileOffset(map: OffsetMap, offset: number): number {
  if (typeof map === 'number') return map + offset;
  let low = 0;
  let high = map.length / 2 - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((map[middle * 2] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return (map[low * 2 + 1] ?? 0) + offset - (map[low * 2] ?? 0);
}

/** The map of a scalar's value; `text` is the whole file. */
export function offsetMap(text: string, scalar: ScalarNode): OffsetMap {
  const [start, end] = scalar.at;
  if (text.slice(start, end) === scalar.text) return start;
  const places = contentPlaces(text, start, end, scalar.style);
  const pairs: number[] = [];
  let next = 0;
  let expected = -1;
  for (let offset = 0; offset < scalar.text.length; offset += 1) {
    const isSpace = /\s/.test(scalar.text[offset] ?? '');
    const place = isSpace ? expected : (places[next] ?? expected);
    if (!isSpace) next += 1;
    if (place !== expected || offset === 0) pairs.push(offset, Math.max(place, start));
    expected = Math.max(place, start) + 1;
  }
  return pairs.length === 0 ? start : pairs;
}

/** The places of all characters that are not white space, in order; folding only ever changes white space. */
function contentPlaces(text: string, start: number, end: number, style: ScalarNode['style']): readonly number[] {
  const places: number[] = [];
  for (let at = start; at < end; at += 1) {
    const character = text[at] ?? '';
    if (style === 'double' && character === '\\') {
      const escaped = escapeAt(text, at);
      for (let unit = 0; unit < escaped.units; unit += 1) places.push(at);
      at += escaped.length - 1;
    } else if (!/\s/.test(character)) {
      places.push(at);
      if (style === 'single' && character === "'") at += 1;
    }
  }
  return places;
}

/** How long the escape at `at` is, and how many characters other than white space it stands for. */
function escapeAt(text: string, at: number): { readonly length: number; readonly units: number } {
  const letter = text[at + 1] ?? '';
  const digits = { x: 2, u: 4, U: 8 }[letter];
  if (digits !== undefined) {
    const code = Number.parseInt(text.slice(at + 2, at + 2 + digits), 16);
    const value = Number.isNaN(code) || code > 0x10ffff ? '?' : String.fromCodePoint(code);
    return { length: digits + 2, units: /^\s$/.test(value) ? 0 : value.length };
  }
  const isSpace = letter === '' || 'tnvfr \t_LP\n\r'.includes(letter);
  return { length: 2, units: isSpace ? 0 : 1 };
}
