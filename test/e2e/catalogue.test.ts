/**
 * The catalogue in a browser, opened from the file system: nothing that axe-core finds, nothing to scroll sideways, nothing asked of
 * a network; the search by keys alone, with slips and in both languages; and the plain list where there is no script.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderWith } from '../catalogue/project.ts';
import { metrics } from '../support/project.ts';
import { browserPath, openBrowser } from './browser.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const desk = { width: 1280, height: 900 } as const;
const phone = { width: 390, height: 844 } as const;
const files = [
  'en/index',
  'en/metric-won',
  'es/goal-won_goal',
  'en/role-seller',
  'es/table-deal',
  'en/metric-open_deals',
  'en/alert-low',
];
const views = [
  { size: 'desk', viewport: desk, scheme: 'light', seen: files },
  { size: 'desk', viewport: desk, scheme: 'dark', seen: files.slice(0, 2) },
  { size: 'phone', viewport: phone, scheme: 'light', seen: files.slice(0, 2) },
  { size: 'phone', viewport: phone, scheme: 'dark', seen: files },
] as const;

if (browserPath === null) {
  test('there is no browser: the catalogue is not looked at', () => {
    console.warn(
      'No chromium was found (apt-get install chromium, or CHROMIUM=path): the catalogue is not tested in a browser.',
    );
  });
} else {
  describe('the catalogue', () => inBrowser(browserPath ?? ''));
}

function inBrowser(executable: string): void {
  let browser: Browser;
  let site = '';

  beforeAll(async () => {
    browser = await openBrowser(executable);
    const folder = folderWith();
    const { code } = await metrics(folder, 'docs', '--out', 'site');
    expect(code).toBe(0);
    site = path.join(folder, 'site');
  });
  afterAll(async () => browser.close());

  const address = (file: string) => pathToFileURL(path.join(site, file)).href;

  async function opened(file: string, options: Parameters<Browser['newPage']>[0] = { viewport: desk }): Promise<Page> {
    const page = await browser.newPage(options);
    await page.goto(address(file));
    return page;
  }

  test.each(views)(
    '$size, $scheme: nothing for axe-core, nothing to scroll sideways',
    async ({ viewport, scheme, seen }) => {
      const page = await browser.newPage({ viewport, colorScheme: scheme, bypassCSP: true });
      for (const file of seen) {
        await page.goto(address(`${file}.html`));
        await page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })");
        const wider = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect([file, wider]).toEqual([file, 0]);
        await page.addScriptTag({ content: axe });
        const found = await page.evaluate(
          'axe.run({ preload: false }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(n => n.html)]))',
        );
        expect([file, found]).toEqual([file, []]);
      }
      const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      expect(background).toBe(scheme === 'light' ? 'rgb(245, 246, 248)' : 'rgb(18, 22, 28)');
      await page.close();
    },
  );

  test('its own policy lets in its style and script, and nothing is asked of a network', async () => {
    const page = await browser.newPage({ viewport: desk });
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', request => asked.push(request.url()));
    page.on('console', message => complaints.push(message.text()));
    await page.goto(address('index.html'));
    await page.waitForURL(/en\/index\.html$/);
    expect(await page.locator('#filters').isVisible()).toBe(true);
    expect(asked.filter(url => !url.startsWith('file://'))).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.each([desk, phone])('by keys alone: a slip, the first that is found, its page (%j)', async viewport => {
    const page = await opened('en/metric-rate.html', { viewport });
    await page.keyboard.press('/');
    await page.keyboard.type('won revnue');
    await page.keyboard.press('Enter');
    await page.waitForURL(/index\.html\?q=/);
    expect(await page.locator('#found').textContent()).toBe('1 found');
    await page.locator('#q').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/metric-won\.html/);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Won revenue');
    await page.close();
  });

  test('a name, its beginning, a slip, the other language, without an accent, a tag, an owner: each finds its own first', async () => {
    const page = await opened('en/index.html');
    const first: Record<string, string | null> = {};
    const wanted = {
      in_north: 'In north',
      nort: 'In north',
      deall: 'Deal',
      ingresos: 'Won revenue',
      gestion: 'Won revenue',
      money: 'Won revenue',
      ops: 'Rate',
      vendedor: 'Seller',
    };
    for (const written of Object.keys(wanted)) {
      await page.locator('#q').fill(written);
      first[written] = await page.locator('#results a').first().textContent();
    }
    expect(first).toEqual(wanted);
    await page.close();
  });

  test('what was looked for and filtered stands in the address, and goes along to the other language', async () => {
    const page = await opened('en/index.html');
    const shown = () => page.locator('#all li:visible a').allTextContents();
    expect((await shown()).length).toBe(13);
    await page.getByLabel('Kind').selectOption('metric');
    await page.getByLabel('Status').selectOption('certified');
    expect(await shown()).toEqual(['Rate']);
    expect(new URL(page.url()).search).toBe('?kind=metric&status=certified');
    await page.getByRole('link', { name: 'Español' }).click();
    await page.waitForURL(/es\/index\.html/);
    expect(await shown()).toEqual(['Rate']);
    expect(await page.locator('#found').textContent()).toBe('Encontrados: 1');
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
    await page.getByLabel('Estado').selectOption('');
    await page.locator('#q').fill('zzzzzz');
    expect(await page.locator('#found').textContent()).toContain('Nada se llama así');
    await page.close();
  });

  test('without a script it is a list with links', async () => {
    const page = await opened('en/index.html', { viewport: phone, javaScriptEnabled: false });
    expect(await page.locator('#filters').isVisible()).toBe(false);
    await page.getByRole('link', { name: 'Won revenue' }).click();
    await page.waitForURL(/metric-won\.html/);
    await page.close();
  });
}
