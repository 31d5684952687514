/**
 * Change: why a metric moved from one period to another. The model and a question in, ordinary queries out; their answers
 * in, and out what each group contributed, whether it was general, and how much of it the season does every year.
 */
export {
  accountOf,
  type ChangeAccount,
  type ChangeAnswers,
  type ChangeRows,
  type DimensionAccount,
} from './account.ts';
export { type Fraction, parseFraction, toDecimal, toNumber } from './fraction.ts';
export { type ChangeQuestion, type ChangeReading, changeQuestion, type EarlierYear } from './question.ts';
export type { Season, YearChange } from './season.ts';
export { type Effects, type Group, type GroupChange, togetherOf, type Unsplit } from './split.ts';
export type { Mark, Spread, Verdict } from './spread.ts';
