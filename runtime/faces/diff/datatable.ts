/** The numbers of both states for a terminal: a row a metric, and below it the groups that move most. */
import { printable } from '../../../compiler/index.ts';
import type { DataDiff, MetricMove } from '../../index.ts';
import {
  alertSentence,
  goalSentence,
  groupRows,
  groupsHead,
  isStill,
  type MovedRow,
  movedRow,
  readSentence,
  stillSentence,
  toleranceSentence,
} from './numbers.ts';

type Paint = (style: 'bold' | 'red' | 'yellow' | 'green' | 'dim', text: string) => string;

export function dataLines(data: DataDiff, paint: Paint): string {
  const lines = data.moves.flatMap(move => (isStill(move) ? [] : moveLines(move, paint)));
  const still = stillSentence(data);
  const flips = [...data.goals.map(goalSentence), ...data.alerts.map(alertSentence)];
  return [
    `${paint('yellow', 'DATA')}  ${paint('bold', readSentence(data))}`,
    ...lines,
    ...(still === null ? [] : [`  ${still}`]),
    ...data.refused.map(
      ({ name, side, reason }) =>
        `  ${name} cannot be asked ${side === 'before' ? 'of the earlier state' : 'any more'}: ${printable(reason)}`,
    ),
    ...flips.map(text => `  ${paint('yellow', 'flips')}  ${printable(text)}`),
  ].join('\n');
}

function moveLines(move: MetricMove, paint: Paint): readonly string[] {
  const tolerance = toleranceSentence(move);
  const said = tolerance === null ? '' : paint(move.isBeyond ? 'red' : 'dim', `  ${tolerance}`);
  return [
    `  ${paint('bold', move.name)}  ${rowText(movedRow('', move, move.column))}${said}`,
    ...move.groups.flatMap(groups => {
      const rows = groupRows(groups, move.column);
      const width = Math.max(0, ...rows.map(({ name }) => name.length));
      return [
        `      ${paint('dim', printable(groupsHead(groups)))}`,
        ...rows.map(row => `        ${printable(row.name).padEnd(width)}  ${rowText(row)}`),
      ];
    }),
  ];
}

function rowText({ before, after, difference, relative }: MovedRow): string {
  return `${before} → ${after}  ${difference}${relative === '' ? '' : ` (${relative})`}`;
}
