/** The nodes of roles, with their scorecards, and of alerts in, their declarations out. */
import type { Source } from '../source.ts';
import type { AlertDeclaration, ItemDeclaration, RoleDeclaration, SectionDeclaration } from './document.ts';
import { child, type MapEntry, type Node } from './node.ts';
import { described, isTrue, items, labels, oneOfTexts, pointed, pointedList, text, word, words } from './words.ts';

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
    by: pointedList(child(node, 'by'), source),
    period: word(child(node, 'period')),
    where: pointed(child(node, 'where'), source),
    compare: words(child(node, 'compare')),
    isLikeForLike: isTrue(child(node, 'like_for_like')),
    trend: word(child(node, 'trend')),
    top: count(child(node, 'top')),
    bottom: count(child(node, 'bottom')),
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
    grain: word(child(value, 'grain')),
    periods: count(child(value, 'for')),
    severity: oneOfTexts(child(value, 'severity'), ['info', 'warning', 'critical'] as const) ?? 'info',
    message: labels(child(value, 'message')),
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
