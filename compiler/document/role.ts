/** The nodes of roles, with their scorecards, and of alerts in, their declarations out. */
import type { Source } from '../source.ts';
import type {
  AlertDeclaration,
  CountDeclaration,
  ItemDeclaration,
  RoleDeclaration,
  SectionDeclaration,
} from './document.ts';
import { child, type MapEntry, type Node } from './node.ts';
import {
  described,
  items,
  labels,
  oneOfTexts,
  pointed,
  pointedLabels,
  pointedList,
  text,
  word,
  words,
} from './words.ts';

export function declareRole(source: Source, { key, keyAt, value }: MapEntry): RoleDeclaration {
  return {
    file: source.path,
    name: { text: key, at: keyAt },
    label: labels(child(value, 'label')),
    description: labels(child(value, 'description')),
    covers: coversOf(value),
    sees: pointed(child(value, 'sees'), source),
    benchmark: pointed(child(value, 'benchmark'), source),
    unrestricted: words(child(value, 'unrestricted')),
    hides: pointedList(child(value, 'hides'), source),
    scorecard: items(child(value, 'scorecard')).map(section => sectionOf(section, source)),
    alerts: words(child(value, 'alerts')),
  };
}

function sectionOf(node: Node, source: Source): SectionDeclaration {
  return {
    label: labels(child(node, 'section')) ?? {},
    at: node.at,
    covers: coversOf(node),
    items: items(child(node, 'items')).map(item => itemOf(item, source)),
  };
}

function itemOf(node: Node, source: Source): ItemDeclaration {
  return {
    at: node.at,
    metric: word(child(node, 'metric')),
    goal: word(child(node, 'goal')),
    of: word(child(node, 'of')),
    by: pointedList(child(node, 'by'), source),
    period: pointed(child(node, 'period'), source),
    where: pointed(child(node, 'where'), source),
    compare: pointedList(child(node, 'compare'), source),
    isLikeForLike: text(child(node, 'like_for_like')) !== 'false',
    trend: pointed(child(node, 'trend'), source),
    top: counted(child(node, 'top')),
    bottom: counted(child(node, 'bottom')),
    note: labels(child(node, 'note')),
    covers: coversOf(node),
  };
}

export function declareAlert(source: Source, { key, keyAt, value }: MapEntry): AlertDeclaration {
  return {
    file: source.path,
    name: { text: key, at: keyAt },
    ...described(value),
    when: pointed(child(value, 'when'), source),
    by: pointedList(child(value, 'by'), source),
    where: pointed(child(value, 'where'), source),
    grain: pointed(child(value, 'grain'), source),
    periods: counted(child(value, 'for')),
    severity: oneOfTexts(child(value, 'severity'), ['info', 'warning', 'critical'] as const) ?? 'info',
    message: pointedLabels(child(value, 'message'), source),
    covers: coversOf(value),
  };
}

function coversOf(node: Node): readonly string[] {
  return words(child(node, 'covers')).map(row => row.text);
}

function count(node: Node | undefined): number | null {
  const written = text(node);
  return written === null || !/^\d+$/.test(written) ? null : Number(written);
}

function counted(node: Node | undefined): CountDeclaration | null {
  const written = word(node);
  const number = count(node);
  return written === null || number === null ? null : { count: number, at: written.at };
}
