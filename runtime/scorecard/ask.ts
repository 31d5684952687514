/**
 * Questions of a scorecard in, their answers out. Questions that differ in their metrics alone are asked together, so that a
 * scorecard is few statements; what a metric says depends on nothing that is asked beside it.
 */
import {
  type Asked,
  type Compiled,
  compile,
  type Diagnostic,
  hasErrors,
  joined,
  placed,
  type Query,
  together,
} from '../../compiler/index.ts';
import type { AskOptions } from '../alerts.ts';
import type { Answer } from '../answer.ts';
import type { Engine } from '../engine.ts';
import type { SoundProject } from '../project.ts';
import { projectHash, runCompiled } from '../run.ts';

export interface AskedAnswers {
  /** The answer to a question; several share one, which has the columns of all. */
  readonly answers: ReadonlyMap<Asked, Answer>;
  readonly diagnostics: readonly Diagnostic[];
}

export async function askAll(
  project: SoundProject,
  engine: Engine,
  questions: readonly Asked[],
  options: AskOptions,
): Promise<AskedAnswers> {
  const answers = new Map<Asked, Answer>();
  const diagnostics: Diagnostic[] = [];
  for (const { members, compiled } of batchesOf(questions, query =>
    compile(project.model, query, options.now, engine.dialect),
  )) {
    const ran = await runCompiled(project.model, engine, compiled, projectHash(project), options);
    const [first] = members;
    diagnostics.push(...ran.diagnostics.map(diagnostic => placed(diagnostic, first.written)));
    const { answer } = ran;
    if (answer !== null) for (const member of members) answers.set(member, answer);
  }
  return { answers, diagnostics };
}

interface Batch {
  readonly members: readonly [Asked, ...Asked[]];
  readonly compiled: Compiled;
}

type Compile = (query: Query) => Compiled;

/** Together what can be asked together: names may mean one thing for each of two metrics and none for both. */
function batchesOf(questions: readonly Asked[], compileQuery: Compile): readonly Batch[] {
  return together(questions).flatMap(members => {
    const compiled = compileQuery(joined(members));
    if (members.length === 1 || !hasErrors(compiled.diagnostics)) return [{ members, compiled }];
    return members.map((member): Batch => ({ members: [member], compiled: compileQuery(member.query) }));
  });
}
