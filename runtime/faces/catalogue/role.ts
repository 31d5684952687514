/** The page of a role: which rows and names there are for it, and what its scorecard shows. */
import {
  isKeptTable,
  own,
  type Role,
  type RowRule,
  type ScorecardItem,
  type Table,
  type TrendStep,
} from '../../../compiler/index.ts';
import { all, type Markup, tag } from '../page/markup.ts';
import { catalogueWords } from '../words/catalogue.ts';
import { words } from '../words/words.ts';
import { formulaBlock, formulaCode } from './formula.ts';
import { facts, heading, linkList, links, listed, section, soft, table, textIn } from './frame.ts';
import { codeOf } from './goal.ts';
import { said } from './knowledge.ts';
import { nameLink, type Telling } from './link.ts';
import { definedIn } from './place.ts';
import { versionsSection } from './versions.ts';

export function roleMain(role: Role, telling: Telling): readonly (Markup | null)[] {
  const say = catalogueWords[telling.language];
  const entry = { kind: 'role', owner: null, tags: [], status: null, ...role } as const;
  return [
    heading(entry, telling),
    section('sees', say.sees, sight(role, telling), benchmark(role, telling)),
    section('scorecard', say.scorecard, scorecard(role, telling)),
    alertsSection(role, telling),
    hidesSection(role, telling),
    section(
      'about',
      say.about,
      facts([
        [say.covers, listed(role.covers)],
        [say.definedIn, definedIn(role.at, telling)],
      ]),
    ),
    versionsSection(entry, telling),
  ];
}

function sight({ sees, unrestricted }: Role, telling: Telling): Markup {
  const say = catalogueWords[telling.language];
  if (sees === 'all') return tag('p', {}, say.seesAll);
  const tables = Object.values(telling.model.tables).filter(({ name }) => !isKeptTable(name));
  const rows = tables.map(({ name }) => ({
    cells: [nameLink({ kind: 'table', name }, telling), say.sight[sightOf(name, sees, unrestricted)]],
  }));
  return all(
    tag('p', {}, say.seesRule),
    ruleBlock(sees, tables, telling),
    tag('details', {}, tag('summary', {}, say.tableSight), table(say.tableSight, [say.kind.table, say.sees], rows)),
  );
}

function sightOf(name: string, { byTable }: RowRule, unrestricted: readonly string[]): 'all' | 'rule' | 'none' {
  if (unrestricted.includes(name)) return 'all';
  return own(byTable, name) === undefined ? 'none' : 'rule';
}

function ruleBlock({ text, byTable }: RowRule, tables: readonly Table[], telling: Telling): Markup | null {
  const shown = said(text, telling);
  const decided = tables.map(({ name }) => name).filter(name => own(byTable, name) !== undefined);
  return shown === null ? null : formulaBlock(shown, { tables: decided, reads: 'rows' }, telling);
}

function benchmark({ benchmark: rule }: Role, telling: Telling): Markup | null {
  if (rule === null) return null;
  const say = catalogueWords[telling.language];
  return all(
    tag('h3', {}, say.benchmark),
    soft(say.benchmarkHint),
    ruleBlock(rule, Object.values(telling.model.tables), telling),
  );
}

function scorecard({ name }: Role, telling: Telling): Markup {
  const say = catalogueWords[telling.language];
  const sections = own(telling.model.scorecards, name)?.sections ?? [];
  if (sections.length === 0) return soft(say.noScorecard);
  const columns = [say.item, say.period, say.by, say.compare, say.note];
  return all(
    ...sections.map(({ label, items }) => {
      const title = textIn(label, telling) ?? say.section;
      return all(
        tag('h3', {}, title),
        table(
          title,
          columns,
          items.map(each => ({ cells: itemCells(each, telling) })),
        ),
      );
    }),
  );
}

function itemCells(item: ScorecardItem, telling: Telling): readonly (Markup | string | null)[] {
  const { metric, goal, of, period, where, by, compare, isLikeForLike, trend, top, bottom, note } = item;
  const say = catalogueWords[telling.language];
  const shown = goal === null ? { kind: 'metric', name: metric.text } : { kind: 'goal', name: goal.text };
  const kind = goal === null ? 'metric' : 'goal';
  const tables = own(telling.model.metrics, metric.text)?.tables ?? [];
  const groups = [
    ...by.map(({ text }) => codeOf(text, telling)),
    top === null ? null : say.top(top),
    bottom === null ? null : say.bottom(bottom),
  ];
  const days = isLikeForLike && compare.length > 0 ? words[telling.language].sameDays : null;
  const condition = where === null ? null : said(where.text, telling);
  return [
    all(
      links([{ kind, name: shown.name }], telling),
      of === null
        ? null
        : tag('p', { class: 'soft' }, `${say.partOf} `, links([{ kind: 'metric', name: of.text }], telling)),
      condition === null
        ? null
        : tag('p', {}, `${say.where} `, formulaCode(condition, { tables, reads: 'rows' }, telling)),
    ),
    listed([
      period === null ? null : tag('code', {}, period.text),
      trend === null ? null : trendIn(trend.step, telling),
    ]),
    listed(groups),
    listed([...compare.map(({ text }) => compared(text, telling)), days]),
    textIn(note, telling),
  ];
}

/** `a line of 12 months`. */
function trendIn({ amount, unit }: TrendStep, { language }: Telling): string {
  return catalogueWords[language].trend(`${amount} ${words[language].units[unit]}`);
}

/** A baseline, or a period before. */
function compared(name: string, telling: Telling): Markup | string | null {
  const before: Readonly<Record<string, string>> = words[telling.language].comparison;
  return own(before, name) ?? links([{ kind: 'baseline', name }], telling);
}

function alertsSection({ name }: Role, telling: Telling): Markup | null {
  const alerts = own(telling.model.scorecards, name)?.alerts ?? [];
  if (alerts.length === 0) return null;
  const say = catalogueWords[telling.language];
  return section(
    'alerts',
    say.alerts,
    linkList(
      alerts.map(({ text }) => ({ kind: 'alert', name: text })),
      telling,
    ),
  );
}

/** Told to whoever keeps the definitions; to the role there is nothing to be told. */
function hidesSection({ hides }: Role, telling: Telling): Markup | null {
  const names = [...hides.metrics, ...hides.columns, ...hides.joins, ...hides.entities];
  if (telling.role !== null || names.length === 0) return null;
  const say = catalogueWords[telling.language];
  const items = names.map(name => tag('li', {}, tag('code', {}, name)));
  return section('hides', say.hides, soft(say.hidesHint), tag('ul', { class: 'names' }, ...items));
}
