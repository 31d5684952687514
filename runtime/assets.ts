/** Where the files that come with the product stand: diagnostics' pages, templates, the library. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The product's own folder, whether it runs from its sources or as a bundle. */
export function assetsFolder(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'docs', 'diagnostics')) && folder !== path.dirname(folder))
    folder = path.dirname(folder);
  return folder;
}

/** The version of the product, as its package says. */
export function productVersion(): string {
  const { version }: { readonly version?: unknown } = JSON.parse(
    readFileSync(path.join(assetsFolder(), 'package.json'), 'utf8'),
  );
  return typeof version === 'string' ? version : 'unknown';
}
