/** Why a number moved, for programs: everything that is known of it. Exact numbers are as answers write them. */
import {
  type ChangeAccount,
  type DimensionAccount,
  type Fraction,
  formatInterval,
  type GroupChange,
  type Mark,
  type Season,
  type Spread,
  toDecimal,
  togetherOf,
  toNumber,
} from '../../../../compiler/index.ts';
import { answerColumns, type WhyResult } from '../../../index.ts';

export function whyJson(
  account: ChangeAccount,
  comparison: string,
  { model, as_of, sql_ms }: Pick<WhyResult, 'model' | 'as_of' | 'sql_ms'>,
): string {
  const { question, value, before, change, season, dimensions } = account;
  const { metric, period, compared, asked } = question;
  const number = numberOf(metric.type);
  const [column] = answerColumns([{ ...metric, kind: 'metric' }]);
  const days = asked.until === period.until ? null : { days: period.until - period.from, of: asked.until - asked.from };
  const object = {
    metric: { name: metric.name, type: metric.type, unit: column?.unit ?? null, good: metric.good },
    period: formatInterval(period),
    compared: { name: comparison, period: formatInterval(compared) },
    like_for_like: days,
    value: number(value),
    before: number(before),
    change: number(change),
    season: season === null ? null : seasonObject(season, number),
    by: dimensions.map(each => dimensionObject(each, question.parts.kind, number)),
    meta: { model, as_of, sql_ms },
  };
  return `${JSON.stringify(object, null, 2)}\n`;
}

type Numbers = (number: Fraction | null) => string | number | null;

/** Decimals and whole numbers beyond 2^53 are text, as in answers; what is no such number is a float. */
function numberOf(type: string): Numbers {
  return number => {
    if (number === null) return null;
    const exact = type === 'float' ? null : toDecimal(number);
    if (exact === null) return toNumber(number);
    const isSafe = type === 'integer' && number.under === 1n && Number.isSafeInteger(Number(exact));
    return isSafe ? Number(exact) : exact;
  };
}

function seasonObject(season: Season, number: Numbers) {
  switch (season.kind) {
    case 'same':
    case 'unknown':
      return { kind: season.kind };
    case 'known':
      return {
        kind: season.kind,
        share: season.share === null ? null : toNumber(season.share),
        years: season.years.map(({ ago, period, compared, value, before, change }) => ({
          years_ago: ago,
          period: formatInterval(period),
          compared: formatInterval(compared),
          value: number(value),
          before: number(before),
          change: number(change),
        })),
        usual: number(season.usual),
        rest: number(season.rest),
      };
  }
}

function dimensionObject(account: DimensionAccount, parts: string, number: Numbers) {
  const { dimension, unsplit, remainder, groups, spread } = account;
  const { effects } = togetherOf(groups);
  const isRatio = parts === 'ratio' && unsplit === null;
  return {
    dimension,
    split: unsplit === null ? (isRatio ? 'rate and mix' : 'difference') : null,
    unsplit,
    remainder: number(remainder),
    effects: isRatio && effects !== null ? effectsObject(effects, number) : null,
    spread: spread === null ? null : spreadObject(spread, number),
    groups: groups.map(each => groupObject(each, number)),
  };
}

function effectsObject(
  { rate, mix, alone }: { readonly rate: Fraction; readonly mix: Fraction; readonly alone: Fraction },
  number: Numbers,
) {
  return { rate: number(rate), mix: number(mix), alone: number(alone) };
}

function groupObject({ group, value, before, change, contribution, ratio }: GroupChange, number: Numbers) {
  const common = {
    group,
    value: number(value),
    before: number(before),
    change: number(change),
    contribution: number(contribution),
  };
  if (ratio === null) return common;
  const exact = numberOf('decimal');
  return {
    ...common,
    effects: effectsObject(ratio.effects, number),
    weight: toNumber(ratio.weight),
    weight_before: toNumber(ratio.weightBefore),
    numerator: exact(ratio.numerator),
    numerator_before: exact(ratio.numeratorBefore),
    denominator: exact(ratio.denominator),
    denominator_before: exact(ratio.denominatorBefore),
  };
}

function spreadObject({ mark, members, unjudged, short, most, verdict }: Spread, number: Numbers) {
  return {
    mark: markObject(mark, number),
    members,
    unjudged,
    short: short.length,
    share: members === 0 ? null : short.length / members,
    groups: short,
    most: most === null ? null : { groups: most.groups, share: toNumber(most.share) },
    verdict,
  };
}

function markObject(mark: Mark, number: Numbers) {
  return mark.kind === 'before' ? mark : { ...mark, value: number(mark.value) };
}
