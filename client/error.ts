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
