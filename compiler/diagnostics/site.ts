/** M8: where the catalogue is written. */
import { define } from './diagnostic.ts';

export const foreignFolder = define<{ folder: string; holds: string }>(
  'M8070',
  'a folder for the catalogue that holds something else',
  p => ({
    message: `${p.folder} holds \`${p.holds}\`, and no catalogue that could be written anew`,
    help: 'name a new folder, or an empty one',
  }),
);

export const foreignFile = define<{ file: string }>(
  'M8071',
  'something in the place of a page of the catalogue',
  p => ({
    message: `${p.file} stands where a page of the catalogue would, and is none of its pages`,
    help: 'move it away, or name another folder',
  }),
);
