/**
 * Formula text in, `Expression` out: the whole grammar of the language reference, by precedence climbing.
 * Mistakes are diagnostics; an error node stands where the text made no sense, and reading goes on behind it.
 */
import { isTimestamp, parseDay } from '../calendar/index.ts';
import {
  chainedComparison,
  type Entry,
  formulaSyntax,
  formulaTooLarge,
  noSuchDate,
  type Report,
  severalTimes,
} from '../diagnostics/index.ts';
import type { Span } from '../source.ts';
import type {
  ArithmeticOperator,
  At,
  CallScope,
  ComparisonOperator,
  DimensionWord,
  DurationLiteral,
  DurationUnit,
  Expression,
  PathExpression,
  Word,
} from './expression.ts';
import { type ReportAt, type Token, tokenize } from './lexer.ts';

/** Words that cannot be names, except after a dot. */
export const reservedWords: ReadonlySet<string> = new Set([
  ...['and', 'or', 'not', 'in', 'between', 'is', 'null', 'true', 'false', 'like'],
  ...['case', 'when', 'then', 'else', 'end', 'where', 'while', 'per', 'distinct'],
]);

const durationUnits: ReadonlyMap<string, DurationUnit> = new Map<string, DurationUnit>([
  ...(['minute', 'hour', 'day', 'week', 'month', 'quarter', 'half', 'year'] as const).flatMap(
    unit => [[unit, unit] as const, [`${unit}s`, unit] as const] as const,
  ),
  ['halves', 'half'],
]);

const deepest = 64;
const longestChain = 256;

/**
 * `locate` turns offsets of the formula into a place in its file. A formula in which anything was found is an error node
 * as a whole: what its parts mean would be guesswork, and so would all further findings.
 */
export function parseFormula(text: string, locate: (at: At) => Span, report: Report): Expression {
  let found = 0;
  const reportAt: ReportAt = (entry, at, parameters, extras) => {
    report(entry(locate(at), parameters, extras));
    found += 1;
  };
  const tokens = tokenize(text, reportAt);
  const failure: Expression = { kind: 'error', at: [0, text.length] };
  if (found > 0) return failure;
  const expression = new Parser(tokens, reportAt).formula();
  return found > 0 ? failure : expression;
}

class Parser {
  private position = 0;
  private depth = 0;
  /** Brackets whose content is still being read: syntax errors inside are followed by a jump to their end. */
  private failed = false;
  private bracketed: Expression | null = null;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly reportAt: ReportAt,
  ) {}

  formula(): Expression {
    const expression = this.modified();
    if (this.token.kind !== 'end') this.unexpected('the end of the formula', strayHint(this.token));
    return expression;
  }

  private get token(): Token {
    return this.tokens[Math.min(this.position, this.tokens.length - 1)] ?? endToken;
  }

  private peek(ahead: number): Token {
    return this.tokens[Math.min(this.position + ahead, this.tokens.length - 1)] ?? endToken;
  }

  private take(): Token {
    const token = this.token;
    this.position += 1;
    return token;
  }

  private isWord(word: string, token = this.token): boolean {
    return token.kind === 'name' && token.text.toLowerCase() === word;
  }

  private isSymbol(symbol: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === symbol;
  }

  private takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.position += 1;
    return true;
  }

  private takeSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.position += 1;
    return true;
  }

  private endOfLast(): number {
    return this.tokens[this.position - 1]?.at[1] ?? 0;
  }

  private problem<P>(entry: Entry<P>, at: At, parameters: P): void {
    if (!this.failed) this.reportAt(entry, at, parameters);
  }

  /** Reports that something else was expected here, and gives the rest of the formula up: what follows would be guesswork. */
  private unexpected(expected: string, help?: string): Expression {
    const token = this.token;
    const found = describe(token);
    this.problem(formulaSyntax, token.at, help === undefined ? { found, expected } : { found, expected, help });
    this.failed = true;
    this.position = this.tokens.length - 1;
    return { kind: 'error', at: token.at };
  }

  private expectSymbol(symbol: string, expected: string): void {
    if (!this.takeSymbol(symbol)) this.unexpected(expected);
  }

  private nested(start: Token, read: () => Expression): Expression {
    this.depth += 1;
    if (this.depth > deepest) {
      this.problem(formulaTooLarge, start.at, { what: 'the formula nests too deeply', limit: `${deepest} levels` });
      this.failed = true;
      this.position = this.tokens.length - 1;
      this.depth -= 1;
      return { kind: 'error', at: start.at };
    }
    const expression = read();
    this.depth -= 1;
    return expression;
  }

  /** expr = or { "where" or | "while" path | "at" path } */
  private modified(): Expression {
    const operand = this.or();
    const start = this.token.at[0];
    const bracketed = this.bracketed === operand;
    let where: Expression | null = null;
    let lifespan: PathExpression | null = null;
    let time: PathExpression | null = null;
    for (;;) {
      const token = this.token;
      if (this.takeWord('where')) {
        const condition = this.or();
        where = where === null ? condition : { kind: 'and', operands: [where, condition], at: span(where, condition) };
        continue;
      }
      const isTimed = lifespan !== null || time !== null;
      if (this.takeWord('while')) {
        lifespan = this.path('the name of a lifespan');
      } else if (this.isWord('at') && this.peek(1).kind === 'name') {
        this.position += 1;
        time = this.path('a time column');
      } else {
        break;
      }
      if (isTimed) this.problem(severalTimes, [token.at[0], this.endOfLast()], {});
    }
    if (where === null && lifespan === null && time === null) return operand;
    const end = this.endOfLast();
    return {
      kind: 'modified',
      operand,
      bracketed,
      where,
      lifespan,
      time,
      modifiersAt: [start, end],
      at: [operand.at[0], end],
    };
  }

  private or(): Expression {
    return this.logical('or', () => this.logical('and', () => this.not()));
  }

  private logical(kind: 'and' | 'or', operand: () => Expression): Expression {
    const first = operand();
    if (!this.isWord(kind)) return first;
    const operands = [first];
    while (this.takeWord(kind)) operands.push(operand());
    return { kind, operands, at: [first.at[0], this.endOfLast()] };
  }

  private not(): Expression {
    const start = this.token;
    if (!this.takeWord('not')) return this.comparison();
    const operand = this.nested(start, () => this.not());
    return { kind: 'not', operand, at: [start.at[0], operand.at[1]] };
  }

  private comparison(): Expression {
    const left = this.additive();
    const compared = this.comparedWith(left);
    if (compared !== left && comparisonOperator(this.token) !== null) {
      this.problem(chainedComparison, [left.at[0], this.token.at[1]], {});
      this.failed = true;
      this.position = this.tokens.length - 1;
    }
    return compared;
  }

  private comparedWith(left: Expression): Expression {
    const operator = comparisonOperator(this.token);
    if (operator !== null) {
      this.position += 1;
      const right = this.additive();
      return { kind: 'comparison', operator, left, right, at: span(left, right) };
    }
    if (this.takeWord('is')) {
      const negated = this.takeWord('not');
      if (!this.takeWord('null'))
        return this.unexpected('`null`', 'write `is null` or `is not null`; other values are compared with `=`');
      return { kind: 'is_null', operand: left, negated, at: [left.at[0], this.endOfLast()] };
    }
    const negated = this.isWord('not') && ['in', 'between', 'like'].some(word => this.isWord(word, this.peek(1)));
    if (negated) this.position += 1;
    if (this.takeWord('in')) return this.membership(left, negated ? 'not in' : 'in');
    if (this.takeWord('between')) {
      const low = this.additive();
      if (!this.takeWord('and'))
        return this.unexpected('`and`', 'write `x between low and high`; both ends belong to it');
      const high = this.additive();
      return { kind: 'between', operand: left, low, high, negated, at: span(left, high) };
    }
    if (this.takeWord('like')) {
      const pattern = this.additive();
      return { kind: 'like', operand: left, pattern, negated, at: span(left, pattern) };
    }
    return left;
  }

  private membership(operand: Expression, form: 'in' | 'not in'): Expression {
    this.expectSymbol('(', '`(` and the list of values');
    const options = [this.or()];
    while (this.takeSymbol(',')) options.push(this.or());
    this.expectSymbol(')', '`,` or `)` in the list of values');
    return { kind: 'in', operand, options, negated: form === 'not in', at: [operand.at[0], this.endOfLast()] };
  }

  private additive(): Expression {
    return this.chain(['+', '-'], () => this.chain(['*', '/', '%'], () => this.unary()));
  }

  private chain(operators: readonly ArithmeticOperator[], operand: () => Expression): Expression {
    let left = operand();
    for (let count = 1; ; count += 1) {
      const operator = operators.find(candidate => this.isSymbol(candidate));
      if (operator === undefined) return left;
      if (count === longestChain) {
        this.problem(formulaTooLarge, this.token.at, { what: 'too many operators in a row', limit: `${longestChain}` });
        this.failed = true;
        this.position = this.tokens.length - 1;
        return left;
      }
      this.position += 1;
      const right = operand();
      left = { kind: 'arithmetic', operator, left, right, at: span(left, right) };
    }
  }

  private unary(): Expression {
    const start = this.token;
    if (!this.takeSymbol('-')) return this.primary();
    const operand = this.nested(start, () => this.unary());
    return { kind: 'negate', operand, at: [start.at[0], operand.at[1]] };
  }

  private primary(): Expression {
    const token = this.token;
    switch (token.kind) {
      case 'number':
        return this.numberOrDuration();
      case 'string':
        this.position += 1;
        return { kind: 'string', value: token.text, at: token.at };
      case 'date':
        this.position += 1;
        if (parseDay(token.text) === null) this.problem(noSuchDate, token.at, { text: token.text });
        return { kind: 'date', text: token.text, at: token.at };
      case 'timestamp':
        this.position += 1;
        if (!isTimestamp(token.text)) this.problem(noSuchDate, token.at, { text: token.text });
        return { kind: 'timestamp', text: token.text, at: token.at };
      case 'name':
        return this.named();
      case 'symbol':
        if (token.text === '(') return this.brackets();
        return this.unexpected('a value, a name or `(`');
      case 'end':
        return this.unexpected('a value, a name or `(`');
    }
  }

  private numberOrDuration(): Expression {
    const number = this.take();
    const unit = this.token.kind === 'name' ? durationUnits.get(this.token.text.toLowerCase()) : undefined;
    if (unit === undefined) return { kind: 'number', text: number.text, at: number.at };
    const word = this.take();
    return { kind: 'duration', amount: number.text, unit, at: [number.at[0], word.at[1]] };
  }

  private brackets(): Expression {
    const open = this.take();
    const inner = this.nested(open, () => this.modified());
    this.expectSymbol(')', '`)`');
    this.bracketed = inner;
    return inner;
  }

  private named(): Expression {
    const token = this.token;
    const word = token.text.toLowerCase();
    if (word === 'case') return this.nested(token, () => this.cases());
    if (word === 'true' || word === 'false') {
      this.position += 1;
      return { kind: 'boolean', value: word === 'true', at: token.at };
    }
    if (word === 'null') {
      this.position += 1;
      return { kind: 'null', at: token.at };
    }
    if (reservedWords.has(word)) return this.unexpected('a value, a name or `(`');
    const next = this.peek(1);
    if (next.kind === 'symbol' && next.text === '(') {
      return this.nested(token, () => (word === 'conversions' ? this.conversions() : this.call()));
    }
    return this.path('a name');
  }

  /** A path; words after a dot may be any word. */
  private path(expected: string): PathExpression {
    const first = this.token;
    if (first.kind !== 'name' || reservedWords.has(first.text.toLowerCase())) {
      this.unexpected(expected);
      return { kind: 'path', words: [], at: first.at };
    }
    this.position += 1;
    const words: Word[] = [{ text: first.text, at: first.at }];
    while (this.takeSymbol('.')) {
      const word = this.token;
      if (word.kind !== 'name') {
        this.unexpected('a name after the dot');
        break;
      }
      this.position += 1;
      words.push({ text: word.text, at: word.at });
    }
    return { kind: 'path', words, at: [first.at[0], this.endOfLast()] };
  }

  private cases(): Expression {
    const start = this.take();
    const branches: { condition: Expression; value: Expression }[] = [];
    while (this.takeWord('when')) {
      const condition = this.or();
      if (!this.takeWord('then')) return this.unexpected('`then`');
      branches.push({ condition, value: this.or() });
    }
    if (branches.length === 0)
      return this.unexpected('`when`', 'write `case when condition then value else value end`');
    const otherwise = this.takeWord('else') ? this.or() : null;
    if (!this.takeWord('end')) return this.unexpected(otherwise === null ? '`when`, `else` or `end`' : '`end`');
    return { kind: 'case', branches, otherwise, at: [start.at[0], this.endOfLast()] };
  }

  private call(): Expression {
    const name = this.take();
    this.take();
    const distinct = this.takeWord('distinct');
    const parameters: Expression[] = [];
    if (this.isSymbol('*'))
      return this.unexpected('a table, a column or a value', 'rows are counted by their table: `count(deals)`');
    const begun = this.isWord('per') || this.isSymbol(')');
    if (!begun) {
      do parameters.push(this.modified());
      while (this.takeSymbol(','));
    }
    const scope = this.scope();
    if (!this.takeSymbol(')'))
      return this.unexpected('`,` or `)`', parameters.length === 0 ? undefined : operatorHint(this.token));
    return {
      kind: 'call',
      name: { text: name.text.toLowerCase(), at: name.at },
      distinct,
      arguments: parameters,
      scope,
      at: [name.at[0], this.endOfLast()],
    };
  }

  private scope(): CallScope | null {
    const start = this.token;
    const kind = (['per', 'across', 'within'] as const).find(word => this.isWord(word));
    if (kind === undefined) return null;
    this.position += 1;
    const dimensions = this.dimensions();
    const having = kind === 'per' && this.takeWord('having') ? this.or() : null;
    return { kind, dimensions, having, at: [start.at[0], this.endOfLast()] };
  }

  private dimensions(): readonly DimensionWord[] {
    const dimensions: DimensionWord[] = [];
    do {
      const every = this.isWord('every') && this.peek(1).kind === 'name';
      if (every) this.position += 1;
      dimensions.push({ every, path: this.path('a dimension') });
    } while (this.takeSymbol(','));
    return dimensions;
  }

  private conversions(): Expression {
    const name = this.take();
    this.take();
    const from = this.modified();
    if (!this.takeSymbol('->')) return this.unexpected('`->`', 'write `conversions(a -> b by key within 30 days)`');
    const to = this.modified();
    if (!this.takeWord('by')) return this.unexpected('`by` and the key that both sides share');
    const by = this.dimensions();
    let within: DurationLiteral | null = null;
    if (this.takeWord('within')) {
      const limit =
        this.token.kind === 'number' ? this.numberOrDuration() : this.unexpected('a duration, such as `30 days`');
      if (limit.kind === 'duration') within = limit;
      else if (limit.kind === 'number') return this.unexpected('a unit of time, such as `days`');
    }
    this.expectSymbol(')', '`within` or `)`');
    return { kind: 'conversions', from, to, by, within, at: [name.at[0], this.endOfLast()] };
  }
}

const endToken: Token = { kind: 'end', text: '', at: [0, 0] };

function span(first: Expression, last: Expression): At {
  return [first.at[0], last.at[1]];
}

function comparisonOperator(token: Token): ComparisonOperator | null {
  const operators = ['=', '<>', '<', '<=', '>', '>='] as const;
  return token.kind === 'symbol' ? (operators.find(operator => operator === token.text) ?? null) : null;
}

function describe(token: Token): string {
  if (token.kind === 'end') return 'the end of the formula';
  return token.kind === 'string' ? `the text '${token.text}'` : `\`${token.text}\``;
}

/** What stands behind a whole formula, and is known from elsewhere. */
function strayHint(token: Token): string | undefined {
  if (token.kind === 'name' && token.text.toLowerCase() === 'over')
    return 'windows are written as `rank(x)`, `running(x)`, `total(x)`, `share(x)` or `prior(x)`';
  if (token.kind === 'symbol' && token.text === ')') return 'there is a `)` too many';
  return operatorHint(token);
}

/** Two values side by side are often a forgotten operator. */
function operatorHint(token: Token): string | undefined {
  return token.kind === 'name' || token.kind === 'number' || token.kind === 'string'
    ? 'is an operator or a comma missing before it?'
    : undefined;
}
