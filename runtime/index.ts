/** The runtime's face: a project's folder in, answers from its warehouse out. */

export { type Answer, type AnswerColumn, plainDecimal, type Value } from './answer.ts';
export { assetsFolder } from './assets.ts';
export { endOf, nowIn } from './clock.ts';
export { type Engine, EngineError, type ExecuteOptions } from './engine.ts';
export { findProject, isSound, type Project, projectFile, readProject } from './project.ts';
export { defaultMaxRows, defaultTimeoutMs, modelHash, type RunOptions, type RunResult, run, runPlan } from './run.ts';
export { openWarehouse, type Profile, profileOf } from './warehouse.ts';
