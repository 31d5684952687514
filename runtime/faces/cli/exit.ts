/** Exit codes, and leaving a command early with one. */
import type { Diagnostic } from '../../../compiler/index.ts';

export const exit = { fine: 0, findings: 1, usage: 2, environment: 3 } as const;

export type ExitCode = (typeof exit)[keyof typeof exit];

/** Wrong usage: one sentence, and perhaps what to do instead. Never shown with a stack. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly help: string | null = null,
  ) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Codes of faults that lie neither in the definitions nor in the question. */
const environmentCodes: ReadonlySet<string> = new Set(['M9008', 'M9009', 'M9010', 'M9011', 'M9013', 'M8060']);
const usageCodes: ReadonlySet<string> = new Set(['M9014', 'M8061', 'M8062', 'M8063', 'M8070', 'M8071']);

/** The exit code that findings call for. */
export function exitOf(diagnostics: readonly Diagnostic[]): ExitCode {
  const errors = diagnostics.filter(diagnostic => diagnostic.severity === 'error');
  if (errors.some(({ code }) => environmentCodes.has(code))) return exit.environment;
  if (errors.some(({ code }) => usageCodes.has(code))) return exit.usage;
  return errors.length > 0 ? exit.findings : exit.fine;
}
