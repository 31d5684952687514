/** Why a number moved, as a colleague would write it down: what happened first, then the tables that it is taken from. */
import {
  type ChangeAccount,
  type DimensionAccount,
  type Effects,
  type Fraction,
  formatInterval,
  type Group,
  type Interval,
  type Metric,
  type Season,
  type Spread,
  toDecimal,
  togetherOf,
  toNumber,
} from '../../../../compiler/index.ts';
import { type AnswerColumn, answerColumns } from '../../../index.ts';
import type { Paint } from '../terminal.ts';
import { shown, tableLines } from './answer.ts';

export interface WhyText {
  readonly comparison: string;
  readonly as_of: string;
  /** How many groups of a dimension are shown; the others stand together in one row. */
  readonly limit: number;
}

export function whyText(account: ChangeAccount, { comparison, as_of, limit }: WhyText, paint: Paint): string {
  const { question, dimensions } = account;
  const numbers = new Numbers(question.metric);
  const notes = [
    paint('bold', headline(account, numbers)),
    `${formatInterval(question.period)} against ${formatInterval(question.compared)} (${comparison}), as of ${as_of}.`,
    ...elapsed(question.asked, question.period),
    ...seasonText(account.season, numbers),
    ...dimensions.flatMap(each => spreadText(each, account, numbers)),
  ];
  const tables = dimensions.map(each => dimensionTable(each, account, numbers, limit, paint));
  return `${[notes.join('\n'), ...tables].join('\n\n')}\n`;
}

function headline({ question, value, before, change }: ChangeAccount, numbers: Numbers): string {
  const { name } = question.metric;
  if (value === null || before === null || change === null) {
    const lacking = value === null ? question.period : question.compared;
    return `${name} has no value in ${formatInterval(lacking)}, so there is no change to split.`;
  }
  if (change.over === 0n)
    return `${name} did not move: it was ${numbers.value(before)} and is ${numbers.value(value)}.`;
  const verb = change.over < 0n ? 'fell' : 'rose';
  return `${name} ${verb} by ${numbers.size(change)}, from ${numbers.value(before)} to ${numbers.value(value)}.`;
}

function elapsed(asked: Interval, period: Interval): readonly string[] {
  if (period.until === asked.until) return [];
  const days = period.until - period.from;
  const whole = asked.until - asked.from;
  return [`The period is not over: like for like, the first ${days} of its ${counted(whole, 'day')} are compared.`];
}

function seasonText(season: Season | null, numbers: Numbers): readonly string[] {
  switch (season?.kind) {
    case undefined:
      return [];
    case 'same':
      return ['Season: both are the same time of the year, so none of it is season.'];
    case 'unknown':
      return ['Season: not known, since no earlier year has data of the whole of both periods.'];
    case 'known': {
      const { years, usual, rest, share } = season;
      const steps = years.map(each => `${numbers.difference(each.change)} ${agoText(each.ago)}`);
      const part = share === null ? '' : ` (${(toNumber(share) * 100).toFixed(2)} %)`;
      const by = years.length === 1 ? 'by that one year' : 'by these years';
      return [
        `Season: the same step was ${listed(steps)}. Of the change ${numbers.difference(usual)}${part} are usual ${by}, and ${numbers.difference(rest)} are not.`,
      ];
    }
  }
}

function agoText(years: number): string {
  return years === 1 ? 'a year ago' : `${years} years ago`;
}

function spreadText(
  { dimension, spread, unsplit, type }: DimensionAccount,
  { question }: ChangeAccount,
  numbers: Numbers,
): readonly string[] {
  if (spread === null || spread.members === 0) return [];
  const { short, members, unjudged, most, verdict } = spread;
  const how = {
    general: 'it is general: ',
    few: 'it sits with few: ',
    neither: 'it is neither general nor with few: ',
  };
  const isRatio = question.parts.kind === 'ratio' && unsplit === null;
  const instead =
    verdict === 'nobody' && spread.mark.kind === 'before' && isRatio ? ' by itself, so it is the mix' : '';
  const said = [
    `By ${dimension} ${verdict === 'nobody' || verdict === null ? '' : how[verdict]}${short.length} of ${members} ${shortText(spread, numbers)}${instead}`,
    ...(most === null ? [] : [mostText(most, spread, type)]),
    ...(unjudged === 0 ? [] : [`${unjudged} more cannot be judged`]),
  ];
  return [`${said.join('; ')}.`];
}

function shortText({ mark, short }: Spread, numbers: Numbers): string {
  if (mark.kind === 'before') return mark.direction;
  return `${short.length === 1 ? 'is' : 'are'} ${mark.side} ${numbers.value(mark.value)}`;
}

function mostText(
  { groups, share }: NonNullable<Spread['most']>,
  { mark }: Spread,
  type: AnswerColumn['type'],
): string {
  const names = listed(groups.map(each => groupText(each, type)));
  const verb = groups.length === 1 ? 'accounts' : 'account';
  const what =
    mark.kind === 'threshold'
      ? 'what is lacking'
      : mark.direction === 'fell'
        ? 'what pulled it down'
        : 'what pushed it up';
  return `${names} ${verb} for ${Math.round(toNumber(share) * 100)} % of ${what}`;
}

function dimensionTable(
  account: DimensionAccount,
  whole: ChangeAccount,
  numbers: Numbers,
  limit: number,
  paint: Paint,
): string {
  const { dimension, groups, unsplit, type } = account;
  const all = togetherOf(groups);
  const named = groups.length <= limit + 1 ? groups : groups.slice(0, limit);
  const others = groups.slice(named.length);
  const hasAlone = groups.some(({ ratio }) => ratio !== null && ratio.effects.alone.over !== 0n);
  const effects = unsplit !== null || all.effects === null ? [] : hasAlone ? effectNames : effectNames.slice(0, 2);
  const cells = (found: Effects | null | undefined, contribution: Fraction | null) => [
    ...effects.map(name => numbers.differenceCell(found?.[name] ?? null)),
    numbers.differenceCell(contribution),
  ];
  const heads = [
    dimension,
    numbers.head('before'),
    numbers.head('now'),
    ...[...effects, unsplit === null ? 'contribution' : 'change'].map(name => numbers.differenceHead(name)),
  ];
  const body = named.map(({ group, before, value, change, contribution, ratio }) => [
    groupText(group, type),
    numbers.cell(before),
    numbers.cell(value),
    ...cells(ratio?.effects, unsplit === null ? contribution : change),
  ]);
  if (others.length > 0) {
    const { effects: found, contribution } = togetherOf(others);
    body.push([`(${counted(others.length, 'other')})`, '', '', ...cells(found, contribution)]);
  }
  body.push(['(all)', numbers.cell(whole.before), numbers.cell(whole.value), ...cells(all.effects, whole.change)]);
  const columns = heads.map((_, index) => ({ type: index === 0 ? ('string' as const) : ('float' as const) }));
  const alone = effects.includes('alone') ? '; `alone` is what groups without a denominator add' : '';
  return [...tableLines(heads, body, columns, paint), paint('dim', `${footText(account, whole)}${alone}`)].join('\n');
}

const effectNames = ['rate', 'mix', 'alone'] as const;

function footText({ unsplit, groups, remainder }: DimensionAccount, { question }: ChangeAccount): string {
  const count = counted(groups.length, 'group');
  switch (unsplit) {
    case 'no parts':
      return `${count}; they do not add up: \`${question.metric.name}\` is no sum, and no ratio of sums`;
    case 'overlap':
      return `${count}; they do not add up: some of what is counted is in several of them`;
    case 'no change':
      return `${count}; one of the periods has no value`;
    case null:
      return `${count}; contributions add up to the change, ${remainder?.over === 0n ? 'with nothing left over' : 'but for the rounding of floats'}`;
  }
}

function groupText(group: Group, type: AnswerColumn['type']): string {
  return shown(group, { kind: 'dimension', type, unit: null });
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** `a, b and c`. */
function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** The numbers of a metric as people read them; differences of percentages are points. */
class Numbers {
  private readonly column: AnswerColumn | undefined;

  constructor(private readonly metric: Metric) {
    this.column = answerColumns([{ ...metric, kind: 'metric' }])[0];
  }

  value(number: Fraction): string {
    return this.withUnit(this.cell(number));
  }

  cell(number: Fraction | null): string {
    if (number === null) return shown(null, { kind: 'metric', type: 'float', unit: null });
    const exact = this.metric.type === 'float' ? null : toDecimal(number);
    const unit = this.isPercent ? 'percent' : null;
    if (exact !== null) return shown(exact, { kind: 'metric', type: 'decimal', unit });
    return shown(toNumber(number), { kind: 'metric', type: 'float', unit });
  }

  difference(number: Fraction): string {
    return this.isPercent ? `${this.differenceCell(number)} points` : this.withUnit(this.cell(number));
  }

  size(number: Fraction): string {
    return this.difference(number).replace(/^-/, '');
  }

  differenceCell(number: Fraction | null): string {
    if (number === null || !this.isPercent) return this.cell(number);
    return (toNumber(number) * 100).toFixed(2).replace(/^-(0\.00)$/, '$1');
  }

  head(name: string): string {
    return this.unit === null ? name : `${name} (${this.unit})`;
  }

  differenceHead(name: string): string {
    return this.isPercent ? `${name} (points)` : this.head(name);
  }

  private get isPercent(): boolean {
    return this.metric.isPercent;
  }

  private get unit(): string | null {
    return this.isPercent ? null : (this.column?.unit ?? null);
  }

  private withUnit(text: string): string {
    return this.unit === null ? text : `${text} ${this.unit}`;
  }
}
