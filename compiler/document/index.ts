/** Read: a file's text in, its `Document` out, with every finding about syntax and shape. */
import { type Diagnostic, hasErrors, unknownVersion, wrongShape } from '../diagnostics/index.ts';
import type { Source } from '../source.ts';
import { declare } from './declare.ts';
import type { Document } from './document.ts';
import { child } from './node.ts';
import { checkShape } from './shape.ts';
import { validateDefinitions, validateProject } from './validator.ts';
import { readYaml } from './yaml.ts';

export * from './document.ts';
export * from './frozen.ts';
export { child, type MapEntry, type Node, type ScalarNode } from './node.ts';
export { type RequestResult, readRequest, readScorecardRequest, requestSource } from './request.ts';
export { checkShape } from './shape.ts';
export { readYaml } from './yaml.ts';

export interface ReadResult {
  /** Null when the file is no YAML, or no mapping. */
  readonly document: Document | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** `kind` says whether the file is the project's own (`metrics.yaml`) or one of definitions only. */
export function readDocument(source: Source, kind: 'project' | 'definitions'): ReadResult {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
  const root = readYaml(source, report);
  if (root === null || hasErrors(diagnostics)) return { document: null, diagnostics };
  if (root.kind !== 'map') {
    report(
      wrongShape(
        { file: source.path, start: root.at[0], end: root.at[1] },
        { expected: 'a mapping', found: 'something else' },
      ),
    );
    return { document: null, diagnostics };
  }
  checkShape(root, source.path, kind === 'project' ? validateProject : validateDefinitions, report);
  const version = child(root, 'version');
  if (version?.kind === 'scalar' && version.type === 'number' && version.text !== '1') {
    report(unknownVersion({ file: source.path, start: version.at[0], end: version.at[1] }, { found: version.text }));
  }
  return { document: declare(source, root, kind), diagnostics };
}
