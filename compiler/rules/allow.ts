/**
 * `# allow M8021: reason`: findings and the texts that they point into in, those that stand out. A comment speaks for its own
 * line, or, alone on its line, for the next one. What is wrong is never allowed, only what is unusual: the codes that are no
 * errors in themselves.
 */
import {
  allowedInVain,
  allowedWithoutReason,
  cannotBeAllowed,
  catalogue,
  type Diagnostic,
  hasErrors,
} from '../diagnostics/index.ts';
import { type Node, readYaml, type ScalarNode } from '../document/index.ts';
import { positionAt, type Source, type Span } from '../source.ts';

export interface Allowed {
  /** What is left, with what is wrong with the comments themselves. */
  readonly diagnostics: readonly Diagnostic[];
  readonly allowed: readonly { readonly diagnostic: Diagnostic; readonly reason: string }[];
}

/** `looked` says whether the warehouse was asked too: what it would have said cannot be missed otherwise. */
export function allow(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  looked: 'definitions' | 'warehouse',
): Allowed {
  const left: Diagnostic[] = [];
  const allowed: { diagnostic: Diagnostic; reason: string }[] = [];
  const texts = sources.flatMap(source => textWithComments(source) ?? []);
  const used = new Set<Code>();
  for (const diagnostic of diagnostics) {
    const { span, code } = diagnostic;
    const text = span === null ? undefined : texts.find(({ source }) => source.path === span.file);
    const lines = text === undefined || span === null ? [] : linesOf(span, text);
    const comment = text?.comments.find(
      each => lines.includes(each.line) && each.codes.some(({ name }) => name === code),
    );
    const found = comment?.codes.find(({ name }) => name === code);
    if (comment === undefined || found === undefined || comment.reason === null || !mayBeAllowed(code))
      left.push(diagnostic);
    else {
      used.add(found);
      allowed.push({ diagnostic, reason: comment.reason });
    }
  }
  const isJudged = !hasErrors(diagnostics);
  const idle = ({ name }: Code) => isJudged && (looked === 'warehouse' || !name.startsWith('M9'));
  const faults = texts.flatMap(text =>
    text.comments.flatMap(comment => faultsOf(comment, code => !used.has(code) && idle(code))),
  );
  return { diagnostics: [...left, ...faults], allowed };
}

interface Code {
  readonly name: string;
  readonly at: Span;
}

interface Comment {
  readonly codes: readonly Code[];
  readonly reason: string | null;
  /** The line for which it speaks. */
  readonly line: number;
  /** From its sign to the end of its line, and what is to be cut where it goes. */
  readonly at: Span;
  readonly cut: Span;
}

interface CommentedText {
  readonly source: Source;
  readonly comments: readonly Comment[];
  readonly blocks: readonly ScalarNode[];
}

const pattern = /(?<=^|[ \t])#[ \t]*allow[ \t]+(M\d+(?:[ \t]*,[ \t]*M\d+)*)[ \t]*(.*)$/gm;

/** Null where there are none: most files are not read once more. */
function textWithComments(source: Source): CommentedText | null {
  const { text, path } = source;
  if (!/\.ya?ml$/.test(path)) return null;
  const matches = [...text.matchAll(pattern)];
  if (matches.length === 0) return null;
  const root = readYaml(source, () => {});
  if (root === null) return null;
  const scalars = scalarsIn(root);
  const isText = (offset: number) => scalars.some(({ at: [start, end] }) => offset >= start && offset < end);
  const comments = matches.filter(({ index }) => !isText(index)).map(match => readComment(match, source));
  return { source, comments, blocks: scalars.filter(({ style }) => style === 'literal' || style === 'folded') };
}

function readComment(match: RegExpExecArray, { path, text }: Source): Comment {
  const { index } = match;
  const [whole, names = '', rest = ''] = match;
  const end = index + whole.trimEnd().length;
  const lineStart = text.lastIndexOf('\n', index - 1) + 1;
  const before = text.slice(lineStart, index);
  const isAlone = before.trim() === '';
  const span = (start: number, until: number): Span => ({ file: path, start, end: until });
  const lineEnd = text.indexOf('\n', index);
  const first = index + whole.indexOf(names);
  return {
    codes: [...names.matchAll(/M\d+/g)].map(({ 0: name, index: at }) => ({
      name,
      at: span(first + at, first + at + name.length),
    })),
    reason: /^:[ \t]*(\S.*?)\s*$/.exec(rest)?.[1] ?? null,
    line: isAlone ? nextLine(text, index) : positionAt(text, index).line,
    at: span(index, end),
    cut: isAlone
      ? span(lineStart, lineEnd < 0 ? text.length : lineEnd + 1)
      : span(lineStart + before.trimEnd().length, end),
  };
}

/** The next line that holds something else than a comment. */
function nextLine(text: string, offset: number): number {
  const { line } = positionAt(text, offset);
  const below = text.split('\n').slice(line);
  const index = below.findIndex(each => !/^\s*(#.*)?$/.test(each));
  return index < 0 ? line : line + index + 1;
}

/** The line of a finding, and of text in a block, where no comment can stand, that of its head too. */
function linesOf(span: Span, { source: { text }, blocks }: CommentedText): readonly number[] {
  const { line } = positionAt(text, span.start);
  const block = blocks.find(({ at: [start, end] }) => span.start >= start && span.start < end);
  if (block === undefined) return [line];
  const head = text.slice(0, block.at[0]).trimEnd().length;
  return [line, positionAt(text, head).line];
}

function mayBeAllowed(code: string): boolean {
  return catalogue.some(entry => entry.code === code && entry.severity !== 'error');
}

function faultsOf({ codes, reason, at, cut }: Comment, isIdle: (code: Code) => boolean): readonly Diagnostic[] {
  const bad = codes.filter(({ name }) => !mayBeAllowed(name));
  const wrong = bad.map(code => {
    const isKnown = catalogue.some(entry => entry.code === code.name);
    return cannotBeAllowed(code.at, { code: code.name, reason: isKnown ? 'wrong' : 'unknown' });
  });
  const others = codes.filter(code => !bad.includes(code));
  if (others.length === 0) return wrong;
  if (reason === null) {
    const names = others.map(({ name }) => name).join(', ');
    return [...wrong, allowedWithoutReason(at, { codes: names })];
  }
  return [...wrong, ...others.filter(isIdle).map(code => inVain(code, codes, cut))];
}

function inVain(code: Code, codes: readonly Code[], cut: Span): Diagnostic {
  const [first = code] = codes;
  const last = codes.at(-1) ?? code;
  const kept = codes.filter(each => each !== code).map(({ name }) => name);
  const edit =
    kept.length === 0 ? { span: cut, text: '' } : { span: { ...first.at, end: last.at.end }, text: kept.join(', ') };
  const fix = { title: 'take it out', safe: true, edits: [edit] };
  return allowedInVain(code.at, { code: code.name }, { fixes: [fix] });
}

function scalarsIn(node: Node): readonly ScalarNode[] {
  switch (node.kind) {
    case 'scalar':
      return [node];
    case 'list':
      return node.items.flatMap(scalarsIn);
    case 'map':
      return node.entries.flatMap(entry => scalarsIn(entry.value));
  }
}
