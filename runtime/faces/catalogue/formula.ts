/** A formula as markup: its parts in colours, and a link on each name that leads somewhere. */
import { type FormulaContext, formulaMarks } from '../../../compiler/index.ts';
import { all, type Markup, tag } from '../page/markup.ts';
import { type Telling, targetOf } from './link.ts';

type Place = Omit<FormulaContext, 'model'>;

/** In a line of text. */
export function formulaCode(text: string, place: Place, telling: Telling): Markup {
  return tag('code', { class: 'formula' }, ...partsOf(text.trim(), place, telling));
}

/** In a block of its own, with the lines in which it is written. */
export function formulaBlock(text: string, place: Place, telling: Telling): Markup {
  return tag(
    'pre',
    { class: 'block', tabindex: 0 },
    tag('code', { class: 'formula' }, ...partsOf(text.trim(), place, telling)),
  );
}

function partsOf(text: string, place: Place, telling: Telling): readonly Markup[] {
  const parts: Markup[] = [];
  let done = 0;
  for (const mark of formulaMarks(text, { model: telling.model, ...place })) {
    const [start, end] = mark.at;
    // A mark inside of one before it has been told with that.
    if (start < done) continue;
    parts.push(...wordsIn(text.slice(done, start)));
    const written = text.slice(start, end);
    const target = mark.kind === 'name' && mark.target !== null ? targetOf(mark.target, telling) : null;
    parts.push(
      target === null ? tag('span', { class: `is-${mark.kind}` }, written) : tag('a', { href: target }, written),
    );
    done = end;
  }
  return [...parts, ...wordsIn(text.slice(done))];
}

/** What stands between the marks: the words of the language, signs and spaces. */
function wordsIn(text: string): readonly Markup[] {
  return text
    .split(/(#.*|[A-Za-z]+)/)
    .filter(piece => piece !== '')
    .map(piece => {
      if (piece.startsWith('#')) return tag('span', { class: 'is-comment' }, piece);
      return /^[A-Za-z]/.test(piece) ? tag('span', { class: 'is-word' }, piece) : all(piece);
    });
}
