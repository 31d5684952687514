/** Where a definition has its page, and links to it. A definition that the reader does not know has none: its name is not written either. */
import { type DefinitionName, definitionBehind, definitionKey, type NameTarget } from '../../../compiler/index.ts';
import { type Markup, tag } from '../page/markup.ts';
import type { Language } from '../words/language.ts';
import { inLanguage, nameInWords } from '../words/text.ts';
import { type Entry, type Knowledge, knownColumn, said } from './knowledge.ts';

/** Knowledge, told in a language. */
export interface Telling extends Knowledge {
  readonly language: Language;
}

export function fileOf({ kind, name }: DefinitionName): string {
  return `${kind}-${name}.html`;
}

/** What people call a definition. */
export function titleOf(entry: Pick<Entry, 'name' | 'label'>, telling: Telling): string {
  return said(inLanguage(entry.label, telling.language), telling) ?? nameInWords(entry.name);
}

export function entryOf(definition: DefinitionName, { entries }: Knowledge): Entry | null {
  return entries.get(definitionKey(definition)) ?? null;
}

/** A link with the title, null where there is no such page. */
export function link(definition: DefinitionName, telling: Telling): Markup | null {
  const entry = entryOf(definition, telling);
  return entry === null ? null : tag('a', { href: fileOf(entry) }, titleOf(entry, telling));
}

/** A link with the name as definitions write it. */
export function nameLink(definition: DefinitionName, telling: Telling, text: string = definition.name): Markup | null {
  const entry = entryOf(definition, telling);
  return entry === null ? null : tag('a', { href: fileOf(entry) }, tag('code', {}, text));
}

/** Where what a name of a formula stands for is told; null where it is not. */
export function targetOf(target: NameTarget, telling: Telling): string | null {
  const page = (definition: DefinitionName, place = '') =>
    entryOf(definition, telling) === null ? null : `${fileOf(definition)}${place}`;
  switch (target.kind) {
    case 'metric':
      return page(definitionBehind(target.metric, telling.model));
    case 'table':
      return page({ kind: 'table', name: target.table });
    case 'column':
      if (knownColumn(target.table, target.column, telling) === undefined) return null;
      return page({ kind: 'table', name: target.table }, `#column-${target.column}`);
    case 'join':
      return page({ kind: 'table', name: target.table }, `#join-${target.join}`);
    case 'lifespan':
      return page({ kind: 'table', name: target.table }, `#lifespan-${target.lifespan}`);
  }
}
