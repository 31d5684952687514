/** Formula text in, tokens out: one pass, no backtracking. What cannot be a token is reported and left out. */
import {
  type Diagnostic,
  type Entry,
  type Extras,
  formulaTooLarge,
  unfinishedText,
  unknownCharacter,
} from '../diagnostics/index.ts';
import type { At } from './expression.ts';

export type TokenKind = 'number' | 'string' | 'date' | 'timestamp' | 'name' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** The token's text; of a string, its value. */
  readonly text: string;
  readonly at: At;
}

/** Reports a catalogue entry at a place of the formula. */
export type ReportAt = <P>(entry: Entry<P>, at: At, parameters: P, extras?: Extras) => Diagnostic;

const longestFormula = 8192;

const spelling: ReadonlyMap<string, string> = new Map([
  ['!=', '<>'],
  ['==', '='],
]);

/** Matches one token at a place; each alternative is linear. */
const pattern =
  /(?<timestamp>\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?![\d:]))|(?<date>\d{4}-\d{2}-\d{2}(?![\d-]))|(?<number>\d+(?:\.\d+)?)|(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<symbol>->|<>|!=|<=|>=|==|[=<>+\-*/%(),.])/y;

export function tokenize(text: string, report: ReportAt): readonly Token[] {
  if (text.length > longestFormula) {
    report(formulaTooLarge, [0, text.length], {
      what: `the formula has ${text.length} characters`,
      limit: `${longestFormula}`,
    });
    return [{ kind: 'end', text: '', at: [0, 0] }];
  }
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (/\s/.test(character)) {
      at += 1;
    } else if (character === '#') {
      const lineEnd = text.indexOf('\n', at);
      at = lineEnd === -1 ? text.length : lineEnd;
    } else if (character === "'") {
      const end = endOfString(text, at);
      if (end === null) {
        report(unfinishedText, [at, text.length], {});
        at = text.length;
      } else {
        tokens.push({ kind: 'string', text: text.slice(at + 1, end - 1).replaceAll("''", "'"), at: [at, end] });
        at = end;
      }
    } else if (character === '"') {
      at = doubleQuoted(text, at, tokens, report);
    } else {
      at = word(text, at, tokens, report);
    }
  }
  tokens.push({ kind: 'end', text: '', at: [text.length, text.length] });
  return tokens;
}

/** The offset after the closing quote of the string that begins at `start`, or null when there is none. */
function endOfString(text: string, start: number): number | null {
  for (let at = text.indexOf("'", start + 1); at !== -1; at = text.indexOf("'", at + 2)) {
    if (text[at + 1] !== "'") return at + 1;
  }
  return null;
}

/** Double quotes are reported, and what they hold is read as text, so that one slip raises one finding. */
function doubleQuoted(text: string, at: number, tokens: Token[], report: ReportAt): number {
  const close = text.indexOf('"', at + 1);
  const end = close === -1 ? text.length : close + 1;
  const value = text.slice(at + 1, close === -1 ? text.length : close);
  report(unknownCharacter, [at, end], {
    character: '`"`',
    help: `text stands in single quotes: '${value.replaceAll("'", "''")}'`,
  });
  tokens.push({ kind: 'string', text: value, at: [at, end] });
  return end;
}

function word(text: string, at: number, tokens: Token[], report: ReportAt): number {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (match === null) return unknown(text, at, report);
  const [found] = match;
  const end = at + found.length;
  const groups = match.groups ?? {};
  const kinds = ['timestamp', 'date', 'number', 'name', 'symbol'] as const;
  const kind = kinds.find(candidate => groups[candidate] !== undefined) ?? 'symbol';
  if (found === '==') report(unknownCharacter, [at, end], { character: '`==`', help: 'write `=`' });
  tokens.push({ kind, text: spelling.get(found) ?? found, at: [at, end] });
  return end;
}

const cures: ReadonlyMap<string, string> = new Map([
  ['`', 'names stand without quotes'],
  ['&', 'write `and`'],
  ['|', 'write `or`, or `concat(a, b)` to join text'],
  ['!', 'write `not`, or `<>` for unequal'],
  ['^', 'write `power(a, b)`'],
  [';', 'a formula is one expression'],
  ['‘', "text stands in straight single quotes: 'won'"],
  ['’', "text stands in straight single quotes: 'won'"],
  ['$', 'a formula takes no parameters'],
  ['{', 'names stand without braces'],
]);

function unknown(text: string, at: number, report: ReportAt): number {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  let end = at + character.length;
  while (text.startsWith(character, end)) end += character.length;
  const code = character.codePointAt(0) ?? 0;
  const shown =
    code < 32 || code === 127 ? `U+${code.toString(16).padStart(4, '0').toUpperCase()}` : `\`${character}\``;
  const help = cures.get(character);
  report(unknownCharacter, [at, end], help === undefined ? { character: shown } : { character: shown, help });
  return end;
}
