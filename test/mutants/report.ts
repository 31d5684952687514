/** What was found: the score, by kind and by file, and the mutants that live with the reason why. */
import { existsSync, readFileSync } from 'node:fs';
import type { Mutant } from './choose.ts';
import { oneLine } from './choose.ts';

/** `behaviour`: rows or findings differ, or it breaks or hangs; `text`: only the SQL or the plan reads otherwise. */
export interface Outcome {
  readonly verdict: 'behaviour' | 'text' | 'alive';
  readonly by: string;
  /** Whether any test comes by it. */
  readonly isReached: boolean;
}

/** A mutant that lives, and why. */
export interface Survivor {
  readonly name: string;
  readonly change: string;
  readonly reason: string;
}

export function readSurvivors(file: string): readonly Survivor[] {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

const least = 95;

/** Prints it; 0 where enough are caught and no survivor is a stranger. */
export function report(outcomes: ReadonlyMap<Mutant, Outcome>, known: readonly Survivor[], minutes: number): number {
  const all = [...outcomes];
  table('by kind', all, ({ kind }) => kind);
  table('by file', all, ({ file }) => file);
  const alive = all.filter(([, { verdict }]) => verdict === 'alive').map(([mutant, outcome]) => ({ mutant, outcome }));
  const strangers = alive.filter(({ mutant }) => !known.some(({ name }) => name === mutant.name));
  console.log(`\nThey live, and why (${alive.length - strangers.length}):`);
  for (const { mutant } of alive) {
    const reason = known.find(({ name }) => name === mutant.name)?.reason;
    if (reason !== undefined) console.log(`  ${mutant.name}\n    ${change(mutant)}\n    ${reason}`);
  }
  if (strangers.length > 0) console.log(`\nThey live, and nobody has said why (${strangers.length}):`);
  for (const { mutant, outcome } of strangers) {
    const where = outcome.isReached ? '' : ' (no test comes by)';
    console.log(`  ${mutant.name}\n    ${mutant.file}:${mutant.line} ${change(mutant)}${where}`);
  }
  const made = new Map(all.map(([mutant, { verdict }]) => [mutant.name, verdict]));
  const caughtNow = known.filter(({ name }) => (made.get(name) ?? 'alive') !== 'alive');
  if (caughtNow.length > 0)
    console.log(`\nThey are listed, and are caught: ${caughtNow.map(({ name }) => name).join(', ')}`);
  const gone = known.filter(({ name }) => !made.has(name)).length;
  if (gone > 0) console.log(`\n${gone} are listed that were not made this time.`);
  const score = share(all.length - alive.length, all.length);
  const behaviour = all.filter(([, { verdict }]) => verdict === 'behaviour').length;
  const text = all.length - alive.length - behaviour;
  console.log(
    `\n${all.length} mutants, ${all.length - alive.length} caught: ${score.toFixed(1)} %` +
      ` (${behaviour} by what they answer, ${text} by the text of SQL or plan alone), ${minutes.toFixed(1)} minutes`,
  );
  if (score < least) console.log(`FAILED: fewer than ${least} % are caught`);
  if (strangers.length > 0)
    console.log('FAILED: say in test/mutants/survivors.json why they may live, or write a test');
  return score < least || strangers.length > 0 ? 1 : 0;
}

export function change({ from, to }: Pick<Mutant, 'from' | 'to'>): string {
  return `${short(from)}  ->  ${to === null ? 'falls to the case below' : short(oneLine(to))}`;
}

function short(text: string): string {
  return text.length <= 140 ? text : `${text.slice(0, 137)}...`;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 100 : (part / whole) * 100;
}

function table(title: string, all: readonly (readonly [Mutant, Outcome])[], keyOf: (mutant: Mutant) => string): void {
  const groups = new Map<string, Outcome[]>();
  for (const [mutant, outcome] of all) {
    const key = keyOf(mutant);
    groups.set(key, [...(groups.get(key) ?? []), outcome]);
  }
  console.log(`\n${title.padEnd(34)} mutants  caught  by text  alive`);
  for (const [key, outcomes] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const count = (wanted: Outcome['verdict']) => outcomes.filter(({ verdict }) => verdict === wanted).length;
    const cells = [outcomes.length, outcomes.length - count('alive'), count('text'), count('alive')];
    console.log(`${key.padEnd(34)} ${cells.map(cell => String(cell).padStart(7)).join(' ')}`);
  }
}
