/** Projects for tests: files in a folder of their own, commands run in this process, rows as plain objects. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import type { ExitCode } from '../../runtime/faces/cli/exit.ts';
import { runProgram } from '../../runtime/faces/cli/program.ts';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new folder with these files, removed when the test file is done. */
export function projectFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'sextant-test-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}

export interface CommandResult {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** `metrics` with these words in that folder, without colours. */
export async function metrics(folder: string, ...words: readonly string[]): Promise<CommandResult> {
  return metricsIn({}, folder, ...words);
}

/** The same in an environment, such as that of a CI server. */
export async function metricsIn(
  environment: Readonly<Record<string, string>>,
  folder: string,
  ...words: readonly string[]
): Promise<CommandResult> {
  const { bytes: _, ...result } = await ran(environment, folder, words);
  return result;
}

/** What a command gives that writes a file to its output. */
export async function metricsBytes(
  folder: string,
  ...words: readonly string[]
): Promise<CommandResult & { readonly bytes: Uint8Array }> {
  return ran({}, folder, words);
}

async function ran(environment: Readonly<Record<string, string>>, folder: string, words: readonly string[]) {
  let out = '';
  let bytes = new Uint8Array();
  let err = '';
  const code = await runProgram(words, {
    cwd: folder,
    out: text => {
      out += text;
    },
    outBytes: written => {
      bytes = Buffer.concat([bytes, written]);
    },
    err: text => {
      err += text;
    },
    environment,
    isOutTTY: false,
    isErrTTY: false,
    signal: new AbortController().signal,
  });
  return { code, out, bytes, err };
}

export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** The rows of `metrics query`; a refusal fails the test with what was said. */
export async function rowsOf(folder: string, ...words: readonly string[]): Promise<readonly Row[]> {
  const { code, out, err } = await metrics(folder, ...words, '--format', 'json');
  if (code !== 0) throw new Error(`metrics ${words.join(' ')} gave ${code}\n${err}`);
  const answer: { rows: readonly Row[] } = JSON.parse(out);
  return answer.rows;
}

/** Words of a command line, apart at spaces, with quotes as in a shell. */
export function shellWords(line: string): readonly string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)].map(
    match => match[1]?.replace(/\\(.)/g, '$1') ?? match[2] ?? match[3] ?? '',
  );
}
