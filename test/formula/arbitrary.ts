/** Random trees of formulas, every one of them a tree that some text has; and that text, with all brackets and random spaces. */
import fc from 'fast-check';
import type { Expression } from '../../compiler/index.ts';

type Path = Extract<Expression, { kind: 'path' }>;
type Call = Extract<Expression, { kind: 'call' }>;
type Dimension = NonNullable<Call['scope']>['dimensions'][number];

const at = [0, 0] as const;

const reserved = new Set([
  ...['and', 'or', 'not', 'in', 'between', 'is', 'null', 'true', 'false', 'like'],
  ...['case', 'when', 'then', 'else', 'end', 'where', 'while', 'per', 'distinct'],
]);
const soft = ['at', 'by', 'across', 'having', 'within', 'day', 'months', 'sum', 'date', 'conversions'];

const letters = fc.string({ unit: fc.constantFrom(...'abcxyzABC_0189'), minLength: 1, maxLength: 8 });
const anyWord = fc.oneof(
  fc.constantFrom('amount', 'region', 'deals', 'x', ...soft),
  letters.filter(text => /^[A-Za-z_]/.test(text)),
);
const name = anyWord.filter(text => !reserved.has(text.toLowerCase()));
const wordAfterDot = fc.oneof(anyWord, fc.constantFrom(...reserved, 'every'));

const path: fc.Arbitrary<Path> = fc
  .tuple(name, fc.array(wordAfterDot, { maxLength: 2 }))
  .map(([first, rest]) => ({ kind: 'path', words: [first, ...rest].map(text => ({ text, at })), at }));

const dimension: fc.Arbitrary<Dimension> = fc.record({ every: fc.boolean(), path });
const dimensions = fc.array(dimension, { minLength: 1, maxLength: 3 });

const number = fc.oneof(
  fc.nat({ max: 1000 }).map(String),
  fc.tuple(fc.nat(), fc.nat()).map(([whole, part]) => `${whole}.${part}`),
);
const unit = fc.constantFrom('minute', 'hour', 'day', 'week', 'month', 'quarter', 'half', 'year');
const duration = fc.record({
  kind: fc.constant('duration'),
  amount: fc.oneof(number, fc.constant('1')),
  unit,
  at: fc.constant(at),
});

const date = fc
  .date({ min: new Date('0001-01-01T00:00Z'), max: new Date('9999-12-31T00:00Z'), noInvalidDate: true })
  .map(each => each.toISOString().slice(0, 10));

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 4, arbitrary: path },
  number.map((text): Expression => ({ kind: 'number', text, at })),
  fc
    .string({
      unit: fc.oneof(fc.constantFrom("'", '"', '#', '\n', '\\'), fc.string({ unit: 'grapheme', maxLength: 1 })),
    })
    .map((value): Expression => ({ kind: 'string', value, at })),
  fc.boolean().map((value): Expression => ({ kind: 'boolean', value, at })),
  fc.constant<Expression>({ kind: 'null', at }),
  date.map((text): Expression => ({ kind: 'date', text, at })),
  fc
    .tuple(date, fc.constantFrom('T00:00', 'T23:59:59', 'T12:30:15.5', 'T09:05:00.000001'))
    .map(([day, time]): Expression => ({ kind: 'timestamp', text: day + time, at })),
  duration,
);

/** How tightly a form binds, from the grammar; what may stand in brackets of its own without them being lost. */
function isAtomic({ kind }: Expression): boolean {
  const loose = [
    'modified',
    'or',
    'and',
    'not',
    'comparison',
    'in',
    'between',
    'like',
    'is_null',
    'arithmetic',
    'negate',
  ];
  return !loose.includes(kind);
}

const { expression: anyExpression } = fc.letrec<{ expression: Expression }>(tie => {
  const inner = tie('expression');
  const operands = fc.array(inner, { minLength: 2, maxLength: 4 });
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
  const negated = fc.boolean();
  const arithmetic = fc
    .tuple(fc.constantFrom('+', '-', '*', '/', '%'), inner, inner)
    .map(([operator, left, right]): Expression => ({ kind: 'arithmetic', operator, left, right, at }));
  const comparison = fc
    .tuple(fc.constantFrom('=', '<>', '<', '<=', '>', '>='), inner, inner)
    .map(([operator, left, right]): Expression => ({ kind: 'comparison', operator, left, right, at }));
  const scope = fc
    .tuple(fc.constantFrom('per', 'across', 'within'), dimensions, optional(inner))
    .map(([kind, each, having]) => ({ kind, dimensions: each, having: kind === 'per' ? having : null, at }));
  const call = fc
    .tuple(name, negated, fc.array(inner, { maxLength: 3 }), optional(scope))
    .filter(([text]) => text.toLowerCase() !== 'conversions')
    .filter(([, , values, each]) => values.length > 0 || each === null || each.kind === 'per')
    .map(
      ([text, distinct, values, each]): Expression => ({
        kind: 'call',
        name: { text: text.toLowerCase(), at },
        distinct,
        arguments: values,
        scope: each,
        at,
      }),
    );
  const modified = fc
    .tuple(inner, fc.boolean(), optional(inner), optional(fc.tuple(fc.boolean(), path)))
    .filter(([, , where, axis]) => where !== null || axis !== null)
    .map(([operand, isBracketed, where, axis]): Expression => {
      const [isLifespan, axisPath] = axis ?? [false, null];
      return {
        kind: 'modified',
        operand,
        bracketed: operand.kind === 'modified' || (isBracketed && !isAtomic(operand)),
        where,
        lifespan: isLifespan ? axisPath : null,
        time: isLifespan ? null : axisPath,
        modifiersAt: at,
        at,
      };
    });
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      inner.map((operand): Expression => ({ kind: 'negate', operand, at })),
      inner.map((operand): Expression => ({ kind: 'not', operand, at })),
      { weight: 2, arbitrary: arithmetic },
      { weight: 2, arbitrary: comparison },
      operands.map((each): Expression => ({ kind: 'and', operands: each, at })),
      operands.map((each): Expression => ({ kind: 'or', operands: each, at })),
      fc
        .tuple(inner, fc.array(inner, { minLength: 1, maxLength: 3 }), negated)
        .map(([operand, options, no]): Expression => ({ kind: 'in', operand, options, negated: no, at })),
      fc
        .tuple(inner, inner, inner, negated)
        .map(([operand, low, high, no]): Expression => ({ kind: 'between', operand, low, high, negated: no, at })),
      fc
        .tuple(inner, inner, negated)
        .map(([operand, pattern, no]): Expression => ({ kind: 'like', operand, pattern, negated: no, at })),
      fc.tuple(inner, negated).map(([operand, no]): Expression => ({ kind: 'is_null', operand, negated: no, at })),
      fc
        .tuple(fc.array(fc.record({ condition: inner, value: inner }), { minLength: 1, maxLength: 2 }), optional(inner))
        .map(([branches, otherwise]): Expression => ({ kind: 'case', branches, otherwise, at })),
      { weight: 3, arbitrary: call },
      fc
        .tuple(inner, inner, dimensions, optional(duration))
        .map(([from, to, by, within]): Expression => ({ kind: 'conversions', from, to, by, within, at })),
      { weight: 2, arbitrary: modified },
    ),
  };
});

export const expression = anyExpression;

/**
 * The text of a tree with brackets around every part; `space` is what stands between tokens. Brackets around the operand
 * of a modifier say something, so those are left as the tree has them.
 */
export function loud(tree: Expression, space: () => string): string {
  const join = (...parts: readonly string[]) => parts.filter(part => part !== '').join(space());
  const inner = (each: Expression) => `(${space()}${loud(each, space)}${space()})`;
  const listed = (parts: readonly string[]) => parts.join(`${space()},${space()}`);
  const not = (negated: boolean) => (negated ? 'NOT' : '');
  const dimensionList = (each: readonly Dimension[]) =>
    listed(each.map(({ every, path: words }) => join(every ? 'Every' : '', loud(words, space))));
  switch (tree.kind) {
    case 'number':
    case 'date':
    case 'timestamp':
      return tree.text;
    case 'string':
      return `'${tree.value.split("'").join("''")}'`;
    case 'boolean':
      return tree.value ? 'True' : 'FALSE';
    case 'null':
      return 'Null';
    case 'duration':
      return join(tree.amount, tree.unit === 'half' ? 'Halves' : `${tree.unit}S`);
    case 'path':
      return tree.words.map(word => word.text).join(`${space()}.${space()}`);
    case 'negate':
      return join('-', inner(tree.operand));
    case 'not':
      return join('Not', inner(tree.operand));
    case 'arithmetic':
    case 'comparison':
      return join(inner(tree.left), tree.operator, inner(tree.right));
    case 'and':
    case 'or':
      return tree.operands.map(inner).join(`${space()}${tree.kind.toUpperCase()}${space()}`);
    case 'in':
      return join(inner(tree.operand), not(tree.negated), 'In', '(', listed(tree.options.map(inner)), ')');
    case 'between':
      return join(inner(tree.operand), not(tree.negated), 'Between', inner(tree.low), 'And', inner(tree.high));
    case 'like':
      return join(inner(tree.operand), not(tree.negated), 'Like', inner(tree.pattern));
    case 'is_null':
      return join(inner(tree.operand), 'Is', not(tree.negated), 'Null');
    case 'case': {
      const branches = tree.branches.map(({ condition, value }) =>
        join('When', inner(condition), 'Then', inner(value)),
      );
      const otherwise = tree.otherwise === null ? [] : ['Else', inner(tree.otherwise)];
      return join('Case', ...branches, ...otherwise, 'End');
    }
    case 'call': {
      const { scope } = tree;
      const having = scope === null || scope.having === null ? [] : ['Having', inner(scope.having)];
      const behind = scope === null ? [] : [scope.kind.toUpperCase(), dimensionList(scope.dimensions), ...having];
      const values = listed(tree.arguments.map(inner));
      return join(tree.name.text.toUpperCase(), '(', tree.distinct ? 'Distinct' : '', values, ...behind, ')');
    }
    case 'conversions': {
      const within = tree.within === null ? [] : ['Within', loud(tree.within, space)];
      const ends = [inner(tree.from), '->', inner(tree.to)];
      return join('Conversions', '(', ...ends, 'By', dimensionList(tree.by), ...within, ')');
    }
    case 'modified': {
      const isBare = !tree.bracketed && isAtomic(tree.operand);
      const operand = tree.bracketed || !isBare ? inner(tree.operand) : loud(tree.operand, space);
      const where = tree.where === null ? [] : ['Where', inner(tree.where)];
      const lifespan = tree.lifespan === null ? [] : ['While', loud(tree.lifespan, space)];
      const time = tree.time === null ? [] : ['At', loud(tree.time, space)];
      return join(operand, ...time, ...lifespan, ...where);
    }
    case 'error':
      throw new Error('a tree with an error has no text');
  }
}
