/** Conditions: what follows `where` and `having` must be true or false. */
import { notCondition, type Report } from '../diagnostics/index.ts';
import type { At, Expression } from '../formula/index.ts';
import { errorNode, type Typed } from '../model.ts';
import type { Span } from '../source.ts';
import { typeText } from './meeting.ts';

/** The condition itself, or an error node where it is of another type, which has been reported. */
export function requireCondition<E extends Typed>(
  condition: E,
  written: Expression,
  context: { readonly locate: (at: At) => Span; readonly report: Report },
): E | typeof errorNode {
  if (condition.type === 'boolean' || condition.type === 'unknown' || condition.type === 'null') return condition;
  context.report(notCondition(context.locate(written.at), { place: 'a condition', found: typeText(condition.type) }));
  return errorNode;
}
