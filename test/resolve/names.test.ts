/** "Did you mean": how far names are apart, which is nearest, and that one which fits by type and unit wins. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { didYouMean, editDistance, nearest, oneOf, readDocument, resolve } from '../../compiler/index.ts';
import { foundAt, unmark, wantedAt } from '../support/marked.ts';

describe('how many edits lie between two words', () => {
  const table: readonly (readonly [a: string, b: string, edits: number])[] = [
    ['', '', 0],
    ['won', 'won', 0],
    ['', 'won', 3],
    ['won', '', 3],
    ['won', 'wan', 1],
    ['won', 'wons', 1],
    ['won', 'on', 1],
    ['won', 'own', 1],
    ['ab', 'ba', 1],
    ['kitten', 'sitting', 3],
    ['saturday', 'sunday', 3],
    ['revenue', 'revnue', 1],
    ['revenue', 'revneue', 1],
    ['amount', 'account', 2],
    ['abcd', 'badc', 2],
    ['win_rate', 'wni_arte', 2],
  ];
  test.each(table)('%j and %j: %i', (a, b, edits) => {
    expect([editDistance(a, b, 10), editDistance(b, a, 10)]).toEqual([edits, edits]);
    expect(editDistance(a, b, edits)).toBe(edits);
    if (edits > 0) expect(editDistance(a, b, edits - 1)).toBeGreaterThan(edits - 1);
  });

  /** The definition itself, without a table: the least over every last step. */
  function byDefinition(a: string, b: string): number {
    if (a === '' || b === '') return a.length + b.length;
    const [restA, restB] = [a.slice(0, -1), b.slice(0, -1)];
    if (a.at(-1) === b.at(-1)) return byDefinition(restA, restB);
    const steps = [byDefinition(restA, b), byDefinition(a, restB), byDefinition(restA, restB)];
    const isSwap = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
    return 1 + Math.min(...steps, ...(isSwap ? [byDefinition(a.slice(0, -2), b.slice(0, -2))] : []));
  }

  test('they are those of the definition, as far as they are counted', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(
      fc.property(words, words, fc.integer({ min: 0, max: 7 }), (a, b, limit) => {
        const edits = byDefinition(a, b);
        const counted = editDistance(a, b, limit);
        if (edits <= limit) expect(counted).toBe(edits);
        else expect(counted).toBeGreaterThan(limit);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('the nearest name', () => {
  const metrics = ['won_revenue', 'lost_revenue', 'win_rate', 'open_pipeline', 'quota'];
  const table: readonly (readonly [name: string, candidates: readonly string[], expected: string | null])[] = [
    ['won_revnue', metrics, 'won_revenue'],
    ['wonrevenue', metrics, 'won_revenue'],
    ['Won_Revenue', metrics, 'won_revenue'],
    ['WIN_RATE', metrics, 'win_rate'],
    ['win_rates', metrics, 'win_rate'],
    ['winrate', metrics, 'win_rate'],
    ['open_pipelin', metrics, 'open_pipeline'],
    ['qouta', metrics, 'quota'],
    ['customer_count', metrics, null],
    ['revenue', metrics, null],
    ['won_revenue', [], null],
    ['amuont', ['account', 'amount', 'amounts'], 'amount'],
    ['amount2', ['amount1', 'amount'], 'amount'],
    // Equally near: the first by name, in whatever order they come.
    ['dealx', ['deals', 'deala', 'dealz'], 'deala'],
    ['constructo', ['constructor', 'contractor'], 'constructor'],
    ['toStrin', ['amount'], null],
  ];
  test.each(table)('%s', (name, candidates, expected) => {
    expect(nearest(name, candidates)).toBe(expected);
    expect(nearest(name, candidates.toReversed())).toBe(expected);
    expect(nearest(name, new Set(candidates))).toBe(expected);
  });

  const preferences: readonly (readonly [
    name: string,
    fits: readonly string[],
    others: readonly string[],
    expected: string,
  ])[] = [
    ['amout', ['amount'], ['amounts'], 'amount'],
    // One edit further, but it fits.
    ['list_price', ['last_prize'], ['list_prices'], 'last_prize'],
    // Two edits further is too far.
    ['list_price', ['lost_prizes'], ['list_prices'], 'list_prices'],
    ['won_value', ['won_volume'], ['won_values'], 'won_volume'],
    ['close_valu', ['close_values'], ['close_value'], 'close_values'],
    ['deal_stge', [], ['deal_stage'], 'deal_stage'],
  ];
  test.each(preferences)('%s, where %j would fit and %j would not', (name, fits, others, expected) => {
    const isFit = (candidate: string) => fits.includes(candidate);
    expect(nearest(name, [...fits, ...others], isFit)).toBe(expected);
    expect(nearest(name, [...others, ...fits], isFit)).toBe(expected);
  });

  test('it is never further than a third of the name', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', '_'), minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(words, fc.array(words, { maxLength: 6 }), (name, candidates) => {
        const found = nearest(name, candidates);
        const distances = candidates.map(candidate => editDistance(name, candidate, 100));
        const least = Math.min(...distances);
        const limit = Math.min(3, Math.floor(name.length / 3));
        expect(found === null).toBe(least > limit);
        if (found !== null) expect(editDistance(name, found, 100)).toBe(least);
      }),
      { numRuns: 500 },
    );
  });
});

test('suggestions and lists in words', () => {
  expect([didYouMean('won_revenue'), didYouMean(null)]).toEqual(['did you mean `won_revenue`?', undefined]);
  expect([oneOf([]), oneOf(['a']), oneOf(['a', 'b']), oneOf(['a', 'b', 'c'])]).toEqual([
    '',
    '`a`',
    '`a` or `b`',
    '`a`, `b` or `c`',
  ]);
  expect(oneOf(['a', 'b', 'c', 'd'], 2)).toBe('`a`, `b` and 2 more');
  expect(oneOf([...'abcdefghi'])).toBe('`a`, `b`, `c`, `d`, `e`, `f`, `g`, `h` and 1 more');
});

const definitions = `version: 1
name: shop
currency: EUR
tables:
  deals:
    from: deals.csv
    key: deal_id
    time: closed_on
    columns:
      deal_id: string
      account_id: string
      list_price: { type: decimal, unit: currency }
      last_prize: string
      seat_count: { type: integer, unit: seats }
      sent_count: { type: integer, unit: mails }
      closed_on: date
      created_on: date
      constructor: integer
      is_won: boolean
    joins:
      account: { to: accounts, on: account_id }
  accounts:
    from: accounts.csv
    key: account_id
    entity: account
    columns: { account_id: string, region: string, segment: string }
metrics:
  won_value: { formula: sum(deals.list_price where is_won) }
  won_values: { formula: count(deals where is_won) }
  asked: { formula: FORMULA }
`;

/** A metric's formula with marks, the code at each mark, and a cure that is named. */
function check(marked: string, codes: readonly string[], help: string | null): void {
  const [head = '', tail = ''] = definitions.split('FORMULA');
  const { text, ranges } = unmark(`${head}"${marked}"${tail}`);
  const { document } = readDocument({ path: 'metrics.yaml', text }, 'project');
  const { diagnostics } = resolve(document === null ? [] : [document]);
  expect(foundAt(diagnostics, ranges)).toEqual(wantedAt(codes, ranges));
  if (help === null) expect(diagnostics.map(each => each.help)).toEqual(codes.map(() => null));
  else expect(diagnostics.map(each => each.help ?? '').join('\n')).toContain(help);
}

describe('names in formulas', () => {
  const table: readonly (readonly [marked: string, codes: readonly string[], help: string | null])[] = [
    ['sum(deals.«list_pric»)', ['M2001'], 'did you mean `list_price`?'],
    // `last_prize` is as near, but no number.
    ['sum(deals.«list_prize»)', ['M2001'], 'did you mean `list_price`?'],
    ['avg(deals.«list_prize»)', ['M2001'], 'did you mean `list_price`?'],
    ['median(deals.«list_prize»)', ['M2001'], 'did you mean `list_price`?'],
    ['stddev(deals.«list_prize»)', ['M2001'], 'did you mean `list_price`?'],
    ['variance(deals.«list_prize»)', ['M2001'], 'did you mean `list_price`?'],
    ['percentile(deals.«list_prize», 0.5)', ['M2001'], 'did you mean `list_price`?'],
    ['corr(deals.«list_prize», deals.seat_count)', ['M2001'], 'did you mean `list_price`?'],
    ["count(deals where «lost_prize» = 'x')", ['M2001'], 'did you mean `last_prize`?'],
    ["count(deals where 'x' = «lost_prize»)", ['M2001'], 'did you mean `last_prize`?'],
    // By the unit of what stands beside it.
    ['count(deals where seat_count > «sant_count»)', ['M2001'], 'did you mean `seat_count`?'],
    ['count(deals where sent_count > «seot_count»)', ['M2001'], 'did you mean `sent_count`?'],
    ['count(deals where closed_on - «create_on» > 3)', ['M2001'], 'did you mean `created_on`?'],
    ['count(deals where «accont».region is null)', ['M2001'], 'did you mean `account`?'],
    ['count(deals where account.«regoin» is null)', ['M2001'], 'did you mean `region`?'],
    ['count(deals where «constructer» = 1)', ['M2001'], 'did you mean `constructor`?'],
    ['count(deals where «toString» = 1)', ['M2001'], null],
    ['count(deals where «hasOwnProperty» is null)', ['M2001'], null],
    // It is there, but elsewhere.
    ["count(deals where «segment» = 'x')", ['M2001'], 'account.segment'],
    ['«won_valu» / 2', ['M2001'], 'did you mean `won_value`?'],
    // `won_values` is as near, but a count has no unit that money could meet.
    ['won_value + «won_valuex»', ['M2001'], 'did you mean `won_value`?'],
    ['count(deals) + «won_valuex»', ['M2001'], 'did you mean `won_values`?'],
    ['«smu»(deals.list_price)', ['M2003'], 'did you mean `sum`?'],
    ['«ifnull»(won_value, 0)', ['M2003'], 'did you mean `coalesce`?'],
    // As they are called elsewhere.
    ['«nvl»(won_value, 0)', ['M2003'], 'did you mean `coalesce`?'],
    ['«isnull»(won_value, 0)', ['M2003'], 'did you mean `coalesce`?'],
    ['«stdev»(deals.list_price)', ['M2003'], 'did you mean `stddev`?'],
    ['«stddev_samp»(deals.list_price)', ['M2003'], 'did you mean `stddev`?'],
    ['«var_samp»(deals.list_price)', ['M2003'], 'did you mean `variance`?'],
    ['«countif»(deals.is_won)', ['M2003'], 'did you mean `count`?'],
    ['«sumif»(deals.list_price)', ['M2003'], 'did you mean `sum`?'],
    ['«mean»(deals.list_price)', ['M2003'], 'did you mean `avg`?'],
    ['«lag»(won_value)', ['M2003'], 'did you mean `prior`?'],
    ['sum(«rond»(deals.list_price))', ['M2003'], 'did you mean `round`?'],
    ['«constructor»(won_value)', ['M2003'], null],
    // A column has no value for a group; what it is most often aggregated with is offered.
    ['«list_price»', ['M2006'], '`sum(deals.list_price)`'],
    ['«deals.list_price»', ['M2006'], '`sum(deals.list_price)`'],
    ['«closed_on»', ['M2006'], '`max(deals.closed_on)`'],
    ['«is_won»', ['M2006'], '`any(deals.is_won)`'],
    ['«segment»', ['M2006'], '`count(distinct accounts.segment)`'],
    ['«sum(1)»', ['M4005'], "write the table's name"],
    // Of the table that has most of the names the others are asked.
    ['count(distinct concat(last_prize, «nothing»))', ['M2001'], "text stands in single quotes: 'nothing'"],
    ['count(distinct concat(segment, region, «last_prize»))', ['M2001'], '`last_prize`'],
    ['«count(distinct concat(account_id, nothing))»', ['M4005'], "write the table's name"],
  ];
  test.each(table)('%s', check);
});

describe('units that a project does not explain', () => {
  const yaml = (currency: string, metric: string) => `version: 1
name: shop
${currency}
tables:
  deals: { from: deals.csv, key: id, columns: { id: string, price: { type: decimal, unit: currency }, cost: { type: decimal, unit: EUR } } }
metrics:
  total: ${metric}
`;
  const unset = 'the project does not say what `currency` is: write `currency: EUR` in metrics.yaml';
  const table: readonly (readonly [currency: string, metric: string, help: string | null])[] = [
    ['', '{ formula: sum(deals.price), unit: EUR }', unset],
    ['', '{ formula: sum(deals.cost), unit: currency }', unset],
    ['', '{ formula: sum(deals.price) / count(deals), unit: USD }', unset.replace('EUR', 'USD')],
    ['', '{ formula: sum(deals.cost), unit: days }', null],
    ['currency: USD', '{ formula: sum(deals.cost), unit: currency }', null],
    ['currency: USD', '{ formula: sum(deals.price), unit: EUR }', null],
  ];
  test.each(table)('%s: %s', (currency, metric, help) => {
    const { document } = readDocument({ path: 'metrics.yaml', text: yaml(currency, metric) }, 'project');
    const { diagnostics } = resolve(document === null ? [] : [document]);
    expect(diagnostics.map(each => [each.code, each.help])).toEqual([['M3003', help]]);
  });
});

describe('comparisons with null', () => {
  const table: readonly (readonly [marked: string, help: string])[] = [
    ['count(deals where last_prize = «null»)', 'write `is null`'],
    ['count(deals where «null» <> last_prize)', 'write `is not null`'],
    ["count(deals where last_prize in ('a', «null»))", 'write `is null` or `is not null`'],
    ['count(deals where seat_count between 1 and «null»)', 'write `is null` or `is not null`'],
  ];
  test.each(table)('%s', (marked, help) => {
    check(marked, ['M3014'], help);
  });
});

describe('successors', () => {
  const table: readonly (readonly [metrics: string, codes: readonly string[]])[] = [
    ['a: { formula: count(t), replaced_by: b }, b: { formula: count(t) }', []],
    ['a: { formula: count(t), replaced_by: «a» }', ['M2004']],
    ['a: { formula: count(t), replaced_by: «b» }, b: { formula: count(t), replaced_by: a }', ['M2004']],
    // A circle behind it is that circle's mistake.
    ['a: { formula: count(t), replaced_by: b }, b: { formula: count(t), replaced_by: «b» }', ['M2004']],
    ['a: { formula: count(t), ends: «soon» }', ['M1008']],
    ['a: { formula: count(t), ends: «2026-02-30» }', ['M5004']],
  ];
  test.each(table)('%s', (marked, codes) => {
    const tables = 'version: 1\nname: x\ntables: { t: { from: t.csv, key: id, columns: { id: string } } }\n';
    const { text, ranges } = unmark(`${tables}metrics: { ${marked} }\n`);
    const { document, diagnostics } = readDocument({ path: 'metrics.yaml', text }, 'project');
    const resolved = resolve(document === null ? [] : [document]).diagnostics;
    expect(foundAt([...diagnostics, ...resolved], ranges)).toEqual(wantedAt(codes, ranges));
  });
});
