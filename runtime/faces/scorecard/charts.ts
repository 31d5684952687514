/** The two drawings of a card: a line with its own scale, and a bar with a target. Each says in words what it shows. */
import type { Card, Trend } from '../../index.ts';
import { type Markup, tag } from '../page/markup.ts';

const width = 320;

/** A line through the points, broken where there is no value. */
export function trendLine({ points, min, max }: Trend, label: string): Markup {
  const [height, edge] = [56, 5];
  const step = points.length > 1 ? (width - 2 * edge) / (points.length - 1) : 0;
  const y = (value: number) => {
    if (min === null || max === null || max === min) return height / 2;
    return height - edge - ((value - min) / (max - min)) * (height - 2 * edge);
  };
  const places = points.map(({ value }, index) =>
    value === null ? null : { x: round(edge + index * step), y: round(y(Number(value))) },
  );
  const path = places.map((place, index) => {
    if (place === null) return '';
    return `${index > 0 && places[index - 1] !== null ? 'L' : 'M'}${place.x} ${place.y}`;
  });
  const last = places.findLast(place => place !== null) ?? null;
  return tag(
    'svg',
    { class: 'line', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label },
    tag('path', {
      d: path.join(''),
      fill: 'none',
      'stroke-width': 2,
      'stroke-linejoin': 'round',
      'stroke-linecap': 'round',
    }),
    last === null ? null : tag('circle', { cx: last.x, cy: last.y, r: 4 }),
  );
}

/** What there is as a bar, on tints of one hue for the bands of the status; a mark for the target, a thin line for what is expected by now. */
export function bulletBar(card: Card, label: string): Markup | null {
  const { goal, value } = card;
  const number = (each: unknown) => (each === null || each === undefined ? null : Number(each));
  const actual = number(value.value);
  const [target, expected] = [number(goal?.target.value), number(goal?.expected.value)];
  if (target === null) return null;
  const bounds = bandsOf(card, expected ?? target);
  const largest = Math.max(actual ?? 0, target, expected ?? 0, ...bounds) * 1.05;
  if (largest <= 0) return null;
  const x = (each: number) => round((Math.max(0, each) / largest) * width);
  const bands = [...bounds, largest].map((until, index) => {
    const from = x(bounds[index - 1] ?? 0);
    return tag('rect', { class: `band-${index + 1}`, x: from, y: 2, width: round(x(until) - from), height: 24 });
  });
  return tag(
    'svg',
    { class: 'bullet', viewBox: `0 0 ${width} 28`, role: 'img', 'aria-label': label },
    bands,
    actual === null ? null : tag('rect', { class: 'actual', x: 0, y: 9, width: x(actual), height: 10 }),
    expected === null
      ? null
      : tag('rect', { class: 'expected', x: round(x(expected) - 0.75), y: 2, width: 1.5, height: 24 }),
    tag('rect', { class: 'target', x: round(x(target) - 2), y: 0, width: 4, height: 28 }),
  );
}

/** Where one status ends and the next begins; none for a metric that is good within a band. */
function bandsOf({ about, metric }: Card, expected: number): readonly number[] {
  if (about === null || (metric.good !== null && typeof metric.good === 'object')) return [];
  const [onTrack, atRisk] = [Number(about.status.onTrack), Number(about.status.atRisk)];
  const bounds =
    metric.good === 'down' ? [expected / onTrack, expected / atRisk] : [expected * atRisk, expected * onTrack];
  return bounds.every(bound => Number.isFinite(bound) && bound > 0) ? bounds.toSorted((a, b) => a - b) : [];
}

/** A bar of a share, for the eye alone: the number stands beside it. */
export function shareBar(share: number): Markup {
  return tag(
    'svg',
    { class: 'share', viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    tag('rect', { width: round(share * 100), height: 6 }),
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
