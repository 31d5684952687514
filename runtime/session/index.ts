/** The face of sessions: a project opened once and asked by many. */
export type { Asker, Principal } from './asker.ts';
export type { Catalogue, Drift, Explanation, KnownMeanings } from './catalogue.ts';
export { defaultLimits, type SessionLimits } from './limits.ts';
export type { Build } from './live.ts';
export { Refusal } from './refusal.ts';
export {
  type CompileReply,
  type OpenOptions,
  openProject,
  ProjectSession,
  type Question,
  type Reply,
  type ScorecardReply,
} from './session.ts';
export type { Origin } from './shared.ts';
