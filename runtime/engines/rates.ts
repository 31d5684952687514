/** The error that a statement raises itself where an amount has no rate, known by the text that it was given. */
import { missingRate } from '../../compiler/index.ts';
import { EngineError } from '../engine.ts';

/** Null where an engine's words are about something else. */
export function missingRateIn(words: string, cause: unknown): EngineError | null {
  const [, from = '', to = '', day = ''] = /M9019\|(.*?)\|([A-Z]{3})\|(.*?)\|/s.exec(words) ?? [];
  return to === '' ? null : new EngineError(missingRate(null, { from, to, day }), { cause });
}
