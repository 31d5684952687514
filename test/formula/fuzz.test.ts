/** Broken formulas: random changes to real ones never end in an error of ours, and every finding lies inside the text. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printFormula } from '../../compiler/index.ts';
import { parse, tree, withoutPlaces } from './check.ts';

const seeds = [
  "count(opportunities where is_won) / count(opportunities where stage in ('won', 'lost'))",
  'sum(orders.amount where is_won and not is_test) where region = 1 at closed_on',
  'avg(won_revenue per every rep, month having count(deals) > 3)',
  'sum(open_pipeline * total(prior(win_rate, 1 year) within opportunities.segment) per opportunities.segment)',
  "case when a >= 2026-03-05 then 'it''s' when b is not null then \"x\" else -(a + b) * 3.5 end",
  'conversions(leads where source <> 2 -> deals at won_on by account.id within 30 days) % 100',
  "x not between -1 and 1 or y like '%x%' and z != 2026-03-05T14:30:59.5",
  '(count(distinct deals.owner.end) while open) # at the end\n + 1',
  'if(coalesce(a, 0) = 0, null, percentile(b, 0.9)) - date_trunc(month, closed_on) >= 2 weeks',
];

const tokens = [
  ...['and', 'or', 'not', 'in', 'between', 'is', 'null', 'true', 'like', 'case', 'when', 'then', 'else', 'end'],
  ...['where', 'while', 'per', 'distinct', 'at', 'by', 'across', 'having', 'within', 'every', 'days', 'conversions'],
  ...['(', ')', ',', '.', '+', '-', '*', '/', '%', '=', '<', '>', '<=', '<>', '!=', '==', '->', "'", '"', '#', '\n'],
  ...['0', '1.5', '30 days', '2026-03-05', '2026-02-30', '2026-03-05T10:00', 'a', 'sum(', "'x'", "''", 'rep.region'],
  ...['\0', '\u2028', '\ufeff', '😀', '\ud800', 'é', '`', '&&', '$', '{', '\\', ';', '\t', '\r\n', '%%', '__proto__'],
];

interface Edit {
  readonly kind: 'insert' | 'delete' | 'double' | 'move' | 'code';
  /** Where, as a share of the text. */
  readonly at: number;
  readonly length: number;
  readonly token: string;
}

function edited(text: string, { kind, at, length, token }: Edit): string {
  const start = Math.floor(at * (text.length + 1));
  const [before, part, after] = [text.slice(0, start), text.slice(start, start + length), text.slice(start + length)];
  switch (kind) {
    case 'insert':
      return before + token + part + after;
    case 'delete':
      return before + after;
    case 'double':
      return before + part + part + after;
    case 'move':
      return part + before + after;
    case 'code':
      return `${before}${String.fromCharCode(token.charCodeAt(0) ^ (length * 37))}${part.slice(1)}${after}`;
  }
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('insert', 'insert', 'delete', 'double', 'move', 'code'),
  at: share,
  length: fc.integer({ min: 1, max: 12 }),
  token: fc.constantFrom(...tokens),
});

function check(text: string): void {
  const { expression, diagnostics } = parse(text);
  for (const { code, span, message } of diagnostics) {
    const isInside = span !== null && span.start >= 0 && span.start <= span.end && span.end <= text.length;
    if (!isInside || !/^M\d{4}$/.test(code) || message === '')
      throw new Error(`${code} at ${span?.start}-${span?.end}`);
  }
  if (diagnostics.length > 0) return;
  const printed = printFormula(expression);
  if (printed.length <= 8192) expect(tree(printed).kind).toBe(expression.kind);
}

test('changed formulas are read or refused', () => {
  const changed = fc.tuple(fc.constantFrom(...seeds), fc.array(edit, { minLength: 1, maxLength: 4 }));
  fc.assert(
    fc.property(changed, ([seed, edits]) => check(edits.reduce(edited, seed))),
    { numRuns: 20_000 },
  );
});

test('heaps of words and signs are read or refused', () => {
  const heap = fc.tuple(fc.array(fc.constantFrom(...tokens), { maxLength: 30 }), fc.constantFrom('', ' '));
  fc.assert(
    fc.property(heap, ([words, space]) => check(words.join(space))),
    { numRuns: 5000 },
  );
});

test('any characters are read or refused', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string()), check), {
    numRuns: 1000,
  });
});

test('half of a formula is refused at its end or before, and the whole of it is right', () => {
  const whole = seeds.map(seed => seed.replaceAll('"x"', "'x'"));
  for (const seed of whole) {
    for (let end = 0; end < seed.length; end += 1) check(seed.slice(0, end));
    for (let start = 1; start < seed.length; start += 1) check(seed.slice(start));
    expect(withoutPlaces(tree(printFormula(tree(seed))))).toEqual(withoutPlaces(tree(seed)));
  }
});
