/** XML as far as it must be well-formed: the names of its elements in their order; throws where it is not. */
export function xmlNames(text: string): readonly string[] {
  const names: string[] = [];
  const open: string[] = [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 does not have them
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)) throw new Error('a character that XML does not have');
  const body = text.replace(/^<\?xml [^?]*\?>\s*/, '');
  const piece =
    /<(\/?)([\w:.-]+)((?:\s+[\w:.-]+="[^"<&]*(?:&(?:amp|lt|gt|quot|apos|#\d+);[^"<&]*)*")*)\s*(\/?)>|((?:[^<&]|&(?:amp|lt|gt|quot|apos|#\d+);)+)/uy;
  while (piece.lastIndex < body.length) {
    const at = piece.lastIndex;
    const found = piece.exec(body);
    if (found === null) throw new Error(`not XML from: ${body.slice(at, at + 60)}`);
    const [, closing, name, , single, characters] = found;
    if (characters !== undefined) {
      if (open.length === 0 && characters.trim() !== '') throw new Error(`text outside: ${characters}`);
      if (characters.includes(']]>')) throw new Error('the end of a section that was not begun');
    } else if (closing === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes another element`);
    } else if (name !== undefined) {
      if (open.length === 0 && names.length > 0) throw new Error('a second root');
      names.push(name);
      if (single !== '/') open.push(name);
    }
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(', ')}`);
  return names;
}
