/** Findings as annotations of GitHub's actions. It shows ten in a step, so the worst come first, and the rest is in the summary. */
import type { Diagnostic, Source } from '../../../../compiler/index.ts';
import { rangeOf } from '../../data/finding.ts';
import { bySeverity } from './place.ts';

const mostAnnotations = 10;

/** `rest` says where the others are. */
export function githubFindings(diagnostics: readonly Diagnostic[], sources: readonly Source[], rest: string): string {
  const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;
  const shown = bySeverity(diagnostics).slice(0, mostAnnotations);
  const lines = shown.map(({ code, severity, message, span, help }) => {
    const range = rangeOf(span, sources);
    const properties = [
      ...(span === null ? [] : [`file=${property(span.file)}`]),
      ...(range === null
        ? []
        : [
            `line=${range.start.line}`,
            `col=${range.start.column}`,
            `endLine=${range.end.line}`,
            `endColumn=${range.end.column}`,
          ]),
      `title=${property(code)}`,
    ];
    return `::${commands[severity]} ${properties.join(',')}::${escaped(help === null ? message : `${message}\n${help}`)}\n`;
  });
  const more = diagnostics.length - shown.length;
  return more > 0 ? `${lines.join('')}and ${more} more${rest}\n` : lines.join('');
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
