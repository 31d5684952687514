/** M8, of the lock: meanings that changed while nobody said so. And of what two versions of a project are compared by. */
import { define } from './diagnostic.ts';

export const meaningMoved = define<{
  name: string;
  version: number;
  before: string;
  after: string;
  /** What it stands on that has changed, in words. */
  through: string | null;
}>('M8050', 'a meaning that changed under the same version', p => ({
  message: `\`${p.name}\` means something else than its version ${p.version} did: ${
    p.before === p.after
      ? `its formula is still \`${p.after}\`${p.through === null ? '' : `, and ${p.through} changed beneath it`}`
      : `it was \`${p.before}\` and is \`${p.after}\`${p.through === null ? '' : `, and ${p.through} changed beneath it`}`
  }`,
  help: `where that is meant, write \`version: ${p.version + 1}\` and run \`metrics lock\`; otherwise take the change back`,
}));

export const versionLowered = define<{ name: string; version: number; locked: number }>(
  'M8051',
  'a version that went back',
  p => ({
    message: `\`${p.name}\` is at version ${p.version}, and version ${p.locked} of it was locked before`,
    help: `versions only rise: write \`version: ${p.locked}\` where it means what it meant then, else \`version: ${p.locked + 1}\``,
  }),
);

/** `locked` is the version that the lock knows; goals have none. */
export const lockStale = define<{ name: string; locked: number | null; version: number | null }>(
  'M8052',
  'something that the lock does not know yet',
  p => ({
    message:
      p.locked === null
        ? `the lock does not know \`${p.name}\``
        : `the lock knows version ${p.locked} of \`${p.name}\`, which is at version ${p.version}`,
    help: 'run `metrics lock`, and commit what it writes',
  }),
  { severity: 'warning' },
);

export const lockGone = define<{ name: string }>(
  'M8053',
  'something locked that is gone',
  p => ({
    message: `\`${p.name}\` is in the lock, and the project has none of that name`,
    help: 'where it was removed or called otherwise on purpose, run `metrics lock`',
  }),
  { severity: 'warning' },
);

export const editedLock = define<{ name: string }>('M8054', 'a lock that was changed by hand', p => ({
  message: `the entry of \`${p.name}\` is not the one that \`metrics lock\` wrote`,
  help: 'take the file from version control again; a meaning that changed is told by raising the `version` of the metric',
}));

/** `detail` is a sentence. */
export const brokenLock = define<{ detail: string; isOld: boolean }>('M8055', 'a lock that cannot be read', p => ({
  message: `the lock cannot be held against the project: ${p.detail}`,
  help: p.isOld
    ? 'remove it and run `metrics lock`, in a commit that changes no definition'
    : 'take one side of it from version control, and run `metrics lock`',
}));

export const goalMoved = define<{ name: string; before: string; after: string }>(
  'M8056',
  'a goal that changed since it was locked',
  p => ({
    message: `\`${p.name}\` is another goal than the one that was locked, so what was attained before and after cannot be compared: it was \`${p.before}\` and is \`${p.after}\``,
    help: 'where that is meant, run `metrics lock`',
  }),
  { severity: 'warning' },
);
