/** Text that knows where it may be broken: a small pretty-printer, so that SQL comes out as a person would have laid it out. */
import type { ExpressionType } from '../model.ts';

/** A value that travels beside the SQL. */
export interface SqlParameter {
  readonly type: ExpressionType;
  readonly value: string;
}

export type Doc =
  | string
  | { readonly kind: 'parameter'; readonly parameter: SqlParameter }
  | { readonly kind: 'concat'; readonly parts: readonly Doc[] }
  /** A space, or a new line where the group around it does not fit; `soft` ones vanish instead of becoming a space. */
  | { readonly kind: 'line'; readonly isSoft: boolean }
  /** Always a new line. */
  | { readonly kind: 'newline' }
  | { readonly kind: 'indent'; readonly doc: Doc }
  | { readonly kind: 'group'; readonly doc: Doc };

export const line: Doc = { kind: 'line', isSoft: false };
export const softLine: Doc = { kind: 'line', isSoft: true };
export const newline: Doc = { kind: 'newline' };

export function concat(...parts: readonly Doc[]): Doc {
  return { kind: 'concat', parts };
}

export function indent(...parts: readonly Doc[]): Doc {
  return { kind: 'indent', doc: concat(...parts) };
}

export function group(...parts: readonly Doc[]): Doc {
  return { kind: 'group', doc: concat(...parts) };
}

export function join(separator: Doc, docs: readonly Doc[]): Doc {
  return concat(...docs.flatMap((doc, index) => (index === 0 ? [doc] : [separator, doc])));
}

/** `name(a, b)`, its arguments below each other where they do not fit. */
export function callDoc(name: string, ...operands: readonly Doc[]): Doc {
  if (operands.length === 0) return `${name}()`;
  return group(`${name}(`, indent(softLine, join(concat(',', line), operands)), softLine, ')');
}

export interface Printed {
  readonly text: string;
  readonly parameters: readonly SqlParameter[];
}

const width = 100;

/** Lays a document out. Equal parameters are sent once; they are numbered in the order in which they stand. */
export function print(doc: Doc, placeholder: (index: number, parameter: SqlParameter) => string): Printed {
  const out: string[] = [];
  const numbers = new Map<string, number>();
  const parameters: SqlParameter[] = [];
  const widths = new Map<Doc, number>();
  let column = 0;
  const write = (text: string) => {
    out.push(text);
    column += text.length;
  };
  const parameterText = (parameter: SqlParameter): string => {
    const key = JSON.stringify(parameter);
    const known = numbers.get(key);
    if (known === undefined) parameters.push(parameter);
    const number = known ?? parameters.length;
    numbers.set(key, number);
    return placeholder(number, parameter);
  };
  const breakLine = (indentation: number) => {
    out.push(`\n${' '.repeat(indentation)}`);
    column = indentation;
  };
  const lay = (part: Doc, indentation: number, mode: 'flat' | 'broken'): void => {
    if (typeof part === 'string') {
      write(part);
      return;
    }
    switch (part.kind) {
      case 'parameter':
        write(parameterText(part.parameter));
        break;
      case 'concat':
        for (const each of part.parts) lay(each, indentation, mode);
        break;
      case 'indent':
        lay(part.doc, indentation + 2, mode);
        break;
      case 'group':
        lay(
          part.doc,
          indentation,
          mode === 'flat' || column + flatWidth(part.doc, widths) <= width ? 'flat' : 'broken',
        );
        break;
      case 'newline':
        breakLine(indentation);
        break;
      case 'line':
        if (mode === 'broken') breakLine(indentation);
        else if (!part.isSoft) write(' ');
        break;
    }
  };
  lay(doc, 0, 'broken');
  return { text: out.join(''), parameters };
}

/** The width of a document on one line; infinite where it cannot be on one. Documents are graphs, so each is measured once. */
function flatWidth(doc: Doc, widths: Map<Doc, number>): number {
  if (typeof doc === 'string') return doc.includes('\n') ? Number.POSITIVE_INFINITY : doc.length;
  const known = widths.get(doc);
  if (known !== undefined) return known;
  const measure = () => {
    switch (doc.kind) {
      case 'parameter':
        return 3;
      case 'concat':
        return doc.parts.reduce<number>((sum, part) => sum + flatWidth(part, widths), 0);
      case 'line':
        return doc.isSoft ? 0 : 1;
      case 'newline':
        return Number.POSITIVE_INFINITY;
      case 'indent':
      case 'group':
        return flatWidth(doc.doc, widths);
    }
  };
  const width = measure();
  widths.set(doc, width);
  return width;
}
