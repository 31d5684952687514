/** Findings as SARIF 2.1.0, with every rule declared, so that a finding that is gone is closed; fingerprints do not move with lines. */
import { catalogue, type Source, type Span } from '../../../../compiler/index.ts';
import { rangeOf } from '../../data/finding.ts';
import { type Found, named } from './place.ts';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

/** The page of a code, as it stands in the documentation. */
export type PageOf = (code: string) => string;

export function sarifFindings(
  { diagnostics, allowed, sources }: Found,
  pageOf: PageOf,
  hash: (text: string) => string,
) {
  const rules = catalogue.map(({ code, title, severity }) => {
    const page = pageOf(code);
    return {
      id: code,
      name: code,
      shortDescription: { text: title },
      fullDescription: { text: introduction(page, title) },
      help: { text: introduction(page, title), markdown: page },
      defaultConfiguration: { level: levels[severity] },
      helpUri: `https://sextant.dev/diagnostics/${code}`,
    };
  });
  const reasons = new Map(allowed.map(({ diagnostic, reason }) => [diagnostic, reason]));
  const all = named([...diagnostics, ...allowed.map(({ diagnostic }) => diagnostic)], sources);
  const results = all.map(({ diagnostic, key }) => {
    const { code, severity, message, span, related, help } = diagnostic;
    const reason = reasons.get(diagnostic);
    return {
      ruleId: code,
      ruleIndex: rules.findIndex(rule => rule.id === code),
      level: levels[severity],
      message: { text: help === null ? message : `${message}\n${help}` },
      locations: span === null ? [] : [location(span, sources)],
      relatedLocations: related.map((other, id) => ({
        id,
        message: { text: other.message },
        ...location(other.span, sources),
      })),
      partialFingerprints: { 'sextant/v1': hash(key) },
      ...(reason === undefined ? {} : { suppressions: [{ kind: 'inSource', justification: reason }] }),
    };
  });
  const run = {
    tool: { driver: { name: 'sextant', informationUri: 'https://sextant.dev', rules } },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { '%SRCROOT%': { uri: 'file:///' } },
    results,
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function location(span: Span, sources: readonly Source[]) {
  const range = rangeOf(span, sources);
  const artifactLocation = { uri: encodeURI(span.file), uriBaseId: '%SRCROOT%' };
  if (range === null) return { physicalLocation: { artifactLocation } };
  const { start, end } = range;
  const region = { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  return { physicalLocation: { artifactLocation, region } };
}

/** What a page says before its examples. */
function introduction(page: string, title: string): string {
  const [, text = ''] = /^# .*\n+([\s\S]*?)\n*(?:^```|^## |$(?![\s\S]))/m.exec(page) ?? [];
  return text.trim() === '' ? title : text.trim();
}
