/** The house: who may import whom, and what the compiler may touch. ARCHITECTURE.md says why. */
import { builtinModules } from 'node:module';
import { expect, test } from 'vitest';
import { catalogue } from '../../compiler/index.ts';
import { type SourceFile, sourceFiles, target } from './source.ts';

const compiler = sourceFiles('compiler');
const runtime = sourceFiles('runtime');
const client = sourceFiles('client');
const all = [...client, ...compiler, ...runtime];

/** The one folder, or the few, that may use a package. */
const owners: Readonly<Record<string, readonly string[]>> = {
  'js-yaml': ['compiler/document'],
  ajv: ['compiler/document'],
  commander: ['runtime/faces/cli'],
  'string-width': ['runtime/faces/cli'],
  picomatch: ['runtime/project.ts'],
  '@duckdb/node-api': ['runtime/engines/duckdb'],
  pg: ['runtime/engines/postgres'],
  'lru-cache': ['runtime/session'],
  hono: ['runtime/faces/http'],
  '@hono/node-server': ['runtime/faces/http'],
  jose: ['runtime/faces/http'],
  pino: ['runtime/faces/http'],
  'prom-client': ['runtime/faces/http'],
  'ts-morph': ['compiler/client/emit.ts'],
};

function packageOf(specifier: string): string {
  const [scope = '', name = ''] = specifier.split('/');
  return specifier.startsWith('@') ? `${scope}/${name}` : scope;
}

function isNode(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}

test('the compiler imports itself, the schemas, and the packages that its folders own', () => {
  const strangers = compiler.flatMap(file =>
    file.imports
      .filter(specifier => {
        const to = target(file, specifier);
        return to === null
          ? owners[packageOf(specifier)] === undefined
          : !to.startsWith('compiler/') && !to.startsWith('schemas/');
      })
      .map(specifier => `${file.path} imports ${specifier}`),
  );
  expect(strangers).toEqual([]);
});

test('the compiler touches nothing outside: no Node, no clock, no environment, no network, no chance', () => {
  const impure =
    /\b(?:process|globalThis|fetch|setTimeout|setInterval|require|Buffer)\b\s*[.(]|Date\.now|new Date\b|Math\.random|performance\.now|\bconsole\./;
  const found = compiler.flatMap(file => {
    const lines = file.text
      .split('\n')
      .flatMap((line, index) =>
        impure.test(line.replace(/\/\*.*|^\s*\*.*/, '')) ? [`${file.path}:${index + 1} ${line.trim()}`] : [],
      );
    return [...lines, ...file.imports.filter(isNode).map(specifier => `${file.path} imports ${specifier}`)];
  });
  expect(found).toEqual([]);
});

test('the runtime reaches the compiler through its face alone', () => {
  const around = runtime.flatMap(file =>
    file.imports
      .flatMap(specifier => target(file, specifier) ?? [])
      .filter(to => to.startsWith('compiler/') && to !== 'compiler/index.ts')
      .map(to => `${file.path} imports ${to}`),
  );
  expect(around).toEqual([]);
});

test('the client is a part of what browsers load: it imports itself, and how values travel', () => {
  const strangers = client.flatMap(file =>
    file.imports
      .filter(specifier => {
        const to = target(file, specifier);
        return to === null || (!to.startsWith('client/') && to !== 'compiler/client/wire.ts');
      })
      .map(specifier => `${file.path} imports ${specifier}`),
  );
  const wire = compiler.find(file => file.path === 'compiler/client/wire.ts');
  expect(strangers).toEqual([]);
  expect(wire?.imports).toEqual([]);
});

test('what writes the client is loaded when one is generated, and by nothing else', () => {
  const face = compiler.find(file => file.path === 'compiler/index.ts');
  const statically = /^(?:import|export)\s+(?!type\b)[^;]*?from\s+'\.\/client\/[^']*'/m;
  expect(face?.text).toContain("import('./client/index.ts')");
  expect(face?.text).not.toMatch(statically);
  const others = all.filter(file => !file.path.startsWith('compiler/client/') && file !== face);
  const around = others.flatMap(file =>
    file.imports
      .flatMap(specifier => target(file, specifier) ?? [])
      .filter(to => to.startsWith('compiler/client/') && to !== 'compiler/client/wire.ts'),
  );
  expect(around).toEqual([]);
});

test('a folder of the compiler is reached through its face alone', () => {
  const folder = (path: string) => path.split('/').slice(0, -1).join('/');
  const around = compiler.flatMap(file =>
    file.imports
      .flatMap(specifier => target(file, specifier) ?? [])
      .filter(
        to =>
          to.startsWith('compiler/') &&
          folder(to) !== folder(file.path) &&
          folder(to) !== 'compiler' &&
          !to.endsWith('/index.ts'),
      )
      .map(to => `${file.path} imports ${to}`),
  );
  expect(around).toEqual([]);
});

test('nothing imports a face', () => {
  const found = all.flatMap(file =>
    file.path.startsWith('runtime/faces/')
      ? []
      : file.imports.flatMap(specifier => target(file, specifier) ?? []).filter(to => to.startsWith('runtime/faces/')),
  );
  expect(found).toEqual([]);
});

test('a face that people or programs call is imported by no other, but that the command starts the server', () => {
  const found = all.flatMap(file =>
    file.imports
      .flatMap(specifier => target(file, specifier) ?? [])
      .filter(to =>
        ['runtime/faces/cli/', 'runtime/faces/http/'].some(face => to.startsWith(face) && !file.path.startsWith(face)),
      )
      .map(to => `${file.path} imports ${to}`),
  );
  expect(found).toEqual(['runtime/faces/cli/commands/serve.ts imports runtime/faces/http/index.ts']);
});

test('a package has one owner', () => {
  const strays = all.flatMap(file =>
    file.imports
      .filter(specifier => target(file, specifier) === null && !isNode(specifier))
      .filter(specifier => !(owners[packageOf(specifier)] ?? []).some(owner => file.path.startsWith(owner)))
      .map(specifier => `${file.path} imports ${specifier}`),
  );
  expect(strays).toEqual([]);
});

test('imports go round in no circle, type imports counted', () => {
  const byPath = new Map(all.map(file => [file.path, file]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: SourceFile, path: readonly string[]): void => {
    if (path.includes(file.path)) {
      circles.push([...path.slice(path.indexOf(file.path)), file.path].join(' -> '));
      return;
    }
    if (done.has(file.path)) return;
    for (const specifier of file.imports) {
      const next = byPath.get(target(file, specifier) ?? '');
      if (next !== undefined) visit(next, [...path, file.path]);
    }
    done.add(file.path);
  };
  for (const file of all) visit(file, []);
  expect(circles).toEqual([]);
});

test("a dialect's name stands in its own file and in the one list", () => {
  const found = compiler
    .filter(file => !/compiler\/sql\/(?:dialects|duckdb|postgres|clickhouse)\.ts$/.test(file.path))
    .flatMap(file =>
      file.text
        .split('\n')
        .flatMap((line, index) =>
          /'(?:duckdb|postgres|clickhouse)'/i.test(line) ? [`${file.path}:${index + 1}`] : [],
        ),
    );
  expect(found).toEqual([]);
});

test('every diagnostic of the catalogue is raised somewhere', () => {
  const names = compiler
    .filter(file => /compiler\/diagnostics\/(?!diagnostic\.ts|suggest\.ts|index\.ts)/.test(file.path))
    .flatMap(file => [...file.text.matchAll(/^export const (\w+)/gm)].flatMap(match => match[1] ?? []));
  const users = all.filter(file => !file.path.startsWith('compiler/diagnostics/'));
  const idle = names.filter(name => !users.some(file => new RegExp(`\\b${name}\\b`).test(file.text)));
  expect(idle).toEqual([]);
  expect(names.length).toBe(catalogue.length);
});
