/** Nodes as words: the entries, texts and lists that a mapping holds, each with its place. */
import type { Labels, Word } from './document.ts';
import { type MapEntry, type Node, type ScalarNode, scalarValue } from './node.ts';

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
