/** Where a finding is, for programs: lines and columns from 1, and a name that stays when lines move. */
import type { Diagnostic, Source, Span } from '../../../../compiler/index.ts';
import { rangeOf } from '../../data/finding.ts';

/** What was found, and of it what is allowed with a reason. */
export interface Found {
  readonly diagnostics: readonly Diagnostic[];
  readonly allowed: readonly { readonly diagnostic: Diagnostic; readonly reason: string }[];
  readonly sources: readonly Source[];
}

/** `sales.yaml:3:14`, or as much of it as is known. */
export function placeText(span: Span | null, sources: readonly Source[]): string {
  if (span === null) return '';
  const range = rangeOf(span, sources);
  return range === null ? span.file : `${span.file}:${range.start.line}:${range.start.column}`;
}

/** Each finding with what tells it from all others, wherever its line has gone: its code, file, path and very words. */
export function named(diagnostics: readonly Diagnostic[], sources: readonly Source[]) {
  const counts = new Map<string, number>();
  return diagnostics.map(diagnostic => {
    const { code, span, path } = diagnostic;
    const source = span === null ? undefined : sources.find(each => each.path === span.file);
    const text = span === null || source === undefined ? '' : source.text.slice(span.start, span.end);
    const key = [code, span?.file ?? '', path ?? '', text].join('\n');
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return { diagnostic, key: `${key}\n${count}` };
  });
}

/** The same seen from a folder above the project, from which CI servers name files. */
export function seenFrom(folder: string, { diagnostics, allowed, sources }: Found): Found {
  if (folder === '') return { diagnostics, allowed, sources };
  const file = (name: string) => `${folder}/${name}`;
  const span = (at: Span) => ({ ...at, file: file(at.file) });
  const moved = (diagnostic: Diagnostic): Diagnostic => ({
    ...diagnostic,
    span: diagnostic.span === null ? null : span(diagnostic.span),
    related: diagnostic.related.map(other => ({ ...other, span: span(other.span) })),
  });
  return {
    diagnostics: diagnostics.map(moved),
    allowed: allowed.map(({ diagnostic, reason }) => ({ diagnostic: moved(diagnostic), reason })),
    sources: sources.map(source => ({ ...source, path: file(source.path) })),
  };
}

const rank = { error: 0, warning: 1, info: 2 } as const;

/** The worst first. */
export function bySeverity(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted((a, b) => rank[a.severity] - rank[b.severity]);
}
