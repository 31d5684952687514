/** Forms that read other intervals than the asked one: `prior`, `change`, `growth`, `to_date`, `rolling`, `running`, `opening`. */
import { isGrain } from '../calendar/index.ts';
import {
  argumentCount,
  didYouMean,
  nearest,
  noTimeToMove,
  notAConstant,
  notAStock,
  stockAccumulated,
  unknownGrain,
  wrongArgument,
} from '../diagnostics/index.ts';
import { type CallExpression, type Expression, printFormula } from '../formula/index.ts';
import { errorNode, type Measure, type MetricExpression, type Step, type StepUnit, type TimeWindow } from '../model.ts';
import type { MetricContext } from './context.ts';
import { build, type Level, resolveExpression } from './expression.ts';
import type { TimedForm } from './forms.ts';
import { isNumber, typeText } from './meeting.ts';
import { measuresOf } from './walk.ts';

/** What each form takes, beside the expression. */
const expected: Readonly<Record<TimedForm, string>> = {
  prior: 'an expression and, if it is not one bucket, a step: `prior(won_revenue, 1 year)`',
  change: 'an expression and, if it is not one bucket, a step: `change(won_revenue, 1 year)`',
  growth: 'an expression and, if it is not one bucket, a step: `growth(won_revenue, 1 year)`',
  to_date: 'an expression and a grain: `to_date(won_revenue, year)`',
  rolling: 'an expression and a step: `rolling(won_revenue, 3 months)`',
  running: 'one expression',
  opening: 'one stock: `opening(open_pipeline)`',
};

export function resolveTimed(
  call: CallExpression,
  form: TimedForm,
  level: Level<MetricExpression>,
  context: MetricContext,
): MetricExpression {
  const [written, argument, ...others] = call.arguments;
  const isStepOptional = form === 'prior' || form === 'change' || form === 'growth';
  const takesMore = form === 'to_date' || form === 'rolling' || isStepOptional;
  const isCountWrong =
    others.length > 0 || (takesMore ? argument === undefined && !isStepOptional : argument !== undefined);
  if (written === undefined || isCountWrong || call.scope !== null || call.distinct) {
    const found = call.arguments.length;
    context.report(argumentCount(context.locate(call.at), { name: form, expected: expected[form], found }));
    return errorNode;
  }
  const operand = resolveExpression(written, level);
  const window = windowOf(form, argument, context);
  if (operand.type === 'unknown' || window === null) return errorNode;
  const measures = measuresOf(operand, context.resolved);
  if (!isAllowed(form, window, measures, written, context)) return errorNode;
  const windowed: MetricExpression = { kind: 'windowed', window, operand, type: operand.type, unit: operand.unit };
  if (form !== 'change' && form !== 'growth') return windowed;
  if (!isNumber(operand.type)) {
    const found = typeText(operand.type);
    context.report(wrongArgument(context.locate(written.at), { what: `\`${form}\``, expected: 'a number', found }));
    return errorNode;
  }
  const places = [written.at, written.at];
  const difference = build('subtract', [operand, windowed], places, call.at, level);
  if (form === 'change') return difference;
  // From a loss to a profit is growth: the difference is held against the size of the earlier value.
  const size = build('abs', [windowed], [written.at], call.at, level);
  return build('divide', [difference, size], places, call.at, level);
}

function windowOf(form: TimedForm, argument: Expression | undefined, context: MetricContext): TimeWindow | null {
  switch (form) {
    case 'running':
    case 'opening':
      return { kind: form };
    case 'to_date': {
      const word = argument?.kind === 'path' && argument.words.length === 1 ? (argument.words[0]?.text ?? '') : '';
      if (isGrain(word) && word !== 'hour' && word !== 'day') return { kind: 'to_date', grain: word };
      if (argument !== undefined) {
        const grains = ['week', 'month', 'quarter', 'half', 'year', 'fiscal_quarter', 'fiscal_half', 'fiscal_year'];
        const help = didYouMean(nearest(word, grains));
        context.report(
          unknownGrain(context.locate(argument.at), { name: word || printFormula(argument), grains, help }),
        );
      }
      return null;
    }
    case 'rolling':
    case 'prior':
    case 'change':
    case 'growth': {
      if (argument === undefined) return { kind: 'prior', step: null, isLikeForLike: false };
      const step = stepOf(argument);
      if (step === null) {
        const what = `the step of \`${form}\``;
        const wanted = 'a whole number of days, weeks, months, quarters, halves or years: `1 year`';
        context.report(notAConstant(context.locate(argument.at), { what, expected: wanted }));
        return null;
      }
      return form === 'rolling' ? { kind: 'rolling', step } : { kind: 'prior', step, isLikeForLike: false };
    }
  }
}

const units: readonly StepUnit[] = ['day', 'week', 'month', 'quarter', 'half', 'year'];
const longestStep = 4000;

function stepOf(argument: Expression): Step | null {
  if (argument.kind !== 'duration') return null;
  const unit = units.find(each => each === argument.unit);
  const amount = Number(argument.amount);
  return unit === undefined || !Number.isInteger(amount) || amount < 1 || amount > longestStep
    ? null
    : { amount, unit };
}

/** Time must pass for what is read: a table without a time axis has no other interval, and a stock is not accumulated. */
function isAllowed(
  form: TimedForm,
  window: TimeWindow,
  measures: readonly Measure[],
  written: Expression,
  context: MetricContext,
): boolean {
  const at = context.locate(written.at);
  const text = printFormula(written);
  const timeless = measures.find(measure => measure.time === null && measure.lifespan === null);
  if (timeless !== undefined) {
    context.report(noTimeToMove(at, { form, text, table: timeless.table }));
    return false;
  }
  const stock = measures.find(measure => measure.lifespan !== null);
  if (form === 'opening' && measures.some(measure => measure.lifespan === null)) {
    context.report(notAStock(at, { text }));
    return false;
  }
  if (stock !== undefined && (window.kind === 'rolling' || window.kind === 'to_date' || window.kind === 'running')) {
    context.report(stockAccumulated(at, { form, text }));
    return false;
  }
  return true;
}
