/** SQL expressions: text with how tightly it binds, so that brackets stand where they must and nowhere else. */
import { concat, type Doc, group, indent, join, line, softLine } from './document.ts';

/** From loose to tight. */
export const binding = {
  or: 1,
  and: 2,
  not: 3,
  comparison: 4,
  bits: 5,
  additive: 6,
  multiplicative: 7,
  unary: 8,
  atom: 9,
} as const;

export interface Sql {
  readonly doc: Doc;
  readonly level: number;
}

export function atom(doc: Doc): Sql {
  return { doc, level: binding.atom };
}

/** The text of an expression where something at least as tight as `level` must stand. */
export function within(sql: Sql, level: number): Doc {
  return sql.level >= level ? sql.doc : group('(', indent(softLine, sql.doc), softLine, ')');
}

/** `a + b`: the right side is bracketed at the same level, since these read from left to right; comparisons stand alone. */
export function infix(operator: string, level: number, left: Sql, right: Sql): Sql {
  const leftLevel = level === binding.comparison ? level + 1 : level;
  return { doc: group(within(left, leftLevel), ` ${operator} `, within(right, level + 1)), level };
}

/** `a and b and c`, one below the other where they do not fit. */
export function chain(word: 'and' | 'or', operands: readonly Sql[]): Sql {
  const level = binding[word];
  return {
    doc: group(
      join(
        concat(line, `${word} `),
        operands.map(operand => within(operand, level + 1)),
      ),
    ),
    level,
  };
}

/** `not a`, `-a`; two minus signs in a row would begin a comment. */
export function prefix(word: string, level: number, operand: Sql): Sql {
  return { doc: concat(word, within(operand, word === '-' ? level + 1 : level)), level };
}
