/** Targets as they are declared, by period and group: the values of a goal in, each for one period of its grain, out. */
import {
  bucketOf,
  type Calendar,
  type Day,
  fixedPeriod,
  formatDay,
  type Grain,
  laterBucket,
} from '../calendar/index.ts';
import {
  didYouMean,
  nearest,
  notAValue,
  notOneBucket,
  oneOf,
  targetGap,
  targetGroup,
  targetTwice,
  wrongShape,
} from '../diagnostics/index.ts';
import {
  type GoalDeclaration,
  spanOf,
  type TargetDeclaration,
  type TargetValueDeclaration,
  type Word,
} from '../document/index.ts';
import type { Dimension, Target } from '../model.ts';
import { grouped } from '../record.ts';
import { typeText } from './meeting.ts';
import type { Scope } from './scope.ts';
import { isOfType } from './tables.ts';

/** What the values of a goal are read with. */
export interface TargetContext {
  readonly declaration: GoalDeclaration;
  readonly grain: Grain;
  readonly by: readonly Dimension[];
  readonly scope: Scope;
  /** Whether the goal is judged: only then is told what may be meant so. */
  readonly judged: 'all' | 'errors';
}

interface Value {
  readonly written: TargetValueDeclaration;
  readonly day: Day;
  readonly group: readonly string[];
  readonly value: string;
}

export function readValues(
  { values: written }: Extract<TargetDeclaration, { kind: 'values' }>,
  context: TargetContext,
): Extract<Target, { kind: 'values' }> | null {
  const { declaration, scope } = context;
  const values = written.flatMap(each => readValue(each, context) ?? []);
  const seen = new Map<string, Value>();
  for (const value of values) {
    const key = JSON.stringify([value.day, value.group]);
    const first = seen.get(key);
    seen.set(key, first ?? value);
    if (first === undefined) continue;
    const related = [{ message: 'it is given first here', span: spanOf(declaration.file, first.written.period.at) }];
    const at = spanOf(declaration.file, value.written.period.at);
    scope.report(targetTwice(at, { period: value.written.period.text, group: value.group }, { related }));
  }
  if (context.judged === 'all') reportGaps([...seen.values()], context);
  if (values.length < written.length || seen.size < values.length) return null;
  return { kind: 'values', values: values.map(({ day, group, value }) => ({ from: formatDay(day), group, value })) };
}

/** A number as it is written in plain digits; null for any other text. */
export function plainNumber(text: string): string | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text.trim());
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  if (match === null || whole + fraction === '') return null;
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  const places = fraction.replace(/0+$/, '');
  return `${sign === '-' ? '-' : ''}${digits}${places === '' ? '' : `.${places}`}`;
}

function readValue(written: TargetValueDeclaration, context: TargetContext): Value | null {
  const { declaration, grain, scope } = context;
  const day = bucketNamed(written.period, declaration.file, grain, scope);
  const value = plainNumber(written.value.text);
  if (value === null) {
    const found = `\`${written.value.text}\``;
    scope.report(wrongShape(spanOf(declaration.file, written.value.at), { expected: 'a number such as 1200', found }));
  }
  const group = groupOf(written, context);
  return day === null || value === null || group === null ? null : { written, day, group, value };
}

/** The first day of the bucket that a text names. */
function bucketNamed(period: Word, file: string, grain: Grain, { settings, report }: Scope): Day | null {
  const { calendar } = settings;
  const found = fixedPeriod(period.text, calendar);
  const isOne =
    found !== null &&
    bucketOf(grain, found.from, calendar) === found.from &&
    laterBucket(grain, found.from, 1, calendar) === found.until;
  if (isOne) return found.from;
  report(notOneBucket(spanOf(file, period.at), { text: period.text, grain, examples: examplesOf(grain) }));
  return null;
}

function examplesOf(grain: Grain): string {
  switch (grain) {
    case 'hour':
    case 'day':
      return '`2026-03-05`';
    case 'week':
      return '`2026-W10`';
    case 'month':
      return '`2026-03`';
    case 'quarter':
      return '`2026-Q1`';
    case 'half':
      return '`2026-H1`';
    case 'year':
      return '`2026`';
    case 'fiscal_quarter':
      return '`FY2026-Q1`';
    case 'fiscal_half':
      return '`FY2026-H1`';
    case 'fiscal_year':
      return '`FY2026`';
  }
}

/** A target's value of each dimension of the goal, in their order. */
function groupOf(written: TargetValueDeclaration, { declaration, by, scope }: TargetContext): readonly string[] | null {
  const { file } = declaration;
  const names = by.map(dimension => dimension.name);
  const strangers = written.group.filter(({ column }) => !names.includes(column.text));
  for (const { column } of strangers) {
    const reason =
      names.length === 0
        ? `\`${column.text}\` says whose target it is, and the goal has no \`by\``
        : `\`${column.text}\` is no dimension by which the goal is kept`;
    const help = names.length === 0 ? `write \`by: [${column.text}]\`` : didYouMean(nearest(column.text, names));
    scope.report(targetGroup(spanOf(file, column.at), { reason, help: help ?? `those are ${oneOf(names)}` }));
  }
  const group = by.flatMap(dimension => {
    const cell = written.group.find(({ column }) => column.text === dimension.name);
    if (cell === undefined) {
      const reason = `the target says nothing of \`${dimension.name}\``;
      const help = `write whose it is: \`${dimension.name}: ...\``;
      scope.report(targetGroup(spanOf(file, written.period.at), { reason, help }));
      return [];
    }
    return groupValue(cell.value, dimension, file, scope) ?? [];
  });
  return group.length < by.length || strangers.length > 0 ? null : group;
}

function groupValue(value: Word, dimension: Dimension, file: string, scope: Scope): string | null {
  const at = spanOf(file, value.at);
  if (!isOfType(value.text, dimension.type)) {
    scope.report(wrongShape(at, { expected: typeText(dimension.type), found: `\`${value.text}\`` }));
    return null;
  }
  const allowed = Object.values(dimension.destinations).flatMap(destination =>
    destination.kind === 'column' ? [scope.column(destination.table, destination.column)?.values ?? null] : [],
  )[0];
  if (allowed === undefined || allowed === null || allowed.includes(value.text)) return value.text;
  const help = didYouMean(nearest(value.text, allowed)) ?? `its values are ${oneOf(allowed, 30)}`;
  scope.report(notAValue(at, { value: value.text, column: dimension.name, help }));
  return null;
}

/** Buckets without a target between others of the same group that have one. */
function reportGaps(values: readonly Value[], { declaration, grain, scope }: TargetContext): void {
  const { calendar } = scope.settings;
  for (const all of grouped(values, value => JSON.stringify(value.group)).values()) {
    const sorted = all.toSorted((a, b) => a.day - b.day);
    for (const [index, value] of sorted.entries()) {
      const before = sorted[index - 1];
      const next = before === undefined ? value.day : laterBucket(grain, before.day, 1, calendar);
      if (next >= value.day) continue;
      const missing = gapText(grain, next, value.day, calendar);
      const at = spanOf(declaration.file, value.written.period.at);
      const goal = declaration.name.text;
      scope.report(targetGap(at, { goal, missing, group: value.group }, { path: `goals.${goal}.target` }));
    }
  }
}

function gapText(grain: Grain, from: Day, until: Day, calendar: Calendar): string {
  const isOne = laterBucket(grain, from, 1, calendar) === until;
  return isOne ? `the ${grain} of ${formatDay(from)}` : `${formatDay(from)} to ${formatDay(until - 1)}`;
}
