/** The one way in which these tests parse: a formula in, its tree and what was found out, places as offsets. */
import { type Diagnostic, type Expression, parseFormula } from '../../compiler/index.ts';

export interface Parsed {
  readonly expression: Expression;
  readonly diagnostics: readonly Diagnostic[];
}

export function parse(text: string): Parsed {
  const diagnostics: Diagnostic[] = [];
  const expression = parseFormula(
    text,
    ([start, end]) => ({ file: 'formula', start, end }),
    diagnostic => diagnostics.push(diagnostic),
  );
  return { expression, diagnostics };
}

/** The tree of a formula that is expected to be right. */
export function tree(text: string): Expression {
  const { expression, diagnostics } = parse(text);
  if (diagnostics.length > 0) {
    const said = diagnostics.map(({ code, message, span }) => `${code} at ${span?.start}: ${message}`);
    throw new Error(`${text}\n${said.join('\n')}`);
  }
  return expression;
}

/** A value without the places in it: two formulas with the same tree may be written differently. */
export function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      /^(?:at|modifiersAt)$/.test(key) ? [] : [[key, withoutPlaces(inner)]],
    ),
  );
}
