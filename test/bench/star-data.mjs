// The data of the third and the fourth part: a CRM of a million opportunities, made once by a script that lies beside the project and
// kept in the system's folder for temporary files until the script or the driver changes.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const generator = path.join(root, '../shared/bench/crm-star.mjs');

/** The database of a scale, made where it is missing; without its script there is none, and a reason. */
export function starData(scale) {
  if (!existsSync(generator)) {
    return { file: null, reason: 'LEFT OUT: ../shared/bench/crm-star.mjs, which makes its data, is not there.' };
  }
  const { version } = createRequire(import.meta.url)('@duckdb/node-api/package.json');
  const hash = createHash('sha256').update(`${version} ${scale}\n`).update(readFileSync(generator)).digest('hex');
  const file = path.join(os.tmpdir(), `sextant-crm-star-${hash.slice(0, 16)}.duckdb`);
  if (!existsSync(file)) make(file, scale);
  return { file, reason: null };
}

/** Made under another name and moved into place, so that nobody meets half of it. */
function make(file, scale) {
  const unfinished = `${file}.${process.pid}`;
  try {
    const words = [generator, unfinished, String(scale)];
    const { status, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${generator} ended with ${status}:\n${stderr}`);
    renameSync(unfinished, file);
  } finally {
    for (const rest of [unfinished, `${unfinished}.wal`]) rmSync(rest, { force: true });
  }
}
