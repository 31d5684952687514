/** The catalogue: a project in, the files of its pages out. The same project gives the same files, apart from what git knows. */
import { readFileSync } from 'node:fs';
import { own } from '../../../compiler/index.ts';
import type { SiteFile } from '../../index.ts';
import { pageText } from '../page/document.ts';
import { tag } from '../page/markup.ts';
import { pageStyle } from '../page/style.ts';
import { catalogueWords } from '../words/catalogue.ts';
import type { Language } from '../words/language.ts';
import { alertMain } from './alert.ts';
import { cataloguePage } from './frame.ts';
import { baselineMain, goalMain } from './goal.ts';
import { indexMain } from './index-page.ts';
import type { Entry, Knowledge } from './knowledge.ts';
import { fileOf, type Telling, titleOf } from './link.ts';
import { metricMain } from './metric.ts';
import { roleMain } from './role.ts';
import { type EngineSql, sqlOf } from './sql.ts';
import { catalogueStyle } from './style.ts';
import { tableMain } from './table.ts';

export function catalogueFiles(knowledge: Knowledge, languages: readonly Language[]): readonly SiteFile[] {
  const metrics = [...knowledge.entries.values()].flatMap(({ kind, name }) =>
    kind === 'metric' ? (own(knowledge.model.metrics, name) ?? []) : [],
  );
  const sql = new Map(metrics.map(metric => [metric.name, sqlOf(metric, knowledge)] as const));
  return [
    { path: 'index.html', text: firstPage(knowledge, languages) },
    { path: 'style.css', text: `${pageStyle}${catalogueStyle}`.trimStart() },
    { path: 'search.js', text: script() },
    ...languages.flatMap(language => pagesIn({ ...knowledge, language }, languages, sql)),
  ];
}

function pagesIn(
  telling: Telling,
  languages: readonly Language[],
  sql: ReadonlyMap<string, readonly EngineSql[]>,
): readonly SiteFile[] {
  const { language, project } = telling;
  const page = (title: string, file: string, main: ReturnType<typeof indexMain>) => ({
    path: `${language}/${file}`,
    text: cataloguePage({ title, file, main }, languages, telling),
  });
  return [
    page(project, 'index.html', indexMain(telling)),
    ...[...telling.entries.values()].flatMap(entry => {
      const main = mainOf(entry, sql, telling);
      return main === null ? [] : [page(titleOf(entry, telling), fileOf(entry), main)];
    }),
  ];
}

/** Null where the model has no such definition, which its own entries do not come to. */
function mainOf({ kind, name }: Entry, sql: ReadonlyMap<string, readonly EngineSql[]>, telling: Telling) {
  const { model } = telling;
  switch (kind) {
    case 'metric': {
      const metric = own(model.metrics, name);
      return metric === undefined ? null : metricMain(metric, sql.get(name) ?? [], telling);
    }
    case 'goal': {
      const goal = own(model.goals, name);
      return goal === undefined ? null : goalMain(goal, telling);
    }
    case 'baseline': {
      const baseline = own(model.baselines, name);
      return baseline === undefined ? null : baselineMain(baseline, telling);
    }
    case 'alert': {
      const alert = own(model.alerts, name);
      return alert === undefined ? null : alertMain(alert, telling);
    }
    case 'role': {
      const role = own(model.roles, name);
      return role === undefined ? null : roleMain(role, telling);
    }
    case 'table': {
      const table = own(model.tables, name);
      return table === undefined ? null : tableMain(table, telling);
    }
  }
}

/** What is opened first: it leads on to the first language, and names the others. */
function firstPage({ project }: Knowledge, languages: readonly Language[]): string {
  const [first = 'en'] = languages;
  const items = languages.map(each =>
    tag('li', {}, tag('a', { href: `${each}/index.html`, lang: each, hreflang: each }, catalogueWords[each].language)),
  );
  return pageText({
    language: first,
    title: `${project}: ${catalogueWords[first].catalogue}`,
    policy: "style-src 'self' file:",
    head: [
      tag('meta', { 'http-equiv': 'refresh', content: `0; url=${first}/index.html` }),
      tag('link', { rel: 'stylesheet', href: 'style.css' }),
    ],
    body: [tag('main', {}, tag('h1', {}, `${project}: ${catalogueWords[first].catalogue}`), tag('ul', {}, ...items))],
  });
}

/** It stands beside this file, and in the bundle beside that. */
function script(): string {
  return readFileSync(new URL('./search.js', import.meta.url), 'utf8');
}
