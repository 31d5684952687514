/** Two states of a project in, what the second changes out. Nothing is run. */
import { type Change, diff, sideOf } from '../../compiler/index.ts';
import { digest } from '../meaning.ts';
import { isSound, type SoundlyRead } from '../project.ts';

export function diffProjects(before: SoundlyRead, after: SoundlyRead): readonly Change[] {
  const side = (project: SoundlyRead) => sideOf({ model: project.model, isSound: isSound(project) }, project.documents);
  return diff(side(before), side(after), digest);
}
