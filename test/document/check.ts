/** The one way in which these tests read files: marked YAML in, codes at the marks out; and trees in short. */
import { expect } from 'vitest';
import { type Diagnostic, readDocument, readYaml } from '../../compiler/index.ts';
import { foundAt, unmark, wantedAt } from '../support/marked.ts';

export type Node = NonNullable<ReturnType<typeof readYaml>>;
export type Kind = Parameters<typeof readDocument>[1];

export interface Yaml {
  readonly root: Node | null;
  readonly diagnostics: readonly Diagnostic[];
}

export function yaml(text: string): Yaml {
  const diagnostics: Diagnostic[] = [];
  const root = readYaml({ path: 'file.yaml', text }, diagnostic => diagnostics.push(diagnostic));
  return { root, diagnostics };
}

/** Reads a file with marked places; each mark must get its code, and nothing else may be found. */
export function check(marked: string, codes: readonly string[], kind: Kind = 'definitions'): readonly Diagnostic[] {
  const { text, ranges } = unmark(marked);
  const { diagnostics } = readDocument({ path: 'file.yaml', text }, kind);
  expect(foundAt(diagnostics, ranges)).toEqual(wantedAt(codes, ranges));
  expect(new Set(diagnostics.map(({ span }) => span?.file ?? 'file.yaml'))).toEqual(
    new Set(diagnostics.length === 0 ? [] : ['file.yaml']),
  );
  return diagnostics;
}

/** A tree in short: texts in quotes, numbers with `#`, `{key: value}` and `[item]`. */
export function short(node: Node | null): string {
  if (node === null) return 'nothing';
  switch (node.kind) {
    case 'list':
      return `[${node.items.map(short).join(', ')}]`;
    case 'map':
      return `{${node.entries.map(({ key, value }) => `${key}: ${short(value)}`).join(', ')}}`;
    case 'scalar':
      switch (node.type) {
        case 'string':
          return JSON.stringify(node.text);
        case 'number':
          return `#${node.text}`;
        case 'boolean':
          return `?${node.text}`;
        case 'null':
          return `~${node.text}`;
      }
  }
}
