/**
 * docs/runtime.md is true: its scripts print what stands below them, and its requests are answered as it says. `$TOKEN` is a token
 * of the rep r2, `MODEL` the hash of the page's project.
 */
import { createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { startServer } from '../../runtime/faces/http/index.ts';
import * as sextant from '../../runtime/index.ts';
import { projectFolder } from '../support/project.ts';
import { readPage } from './page.ts';

const text = readFileSync(path.join(import.meta.dirname, '../../docs/runtime.md'), 'utf8');
const { files } = readPage(text);
const secret = 'the secret of the page, of 32 bytes or more';

const scripts = [...text.matchAll(/^```js (\S+)\n([\s\S]*?)^```\n\n```text\n([\s\S]*?)^```$/gm)].map(
  ([, name = '', code = '', printed = '']) => ({ name, code, printed }),
);

test('it has scripts and a request', () => {
  expect(scripts.map(({ name }) => name)).toEqual(['ask.mjs', 'refused.mjs', 'stream.mjs']);
});

test.each(scripts)('$name prints what is shown', async ({ code, printed }) => {
  const [, names = ''] = /^import \{ (.*) \} from 'sextant';$/m.exec(code) ?? [];
  const lines: string[] = [];
  const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  const console = { log: (...values: readonly unknown[]) => lines.push(values.map(shown).join(' ')) };
  const given = { ...Object.fromEntries(names.split(', ').map(name => [name, Reflect.get(sextant, name)])), console };
  const body = code.replace(/^import .*$/m, '').replace("'.'", JSON.stringify(projectFolder(files)));
  const run: (...values: readonly unknown[]) => Promise<void> = Reflect.construct(AsyncFunction, [
    ...Object.keys(given),
    body,
  ]);
  await run(...Object.values(given));
  expect(`${lines.join('\n')}\n`).toBe(printed);
});

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;

test('its request is answered as it says', async () => {
  process.env.TOKEN_SECRET = secret;
  const session = await sextant.openProject(projectFolder(files), { reload: 'never' });
  const server = await startServer(session, { host: '127.0.0.1', port: 0, log: () => {} });
  try {
    const [, method = '', where = '', heads = '', body = '', json = ''] =
      /^```http\n(\w+) (\S+)\n([\s\S]*?)\n\n(.*)\n```\n\n```json\n([\s\S]*?)^```$/m.exec(text) ?? [];
    const claims = {
      iss: 'https://id.example',
      aud: 'metrics',
      role: 'rep',
      sub: 'r2',
      exp: Math.floor(Date.now() / 1000) + 60,
    };
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .sign(createSecretKey(Buffer.from(secret)));
    const headers = Object.fromEntries(heads.split('\n').map(line => line.replace('$TOKEN', token).split(': ')));
    const response = await fetch(`http://127.0.0.1:${server.port}${where}`, { method, headers, body });
    const answer: { readonly meta: object } = JSON.parse(await response.text());
    expect({ ...answer, meta: { ...answer.meta, sql_ms: 0 } }).toEqual(
      JSON.parse(json.replace('MODEL', session.model)),
    );
  } finally {
    await server.close();
    await session.close();
  }
});
