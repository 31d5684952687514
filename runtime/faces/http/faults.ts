/** What goes wrong, as an answer: the status that its code calls for, and a body that says what and why, and no more. */
import type { Diagnostic } from '../../../compiler/index.ts';
import { EngineError, Refusal } from '../../index.ts';
import { plainFindings } from '../data/finding.ts';

export interface Fault {
  readonly status: Status;
  readonly code: string;
  readonly body: { readonly error: ErrorBody };
  readonly headers: Readonly<Record<string, string>>;
}

export interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly help: string | null;
  readonly diagnostics: ReturnType<typeof plainFindings>;
}

const statuses = {
  400: [],
  401: ['M7020', 'M7021'],
  403: ['M7005', 'M7006', 'M7008', 'M7011', 'M7012', 'M7022', 'M7023'],
  404: ['M9023'],
  405: ['M9024'],
  408: ['M9025'],
  413: ['M1030'],
  415: ['M1031'],
  499: ['M9010'],
  500: ['M9022'],
  502: ['M9001', 'M9002', 'M9003', 'M9005', 'M9006', 'M9007', 'M9008', 'M9012', 'M9013', 'M9015', 'M9018', 'M9019'],
  503: ['M9011', 'M9020', 'M9021', 'M9026'],
  504: ['M9009'],
} as const;

export type Status = 400 | 401 | 403 | 404 | 405 | 408 | 413 | 415 | 499 | 500 | 502 | 503 | 504;

/** What whoever asked may do about it is told by the status. */
function statusOf(code: string): Status {
  const all = [401, 403, 404, 405, 408, 413, 415, 499, 500, 502, 503, 504] as const;
  return all.find(status => statuses[status].some(each => each === code)) ?? 400;
}

/** The fault of a refusal; null for a bug. */
export function faultOf(error: unknown): Fault | null {
  if (error instanceof Refusal) return fault(error.diagnostics, error.sources);
  return error instanceof EngineError ? fault([error.diagnostic]) : null;
}

export function fault(diagnostics: readonly Diagnostic[], sources: Refusal['sources'] = []): Fault {
  const first = diagnostics.find(({ severity }) => severity === 'error');
  if (first === undefined) throw new Error('a fault without an error');
  const { code, message, help } = first;
  const status = statusOf(code);
  return {
    status,
    code,
    body: { error: { code, message, help, diagnostics: plainFindings(diagnostics, sources) } },
    headers: {
      ...(status === 401 ? { 'www-authenticate': code === 'M7020' ? 'Bearer' : 'Bearer error="invalid_token"' } : {}),
      ...(status === 503 ? { 'retry-after': '1' } : {}),
    },
  };
}
