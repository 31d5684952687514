/** M8, of comparisons: what a project is to be held against, and cannot be. */
import { define } from './diagnostic.ts';

export const gitMissing = define<{ detail: string }>('M8060', 'git cannot be run', p => ({
  message: `git is needed to read what the project was before, and cannot be run: ${p.detail}`,
  help: 'install git, or name a folder: `--against ../before`',
}));

export const noRepository = define('M8061', 'a project that is in no git repository', () => ({
  message: 'the project is in no git repository, so git knows no earlier state of it',
  help: 'name a folder with the other state of the project: `--against ../before`',
}));

export const unknownRef = define<{ ref: string; isShallow: boolean }>('M8062', 'a state that git does not know', p => ({
  message: `\`${p.ref}\` is neither a folder with a metrics.yaml nor a branch, a tag or a commit that is here`,
  help: p.isShallow
    ? 'this clone is shallow: fetch the history first, in GitHub Actions with `fetch-depth: 0`'
    : 'fetch it first, or see `git branch --all`',
}));

export const noProjectThere = define<{ ref: string; folder: string }>('M8063', 'a state without the project', p => ({
  message: `at \`${p.ref}\`, ${p.folder === '' ? 'the repository' : p.folder} has no metrics.yaml`,
  help: 'a project that is new has nothing to be compared with; where it was moved, name the folder of before: `--against ../before`',
}));

export const movedTooFar = define<{ name: string; relative: string; most: string }>(
  'M8064',
  'a number that moves more than it may',
  p => ({
    message: `\`${p.name}\` moves by ${p.relative}, and may move by ${p.most}`,
    help: 'where that is meant, say so in the pull request and raise the tolerance; otherwise look at the groups that move most',
  }),
);
