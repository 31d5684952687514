/**
 * Watching a project's folder: calls what it is given at once and after each change, until it is told to stop. Folders whose
 * names begin with a dot, `node_modules` and projects of their own are not looked into. It does not say what has changed.
 */
import { existsSync, type FSWatcher, readdirSync, watch } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { projectFile } from './project.ts';

/** Editors write a file in several steps, and version control writes many files: that is one change. */
const settlingMs = 80;
const longestSettlingMs = 2000;

export async function watchFolder(folder: string, signal: AbortSignal, changed: () => Promise<void>): Promise<void> {
  const bell = new Bell();
  const ring = () => bell.ring();
  const watchers = new Map<string, FSWatcher>();
  signal.addEventListener('abort', ring);
  try {
    watchAll(folder, watchers, ring);
    await changed();
    for (;;) {
      if (!signal.aborted) await bell.rung();
      if (signal.aborted) return;
      await settled(bell);
      watchAll(folder, watchers, ring);
      await changed();
    }
  } finally {
    signal.removeEventListener('abort', ring);
    for (const watcher of watchers.values()) watcher.close();
  }
}

/** Something that is rung at any time, and waited for by one. */
class Bell {
  private hasRung = false;
  private wake: (() => void) | null = null;

  ring(): void {
    this.hasRung = true;
    this.wake?.();
  }

  /** Whether it has rung since the last time this was asked. */
  take(): boolean {
    const { hasRung } = this;
    this.hasRung = false;
    return hasRung;
  }

  async rung(): Promise<void> {
    if (!this.hasRung)
      await new Promise<void>(resolve => {
        this.wake = resolve;
      });
    this.wake = null;
  }
}

/** Waits until it has been quiet for a moment. */
async function settled(bell: Bell): Promise<void> {
  const began = performance.now();
  while (bell.take() && performance.now() - began < longestSettlingMs) await pause(settlingMs);
}

/** One watcher for each folder: a folder that is new gets one, and one that is gone loses its own. */
function watchAll(root: string, watchers: Map<string, FSWatcher>, ring: () => void): void {
  const folders = new Set(foldersBelow(root));
  for (const [folder, watcher] of watchers) {
    if (folders.has(folder)) continue;
    watcher.close();
    watchers.delete(folder);
  }
  for (const folder of folders) {
    if (watchers.has(folder)) continue;
    try {
      const watcher = watch(folder, (_, name) => {
        if (name?.startsWith('.') !== true) ring();
      });
      watcher.on('error', () => {
        watcher.close();
        watchers.delete(folder);
        ring();
      });
      watchers.set(folder, watcher);
    } catch {
      // A folder that went between being listed and being watched.
    }
  }
}

function foldersBelow(folder: string): readonly string[] {
  try {
    const below = readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
      .map(entry => path.join(folder, entry.name))
      .filter(each => !existsSync(path.join(each, projectFile)));
    return [folder, ...below.flatMap(foldersBelow)];
  } catch {
    return [];
  }
}
