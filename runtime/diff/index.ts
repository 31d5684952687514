/** Two states of a project in, what the second changes out. Nothing is run. */
import { type Change, type Document, diff, type Side } from '../../compiler/index.ts';
import { digest } from '../meaning.ts';
import { isSound, type SoundlyRead } from '../project.ts';

export function diffProjects(before: SoundlyRead, after: SoundlyRead): readonly Change[] {
  return diff(sideOf(before), sideOf(after), digest);
}

function sideOf(project: SoundlyRead): Side {
  const { model, documents } = project;
  return {
    model,
    declared: new Set(documents.flatMap(declaredIn)),
    isSound: isSound(project),
    tests: documents.flatMap(({ tests }) =>
      tests.map(({ name, question }) => ({
        name: name.text,
        metrics: (question?.metrics ?? []).map(({ text }) => text.trim()),
      })),
    ),
  };
}

function declaredIn({ tables, metrics, goals, baselines, roles, alerts }: Document): readonly string[] {
  const kinds = { tables, metrics, goals, baselines, roles, alerts };
  return Object.entries(kinds).flatMap(([kind, declared]) => declared.map(({ name }) => `${kind}.${name.text}`));
}
