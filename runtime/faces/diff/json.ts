/** A comparison as programs read it. Docs: "Comparing two states" in docs/language.md. */
import { effects } from '../../../compiler/index.ts';
import { dataAsData } from './datajson.ts';
import type { DiffReport } from './said.ts';

export function jsonDiff({ against, changes, isBroken, data }: DiffReport): string {
  const summary = Object.fromEntries(
    effects.map(effect => [effect, changes.filter(change => change.effect === effect).length] as const),
  );
  const said = { against, broken: isBroken, summary, changes, data: data === null ? null : dataAsData(data) };
  return `${JSON.stringify(said, null, 2)}\n`;
}
