/**
 * The example dashboard: its page imports the generated client, bundled for the browser, and asks a real `metrics serve` with a
 * token, from another origin. Its figures are counted from the files with other means; without a browser this is said and not tested.
 */
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { build } from 'esbuild';
import { SignJWT } from 'jose';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../runtime/faces/http/index.ts';
import { openProject, type ProjectSession } from '../../runtime/index.ts';
import { metrics, projectFolder } from '../support/project.ts';
import { browserPath, openBrowser } from './browser.ts';

const page = path.join(import.meta.dirname, 'dashboard');
const project = path.join(import.meta.dirname, '../../templates/start');
const secret = 'a secret of forty bytes that nobody knows';

test('the client of the dashboard is as its project is, but for its hash', async () => {
  const out = projectFolder({});
  expect((await metrics(out, 'generate', '--project', project, '--out', 'start.gen.d.ts')).code).toBe(0);
  const read = (folder: string, file: string) =>
    readFileSync(path.join(folder, file), 'utf8').replace(/hash: "\w+"/, 'hash: ""');
  for (const file of readdirSync(out)) {
    if (process.env.UPDATE === '1') cpSync(path.join(out, file), path.join(page, file));
    expect(read(page, file)).toBe(read(out, file));
  }
});

if (browserPath === null) {
  test('there is no browser: the dashboard is not looked at', () => {
    console.warn('No chromium was found (apt-get install chromium, or CHROMIUM=path): the dashboard is not tested.');
  });
} else {
  describe('the dashboard', () => inBrowser(browserPath ?? ''));
}

function inBrowser(executable: string): void {
  let browser: Browser;
  let pages: Server;
  let session: ProjectSession;
  let server: RunningServer;
  let folder = '';
  /** What the page is given: who asks, and where. */
  let token = '';
  const builds: string[] = [];

  beforeAll(async () => {
    const { outputFiles } = await build({
      ...{
        entryPoints: [path.join(page, 'dashboard.ts')],
        bundle: true,
        write: false,
        format: 'iife',
        platform: 'browser',
      },
      alias: { 'sextant/client': path.join(import.meta.dirname, '../../client/index.ts') },
    });
    const html = readFileSync(path.join(page, 'index.html'), 'utf8');
    pages = createServer((request, response) => {
      const settings = JSON.stringify({ url: `http://127.0.0.1:${server.port}`, token });
      const isScript = request.url === '/dashboard.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.end(isScript ? outputFiles[0]?.text : html.replace('>{}<', () => `>${settings}<`));
    });
    await new Promise<void>(resolve => pages.listen(0, '127.0.0.1', resolve));

    folder = projectFolder({});
    cpSync(project, folder, { recursive: true });
    const file = path.join(folder, 'metrics.yaml');
    writeFileSync(path.join(folder, 'key.txt'), secret);
    writeFileSync(path.join(folder, 'roles.yaml'), 'version: 1\nroles:\n  viewer: { sees: all }\n');
    writeFileSync(
      file,
      `${readFileSync(file, 'utf8')}serve:
  tokens: { issuer: https://id.test, audience: metrics, secret: "\${env:DASHBOARD_SECRET}" }
  role: { claim: role }
  origins: ["${originOf(pages)}"]
`,
    );
    process.env.DASHBOARD_SECRET = secret;
    session = await openProject(folder, { onBuild: ({ kind }) => builds.push(kind) });
    server = await startServer(session, { host: '127.0.0.1', port: 0, log: () => {} });
    browser = await openBrowser(executable);
  });

  afterAll(async () => {
    await browser.close();
    await server.close();
    await session.close();
    await new Promise(resolve => pages.close(resolve));
  });

  async function opened(role: string): Promise<Page> {
    token = await new SignJWT({ role })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('https://id.test')
      .setAudience('metrics')
      .setExpirationTime('10m')
      .sign(new TextEncoder().encode(secret));
    const made = await browser.newPage();
    await made.goto(originOf(pages));
    return made;
  }

  const table = (made: Page) => made.locator('#regions tr').evaluateAll(rows => rows.map(row => row.textContent));

  test('shows a table by region, a number with its unit, and months that came line by line', async () => {
    const made = await opened('viewer');
    await made.locator('#months li').first().waitFor();
    expect(await table(made)).toEqual(['South€149,428.0056%', 'North€98,903.0052%']);
    expect(await made.locator('#total').textContent()).toBe('€248,331.00');
    expect(await made.locator('#months li').allTextContents()).toEqual([
      ...['2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11'],
    ]);
    await made.getByLabel('Source').selectOption('partner');
    await made.getByText('€33,675.00').waitFor();
    expect(await table(made)).toEqual(['South€33,675.0050%', 'North€25,801.0050%']);
    expect(await made.getByRole('alert').textContent()).toBe('');
    expect(await made.getByRole('status').textContent()).toBe('');
    await made.close();
  });

  test('shows why there is no answer, and goes on when there is one', async () => {
    const made = await opened('nobody');
    await made
      .getByRole('alert')
      .filter({ hasText: /^M\d{4}: / })
      .waitFor();
    expect(await table(made)).toEqual([]);
    await made.close();
    const away = await opened('viewer');
    await away.locator('#months li').first().waitFor();
    await away.route('**/query', route => route.abort());
    await away.getByRole('button', { name: 'Refresh' }).click();
    await away.getByRole('alert').filter({ hasText: 'unreachable: ' }).waitFor();
    await away.unroute('**/query');
    await away.getByRole('button', { name: 'Refresh' }).click();
    await away.getByRole('alert').filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
    expect(await table(away)).toHaveLength(2);
    await away.close();
  });

  test('says which metric is not what it was, by name', async () => {
    const made = await opened('viewer');
    await made.getByText('€248,331.00').waitFor();
    const file = path.join(folder, 'sales.yaml');
    const before = builds.length;
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('sum(deals.amount where is_won)', "sum(deals.amount where stage = 'lost')"),
    );
    await expect.poll(() => builds.slice(before), { timeout: 20_000 }).toContain('good');
    await made.getByRole('button', { name: 'Refresh' }).click();
    await made.getByText('€198,477.50').waitFor();
    expect(await made.getByRole('status').textContent()).toBe(
      'Not what they were when this page was made: won_revenue',
    );
    await made.close();
  });
}

function originOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}
