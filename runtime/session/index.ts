/** The face of sessions: a project opened once and asked by many. */
export type { Asker, Principal } from './asker.ts';
export type { Catalogue, Drift, Explanation, KnownMeanings } from './catalogue.ts';
export type { Build } from './live.ts';
export {
  type CompileReply,
  type OpenOptions,
  openSession,
  type ProjectSession,
  type Question,
  type Reply,
  type ScorecardReply,
} from './session.ts';
export type { Origin } from './shared.ts';
