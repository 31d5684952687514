/** What a session throws when it does not answer: the diagnostics, and the texts that they point into. Bugs throw as they are. */
import type { Diagnostic, Source, Span } from '../../compiler/index.ts';
import { EngineError } from '../engine.ts';
import type { Principal } from './asker.ts';

export class Refusal extends Error {
  readonly code: string;
  readonly help: string | null;

  constructor(
    /** At least one is an error; the first of them gives the code and the message. */
    readonly diagnostics: readonly Diagnostic[],
    readonly sources: readonly Source[],
  ) {
    const first = diagnostics.find(({ severity }) => severity === 'error');
    if (first === undefined) throw new Error('refused without a reason');
    super(first.message);
    this.name = 'Refusal';
    this.code = first.code;
    this.help = first.help;
  }
}

/** What went wrong in an engine, as a refusal. */
export function asRefusal(error: unknown, sources: readonly Source[]): unknown {
  return error instanceof EngineError ? new Refusal([error.diagnostic], sources) : error;
}

/** What is wrong with a question, as its asker may read it: a role is shown its question, and no line of the definitions. */
export function shownTo(principal: Principal, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (principal === 'everything') return diagnostics;
  const isOwn = (span: Span | null) => span?.file.startsWith('query.') === true;
  return diagnostics.map(each => ({
    ...each,
    span: isOwn(each.span) ? each.span : null,
    path: null,
    related: each.related.filter(({ span }) => isOwn(span)),
    fixes: each.fixes.filter(({ edits }) => edits.every(({ span }) => isOwn(span))),
  }));
}
