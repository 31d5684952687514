/**
 * Refuses deep nesting before the YAML library sees it: the library recurses, and a second deeply nested file in one
 * process can end the process without an error that could be caught.
 */
import { Lexer } from 'yaml';

export const deepestNesting = 64;

/** The offset at which the text nests too deeply, or null. */
export function tooDeepAt(text: string): number | null {
  return deepFlow(text) ?? deepBlock(text);
}

/** Brackets: a quick count that may be too high, and where that is high, YAML's own tokens. */
function deepFlow(text: string): number | null {
  let depth = 0;
  let highest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) highest = Math.max(highest, ++depth);
    else if ((code === 0x5d || code === 0x7d) && depth > 0) depth -= 1;
  }
  if (highest <= deepestNesting) return null;
  let open = 0;
  let at = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') open += 1;
    else if (token === ']' || token === '}') open -= 1;
    if (open > deepestNesting) return at;
    at += isMark(token) ? 0 : token.length;
  }
  return null;
}

/** Tokens of the lexer's own, which stand for nothing in the text. */
function isMark(token: string): boolean {
  return token.length === 1 && [0x02, 0x18, 0x1f].includes(token.charCodeAt(0));
}

/** Indentation, and `- - - -` or `? ? ?` in one line. */
function deepBlock(text: string): number | null {
  const match = /^(?: {257}|[ ]*(?:[-?] +){65})/m.exec(text);
  if (match !== null) return match.index;
  const indents: number[] = [];
  for (const line of text.matchAll(/^( *)(?:[-?]|[A-Za-z0-9_'"])/gm)) {
    const indent = line[1]?.length ?? 0;
    while (indents.length > 0 && (indents.at(-1) ?? 0) >= indent) indents.pop();
    indents.push(indent);
    if (indents.length > deepestNesting) return line.index;
  }
  return null;
}
