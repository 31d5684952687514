// Bundles the product into dist/: one file per face, shared parts and what a command may not need in files of their own.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');
const stamp = path.join(dist, '.build-id');

/** The hash of everything that the bundle is made from. */
export function sourcesHash() {
  const hash = createHash('sha256').update(process.version);
  const add = file => {
    const full = path.join(root, file);
    if (existsSync(full)) hash.update(file).update(readFileSync(full));
  };
  const visit = folder => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      if (entry.isDirectory()) visit(`${folder}/${entry.name}`);
      else add(`${folder}/${entry.name}`);
    }
  };
  for (const folder of ['client', 'compiler', 'runtime', 'schemas']) visit(folder);
  for (const file of ['scripts/build.mjs', 'tsconfig.json', 'tsconfig.types.json', 'package.json', 'package-lock.json'])
    add(file);
  return hash.digest('hex').slice(0, 16);
}

export function isBuilt(id) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === id;
}

/** ajv's validators as code, made now: compiling schemas at every start would take longer than all else. */
function precompiledSchemas(esbuild) {
  return {
    name: 'precompiled-schemas',
    setup(build) {
      build.onLoad({ filter: /compiler[\\/]document[\\/]validator\.ts$/ }, async ({ path: file }) => {
        const loaded = await esbuild.build({
          entryPoints: [file],
          bundle: true,
          write: false,
          format: 'esm',
          platform: 'node',
        });
        const code = Buffer.from(loaded.outputFiles[0].contents).toString('base64');
        const { validatorOptions } = await import(`data:text/javascript;base64,${code}`);
        const { Ajv2020 } = await import('ajv/dist/2020.js');
        const { default: standalone } = await import('ajv/dist/standalone/index.js');
        const ajv = new Ajv2020({ ...validatorOptions, code: { source: true, esm: true } });
        const names = {
          validateDefinitions: 'definitions',
          validateProject: 'project',
          validateQuery: 'query',
          validateRequest: 'request',
          validateScorecardRequest: 'scorecard-request',
        };
        const ids = {};
        for (const [name, schema] of Object.entries(names)) {
          const parsed = JSON.parse(readFileSync(path.join(root, 'schemas', `${schema}.schema.json`), 'utf8'));
          ajv.addSchema(parsed);
          ids[`${name}Code`] = parsed.$id;
        }
        const wrappers = Object.keys(names).map(
          name => `export const ${name} = value => (${name}Code(value) ? [] : (${name}Code.errors ?? []));`,
        );
        const generate = standalone.default ?? standalone;
        const contents = generate(ajv, ids).replace(/export const (\w+Code) =/g, 'const $1 =');
        return { contents: `${contents}\n${wrappers.join('\n')}`, loader: 'js', resolveDir: path.dirname(file) };
      });
    },
  };
}

/** The types of the library and the compiler; the compiler of TypeScript that is quickest writes them. */
async function declarations() {
  const tsc = path.join(root, 'node_modules/typescript-7/bin/tsc');
  await promisify(execFile)(process.execPath, [tsc, '-p', 'tsconfig.types.json'], { cwd: root });
}

export async function build(id) {
  const esbuild = await import('esbuild');
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  const typed = declarations();
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: { metrics: 'runtime/faces/cli/main.ts', index: 'runtime/index.ts', compiler: 'compiler/index.ts' },
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    external: ['@duckdb/node-api', 'ts-morph'],
    define: { __BUILD_ID__: JSON.stringify(id) },
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    plugins: [precompiledSchemas(esbuild)],
    logLevel: 'warning',
  });
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: { client: 'client/index.ts' },
    outdir: dist,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    minify: true,
    logLevel: 'warning',
  });
  copyFileSync(path.join(root, 'client/client.d.ts'), path.join(dist, 'client.d.ts'));
  // Read as they are by what is bundled beside them.
  copyFileSync(path.join(root, 'runtime/faces/catalogue/search.js'), path.join(dist, 'search.js'));
  await typed;
  writeFileSync(stamp, id);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build(sourcesHash());
