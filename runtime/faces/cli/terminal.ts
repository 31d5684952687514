/** Where a command writes and what it knows of its surroundings, so that commands can be run by tests as well. */

export interface Terminal {
  readonly cwd: string;
  readonly out: (text: string) => void;
  /** What is no text, on the same stream. */
  readonly outBytes: (bytes: Uint8Array) => void;
  readonly err: (text: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isOutTTY: boolean;
  readonly isErrTTY: boolean;
  /** How many characters a line of the output has, where that is known. */
  readonly width?: number;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
}

export function terminal(): Terminal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  return {
    cwd: process.cwd(),
    out: text => void process.stdout.write(text),
    outBytes: bytes => void process.stdout.write(bytes),
    err: text => void process.stderr.write(text),
    environment: process.env,
    isOutTTY: process.stdout.isTTY === true,
    isErrTTY: process.stderr.isTTY === true,
    ...(process.stdout.columns > 0 ? { width: process.stdout.columns } : {}),
    signal: controller.signal,
  };
}

export type Paint = (style: 'bold' | 'red' | 'yellow' | 'blue' | 'green' | 'dim' | 'cyan', text: string) => string;

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, cyan: 36 } as const;

/** Colour where a person reads: obeys `--color`, FORCE_COLOR, NO_COLOR and pipes, in that order. */
export function painter(
  choice: string | undefined,
  stream: 'out' | 'err',
  { environment, isOutTTY, isErrTTY }: Terminal,
): Paint {
  const isTTY = stream === 'out' ? isOutTTY : isErrTTY;
  const isForced = environment.FORCE_COLOR !== undefined && environment.FORCE_COLOR !== '0';
  const isAuto = isForced || (isTTY && (environment.NO_COLOR ?? '') === '' && environment.TERM !== 'dumb');
  const isOn = choice === 'always' || (choice !== 'never' && isAuto);
  return (style, text) => (isOn ? `\u001b[${codes[style]}m${text}\u001b[0m` : text);
}
