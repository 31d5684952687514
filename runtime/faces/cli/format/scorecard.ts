/** A scorecard in a terminal: lines as wide as it, with sparklines and bars of block characters. */
import stringWidth from 'string-width';
import type { Card, Groups, Trend } from '../../../index.ts';
import type { Shown } from '../../data/scorecard.ts';
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
  statusSigns,
  titleOf,
  titleOfCard,
  toneOf,
  trendInWords,
  userInWords,
  valueInWords,
} from '../../scorecard/sentences.ts';
import { alertTitle, messageOf } from '../../words/alert.ts';
import type { Language } from '../../words/language.ts';
import { day } from '../../words/numbers.ts';
import { inLanguage, nameInWords } from '../../words/text.ts';
import { words } from '../../words/words.ts';
import type { Paint } from '../terminal.ts';

const narrowest = 40;
const defaultWidth = 100;

/** `width` is that of the terminal; null where it is not known. */
export function scorecardTable(shown: Shown, paint: Paint, width: number | null): string {
  const { reading, language, user } = shown;
  const page: Page = { paint, language, width: Math.max(narrowest, Math.min(width ?? defaultWidth, 120)) };
  const said = words[language];
  const title = inLanguage(reading.scorecard.label, language) ?? nameInWords(reading.scorecard.role);
  const about = [userInWords(user, language), `${said.asOf} ${day(reading.asOf, language)}`].filter(
    text => text !== '',
  );
  const sections = reading.sections.map(({ label, cards }) => {
    const head = (inLanguage(label, language) ?? '').toUpperCase();
    return [paint('bold', head), ...cards.map(card => cardLines(card, page, shown.rowsCommand).join('\n'))].join(
      '\n\n',
    );
  });
  const head = `${paint('bold', title)}  ${paint('dim', about.join(' · '))}`;
  return `${[head, ...alertLines(shown, page), ...sections].join('\n\n')}\n`;
}

interface Page {
  readonly paint: Paint;
  readonly language: Language;
  readonly width: number;
}

const severityStyles = { critical: 'red', warning: 'yellow', info: 'blue' } as const;

function alertLines({ reading, metrics, language }: Shown, page: Page): readonly string[] {
  const severities = ['critical', 'warning', 'info'] as const;
  const lines = severities.flatMap(severity =>
    reading.alerts
      .filter(({ alert }) => alert.severity === severity)
      .flatMap(({ alert, firing }) =>
        firing.flatMap(group => {
          const word = page.paint(severityStyles[severity], words[language].severity[severity]);
          const text = `${alertTitle(alert, language)}: ${messageOf(alert, group, metrics, language)}`;
          return wrapped(`${word}  ${text}`, '  ', page);
        }),
      ),
  );
  return lines.length === 0 ? [] : [lines.join('\n')];
}

const indent = '    ';

function cardLines(card: Card, page: Page, rowsCommand: Shown['rowsCommand']): readonly string[] {
  const { paint, language } = page;
  const said = words[language];
  const status = statusShown(card);
  const value = valueInWords(card, language);
  const state = status === null ? '' : `  ${statusPainted(status, page)}`;
  const name = `  ${titleOfCard(card, language)}`;
  const metric = metricOfCard(card, language);
  const gap = ' '.repeat(Math.max(2, Math.min(48, page.width - 24) - stringWidth(name) - stringWidth(value)));
  const detail = (text: string) => wrapped(text, indent, page);
  const owner = card.metric.owner === null ? '' : ` · ${said.owner}: ${card.metric.owner}`;
  return [
    `${name}${value === '' ? '' : `${gap}${paint('bold', value)}`}${state}`,
    ...detail(
      paint(
        'dim',
        `${metric === null ? '' : `${metric} · `}${periodOfCard(card, language)}${whereOf(card, language)}${owner}`,
      ),
    ),
    ...(card.isAmongFew ? detail(said.amongFew) : []),
    ...card.comparisons.flatMap(comparison => {
      const tone = toneOf(comparison.change, card.metric);
      const change = changePainted(changeInWords(comparison, language), tone, page);
      return detail(`${change}${change === '' ? '' : ' '}${comparisonInWords(comparison, language)}`);
    }),
    ...(card.goal === null ? [] : [`${indent}${bullet(card)}`, ...detail(goalInWords(card, language))]),
    ...(card.trend === null ? [] : detail(`${sparkline(card.trend)} ${trendInWords(card.trend, card, language)}`)),
    ...card.companions.flatMap(({ metric, value, comparisons, refusal }) => {
      const [first] = comparisons;
      const change = first === undefined ? '' : changeInWords(first, language);
      const text = value === null ? `${refusal}` : `${cellInWords(value, language)} ${change}`.trim();
      return detail(`${said.readWith} ${titleOf(metric, language)}: ${text}`);
    }),
    ...(card.groups === null ? [] : groupLines(card.groups, page)),
    ...(card.item.note === null ? [] : detail(inLanguage(card.item.note, language) ?? '')),
    ...card.rows.map(question => paint('dim', `${indent}${rowsCommand(question)}`)),
    // What is not known of a goal leaves nothing to be said or drawn.
  ].filter(line => line.trim() !== '');
}

function whereOf({ item }: Card, language: Language): string {
  return item.where === null ? '' : ` · ${words[language].where} ${item.where.text}`;
}

const statusStyles = { met: 'green', on_track: 'green', at_risk: 'yellow', off_track: 'red', unknown: 'dim' } as const;

function statusPainted(status: Status, { paint, language }: Page): string {
  return paint(statusStyles[status], `${statusSigns[status]} ${words[language].status[status]}`);
}

const toneStyles = { better: 'green', worse: 'red' } as const;

function changePainted(text: string, tone: 'better' | 'worse' | 'neutral', { paint, language }: Page): string {
  return tone === 'neutral' || text === '' ? text : paint(toneStyles[tone], `${text} ${words[language].tone[tone]}`);
}

const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** One character for each point, from the lowest to the highest; a gap where there is no value. */
function sparkline({ points, min, max }: Trend): string {
  if (min === null || max === null) return '';
  return points
    .map(({ value }) => {
      if (value === null) return '·';
      const share = max === min ? 0.5 : (Number(value) - min) / (max - min);
      return levels[Math.round(share * (levels.length - 1))] ?? '·';
    })
    .join('');
}

const bulletWidth = 30;

/** What there is as a bar; `│` is the target, `┆` what is expected by now. */
export function bullet({ value, goal }: Pick<Card, 'value' | 'goal'>): string {
  const actual = Number(value.value ?? 0);
  const [target, expected] = [goal?.target.value ?? null, goal?.expected.value ?? null];
  const largest = Math.max(actual, Number(target ?? 0), Number(expected ?? 0));
  if (largest <= 0) return '';
  const place = (each: number) =>
    Math.min(bulletWidth - 1, Math.max(0, Math.round((each / largest) * (bulletWidth - 1))));
  const cells: string[] = Array.from({ length: bulletWidth }, (_, index) =>
    index <= place(actual) && actual > 0 ? '█' : '░',
  );
  if (expected !== null) cells[place(Number(expected))] = '┆';
  if (target !== null) cells[place(Number(target))] = '│';
  return cells.join('');
}

function groupLines({ rows, arePlaces, hasMore }: Groups, page: Page): readonly string[] {
  const { language, paint } = page;
  const said = words[language];
  if (rows.length === 0) return [`${indent}${said.noGroups}`];
  const largest = Math.max(...rows.map(({ value }) => Math.abs(Number(value.value ?? 0))));
  const cells = rows.map(row => {
    const [comparison] = row.comparisons;
    const change = comparison === undefined ? '' : changeInWords(comparison, language);
    const status = row.goal?.status === undefined ? '' : statusPainted(statusNamed(row.goal.status.value), page);
    return {
      end: row.end,
      name: groupInWords(row, language),
      value: partInWords(row.value, row.of, language),
      change,
      status,
      row,
    };
  });
  const widest = (pick: (cell: (typeof cells)[number]) => string) =>
    Math.max(...cells.map(cell => stringWidth(pick(cell))));
  const [names, values, changes] = [
    Math.min(
      widest(cell => cell.name),
      40,
    ),
    widest(cell => cell.value),
    widest(cell => cell.change),
  ];
  // A longer bar would be a lower place.
  const room = arePlaces ? 0 : Math.max(0, Math.min(24, page.width - indent.length - names - values - changes - 8));
  const line = ({ name, value, change, status, row }: (typeof cells)[number]) => {
    const size = largest === 0 ? 0 : Math.abs(Number(row.value.value ?? 0)) / largest;
    const parts = [padded(cut(name, names), names), ' '.repeat(values - stringWidth(value)) + value];
    const shown = changes === 0 ? parts : [...parts, padded(change, changes)];
    return `${indent}${[...shown, ...(room === 0 ? [] : [padded(bar(size, room), room)]), status].join('  ').trimEnd()}`;
  };
  const ends = (['top', 'bottom', null] as const).flatMap(end => {
    const found = cells.filter(cell => cell.end === end);
    if (found.length === 0) return [];
    return [...(end === null ? [] : [`${indent}${paint('dim', said[end])}`]), ...found.map(line)];
  });
  return [...ends, ...(hasMore ? [`${indent}${said.moreGroups}`] : [])];
}

/** A bar of a share of the width, to an eighth of a character. */
function bar(share: number, width: number): string {
  const eighths = Math.round(share * width * 8);
  const rest = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8] ?? '';
  return `${'█'.repeat(Math.floor(eighths / 8))}${rest}`;
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

function cut(text: string, width: number): string {
  return stringWidth(text) <= width ? text : `${[...text].slice(0, width - 1).join('')}…`;
}

/** Lines no wider than the page, broken between words. */
function wrapped(text: string, before: string, { width }: Page): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && stringWidth(before + longer) > width) {
      lines.push(before + line);
      line = `  ${word}`;
    } else line = longer;
  }
  return [...lines, before + line];
}
