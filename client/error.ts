/** Why there is no answer: the findings of whoever was asked, or what the client itself could not do. */
import type { Diagnostic, Drift } from './client.d.ts';

interface More {
  readonly help?: string | null;
  readonly diagnostics?: readonly Diagnostic[];
  readonly status?: number | null;
  readonly drift?: readonly Drift[];
  readonly cause?: unknown;
}

export class MetricsError extends Error {
  override readonly name = 'MetricsError';
  readonly help: string | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly status: number | null;
  readonly drift: readonly Drift[];

  constructor(
    readonly code: string,
    message: string,
    { help = null, diagnostics = [], status = null, drift = [], cause }: More = {},
  ) {
    super(message, { cause });
    this.help = help;
    this.diagnostics = diagnostics;
    this.status = status;
    this.drift = drift;
  }
}

/** The error that findings are: of a server's answer, or of a session; null where it is none. */
export function refusalOf(error: unknown, more: Pick<More, 'status' | 'cause'>): MetricsError | null {
  if (!has(error, 'code') || !has(error, 'message')) return null;
  const help = has(error, 'help') && typeof error.help === 'string' ? error.help : null;
  const diagnostics = has(error, 'diagnostics') && Array.isArray(error.diagnostics) ? error.diagnostics : [];
  return new MetricsError(String(error.code), String(error.message), { ...more, help, diagnostics });
}

export function has<K extends string>(value: unknown, key: K): value is Readonly<Record<K, unknown>> {
  return typeof value === 'object' && value !== null && key in value;
}

/** Rows that were left out must not look like rows that there are not. */
export function whole(end: unknown): void {
  if (has(end, 'truncated') && end.truncated === true)
    throw new MetricsError('truncated', 'rows were left out: there are more than one answer may have');
}
