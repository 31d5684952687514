/** Findings as JSON, and on one line each. */
import type { Diagnostic, Source } from '../../../../compiler/index.ts';
import { plainFindings } from '../../data/finding.ts';
import { type Found, placeText } from './place.ts';

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

function summaryOf(diagnostics: readonly Diagnostic[], looked: Looked) {
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
