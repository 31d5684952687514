/**
 * Which sabotages are tried: of each kind in each file, and of each kind in all, those whose names have the least hashes,
 * so that a change of one function moves the choice there and hardly elsewhere.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import ts from 'typescript';
import { type Sabotage, sabotagesOf } from './sabotage.ts';

export interface Candidate extends Sabotage {
  /** `compiler/plan/facts.ts planFact filter 1f3a9c2e`: the same as long as the function holds the same text there. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly from: string;
}

export interface Mutant extends Candidate {
  /** From 1 on. */
  readonly number: number;
}

export interface SourceTexts {
  readonly files: readonly ts.SourceFile[];
  readonly candidates: readonly Candidate[];
}

/** Printed for people, or made only where a plan is wrong in itself. */
const left: ReadonlySet<string> = new Set(['compiler/plan/print.ts', 'compiler/plan/verify.ts']);

export function candidatesIn(root: string, folders: readonly string[]): SourceTexts {
  const places = folders.map(folder => path.join(root, folder));
  const entries = places.flatMap(place => ts.sys.readDirectory(place, ['.ts'])).sort();
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    noUncheckedIndexedAccess: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    resolveJsonModule: true,
    types: [],
  };
  const program = ts.createProgram(entries, options);
  const checker = program.getTypeChecker();
  const files = entries.flatMap(entry => program.getSourceFile(entry) ?? []);
  const candidates = files.flatMap(file => {
    const name = path.relative(root, file.fileName).replaceAll(path.sep, '/');
    if (left.has(name)) return [];
    const seen = new Map<string, number>();
    return sabotagesOf(file, checker).map(sabotage => named(sabotage, name, file, seen));
  });
  return { files, candidates };
}

function named(sabotage: Sabotage, file: string, source: ts.SourceFile, seen: Map<string, number>): Candidate {
  const from = oneLine(sabotage.node.getText(source));
  const where = placeOf(sabotage.node);
  const text = JSON.stringify([file, where, sabotage.kind, from, oneLine(sabotage.to ?? '')]);
  const count = seen.get(text) ?? 0;
  seen.set(text, count + 1);
  const { line } = source.getLineAndCharacterOfPosition(sabotage.node.getStart(source));
  const name = `${file} ${where} ${sabotage.kind.replaceAll(' ', '-')} ${hash(`${text}${count}`).slice(0, 8)}`;
  return { ...sabotage, name, file, line: line + 1, from };
}

/** The function, method or constant that a node stands in, from the outside in. */
function placeOf(node: ts.Node): string {
  const names: string[] = [];
  for (let each: ts.Node | undefined = node; each !== undefined; each = each.parent) {
    if (ts.isFunctionDeclaration(each) || ts.isClassDeclaration(each)) names.unshift(each.name?.text ?? '-');
    else if (ts.isMethodDeclaration(each) || ts.isGetAccessorDeclaration(each)) names.unshift(each.name.getText());
    else if (ts.isVariableDeclaration(each) && ts.isSourceFile(each.parent.parent.parent))
      names.unshift(each.name.getText());
  }
  return names.length === 0 ? '-' : names.join('.');
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** How many of a kind are taken. */
interface Most {
  readonly inFile: number;
  readonly inAll: number;
}

export function chosen(candidates: readonly Candidate[], most: Most, seed: string): readonly Mutant[] {
  const rank = new Map(candidates.map(candidate => [candidate, hash(`${seed} ${candidate.name}`)]));
  const first = (a: Candidate, b: Candidate) => ((rank.get(a) ?? '') < (rank.get(b) ?? '') ? -1 : 1);
  const counts = new Map<string, number>();
  const taken = new Set<Candidate>();
  for (const candidate of candidates.toSorted(first)) {
    const { file, kind } = candidate;
    const [cell, inFile, inAll] = [`${file} ${kind}`, counts.get(`${file} ${kind}`) ?? 0, counts.get(kind) ?? 0];
    if (inFile >= most.inFile || inAll >= most.inAll) continue;
    counts.set(cell, inFile + 1).set(kind, inAll + 1);
    taken.add(candidate);
  }
  return candidates.filter(each => taken.has(each)).map((candidate, index) => ({ ...candidate, number: index + 1 }));
}
