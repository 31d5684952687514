// Makes the demo warehouse: the SQL files of metrics/demo in the order of their names, into one DuckDB file.
// It is made under a temporary name and moved into place, so that nobody meets half of it, and only when the hash kept
// beside it differs from that of what it is made from: times of files say nothing in a fresh clone.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

export const demoFolder = path.join(root, 'metrics', 'demo');

/** The SQL files by name, in the order in which they run. */
function sqlFiles() {
  const names = readdirSync(demoFolder).filter(name => name.endsWith('.sql'));
  return names.sort().map(name => ({ name, text: readFileSync(path.join(demoFolder, name), 'utf8') }));
}

/** The hash of everything that the file is made from: the SQL, and the driver, which decides how it is stored. */
function sourceHash(files) {
  const hash = createHash('sha256');
  const { version } = createRequire(import.meta.url)('@duckdb/node-api/package.json');
  hash.update(version);
  for (const { name, text } of files) hash.update(`\0${name}\0`).update(text);
  return hash.digest('hex');
}

/**
 * Makes the warehouse at `target` unless it is there already and made from the same sources.
 * Returns its path, and whether it was made now.
 */
export async function buildDemoWarehouse({ target = path.join(demoFolder, 'crm.duckdb') } = {}) {
  const files = sqlFiles();
  const hash = sourceHash(files);
  const stamp = `${target}.sha256`;
  if (existsSync(target) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) {
    return { path: target, made: false };
  }
  const unfinished = path.join(path.dirname(target), `.${process.pid}-${Date.now()}-${path.basename(target)}`);
  try {
    await runFiles(unfinished, files);
    renameSync(unfinished, target);
  } finally {
    for (const file of [unfinished, `${unfinished}.wal`]) rmSync(file, { force: true });
  }
  writeFileSync(stamp, hash);
  return { path: target, made: true };
}

async function runFiles(target, files) {
  // The driver takes long to load, and a warehouse that is there already does not need it.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(target, { autoinstall_known_extensions: 'false' });
  try {
    const connection = await instance.connect();
    try {
      for (const { name, text } of files) {
        try {
          await connection.run(text);
        } catch (error) {
          throw new Error(`${name}: ${error instanceof Error ? error.message : error}`, { cause: error });
        }
      }
      await connection.run('checkpoint');
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { path: file, made } = await buildDemoWarehouse();
  console.log(`${path.relative(process.cwd(), file)} ${made ? 'is made' : 'is up to date'}`);
}
