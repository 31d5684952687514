/** The rule that nothing uses a deprecated metric; one whose end has passed is an error. */
import { deprecatedUsed, endedUsed, type Fix } from '../diagnostics/index.ts';
import { meaningsWithin } from '../meaning.ts';
import type { Metric, Model } from '../model.ts';
import { own } from '../record.ts';
import type { Span } from '../source.ts';
import type { Finding, Judged } from './rule.ts';

export function deprecated(judged: Judged): readonly Finding[] {
  const { model, today } = judged;
  return judged.uses.flatMap(({ metric: name, user, words, at, path }) => {
    const used = own(model.metrics, name);
    if (used?.status !== 'deprecated' || user.status === 'deprecated') return [];
    const { ends, replacedBy: successor } = used;
    const place = at();
    const extras = { path, fixes: successor === null ? [] : [successorFix(used, successor, place, model)] };
    const said = { name, user: words, successor };
    const hasEnded = ends !== null && ends < today;
    const diagnostic = hasEnded
      ? endedUsed(place, { ...said, ends }, extras)
      : deprecatedUsed(place, { ...said, ends }, extras);
    return [{ subject: user, diagnostic }];
  });
}

/** It is safe where the successor is only another name: every number stays what it was. */
function successorFix({ name }: Metric, successor: string, span: Span, model: Model): Fix {
  const meaning = meaningsWithin(model);
  const safe = meaning(name) === meaning(successor);
  return { title: `write \`${successor}\``, safe, edits: [{ span, text: successor }] };
}
