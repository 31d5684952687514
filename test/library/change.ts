/** Changes of the library's metrics, explained on any engine that has the demo warehouse. */
import { expect } from 'vitest';
import { type ChangeAccount, type Now, toNumber } from '../../compiler/index.ts';
import { compileWhy, type Engine, type SoundProject, why } from '../../runtime/index.ts';

export interface ChangeAsked {
  readonly metric: string;
  readonly by: readonly string[];
  readonly period: string;
  readonly compare: string;
}

export async function explained(
  project: SoundProject,
  engine: Engine,
  { metric, by, period, compare }: ChangeAsked,
  now: Now,
): Promise<ChangeAccount> {
  const query = { metrics: [metric], by, period, compare: [compare] };
  const { question, diagnostics } = compileWhy(project.model, query, now, engine.dialect);
  expect(diagnostics.map(({ code }) => code)).toEqual([]);
  if (question === null) throw new Error(`no question about ${metric}`);
  const { account, diagnostics: found } = await why(engine, question, { now, threshold: null, hash: '' });
  expect([metric, found.map(({ message }) => message)]).toEqual([metric, []]);
  if (account === null) throw new Error(`no account of ${metric}`);
  return account;
}

/** What is said of a change, numbers to nine digits behind the point. */
export function numbersOf({ value, before, season, dimensions }: ChangeAccount) {
  const near = (number: Parameters<typeof toNumber>[0] | null) =>
    number === null ? null : toNumber(number).toFixed(9);
  const usual = season?.kind === 'known' ? [season.years.length, near(season.usual)] : season?.kind;
  const groups = dimensions.map(({ unsplit, groups: all }) => [
    unsplit,
    all.map(each => [each.group, near(each.value), near(each.before), near(each.contribution)]),
  ]);
  return [near(value), near(before), usual, groups];
}
