/** Formulas that cannot be read: each with the code that it raises, at the very characters that are marked « ». */
import { describe, expect, test } from 'vitest';
import { foundAt, unmark, wantedAt } from '../support/marked.ts';
import { parse } from './check.ts';

type Table = readonly (readonly [marked: string, ...codes: string[]])[];

function check(marked: string, ...codes: readonly string[]): void {
  const { text, ranges } = unmark(marked);
  expect(foundAt(parse(text).diagnostics, ranges)).toEqual(wantedAt(codes, ranges));
}

const tables: Readonly<Record<string, Table>> = {
  'a value is missing': [
    ['«»', 'M1012'],
    ['«»   ', 'M1012'],
    ['# only a comment«»', 'M1012'],
    ['a +«»', 'M1012'],
    ['a + «*» b', 'M1012'],
    ['«*» b', 'M1012'],
    ['«+» b', 'M1012'],
    ['-«»', 'M1012'],
    ['a =«»', 'M1012'],
    ['a = «=» b', 'M1012'],
    ['a < «>» b', 'M1012'],
    ['a and«»', 'M1012'],
    ['a or «and» b', 'M1012'],
    ['«and» b', 'M1012'],
    ['not«»', 'M1012'],
    ['a = «not» b', 'M1012'],
    ['a + «not» b', 'M1012'],
    ['(«)»', 'M1012'],
    ['f(a, «)»', 'M1012'],
    ['f(«,» a)', 'M1012'],
    ['f(a,«,» b)', 'M1012'],
    ['a like«»', 'M1012'],
    ['case when «then» b end', 'M1012'],
    ['sum(a) where«»', 'M1012'],
    ['sum(a where «)»', 'M1012'],
  ],
  'something stands where the formula should end': [
    ['a «b»', 'M1012'],
    ["a «'b'»", 'M1012'],
    ['a «5»', 'M1012'],
    ['a «,» b', 'M1012'],
    ['a «)»', 'M1012'],
    ['(a)«)»', 'M1012'],
    ['sum(a) «sum»(b)', 'M1012'],
    ['(a) «(»b)', 'M1012'],
    ['a «not» b', 'M1012'],
    ['a «else»', 'M1012'],
    ['sum(a) «by» region', 'M1012'],
    ['sum(a) «per» region', 'M1012'],
    ['sum(a) «within» region', 'M1012'],
    ['sum(a) «at»', 'M1012'],
    ['sum(a) «at» 5', 'M1012'],
    ['a «->» b', 'M1012'],
    ['a «then» b', 'M1012'],
    ['a «end»', 'M1012'],
    ['a.b «c».d', 'M1012'],
  ],
  'a bracket is not closed': [
    ['(a«»', 'M1012'],
    ['((a)«»', 'M1012'],
    ['f(«»', 'M1012'],
    ['f(a«»', 'M1012'],
    ['f(a, b«»', 'M1012'],
    ['f(a «b»)', 'M1012'],
    ['f(a «5»)', 'M1012'],
    ["f(a «'x'»)", 'M1012'],
    ['f(g(a)«»', 'M1012'],
    ['(a «,» b)', 'M1012'],
    ['f(a per rep «across» x)', 'M1012'],
    ['f(a across x «having» y)', 'M1012'],
    ['f(a within x «having» y)', 'M1012'],
    ['f(a per x having y «,» z)', 'M1012'],
  ],
  'comparisons that are cut short': [
    ['a is«»', 'M1012'],
    ['a is «5»', 'M1012'],
    ['a is «true»', 'M1012'],
    ['a is not«»', 'M1012'],
    ['a is not «empty»', 'M1012'],
    ['a in«»', 'M1012'],
    ['a in «b»', 'M1012'],
    ["a in «'x'», 'y'", 'M1012'],
    ['a in («)»', 'M1012'],
    ['a in (1«»', 'M1012'],
    ['a in (1 «2»)', 'M1012'],
    ['a in (1, «)»', 'M1012'],
    ['a not in «5»', 'M1012'],
    ['a between 1«»', 'M1012'],
    ['a between 1 «or» 2', 'M1012'],
    ['a between 1 «,» 2', 'M1012'],
    ['a between «and» 2', 'M1012'],
    ['a between 1 and«»', 'M1012'],
    ['a not like«»', 'M1012'],
  ],
  'comparisons in a row': [
    ['«a = b =» c', 'M1020'],
    ['«a < b <» c', 'M1020'],
    ['x or «a >= b <=» c', 'M1020'],
    ['f(«1 < 2 !=» 3)', 'M1020'],
    ['«a is null =» b', 'M1020'],
    ['«a in (1, 2) =» true', 'M1020'],
    ['«a between 1 and 2 <» 3', 'M1020'],
    ["«a like 'x' <>» b", 'M1020'],
  ],
  'case that is cut short': [
    ['case«»', 'M1012'],
    ['case «end»', 'M1012'],
    ['case «a» when b then c end', 'M1012'],
    ['case «else» a end', 'M1012'],
    ['case when a«»', 'M1012'],
    ['case when a «b» then c end', 'M1012'],
    ['case when a «else» b end', 'M1012'],
    ['case when a then b«»', 'M1012'],
    ['case when a then b «then» c end', 'M1012'],
    ['case when a then b else c«»', 'M1012'],
    ['case when a then b else c «when» d then e end', 'M1012'],
    ['case when a then b else c «else» d end', 'M1012'],
    ['sum(case«)»', 'M1012'],
  ],
  'what stands after the arguments': [
    ['f(a per «)»', 'M1012'],
    ['f(a per«»', 'M1012'],
    ["f(a per «'x'»)", 'M1012'],
    ['f(a per «5»)', 'M1012'],
    ['f(a per rep,«)»', 'M1012'],
    ['f(a per rep having «)»', 'M1012'],
    ['f(a across «)»', 'M1012'],
    ['f(a within «,»)', 'M1012'],
    ['f(a per every «where»)', 'M1012'],
    ['f(a per rep.«)»', 'M1012'],
    ['f(per «)»', 'M1012'],
    ['f(distinct «distinct» a)', 'M1012'],
    ['f(a, «distinct» b)', 'M1012'],
  ],
  'conversions that are cut short': [
    ['conversions(«)»', 'M1012'],
    ['conversions(a«)»', 'M1012'],
    ['conversions(a«,» b by k)', 'M1012'],
    ['conversions(a -> «)»', 'M1012'],
    ['conversions(a -> b«)»', 'M1012'],
    ['conversions(a -> b «per» k)', 'M1012'],
    ['conversions(a -> b by «)»', 'M1012'],
    ['conversions(a -> b by k,«)»', 'M1012'],
    ['conversions(a -> b by k within «)»', 'M1012'],
    ['conversions(a -> b by k within «x»)', 'M1012'],
    ['conversions(a -> b by k within 30«)»', 'M1012'],
    ['conversions(a -> b by k within 30 «apples»)', 'M1012'],
    ['conversions(a -> b by k within 30 days «x»)', 'M1012'],
    ['conversions(a -> b by k within 30 days«»', 'M1012'],
  ],
  modifiers: [
    ['sum(a) while«»', 'M1012'],
    ['sum(a) while «5»', 'M1012'],
    ['sum(a) while «(»open)', 'M1012'],
    ['sum(a) while open «at closed_on»', 'M1021'],
    ['sum(a) at closed_on «while open»', 'M1021'],
    ['sum(a) at closed_on where b «while open»', 'M1021'],
    ['sum(a while open where b «at t.u» per c)', 'M1021'],
    ['(sum(a) while open «at t») + (sum(b) at t «while open»)', 'M1021', 'M1021'],
  ],
  paths: [
    ['a.«»', 'M1012'],
    ['a.«5»', 'M1012'],
    ["a.«'b'»", 'M1012'],
    ['a.«(»b)', 'M1012'],
    ['a.«.»b', 'M1012'],
    ['«.»a', 'M1012'],
    ['a.b «(»c)', 'M1012'],
  ],
  numbers: [
    ['1«.»', 'M1012'],
    ['«.»5', 'M1012'],
    ['1.2«.»3', 'M1012'],
    ['1«e5»', 'M1012'],
    ['1«_000»', 'M1012'],
    ['0«x1F»', 'M1012'],
    ['100«k»', 'M1012'],
    ['5 «apples»', 'M1012'],
    ['5 days «days»', 'M1012'],
  ],
  'days and times that there are not': [
    ['«2026-02-29»', 'M5004'],
    ['closed_on > «2026-1-5»', 'M5004'],
    ['closed_on > «2026-01»', 'M5004'],
    ['«2026-13-01»', 'M5004'],
    ['«2026-00-10»', 'M5004'],
    ['«0000-01-01»', 'M5004'],
    ['closed_on > «2025-04-31»', 'M5004'],
    ['«2026-03-05T24:00»', 'M5004'],
    ['«2026-03-05T12:60»', 'M5004'],
    ['«2026-03-05T12:00:60»', 'M5004'],
    ['«2026-02-30T00:00»', 'M5004'],
    ['x between «2026-02-30» and «2026-02-31»', 'M5004', 'M5004'],
    ['2026-03-05T14:30«Z»', 'M1012'],
    ['2026-03-05«T1430»', 'M1012'],
    ['2026-03-05T14«:»3', 'M1014'],
  ],
  'text without its end': [
    ["«'»", 'M1015'],
    ["a = «'won»", 'M1015'],
    ["a = «'won'' and b»", 'M1015'],
    ["a = 'it's«'»", 'M1015'],
    ["a in ('x', «'y)»", 'M1015'],
    ["a = «'won\n and more»", 'M1015'],
  ],
  'characters that formulas do not have': [
    ['«"won"»', 'M1014'],
    ['a = «"»won', 'M1014'],
    ['«"a"» + «"b"»', 'M1014', 'M1014'],
    ['a «==» b', 'M1014'],
    ['a «&&» b', 'M1014'],
    ['a «||» b', 'M1014'],
    ['«!»a', 'M1014'],
    ['a «!» = b', 'M1014'],
    ['a «^» 2', 'M1014'],
    ['a«;»', 'M1014'],
    ['«`»a«`»', 'M1014', 'M1014'],
    ['«$»a', 'M1014'],
    ['«{{»a«}}»', 'M1014', 'M1014'],
    ['a«[»0«]»', 'M1014', 'M1014'],
    ['«@»x', 'M1014'],
    ['a «?» b «:» c', 'M1014', 'M1014'],
    ['«~»a', 'M1014'],
    ['«\\»n', 'M1014'],
    ['caf«é» + 1', 'M1014'],
    ['«日»«本»', 'M1014', 'M1014'],
    ['a + «😀» + b', 'M1014'],
    ['a + «😀😀»', 'M1014'],
    ['a = «‘won’»', 'M1014'],
    ['a = «“won”»', 'M1014'],
    ['a = «“»won', 'M1014'],
    ['a «–» b', 'M1014'],
    ['a «×» b', 'M1014'],
    ['a «≤» b', 'M1014'],
    ['a«\0»b', 'M1014'],
    ['a«\u001b»b', 'M1014'],
    ['a«\u200b» + b', 'M1014'],
    ['a«\ud800» + b', 'M1014'],
    // Once a character is wrong, what it does to the rest is not guessed at.
    ['«"a"» b c (', 'M1014'],
    ["«&» «'x»", 'M1014', 'M1015'],
  ],
};

describe.each(Object.entries(tables))('%s', (_, table) => {
  test.each(table)('%s', check);
});

describe('reserved words are no names', () => {
  const words = 'and or not in between is like when then else end where while per distinct'.split(' ');
  test.each(words)('%s', word => {
    check(`a + «${word}»`, 'M1012');
    check(`f(a per «${word}»)`, 'M1012');
    check(`a where b while «${word.toUpperCase()}»`, 'M1012');
  });

  test.each(['null', 'true', 'false', 'case'])('%s', word => {
    check(`f(a per «${word}»)`, 'M1012');
    check(`conversions(a -> b by «${word}»)`, 'M1012');
  });
});

describe('what would mend it is said', () => {
  const table: readonly (readonly [formula: string, help: string])[] = [
    ['a && b', '`and`'],
    ['a || b', '`or`'],
    ['!a', '`not`'],
    ['a == b', '`=`'],
    ['a ^ 2', '`power(a, b)`'],
    ['a = "won"', "'won'"],
    ['a = "it\'s"', "'it''s'"],
    ["a = 'won", 'it'],
    ['a = ‘won’', "'won'"],
    ['a < b < c', '`a < b and b < c`'],
    ['a is 5', '`is null`'],
    ['a between 1, 2', '`x between low and high`'],
    ['case a when 1 then 2 end', '`case when condition then value else value end`'],
    ['sum(a b)', 'missing'],
    ['conversions(a, b by k)', '`conversions(a -> b by key within 30 days)`'],
    ['sum(a) while open at t', '`while`'],
    ['2026-02-29', '2026-03-05'],
    ['2026-1-5', '2026-03-05'],
    ['a at b at c', '`at`'],
    ['a ? b', '`if(condition, a, b)`'],
    ['a\u200b', 'it cannot be seen'],
  ];
  test.each(table)('%s', (formula, help) => {
    expect(
      parse(formula)
        .diagnostics.map(diagnostic => diagnostic.help ?? '')
        .join('\n'),
    ).toContain(help);
  });

  test('a missing end is called that, a control character by its number', () => {
    expect(parse('a +').diagnostics[0]?.message).toBe('expected a value, a name or `(`, found the end of the formula');
    expect(parse('a b').diagnostics[0]?.message).toBe('expected the end of the formula, found `b`');
    expect(parse("a 'b'").diagnostics[0]?.message).toBe("expected the end of the formula, found the text 'b'");
    expect(parse('\u0007').diagnostics[0]?.message).toContain('U+0007');
  });
});
