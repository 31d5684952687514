/** A comparison as a comment on a pull request: what matters first, the rest folded, and never longer than GitHub takes. */
import { type Change, type Effect, effects } from '../../../compiler/index.ts';
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
import { type DiffReport, headings, isFollowing, nameOf, ofEffect, some, summary } from './said.ts';

/** GitHub refuses comments of 65,536 characters and more. */
export const longestComment = 65_000;

export function diffMarkdown(report: DiffReport): string {
  const head = `### Metrics: ${escaped(summary(report))}\n\nAgainst \`${report.against}\`.${report.isBroken ? ' **Definitions of the new state are broken**; `metrics validate` says where.' : ''}\n`;
  const data = report.data === null ? [] : dataBlocks(report.data);
  const blocks = [...data, ...effects.flatMap(effect => effectBlocks(effect, report.changes))];
  return fitted(head, blocks);
}

/** Blocks as long as there is room for them; it is said how many were left out. */
function fitted(head: string, blocks: readonly string[]): string {
  let text = head;
  for (const [index, block] of blocks.entries()) {
    if (text.length + block.length + 200 > longestComment)
      return `${text}\n_${blocks.length - index} more parts do not fit into a comment: \`metrics diff\` shows them all._\n`;
    text += `\n${block}`;
  }
  return text;
}

const mostOpen = 40;

function effectBlocks(effect: Effect, changes: readonly Change[]): readonly string[] {
  const own = ofEffect(changes, effect);
  if (own.length === 0) return [];
  const title = `**${effect.toUpperCase()}** ${headings[effect]} (${own.length})`;
  const isFolded = effect === 'new' || effect === 'doc' || effect === 'equal';
  const parts: string[] = [];
  for (let at = 0; at < own.length; at += mostOpen) {
    const lines = own
      .slice(at, at + mostOpen)
      .map(changeItem)
      .join('');
    const name = at === 0 ? title : `${title}, from ${at + 1}`;
    parts.push(isFolded || at > 0 ? folded(name, lines) : `${name}\n\n${lines}`);
  }
  return parts;
}

function changeItem(change: Change): string {
  const { subject, what, before, after, through, reaches } = change;
  const causes = through.length === 0 ? '' : `, through ${escaped(some(through))}`;
  const isWritten = !isFollowing(change) && before !== after;
  const written = [
    isWritten && before !== null ? `before ${code(before)}` : null,
    isWritten && after !== null ? `after ${code(after)}` : null,
  ];
  const below = [
    ...written.filter(text => text !== null),
    ...(reaches.length === 0 || isFollowing(change) || change.effect === 'new'
      ? []
      : [`reaches ${escaped(some(reaches, 12))}`]),
  ];
  return `- ${code(nameOf(subject))} ${prose(what)}${causes}\n${below.map(line => `  - ${line}\n`).join('')}`;
}

function dataBlocks(data: DataDiff): readonly string[] {
  const still = stillSentence(data);
  const moved = data.moves.filter(move => !isStill(move));
  const rows = moved.map(move => {
    const tolerance = toleranceSentence(move);
    return `| ${code(move.name)} ${rowCells(movedRow('', move, move.column))} | ${escaped(tolerance ?? '')} |`;
  });
  const chunks = Array.from({ length: Math.ceil(rows.length / mostOpen) }, (_, index) =>
    rows.slice(index * mostOpen, (index + 1) * mostOpen),
  );
  const tables = chunks.map(
    chunk => `| metric | before | after | difference | | |\n|---|---:|---:|---:|---:|---|\n${chunk.join('\n')}\n`,
  );
  const flips = [...data.goals.map(goalSentence), ...data.alerts.map(alertSentence)];
  const refused = data.refused.map(
    ({ name, reason }) => `- ${code(name)} cannot be asked in both states: ${escaped(reason)}\n`,
  );
  return [
    `${escaped(readSentence(data))}.\n`,
    ...tables,
    ...(still === null ? [] : [`${escaped(still)}\n`]),
    ...(flips.length === 0
      ? []
      : [
          `**Flips**\n\n${flips
            .slice(0, mostOpen)
            .map(text => `- ${escaped(text)}\n`)
            .join('')}`,
        ]),
    ...(refused.length === 0 ? [] : [refused.join('')]),
    ...moved.flatMap(moveBlock),
  ];
}

function moveBlock(move: MetricMove): readonly string[] {
  const moving = move.groups.filter(({ rows }) => rows.length > 0);
  if (moving.length === 0) return [];
  const tables = moving.map(groups => {
    const rows = groupRows(groups, move.column).map(row => `| ${escaped(row.name)} ${rowCells(row)} |`);
    return `${escaped(groupsHead(groups))}\n\n| ${escaped(groups.by)} | before | after | difference | |\n|---|---:|---:|---:|---:|\n${rows.join('\n')}\n`;
  });
  return [folded(`${escaped(move.name)} by groups`, tables.join('\n'))];
}

function rowCells({ before, after, difference, relative }: MovedRow): string {
  return [before, after, difference, relative].map(text => `| ${escaped(text)}`).join(' ');
}

function folded(title: string, body: string): string {
  return `<details><summary>${bold(title)}</summary>\n\n${body}\n</details>\n`;
}

/** Markdown is not read inside a summary. */
function bold(text: string): string {
  return text.replace(/\*\*(.+?)\*\*/g, '<b>$1</b>');
}

/** A sentence in which names stand between backticks. */
function prose(text: string): string {
  return text
    .split(/`([^`]*)`/)
    .map((part, index) => (index % 2 === 0 ? escaped(part) : code(part)))
    .join('');
}

/** Text of definitions and data: nothing in it is markup, mentions nobody and ends no table. */
function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]#|~]/g, sign => `\\${sign}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '&#64;');
}

const longestCode = 300;

function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
  const cut = line.length > longestCode ? `${line.slice(0, longestCode)}…` : line;
  const fence = '`'.repeat(Math.max(0, ...[...cut.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1);
  const space = fence.length > 1 ? ' ' : '';
  return `${fence}${space}${cut}${space}${fence}`;
}
