/** The page of a metric. */
import { isKeptTable, type Measure, type Metric, measuresOf, own, unitText } from '../../../compiler/index.ts';
import { all, type Markup, tag } from '../page/markup.ts';
import { catalogueWords } from '../words/catalogue.ts';
import { day, inWords } from '../words/numbers.ts';
import { testsSection } from './examples.ts';
import { formulaBlock } from './formula.ts';
import { facts, heading, linkList, links, listed, section, soft } from './frame.ts';
import { knownColumn, said } from './knowledge.ts';
import { lineageSection } from './lineage.ts';
import { fileOf, nameLink, type Telling } from './link.ts';
import { definedIn } from './place.ts';
import { type EngineSql, sqlSection } from './sql.ts';
import { versionsSection } from './versions.ts';

export function metricMain(metric: Metric, sql: readonly EngineSql[], telling: Telling): readonly (Markup | null)[] {
  const say = catalogueWords[telling.language];
  const entry = { kind: 'metric', ...metric } as const;
  const { name, status, version } = metric;
  const goals = telling.lineage.usersOf(entry).filter(({ kind }) => kind === 'goal');
  return [
    heading(
      entry,
      telling,
      tag('span', { class: `badge is-${status}` }, say.status[status]),
      tag('span', { class: 'badge' }, `${say.version} ${version}`),
    ),
    status === 'deprecated' ? deprecation(metric, telling) : null,
    section('definition', say.definition, definition(metric, telling), factsOf(metric, telling)),
    lineageSection(metric, telling),
    goals.length === 0 ? null : section('goals', say.kinds.goal, linkList(goals, telling)),
    dimensionsSection(metric, telling),
    testsSection([name], telling),
    sqlSection(sql, telling),
    versionsSection(entry, telling),
  ];
}

function deprecation({ ends, replacedBy }: Metric, telling: Telling): Markup {
  const say = catalogueWords[telling.language];
  const successor = replacedBy === null ? null : links([{ kind: 'metric', name: replacedBy }], telling);
  return tag(
    'p',
    { class: 'notice' },
    say.deprecated,
    ends === null ? null : ` ${say.endsOn(day(ends, telling.language))}`,
    successor === null ? null : all(` ${say.useInstead} `, successor),
  );
}

function definition({ formula, tables }: Metric, telling: Telling): Markup {
  const text = said(formula, telling);
  if (text === null) return soft(catalogueWords[telling.language].hiddenFormula);
  return formulaBlock(text, { tables, reads: 'groups' }, telling);
}

function factsOf(metric: Metric, telling: Telling): Markup | null {
  const say = catalogueWords[telling.language];
  const { additivity, empty, lens, values, tags, covers, owner, type, at } = metric;
  const tables = metric.tables.filter(name => !isKeptTable(name));
  return facts([
    [say.owner, owner],
    [say.unit, unitIn(metric.isPercent ? 'percent' : unitText(metric.unit), telling)],
    [say.type, type],
    [say.good, direction(metric, telling)],
    [say.countedBy, axes(metric, telling)],
    [say.addsUp, `${say.overGroups[additivity.groups]}; ${say.overTime[additivity.time]}`],
    [say.empty, empty === null ? null : say.empties[empty]],
    [
      say.readWith,
      links(
        metric.balanceWith.map(name => ({ kind: 'metric', name })),
        telling,
      ),
    ],
    [say.lens, lens === null ? null : say.lenses[lens]],
    [say.values, values === null ? null : listed(values.map(value => said(value, telling)))],
    [say.tables, listed(tables.map(name => nameLink({ kind: 'table', name }, telling)))],
    [say.tags, listed(tags)],
    [say.covers, listed(covers)],
    [say.definedIn, definedIn(at, telling)],
  ]);
}

/** What has words of its own in the language. */
function unitIn(unit: string, { language }: Telling): string {
  const say = catalogueWords[language];
  if (unit === 'no unit' || unit === 'unspecified') return say.none;
  return unit === 'percent' ? say.percent : unit;
}

function direction({ good, type, isPercent }: Metric, { language }: Telling): string | null {
  const say = catalogueWords[language];
  if (good === null) return null;
  if (typeof good === 'string') return say.direction[good];
  const bound = (value: number) => inWords(String(value), { type, unit: isPercent ? 'percent' : null }, language);
  return say.between(bound(good.between[0]), bound(good.between[1]));
}

/** The dates by which its rows are counted: columns, or lifespans of stocks. */
function axes(metric: Metric, telling: Telling): Markup | null {
  const measures = measuresOf(metric.expression, name => own(telling.whole.metrics, name));
  const columns = measures.filter(({ table }) => !isKeptTable(table)).flatMap(axisOf);
  const found = new Map(columns.map(each => [`${each.table}.${each.column}`, each] as const));
  return listed(
    [...found].map(([text, { table, column }]) => {
      if (knownColumn(table, column, telling) === undefined) return null;
      return tag('a', { href: `${fileOf({ kind: 'table', name: table })}#column-${column}` }, tag('code', {}, text));
    }),
  );
}

function axisOf({ time, lifespan }: Measure) {
  const read = lifespan === null ? [time] : [lifespan.from, lifespan.until];
  return read.flatMap(each => (each?.kind === 'column' ? [{ table: each.table, column: each.column }] : []));
}

function dimensionsSection(metric: Metric, telling: Telling): Markup | null {
  const say = catalogueWords[telling.language];
  if (metric.tables.length === 0) return null;
  return section(
    'dimensions',
    say.dimensions,
    dimensionList(metric, telling),
    facts([[say.grains, listed(telling.offer.grains(metric))]]),
  );
}

type Offered = ReturnType<Telling['offer']['dimensions']>;

/** Metrics that read the same tables are offered the same list, which may be long: it is told once. */
const lists = new WeakMap<Telling, Map<Offered, Markup>>();

function dimensionList(metric: Metric, telling: Telling): Markup {
  const made = lists.get(telling) ?? new Map<Offered, Markup>();
  lists.set(telling, made);
  const offered = telling.offer.dimensions(metric);
  const list = made.get(offered) ?? dimensionsOf(offered, metric.tables, telling);
  made.set(offered, list);
  return list;
}

function dimensionsOf(dimensions: Offered, tables: readonly string[], telling: Telling): Markup {
  const say = catalogueWords[telling.language];
  const offered = dimensions.filter(({ name }) => said(name, telling) !== null);
  if (offered.length === 0) return soft(say.noDimensions);
  const items = offered.map(({ name, column }) =>
    tag('li', {}, dimension(name, column?.name ?? null, tables, telling)),
  );
  return all(
    soft(say.dimensionsHint),
    tag(
      'details',
      {},
      tag('summary', {}, `${say.dimensions}: ${items.length}`),
      tag('ul', { class: 'names' }, ...items),
    ),
  );
}

/** The name; where it is a column of the table that the metric reads, with a link to it. */
function dimension(name: string, column: string | null, tables: readonly string[], telling: Telling): Markup {
  const code = tag('code', {}, name);
  const table = tables.find(each => column === name && knownColumn(each, name, telling) !== undefined);
  return table === undefined
    ? code
    : tag('a', { href: `${fileOf({ kind: 'table', name: table })}#column-${name}` }, code);
}
