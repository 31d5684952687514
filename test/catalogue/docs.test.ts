/** `metrics docs`: what its pages say, that they lead somewhere, that hostile texts are texts, and what a role does not learn. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDay } from '../../compiler/index.ts';
import { knowledgeOf } from '../../runtime/faces/catalogue/knowledge.ts';
import { catalogueFiles } from '../../runtime/faces/catalogue/site.ts';
import { languages } from '../../runtime/faces/words/language.ts';
import { endOf, type SiteFile, testsOf } from '../../runtime/index.ts';
import { library } from '../library/warehouse.ts';
import { metrics } from '../support/project.ts';
import { folderWith, soundProject } from './project.ts';

const now = endOf(parseDay('2026-01-31') ?? 0);

function siteOf(folder: string, role: string | null = null): readonly SiteFile[] {
  const project = soundProject(folder);
  const asked = role === null ? null : (project.model.roles[role] ?? null);
  return catalogueFiles(knowledgeOf(project, { role: asked, history: null, tests: testsOf(project), now }), languages);
}

/** The text of a page as it is read, without tags. */
function textOf(files: readonly SiteFile[], file: string): string {
  const html = files.find(each => each.path === file)?.text ?? '';
  return html
    .replace(/<\/(?:dt|dd|th|td|summary|li|p|h\d)>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .replaceAll(' ,', ',')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** Links of pages that lead to no page, or to no place of one. */
function brokenLinks(files: readonly SiteFile[]): readonly string[] {
  const idsOf = new Map(
    files.map(file => [file.path, new Set(Array.from(file.text.matchAll(/ id="([^"]*)"/g), ([, id = '']) => id))]),
  );
  return files.flatMap(file =>
    Array.from(file.text.matchAll(/ (?:href|src|action)="([^"]*)"/g), ([, href = '']) => href).flatMap(href => {
      if (href.startsWith('https://')) return [];
      const [name = '', id] = href.split('#');
      const target = name === '' ? file.path : path.posix.join(path.posix.dirname(file.path), name);
      const ids = idsOf.get(target);
      return ids !== undefined && (id === undefined || ids.has(id)) ? [] : [`${file.path}: ${href}`];
    }),
  );
}

describe('the small project', () => {
  const files = siteOf(folderWith());

  test('has a page for each definition, in each language', () => {
    const names = [
      'alert-low',
      'baseline-won_before',
      'goal-won_goal',
      'index',
      'role-seller',
      'table-deal',
      'table-rep',
    ];
    const ofMetrics = ['in_north', 'open_deals', 'rate', 'salaries', 'to_goal', 'twice', 'won'].map(
      name => `metric-${name}`,
    );
    const pages = [...names, ...ofMetrics].flatMap(name => [`en/${name}.html`, `es/${name}.html`]);
    expect(files.map(file => file.path).sort()).toEqual([...pages, 'index.html', 'search.js', 'style.css'].sort());
  });

  test('has no link that leads nowhere', () => {
    expect(brokenLinks(files)).toEqual([]);
  });

  test.each([
    [
      'en/metric-won.html',
      ['Won revenue', 'What was won', 'Version 2', 'Unit EUR', 'Good is more', "sum(deal.amount where stage = 'won')"],
    ],
    [
      'en/metric-won.html',
      [
        'over groups: yes; over time: yes',
        'Counted by deal.closed_on',
        'Read with Rate',
        'Tags money',
        'sales.yaml:11',
      ],
    ],
    [
      'en/metric-won.html',
      ['Used by', 'In north Metric', 'To be won Goal', 'Won before Baseline', 'Low Alert', 'Seller Role'],
    ],
    ['en/metric-won.html', ['Won is what was won', 'Given: deal', 'metrics query won --period 2026-01']],
    [
      'en/metric-won.html',
      ['DuckDB', 'PostgreSQL', 'sum(amount)', "-- $1 = 'won'", 'metrics compile won --dialect postgres'],
    ],
    [
      'es/metric-won.html',
      ['Ingresos ganados', 'Lo ganado por gestión', 'Lo bueno es más', 'Por ganar Meta', 'Vendedor Rol'],
    ],
    ['en/metric-rate.html', ['certified', 'over groups: no, each total is computed anew', 'Unit percent']],
    [
      'en/metric-open_deals.html',
      [
        'This metric is deprecated.',
        'It ends on Dec 31, 2026.',
        'Use instead: Rate',
        'Counted by deal.opened_on, deal.closed_on',
        'By time day, week',
      ],
    ],
    [
      'en/goal-won_goal.html',
      [
        'Metric Won revenue',
        'Target sum(deal.amount)',
        'Period of a target month',
        'By rep',
        'on track from 100%',
        'won_goal.pace',
      ],
    ],
    [
      'en/alert-low.html',
      [
        'won < 10 and won_goal.pace < 0.8',
        'warning',
        '{rep.region} won {won}',
        'in the present period (month)',
        'By rep.region',
      ],
    ],
    [
      'en/role-seller.html',
      [
        'rep = user.rep_id',
        'rep.salary',
        'Mine',
        'To be won',
        'this month',
        'a year before, same number of days',
        'Go north.',
      ],
    ],
    ['es/role-seller.html', ['Lo mío', 'un año antes']],
    [
      'en/table-deal.html',
      [
        'table of the warehouse crm.deals',
        'Key deal_id',
        'doubled',
        'amount * 2',
        'open, won',
        'opened_on',
        'Lifespans',
      ],
    ],
    ['en/table-rep.html', ['Joined by Deal', 'decimal, EUR', 'Salaries Metric']],
  ])('%s says %j', (file, texts) => {
    const text = textOf(files, file);
    for (const each of texts) expect(text).toContain(each);
  });

  test('names in a formula lead to what they stand for', () => {
    const html = files.find(file => file.path === 'en/metric-won.html')?.text ?? '';
    expect(html).toContain('<a href="table-deal.html#column-amount">deal.amount</a>');
    expect(html).toContain('<a href="table-deal.html#column-stage">stage</a>');
  });

  test('the index finds by names, words, owners and tags of both languages', () => {
    const html = files.find(file => file.path === 'en/index.html')?.text ?? '';
    const item = /<li[^>]*data-names="won [^>]*>/.exec(html)?.[0] ?? '';
    for (const text of [
      'Won revenue',
      'Ingresos ganados',
      'Lo ganado por gestión',
      'data-owner="sales"',
      'data-tag="money"',
      'data-kind="metric"',
      'data-status="active"',
    ])
      expect(item).toContain(text);
  });

  test('the same project gives the same bytes', () => {
    expect(siteOf(folderWith())).toEqual(files);
  });
});

describe('as a role', () => {
  const files = siteOf(
    folderWith({
      'more/secret.yaml': `version: 1
metrics:
  pay_share: { formula: salaries / won, description: How much of it salaries are. }
  headcount: { formula: count(rep), balance_with: [salaries], owner: salaries, tags: [salaries], covers: [salaries] }
alerts:
  costly: { when: salaries > 5, severity: info }
roles:
  boss: { sees: all, alerts: [costly], scorecard: [{ section: All, items: [{ metric: salaries }] }] }
tests:
  what_they_earn:
    given: { rep: [{ rep_id: a, salary: 7 }] }
    query: { metrics: [headcount, salaries] }
    expect: [{ headcount: 1, salaries: 7 }]
`,
    }),
    'seller',
  );

  test('nothing that it hides is named on any page or by any file', () => {
    const told = files.filter(({ text, path: file }) => /salar/i.test(`${file} ${text}`)).map(file => file.path);
    expect(told).toEqual([]);
  });

  test('what stands on it is there, without its formula; other roles and their alerts are not', () => {
    expect(textOf(files, 'en/metric-pay_share.html')).toContain(
      'The formula names something that this role does not know.',
    );
    const paths = files.map(file => file.path);
    expect(paths).toContain('en/role-seller.html');
    expect(paths.filter(file => /boss|costly/.test(file))).toEqual([]);
  });

  test('no link leads nowhere', () => {
    expect(brokenLinks(files)).toEqual([]);
  });

  test('a hidden entity has no page, and nothing leads to it', () => {
    const found = siteOf(
      folderWith({ 'more/none.yaml': 'version: 1\nroles:\n  blind: { sees: all, hides: [rep] }\n' }),
      'blind',
    );
    expect(found.filter(file => file.path.includes('table-rep'))).toEqual([]);
    expect(brokenLinks(found)).toEqual([]);
  });
});

test('hostile texts are texts', () => {
  const evil = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'&`;
  const text = JSON.stringify(evil);
  const files = siteOf(
    folderWith({
      'more/evil.yaml': `version: 1
tables:
  odd:
    from: crm.odd
    key: odd_id
    label: ${text}
    description: ${text}
    owner: ${text}
    columns: { odd_id: { type: string, label: ${text}, description: ${text}, values: [${text}] }, other: { type: string, column: ${text} } }
metrics:
  odd: { formula: ${JSON.stringify(`count(odd where odd_id = '${evil.replaceAll("'", "''")}')`)}, label: ${text}, description: ${text}, owner: ${text}, tags: [${text}] }
roles:
  odd: { sees: all, label: ${text}, description: ${text}, scorecard: [{ section: ${text}, items: [{ metric: odd, note: ${text} }] }] }
tests:
  odd:
    description: ${text}
    given: { odd: [{ odd_id: ${text} }] }
    query: { metrics: [odd], where: ${JSON.stringify(`odd_id = '${evil.replaceAll("'", "''")}'`)} }
    expect: [{ odd: 1 }]
`,
    }),
  );
  const pages = files.filter(file => file.path.endsWith('.html'));
  const tags = pages.flatMap(({ text: html }) => html.match(/<(?:img|\/?script)[^>]*>/g) ?? []);
  expect(new Set(tags)).toEqual(new Set(['<script src="../search.js" defer="">', '</script>']));
  expect(pages.filter(({ text: html }) => /\son\w+="/.test(html)).map(({ path: file }) => file)).toEqual([]);
  expect(textOf(files, 'en/metric-odd.html').split('<img src=x onerror=alert(2)>').length).toBeGreaterThan(5);
  expect(brokenLinks(files)).toEqual([]);
});

describe('the command', () => {
  test('writes the pages, says how many, and says that there is no history', async () => {
    const folder = folderWith();
    const { code, out, err } = await metrics(folder, 'docs', '--out', 'site', '--lang', 'es,en');
    expect(err).toBe('note: the pages say nothing of earlier versions: the project is not in a git repository\n');
    expect([code, out]).toEqual([
      0,
      'Wrote site/index.html: 7 metrics, 1 goal, 1 baseline, 1 alert, 1 role, 2 tables in es and en\n',
    ]);
    expect(readFileSync(path.join(folder, 'site/index.html'), 'utf8')).toContain('url=es/index.html');
    expect((await metrics(folder, 'docs', '--out', 'site', '--lang', 'en', '--as', 'seller')).code).toBe(0);
    expect(readdirSync(path.join(folder, 'site')).sort()).toEqual([
      '.sextant-catalogue.json',
      'en',
      'index.html',
      'search.js',
      'style.css',
    ]);
  });

  test.each([
    [['--lang', 'fr'], 2, 'there is no language `fr`'],
    [['--as', 'sellr'], 2, 'did you mean `seller`?'],
    [['--as-of', 'soon'], 2, '`soon` is not a day'],
  ])('%j is refused', async (words, code, said) => {
    const result = await metrics(folderWith(), 'docs', '--out', 'site', ...words);
    expect([result.code, result.out]).toEqual([code, '']);
    expect(result.err).toContain(said);
  });

  test('of a broken project tells what is wrong with it', async () => {
    const { code, err } = await metrics(
      folderWith({ 'sales.yaml': 'version: 1\nmetrics:\n  won: { formula: sum(deal.amuont) }\n' }),
      'docs',
      '--out',
      'site',
    );
    expect(code).toBe(1);
    expect(err).toContain('error[M2001]: `deal` has no column `amuont`');
  });
});

describe('the library', () => {
  const project = soundProject(library);
  const tests = testsOf(project);
  const pagesFor = (role: string | null, language: (typeof languages)[number]) => {
    const asked = role === null ? null : (project.model.roles[role] ?? null);
    return catalogueFiles(knowledgeOf(project, { role: asked, history: null, tests, now }), [language]);
  };

  test('as everybody knows it, every link leads somewhere', () => {
    const files = pagesFor(null, 'en');
    expect(brokenLinks(files)).toEqual([]);
    expect(files.length).toBeGreaterThan(400);
    expect(files.filter(({ text }) => text.includes('hiring_cost'))).not.toEqual([]);
  });

  test('as a sales representative knows it too, and nothing that is hidden is named', () => {
    const files = pagesFor('sales_rep', 'es');
    expect(brokenLinks(files)).toEqual([]);
    expect(files.filter(({ text }) => text.includes('hiring_cost')).map(file => file.path)).toEqual([]);
  });
});
