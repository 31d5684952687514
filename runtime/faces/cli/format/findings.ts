/** Findings for machines: one line each, JSON, GitHub annotations, SARIF 2.1.0. */
import { catalogue, type Diagnostic, positionAt, type Source, type Span } from '../../../../compiler/index.ts';

/** What was looked at, for the summary. */
export interface Looked {
  readonly files: number;
  readonly tables: number;
  readonly metrics: number;
  readonly tests: number;
}

interface Range {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

function rangeOf(span: Span | null, sources: readonly Source[]): Range | null {
  const source = span === null ? undefined : sources.find(each => each.path === span.file);
  if (span === null || source === undefined) return null;
  return { start: positionAt(source.text, span.start), end: positionAt(source.text, span.end) };
}

export function conciseFindings(diagnostics: readonly Diagnostic[], sources: readonly Source[]): string {
  return diagnostics
    .map(diagnostic => {
      const { code, severity, message, span } = diagnostic;
      const range = rangeOf(span, sources);
      const place =
        span === null
          ? ''
          : range === null
            ? `${span.file}: `
            : `${span.file}:${range.start.line}:${range.start.column}: `;
      return `${place}${severity}[${code}]: ${message}\n`;
    })
    .join('');
}

export function summaryOf(diagnostics: readonly Diagnostic[], looked: Looked) {
  const count = (severity: Diagnostic['severity']) =>
    diagnostics.filter(diagnostic => diagnostic.severity === severity).length;
  return { errors: count('error'), warnings: count('warning'), ...looked };
}

export function jsonFindings(diagnostics: readonly Diagnostic[], sources: readonly Source[], looked: Looked): string {
  const written = plainFindings(diagnostics, sources);
  return `${JSON.stringify({ diagnostics: written, summary: summaryOf(diagnostics, looked) }, null, 2)}\n`;
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

/** GitHub shows ten annotations of a kind in a step, so the worst come first. */
export function githubFindings(diagnostics: readonly Diagnostic[], sources: readonly Source[]): string {
  const rank = { error: 0, warning: 1, info: 2 } as const;
  const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;
  return diagnostics
    .toSorted((a, b) => rank[a.severity] - rank[b.severity])
    .map(({ code, severity, message, span, help }) => {
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
    })
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** SARIF 2.1.0 with every rule declared, so that a finding that is gone is closed; fingerprints do not move with lines. */
export function sarifFindings(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  fingerprint: (text: string) => string,
): string {
  const levels = { error: 'error', warning: 'warning', info: 'note' } as const;
  const rules = catalogue.map(({ code, title, severity }) => ({
    id: code,
    name: code,
    shortDescription: { text: title },
    defaultConfiguration: { level: levels[severity] },
    helpUri: `https://sextant.dev/diagnostics/${code}`,
  }));
  const location = (span: Span) => {
    const range = rangeOf(span, sources);
    const region =
      range === null
        ? {}
        : {
            region: {
              startLine: range.start.line,
              startColumn: range.start.column,
              endLine: range.end.line,
              endColumn: range.end.column,
            },
          };
    return { physicalLocation: { artifactLocation: { uri: encodeURI(span.file), uriBaseId: '%SRCROOT%' }, ...region } };
  };
  const counts = new Map<string, number>();
  const results = diagnostics.map(({ code, severity, message, span, path, related, help }) => {
    const source = span === null ? undefined : sources.find(each => each.path === span.file);
    const text = span === null || source === undefined ? '' : source.text.slice(span.start, span.end);
    const key = [code, span?.file ?? '', path ?? '', text].join('\n');
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return {
      ruleId: code,
      ruleIndex: rules.findIndex(rule => rule.id === code),
      level: levels[severity],
      message: { text: help === null ? message : `${message}\n${help}` },
      locations: span === null ? [] : [location(span)],
      relatedLocations: related.map((other, id) => ({ id, message: { text: other.message }, ...location(other.span) })),
      partialFingerprints: { 'sextant/v1': fingerprint(`${key}\n${count}`) },
    };
  });
  const driver = { name: 'sextant', informationUri: 'https://sextant.dev', rules };
  const run = {
    tool: { driver },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { '%SRCROOT%': { uri: 'file:///' } },
    results,
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}
