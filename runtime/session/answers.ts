/** Answers that are kept, those that were wanted last, as far as there is room for them. */
import { LRUCache } from 'lru-cache';
import type { Diagnostic } from '../../compiler/index.ts';
import { bytesOf, type RawAnswer } from '../engine.ts';

/** What a statement gave; no rows where a finding is an error. */
export interface Given {
  readonly findings: readonly Diagnostic[];
  readonly raw: RawAnswer | null;
}

/** One answer may take so much of the room. */
const largestShare = 1 / 4;

export class Answers {
  private readonly kept: LRUCache<string, Given> | null;

  constructor(bytes: number) {
    this.kept =
      bytes < 1
        ? null
        : new LRUCache({ maxSize: bytes, maxEntrySize: Math.ceil(bytes * largestShare), sizeCalculation: sizeOf });
  }

  get(key: string): Given | null {
    return this.kept?.get(key) ?? null;
  }

  /** `freshMs` is how long it stands for the data; null for as long as its key does. */
  keep(key: string, given: Given, freshMs: number | null): void {
    for (const row of given.raw?.rows ?? []) Object.freeze(row);
    this.kept?.set(key, given, freshMs === null ? {} : { ttl: freshMs });
  }
}

function sizeOf({ raw }: Given, key: string): number {
  return (raw?.rows ?? []).reduce((sum, row) => sum + bytesOf(row), 256 + key.length);
}
