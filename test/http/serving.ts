/** A real server on a port of its own over the project of test/session, tokens for it, and requests whose answers are held against the OpenAPI document. */
import { createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { SignJWT } from 'jose';
import { afterAll, expect } from 'vitest';
import { type RunningServer, sessionLimits, startServer } from '../../runtime/faces/http/index.ts';
import { openApi } from '../../runtime/faces/http/openapi.ts';
import { openProject, type ProjectSession } from '../../runtime/index.ts';
import { clock, metricsYaml, shop } from '../session/shop.ts';

export const secret = 'a secret of forty bytes that nobody knows';
export const secretKey = createSecretKey(Buffer.from(secret));
export const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const rsaPem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();

export const tokensYaml = (key: string) => `serve:
  tokens: { issuer: https://id.test, audience: metrics, ${key} }
  role: { claim: role }
  user: { rep_id: { claim: sub }, region: { claim: region } }
  act_as: [director]
  sql: [director, rep]
  origins: [https://dashboard.test]
`;

export interface Serving {
  readonly session: ProjectSession;
  readonly server: RunningServer;
  readonly url: string;
  readonly folder: string;
  readonly log: string[];
}

const open: Serving[] = [];

afterAll(async () => {
  for (const { server, session } of open.splice(0)) {
    await server.close();
    await session.close();
  }
});

export interface ServingOptions {
  readonly serve: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly receiveMs?: number;
  readonly endMs?: number;
  readonly reload?: 'watch' | 'never';
  readonly definitions?: string;
}

export async function serving({
  serve,
  files = {},
  receiveMs = 5000,
  endMs = 30_000,
  reload = 'never',
  definitions = metricsYaml,
}: ServingOptions): Promise<Serving> {
  const folder = shop({ 'metrics.yaml': definitions.replace('tables:', `${serve}tables:`), ...files });
  const log: string[] = [];
  const first = await openProject(folder, { clock, reload: 'never' });
  const limits = sessionLimits(first.project.declaration?.serve ?? null);
  await first.close();
  const session = await openProject(folder, { clock, reload, limits });
  const server = await startServer(session, {
    host: '127.0.0.1',
    port: 0,
    log: line => log.push(line),
    receiveMs,
    endMs,
  });
  const made = { session, server, folder, log, url: `http://127.0.0.1:${server.port}` };
  open.push(made);
  return made;
}

type Claims = Readonly<Record<string, unknown>>;

/** A token as it should be, but for what is said otherwise. */
export async function token(
  claims: Claims,
  key: KeyObject = secretKey,
  algorithm = 'HS256',
  more: Claims = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const usual = { iss: 'https://id.test', aud: 'metrics', iat: now, exp: now + 600, ...claims, ...more };
  const said = Object.fromEntries(Object.entries(usual).filter(([, value]) => value !== undefined));
  return new SignJWT(said).setProtectedHeader({ alg: algorithm }).sign(key);
}

/** A token whose parts are put together by hand. */
export function rawToken(header: Claims, claims: Claims, signature = ''): string {
  const part = (value: Claims) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.${signature}`;
}

const ajv = new Ajv2020({ strict: false });
ajv.addSchema({ $id: 'openapi', ...Object(openApi()) });

/** Holds a body against one of the document's schemas. */
export function fits(name: string, body: unknown): void {
  const validate = ajv.getSchema(`openapi#/components/schemas/${name}`);
  if (validate === undefined) throw new Error(`the document has no schema ${name}`);
  expect([validate(body), validate.errors]).toEqual([true, null]);
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
}

export interface Json {
  readonly [key: string]: Json;
}

export interface Asked {
  readonly token?: string | undefined;
  readonly path?: string;
  readonly method?: string;
  readonly body?: unknown;
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

const schemas: Readonly<Record<string, string>> = {
  query: 'Answer',
  metrics: 'Catalogue',
  explain: 'Explanation',
  scorecard: 'Scorecard',
  ready: 'Ready',
  health: 'Health',
};

/** A request; whatever is answered has the shape that the document says. */
export async function ask(
  { url }: Pick<Serving, 'url'>,
  { token: bearer, path = '/query', method, body, raw, headers = {}, signal }: Asked,
): Promise<Answered> {
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${url}${path}`, {
    method: method ?? (text === undefined ? 'GET' : 'POST'),
    headers: {
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...headers,
    },
    ...(text === undefined ? {} : { body: text }),
    ...(signal === undefined ? {} : { signal }),
  });
  const answered = await response.text();
  const isJson = response.headers.get('content-type') === 'application/json' && answered !== '';
  const json: Json = isJson ? JSON.parse(answered) : {};
  const schema = schemas[/^\/(\w+)/.exec(path)?.[1] ?? ''];
  if (isJson && !response.ok && !(path === '/ready' && response.status === 503)) fits('Error', json);
  else if (isJson && schema !== undefined) fits(schema, json);
  return { status: response.status, headers: response.headers, text: answered, json };
}

/** The status and the code of a refusal. */
export async function refusal(server: Pick<Serving, 'url'>, asked: Asked): Promise<string> {
  const { status, json } = await ask(server, asked);
  return `${status} ${String(json.error?.code)}`;
}
