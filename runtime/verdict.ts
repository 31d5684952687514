/** The verdict on a project: everything that is wrong with its definitions, its lock, its tests and its rules, and what of it is allowed. */
import { type Allowed, allow, type Diagnostic, formatDay, judgeRules } from '../compiler/index.ts';
import { nowIn } from './clock.ts';
import { checkLock } from './lock.ts';
import type { Project } from './project.ts';
import { testsOf } from './tests.ts';

export interface Verdict extends Allowed {
  readonly project: Project;
}

/** `others` are findings of the warehouse, where it was asked too. */
export function verdictOf(project: Project, others: readonly Diagnostic[] | null = null): Verdict {
  const lock = checkLock(project);
  const tests = testsOf(project).flatMap(test => test.diagnostics);
  const tested = [...project.diagnostics, ...lock.diagnostics, ...tests];
  const found = [...ruled(project, tested), ...(others ?? [])];
  const { diagnostics, allowed } = allow(found, project.sources, others === null ? 'definitions' : 'warehouse');
  const sources = [...project.sources, ...lock.sources];
  return { project: { ...project, sources }, diagnostics: inOrder(diagnostics), allowed };
}

function ruled({ model, documents }: Project, found: readonly Diagnostic[]): readonly Diagnostic[] {
  if (model === null) return found;
  const today = formatDay(nowIn(model.settings.timeZone).day);
  return judgeRules({ documents, model, today }, found);
}

/** By file and place, those without a place first. */
function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const file = (diagnostic: Diagnostic) => diagnostic.span?.file ?? '';
  return diagnostics.toSorted((a, b) => {
    if (file(a) !== file(b)) return file(a) < file(b) ? -1 : 1;
    return (a.span?.start ?? 0) - (b.span?.start ?? 0);
  });
}
