/** The numbers of a comparison in words: one row a metric, one row a group. */

import { isGrain } from '../../../compiler/index.ts';
import type { AlertFlip, DataDiff, GoalFlip, MetricMove, MovedGroup, MovedGroups } from '../../index.ts';
import { differenceInWords, inWords, missing, percentInWords } from '../words/numbers.ts';

const language = 'en';

/** Groups of a dimension that are shown. */
export const mostGroups = 5;

export interface MovedRow {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
  readonly relative: string;
}

type Moved = Pick<MovedGroup, 'before' | 'after' | 'difference'>;

export function movedRow(name: string, { before, after, difference }: Moved, column: MetricMove['column']): MovedRow {
  const { absolute, relative, isSame } = difference;
  return {
    name,
    before: inWords(before, column, language),
    after: inWords(after, column, language),
    difference: isSame ? 'the same' : absolute === null ? missing : differenceInWords(absolute, column, language),
    relative: isSame || relative === null ? '' : percentInWords(relative, language, 'exceptZero'),
  };
}

export function groupRows({ keys, rows }: MovedGroups, column: MetricMove['column']): readonly MovedRow[] {
  return rows.slice(0, mostGroups).map(row => movedRow(groupName(row.group, keys), row, column));
}

/** `3 of 12 groups differ, the largest 2:`, and what there is to say where none is shown. */
export function groupsHead({ by, rows, of }: MovedGroups): string {
  if (of === null) return `by ${by}: too many groups to compare`;
  if (rows.length === 0) return `by ${by}: none of ${of} differs`;
  const shown = rows.length > mostGroups ? `, the ${mostGroups} that move most` : '';
  return `by ${by}: ${rows.length} of ${of} ${rows.length === 1 ? 'differs' : 'differ'}${shown}`;
}

function groupName(group: MovedGroup['group'], keys: MovedGroups['keys']): string {
  return group
    .map((value, index) => {
      const column = keys[index] ?? { name: '', type: 'string', unit: null };
      return inWords(value, isGrain(column.name) ? { ...column, type: 'date' } : column, language);
    })
    .join(', ');
}

export function goalSentence({ goal, group, keys, before, after }: GoalFlip): string {
  const of = group.length === 0 ? '' : ` of ${groupName(group, keys)}`;
  return `goal ${goal}${of}: ${status(before)} becomes ${status(after)}`;
}

function status(value: GoalFlip['before']): string {
  return value === null ? 'unknown' : String(value).replaceAll('_', ' ');
}

export function alertSentence({ alert, group, keys, fires }: AlertFlip): string {
  const of = group.length === 0 ? '' : ` for ${groupName(group, keys)}`;
  return fires === 'now' ? `alert ${alert} fires${of}` : `alert ${alert} does not fire any more${of}`;
}

/** Whether neither it nor any of its groups has moved. */
export function isStill({ difference, groups }: MetricMove): boolean {
  return difference.isSame && groups.every(({ rows, of }) => rows.length === 0 && of !== null);
}

/** The metrics whose numbers are the same after all; null where there are none. */
export function stillSentence({ moves }: DataDiff): string | null {
  const names = moves.filter(isStill).map(({ name }) => name);
  if (names.length === 0) return null;
  const shown = names.slice(0, mostNamed).join(', ');
  const others = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return `${names.length === 1 ? 'the same number' : 'the same numbers'} on this data: ${shown}${others}`;
}

const mostNamed = 30;

/** `the last 12 months before ...`: what was read. */
export function readSentence({ moves, asOf, statements }: DataDiff): string {
  const periods = [...new Set(moves.map(({ period }) => period ?? 'all time'))];
  return `${moves.length} ${moves.length === 1 ? 'metric' : 'metrics'} asked of the same warehouse in both states, ${periods.join(' and ') || 'nothing'}, as of ${asOf} (${statements} statements)`;
}

export function toleranceSentence({ tolerance, isBeyond }: MetricMove): string | null {
  if (tolerance === null) return null;
  const most = percentInWords(tolerance.relative, language);
  return isBeyond ? `more than the ${most} that it may move` : `within the ${most} that it may move`;
}
