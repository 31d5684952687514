/** Formula text in, tokens out: one pass, no backtracking. What cannot be a token is reported and left out. */
import {
  type Entry,
  type Extras,
  formulaSyntax,
  formulaTooLarge,
  noSuchDate,
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
export type ReportAt = <P>(entry: Entry<P>, at: At, parameters: P, extras?: Extras) => void;

const longestFormula = 8192;

const spelling: ReadonlyMap<string, string> = new Map([
  ['!=', '<>'],
  ['==', '='],
]);

/** Days and months written as if they were dates; as a subtraction they would be a plausible number. */
const almostDate = /\d{4}-(?:\d{1,2}-\d{1,2}|0\d)(?![\d-])/y;

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
    } else if (closingQuotes.has(character)) {
      at = wronglyQuoted(text, at, report);
    } else {
      at = word(text, at, tokens, report);
    }
  }
  const last = text.trimEnd().length;
  tokens.push({ kind: 'end', text: '', at: [last, last] });
  return tokens;
}

/** The offset after the closing quote of the string that begins at `start`, or null when there is none. */
function endOfString(text: string, start: number): number | null {
  for (let at = text.indexOf("'", start + 1); at !== -1; at = text.indexOf("'", at + 2)) {
    if (text[at + 1] !== "'") return at + 1;
  }
  return null;
}

/** What other quotes close with. */
const closingQuotes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['‘', '’'],
  ['’', '’'],
  ['“', '”'],
  ['”', '”'],
]);

/** Text in other quotes is one finding, from the one quote to the other. */
function wronglyQuoted(text: string, at: number, report: ReportAt): number {
  const quote = text[at] ?? '';
  const close = text.indexOf(closingQuotes.get(quote) ?? quote, at + 1);
  const end = close === -1 ? at + 1 : close + 1;
  const value = close === -1 ? 'won' : text.slice(at + 1, close);
  report(unknownCharacter, [at, end], {
    character: `\`${quote}\``,
    help: `text stands in straight single quotes: '${value.replaceAll("'", "''")}'`,
  });
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
  if (kind === 'number' && /^0\d/.test(found)) {
    const help = 'numbers have no leading zeros, and thousands stand without separators: 1000';
    report(formulaSyntax, [at, end], { found: `\`${found}\``, expected: 'a number', help });
    return end;
  }
  almostDate.lastIndex = at;
  const slip = kind === 'number' ? almostDate.exec(text)?.[0] : undefined;
  if (slip !== undefined) {
    report(noSuchDate, [at, at + slip.length], { text: slip });
    return at + slip.length;
  }
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
  ['?', 'write `if(condition, a, b)`'],
  [':', 'write `if(condition, a, b)`, or `case when condition then a else b end`'],
  ['[', 'lists and groups stand in round brackets'],
  ['×', 'write `*`'],
  ['÷', 'write `/`'],
  ['–', 'write `-`'],
  ['−', 'write `-`'],
  ['≤', 'write `<=`'],
  ['≥', 'write `>=`'],
  ['≠', 'write `<>`'],
  ['$', 'a formula takes no parameters'],
  ['{', 'names stand without braces'],
]);

function unknown(text: string, at: number, report: ReportAt): number {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  let end = at + character.length;
  while (text.startsWith(character, end)) end += character.length;
  const code = character.codePointAt(0) ?? 0;
  const isInvisible = /[\p{C}\p{Z}]/u.test(character);
  const shown = isInvisible ? `U+${code.toString(16).padStart(4, '0').toUpperCase()}` : `\`${character}\``;
  const help = isInvisible ? 'delete it: it cannot be seen' : cures.get(character);
  report(unknownCharacter, [at, end], help === undefined ? { character: shown } : { character: shown, help });
  return end;
}
