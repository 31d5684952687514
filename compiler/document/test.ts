/** The node of a test in, its declaration out: given rows, the question, and what is expected, each with its place. */
import type { Source } from '../source.ts';
import type { QuestionDeclaration, RowDeclaration, TestDeclaration, Text } from './document.ts';
import { child, entryOf, type MapEntry, type Node, scalarValue } from './node.ts';
import { cellsOf, entries, isTrue, items, keyWord, labels, pointed, word } from './words.ts';

export function declareTest(source: Source, { key, keyAt, value }: MapEntry): TestDeclaration {
  const expect = child(value, 'expect');
  return {
    file: source.path,
    name: { text: key, at: keyAt },
    description: labels(child(value, 'description')),
    keys: entries(value).map(keyWord),
    given: entries(child(value, 'given')).map(entry => ({ table: keyWord(entry), rows: rowsOf(entry.value) })),
    asOf: word(child(value, 'as_of')),
    question: questionOf(source, child(value, 'query')),
    expect: expect === undefined ? null : rowsOf(expect),
    expectError: word(child(value, 'expect_error')),
  };
}

function rowsOf(node: Node): readonly RowDeclaration[] {
  return items(node).map(item => ({
    at: item.at,
    cells: cellsOf(item),
  }));
}

function questionOf(source: Source, node: Node | undefined): QuestionDeclaration | null {
  if (node?.kind !== 'map') return null;
  const one = (part: Node | undefined): Text | null => pointed(part, source);
  const list = (key: string) =>
    entryOf(node, key) === undefined ? null : items(child(node, key)).flatMap(item => one(item) ?? []);
  const truth = (key: string) => (entryOf(node, key) === undefined ? null : isTrue(child(node, key)));
  const user = child(node, 'user');
  return {
    metrics: list('metrics') ?? [],
    by: list('by'),
    where: one(child(node, 'where')),
    having: one(child(node, 'having')),
    period: one(child(node, 'period')),
    compare: list('compare'),
    isLikeForLike: truth('like_for_like'),
    order: list('order'),
    limit: one(child(node, 'limit')),
    complete: list('complete'),
    isSparse: truth('sparse'),
    as: one(child(node, 'as')),
    user:
      user === undefined
        ? null
        : Object.fromEntries(
            entries(user).flatMap(({ key, value }) =>
              value.kind === 'scalar' ? [[key, scalarValue(value)] as const] : [],
            ),
          ),
  };
}
