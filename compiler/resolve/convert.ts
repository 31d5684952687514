/** `convert(amount, EUR at closed_on)`: money of one or several currencies in one, by the rates of the project. */
import { argumentCount, noRates, wrongArgument } from '../diagnostics/index.ts';
import { type CallExpression, type Expression, printFormula } from '../formula/index.ts';
import { errorNode, type RowExpression, type Unit, unspecified } from '../model.ts';
import { type Level, resolveExpression } from './expression.ts';
import { isNumber, typeText } from './meeting.ts';
import { tableAt } from './paths.ts';
import type { Scope } from './scope.ts';
import { unitText } from './units.ts';

export function resolveConvert(
  call: CallExpression,
  table: string,
  level: Level<RowExpression>,
  scope: Scope,
): RowExpression {
  const { locate, report } = level;
  const [written, target, ...others] = call.arguments;
  if (written === undefined || target === undefined || others.length > 0 || call.distinct || call.scope !== null) {
    const expected = 'an amount and a currency: `convert(amount, EUR at closed_on)`';
    report(argumentCount(locate(call.at), { name: 'convert', expected, found: call.arguments.length }));
    return errorNode;
  }
  const day = target.kind === 'modified' && target.where === null ? target.time : null;
  const to = currencyOf(target.kind === 'modified' ? target.operand : target);
  if (day === null || to === null) {
    const expected = 'a currency and the date of its rate, as in `EUR at closed_on`';
    const found = to === null ? `\`${printFormula(target)}\`` : 'a currency without the date of its rate';
    report(wrongArgument(locate(target.at), { what: '`convert`', expected, found }));
    return errorNode;
  }
  const { rates } = scope.settings;
  if (rates === null) {
    report(noRates(locate(call.name.at), {}));
    return errorNode;
  }
  const amount = resolveExpression(written, level);
  const at = resolveExpression(day, level);
  if (amount.type === 'unknown' || at.type === 'unknown') return errorNode;
  if (at.type !== 'date' && at.type !== 'timestamp') {
    const found = typeText(at.type);
    report(wrongArgument(locate(day.at), { what: '`convert`', expected: 'a date or a timestamp', found }));
    return errorNode;
  }
  const from = currencyIn(amount, table, scope);
  if (from === null || !isNumber(amount.type)) {
    const found = isNumber(amount.type) ? amountText(amount.unit) : typeText(amount.type);
    const expected = 'an amount of money, with a unit such as `EUR` or `currency(currency_code)`';
    report(wrongArgument(locate(written.at), { what: '`convert`', expected, found }));
    return errorNode;
  }
  const rate = scope.column(rates.table, rates.rate)?.type;
  const type = amount.type === 'float' || rate === 'float' ? 'float' : 'decimal';
  return { kind: 'convert', amount, from, to, at, type, unit: { kind: 'known', factors: { [to]: 1 } } };
}

function currencyOf(expression: Expression): string | null {
  const word = expression.kind === 'path' && expression.words.length === 1 ? expression.words[0]?.text : undefined;
  return word !== undefined && isCurrency(word) ? word : null;
}

function isCurrency(word: string): boolean {
  return /^[A-Z]{3}$/.test(word);
}

function amountText(unit: Unit): string {
  return unit.kind === 'unspecified' ? 'a number without a unit' : `an amount in ${unitText(unit)}`;
}

/** The currency of an amount: the code in its unit, or the column that has it; null where it is none, or another row's. */
function currencyIn({ unit }: RowExpression, table: string, scope: Scope): RowExpression | null {
  if (unit.kind === 'known') {
    const [factor, ...others] = Object.entries(unit.factors);
    if (factor === undefined || others.length > 0 || factor[1] !== 1 || !isCurrency(factor[0])) return null;
    return { kind: 'literal', value: factor[0], type: 'string', unit: unspecified };
  }
  if (unit.kind !== 'mixed' || !/^[\w.]+$/.test(unit.currencyColumn)) return null;
  const joins = unit.currencyColumn.split('.');
  const name = joins.pop() ?? '';
  const holder = tableAt(scope.graph, table, joins);
  const type = scope.column(holder, name)?.type ?? 'unknown';
  return type === 'string' ? { kind: 'column', joins, table: holder, column: name, type, unit: unspecified } : null;
}
