/** YAML as written: mappings, lists and scalars, each with its place. Plain data, without anchors, tags or references. */

/** A half-open range of offsets in the file. */
export type Range = readonly [start: number, end: number];

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface ScalarNode {
  readonly kind: 'scalar';
  /** The place of the value itself: inside the quotes, below the header of a block. */
  readonly at: Range;
  readonly style: ScalarStyle;
  /** What YAML's core schema makes of it; numbers stay text, so that no digit is lost. */
  readonly type: 'string' | 'number' | 'boolean' | 'null';
  readonly text: string;
}

export interface MapEntry {
  readonly key: string;
  readonly keyAt: Range;
  readonly value: Node;
}

export interface MapNode {
  readonly kind: 'map';
  readonly at: Range;
  readonly entries: readonly MapEntry[];
}

export interface ListNode {
  readonly kind: 'list';
  readonly at: Range;
  readonly items: readonly Node[];
}

export type Node = ScalarNode | MapNode | ListNode;

export function entryOf(node: Node | undefined, key: string): MapEntry | undefined {
  return node?.kind === 'map' ? node.entries.find(entry => entry.key === key) : undefined;
}

export function child(node: Node | undefined, key: string): Node | undefined {
  return entryOf(node, key)?.value;
}

/** Plain values, for checking against a schema; mappings have no prototype. */
export function plainValue(node: Node): unknown {
  switch (node.kind) {
    case 'scalar':
      return scalarValue(node);
    case 'list':
      return node.items.map(plainValue);
    case 'map': {
      const plain: Record<string, unknown> = Object.create(null);
      for (const { key, value } of node.entries) plain[key] = plainValue(value);
      return plain;
    }
  }
}

export function scalarValue(node: ScalarNode): string | number | boolean | null {
  switch (node.type) {
    case 'string':
      return node.text;
    case 'number':
      return Number(node.text);
    case 'boolean':
      return node.text.toLowerCase() === 'true';
    case 'null':
      return null;
  }
}
