/** A scorecard as one file of HTML: no script, no network, light and dark, from a phone to a desk. Every text is escaped. */
import type { AlertResult, Card, Companion, Groups, ScorecardReading, Trend } from '../../index.ts';
import type { Shown } from '../data/scorecard.ts';
import { pageText } from '../page/document.ts';
import { all, type Markup, style, tag } from '../page/markup.ts';
import { pageStyle } from '../page/style.ts';
import { alertTitle, messageOf } from '../words/alert.ts';
import { day, unitInWords } from '../words/numbers.ts';
import { inLanguage, nameInWords } from '../words/text.ts';
import { words } from '../words/words.ts';
import { bulletBar, shareBar, trendLine } from './charts.ts';
import {
  cellInWords,
  changeInWords,
  comparisonInWords,
  goalInWords,
  groupInWords,
  metricOfCard,
  partInWords,
  periodOfCard,
  type Status,
  statusNamed,
  statusShown,
  titleOf,
  titleOfCard,
  toneOf,
  trendInWords,
  userInWords,
  valueInWords,
} from './sentences.ts';
import { scorecardStyle } from './style.ts';

export function scorecardPage(shown: Shown): string {
  const { reading, language, user } = shown;
  const said = words[language];
  const title = inLanguage(reading.scorecard.label, language) ?? nameInWords(reading.scorecard.role);
  const about = [userInWords(user, language), `${said.asOf} ${day(reading.asOf, language)}`].filter(
    text => text !== '',
  );
  const description = inLanguage(reading.scorecard.description, language);
  return pageText({
    language,
    title: `${title}, ${about.join(', ')}`,
    policy: "style-src 'unsafe-inline'",
    head: [style(`${pageStyle}${scorecardStyle.trimStart()}`)],
    body: [
      tag(
        'header',
        {},
        tag('h1', {}, title),
        tag('p', { class: 'soft' }, about.join(' · ')),
        description === null ? null : tag('p', {}, description),
      ),
      tag('main', {}, alertsOf(shown), ...sectionsOf(reading, shown)),
      tag('footer', { class: 'soft' }, tag('p', {}, `${said.model} ${reading.model}`)),
    ],
  });
}

const severities = ['critical', 'warning', 'info'] as const;

function alertsOf(shown: Shown): Markup | null {
  const { reading, language } = shown;
  if (reading.alerts.length === 0) return null;
  const said = words[language];
  const items = severities.flatMap(severity =>
    reading.alerts.filter(({ alert }) => alert.severity === severity).flatMap(result => alertItems(result, shown)),
  );
  return tag(
    'section',
    { 'aria-labelledby': 'alerts' },
    tag('h2', { id: 'alerts' }, said.alerts),
    items.length === 0 ? tag('p', { class: 'soft' }, said.noAlerts) : tag('ul', { class: 'alerts' }, items),
  );
}

function alertItems({ alert, firing, unknown }: AlertResult, { language, metrics }: Shown): readonly Markup[] {
  const said = words[language];
  const badge = tag('span', { class: `badge ${alert.severity}` }, icon(alert.severity), said.severity[alert.severity]);
  const known = firing.map(group =>
    tag(
      'li',
      {},
      tag('p', {}, badge, tag('strong', {}, alertTitle(alert, language))),
      tag('p', {}, messageOf(alert, group, metrics, language)),
    ),
  );
  if (unknown === 0) return known;
  const title = tag('p', {}, tag('strong', {}, alertTitle(alert, language)));
  return [...known, tag('li', { class: 'soft' }, title, tag('p', {}, said.unknownGroups(unknown)))];
}

function sectionsOf({ sections }: ScorecardReading, shown: Shown): readonly Markup[] {
  return sections.map(({ label, cards }, index) =>
    tag(
      'section',
      { 'aria-labelledby': `s${index}` },
      tag('h2', { id: `s${index}` }, inLanguage(label, shown.language) ?? ''),
      tag(
        'div',
        { class: 'cards' },
        cards.map((card, place) => cardMarkup(card, `s${index}c${place}`, shown)),
      ),
    ),
  );
}

function cardMarkup(card: Card, id: string, shown: Shown): Markup {
  const { language } = shown;
  const metric = metricOfCard(card, language);
  const status = statusShown(card);
  const where = card.item.where === null ? '' : `, ${words[language].where} ${card.item.where.text}`;
  const owner = card.metric.owner === null ? '' : ` · ${card.metric.owner}`;
  const note = inLanguage(card.item.note, language);
  return tag(
    'article',
    { class: 'card', 'aria-labelledby': id },
    tag(
      'div',
      { class: 'top' },
      tag('h3', { id }, titleOfCard(card, language)),
      status === null ? null : statusBadge(status, language),
    ),
    card.isByGroup ? null : tag('p', { class: 'value' }, valueInWords(card, language)),
    card.isAmongFew ? tag('p', { class: 'note soft' }, words[language].amongFew) : null,
    tag(
      'p',
      { class: 'period' },
      `${metric === null ? '' : `${metric} · `}${periodOfCard(card, language)}${where}${owner}`,
    ),
    card.comparisons.length === 0
      ? null
      : tag(
          'ul',
          {},
          card.comparisons.map(each => comparison(each, card, language)),
        ),
    card.goal === null ? null : goalFigure(card, language),
    card.trend === null ? null : trendFigure(card.trend, card, language),
    ...card.companions.map(each => companionLine(each, language)),
    card.groups === null ? null : groupsTable(card, card.groups, language),
    note === null ? null : tag('p', { class: 'note soft' }, note),
    definition(card, shown),
  );
}

type Language = Shown['language'];

function statusBadge(status: Status, language: Language): Markup {
  return tag('span', { class: `badge ${status}` }, icon(status), words[language].status[status]);
}

/** A shape for each status and severity: neither its word nor its colour stands alone. */
const shapes: Readonly<Record<Status | 'critical' | 'warning' | 'info', string>> = {
  met: 'M2 6l3 3 5-7 1.5 1L5.2 12 .7 7.4z',
  on_track: 'M6 1a5 5 0 1 0 0 10A5 5 0 1 0 6 1z',
  at_risk: 'M6 1l5.5 10H.5z',
  off_track: 'M.5 1h11L6 11z',
  unknown: 'M1 5h10v2H1z',
  critical: 'M.5 1h11L6 11z',
  warning: 'M6 1l5.5 10H.5z',
  info: 'M6 1a5 5 0 1 0 0 10A5 5 0 1 0 6 1z',
};

function icon(name: keyof typeof shapes): Markup {
  return tag('svg', { viewBox: '0 0 12 12', 'aria-hidden': 'true' }, tag('path', { d: shapes[name] }));
}

function comparison(each: Card['comparisons'][number], card: Card, language: Language): Markup {
  const tone = toneOf(each.change, card.metric);
  const change = [changeInWords(each, language), words[language].tone[tone]].filter(text => text !== '').join(' ');
  return tag(
    'li',
    {},
    change === '' ? null : tag('span', { class: tone }, change),
    change === '' ? null : ' ',
    comparisonInWords(each, language),
  );
}

function goalFigure(card: Card, language: Language): Markup {
  const text = goalInWords(card, language);
  const label = `${words[language].goal}: ${cellInWords(card.value, language)} ${words[language].actual}, ${text}`;
  return tag('figure', {}, bulletBar(card, label), tag('figcaption', {}, text));
}

/** The line, its scale in words, and its points as a table for whoever cannot see it. */
function trendFigure(trend: Trend, card: Card, language: Language): Markup {
  const said = words[language];
  const text = trendInWords(trend, card, language);
  const rows = trend.points.map(({ bucket, value }) =>
    tag(
      'tr',
      {},
      tag('th', { scope: 'row' }, day(bucket, language)),
      tag('td', { class: 'number' }, cellInWords({ ...card.value, value }, language)),
    ),
  );
  const head = tag(
    'tr',
    {},
    tag('th', { scope: 'col' }, said.bucket),
    tag('th', { scope: 'col', class: 'number' }, said.value),
  );
  return tag(
    'figure',
    {},
    trendLine(trend, `${said.trend}: ${text}`),
    tag('figcaption', {}, text),
    tag(
      'details',
      {},
      tag('summary', {}, said.pointsAsTable),
      tag('table', {}, tag('thead', {}, head), tag('tbody', {}, rows)),
    ),
  );
}

function companionLine({ metric, value, comparisons, refusal }: Companion, language: Language): Markup {
  const [first] = comparisons;
  const change = first === undefined ? '' : changeInWords(first, language);
  const text = value === null ? (refusal ?? '') : `${cellInWords(value, language)} ${change}`.trim();
  return tag(
    'p',
    {},
    tag('span', { class: 'soft' }, `${words[language].readWith} ${titleOf(metric, language)}: `),
    text,
  );
}

function groupsTable(card: Card, { rows, arePlaces, hasMore }: Groups, language: Language): Markup {
  const said = words[language];
  if (rows.length === 0) return tag('p', { class: 'soft' }, said.noGroups);
  const largest = Math.max(...rows.map(({ value }) => Math.abs(Number(value.value ?? 0))));
  const hasChange = rows.some(({ comparisons }) => comparisons.length > 0);
  const hasGoal = rows.some(({ goal }) => goal !== null);
  const column = (text: string, kind: string | null = null) => tag('th', { scope: 'col', class: kind }, text);
  const head = [
    column(said.group),
    column(said.value, 'number'),
    hasChange ? column(said.change, 'number') : null,
    hasGoal ? column(said.state) : null,
  ];
  const body = rows.map(row => {
    const [first] = row.comparisons;
    const share = largest === 0 ? 0 : Math.abs(Number(row.value.value ?? 0)) / largest;
    const end = row.end === 'bottom' ? tag('span', { class: 'soft' }, ` (${said.bottom})`) : null;
    return tag(
      'tr',
      {},
      tag('th', { scope: 'row' }, groupInWords(row, language), end, arePlaces ? null : shareBar(share)),
      tag('td', { class: 'number' }, partInWords(row.value, row.of, language)),
      hasChange ? tag('td', { class: 'number' }, first === undefined ? '' : changeInWords(first, language)) : null,
      hasGoal ? tag('td', {}, statusBadge(statusNamed(row.goal?.status?.value), language)) : null,
    );
  });
  const caption = tag('caption', { class: 'hidden' }, titleOfCard(card, language));
  const table = tag('table', {}, caption, tag('thead', {}, tag('tr', {}, head)), tag('tbody', {}, body));
  return all(table, hasMore ? tag('p', { class: 'soft' }, said.moreGroups) : null);
}

/** What the value is, for whoever asks: on demand. */
function definition({ metric, about, value, rows }: Card, { language, rowsCommand }: Shown): Markup {
  const said = words[language];
  const facts: readonly (readonly [string, Markup | string | null])[] = [
    [said.formula, tag('code', {}, metric.formula.trim())],
    [said.unit, value.column.unit === null ? null : unitInWords(value.column.unit, language)],
    [said.owner, metric.owner],
    [said.version, String(metric.version)],
    [said.goal, about === null ? null : (inLanguage(about.label, language) ?? nameInWords(about.name))],
    [said.goalOwner, about?.owner ?? null],
    ...rows.map(question => [said.rows, tag('code', {}, rowsCommand(question))] as const),
  ];
  const description = inLanguage(metric.description, language);
  const objective = about === null ? null : inLanguage(about.objective, language);
  return tag(
    'details',
    {},
    tag('summary', {}, said.definition),
    description === null ? null : tag('p', {}, description),
    objective === null ? null : tag('p', {}, objective),
    tag(
      'dl',
      {},
      facts.flatMap(([name, text]) => (text === null ? [] : [tag('dt', {}, name), tag('dd', {}, text)])),
    ),
  );
}
