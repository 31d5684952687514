/** The client over HTTP: what a server may send, whole or broken, in pieces or late, and what becomes of it. Answers are written by hand. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../client/index.ts';

type Answer = (response: ServerResponse, request: IncomingMessage, body: string) => void | Promise<void>;

let server: Server;
let url = '';
let answer: Answer = () => {};
const bodies: { readonly path: string; readonly token: string; readonly body: unknown }[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const { url: path = '', headers } = request;
    bodies.push({ path, token: headers.authorization ?? '', body: JSON.parse(body) });
    await answer(response, request, body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
});
afterAll(() => new Promise(resolve => server.close(resolve)));

const model = { hash: 'h1', meanings: async () => ({ metrics: { won: ['m1', 'decimal', 'EUR'] as const } }) };
const client = (more: object = {}) => connect(model, { url: `${url}/`, token: 'secret', ...more });

const columns = [
  { name: 'region', kind: 'dimension', type: 'string', unit: null },
  { name: 'won', kind: 'metric', type: 'decimal', unit: 'EUR' },
];
const meta = { model: 'h1', period: null, as_of: '2026-03-31', partial: [], truncated: false, sql_ms: 1 };
const head = { columns, meta };
const rows = [
  { region: 'Nord 🙂 ñ', won: '12.5' },
  { region: null, won: '0' },
];
const lines = [head, ['Nord 🙂 ñ', '12.5'], [null, '0'], { end: { rows: 2, truncated: false, sql_ms: 1 } }];
const ndjson = (items: readonly unknown[]) => items.map(item => `${JSON.stringify(item)}\n`).join('');
const whole =
  (value: unknown, status = 200): Answer =>
  response => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
const question = { metrics: ['won'], by: ['region'], period: undefined };

async function streamed(options: object = {}): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const row of client().stream(question, options)) found.push(row);
  return found;
}

test('a question is sent with the token and the hash, and its answer read', async () => {
  answer = whole({ ...head, rows });
  bodies.length = 0;
  const found = await client({ token: async () => 'made for this one' }).query(question);
  expect(found).toEqual({ columns, meta, rows });
  expect(bodies).toEqual([
    {
      path: '/query',
      token: 'Bearer made for this one',
      body: { metrics: ['won'], by: ['region'], model: { hash: 'h1' } },
    },
  ]);
});

test('lines are read in whatever pieces they come', async () => {
  const bytes = Buffer.from(ndjson(lines));
  for (const size of [1, 3, 7, bytes.length]) {
    answer = async response => {
      for (let at = 0; at < bytes.length; at += size) {
        response.write(bytes.subarray(at, at + size));
        if (size > 1 || at % 16 === 0) await new Promise(resolve => setImmediate(resolve));
      }
      response.end();
    };
    expect(await streamed()).toEqual(rows);
  }
});

test('drift is asked for once, with what the asked metrics meant', async () => {
  bodies.length = 0;
  answer = (response, request, body) => {
    const isNamed = body.includes('"m1"');
    const drift = isNamed ? { drift: [{ metric: 'won', was: 'm1', is: 'm2' }] } : {};
    whole({ columns, rows, meta: { ...meta, model: 'h2', ...drift } })(response, request, body);
  };
  const told: unknown[] = [];
  const watched = client({ onDrift: (found: unknown) => told.push(found) });
  expect((await watched.query(question)).rows).toEqual(rows);
  expect((await watched.query(question)).rows).toEqual(rows);
  expect(told).toEqual([[{ metric: 'won', was: 'm1', is: 'm2' }]]);
  expect(bodies.map(({ body }) => body)).toMatchObject([
    { model: { hash: 'h1' } },
    { model: { hash: 'h1', metrics: { won: 'm1' } } },
    { model: { hash: 'h1', metrics: { won: 'm1' } } },
  ]);
  const strict = client({ onDrift: 'throw' }).query(question);
  await expect(strict).rejects.toMatchObject({ code: 'drift', drift: [{ metric: 'won', was: 'm1', is: 'm2' }] });
});

const error = {
  code: 'M2001',
  message: 'there is no metric `x`',
  help: 'did you mean `y`?',
  diagnostics: [{ code: 'M2001' }],
};

const broken: readonly (readonly [what: string, answer: Answer, code: string, more: object])[] = [
  ['a refusal', whole({ error }, 400), 'M2001', { ...error, status: 400 }],
  [
    'a refusal without its help',
    whole({ error: { code: 'M9021', message: 'too late' } }, 504),
    'M9021',
    { help: null, diagnostics: [], status: 504 },
  ],
  [
    'a page of a proxy',
    response => void response.writeHead(502).end('<html>Bad gateway'),
    'unreadable',
    { status: 502 },
  ],
  ['an answer that is no JSON', response => void response.end('{"columns": ['), 'unreadable', {}],
  ['an answer of another kind', whole({ rows }), 'unreadable', {}],
  ['an answer without rows', whole(head), 'unreadable', {}],
  ['a value of another type', whole({ ...head, rows: [{ region: 5, won: '1' }] }), 'unreadable', {}],
  ['a number where exact text is', whole({ ...head, rows: [{ region: 'x', won: 1.5 }] }), 'unreadable', {}],
  ['a row without a column', whole({ ...head, rows: [{ region: 'x' }] }), 'unreadable', {}],
  [
    'a type of another time',
    whole({ columns: [{ ...columns[0], type: 'geo' }], meta, rows: [{ region: 'x' }] }),
    'unreadable',
    {},
  ],
  ['a connection that breaks', response => void response.destroy(), 'unreachable', {}],
  [
    'an answer that breaks off',
    response => void response.writeHead(200, { 'content-length': 500 }).write('{"col', () => response.destroy()),
    'unreachable',
    {},
  ],
];

describe('an answer that is none', () => {
  test.each(broken)('%s', async (_, given, code, more) => {
    answer = given;
    await expect(client().query(question)).rejects.toMatchObject({ name: 'MetricsError', code, ...more });
    answer = whole({ ...head, rows });
    expect((await client().query(question)).rows).toEqual(rows);
  });

  test('a server that is not there', async () => {
    const away = connect(model, { url: 'http://127.0.0.1:9' }).query(question);
    await expect(away).rejects.toMatchObject({ code: 'unreachable', cause: expect.any(Error) });
  });
});

const text =
  (given: string): Answer =>
  response =>
    void response.end(given);

const cut: readonly (readonly [what: string, answer: Answer, code: string])[] = [
  [
    'an error behind rows',
    text(ndjson([...lines.slice(0, 2), { error: { code: 'M9012', message: 'too late' } }])),
    'M9012',
  ],
  ['no end', text(ndjson(lines.slice(0, 3))), 'unreadable'],
  ['half a line', text(ndjson(lines).slice(0, -30)), 'unreadable'],
  ['rows that were left out', text(ndjson([...lines.slice(0, 3), { end: { rows: 2, truncated: true } }])), 'truncated'],
  ['no head', text(ndjson(lines.slice(1))), 'unreadable'],
  ['nothing', text(''), 'unreadable'],
  ['a refusal', whole({ error }, 403), 'M2001'],
  [
    'a connection that breaks',
    response => void response.write(ndjson(lines.slice(0, 2)), () => response.destroy()),
    'unreachable',
  ],
];

describe('lines that are none', () => {
  test.each(cut)('%s', async (_, given, code) => {
    answer = given;
    await expect(streamed()).rejects.toMatchObject({ name: 'MetricsError', code });
  });
});

describe('what is called off', () => {
  test('is no failure, and reaches the server', async () => {
    const gone = new Promise<void>(resolve => {
      answer = response => void response.once('close', resolve);
    });
    const control = new AbortController();
    const asked = client().query(question, { signal: control.signal });
    setTimeout(() => control.abort(), 20);
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    await gone;
  });

  test('so does a stream that is left', async () => {
    const gone = new Promise<void>(resolve => {
      answer = response => {
        response.once('close', resolve);
        response.write(ndjson(lines.slice(0, 3)));
      };
    });
    for await (const row of client().stream(question)) {
      expect(row).toEqual(rows[0]);
      break;
    }
    await gone;
  });
});
