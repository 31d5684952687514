/** Nodes as words: the entries, texts and lists that a mapping holds, each with its place. */
import { recordOf } from '../record.ts';
import type { Source } from '../source.ts';
import type { CellDeclaration, Described, Labels, Text, Word } from './document.ts';
import { child, type MapEntry, type Node, type ScalarNode, scalarValue } from './node.ts';
import { offsetMap } from './offsets.ts';

export function entries(node: Node | undefined): readonly MapEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

export function items(node: Node | undefined): readonly Node[] {
  return node?.kind === 'list' ? node.items : [];
}

export function keyWord(entry: MapEntry): Word {
  return { text: entry.key, at: entry.keyAt };
}

export function filled(node: Node | undefined): ScalarNode | null {
  return node?.kind === 'scalar' && (node.type !== 'null' || node.text !== '') ? node : null;
}

export function word(node: Node | undefined): Word | null {
  const scalar = filled(node);
  return scalar === null ? null : { text: scalar.text, at: scalar.at };
}

export function text(node: Node | undefined): string | null {
  return filled(node)?.text ?? null;
}

/** A list of words, or the one word that stands in its place. */
export function words(node: Node | undefined): readonly Word[] {
  const list = node?.kind === 'list' ? node.items : [node];
  return list.flatMap(item => word(item) ?? []);
}

export function isTrue(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && scalarValue(node) === true;
}

export function labels(node: Node | undefined): Labels | null {
  if (node?.kind === 'map') {
    return Object.fromEntries(
      node.entries.flatMap(entry => (entry.value.kind === 'scalar' ? [[entry.key, entry.value.text]] : [])),
    );
  }
  const only = text(node);
  return only === null ? null : { en: only };
}

/** Labels whose single characters can be pointed at. */
export function pointedLabels(node: Node | undefined, source: Source): Readonly<Record<string, Text>> | null {
  if (node?.kind !== 'map') {
    const only = pointed(node, source);
    return only === null ? null : { en: only };
  }
  const texts = node.entries.flatMap(({ key, value }) => {
    const found = pointed(value, source);
    return found === null ? [] : [[key, found] as const];
  });
  return recordOf(texts);
}

/** A text of a file whose single characters can be pointed at. */
export function pointed(node: Node | undefined, source: Source): Text | null {
  const scalar = filled(node);
  return scalar === null ? null : { text: scalar.text, at: scalar.at, map: offsetMap(source.text, scalar) };
}

/** A list of such texts, or the one that stands in its place. */
export function pointedList(node: Node | undefined, source: Source): readonly Text[] {
  const list = node?.kind === 'list' ? node.items : [node];
  return list.flatMap(item => pointed(item, source) ?? []);
}

export function oneOfTexts<T extends string>(node: Node | undefined, allowed: readonly T[]): T | null {
  return allowed.find(option => option === text(node)) ?? null;
}

/** What is said of a definition for people. */
export function described(node: Node): Described {
  return {
    label: labels(child(node, 'label')),
    description: labels(child(node, 'description')),
    owner: text(child(node, 'owner')),
    tags: words(child(node, 'tags')).map(tag => tag.text),
  };
}

/** The values of a row, by their columns. */
export function cellsOf(row: Node): readonly CellDeclaration[] {
  return entries(row).flatMap(entry => {
    const { value } = entry;
    if (value.kind !== 'scalar') return [];
    return [{ column: keyWord(entry), type: value.type, value: { text: value.text, at: value.at } }];
  });
}
