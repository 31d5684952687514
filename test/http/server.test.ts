/** `metrics serve`: real requests to a real server, with real tokens. What is bad is answered with a code and no more, and the next request works. */
import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { exportJWK } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { dealsCsv, metricsYaml } from '../session/shop.ts';
import { metrics } from '../support/project.ts';
import { expectWithin } from '../support/soon.ts';
import {
  ask,
  fits,
  rawToken,
  refusal,
  rsa,
  rsaPem,
  type Serving,
  secret,
  secretKey,
  serving,
  token,
  tokensYaml,
} from './serving.ts';

const byRep = { metrics: ['revenue'], by: ['rep.name'] };
const scorecardYaml = metricsYaml.replace(
  'director: { sees: all }',
  `director: { sees: all, scorecard: [{ section: Sales, items: [{ metric: revenue, period: 2026-Q1 }] }] }
  lead: { sees: all, scorecard: [{ section: Sales, items: [{ metric: deal_count }] }] }`,
);

let server: Serving;
let director: string;
let rep: string;

beforeAll(async () => {
  process.env.TEST_TOKEN_SECRET = secret;
  server = await serving({
    serve: tokensYaml(`secret: "\${env:TEST_TOKEN_SECRET}"`),
    receiveMs: 400,
    definitions: scorecardYaml,
  });
  director = await token({ role: 'director', sub: 'r9' });
  rep = await token({ role: 'rep', sub: 'r2' });
});

describe('an answer', () => {
  test('is what the command prints, for the role and the user of the token', async () => {
    const { status, json, headers } = await ask(server, { token: rep, body: byRep });
    expect([status, json.rows]).toEqual([200, [{ 'rep.name': 'Ben', revenue: '70' }]]);
    expect(headers.get('cache-control')).toBe('no-store');
    const words = [
      'revenue',
      '--by',
      'rep.name',
      '--as',
      'rep',
      '--user',
      'rep_id=r2',
      '--as-of',
      '2026-03-31',
      '--format',
      'json',
    ];
    const printed = JSON.parse((await metrics(server.folder, 'query', ...words)).out);
    expect({ ...json, meta: { ...Object(json.meta), sql_ms: 0 } }).toEqual({
      ...printed,
      meta: { ...printed.meta, sql_ms: 0 },
    });
  });

  test('comes line by line where that is wanted', async () => {
    const { text, headers } = await ask(server, {
      token: director,
      body: byRep,
      headers: { accept: 'application/x-ndjson' },
    });
    expect(headers.get('content-type')).toBe('application/x-ndjson');
    const lines = text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    for (const line of lines) fits('Line', line);
    expect(lines[0].columns.map(({ name }: { name: string }) => name)).toEqual(['rep.name', 'revenue']);
    expect(lines.slice(1, -1)).toEqual([
      ['Ana', '150.5'],
      ['Ben', '70'],
      ['Cleo', '20'],
      ['Dan', '1000'],
    ]);
    expect(lines.at(-1)).toMatchObject({ end: { rows: 4, truncated: false } });
  });

  test('has the SQL for those who may see it, and what has drifted for those who ask', async () => {
    const { json } = await ask(server, {
      token: rep,
      body: { metrics: ['revenue'], where: "rep.name = 'Ben'", sql: true },
    });
    expect(json.sql).toEqual({
      text: expect.stringContaining('where'),
      parameters: expect.arrayContaining([{ type: 'string', value: 'r2' }]),
    });
    const known = {
      revenue: 'another',
      margin: 'hidden',
      deal_count: server.session.drift({ deal_count: '' }, { principal: 'everything' })[0]?.is,
    };
    const drifted = await ask(server, { token: rep, body: { ...byRep, model: { hash: 'old', metrics: known } } });
    expect(Object(drifted.json.meta).drift).toEqual([
      { metric: 'revenue', was: 'another', is: expect.stringMatching(/^[0-9a-f]{32}$/) },
      { metric: 'margin', was: 'hidden', is: null },
    ]);
    const same = await ask(server, {
      token: rep,
      body: { ...byRep, model: { hash: server.session.model, metrics: known } },
    });
    expect(Object(same.json.meta).drift).toBeUndefined();
  });

  test('may be asked as another by those who may, and by nobody else', async () => {
    const asRep = { ...byRep, as: 'rep', user: { rep_id: 'r3' } };
    expect((await ask(server, { token: director, body: asRep })).json.rows).toEqual([
      { 'rep.name': 'Cleo', revenue: '20' },
    ]);
    expect(await refusal(server, { token: rep, body: asRep })).toBe('403 M7023');
    expect(await refusal(server, { token: rep, body: { ...byRep, user: { rep_id: 'r3' } } })).toBe('403 M7023');
  });
});

describe('other paths', () => {
  test('what there is to ask, as the role knows it', async () => {
    const all = await ask(server, { token: director, path: '/metrics' });
    const names = (json: typeof all.json) => Object(json.metrics).map(({ name }: { name: string }) => name);
    expect(names(all.json)).toEqual([
      'call_count',
      'deal_count',
      'endless_count',
      'faulty_count',
      'many_count',
      'margin',
      'mean_deal',
      'revenue',
    ]);
    const own = await ask(server, { token: rep, path: '/metrics' });
    expect(names(own.json)).toEqual(['deal_count', 'many_count', 'mean_deal', 'revenue']);
    expect(own.text).not.toContain('margin');
    expect(Object(own.json.metrics)[3]).toMatchObject({
      label: { en: 'Revenue' },
      unit: 'EUR',
      grains: expect.arrayContaining(['month']),
    });
    expect(Object(own.json.metrics)[3].dimensions).toEqual(
      expect.arrayContaining(['rep', 'rep.name', 'rep.region', 'closed_on']),
    );
  });

  test('what a metric is; of one that is hidden, that there is none', async () => {
    const { json } = await ask(server, { token: director, path: '/explain/mean_deal' });
    expect(json).toMatchObject({
      formula: 'revenue / deal_count',
      stands_on: ['revenue', 'deal_count'],
      sql: { parameters: [] },
    });
    expect((await ask(server, { token: rep, path: '/explain/revenue' })).json.sql).toBeUndefined();
    const said = async (name: string) =>
      (await ask(server, { token: rep, path: `/explain/${name}` })).text.replaceAll(name, 'NAME');
    expect(await said('margin')).toBe(await said('murgin'));
    expect(await refusal(server, { token: rep, path: '/explain/margin' })).toBe('404 M2001');
  });

  test('scorecards, of the role itself or as another', async () => {
    const { json } = await ask(server, { token: director, path: '/scorecard?period=2026-02&lang=es' });
    expect(json).toMatchObject({
      role: 'director',
      as_of: '2026-03-31',
      sections: [{ items: [{ metric: 'revenue', value: '140.5' }] }],
    });
    expect((await ask(server, { token: director, path: '/scorecard/lead', body: {} })).json).toMatchObject({
      role: 'lead',
      sections: [{ items: [{ value: 1 }] }],
    });
    expect(await refusal(server, { token: await token({ role: 'lead' }), path: '/scorecard/director' })).toBe(
      '403 M7023',
    );
    expect(await refusal(server, { token: rep, path: '/scorecard' })).toBe('400 M7003');
    expect(await refusal(server, { token: director, path: '/scorecard', body: { period: 7 } })).toBe('400 M1008');
  });

  test('life, readiness, figures and the document need no token', async () => {
    expect((await ask(server, { path: '/health' })).json).toEqual({ alive: true });
    expect((await ask(server, { path: '/ready' })).json).toEqual({ ready: true, model: server.session.model });
    const { text } = await ask(server, { path: '/prometheus' });
    expect(text).toMatch(/sextant_http_requests_total\{route="\/query",status="200"\} \d+/);
    expect(text).not.toMatch(/revenue|director|r2|shop/);
    expect((await ask(server, { path: '/openapi.json' })).json.openapi).toBe('3.1.0');
  });

  test('scripts of pages may ask from the origins that the project names', async () => {
    const preflight = async (origin: string) => {
      const headers = {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      };
      const response = await ask(server, { method: 'OPTIONS', headers });
      return [response.status, response.headers.get('access-control-allow-origin')];
    };
    expect(await preflight('https://dashboard.test')).toEqual([204, 'https://dashboard.test']);
    expect(await preflight('https://other.test')).toEqual([204, null]);
    const refused = await ask(server, { body: byRep, headers: { origin: 'https://dashboard.test' } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([
      401,
      'https://dashboard.test',
    ]);
  });
});

test.each<[string, () => Promise<string | undefined>, string]>([
  ['none', async () => undefined, '401 M7020'],
  ['no token at all', async () => 'Bearer', '401 M7021'],
  ['of text', async () => 'a.b.c', '401 M7021'],
  ['a very long one', async () => 'a'.repeat(9000), '401 M7021'],
  [
    'expired',
    () => token({ role: 'director' }, secretKey, 'HS256', { exp: Math.floor(Date.now() / 1000) - 60 }),
    '401 M7021',
  ],
  ['without an end', () => token({ role: 'director' }, secretKey, 'HS256', { exp: undefined }), '401 M7021'],
  [
    'of the future',
    () => token({ role: 'director' }, secretKey, 'HS256', { nbf: Math.floor(Date.now() / 1000) + 600 }),
    '401 M7021',
  ],
  [
    'of another issuer',
    () => token({ role: 'director' }, secretKey, 'HS256', { iss: 'https://evil.test' }),
    '401 M7021',
  ],
  ['for another audience', () => token({ role: 'director' }, secretKey, 'HS256', { aud: 'other' }), '401 M7021'],
  ['forged', () => token({ role: 'director' }, createSecretKey(Buffer.from('b'.repeat(40)))), '401 M7021'],
  [
    'with a longer hash',
    () => token({ role: 'director' }, createSecretKey(Buffer.from(secret.repeat(2))), 'HS512'),
    '401 M7021',
  ],
  [
    'unsigned',
    async () =>
      rawToken({ alg: 'none' }, { role: 'director', iss: 'https://id.test', aud: 'metrics', exp: 9_999_999_999 }),
    '401 M7021',
  ],
  [
    'with other claims under its signature',
    async () =>
      `${rawToken({ alg: 'HS256' }, { role: 'director', iss: 'https://id.test', aud: 'metrics', exp: 9_999_999_999 })}${rep.split('.')[2]}`,
    '401 M7021',
  ],
  ['without a role', () => token({}), '403 M7022'],
  ['with a role that there is not', () => token({ role: 'emperor' }), '403 M7022'],
  ['with a role of every object', () => token({ role: 'constructor' }), '403 M7022'],
  ['with several roles', () => token({ role: ['director'] }), '403 M7022'],
  ['with a number for a role', () => token({ role: 1 }), '403 M7022'],
  ['without what its role goes by', () => token({ role: 'rep' }), '403 M7022'],
  ['with a number for a text', () => token({ role: 'rep', sub: 7 }), '403 M7022'],
  ['with a list for a text', () => token({ role: 'rep', sub: ['r1', 'r2'] }), '403 M7022'],
  ['with nothing for a text', () => token({ role: 'rep', sub: null }), '403 M7022'],
  ['with an empty text', () => token({ role: 'rep', sub: '' }), '403 M7005'],
])('a token: %s', async (_, make, expected) => {
  const bad = await make();
  const { status, json, text, headers } = await ask(server, { token: bad, body: byRep });
  expect(`${status} ${json.error?.code}`).toBe(expected);
  if (status === 401) expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
  if (bad !== undefined && bad.length > 6) expect(text).not.toContain(bad);
  expect(text).not.toMatch(/director|emperor|evil|metrics\.yaml/);
  expect((await ask(server, { token: rep, body: byRep })).status).toBe(200);
});

test.each<[string, Parameters<typeof refusal>[1], string]>([
  ['a metric that there is not', { body: { metrics: ['revenu'] } }, '400 M2001'],
  ['a metric that is hidden', { body: { metrics: ['margin'] } }, '400 M2001'],
  ['a dimension that there is not', { body: { metrics: ['revenue'], by: ['planet'] } }, '400 M2001'],
  ['a metric on a table that is closed', { body: { metrics: ['endless_count'] } }, '403 M7008'],
  ['a condition that is broken', { body: { metrics: ['revenue'], where: 'rep.name =' } }, '400 M1012'],
  ['SQL for a condition', { body: { metrics: ['revenue'], where: '1=1; drop table deals; --' } }, '400 M1014'],
  ['a value of another type', { body: { metrics: ['revenue'], where: { closed_on: 7 } } }, '400 M3007'],
  ['a day that there is not', { body: { ...byRep, as_of: '2026-02-30' } }, '400 M5004'],
  ['a text for a list', { body: { metrics: 'revenue' } }, '400 M1008'],
  ['no metrics', { body: {} }, '400 M1009'],
  ['a key that there is not', { body: { metrics: ['revenue'], metric: 'x' } }, '400 M1007'],
  ['a prototype', { raw: '{"metrics":["revenue"],"__proto__":{"as":"director"}}' }, '400 M1003'],
  ['a list', { raw: '[]' }, '400 M1008'],
  ['half a body', { raw: '{"metrics": ["revenue"' }, '400 M1029'],
  ['YAML', { raw: 'metrics: [revenue]' }, '400 M1029'],
  ['an abyss', { raw: '['.repeat(100_000) }, '400 M1029'],
  ['a body that is too large', { raw: `{"metrics":["${'x'.repeat(300_000)}"]}` }, '413 M1030'],
  [
    'another type',
    { raw: 'metrics=revenue', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    '415 M1031',
  ],
  ['the SQL, by another role', { body: { ...byRep, sql: true }, token: 'regional' }, '403 M7023'],
  ['a path that there is not', { path: '/admin', body: {} }, '404 M9023'],
  ['another method', { path: '/query', method: 'DELETE' }, '405 M9024'],
  ['a metric beyond the paths', { path: '/explain/..%2f..%2fetc%2fpasswd' }, '404 M2001'],
])('a request with %s', async (_, asked, expected) => {
  const bearer = asked.token === 'regional' ? await token({ role: 'regional', region: 'North' }) : rep;
  const { status, json, text } = await ask(server, { ...asked, token: bearer });
  expect(`${status} ${json.error?.code}`).toBe(expected);
  expect(text).not.toMatch(/metrics\.yaml|node_modules|\bat .*\.ts|director/);
  expect(text.length).toBeLessThan(6000);
  expect((await ask(server, { token: rep, body: byRep })).status).toBe(200);
});

/** What a bare connection is answered. */
function spoken(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', data => {
      answer += data.toString();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

test.each([
  ['whose head does not end', 'POST /query HTTP/1.1\r\nhost: x\r\n', '408'],
  [
    'whose body does not come',
    'POST /query HTTP/1.1\r\nhost: x\r\nauthorization: Bearer TOKEN\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"metrics"',
    '408',
  ],
  ['that speaks another language', '\u0016\u0003\u0001 hello\r\n\r\n', '400'],
  ['with a head that is too large', `GET /health HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, '431'],
])('a client %s', async (_, text, status) => {
  const answer = await spoken(server.server.port, text.replace('TOKEN', rep));
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  const body = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')));
  fits('Error', body);
  expect(body.error.code).toBe('M9025');
  expect((await ask(server, { token: rep, body: byRep })).status).toBe(200);
});

test('no token, no value of a user, no SQL and no definition has come into the log', async () => {
  const lines = server.log.join('');
  expect(server.log.length).toBeGreaterThan(50);
  expect(lines).not.toMatch(new RegExp(`${secret}|${rep}|eyJ|select |"r2"|'r2'|Ben|metrics\\.yaml`));
  for (const line of server.log)
    expect(JSON.parse(line)).toMatchObject({ level: 30, time: expect.any(String), msg: expect.any(String) });
});

describe('limits', () => {
  let small: Serving;
  const endless = { metrics: ['endless_count'] };

  beforeAll(async () => {
    small = await serving({
      serve:
        'serve: { anonymous: director, limits: { at_once: 1, waiting: 0, seconds: 2, rows: 3, body_kilobytes: 1 } }\n',
    });
  });

  test('whoever goes away stops what was asked, and the next question is answered', async () => {
    await ask(small, { body: byRep });
    await expectWithin(250, async () => {
      const stop = new AbortController();
      const gone = ask(small, { body: endless, signal: stop.signal }).catch(() => 'gone');
      for (let waited = 0; small.session.running.questions === 0 && waited < 200; waited += 1) await pause(10);
      const began = performance.now();
      stop.abort();
      expect(await gone).toBe('gone');
      for (let waited = 0; small.session.running.questions > 0 && waited < 100; waited += 1) await pause(5);
      return performance.now() - began;
    });
    expect((await ask(small, { body: { ...byRep, limit: 1 } })).status).toBe(200);
  });

  test('one who asks beside many is sent away, and told when to come again; one who asks too much is given an end', async () => {
    const slow = refusal(small, { body: endless });
    for (let waited = 0; small.session.running.questions === 0 && waited < 200; waited += 1) await pause(10);
    const { status, json, headers } = await ask(small, { body: { ...byRep, limit: 2 } });
    expect([status, json.error?.code, headers.get('retry-after')]).toEqual([503, 'M9021', '1']);
    expect(await slow).toBe('504 M9009');
  });

  test('rows and bodies', async () => {
    const { json } = await ask(small, { body: byRep });
    expect([Object(json.rows).length, Object(json.meta).truncated]).toEqual([3, true]);
    expect(await refusal(small, { raw: `{"metrics":["${'x'.repeat(2000)}"]}` })).toBe('413 M1030');
  });
});

describe('keys', () => {
  const body = byRep;

  test('a public key in a file, and never as a secret', async () => {
    const made = await serving({ serve: tokensYaml('public_key: key.pem'), files: { 'key.pem': rsaPem } });
    expect((await ask(made, { token: await token({ role: 'director' }, rsa.privateKey, 'RS256'), body })).status).toBe(
      200,
    );
    const confused = await token({ role: 'director' }, createSecretKey(Buffer.from(rsaPem)), 'HS256');
    expect(await refusal(made, { token: confused, body })).toBe('401 M7021');
    expect(await refusal(made, { token: await token({ role: 'director' }, rsa.privateKey, 'PS256'), body })).toBe(
      '401 M7021',
    );
  });

  test('several public keys in a set', async () => {
    const ed = generateKeyPairSync('ed25519');
    const keys = JSON.stringify({ keys: [await exportJWK(rsa.publicKey), await exportJWK(ed.publicKey)] });
    const made = await serving({ serve: tokensYaml('jwks: keys.json'), files: { 'keys.json': keys } });
    expect((await ask(made, { token: await token({ role: 'director' }, rsa.privateKey, 'RS256'), body })).status).toBe(
      200,
    );
    expect((await ask(made, { token: await token({ role: 'director' }, ed.privateKey, 'EdDSA'), body })).status).toBe(
      200,
    );
    expect(await refusal(made, { token: await token({ role: 'director' }), body })).toBe('401 M7021');
  });

  const rsaPrivate = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const shortPem = generateKeyPairSync('rsa', { modulusLength: 1024 })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString();

  test.each<[string, string, Readonly<Record<string, string>>, string]>([
    ['is not in the environment', `secret: "\${env:TEST_NO_SUCH}"`, {}, 'TEST_NO_SUCH'],
    ['is too short', `secret: "\${env:TEST_SHORT}"`, {}, '5 bytes, and 32 are needed'],
    ['is not there', 'public_key: none.pem', {}, 'no file none.pem'],
    ['is outside', 'public_key: ../key.pem', {}, 'no file ../key.pem'],
    ['is private', 'public_key: key.pem', { 'key.pem': rsaPrivate }, 'private'],
    ['is no key', 'public_key: key.pem', { 'key.pem': 'hello' }, 'PEM'],
    ['is weak', 'public_key: key.pem', { 'key.pem': shortPem }, '2048'],
    ['has signed otherwise', 'public_key: key.pem, algorithms: [ES256]', { 'key.pem': rsaPem }, 'ES256'],
    ['is no set', 'jwks: keys.json', { 'keys.json': '{}' }, 'JSON Web Key Set'],
    [
      'is a secret in a set',
      'jwks: keys.json',
      { 'keys.json': '{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}' },
      'no public one',
    ],
  ])('one that %s is refused at the start', async (_, key, files, said) => {
    process.env.TEST_SHORT = 'short';
    await expect(serving({ serve: tokensYaml(key), files })).rejects.toMatchObject({
      diagnostic: { code: 'M7024', span: { file: 'metrics.yaml' } },
      message: expect.stringContaining(said),
    });
  });

  test('a project that does not say who may ask is not served', async () => {
    await expect(serving({ serve: '' })).rejects.toMatchObject({ diagnostic: { code: 'M7024' } });
    const { code, err } = await metrics(server.folder, 'serve', '--port', 'x');
    expect([code, err]).toEqual([2, expect.stringContaining('whole number')]);
  });
});

describe('while it runs', () => {
  test('files may change: what is good is used, what is not changes nothing and is told', async () => {
    const made = await serving({ serve: 'serve: { anonymous: director }\n', reload: 'watch' });
    const file = path.join(made.folder, 'metrics.yaml');
    const text = readFileSync(file, 'utf8');
    const before = made.session.model;
    writeFileSync(file, text.replace('* 0.2', '* margn'));
    for (let waited = 0; made.session.problem === null && waited < 500; waited += 1) await pause(10);
    expect((await ask(made, { path: '/ready' })).json).toEqual({ ready: true, model: before, problem: 'M2001' });
    expect((await ask(made, { body: { metrics: ['margin'] } })).json.rows).toEqual([{ margin: '248.1' }]);
    writeFileSync(file, text.replace('* 0.2', '* 0.5').replace('anonymous: director', 'anonymous: regional'));
    for (let waited = 0; made.session.model === before && waited < 500; waited += 1) await pause(10);
    expect(await refusal(made, { body: { metrics: ['margin'] } })).toBe('403 M7005');
    expect((await ask(made, { path: '/prometheus' })).text).toContain('sextant_model_builds_failed 1');
    writeFileSync(path.join(made.folder, 'deals.csv'), dealsCsv.replace('rep_id', 'rip_id'));
    expect(await refusal(made, { body: byRep })).toBe('403 M7005');
  });

  test('a warehouse that is away is told, and nothing more of it', async () => {
    const definitions = metricsYaml
      .replace(
        'tables:',
        'warehouse: { profiles: { main: { engine: postgres, url: "postgres://reader:hush@127.0.0.1:9/none" } } }\ntables:',
      )
      .replace(/from: (\w+)\.csv/g, 'from: crm.$1');
    const made = await serving({ serve: 'serve: { anonymous: director }\n', definitions });
    const { status, text } = await ask(made, { body: byRep });
    expect([status, text.includes('M9011'), /hush|127\.0\.0\.1|reader/.test(text)]).toEqual([503, true, false]);
    expect((await ask(made, { path: '/ready' })).json).toMatchObject({ ready: false, warehouse: 'M9011' });
  });

  test('it ends when what is under way has ended', async () => {
    const made = await serving({ serve: 'serve: { anonymous: director }\n' });
    const many = JSON.stringify({ metrics: ['many_count'], by: ['many.id'] });
    const headers = { 'content-type': 'application/json', accept: 'application/x-ndjson' };
    const response = await fetch(`${made.url}/query`, { method: 'POST', headers, body: many });
    const ended = made.server.close();
    await expect(fetch(`${made.url}/health`)).rejects.toThrow();
    const lines = (await response.text()).trimEnd().split('\n');
    expect([lines.length, JSON.parse(lines.at(-1) ?? '')]).toEqual([
      20_002,
      { end: expect.objectContaining({ rows: 20_000 }) },
    ]);
    await ended;
  });

  test('what does not end in time is given up, and told that the server ends', async () => {
    const made = await serving({ serve: 'serve: { anonymous: director }\n', endMs: 300 });
    const slow = refusal(made, { body: { metrics: ['endless_count'] } });
    for (let waited = 0; made.session.running.questions === 0 && waited < 500; waited += 1) await pause(10);
    await made.server.close();
    expect(await slow).toBe('503 M9026');
  });
});
