/**
 * Every code has its page in docs/diagnostics, with a bad example that raises it and the mended one that passes.
 *
 * A page holds two sections, `## Bad` and `## Mended`. In each, a code block whose info string ends in a file name is a
 * file of a small project, `sh` blocks are commands (each a line that begins with `metrics`; without one, `metrics
 * validate` is run), and a `text` block is what the last command of the bad example prints on the error stream.
 * Blocks before `## Bad` are files of both. `UPDATE=1` writes the `text` blocks anew.
 *
 * What no page can show, such as a file of several megabytes, is written by a script of the example: a line `node make.mjs`
 * among the commands runs it in the project's folder.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../compiler/index.ts';
import { metrics, projectFolder, shellWords } from '../support/project.ts';

const folder = path.join(import.meta.dirname, '../../docs/diagnostics');

/** Codes that no command prints, and why. The bad examples of their pages are not run. */
const raisedElsewhere: Readonly<Record<string, string>> = {
  M8060: 'there must be no git; the tests of pull requests take it away',
  M9010: 'somebody has to interrupt the command while it runs; the tests of the engine do',
  M9013: 'a query has to need more memory than it may use; the tests of the engine allow it little',
  ...Object.fromEntries(
    [
      'M1029',
      'M1030',
      'M1031',
      'M7020',
      'M7021',
      'M7022',
      'M7023',
      'M9021',
      'M9022',
      'M9023',
      'M9024',
      'M9025',
      'M9026',
    ].map(code => [code, 'a server says it to those who ask; the tests of sessions and of the server do']),
  ),
  M9020: 'the data has to change between two questions; the tests of splits say what happens then',
};

interface Example {
  readonly files: Readonly<Record<string, string>>;
  readonly commands: readonly string[];
  readonly printed: string | null;
}

interface Page {
  readonly title: string;
  readonly bad: Example;
  readonly mended: Example;
}

function readPage(text: string): Page {
  const [head = '', ...sections] = text.split(/^## /m);
  const named = new Map(sections.map(section => [section.split('\n')[0]?.trim() ?? '', section]));
  const shared = example(head);
  const withShared = (section: string): Example => {
    const own = example(named.get(section) ?? '');
    return { ...own, files: { ...shared.files, ...own.files } };
  };
  return { title: head.split('\n')[0] ?? '', bad: withShared('Bad'), mended: withShared('Mended') };
}

function example(text: string): Example {
  const files: Record<string, string> = {};
  const commands: string[] = [];
  let printed: string | null = null;
  for (const [, info = '', body = ''] of text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)) {
    const file = /^\w+ (\S+)$/.exec(info)?.[1];
    if (file !== undefined) files[file] = body;
    else if (info === 'sh') commands.push(...body.split('\n').filter(line => /^(metrics|node) /.test(line)));
    else if (info === 'text') printed = body;
  }
  const isAsked = commands.some(command => command.startsWith('metrics '));
  return { files, commands: isAsked ? commands : [...commands, 'metrics validate'], printed };
}

async function runExample({ files, commands }: Example) {
  const project = projectFolder(files);
  let result = { code: 0, out: '', err: '' };
  for (const command of commands) {
    const [program, ...words] = shellWords(command);
    if (program === 'node') execFileSync(process.execPath, words, { cwd: project });
    else result = await metrics(project, ...words);
  }
  return { ...result, err: result.err.replaceAll(realpathSync(project), '.').replaceAll(project, '.') };
}

/** The codes of all findings in what was printed, sorted. */
function codesIn(printed: string): readonly string[] {
  return [
    ...new Set(Array.from(printed.matchAll(/^(?:error|warning|info)\[(M\d{4})\]/gm), ([, code = '']) => code)),
  ].sort();
}

test('each code has a page, and each page is of a code', () => {
  const pages = readdirSync(folder).map(file => file.replace(/\.md$/, ''));
  expect(pages.sort()).toEqual(catalogue.map(entry => entry.code));
});

test('codes are unique', () => {
  expect(new Set(catalogue.map(entry => entry.code)).size).toBe(catalogue.length);
});

test('exceptions are made for codes of the catalogue', () => {
  const exceptions = Object.keys(raisedElsewhere);
  expect(catalogue.map(entry => entry.code)).toEqual(expect.arrayContaining(exceptions));
});

describe.each(catalogue.filter(({ code }) => existsSync(path.join(folder, `${code}.md`))))(
  '$code $title',
  ({ code, title, severity }) => {
    const file = path.join(folder, `${code}.md`);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const page = readPage(text);

    test('is titled as the catalogue says', () => {
      expect(page.title).toBe(`# ${code}: ${title}`);
    });

    if (code in raisedElsewhere) {
      test('its bad example does not claim what would be printed', () => {
        expect(page.bad.printed).toBeNull();
      });
    } else {
      test('its bad example raises it alone, in these words and at this place', async () => {
        const { code: exit, err } = await runExample(page.bad);
        expect(err).toContain(`${severity}[${code}]`);
        expect(codesIn(err)).toEqual([code]);
        if (severity === 'error') expect(exit).not.toBe(0);
        const shown = `${err.trimEnd()}\n`;
        if (process.env.UPDATE === '1' && page.bad.printed !== null) {
          writeFileSync(
            file,
            text.replace(`\`\`\`text\n${page.bad.printed}\`\`\``, () => `\`\`\`text\n${shown}\`\`\``),
          );
        } else {
          expect(shown).toBe(page.bad.printed);
        }
      });
    }

    test('its mended example passes', async () => {
      const { code: exit, err } = await runExample(page.mended);
      expect(codesIn(err)).toEqual([]);
      expect(exit).toBe(0);
    });
  },
);
