/** A browser for tests: Debian's chromium, or what CHROMIUM names; without one, that is said aloud. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const candidates = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

export const browserPath = candidates.find(file => file !== '' && existsSync(file)) ?? null;

/** Without a sandbox, which the superuser of a container cannot have: only our own pages are opened. */
export function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
