// Makes a clone ready: installs what package-lock.json names and builds dist/, each only when something has changed.
// Node and npm are all that it needs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

function install() {
  const stamp = path.join(root, 'node_modules', '.sextant-installed');
  const hash = createHash('sha256')
    .update(process.version)
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  console.error('Installing packages (once; again only when package-lock.json changes) ...');
  const { status, error } = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(`npm install failed${error === undefined ? '' : `: ${error.message}`}`);
    process.exit(status ?? 1);
  }
  writeFileSync(stamp, hash);
}

export async function ready() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node 20.19 or later is needed; this is ${process.versions.node}`);
    process.exit(2);
  }
  install();
  const { build, isBuilt, sourcesHash } = await import('./build.mjs');
  const id = sourcesHash();
  if (isBuilt(id)) return;
  console.error('Building dist/ ...');
  await build(id);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await ready();
