/** The index: every definition, file by file, with what the search finds it by. Without a script it is a plain list with links. */
import { type DefinitionKind, definitionKinds } from '../../../compiler/index.ts';
import { type Markup, tag } from '../page/markup.ts';
import { catalogueWords } from '../words/catalogue.ts';
import { languages } from '../words/language.ts';
import { inLanguage, nameInWords } from '../words/text.ts';
import { soft, textIn } from './frame.ts';
import { type Entry, said } from './knowledge.ts';
import { fileOf, type Telling, titleOf } from './link.ts';

export function indexMain(telling: Telling): readonly (Markup | null)[] {
  const say = catalogueWords[telling.language];
  const entries = [...telling.entries.values()];
  const files = [...new Set(entries.map(entry => entry.at.file))].sort();
  const counts = definitionKinds.flatMap(kind => {
    const count = entries.filter(entry => entry.kind === kind).length;
    return count === 0 ? [] : [`${count} ${say[count === 1 ? 'kind' : 'kinds'][kind].toLowerCase()}`];
  });
  return [
    tag('div', { class: 'head' }, tag('h1', {}, telling.project), soft(say.counts(counts))),
    filters(entries, telling),
    tag('p', { id: 'found', class: 'soft', role: 'status', 'data-text': say.found, 'data-none': say.foundNothing }),
    tag(
      'section',
      { id: 'results', hidden: '', 'aria-labelledby': 'results-title' },
      tag('h2', { id: 'results-title' }, say.results),
      tag('ul', { class: 'entries' }),
    ),
    tag('div', { id: 'all' }, ...files.map((file, index) => fileSection(file, `f${index}`, entries, telling))),
  ];
}

/** Shown by the script, which is what makes them work. */
function filters(entries: readonly Entry[], telling: Telling): Markup {
  const say = catalogueWords[telling.language];
  const sorted = (values: readonly (string | null)[]) => [...new Set(values.flatMap(value => value ?? []))].sort();
  const kinds = definitionKinds.filter(kind => entries.some(entry => entry.kind === kind));
  const choices = {
    kind: kinds.map(kind => [kind, say.kinds[kind]] as const),
    owner: sorted(entries.map(({ owner }) => owner)).map(owner => [owner, owner] as const),
    status: sorted(entries.map(({ status }) => status)).map(status => [status, statusIn(status, telling)] as const),
    tag: sorted(entries.flatMap(({ tags }) => tags)).map(each => [each, each] as const),
  };
  const names = ['kind', 'owner', 'status', 'tag'] as const;
  return tag(
    'div',
    { id: 'filters', class: 'filters', hidden: '', role: 'group', 'aria-label': say.filters },
    tag('p', { id: 'hint', class: 'soft' }, say.searchHint),
    ...names.map(name =>
      choices[name].length === 0
        ? null
        : tag(
            'label',
            {},
            `${say.filter[name]} `,
            tag(
              'select',
              { name, 'data-filter': name },
              tag('option', { value: '' }, say.allOf[name]),
              ...choices[name].map(([value, text]) => tag('option', { value }, text)),
            ),
          ),
    ),
  );
}

function statusIn(status: string, { language }: Telling): string {
  const known: Readonly<Record<string, string>> = catalogueWords[language].status;
  return known[status] ?? status;
}

function fileSection(file: string, id: string, entries: readonly Entry[], telling: Telling): Markup {
  const say = catalogueWords[telling.language];
  const inFile = entries.filter(entry => entry.at.file === file).sort((a, b) => a.at.start - b.at.start);
  const shown = said(file, telling) ?? '';
  const name = shown.replace(/\.ya?ml$/, '');
  return tag(
    'section',
    { 'aria-labelledby': id, class: 'file' },
    tag(
      'h2',
      { id },
      name === '' ? say.definition : name.split('/').map(nameInWords).join(' / '),
      ' ',
      tag('code', { class: 'soft' }, shown),
    ),
    tag('ul', { class: 'entries' }, ...inFile.map(entry => entryItem(entry, telling))),
  );
}

function entryItem(entry: Entry, telling: Telling): Markup {
  const say = catalogueWords[telling.language];
  const { kind, name, owner, status, tags } = entry;
  const description = textIn(entry.description, telling);
  return tag(
    'li',
    {
      ...{ 'data-kind': kind, 'data-owner': owner, 'data-status': status, 'data-tag': tags.join(' ') || null },
      ...{ 'data-names': namesOf(entry, telling), 'data-words': wordsOf(entry, telling) },
    },
    tag(
      'p',
      {},
      tag('a', { href: fileOf(entry) }, titleOf(entry, telling)),
      ' ',
      tag('code', {}, name),
      ' ',
      tag('span', { class: `badge kind-${kind}` }, say.kind[kind]),
      status === null || status === 'active'
        ? null
        : tag('span', { class: `badge is-${status}` }, statusIn(status, telling)),
      owner === null ? null : tag('span', { class: 'soft' }, ` ${owner}`),
    ),
    description === null ? null : soft(description),
  );
}

/** What it is called, in all languages. */
function namesOf({ name, label }: Entry, telling: Telling): string {
  const labels = label === null ? [] : languages.map(language => said(inLanguage(label, language), telling) ?? '');
  return [...new Set([name, ...labels])].join(' ').trim();
}

/** What is said of it, in all languages. */
function wordsOf(entry: Entry, telling: Telling): string {
  const { description, owner, tags, covers, kind } = entry;
  const texts = languages.map(language => said(inLanguage(description, language), telling) ?? '');
  const kinds = languages.map(language => kindIn(kind, language));
  return [...new Set([...texts, ...kinds, owner ?? '', ...tags, ...covers])].filter(text => text !== '').join(' ');
}

function kindIn(kind: DefinitionKind, language: (typeof languages)[number]): string {
  return catalogueWords[language].kind[kind];
}
