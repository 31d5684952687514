/** "Did you mean": the known name nearest to a misspelt one. */
import type { Span } from '../source.ts';
import type { Fix } from './diagnostic.ts';

/** Edits (insert, delete, replace, swap neighbours) that turn `a` into `b`; counting stops above `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + cost,
        swapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = above;
    above = current;
    if (Math.min(...current) > limit) return limit + 1;
  }
  return above[b.length] ?? limit + 1;
}

/**
 * The candidate nearest to `name`, or null when none is near. `preferred` candidates (those whose type and unit fit)
 * win over others that are at most one edit nearer.
 */
export function nearest(
  name: string,
  candidates: Iterable<string>,
  preferred?: (candidate: string) => boolean,
): string | null {
  const limit = Math.min(3, Math.floor(name.length / 3));
  let best: string | null = null;
  let bestScore = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase(), limit);
    if (distance > limit) continue;
    const score = distance * 2 + (preferred?.(candidate) === false ? 3 : 0);
    if (score < bestScore || (score === bestScore && best !== null && candidate < best)) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

/**
 * The mend of a misspelt name. It is safe to apply unasked where there is one letter too many, too few, wrong or out of
 * place, no digit differs (`won_2024` is not `won_2025`), and no other name is about as near.
 */
export function respelt(
  span: Span,
  name: string,
  suggestion: string | null,
  candidates: Iterable<string>,
): readonly Fix[] {
  if (suggestion === null) return [];
  const digits = (text: string) => text.replace(/\D/g, '');
  const isNear = (candidate: string) => editDistance(name.toLowerCase(), candidate.toLowerCase(), 2) <= 2;
  const safe =
    name.length >= 4 &&
    digits(name) === digits(suggestion) &&
    editDistance(name.toLowerCase(), suggestion.toLowerCase(), 1) <= 1 &&
    [...new Set(candidates)].filter(isNear).length === 1;
  return [{ title: `write \`${suggestion}\``, safe, edits: [{ span, text: suggestion }] }];
}

/** The words of `help:` for a suggestion. */
export function didYouMean(suggestion: string | null): string | undefined {
  return suggestion === null ? undefined : `did you mean \`${suggestion}\`?`;
}

/** `a`, `b` or `c`: names in running text, cut after `most`. */
export function oneOf(names: readonly string[], most = 8): string {
  return listed(names, 'or', most);
}

/** `a`, `b` and `c`. */
export function allOf(names: readonly string[], most = 8): string {
  return listed(names, 'and', most);
}

function listed(names: readonly string[], last: 'or' | 'and', most: number): string {
  const quoted = names.slice(0, most).map(name => `\`${name}\``);
  if (names.length > most) return `${quoted.join(', ')} and ${names.length - most} more`;
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${last} ${quoted.at(-1)}`;
}
