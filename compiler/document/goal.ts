/** The nodes of goals and baselines in, their declarations out. */
import type { Source } from '../source.ts';
import type { BaselineDeclaration, GoalDeclaration, TargetDeclaration, TargetValueDeclaration } from './document.ts';
import { child, type MapEntry, type Node } from './node.ts';
import {
  cellsOf,
  described,
  entries,
  items,
  keyWord,
  labels,
  oneOfTexts,
  pointed,
  pointedList,
  word,
  words,
} from './words.ts';

export function declareGoal(source: Source, { key, keyAt, value }: MapEntry): GoalDeclaration {
  const status = child(value, 'status');
  return {
    file: source.path,
    name: { text: key, at: keyAt },
    ...described(value),
    metric: word(child(value, 'metric')),
    target: targetOf(child(value, 'target'), source),
    grain: word(child(value, 'grain')),
    by: pointedList(child(value, 'by'), source),
    rollup: oneOfTexts(child(value, 'rollup'), ['sum', 'last', 'avg'] as const),
    pace: oneOfTexts(child(value, 'pace'), ['linear', 'working_days', 'season'] as const) ?? 'linear',
    status: { onTrack: word(child(status, 'on_track')), atRisk: word(child(status, 'at_risk')) },
    from: word(child(value, 'from')),
    until: word(child(value, 'until')),
    objective: labels(child(value, 'objective')),
    covers: words(child(value, 'covers')).map(row => row.text),
  };
}

function targetOf(node: Node | undefined, source: Source): TargetDeclaration | null {
  if (node === undefined) return null;
  switch (node.kind) {
    case 'scalar': {
      const text = pointed(node, source);
      return text === null ? null : { kind: 'formula', text };
    }
    case 'map': {
      const values = entries(node).flatMap(entry => {
        const value = word(entry.value);
        return value === null ? [] : [{ period: keyWord(entry), value, group: [], at: entry.keyAt }];
      });
      return { kind: 'values', values, at: node.at };
    }
    case 'list':
      return { kind: 'values', values: items(node).flatMap(targetValue), at: node.at };
  }
}

function targetValue(node: Node): readonly TargetValueDeclaration[] {
  const period = word(child(node, 'period'));
  const value = word(child(node, 'value'));
  if (period === null || value === null) return [];
  const group = cellsOf(node).filter(({ column }) => column.text !== 'period' && column.text !== 'value');
  return [{ period, value, group, at: node.at }];
}

export function declareBaseline(source: Source, { key, keyAt, value }: MapEntry): BaselineDeclaration {
  return {
    file: source.path,
    name: { text: key, at: keyAt },
    ...described(value),
    metric: word(child(value, 'metric')),
    period: word(child(value, 'period')),
    grain: word(child(value, 'grain')),
    by: pointedList(child(value, 'by'), source),
    frozenAt: word(child(value, 'frozen_at')),
    covers: words(child(value, 'covers')).map(row => row.text),
  };
}
