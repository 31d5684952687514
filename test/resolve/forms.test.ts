/** Mistakes in conversions, rows before, and currencies: the code, and the very word that it is about. */
import { describe, expect, test } from 'vitest';
import { check, dealColumn, diagnosticsOf, metric, named, project, type Row, sound } from './shop.ts';

describe('conversions', () => {
  const table: readonly Row[] = [
    ['conversions(deals -> visits by rep)', []],
    ['conversions(deals -> visits by rep, team.name)', []],
    ['conversions(deals -> visits by rep within 0 days)', []],
    ['conversions(deals -> deals by rep within 2 quarters)', []],
    ['conversions(deals at signed_at -> visits by rep within 90 minutes)', []],
    [
      "conversions(deals where stage = 'won' at created_on -> visits where page = 'x' by rep) where team.name = 'a'",
      [],
    ],
    ['avg(conversions(deals -> visits by rep) per month)', []],
    ['conversions(deals -> visits by rep) / count(deals)', []],
    // Sides are tables.
    ['conversions(deals -> «visit» by rep)', ['M3001'], 'did you mean `visits`?'],
    ['conversions(«asked» -> visits by rep)', ['M3001']],
    ['conversions(«count(deals)» -> visits by rep)', ['M3001']],
    ['conversions(«deals.closed_on» -> visits by rep)', ['M3001']],
    ['conversions(deals -> «reps» by rep)', ['M5021']],
    ['conversions(«reps» at hired_on -> deals by rep)', ['M5021']],
    // With a time.
    ['conversions(deals -> «pings» by rep_id)', ['M5001'], '`time:`'],
    ['conversions(deals at «stage» -> visits by rep)', ['M5006']],
    ['conversions(deals -> visits at «page» by rep)', ['M5006']],
    ['conversions(deals at «signed» -> visits by rep)', ['M2001']],
    ['conversions(deals «while open» -> visits by rep)', ['M1024']],
    // Conditions are those of the table's rows.
    ['conversions(deals where «stage» -> visits by rep)', ['M3005']],
    ["conversions(deals where stage = «'Won'» -> visits by rep)", ['M3015'], "did you mean `'won'`?"],
    ['conversions(deals where «page» is null -> visits by rep)', ['M2001']],
    ['conversions(deals -> visits where «stage» is null by rep)', ['M2001']],
    ['conversions(deals where «count»(visits) > 1 -> visits by rep)', ['M4015']],
    ['conversions(deals where «closed_on > period_start» -> visits by rep)', ['M1017']],
    // Keys are dimensions of both.
    ['conversions(deals -> visits by «stage»)', ['M4001']],
    ['conversions(deals -> visits by «page»)', ['M4001']],
    ['conversions(deals -> visits by rep, «nothing»)', ['M2001']],
    ['conversions(deals -> visits by «month»)', ['M3001']],
    ['conversions(deals -> visits by every «rep»)', ['M3001']],
    ['conversions(pings at sent_on -> deals by «deal_id»)', ['M4008'], '`dimension:`'],
    // How long it may take.
    ['conversions(deals -> visits by rep within «1.5 days»)', ['M3013']],
    ['conversions(deals -> visits by rep within «2 hours»)', ['M3001']],
    ['conversions(deals at signed_at -> visits by rep within 2 hours)', []],
    // What it is, and where it stands.
    ['conversions(deals -> visits by rep) + «sum(deals.cost)»', ['M3002']],
    ['conversions(deals -> visits by rep) «while open»', ['M1025']],
    ['conversions(deals -> visits by rep) «at signed_at»', ['M1025']],
    ["conversions(deals -> visits by rep) where «page» = 'x'", ['M4001']],
    ['opening(«conversions(deals -> visits by rep)»)', ['M5010']],
    ['sum(«conversions(deals -> visits by rep)»)', ['M2005']],
    ['count(deals where «conversions(deals -> visits by rep)» > 1)', ['M2005']],
  ];
  test.each(named(table))('$marked', ({ marked: formula, codes, help }) => {
    check(metric(formula), codes, help);
  });
});

describe('rows before', () => {
  const columns: readonly Row[] = [
    ['previous(closed_on per rep_id)', []],
    ['closed_on - previous(closed_on per rep, team_id)', []],
    ['previous(rep.region per team.name)', []],
    ['previous(previous(seats per rep_id) per rep_id)', []],
    ['seats - previous(seats per rep_id)', []],
    ["case when previous(stage per rep_id) = 'won' then 1 end", []],
    ['«previous(closed_on)»', ['M3001']],
    ['«previous(per rep_id)»', ['M3004']],
    ['«previous(closed_on, stage per rep_id)»', ['M3004']],
    ['previous(closed_on per every «rep_id»)', ['M3001']],
    ['«previous(closed_on per rep_id having stage is null)»', ['M3001']],
    ['«previous(closed_on across rep_id)»', ['M3001']],
    ['«previous»(distinct closed_on per rep_id)', ['M3018']],
    ['previous(«closd_on» per rep_id)', ['M2001'], 'did you mean `closed_on`?'],
    ['previous(closed_on per «rep_i»)', ['M2001'], 'did you mean `rep_id`?'],
    ['previous(closed_on per «month»)', ['M2001']],
    ['«previous(closed_on - as_of per rep_id)»', ['M1017']],
    // The value has the type and the unit of what is looked up.
    ['previous(seats per rep_id) + «cost»', ['M3002']],
    ['previous(stage per rep_id) > «1»', ['M3007']],
    // Money of the row before is in the currency of that row.
    ['amount > «previous(amount per rep_id)»', ['M3002']],
    ['convert(«previous(amount per rep_id)», EUR at closed_on)', ['M3001']],
    ['previous(convert(amount, EUR at closed_on) per rep_id)', []],
  ];
  test.each(named(columns))('a column: $marked', ({ marked: formula, codes, help }) => {
    check(dealColumn(formula), codes, help);
  });

  const metrics: readonly Row[] = [
    ['max(previous(deals.closed_on per rep_id))', []],
    ['count(deals where previous(stage per rep_id) is null)', []],
    ['«previous»(deals.seats per rep_id)', ['M4018'], 'sum(previous(...))'],
    ['prior(«previous»(deals.seats per rep_id), 1 month)', ['M4018']],
    ['avg(«previous»(deals.seats per rep_id) per rep)', ['M4018']],
    ['count(pings where «previous(sent_on per rep_id)» is null)', ['M5022'], '`time:`'],
    ['count(reps where «previous(region per rep_id)» is null)', ['M5021']],
  ];
  test.each(named(metrics))('a metric: $marked', ({ marked: formula, codes, help }) => {
    check(metric(formula), codes, help);
  });

  test('what the table is put in order by cannot be looked up by that order', () => {
    const text = project({ ...sound, dealTime: 'asked', ...dealColumn('previous(closed_on per rep_id)') });
    const found = diagnosticsOf(text).map(({ code, span }) => `${code} ${text.slice(span?.start, span?.end)}`);
    expect(found).toEqual(['M2004 asked']);
  });
});

describe('converted money', () => {
  const table: readonly Row[] = [
    ['sum(convert(deals.amount, EUR at closed_on))', []],
    ['sum(convert(amount * 2, USD at signed_at)) / sum(dollars)', []],
    ['sum(convert(deals.dollars, EUR at rep.hired_on)) + sum(deals.cost)', []],
    ['sum(convert(deals.cost, USD at period_end))', []],
    ['sum(convert(convert(deals.amount, USD at closed_on), EUR at as_of))', []],
    ['sum(convert(deals.team.limit, EUR at closed_on))', []],
    // What is converted.
    ['sum(convert(«deals.seats», EUR at closed_on))', ['M3001']],
    ['sum(convert(«deals.stage», EUR at closed_on))', ['M3001']],
    ['sum(convert(«1», EUR at deals.closed_on))', ['M3001']],
    ['max(convert(«fx.rate», EUR at rate_date))', ['M3001']],
    ['sum(convert(coalesce(deals.amount, «deals.rebate»), EUR at closed_on))', ['M3002']],
    ['sum(convert(deals.«nothing», EUR at closed_on))', ['M2001']],
    // Into what, and on which day.
    ['sum(convert(deals.amount, «EUR»))', ['M3001']],
    ['sum(convert(deals.amount, «eur at closed_on»))', ['M3001']],
    ['sum(convert(deals.amount, «code at closed_on»))', ['M3001']],
    ["sum(convert(deals.amount, «'EUR' at closed_on»))", ['M3001']],
    ['sum(convert(deals.amount, «EUR where closed_on»))', ['M3001']],
    ['sum(convert(deals.amount, EUR at «stage»))', ['M3001']],
    ['sum(convert(deals.amount, EUR at «clsed_on»))', ['M2001'], 'did you mean `closed_on`?'],
    ['sum(«convert(deals.amount)»)', ['M3004']],
    ['sum(«convert(deals.amount, EUR at closed_on, 2)»)', ['M3004']],
    // What it gives.
    ['sum(convert(deals.cost, USD at closed_on)) + «sum(deals.cost)»', ['M3002']],
    ['count(deals where convert(amount, EUR at closed_on) > «seats»)', ['M3002']],
    // Where it stands.
    ['«convert»(deals.amount, EUR at closed_on)', ['M4018'], 'sum(convert(...))'],
    // Without it there are several currencies.
    ['sum(«deals.amount»)', ['M3006'], '`convert(amount, EUR at closed_on)`'],
    ['count(deals where amount > «rebate»)', ['M3002']],
    // Two columns of one name are two.
    ['count(deals where amount > «team.limit»)', ['M3002']],
  ];
  test.each(named(table))('$marked', ({ marked: formula, codes, help }) => {
    check(metric(formula), codes, help);
  });

  test('a declared unit is held against the currency', () => {
    check({ dealColumn: '{ formula: "convert(amount, EUR at closed_on)", unit: currency }' }, []);
    check({ dealColumn: '{ formula: "convert(amount, EUR at closed_on)", unit: «USD» }' }, ['M3003']);
  });

  test('the table is found without the currency', () => {
    check(metric('sum(convert(rebate, EUR at closed_on))'), []);
  });
});

describe('rates', () => {
  const converted = metric('sum(convert(deals.amount, EUR at closed_on))');
  const columns = 'to: to_currency, rate: rate, on: rate_date';
  const table: readonly Row[] = [
    [
      '{ table: «fxx», from: from_currency, to: to_currency, rate: rate, on: rate_date }',
      ['M2001'],
      'did you mean `fx`?',
    ],
    [`{ table: fx, from: «from_curency», ${columns} }`, ['M2001'], 'did you mean `from_currency`?'],
    ['{ table: fx, from: from_currency, to: to_currency, rate: «source», on: rate_date }', ['M3017']],
    ['{ table: «reps», from: rep_id, to: region, rate: salary, on: hired_on }', ['M3017']],
  ];
  test.each(named(table))('$marked', ({ marked: rates, codes, help }) => {
    check({ rates, ...converted }, codes, help);
  });

  test.each([
    [`{ table: «fx», from: «rate», ${columns} }`],
    ['{ table: «fx», from: from_currency, to: to_currency, rate: rate, on: «noted_at» }'],
  ])('%s: of another type, and no part of the key', rates => {
    check({ rates, ...converted }, ['M3017', 'M3017']);
  });

  test('a key that tells rates of one day apart', () => {
    const rates = sound.rates.replace('fx', '«fx»');
    check({ rates, rateKey: '[from_currency, to_currency, rate_date, source]', ...converted }, ['M3017']);
    check({ rateKey: '[from_currency, to_currency]', ...converted }, []);
  });

  test('none at all', () => {
    const text = project({ ...sound, ...converted }).replace(/^rates: .*\n/m, '');
    const found = diagnosticsOf(text).map(({ code, span }) => [code, text.slice(span?.start, span?.end)]);
    expect(found).toEqual([['M3016', 'convert']]);
  });
});
