/** Where a definition stands: its file and line, with a link where the repository can be looked at. */
import type { Span } from '../../../compiler/index.ts';
import { all, type Markup, tag } from '../page/markup.ts';
import { placeOf, placeText } from '../words/about.ts';
import { catalogueWords } from '../words/catalogue.ts';
import { said } from './knowledge.ts';
import type { Telling } from './link.ts';

export function definedIn(at: Span, telling: Telling): Markup | null {
  const place = placeOf(at, telling.sources);
  const text = said(placeText(place), telling);
  if (text === null) return null;
  const code = tag('code', {}, text);
  const repository = telling.history?.repository ?? null;
  if (repository === null) return code;
  const path = `${telling.history?.prefix ?? ''}${place.file}`.split('/').map(encodeURIComponent).join('/');
  const line = place.line === null ? '' : `#L${place.line}`;
  const href = `${repository}/blob/HEAD/${path}${line}`;
  return all(code, ' ', tag('a', { href, rel: 'noreferrer' }, catalogueWords[telling.language].openInRepository));
}
