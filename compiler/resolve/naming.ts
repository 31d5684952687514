/** Names as they are declared: each once, and none that a formula could not say. */
import { badName, type Diagnostic, definedTwice, type Report } from '../diagnostics/index.ts';
import { spanOf, type Word } from '../document/index.ts';
import { reservedWords } from '../formula/index.ts';
import type { Span } from '../source.ts';

export function twice(kind: string, name: string, at: Span, first: Span): Diagnostic {
  return definedTwice(at, { kind, name }, { related: [{ message: 'it is defined first here', span: first }] });
}

/** `help` says how else the thing may be called. */
export function checkWord(name: Word, file: string, report: Report, help?: string): void {
  if (!reservedWords.has(name.text)) return;
  report(badName(spanOf(file, name.at), { name: name.text, reason: 'it is a word of the formula language' }, { help }));
}
