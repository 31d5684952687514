/**
 * Definitions in, and what the project's `rules:` find in them out. Rules judge how definitions are kept, never what they
 * mean: no answer depends on them, and where definitions are wrong they say nothing.
 */
import { type Diagnostic, exceptionInVain, hasErrors, type Severity, targetGap } from '../diagnostics/index.ts';
import { type RuleDeclaration, spanOf } from '../document/index.ts';
import { certified } from './certified.ts';
import { deprecated } from './deprecated.ts';
import { duplicates } from './duplicate.ts';
import { descriptions, directions, owners, timeAxes, units } from './presence.ts';
import {
  type Finding,
  isMeant,
  type Judged,
  type Project,
  type RuleName,
  ruleNames,
  type Subject,
  severityOf,
  subjectsOf,
} from './rule.ts';
import { unused } from './unused.ts';
import { usesOf } from './uses.ts';

const rules: Readonly<Record<RuleName, (judged: Judged, found: readonly Diagnostic[]) => readonly Finding[]>> = {
  owner: owners,
  description: descriptions,
  unit: units,
  direction: directions,
  time_axis: timeAxes,
  goal_periods: gaps,
  certified_on_certified: certified,
  deprecated_used: deprecated,
  duplicate_metric: duplicates,
  unused_metric: unused,
};

/** All findings of a project: those that were `found` before, and those of its rules. */
export function judgeRules(definitions: Project, found: readonly Diagnostic[]): readonly Diagnostic[] {
  if (hasErrors(found)) return found;
  const { documents } = definitions;
  const subjects = subjectsOf(documents);
  const judged: Judged = { ...definitions, subjects, uses: usesOf(definitions, subjects) };
  const project = documents.find(document => document.project !== null)?.project ?? null;
  const others = found.filter(({ code }) => code !== targetGap.code);
  const ruled = ruleNames.flatMap(name => {
    const rule = project?.rules.find(each => each.name.text === name);
    const severity = severityOf(name, rule);
    if (severity === 'off') return [];
    const findings = rules[name](judged, found);
    return findings.flatMap(({ subject, diagnostic }) =>
      rule?.except.some(word => isMeant(word, subject)) === true ? [] : [graded(diagnostic, severity)],
    );
  });
  const idle = project === null ? [] : project.rules.flatMap(rule => idleExceptions(rule, project.file, subjects));
  return [...others, ...ruled, ...idle];
}

/** What is wrong in itself stays an error, whatever the rule is worth. */
function graded(diagnostic: Diagnostic, severity: Severity): Diagnostic {
  return diagnostic.severity === 'error' ? diagnostic : { ...diagnostic, severity };
}

/** Gaps between targets have been found where targets are read; two targets for one period are an error there. */
function gaps({ subjects }: Judged, found: readonly Diagnostic[]): readonly Finding[] {
  const goals = subjects.filter(({ kind }) => kind === 'goal');
  return found.flatMap(diagnostic => {
    const goal = goals.find(({ path }) => diagnostic.path === `${path}.target`);
    return diagnostic.code === targetGap.code && goal !== undefined ? [{ subject: goal, diagnostic }] : [];
  });
}

/** Names that are not there; that nothing has some tag or status now is no mistake. */
function idleExceptions(rule: RuleDeclaration, file: string, subjects: readonly Subject[]): readonly Diagnostic[] {
  return rule.except.flatMap(word => {
    if (/^[a-z]+:/.test(word.text) || subjects.some(subject => isMeant(word, subject))) return [];
    const path = `rules.${rule.name.text}.except`;
    return [exceptionInVain(spanOf(file, word.at), { rule: rule.name.text, text: word.text }, { path })];
  });
}
