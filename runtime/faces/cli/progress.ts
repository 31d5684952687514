/** A bar that says how far something is, on a terminal alone: it is drawn over itself, and gone when it is done. */
import type { Terminal } from './terminal.ts';

const cells = 20;

export interface ProgressBar {
  readonly show: (done: number, all: number, about: string) => void;
  readonly clear: () => void;
}

export function progressBar({ err, isErrTTY, width = 80 }: Terminal): ProgressBar {
  if (!isErrTTY) return { show: () => {}, clear: () => {} };
  const clear = () => err('\r\u001b[2K');
  return {
    show: (done, all, about) => {
      const filled = all === 0 ? cells : Math.floor((done / all) * cells);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(cells - filled)}`;
      clear();
      err(`${bar} ${done}/${all} ${about}`.slice(0, width - 1));
    },
    clear,
  };
}
