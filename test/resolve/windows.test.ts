/** Moved and accumulated time, totals and values of finer groups: what they take, and the very word that they refuse. */
import { describe, expect, test } from 'vitest';
import { readDocument, resolve } from '../../compiler/index.ts';
import { unmark } from '../support/marked.ts';
import { check, diagnosticsOf, metric, named, project, type Row, sound } from './shop.ts';

/** What is refused has no meaning left, not even for other metrics. */
function checkMetric(marked: string, codes: readonly string[], help: string | null): void {
  check(metric(marked), codes, help);
  const { text } = unmark(project({ ...sound, ...metric(marked) }));
  const { document } = readDocument({ path: 'metrics.yaml', text }, 'project');
  const { model } = resolve(document === null ? [] : [document]);
  expect(model.metrics.asked === undefined).toBe(codes.length > 0);
}

describe('moved and accumulated time', () => {
  const table: readonly Row[] = [
    ['prior(count(deals))', []],
    ['prior(count(deals), 4000 days)', []],
    ['prior(count(deals), «4001 days»)', ['M3013']],
    ['rolling(count(deals), «0 months»)', ['M3013']],
    ['change(count(deals), «1.5 months»)', ['M3013']],
    ['growth(count(deals), «2 hours»)', ['M3013']],
    ['prior(count(deals), «1»)', ['M3013']],
    ['to_date(count(deals), fiscal_half)', []],
    ['to_date(count(deals), «day»)', ['M5005']],
    ['to_date(count(deals), «hour»)', ['M5005']],
    ['to_date(count(deals), «monht»)', ['M5005'], 'did you mean `month`?'],
    ['change(count(deals), 1 year)', []],
    ["growth(«if(count(deals) > 1, 'a', 'b')»)", ['M3001']],
    ['prior(max(deals.stage))', []],
    ['prior(«count(pings)», 1 month)', ['M5009']],
    ['prior(«count(deals) + count(pings)», 1 month)', ['M5009']],
    ['opening(count(deals) while open)', []],
    ['opening(«count(deals)»)', ['M5010']],
    ['to_date(«count(deals) while open», month)', ['M5011']],
  ];
  test.each(named(table))('$marked', ({ marked, codes, help }) => {
    checkMetric(marked, codes, help);
  });

  test('the opening of a stock beside what is none', () => {
    const said = diagnosticsOf(project({ ...sound, ...metric('opening((count(deals) while open) + count(deals))') }));
    expect(said.map(each => each.code)).toEqual(['M5010']);
  });

  test('of several measures without a time the first is named', () => {
    const said = diagnosticsOf(project({ ...sound, ...metric('prior(count(pings) + count(teams))') }));
    expect(said.map(each => each.message)).toEqual([expect.stringContaining('`pings`')]);
  });
});

describe('totals, shares and ranks', () => {
  const table: readonly Row[] = [
    ['total(count(deals) across rep)', []],
    ['total(max(deals.stage))', []],
    ['rank(max(deals.stage))', []],
    ['total(«any(deals.amount is null)»)', ['M3001']],
    ['rank(«any(deals.amount is null)»)', ['M3001']],
    ['share(«max(deals.stage)»)', ['M3001']],
    ['share(«count(deals) > 1»)', ['M3001']],
    ['«total(count(deals), 1)»', ['M3004']],
    ['«total()»', ['M3004']],
    ['total(count(deals) «per rep»)', ['M3001']],
    ['total(count(deals) across «nothing»)', ['M2001']],
    ['share(count(deals) within «nothing»)', ['M2001']],
  ];
  test.each(named(table))('$marked', ({ marked, codes, help }) => {
    checkMetric(marked, codes, help);
  });
});

describe('values of finer groups', () => {
  const table: readonly Row[] = [
    ['avg(count(deals) per rep)', []],
    ['count(distinct count(deals) per rep)', []],
    ['corr(count(deals), count(visits) per rep)', []],
    ['sum(«max(deals.stage)» per rep)', ['M3001']],
    ['avg(count(deals) per «nothing»)', ['M2001']],
    ['avg(count(deals) per rep having «count(deals)»)', ['M3005']],
    ['avg(count(deals) per rep having «nothing» > 1)', ['M2001']],
    ['avg(count(deals) per rep having count(deals) > 1)', []],
    ['avg(count(deals) «per month, week»)', ['M5003']],
    ['count(deals where «nothing» = 1)', ['M2001']],
  ];
  test.each(named(table))('$marked', ({ marked, codes, help }) => {
    checkMetric(marked, codes, help);
  });
});

describe('what has values, and what moves by whole days', () => {
  const table: readonly Row[] = [
    ["count(deals where stage <> 'won')", []],
    ["count(deals where stage <> «'Won'»)", ['M3015'], "did you mean `'won'`?"],
    ["count(deals where «'Won'» = stage)", ['M3015']],
    ['max(deals.closed_on + «1.5 days»)', ['M3013']],
    ['max(«1.5 days» + deals.closed_on)', ['M3013']],
    ['max(deals.signed_at + 1.5 hours)', []],
    ['sum(«deals.stage» * 2)', ['M3001']],
    ['sum(2 * «deals.stage»)', ['M3001']],
    ['sum(«deals.amount»)', ['M3006']],
    ['corr(deals.seats, «deals.stage»)', ['M3001']],
  ];
  test.each(named(table))('$marked', ({ marked, codes, help }) => {
    checkMetric(marked, codes, help);
  });
});
