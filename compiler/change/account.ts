/** The account: a question about a change and its answers in, everything that can be said of it out. */
import { type Day, parseDay } from '../calendar/index.ts';
import { changedMeanwhile, type Diagnostic } from '../diagnostics/index.ts';
import type { ExpressionType } from '../model.ts';
import { type Fraction, minus, parseFraction, signOf } from './fraction.ts';
import type { ChangeQuestion } from './question.ts';
import { type Season, seasonOf } from './season.ts';
import { exactValues, type Group, type GroupValues, type Split, splitOf, type Whole } from './split.ts';
import { type Mark, type Spread, spreadOf } from './spread.ts';

/** Rows as they are answered: exact numbers are text, or whole numbers that floats hold. */
export interface ChangeRows {
  readonly types: readonly ExpressionType[];
  readonly rows: readonly (readonly Group[])[];
}

export interface ChangeAnswers {
  readonly totals: ChangeRows;
  /** Null where nothing was asked about beginnings, or it could not be answered. */
  readonly beginnings: ChangeRows | null;
  /** In the order of the dimensions. */
  readonly splits: readonly ChangeRows[];
}

export interface ChangeAccount {
  readonly question: ChangeQuestion;
  readonly value: Fraction | null;
  readonly before: Fraction | null;
  readonly change: Fraction | null;
  /** Null where there is no change. */
  readonly season: Season | null;
  readonly dimensions: readonly DimensionAccount[];
}

export interface DimensionAccount extends Split {
  readonly dimension: string;
  readonly type: ExpressionType;
  readonly spread: Spread | null;
}

/** A number that all members are held against; without one each is held against what it was. */
export type Threshold = Fraction | null;

export function accountOf(
  question: ChangeQuestion,
  answers: ChangeAnswers,
  threshold: Threshold,
): ChangeAccount | Diagnostic {
  const { metric, parts } = question;
  const numbers = (answers.totals.rows[0] ?? []).map(fractionOf);
  const sides = parts.kind === 'ratio' ? 4 : 0;
  const [asked = null, askedBefore = null] = numbers;
  const values = sides === 0 ? [asked, askedBefore] : numbers.slice(2, 2 + sides);
  const precision = answers.totals.types.slice(sides === 0 ? 0 : 2, 2 + sides).includes('float') ? 'float' : 'exact';
  const [value = null, before = null] = exactValues({ parts, value: asked, before: askedBefore, values });
  const whole: Whole = { parts, value, before, values, precision };
  const change = value === null || before === null ? null : minus(value, before);
  const mark = markOf(threshold, change, question);

  const dimensions: DimensionAccount[] = [];
  for (const [index, { dimension }] of question.splits.entries()) {
    const { types, rows } = answers.splits[index] ?? { types: [], rows: [] };
    const split = splitOf(whole, rows.map(groupOf));
    if (split === null) return changedMeanwhile(null, { metric: metric.name, dimension });
    const spread = mark === null ? null : spreadOf(split.groups, mark);
    dimensions.push({ ...split, dimension, type: types[0] ?? 'unknown', spread });
  }
  const years = numbers.slice(2 + sides);
  const season = value === null || before === null ? null : seasonIn(question, { value, before }, years, answers);
  return { question, value, before, change, season, dimensions };
}

function groupOf([group = null, ...values]: readonly Group[]): GroupValues {
  return { group, values: values.map(fractionOf) };
}

function fractionOf(value: Group): Fraction | null {
  return value === null ? null : parseFraction(String(value));
}

function seasonIn(
  { years, isWithinYear, parts }: ChangeQuestion,
  step: { readonly value: Fraction; readonly before: Fraction },
  numbers: readonly (Fraction | null)[],
  { beginnings }: ChangeAnswers,
): Season {
  if (!isWithinYear) return { kind: 'same' };
  const values = years.map((year, index) => ({
    ...year,
    value: numbers[2 * index] ?? null,
    before: numbers[2 * index + 1] ?? null,
  }));
  const begins = (beginnings?.rows[0] ?? []).map(dayOf);
  return seasonOf(step, values, begins, parts.kind === 'sum' ? 'amount' : 'rate');
}

/** The day of a date or a timestamp. */
function dayOf(value: Group): Day | null {
  return value === null ? null : parseDay(String(value).slice(0, 10));
}

/** Null where nothing moved and no threshold is given: then nobody can be said to have moved as the whole did. */
function markOf(threshold: Threshold, change: Fraction | null, { metric }: ChangeQuestion): Mark | null {
  if (threshold !== null)
    return { kind: 'threshold', value: threshold, side: metric.good === 'down' ? 'above' : 'below' };
  const way = change === null ? 0 : signOf(change);
  return way === 0 ? null : { kind: 'before', direction: way < 0 ? 'fell' : 'rose' };
}
