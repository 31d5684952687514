/** M7: access. */
import { define } from './diagnostic.ts';

/** `folder` is a phrase: `the project's folder`, or the path as the project writes it. */
export const outsideFolder = define<{ path: string; folder: string }>(
  'M7001',
  'a file outside the allowed folder',
  p => ({
    message: `\`${p.path}\` is outside ${p.folder}, the only folder that files are read from`,
    help: "files stand in the profile's `files:` folder, or in the project's own",
  }),
);

export const privateColumn = define<{ name: string }>('M7002', 'a private column in a query', p => ({
  message: `\`${p.name}\` is private: only formulas may use it`,
}));
