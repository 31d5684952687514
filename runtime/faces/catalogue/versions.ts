/** When a definition came to say something else: the commits of its history. */
import type { DefinitionName } from '../../../compiler/index.ts';
import { definitionKey, printable } from '../../../compiler/index.ts';
import { all, type Markup, tag } from '../page/markup.ts';
import { catalogueWords } from '../words/catalogue.ts';
import { day } from '../words/numbers.ts';
import { section, soft, table } from './frame.ts';
import type { Telling } from './link.ts';

export function versionsSection(definition: DefinitionName, telling: Telling): Markup | null {
  const { history, language } = telling;
  if (history === null) return null;
  const say = catalogueWords[language];
  const changes = history.changes.get(definitionKey(definition)) ?? [];
  // Metrics alone have a number that is raised; without one it is the first.
  const hasVersions = definition.kind === 'metric';
  const columns = [say.date, ...(hasVersions ? [say.version] : []), say.change, say.message, say.author];
  const rows = changes.map(({ commit, day: date, author, subject, kind, version }) => ({
    cells: [
      tag('span', { class: 'date' }, day(date, language)),
      ...(hasVersions ? [version ?? '1'] : []),
      say.changes[kind],
      all(printable(subject), ' ', commitMarkup(commit, history.repository)),
      printable(author),
    ],
  }));
  return section(
    'versions',
    say.history,
    soft(say.historyHint),
    table(say.history, columns, rows) ?? soft(say.noChanges),
    history.isShallow ? soft(say.shallow) : null,
  );
}

function commitMarkup(commit: string, repository: string | null): Markup {
  const short = tag('code', {}, commit.slice(0, 8));
  return repository === null ? short : tag('a', { href: `${repository}/commit/${commit}`, rel: 'noreferrer' }, short);
}
