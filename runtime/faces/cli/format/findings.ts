/** Findings as plain data, as JSON, and on one line each. */
import type { Diagnostic, Source, Span } from '../../../../compiler/index.ts';
import { type Found, placeText, rangeOf } from './place.ts';

/** What was looked at, for the summary. */
export interface Looked {
  readonly files: number;
  readonly tables: number;
  readonly metrics: number;
  readonly tests: number;
}

export function conciseFindings(diagnostics: readonly Diagnostic[], sources: readonly Source[]): string {
  return diagnostics
    .map(({ code, severity, message, span }) => {
      const place = placeText(span, sources);
      return `${place === '' ? '' : `${place}: `}${severity}[${code}]: ${message}\n`;
    })
    .join('');
}

export function summaryOf(diagnostics: readonly Diagnostic[], looked: Looked) {
  const count = (severity: Diagnostic['severity']) =>
    diagnostics.filter(diagnostic => diagnostic.severity === severity).length;
  return { errors: count('error'), warnings: count('warning'), infos: count('info'), ...looked };
}

export function jsonFindings({ diagnostics, allowed, sources }: Found, looked: Looked): string {
  const report = {
    diagnostics: plainFindings(diagnostics, sources),
    allowed: allowed.flatMap(({ diagnostic, reason }) =>
      plainFindings([diagnostic], sources).map(plain => ({ ...plain, reason })),
    ),
    summary: { ...summaryOf(diagnostics, looked), allowed: allowed.length },
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** Findings as plain data, with lines and columns. */
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
