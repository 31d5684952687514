/** The OpenAPI document: of the version that it says, complete within itself, and about the paths that the server has. */
import { expect, test } from 'vitest';
import { openApi } from '../../runtime/faces/http/openapi.ts';
import query from '../../schemas/query.schema.json' with { type: 'json' };
import request from '../../schemas/request.schema.json' with { type: 'json' };
import { ask, serving } from './serving.ts';

const document: unknown = JSON.parse(JSON.stringify(openApi()));

/** Every value of a document with the keys that lead to it. */
function* values(value: unknown, path: readonly string[] = []): Generator<readonly [readonly string[], unknown]> {
  yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* values(inner, [...path, key]);
}

const all = [...values(document)];
const at = (pointer: string) => all.find(([path]) => `#/${path.join('/')}` === pointer)?.[1];

test('every reference leads to a schema of its own, and none to a file', () => {
  const references = all.filter(([path]) => path.at(-1) === '$ref').map(([, value]) => String(value));
  expect(references.length).toBeGreaterThan(50);
  expect(references.filter(each => !each.startsWith('#/components/schemas/') || at(each) === undefined)).toEqual([]);
  expect(all.filter(([path]) => path.at(-1) === '$id' || path.at(-1) === '$schema')).toEqual([]);
});

test('every operation says what it answers, and declares the parameters of its path', () => {
  const operations = all.filter(([path]) => path[0] === 'paths' && path.length === 3);
  expect(operations.length).toBe(11);
  for (const [[, path = '', method = ''], operation] of operations) {
    expect(['get', 'post']).toContain(method);
    expect(Object.keys(Object(Object(operation).responses)).length).toBeGreaterThan(0);
    for (const response of Object.values(Object(Object(operation).responses)))
      expect(Object(response).description).not.toBe('');
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const declared = (Object(operation).parameters ?? []).filter((each: { in: string }) => each.in === 'path');
    expect(declared.map((each: { name: string }) => each.name)).toEqual(named);
    expect(method === 'post').toBe(Object(operation).requestBody !== undefined);
  }
});

test('its paths are those of the server, each with the methods that it has', async () => {
  const server = await serving({ serve: 'serve: { anonymous: director }\n' });
  const paths = Object.entries(Object(Object(document).paths));
  for (const [path, operations] of paths) {
    const { status, headers } = await ask(server, { path: path.replace(/\{\w+\}/, 'x'), method: 'DELETE' });
    expect([path, status, headers.get('allow')?.toLowerCase().split(', ').sort()]).toEqual([
      path,
      405,
      Object.keys(Object(operations)).sort(),
    ]);
  }
  expect(paths.map(([path]) => path).sort()).toEqual([
    '/explain/{name}',
    '/health',
    '/metrics',
    '/openapi.json',
    '/prometheus',
    '/query',
    '/ready',
    '/scorecard',
    '/scorecard/{role}',
  ]);
});

test('a request has all that a question has, and no more than what comes beside it', () => {
  expect(Object.keys(request.properties).sort()).toEqual([...Object.keys(query.properties), 'model', 'sql'].sort());
});
