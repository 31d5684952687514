/** What all pages of the catalogue have in common: the way back to the index, the search, the other languages; and their small parts. */
import type { DefinitionName, Labels } from '../../../compiler/index.ts';
import { pageText } from '../page/document.ts';
import { type Markup, tag } from '../page/markup.ts';
import { catalogueWords } from '../words/catalogue.ts';
import type { Language } from '../words/language.ts';
import { inLanguage } from '../words/text.ts';
import { type Entry, said } from './knowledge.ts';
import { link, type Telling, titleOf } from './link.ts';

export interface PageContent {
  readonly title: string;
  /** Its file, which is called the same in every language. */
  readonly file: string;
  readonly main: readonly (Markup | null)[];
}

/** Styles and scripts stand beside the pages: nothing comes from a network. */
const policy = "style-src 'self' file:; script-src 'self' file:; form-action 'self' file:";

export function cataloguePage(
  { title, file, main }: PageContent,
  languages: readonly Language[],
  telling: Telling,
): string {
  const { language, project, role } = telling;
  const say = catalogueWords[language];
  const others = languages.filter(each => each !== language);
  return pageText({
    language,
    title: title === project ? `${project}: ${say.catalogue}` : `${title}, ${project}`,
    policy,
    head: [tag('link', { rel: 'stylesheet', href: '../style.css' }), tag('script', { src: '../search.js', defer: '' })],
    body: [
      tag('a', { class: 'skip', href: '#main' }, say.toContent),
      tag(
        'header',
        { class: 'bar' },
        tag('a', { class: 'home', href: 'index.html' }, `${project}: ${say.catalogue}`),
        tag(
          'form',
          { role: 'search', action: 'index.html', class: 'search' },
          tag('label', { class: 'hidden', for: 'q' }, say.search),
          tag('input', {
            ...{ id: 'q', name: 'q', type: 'search', placeholder: say.search, autocomplete: 'off' },
            ...{ spellcheck: 'false', 'aria-describedby': file === 'index.html' ? 'hint' : null },
          }),
        ),
        others.length === 0
          ? null
          : tag(
              'nav',
              { 'aria-label': others.map(each => catalogueWords[each].language).join(', ') },
              ...others.map(each =>
                tag('a', { href: `../${each}/${file}`, lang: each, hreflang: each }, catalogueWords[each].language),
              ),
            ),
      ),
      tag('main', { id: 'main' }, ...main),
      tag(
        'footer',
        { class: 'soft' },
        tag('p', {}, say.madeFor(project), role === null ? null : ` ${say.asRole(titleOf(role, telling))}.`),
      ),
    ],
  });
}

/** A part of a page with a heading; null where there is nothing in it. */
export function section(id: string, heading: string, ...content: readonly (Markup | null)[]): Markup | null {
  const there = content.filter(each => each !== null);
  if (there.length === 0) return null;
  return tag('section', { 'aria-labelledby': id }, tag('h2', { id }, heading), ...there);
}

export type FactLine = readonly [name: string, value: Markup | string | null];

/** Names and what is said of them; those of which nothing is said are left out. */
export function facts(lines: readonly FactLine[]): Markup | null {
  const there = lines.flatMap(([name, value]) =>
    value === null || value === '' ? [] : [tag('dt', {}, name), tag('dd', {}, value)],
  );
  return there.length === 0 ? null : tag('dl', {}, ...there);
}

/** One beside the other, with commas; null where there are none. */
export function listed(items: readonly (Markup | string | null)[]): Markup | null {
  const there = items.filter(each => each !== null && each !== '');
  if (there.length === 0) return null;
  return tag('span', {}, ...there.flatMap((each, index) => (index === 0 ? [each] : [', ', each])));
}

/** Links to definitions, those that the reader knows. */
export function links(definitions: readonly DefinitionName[], telling: Telling): Markup | null {
  return listed(definitions.map(each => link(each, telling)));
}

/** Links below each other. */
export function linkList(definitions: readonly DefinitionName[], telling: Telling): Markup | null {
  const found = definitions.flatMap(each => link(each, telling) ?? []);
  return found.length === 0 ? null : tag('ul', { class: 'links' }, ...found.map(each => tag('li', {}, each)));
}

/** A table that may be wider than a phone: it scrolls by itself, also by the keyboard. */
export function table(
  label: string,
  columns: readonly string[],
  rows: readonly { readonly id?: string; readonly cells: readonly (Markup | string | null)[] }[],
): Markup | null {
  if (rows.length === 0) return null;
  const head = columns.map(column => tag('th', { scope: 'col' }, column));
  const body = rows.map(({ id, cells: [first = null, ...others] }) =>
    tag('tr', { id: id ?? null }, tag('th', { scope: 'row' }, first), ...others.map(cell => tag('td', {}, cell))),
  );
  return tag(
    'div',
    { class: 'wide', role: 'group', 'aria-label': label, tabindex: 0 },
    tag('table', {}, tag('thead', {}, tag('tr', {}, ...head)), tag('tbody', {}, ...body)),
  );
}

export function soft(text: string): Markup {
  return tag('p', { class: 'soft' }, text);
}

/** The head of a definition's page: what it is, what it is called, what it says. */
export function heading(
  entry: Pick<Entry, 'kind' | 'name' | 'label' | 'description'>,
  telling: Telling,
  ...badges: readonly (Markup | null)[]
): Markup {
  const say = catalogueWords[telling.language];
  const description = textIn(entry.description, telling);
  return tag(
    'div',
    { class: 'head' },
    tag('p', { class: 'kind' }, say.kind[entry.kind]),
    tag('h1', {}, titleOf(entry, telling)),
    tag('p', { class: 'names' }, tag('code', {}, entry.name), ...badges),
    description === null ? null : tag('p', { class: 'lead' }, description),
  );
}

/** A text of the project in the language, where it names nothing that is hidden. */
export function textIn(labels: Labels | null, telling: Telling): string | null {
  return said(inLanguage(labels, telling.language), telling);
}
