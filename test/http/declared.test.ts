/** What a project says about serving: each mistake with its code, at the very word, before anything is served. */
import { expect, test } from 'vitest';
import { metricsYaml, shop } from '../session/shop.ts';
import { metrics } from '../support/project.ts';

const tokens = `tokens: { issuer: i, audience: a, secret: "\${env:S}" }`;

/** The findings of a project with this `serve:`, each as its code and the word at its place. */
async function findings(serve: string): Promise<readonly string[]> {
  const text = metricsYaml.replace('tables:', `serve: { ${serve} }\ntables:`);
  const { out } = await metrics(shop({ 'metrics.yaml': text }), 'validate', '--format', 'json');
  const { diagnostics }: { diagnostics: readonly { code: string; range: { start: Place; end: Place } }[] } =
    JSON.parse(out);
  return diagnostics.map(({ code, range: { start, end } }) => {
    const line = text.split('\n')[start.line - 1] ?? '';
    return `${code} ${line.slice(start.column - 1, start.line === end.line ? end.column - 1 : undefined)}`;
  });
}

interface Place {
  readonly line: number;
  readonly column: number;
}

test.each<[string, string, readonly string[]]>([
  [
    'what is right',
    `${tokens}, role: { claim: role }, user: { rep_id: { claim: sub } }, act_as: [director], sql: [rep]`,
    [],
  ],
  ['a role for those without a token', 'anonymous: rep', []],
  ['nobody', 'sql: [rep]', ['M7024 serve']],
  ['a role that there is not', 'anonymous: reps', ['M7003 reps']],
  [
    'roles that there are not',
    'anonymous: rep, sql: [boss], act_as: [chief]',
    ['M7003 boss', 'M7003 chief', 'M7024 serve'],
  ],
  ['an attribute that there is not', `${tokens}, role: { claim: r }, user: { rep: { claim: sub } }`, ['M7004 rep']],
  ['tokens without a role', tokens, ['M7024 tokens']],
  ['a role by tokens without tokens', 'anonymous: rep, role: { claim: r }', ['M7024 serve']],
  ['no key', 'tokens: { issuer: i, audience: a }, role: { claim: r }', ['M7024 tokens']],
  [
    'two keys',
    `tokens: { issuer: i, audience: a, secret: "\${env:S}", jwks: k.json }, role: { claim: r }`,
    ['M7024 k.json'],
  ],
  [
    'a public key taken for a secret',
    'tokens: { issuer: i, audience: a, public_key: k.pem, algorithms: [RS256, HS256] }, role: { claim: r }',
    ['M7024 HS256'],
  ],
  [
    'a secret taken for a public key',
    `tokens: { issuer: i, audience: a, secret: "\${env:S}", algorithms: [ES256] }, role: { claim: r }`,
    ['M7024 ES256'],
  ],
  [
    'no algorithm at all',
    `tokens: { issuer: i, audience: a, secret: "\${env:S}", algorithms: [none] }, role: { claim: r }`,
    ['M1019 none'],
  ],
  ['a secret in the file', 'tokens: { issuer: i, audience: a, secret: hush }, role: { claim: r }', ['M1008 hush']],
  ['no audience', `tokens: { issuer: i, secret: "\${env:S}" }, role: { claim: r }`, ['M1009 tokens']],
  ['a claim as a text', `${tokens}, role: role`, ['M1008 role']],
  ['a limit of nothing', 'anonymous: rep, limits: { rows: 0 }', ['M1008 0']],
  ['a key that there is not', 'anonymous: rep, tokns: {}', ['M1007 tokns']],
])('%s', async (_, serve, expected) => {
  expect((await findings(serve)).toSorted()).toEqual(expected.toSorted());
});

test('who may ask changes no answer: the hash of the definitions stays', async () => {
  const hash = async (serve: string) => {
    const folder = shop({ 'metrics.yaml': metricsYaml.replace('tables:', `${serve}tables:`) });
    return JSON.parse((await metrics(folder, 'query', 'deal_count', '--format', 'json')).out).meta.model;
  };
  expect(await hash('serve: { anonymous: rep }\n')).toBe(await hash(''));
});
