/** Limits of formulas: length, depth and long chains; each is read up to the limit and refused with a code beyond it. */
import { describe, expect, test } from 'vitest';
import { parse, tree } from './check.ts';
import { outline } from './outline.ts';

describe('length', () => {
  test('8192 characters are read', () => {
    expect(outline(tree(`a${' '.repeat(8191)}`))).toBe('a');
    const text = `'${'x'.repeat(8190)}'`;
    expect(outline(tree(text))).toBe(`"${'x'.repeat(8190)}"`);
    expect(outline(tree(`#${'x'.repeat(8189)}\na`))).toBe('a');
  });

  test.each([8193, 100_000])('%i are refused, as a whole and once', length => {
    for (const text of [`a${' '.repeat(length - 1)}`, 'x'.repeat(length), '('.repeat(length), '"'.repeat(length)]) {
      const { expression, diagnostics } = parse(text);
      expect(diagnostics.map(({ code, span }) => [code, span?.start, span?.end])).toEqual([['M1013', 0, length]]);
      expect(diagnostics[0]?.message).toContain(`${length}`);
      expect(diagnostics[0]?.message).toContain('8192');
      expect(expression.kind).toBe('error');
    }
  });
});

describe('depth', () => {
  type Nest = readonly [what: string, before: string, after: string, place: number, length: number];
  const table: readonly Nest[] = [
    ['brackets', '(', ')', 0, 1],
    ['signs', '-', '', 0, 1],
    ['not', 'not ', '', 0, 3],
    ['calls', 'f(', ')', 0, 1],
    ['later arguments', 'f(b, ', ')', 0, 1],
    ['case', 'case when ', ' then b end', 0, 4],
    ['the other end of case', 'case when b then c else ', ' end', 0, 4],
    ['conversions', 'conversions(', ' -> b by k)', 0, 11],
    ['conditions', '(b where ', ')', 0, 1],
    ['sums', '(b + ', ')', 0, 1],
  ];
  test.each(table)('64 levels of %s are read', (_, before, after) => {
    expect(tree(`${before.repeat(64)}'x'${after.repeat(64)}`).kind).not.toBe('error');
  });

  test.each(table)('the 65th of %s is refused at its place', (_, before, after, place, length) => {
    for (const levels of [65, 200]) {
      const { diagnostics } = parse(`${before.repeat(levels)}'x'${after.repeat(levels)}`);
      const start = before.length * 64 + place;
      expect(diagnostics.map(({ code, span }) => [code, span?.start, span?.end])).toEqual([
        ['M1013', start, start + length],
      ]);
      expect(diagnostics[0]?.message).toContain('64');
    }
  });

  test('calls and the brackets in them count as one depth', () => {
    const formula = (levels: number) => `${'f(-('.repeat(levels)}'x'${'))'.repeat(levels)}`;
    expect(parse(formula(21)).diagnostics).toEqual([]);
    expect(parse(formula(22)).diagnostics.map(({ code }) => code)).toEqual(['M1013']);
  });

  test('what stands side by side does not count', () => {
    const each = [
      '((a))',
      '-b',
      'not (c)',
      'f(g(h))',
      'case when a then b end',
      '(a in (1, 2))',
      'conversions(a -> b by k)',
    ];
    const many = Array.from({ length: 20 }, () => each).flat();
    expect(tree(`f(${many.join(', ')})`).kind).toBe('call');
    expect(tree(many.join(' and ')).kind).toBe('and');
  });

  test.each(['(', '-', 'not ', 'f(', 'case when ', 'f(a per b having ', 'a.', '- -', '((a)'])(
    '8000 characters of %j without an end are refused, not fallen over',
    piece => {
      const { diagnostics } = parse(piece.repeat(Math.floor(8000 / piece.length)));
      expect(diagnostics.length).toBe(1);
    },
  );
});

describe('chains', () => {
  const chain = (separator: string, count: number) => Array.from({ length: count }, () => 'a').join(separator);

  test.each([' + ', ' - ', ' * ', ' / ', ' % '])(
    'a few hundred values with %j between them are refused at an operator',
    separator => {
      expect(tree(chain(separator, 250)).kind).toBe('arithmetic');
      const { diagnostics } = parse(chain(separator, 300));
      expect(diagnostics.map(({ code, span }) => [code, (span?.end ?? 0) - (span?.start ?? 0)])).toEqual([
        ['M1013', 1],
      ]);
      expect(diagnostics[0]?.span?.start).toBeGreaterThan(250 * 4);
      expect(diagnostics[0]?.span?.start).toBeLessThan(260 * 4);
    },
  );

  test('sums and products are counted apart', () => {
    const products = Array.from({ length: 40 }, () => chain(' * ', 20)).join(' + ');
    expect(tree(products).kind).toBe('arithmetic');
  });

  test.each([' and ', ' or '])('conditions joined by %j may be as many as fit', separator => {
    const expression = tree(chain(separator, 1300));
    expect(expression.kind === 'and' || expression.kind === 'or' ? expression.operands.length : 0).toBe(1300);
  });

  test('lists, arguments, branches and paths may be as long as fits', () => {
    const list = tree(`a in (${chain(', ', 2500)})`);
    expect(list.kind === 'in' ? list.options.length : 0).toBe(2500);
    const call = tree(`f(${chain(', ', 2500)})`);
    expect(call.kind === 'call' ? call.arguments.length : 0).toBe(2500);
    const choice = tree(`case ${'when a then b '.repeat(500)}end`);
    expect(choice.kind === 'case' ? choice.branches.length : 0).toBe(500);
    const path = tree(chain('.', 4000));
    expect(path.kind === 'path' ? path.words.length : 0).toBe(4000);
    const scoped = tree(`f(x per ${chain(', ', 2500)})`);
    expect(scoped.kind === 'call' ? scoped.scope?.dimensions.length : 0).toBe(2500);
  });
});

test('the longest formulas are read or refused at once', () => {
  const pieces = [
    ...['a', '1', '.', '(', ')', "'", "''", '"', '#', '\n', '-', '->', ' ', '&', '😀', '=', ',', 'a ', '1 ', 'a,'],
    ...['2026-03-05', '2026-03-05T', '2026-03-05T10:00', '2026-03-05T10:00:00.', '1.1', '1 day ', 'not ', 'a and '],
    ...[
      'f(',
      'f(a per ',
      'every ',
      'a.b,',
      'case ',
      'when a then ',
      'a where ',
      'a at b ',
      'x in (',
      'x between y and ',
    ],
  ];
  const began = performance.now();
  for (const piece of pieces) {
    const text = piece.repeat(Math.ceil(8192 / piece.length)).slice(0, 8192);
    for (const each of [text, `f(${text}`.slice(0, 8192), `'${text}`.slice(0, 8192)]) parse(each);
  }
  expect(performance.now() - began).toBeLessThan(pieces.length * 3 * 50);
});
