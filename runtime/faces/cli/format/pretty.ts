/** Findings for people: code, message, place, frame with a caret under the very word, and the cure. */
import { type Diagnostic, frame, positionAt, printable, type Source, type Span } from '../../../../compiler/index.ts';
import type { Paint } from '../terminal.ts';

const colours = { error: 'red', warning: 'yellow', info: 'blue' } as const;

export function prettyFindings(diagnostics: readonly Diagnostic[], sources: readonly Source[], paint: Paint): string {
  return diagnostics.map(diagnostic => `${prettyFinding(diagnostic, sources, paint)}\n\n`).join('');
}

export function prettyFinding(diagnostic: Diagnostic, sources: readonly Source[], paint: Paint): string {
  const { severity, code, message, span, related, help } = diagnostic;
  const lines = [`${paint(colours[severity], `${severity}[${code}]`)}${paint('bold', `: ${printable(message)}`)}`];
  if (span !== null) lines.push(...place(span, sources, paint));
  for (const other of related) lines.push(`  note: ${printable(other.message)}`, ...place(other.span, sources, paint));
  if (help !== null) lines.push(`  ${paint('cyan', '= help:')} ${printable(help)}`);
  return lines.join('\n');
}

function place(span: Span, sources: readonly Source[], paint: Paint): readonly string[] {
  const source = sources.find(each => each.path === span.file);
  if (source === undefined) return [`  ${paint('blue', '-->')} ${span.file}`];
  const { line, column } = positionAt(source.text, span.start);
  return [`  ${paint('blue', '-->')} ${span.file}:${line}:${column}`, frame(source, span)];
}

/** `2 errors and 1 warning`. */
export function counted(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Diagnostic['severity']) =>
    diagnostics.filter(diagnostic => diagnostic.severity === severity).length;
  const parts = (['error', 'warning', 'info'] as const).flatMap(severity => {
    const found = count(severity);
    return found === 0 ? [] : [`${found} ${severity}${found === 1 ? '' : 's'}`];
  });
  const [last = 'no problems', ...others] = parts.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`;
}
