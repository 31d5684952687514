/** Findings as Markdown: for the summary of a step of CI, and for comments. */
import { type Diagnostic, printable, type Source } from '../../../../compiler/index.ts';
import { bySeverity, placeText } from './place.ts';
import { counted } from './pretty.ts';

/** A summary may have a megabyte: nobody reads so many lines anyway. */
const mostRows = 500;

/** `what` has been looked at. */
export function markdownFindings(diagnostics: readonly Diagnostic[], sources: readonly Source[], what: string): string {
  if (diagnostics.length === 0) return `### metrics validate\n\nAll checks passed: ${what}\n`;
  const rows = bySeverity(diagnostics)
    .slice(0, mostRows)
    .map(({ code, severity, message, span, help }) => {
      const cells = [severity, code, placeText(span, sources), help === null ? message : `${message}<br>${help}`];
      return `| ${cells.map(cell).join(' | ')} |\n`;
    });
  const more = diagnostics.length - rows.length;
  const head = '| | code | place | finding |\n|---|---|---|---|\n';
  const rest = more > 0 ? `\nand ${more} more\n` : '';
  return `### metrics validate\n\n${counted(diagnostics)} in ${what}\n\n${head}${rows.join('')}${rest}`;
}

/** Words in backquotes stay code; what would end the cell or begin a tag does not. */
function cell(text: string): string {
  return printable(text.replaceAll('\n', ' '))
    .replaceAll('|', '\\|')
    .replace(/<(?!br>)/g, '&lt;');
}
