/** A comparison in words, the same in a terminal, in a pull request and on a page. */
import type { Change, Effect } from '../../../compiler/index.ts';
import type { DataDiff } from '../../index.ts';

/** All that a face shows. */
export interface DiffReport {
  /** What it was held against. */
  readonly against: string;
  readonly changes: readonly Change[];
  /** Whether something of the new state is broken, so that what is missing may only be that. */
  readonly isBroken: boolean;
  readonly data: DataDiff | null;
}

export const headings: Readonly<Record<Effect, string>> = {
  value: 'Numbers that may be others',
  client: 'Code against the generated client that breaks',
  query: 'Stored questions that are refused',
  goal: 'Goals that cannot be compared with before',
  new: 'New',
  doc: 'For readers alone',
  equal: 'Written otherwise, with the same meaning',
};

/** `metrics.won` as `won`, `tables.deals.columns.stage` as `deals.stage`, `goals.won` as `goal won`. */
export function nameOf(path: string): string {
  const [kind = '', name = '', part, inner] = path.split('.');
  switch (kind) {
    case 'metrics':
      return path.slice('metrics.'.length);
    case 'tables':
      return part === undefined ? `table ${name}` : `${name}.${inner ?? ''}`;
    case 'roles':
      return part === undefined ? `role ${name}` : `scorecard of ${name}`;
    case 'goals':
    case 'baselines':
    case 'alerts':
    case 'tests':
      return `${kind.slice(0, -1)} ${name}`;
    default:
      return path.replaceAll(/[._]/g, ' ');
  }
}

/** The changes of one effect: those that began something first, then those that only followed. */
export function ofEffect(changes: readonly Change[], effect: Effect): readonly Change[] {
  const own = changes.filter(change => change.effect === effect);
  return [...own.filter(change => !isFollowing(change)), ...own.filter(isFollowing)];
}

/** Whether it is written as before, and only something beneath it has changed. */
export function isFollowing({ before, after, through }: Change): boolean {
  return through.length > 0 && before === after;
}

/** `won means something else, under the same version 1, through deals.is_won`. */
export function sentence({ subject, what, through }: Change): string {
  const causes = through.length === 0 ? '' : `, through ${some(through)}`;
  return `${nameOf(subject)} ${what}${causes}`;
}

/** Names in a row, cut where there are many. */
export function some(paths: readonly string[], most = 6): string {
  const names = paths.slice(0, most).map(nameOf);
  return `${names.join(', ')}${paths.length > most ? ` and ${paths.length - most} more` : ''}`;
}

/** `2 value, 1 client`: how many of each effect that breaks something; and what does not. */
export function summary({ changes }: Pick<DiffReport, 'changes'>): string {
  if (changes.length === 0) return 'Nothing has changed in meaning or in words.';
  const count = (effect: Effect) => changes.filter(change => change.effect === effect).length;
  const breaking = (['value', 'client', 'query', 'goal'] as const).flatMap(effect => {
    return count(effect) === 0 ? [] : [`${count(effect)} ${effect.toUpperCase()}`];
  });
  const others = (['new', 'doc', 'equal'] as const).flatMap(effect => {
    return count(effect) === 0 ? [] : [`${count(effect)} ${effect.toUpperCase()}`];
  });
  if (breaking.length > 0) return `${breaking.join(', ')}${others.length === 0 ? '' : `; ${others.join(', ')}`}`;
  return `Every number means what it meant, and nothing breaks: ${others.join(', ')}`;
}
