/** A comparison as one file of HTML: no script, no network; what changes in meaning, and what that does to the numbers. */
import { type Change, type Effect, effects } from '../../../compiler/index.ts';
import type { DataDiff, MetricMove, MovedGroups } from '../../index.ts';
import { pageText } from '../page/document.ts';
import { all, type Markup, style, tag } from '../page/markup.ts';
import { pageStyle } from '../page/style.ts';
import { scorecardStyle } from '../scorecard/style.ts';
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
import { moveBars, twoLines } from './plots.ts';
import { type DiffReport, headings, isFollowing, nameOf, ofEffect, some, summary } from './said.ts';

const more = `
.two .before { stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 4 3; } .two .after { stroke-width: 2; }
.moves .rose { fill: var(--line); } .moves .fell { fill: var(--bad); }
.changes { display: grid; gap: .5rem; }
.changes > li { background: var(--card); border: 1px solid var(--rule); border-radius: .6rem; padding: .6rem .8rem; min-width: 0; overflow-wrap: anywhere; }
.changes p { font-size: .875rem; }
`;

export function diffPage(report: DiffReport): string {
  const title = `Metrics against ${report.against}`;
  const broken = report.isBroken ? 'Definitions of the new state are broken; metrics validate says where.' : null;
  return pageText({
    language: 'en',
    title,
    policy: "style-src 'unsafe-inline'",
    head: [style(pageStyle + scorecardStyle + more)],
    body: [
      tag(
        'header',
        {},
        tag('h1', {}, title),
        tag('p', {}, summary(report)),
        broken === null ? null : tag('p', { class: 'worse' }, broken),
      ),
      tag(
        'main',
        {},
        ...(report.data === null ? [] : dataSections(report.data)),
        ...effects.flatMap(effect => effectSection(effect, report.changes)),
      ),
    ],
  });
}

function effectSection(effect: Effect, changes: readonly Change[]): readonly Markup[] {
  const own = ofEffect(changes, effect);
  if (own.length === 0) return [];
  const list = tag('ul', { class: 'changes' }, own.map(changeItem));
  return [section(effect, `${headings[effect]} (${own.length})`, list)];
}

function section(id: string, title: string, ...children: readonly Markup[]): Markup {
  return tag('section', { 'aria-labelledby': id }, tag('h2', { id }, title), ...children);
}

function changeItem(change: Change): Markup {
  const { subject, what, before, after, through, reaches } = change;
  const isWritten = !isFollowing(change) && before !== after;
  const causes = through.length === 0 ? '' : `, through ${some(through)}`;
  const facts = [
    ['before', isWritten && before !== null ? tag('code', {}, before) : null],
    ['after', isWritten && after !== null ? tag('code', {}, after) : null],
    ['reaches', reaches.length === 0 || isFollowing(change) ? null : all(some(reaches, 30))],
  ] as const;
  const known = facts.flatMap(([name, value]) => (value === null ? [] : [tag('dt', {}, name), tag('dd', {}, value)]));
  return tag(
    'li',
    {},
    tag('p', {}, tag('strong', {}, nameOf(subject)), ` ${what}${causes}`),
    known.length === 0 ? null : tag('dl', {}, known),
  );
}

function dataSections(data: DataDiff): readonly Markup[] {
  const still = stillSentence(data);
  const flips = [...data.goals.map(goalSentence), ...data.alerts.map(alertSentence)];
  const refused = data.refused.map(({ name, reason }) => `${name} cannot be asked in both states: ${reason}`);
  return [
    section(
      'data',
      'What it does to the numbers',
      tag('p', { class: 'soft' }, `${readSentence(data)}. Dashed: before. Line: after.`),
      tag('div', { class: 'cards' }, data.moves.filter(move => !isStill(move)).map(moveCard)),
      ...(still === null ? [] : [tag('p', { class: 'soft' }, still)]),
    ),
    ...(flips.length === 0 ? [] : [section('flips', 'What flips', list(flips))]),
    ...(refused.length === 0 ? [] : [section('refused', 'What cannot be compared', list(refused))]),
  ];
}

function list(texts: readonly string[]): Markup {
  return tag(
    'ul',
    { class: 'changes' },
    texts.map(text => tag('li', {}, text)),
  );
}

function moveCard(move: MetricMove): Markup {
  const row = movedRow(move.name, move, move.column);
  const tolerance = toleranceSentence(move);
  const drawn = twoLines(move, `${move.name} month by month, before and after: ${row.before} and ${row.after} in all`);
  return tag(
    'article',
    { class: 'card' },
    tag('h3', {}, move.name),
    tag('p', { class: 'value' }, row.after),
    tag('p', {}, `before ${row.before}, ${row.difference}${row.relative === '' ? '' : ` (${row.relative})`}`),
    tag('p', { class: 'period' }, move.period ?? 'all time'),
    tolerance === null ? null : tag('p', { class: move.isBeyond ? 'worse' : 'neutral' }, tolerance),
    drawn === null ? null : tag('figure', {}, drawn),
    ...move.groups.map(groups => groupsFigure(groups, move)),
  );
}

function groupsFigure(groups: MovedGroups, { column, name }: MetricMove): Markup {
  const rows = groupRows(groups, column);
  const bars = moveBars(
    groups,
    `how far ${name} moved by ${groups.by}: ${rows.map(row => `${row.name} ${row.difference}`).join(', ')}`,
  );
  return tag(
    'figure',
    {},
    tag('figcaption', {}, groupsHead(groups)),
    bars,
    rows.length === 0
      ? null
      : tag('table', {}, tag('thead', {}, tag('tr', {}, ...heads(groups.by))), tag('tbody', {}, rows.map(rowCells))),
  );
}

function heads(by: string): readonly Markup[] {
  return [
    tag('th', { scope: 'col' }, by),
    ...['before', 'after', 'difference'].map(name => tag('th', { scope: 'col', class: 'number' }, name)),
  ];
}

function rowCells({ name, before, after, difference }: MovedRow): Markup {
  return tag(
    'tr',
    {},
    tag('th', { scope: 'row' }, name),
    ...[before, after, difference].map(text => tag('td', { class: 'number' }, text)),
  );
}
