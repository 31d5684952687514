/** The page of a comparison in a browser, on a desk and on a phone: nothing to scroll sideways, nothing that axe-core finds, no network. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { metrics, projectFolder } from '../support/project.ts';
import { browserPath, openBrowser } from './browser.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A name that would be markup if it were not escaped, and a formula without a space to break at. */
const definitions = (least: number) => `version: 1
name: page
currency: EUR
tables:
  deals:
    from: deals.csv
    key: deal_id
    time: closed_on
    columns:
      deal_id: string
      team: { type: string, values: [North, South, "<b>West</b>"] }
      amount: { type: decimal, unit: currency }
      closed_on: date
metrics:
  won: { formula: sum(deals.amount where amount >= ${least}) }
  a_metric_whose_name_is_so_long_that_no_phone_in_the_world_could_show_it_on_one_line: { formula: won*won*won*won*won/(won*won*won*won*won*won) }
goals:
  won_goal: { metric: won, target: 60, grain: month }
`;

const deals = `deal_id,team,amount,closed_on
a,North,50,2026-01-10
b,South,20,2026-02-10
c,<b>West</b>,30,2026-03-10
d,North,40,2026-03-12
`;

const sizes = { desk: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;

if (browserPath === null) {
  test('there is no browser: the page is not looked at', () => {
    console.warn(
      'No chromium was found (apt-get install chromium, or CHROMIUM=path): comparisons are not tested in a browser.',
    );
  });
} else {
  describe('the page', () => inBrowser(browserPath ?? ''));
}

function inBrowser(executable: string): void {
  let browser: Browser;
  let address = '';

  beforeAll(async () => {
    browser = await openBrowser(executable);
    const folder = projectFolder({
      'metrics.yaml': definitions(40),
      'before/metrics.yaml': definitions(0),
      'deals.csv': deals,
    });
    const file = path.join(folder, 'diff.html');
    const words = ['--data', '--period', '2026-Q1', '--as-of', '2026-03-31', '--format', `html=${file}`];
    const { code, err } = await metrics(folder, 'diff', '--against', 'before', ...words);
    expect([code, err]).toEqual([0, '']);
    address = pathToFileURL(file).href;
  });
  afterAll(async () => browser.close());

  test.each([
    ['desk', 'light'],
    ['phone', 'dark'],
  ] as const)('%s, %s', async (size, colorScheme) => {
    const page = await browser.newPage({ viewport: sizes[size], colorScheme, bypassCSP: true });
    const asked: string[] = [];
    page.on('request', request => asked.push(request.url()));
    await page.goto(address);
    const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(wider).toBe(0);
    expect(asked).toEqual([address]);
    await page.addScriptTag({ content: axe });
    const found = await page.evaluate(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(n => n.html)]))',
    );
    expect(found).toEqual([]);
    await page.close();
  });

  test('says the numbers in words, and draws them', async () => {
    const page = await browser.newPage({ viewport: sizes.desk });
    await page.goto(address);
    const card = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'won', exact: true }) });
    // 50 + 20 + 30 + 40 before, 50 + 40 with the least of 40; March had 70 of 60, and has 40.
    expect(await card.getByText('before €140, -€50 (-35.7%)').count()).toBe(1);
    expect(await card.getByText('by team: 2 of 3 differ').count()).toBe(1);
    expect(await card.getByRole('rowheader', { name: '<b>West</b>' }).count()).toBe(1);
    const labels = await card
      .getByRole('img')
      .evaluateAll(images => images.map(image => image.getAttribute('aria-label')));
    expect(labels).toEqual([
      'won month by month, before and after: €140 and €90 in all',
      'how far won moved by team: <b>West</b> -€30, South -€20',
    ]);
    expect(await page.getByText('goal won_goal: met becomes off track').count()).toBe(1);
    await page.close();
  });
}
