/** Findings as programs read them, with lines and columns from 1. */
import { type Diagnostic, positionAt, type Source, type Span } from '../../../compiler/index.ts';

export function plainFindings(diagnostics: readonly Diagnostic[], sources: readonly Source[]) {
  const place = (span: Span | null) => ({ file: span?.file ?? null, range: rangeOf(span, sources) });
  return diagnostics.map(({ code, severity, message, span, path, related, help, fixes }) => ({
    code,
    severity,
    message,
    ...place(span),
    path,
    related: related.map(other => ({ message: other.message, ...place(other.span) })),
    help,
    fixes: fixes.map(fix => ({
      title: fix.title,
      applicability: fix.safe ? 'safe' : 'unsafe',
      edits: fix.edits.map(edit => ({ ...place(edit.span), text: edit.text })),
    })),
  }));
}

export interface Range {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

export function rangeOf(span: Span | null, sources: readonly Source[]): Range | null {
  const source = span === null ? undefined : sources.find(each => each.path === span.file);
  if (span === null || source === undefined) return null;
  return { start: positionAt(source.text, span.start), end: positionAt(source.text, span.end) };
}
