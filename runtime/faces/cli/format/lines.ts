/** Two texts in, the first lines of each that the other has not out. */

const mostShown = 10;

export function changedLines(before: string, after: string): string {
  const lines = [...onlyIn(before, after).map(line => `- ${line}`), ...onlyIn(after, before).map(line => `+ ${line}`)];
  const rest = lines.length - mostShown;
  const shown = rest > 0 ? [...lines.slice(0, mostShown), `  and ${rest} more`] : lines;
  return shown.map(line => `  ${line.trimEnd()}\n`).join('');
}

function onlyIn(text: string, other: string): readonly string[] {
  const left = new Map<string, number>();
  for (const line of other.split('\n')) left.set(line, (left.get(line) ?? 0) + 1);
  return text.split('\n').filter(line => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
