/**
 * Letters and spaces by the rules of Unicode, for servers whose own language may know ASCII alone: one capital for one small
 * letter and the other way round, as engines without a language have it. Texts hold nothing from plane 15.
 */
import { concat } from './document.ts';
import { atom, binding, type Sql, within } from './expression.ts';
import { callSql } from './standard.ts';

/** The spaces of Unicode: they are trimmed, and tabs and line ends are not. */
export const spaces = atom(
  "U&' \\00a0\\1680\\2000\\2001\\2002\\2003\\2004\\2005\\2006\\2007\\2008\\2009\\200a\\202f\\205f\\3000'",
);

/** Letters by the rules of Unicode: the language of a server may know ASCII alone. */
function folded(name: 'lower' | 'upper', text: Sql): Sql {
  return callSql(name, { doc: concat(within(text, binding.atom), ' collate "und-x-icu"'), level: binding.unary });
}

/** One letter for one letter: the rules would make two of the dotted capital I, and a sigma of its own at a word's end. */
export function lowered(text: Sql): Sql {
  return folded('lower', callSql('translate', text, atom("'İΣ'"), atom("'iσ'")));
}

/** Letters of which the rules make several capitals; they are put aside, and come back as their one capital, or as they are. */
const expanding = [
  [0xdf, 0x149, 0x1f0, 0x390, 0x3b0, 0x587, 0x1e96, 0x1e97, 0x1e98, 0x1e99, 0x1e9a, 0x1f50, 0x1f52, 0x1f54, 0x1f56],
  Array.from({ length: 0x30 }, (_, index) => 0x1f80 + index),
  [0x1fb2, 0x1fb3, 0x1fb4, 0x1fb6, 0x1fb7, 0x1fbc, 0x1fc2, 0x1fc3, 0x1fc4, 0x1fc6, 0x1fc7, 0x1fcc, 0x1fd2, 0x1fd3],
  [0x1fd6, 0x1fd7, 0x1fe2, 0x1fe3, 0x1fe4, 0x1fe6, 0x1fe7, 0x1ff2, 0x1ff3, 0x1ff4, 0x1ff6, 0x1ff7, 0x1ffc],
  [0xfb00, 0xfb01, 0xfb02, 0xfb03, 0xfb04, 0xfb05, 0xfb06, 0xfb13, 0xfb14, 0xfb15, 0xfb16, 0xfb17],
].flat();

function capital(letter: number): number {
  if (letter === 0xdf) return 0x1e9e;
  if (letter >= 0x1f80 && letter <= 0x1faf) return letter | 8;
  return letter === 0x1fb3 || letter === 0x1fc3 || letter === 0x1ff3 ? letter + 9 : letter;
}

export function uppered(text: Sql): Sql {
  const letters = (points: readonly number[]) => atom(`'${String.fromCodePoint(...points)}'`);
  const aside = letters(expanding.map((_, index) => 0xf0000 + index));
  const upper = folded('upper', callSql('translate', text, letters(expanding), aside));
  return callSql('translate', upper, aside, letters(expanding.map(capital)));
}
