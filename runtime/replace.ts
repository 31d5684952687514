/** A file is written as a whole, or stays as it was. */
import { accessSync, chmodSync, constants, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Written beside its place and moved there. A pipe or a device cannot be moved to, and a folder is refused by the system. */
export function replaceFile(full: string, content: string | Uint8Array): void {
  const found = statSync(full, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile()) {
    writeFileSync(full, content);
    return;
  }
  const target = found === undefined ? full : realpathSync(full);
  if (found !== undefined) accessSync(target, constants.W_OK);
  const unfinished = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}`);
  try {
    writeFileSync(unfinished, content);
    if (found !== undefined) chmodSync(unfinished, found.mode);
    renameSync(unfinished, target);
  } finally {
    rmSync(unfinished, { force: true });
  }
}
