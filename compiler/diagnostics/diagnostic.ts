/** What a diagnostic is, and how one entry of the catalogue is declared. The entries themselves stand beside this file, by family. */
import type { Span } from '../source.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A replacement of text that mends a mistake; `safe` ones may be applied without asking. */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
}

export interface Related {
  readonly message: string;
  readonly span: Span;
}

/** One finding: a stable code, one sentence, the very place, and where there is one, the cure. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Null where the fault lies in no text, such as a warehouse that does not answer. */
  readonly span: Span | null;
  /** Where in the definitions, such as `metrics.win_rate.formula`. */
  readonly path: string | null;
  readonly related: readonly Related[];
  readonly help: string | null;
  readonly fixes: readonly Fix[];
}

/** What an entry makes of its parameters: the sentence, and the cure. */
export interface Saying {
  readonly message: string;
  readonly help?: string | undefined;
}

export interface Extras {
  readonly path?: string;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
  /** Replaces the entry's own help. */
  readonly help?: string | undefined;
}

/** An entry of the catalogue: call it with a place and its parameters to get a diagnostic. */
export interface Entry<P> {
  (span: Span | null, parameters: P, extras?: Extras): Diagnostic;
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  /** The name of the same refusal in Apache Ossie's Foundational Semantics, where it has one. */
  readonly alias: string | null;
}

/** An entry without its parameters, for lists of all codes. */
export type EntryHead = Pick<Entry<never>, 'code' | 'severity' | 'title' | 'alias'>;

export function define<P = Record<never, never>>(
  code: string,
  title: string,
  say: (parameters: P) => Saying,
  more: { readonly severity?: Severity; readonly alias?: string } = {},
): Entry<P> {
  const severity = more.severity ?? 'error';
  const entry = (span: Span | null, parameters: P, extras: Extras = {}): Diagnostic => {
    const said = say(parameters);
    return {
      code,
      severity,
      message: said.message,
      span,
      path: extras.path ?? null,
      related: extras.related ?? [],
      help: extras.help ?? said.help ?? null,
      fixes: extras.fixes ?? [],
    };
  };
  return Object.assign(entry, { code, severity, title, alias: more.alias ?? null });
}

/** Where stages leave what they find; a stage never throws for a mistake of the user's. */
export type Report = (diagnostic: Diagnostic) => void;

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(diagnostic => diagnostic.severity === 'error');
}
