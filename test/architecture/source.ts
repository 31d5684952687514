/** The product's sources as data: their imports and their syntax trees. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export const root = path.join(import.meta.dirname, '../..');

export interface SourceFile {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  /** Modules that it names, type imports among them. */
  readonly imports: readonly string[];
}

export function sourceFiles(...folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap(folder => filesBelow(folder)).map(read);
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
    .map(entry => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}

function read(file: string): SourceFile {
  const text = readFileSync(path.join(root, file), 'utf8');
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2024, true);
  const imports: string[] = [];
  const visit = (node: ts.Node): void => {
    const isImport = ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
    if (isImport && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier))
      imports.push(node.moduleSpecifier.text);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [target] = node.arguments;
      if (target !== undefined && ts.isStringLiteral(target)) imports.push(target.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { path: file, text, tree, imports };
}

/** The file that a relative import leads to, from the root; null for a package. */
export function target(file: SourceFile, specifier: string): string | null {
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file.path), specifier) : null;
}

/** Every node of a tree that a test accepts, as `file:line text`. */
export function nodesWhere(file: SourceFile, accept: (node: ts.Node) => boolean): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (accept(node)) {
      const { line } = file.tree.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file.path}:${line + 1} ${node.getText().split('\n')[0]}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file.tree);
  return found;
}
