/** Printing formulas: one spelling for one meaning, which reads back as the very same tree. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printFormula } from '../../compiler/index.ts';
import { expression, loud } from './arbitrary.ts';
import { tree, withoutPlaces } from './check.ts';

const spaces = [' ', '  ', '\n', '\t ', ' # and so on\n', '\r\n', '\u00a0'];

describe('one spelling', () => {
  const table: readonly (readonly [formula: string, printed: string])[] = [
    ['  a+b*c ', 'a + b * c'],
    ['((a))+((b*c))', 'a + b * c'],
    ['(a+b)*c', '(a + b) * c'],
    ['a-(b-c)', 'a - (b - c)'],
    ['(a-b)-c', 'a - b - c'],
    ['a/(b*c)', 'a / (b * c)'],
    ['a*(b/c)', 'a * (b / c)'],
    ['-(a)', '-a'],
    ['- - a', '--a'],
    ['-(a+b)', '-(a + b)'],
    ['(-a)*b', '-a * b'],
    ['-(a*b)', '-(a * b)'],
    ['a!=b', 'a <> b'],
    ['(a=b)=(c=d)', '(a = b) = (c = d)'],
    ['(a)=(b+1)', 'a = b + 1'],
    ['A AND B OR NOT C', 'A and B or not C'],
    ['(a and b) or c', 'a and b or c'],
    ['a and (b or c)', 'a and (b or c)'],
    ['not (not (a))', 'not not a'],
    ['not (a and b)', 'not (a and b)'],
    ['not (a = b)', 'not a = b'],
    ['a and (b and c)', 'a and (b and c)'],
    ["a IN('x','it''s')", "a in ('x', 'it''s')"],
    ['a not in((b),(c or d))', 'a not in (b, c or d)'],
    ['a NOT BETWEEN 1 AND 2', 'a not between 1 and 2'],
    ["a LIKE 'x%'", "a like 'x%'"],
    ['(a = b) is not null', '(a = b) is not null'],
    ['a IS NULL', 'a is null'],
    ['case when (a) then (b) else (c) end', 'case when a then b else c end'],
    ['case when a then b when c then d end', 'case when a then b when c then d end'],
    ['case when (a where b) then c end', 'case when (a where b) then c end'],
    ['SUM( x )', 'sum(x)'],
    ['count(DISTINCT x.y)', 'count(distinct x.y)'],
    ['f( )', 'f()'],
    ['count(per  a)', 'count(per a)'],
    ['avg(x per every a,b having(y>1))', 'avg(x per every a, b having y > 1)'],
    ['total(x across a.b)', 'total(x across a.b)'],
    ['conversions(a->b by k within 1 days)', 'conversions(a -> b by k within 1 day)'],
    ['conversions(a where x->b by every k)', 'conversions(a where x -> b by every k)'],
    ['1 days', '1 day'],
    ['2 day', '2 days'],
    ['1.0 hour', '1.0 hours'],
    ['2 half', '2 halves'],
    ['TRUE', 'true'],
    ['sum(a)at t where b', 'sum(a) where b at t'],
    ['sum(a) while open where b where c', 'sum(a) where b and c while open'],
    ['(sum(a)) where b', 'sum(a) where b'],
    ['(a+b)where c', '(a + b) where c'],
    ['a+b where c', 'a + b where c'],
    ['a+(b where c)', 'a + (b where c)'],
    ['(a where b) where c', '(a where b) where c'],
    ['f(a where b, c)', 'f(a where b, c)'],
    ['a where (b or c)', 'a where b or c'],
    ['a where (b where c)', 'a where (b where c)'],
    ['2026-03-05T14:30', '2026-03-05T14:30'],
    ['a . where', 'a.where'],
    ['a # b\n+ c', 'a + c'],
  ];
  test.each(table)('%s', (formula, printed) => {
    expect(printFormula(tree(formula))).toBe(printed);
  });
});

test('what is printed reads back as the same tree, and prints the same again', () => {
  fc.assert(
    fc.property(expression, each => {
      const printed = printFormula(each);
      const back = tree(printed);
      expect(withoutPlaces(back)).toEqual(withoutPlaces(each));
      expect(printFormula(back)).toBe(printed);
    }),
    { numRuns: 1500 },
  );
});

/** A tree without its places, and without whether a modifier's operand was bracketed. */
function meaning(value: unknown): unknown {
  return JSON.parse(JSON.stringify(withoutPlaces(value), (key, inner) => (key === 'bracketed' ? undefined : inner)));
}

test('however it is written, brackets, letters and spaces, it is the same tree and prints the same', () => {
  const gaps = fc.array(fc.constantFrom(...spaces), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(expression, gaps, (each, between) => {
      let count = 0;
      const text = loud(each, () => {
        count += 1;
        return between[count % between.length] ?? ' ';
      });
      fc.pre(text.length <= 8192);
      const read = tree(text);
      expect(meaning(read)).toEqual(meaning(each));
      expect(printFormula(tree(printFormula(read)))).toBe(printFormula(read));
    }),
    { numRuns: 1000 },
  );
});
