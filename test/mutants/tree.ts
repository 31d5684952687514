/**
 * One copy of the project in which every mutant is present behind a switch, so that nothing is built for each: an
 * expression `a && b` becomes `($m(17) ? (a || b) : (a && b))`.
 */
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { Mutant } from './choose.ts';

const taken = ['compiler', 'runtime', 'schemas', 'metrics', 'templates', 'docs', 'test', 'scripts'];
const takenFiles = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'LICENSE', 'package.json', 'tsconfig.json'];

/** The switch. A mutant that runs on and on is stopped where it is asked for too often. */
const switchText = `/** Which mutant is alive. */
const state = (globalThis.sextantMutants ??= { active: 0, fuel: 0, reached: null });
export function $m(number) {
  if (state.reached !== null) state.reached.add(number);
  if (state.active !== number) return false;
  state.fuel -= 1;
  if (state.fuel < 0) throw new Error('the mutant runs on and on');
  return true;
}
`;

export function writeTree(
  root: string,
  folder: string,
  files: readonly ts.SourceFile[],
  mutants: readonly Mutant[],
): void {
  const isKept = (source: string) => !/(?:^|[\\/])(?:\.sextant|[^\\/]*\.duckdb(?:\.wal)?)$/.test(source);
  for (const name of [...taken, ...takenFiles])
    if (existsSync(path.join(root, name)))
      cpSync(path.join(root, name), path.join(folder, name), { recursive: true, filter: isKept });
  writeFileSync(path.join(folder, 'compiler/mutants.ts'), switchText);
  cpSync(path.join(root, 'vitest.config.ts'), path.join(folder, 'vitest.base.ts'));
  writeFileSync(path.join(folder, 'vitest.config.ts'), configText);
  const byFile = new Map<string, Mutant[]>();
  for (const mutant of mutants) byFile.set(mutant.file, [...(byFile.get(mutant.file) ?? []), mutant]);
  for (const [file, own] of byFile) {
    const source = files.find(each => each.fileName === path.join(root, file).replaceAll(path.sep, '/'));
    if (source === undefined) throw new Error(`no source ${file}`);
    const relative = path.posix.relative(path.posix.dirname(file), 'compiler/mutants.ts');
    const specifier = relative.startsWith('.') ? relative : `./${relative}`;
    const text = `import { $m } from '${specifier}';\n${withSwitches(source, own)}`;
    writeFileSync(path.join(folder, file), text);
  }
}

/** The project's own settings, with what notes which mutants a test reaches. */
const configText = `import { mergeConfig } from 'vitest/config';
import base from './vitest.base.ts';
export default mergeConfig(base, { test: { setupFiles: ['test/mutants/reach.ts'] } });
`;

function withSwitches(source: ts.SourceFile, mutants: readonly Mutant[]): string {
  const byNode = new Map<ts.Node, Mutant[]>();
  for (const mutant of mutants) byNode.set(mutant.node, [...(byNode.get(mutant.node) ?? []), mutant]);
  const within = (node: ts.Node, from: number, until: number): string => {
    let text = '';
    let at = from;
    ts.forEachChild(node, child => {
      const start = child.getStart(source);
      if (start < from || child.end > until) return;
      text += source.text.slice(at, start) + emit(child);
      at = child.end;
    });
    return text + source.text.slice(at, until);
  };
  const emit = (node: ts.Node): string => {
    const own = byNode.get(node) ?? [];
    const start = node.getStart(source);
    if (own.length === 0) return within(node, start, node.end);
    if (ts.isCaseClause(node)) {
      const [first] = node.statements;
      const from = first?.getStart(source) ?? node.end;
      const conditions = own.map(({ number }) => `!$m(${number})`).join(' && ');
      return `${within(node, start, from)}if (${conditions}) { ${within(node, from, node.end)} }`;
    }
    const isShorthand = ts.isShorthandPropertyAssignment(node);
    const key = isShorthand ? `${node.name.text}: ` : '';
    const choices = own.map(({ number, to }) => `$m(${number}) ? (${(to ?? '').slice(key.length)}) : `);
    const original = isShorthand ? node.name.text : within(node, start, node.end);
    return `${key}(${choices.join('')}(${original}))`;
  };
  return within(source, 0, source.end);
}
