/** Broken files: random changes to real ones are read or refused, never an error of ours, and every finding lies in the file. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileOffset } from '../../compiler/document/offsets.ts';
import { readDocument } from '../../compiler/index.ts';

const projects = path.join(import.meta.dirname, '../projects');

const files = readdirSync(projects, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.yaml') && !name.split(path.sep).some(part => part.startsWith('.')))
  .map(name => readFileSync(path.join(projects, name), 'utf8'));

const tokens = [
  ...['\n', '\n\n', '  ', ' ', '\t', '\r\n', '\r', ': ', ':', '- ', '-', ', ', ',', '{', '}', '[', ']', '{}', '[]'],
  ...[
    '"',
    "'",
    "''",
    '\\',
    '\\"',
    '\\x4',
    '\\u00e9',
    '#',
    ' # ',
    '|',
    '>',
    '|-\n',
    '>2\n',
    '? ',
    '&a ',
    '*a',
    '!!str ',
  ],
  ...[
    '!x',
    '<<: ',
    '---\n',
    '...\n',
    '~',
    'null',
    'true',
    '1',
    '1.5',
    '.inf',
    '__proto__: ',
    'constructor: ',
    '@',
    '`',
  ],
  ...['\0', '\u0085', '\u2028', '\ufeff', '\ufffd', '😀', 'é', '\u202e', '/', '~1', '$', ';', '='],
  ...['version: 1\n', 'metrics:\n', 'formula: ', 'key: ', 'tables: ', 'on: ', 'joins: ', 'columns: ', 'type: ', 'sum('],
];

interface Edit {
  readonly kind: 'insert' | 'delete' | 'double' | 'move' | 'indent' | 'cut';
  /** Where, and whither, as shares of the text. */
  readonly at: number;
  readonly to: number;
  readonly length: number;
  readonly token: string;
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('insert', 'insert', 'insert', 'delete', 'double', 'move', 'indent', 'cut'),
  at: share,
  to: share,
  length: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 200 })),
  token: fc.constantFrom(...tokens),
});

function edited(text: string, { kind, at, to, length, token }: Edit): string {
  const start = Math.floor(at * (text.length + 1));
  const [before, part, after] = [text.slice(0, start), text.slice(start, start + length), text.slice(start + length)];
  switch (kind) {
    case 'insert':
      return before + token + part + after;
    case 'delete':
      return before + after;
    case 'double':
      return before + part + part + after;
    case 'move': {
      const rest = before + after;
      const target = Math.floor(to * (rest.length + 1));
      return rest.slice(0, target) + part + rest.slice(target);
    }
    case 'indent': {
      const line = text.lastIndexOf('\n', start - 1) + 1;
      return text.slice(0, line) + ' '.repeat(length % 7) + text.slice(line);
    }
    case 'cut':
      return before;
  }
}

function check(text: string, kind: 'project' | 'definitions'): void {
  const { document, diagnostics } = readDocument({ path: 'file.yaml', text }, kind);
  for (const { code, span, message, related } of diagnostics) {
    for (const each of [span, ...related.map(other => other.span)]) {
      const isInside = each !== null && each.start >= 0 && each.start <= text.length && each.end <= text.length + 1;
      if (!isInside) throw new Error(`${code} at ${each?.start}-${each?.end}`);
    }
    if (!/^M\d{4}$/.test(code) || message === '') throw new Error(`${code}: ${message}`);
  }
  if (document === null) {
    expect(diagnostics.length).toBeGreaterThan(0);
    return;
  }
  const formulas = [...document.metrics, ...document.tables.flatMap(table => table.columns)];
  for (const { formula } of formulas) {
    if (formula === null) continue;
    for (const [offset, character] of [...formula.text.split('').entries()]) {
      const there = text.charAt(fileOffset(formula.map, offset));
      if (!/\s/.test(character) && there !== character && there !== '\\') {
        throw new Error(`${character} of ${formula.text} is said to be ${there}`);
      }
    }
  }
}

test('there are real files to break', () => {
  expect(files.length).toBeGreaterThan(3);
  for (const text of files) check(text, text.includes('\nwarehouse:') ? 'project' : 'definitions');
});

test('changed files are read or refused', () => {
  const kinds = fc.constantFrom('project', 'definitions');
  const edits = fc.array(edit, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.constantFrom(...files), edits, kinds, (text, changes, kind) =>
      check(changes.reduce(edited, text), kind),
    ),
    { numRuns: 3000 },
  );
});

test('heaps of signs are read or refused', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...tokens, 'a', 'b: c\n'), { maxLength: 40 }), parts =>
      check(parts.join(''), 'definitions'),
    ),
    { numRuns: 3000 },
  );
});
