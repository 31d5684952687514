/** What PostgreSQL and the way to it say when something goes wrong, as findings: by codes, and by the driver's words where it has none. */
import { cannotOpen, engineFailed, outOfMemory, overflow } from '../../../compiler/index.ts';
import { EngineError } from '../../engine.ts';
import { missingRateIn } from '../rates.ts';

/** The error of a query or of a connection; its first line says what is wrong, and no password or SQL stands in it. */
export function engineError(error: unknown, profile: string): EngineError {
  if (error instanceof EngineError) return error;
  const fault = faultOf(error);
  const rateless = missingRateIn(fault.message, error);
  if (rateless !== null) return rateless;
  const closed = closedDoor(fault);
  if (closed !== null) return new EngineError(cannotOpen(null, { profile, ...closed }), { cause: error });
  const detail = isLost(fault) ? 'the connection was lost' : fault.message;
  switch (fault.code) {
    case '53200':
    case '53400':
      return new EngineError(outOfMemory(null, {}), { cause: error });
    case '22003':
    case '22008':
      return new EngineError(overflow(null, { detail }), { cause: error });
    default:
      return new EngineError(engineFailed(null, { engine: 'PostgreSQL', detail }), { cause: error });
  }
}

/** Whether the server ended the query on somebody's demand, its own clock's among them. */
export function isCancelled(error: unknown): boolean {
  return faultOf(error).code === '57014';
}

/** What the server has against a statement; null where the fault lies with the server or the way to it. */
export function refusalOf(error: unknown): string | null {
  const { code, message } = faultOf(error);
  if (missingRateIn(message, error) !== null) return null;
  return /^(0A|22|25|3F|42)/.test(code) && code.length === 5 ? message : null;
}

interface Fault {
  readonly code: string;
  readonly message: string;
}

/** Several addresses that were tried in vain count as the last of them. */
function faultOf(error: unknown): Fault {
  if (error instanceof AggregateError && error.errors.length > 0) return faultOf(error.errors.at(-1));
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return { code, message };
}

interface ClosedDoor {
  readonly detail: string;
  readonly help?: string;
}

/** Why there is no way in; null where the fault lies elsewhere. */
function closedDoor({ code, message }: Fault): ClosedDoor | null {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { detail: `its host is not known (${message})` };
    case 'ECONNREFUSED':
    case 'ENOENT':
    case 'EACCES':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return { detail: `nothing answers there (${message})` };
    case '28P01':
    case '28000':
      return { detail: message, help: 'mend the name or the password in the `url:` of the profile' };
    case '3D000':
    case '53300':
    case '57P03':
      return { detail: message };
    default:
      return closedByDriver(message);
  }
}

/** What the driver says without a code. */
function closedByDriver(message: string): ClosedDoor | null {
  if (/password must be a string/.test(message)) {
    return {
      detail: 'it asks for a password',
      help: 'write it into the `url:` of the profile, out of the environment',
    };
  }
  if (message === 'timeout expired') return { detail: 'it does not answer' };
  if (/certificate/i.test(message)) {
    return {
      detail: message,
      help: '`?sslmode=no-verify` in the `url:` trusts a server whatever certificate it shows',
    };
  }
  return /does not support SSL/.test(message) ? { detail: message } : null;
}

function isLost({ code, message }: Fault): boolean {
  return (
    /^(08...|57P01|57P02|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(code) ||
    /^(Connection terminated|Client has encountered a connection error)/.test(message)
  );
}
