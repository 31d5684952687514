/**
 * The page of a scorecard in a browser, on a desk and on a phone, in light and dark: nothing to scroll sideways, nothing that
 * axe-core finds, no script, no network, and what a reader of screens is told. Without a browser this is said and not tested.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOf, smallProject } from '../scorecard/project.ts';
import { metrics } from '../support/project.ts';
import { browserPath, openBrowser } from './browser.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const sizes = { desk: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;
const views = [
  ['sales_director', '--lang', 'en'],
  ['sales_rep', '--user', 'rep_id=r2', '--lang', 'es'],
] as const;
const cases = views.flatMap(words =>
  (['desk', 'phone'] as const).flatMap(size =>
    (['light', 'dark'] as const).map(scheme => ({ role: words[0], words, size, scheme })),
  ),
);

if (browserPath === null) {
  test('there is no browser: the page is not looked at', () => {
    console.warn(
      'No chromium was found (apt-get install chromium, or CHROMIUM=path): scorecards are not tested in a browser.',
    );
  });
} else {
  describe('the page', () => inBrowser(browserPath ?? ''));
}

function inBrowser(executable: string): void {
  let browser: Browser;
  const pages = new Map<string, string>();

  beforeAll(async () => {
    browser = await openBrowser(executable);
    const folder = smallProject();
    for (const words of views) {
      const { code, out, err } = await metrics(folder, 'scorecard', ...words, ...asOf, '--format', 'html');
      expect([code, err]).toEqual([0, '']);
      const file = path.join(folder, `${words[0]}.html`);
      writeFileSync(file, out);
      pages.set(words[0], pathToFileURL(file).href);
    }
  });
  afterAll(async () => browser.close());

  async function opened(role: string, options: Parameters<Browser['newPage']>[0]): Promise<Page> {
    const page = await browser.newPage(options);
    await page.goto(pages.get(role) ?? '');
    return page;
  }

  test.each(cases)('$role, $size, $scheme', async ({ role, words, size, scheme }) => {
    const page = await opened(role, { viewport: sizes[size], colorScheme: scheme, bypassCSP: true });
    const asked: string[] = [];
    page.on('request', request => asked.push(request.url()));
    await page.reload();
    for (const summary of await page.locator('summary').all()) await summary.click();
    const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(wider).toBe(0);
    expect(asked).toEqual([pages.get(role)]);
    await page.addScriptTag({ content: axe });
    const found = await page.evaluate(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(n => n.html)]))',
    );
    expect(found).toEqual([]);
    expect(await page.locator('html').getAttribute('lang')).toBe(words.at(-1));
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(background).toBe(scheme === 'light' ? 'rgb(245, 246, 248)' : 'rgb(18, 22, 28)');
    await page.close();
  });

  test('what is told of a goal: its status in a word, and its bar and line in sentences', async () => {
    const page = await opened('sales_rep', { viewport: sizes.phone });
    const card = page.getByRole('article').first();
    expect(await card.getByRole('heading').textContent()).toBe('Meta de ingresos');
    expect(await card.getByText('fuera de camino').count()).toBe(1);
    const labels = await card
      .getByRole('img')
      .evaluateAll(images => images.map(image => image.getAttribute('aria-label')));
    expect(labels.map(label => label?.replaceAll('\u00a0', ' '))).toEqual([
      'Meta: 30 € hasta ahora, 37,5 % de la meta, meta 80 €, esperado hasta hoy 43,87 €, camino de 54,71 €',
      'Evolución: 6 meses (1 sept 2025 – 28 feb 2026), de 0 € a 90 €',
    ]);
    // The line's points are a table for whoever asks.
    await card.getByText('Como tabla').click();
    expect(await card.getByRole('row').count()).toBe(7);
    await page.close();
  });
}
