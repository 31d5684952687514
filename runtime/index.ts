/** The runtime's face: a project's folder in, answers from its warehouse out. */

export { type AlertResult, type AskOptions, type Cell, type FiringGroup, runAlerts } from './alerts.ts';
export { type Answer, type AnswerColumn, answerAsData, answerColumns, plainDecimal, type Value } from './answer.ts';
export { assetsFolder } from './assets.ts';
export { appendFreeze, type FreezeResult, freeze } from './baseline.ts';
export { endOf, longestTimerMs, nowIn } from './clock.ts';
export type { ComparedRow, Comparison } from './comparison.ts';
export type { AskedSide } from './diff/ask.ts';
export {
  type DataDiff,
  type DataOptions,
  dataDiff,
  type MetricMove,
  type MovedGroup,
  type MovedGroups,
  usualPeriod,
} from './diff/data.ts';
export type { Tolerance } from './diff/difference.ts';
export { type EarlierState, earlierState, NoEarlierState } from './diff/earlier.ts';
export type { AlertFlip, GoalFlip } from './diff/flips.ts';
export { diffProjects } from './diff/index.ts';
export { type Engine, EngineError, type ExecuteOptions, type Limits, type StreamingEngine } from './engine.ts';
export { type Explained, explained } from './explained.ts';
export { type Fixed, fixProject, writeFixed } from './fix.ts';
export { freezeFile } from './frozen.ts';
export { type Change, type History, type HistoryReading, readHistory } from './history.ts';
export { checkLock, type LockCheck, writeLock } from './lock.ts';
export { digest, meaningHash } from './meaning.ts';

export { openProject } from './open.ts';
export { parquetAnswer } from './parquet.ts';
export { type ProbeOptions, probeWarehouse } from './probe.ts';
export {
  findProject,
  isInside,
  isSound,
  isSoundlyRead,
  type Project,
  projectFile,
  projectFor,
  readProject,
  readStates,
  type SoundlyRead,
  type SoundProject,
} from './project.ts';
export { judged, type Realism, realismOf, type Step } from './realism.ts';
export { replaceFile } from './replace.ts';
export {
  defaultMaxRows,
  defaultTimeoutMs,
  projectHash,
  type RunOptions,
  type RunResult,
  run,
  runCompiled,
} from './run.ts';
export {
  type Card,
  type Companion,
  type ComparisonReading,
  type GoalReading,
  type GroupRow,
  type Groups,
  runScorecard,
  type ScorecardReading,
  statusOf,
  type Trend,
} from './scorecard/index.ts';
export type {
  Asker,
  Build,
  Catalogue,
  CompileReply,
  Drift,
  Explanation,
  KnownMeanings,
  OpenOptions,
  Origin,
  Principal,
  ProjectSession,
  Question,
  Reply,
  ScorecardReply,
} from './session/index.ts';
export { defaultLimits, type SessionLimits } from './session/limits.ts';
export { Refusal } from './session/refusal.ts';
export { type SiteFile, writeSite } from './site.ts';
export type { Row, RowStream, StreamEnd } from './stream.ts';
export { type Outcome, openTestEngine, runTests, type TestResult, testsOf } from './tests.ts';
export { type Verdict, verdictOf } from './verdict.ts';
export { dialectOf, openWarehouse, type Profile, profileOf } from './warehouse.ts';
export { watchFolder } from './watch.ts';
export { compileWhy, type WhyCompiled, type WhyResult, why } from './why.ts';
