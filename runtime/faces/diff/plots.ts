/** The two drawings of a metric that moved: both states month by month on one scale, and bars of how far groups moved. */

import type { MetricMove, MovedGroups } from '../../index.ts';
import { type Markup, tag } from '../page/markup.ts';
import { mostGroups } from './numbers.ts';

const [width, height, edge] = [320, 72, 6];

/** Null where there are fewer than two months. */
export function twoLines({ trend }: MetricMove, label: string): Markup | null {
  const numbers = trend
    .flatMap(({ before, after }) => [before, after])
    .filter(value => value !== null)
    .map(Number);
  if (trend.length < 2 || numbers.length === 0) return null;
  const [min, max] = [Math.min(...numbers), Math.max(...numbers)];
  const x = (index: number) => round(edge + (index * (width - 2 * edge)) / (trend.length - 1));
  const y = (value: number) =>
    round(max === min ? height / 2 : height - edge - ((value - min) / (max - min)) * (height - 2 * edge));
  const line = (side: 'before' | 'after') => {
    let isDrawn = false;
    const path = trend.map((point, index) => {
      const value = point[side];
      // A month between two without a value is a dot, which a round end makes of a line of no length.
      const step =
        value === null ? '' : `${isDrawn ? 'L' : 'M'}${x(index)} ${y(Number(value))}${isDrawn ? '' : 'h.01'}`;
      isDrawn = value !== null;
      return step;
    });
    return tag('path', {
      class: side,
      d: path.join(''),
      fill: 'none',
      'stroke-linejoin': 'round',
      'stroke-linecap': 'round',
    });
  };
  return tag(
    'svg',
    { class: 'line two', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label },
    line('before'),
    line('after'),
  );
}

/** A bar for each of the groups that are listed, to the left where it fell; null where none is a number. */
export function moveBars({ rows }: MovedGroups, label: string): Markup | null {
  const moves = rows.slice(0, mostGroups).map(({ difference }) => Number(difference.absolute ?? 0));
  const most = Math.max(0, ...moves.map(Math.abs));
  if (most === 0) return null;
  const [tall, gap] = [10, 4];
  const bars = moves.map((move, index) => {
    const size = round((Math.abs(move) / most) * (width / 2));
    const from = move < 0 ? width / 2 - size : width / 2;
    return tag('rect', {
      class: move < 0 ? 'fell' : 'rose',
      x: round(from),
      y: index * (tall + gap),
      width: size,
      height: tall,
    });
  });
  const total = moves.length * (tall + gap);
  return tag(
    'svg',
    { class: 'moves', viewBox: `0 0 ${width} ${total}`, role: 'img', 'aria-label': label },
    bars,
    tag('rect', { class: 'target', x: width / 2 - 0.5, y: 0, width: 1, height: total }),
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
