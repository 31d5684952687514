/** A comparison for a terminal: what a careful colleague would say about a pull request. */
import { type Change, effects, printable } from '../../../compiler/index.ts';
import { dataLines } from './datatable.ts';
import { type DiffReport, headings, isFollowing, ofEffect, sentence, some, summary } from './said.ts';

type Paint = (style: 'bold' | 'red' | 'yellow' | 'green' | 'dim', text: string) => string;

const colours = {
  value: 'yellow',
  client: 'red',
  query: 'red',
  goal: 'yellow',
  new: 'green',
  doc: 'dim',
  equal: 'green',
} as const;

export function diffTable(report: DiffReport, paint: Paint): string {
  const sections = effects.flatMap(effect => {
    const changes = ofEffect(report.changes, effect);
    if (changes.length === 0) return [];
    const head = `${paint(colours[effect], effect.toUpperCase())}  ${paint('bold', headings[effect])}`;
    return [[head, ...changes.flatMap(change => changeLines(change, paint))].join('\n')];
  });
  const data = report.data === null ? [] : [dataLines(report.data, paint)];
  return `${[...sections, ...data, `Against ${report.against}: ${summary(report)}`].join('\n\n')}\n`;
}

function changeLines(change: Change, paint: Paint): readonly string[] {
  const { before, after, reaches } = change;
  const isWritten = !isFollowing(change) && before !== after;
  const lines = [
    isWritten && before !== null ? ['before', before] : null,
    isWritten && after !== null ? ['after', after] : null,
    reaches.length === 0 || isFollowing(change) || change.effect === 'equal' || change.effect === 'new'
      ? null
      : ['reaches', some(reaches)],
  ];
  return [
    `  ${printable(sentence(change))}`,
    ...lines.flatMap(line =>
      line === null ? [] : [`      ${paint('dim', (line[0] ?? '').padEnd(7))}  ${printable(line[1] ?? '')}`],
    ),
  ];
}
