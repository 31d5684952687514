/** Questions that must be planned to the same SQL, to the byte, with both strategies. */
import type { Model, Query, Strategy } from '../../compiler/index.ts';
import { type Asker, Broken, Refused } from './asker.ts';

interface Asked {
  readonly model: Model;
  readonly query: Query;
}

/** Throws where any of the others is written otherwise than what stands in its place; gives how many were answered. */
export function expectSameSql(asker: Asker, asked: readonly Asked[], others: readonly Asked[]): number {
  let same = 0;
  let refused: Refused | null = null;
  for (const [index, one] of asked.entries()) {
    const other = others[index];
    if (other === undefined) throw new Error('nothing to compare with');
    let refusal: Refused | null = null;
    for (const strategy of ['optimised', 'plain'] as const) {
      const [a, b] = [textOf(asker, one, strategy), textOf(asker, other, strategy)];
      if (b instanceof Refused && b.codes.every(code => asker.alsoRefused.includes(code))) refusal = b;
      else if (String(a) !== String(b)) throw new Broken(`the SQL is not the same:\n${a}\n--- and\n${b}`);
      else if (a instanceof Refused) refusal = a;
    }
    if (refusal === null) same += 1;
    else refused = refusal;
  }
  if (same === 0 && refused !== null) throw refused;
  return same;
}

function textOf(asker: Asker, { model, query }: Asked, strategy: Strategy): string | Refused {
  try {
    const { sql, parameters } = asker.compile(model, query, strategy).statement;
    return `${sql}\n${JSON.stringify(parameters)}`;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}
