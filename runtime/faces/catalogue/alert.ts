/** The page of an alert: when it fires, for whom, and what it says. */
import { type Alert, own } from '../../../compiler/index.ts';
import { type Markup, tag } from '../page/markup.ts';
import { catalogueWords } from '../words/catalogue.ts';
import { inLanguage } from '../words/text.ts';
import { words } from '../words/words.ts';
import { formulaBlock, formulaCode } from './formula.ts';
import { facts, heading, linkList, links, listed, section } from './frame.ts';
import { codeOf, grainIn } from './goal.ts';
import { said } from './knowledge.ts';
import type { Telling } from './link.ts';
import { definedIn } from './place.ts';
import { versionsSection } from './versions.ts';

export function alertMain(alert: Alert, telling: Telling): readonly (Markup | null)[] {
  const { language, lineage, model } = telling;
  const say = catalogueWords[language];
  const entry = { kind: 'alert', ...alert } as const;
  const { when, where, by, severity } = alert;
  const watched = lineage.usedBy(entry);
  const tables = watched.flatMap(({ name }) => own(model.metrics, name)?.tables ?? []);
  return [
    heading(entry, telling, tag('span', { class: `badge ${severity}` }, words[language].severity[severity])),
    section(
      'definition',
      say.when,
      formulaBlock(when.text, { tables, reads: 'groups' }, telling),
      facts([
        [say.period, periodIn(alert, telling)],
        [say.by, listed(by.map(({ text }) => codeOf(text, telling)))],
        [say.where, where === null ? null : formulaCode(where.text, { tables, reads: 'rows' }, telling)],
        [say.message, messageIn(alert, telling)],
        [say.owner, alert.owner],
        [say.tags, listed(alert.tags)],
        [say.covers, listed(alert.covers)],
        [say.definedIn, definedIn(alert.at, telling)],
      ]),
    ),
    section('lineage', say.lineage, tag('h3', {}, say.madeOf), linkList(watched, telling), usedBy(alert, telling)),
    versionsSection(entry, telling),
  ];
}

function periodIn({ grain, periods }: Alert, telling: Telling): string {
  const say = catalogueWords[telling.language];
  if (grain === null) return say.overAllTime;
  const name = grainIn(grain.name, telling);
  return periods === null ? say.inPeriod(name) : say.forPeriods(periods, name);
}

function messageIn({ message }: Alert, telling: Telling): string | null {
  if (message === null) return null;
  const texts = Object.entries(message).map(([language, { text }]) => [language, text] as const);
  return said(inLanguage(Object.fromEntries(texts), telling.language), telling);
}

function usedBy({ name }: Alert, telling: Telling): Markup | null {
  const say = catalogueWords[telling.language];
  const users = links(telling.lineage.usersOf({ kind: 'alert', name }), telling);
  return users === null ? null : tag('p', {}, `${say.usedBy}: `, users);
}
