/** Names for servers that cut long ones, where two of them may become one: those end in a mark of their own. */

export function shortened(name: string, mostBytes: number): string {
  if (bytesOf(name) <= mostBytes) return name;
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  const mark = `~${hash.toString(16).padStart(8, '0')}`;
  let start = '';
  for (const character of name) {
    if (bytesOf(start) + bytesOf(character) + mark.length > mostBytes) break;
    start += character;
  }
  return start + mark;
}

/** In UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
