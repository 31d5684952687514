/**
 * What a metric is made of and what is made of it, as a picture and as a list. In the picture tables with their columns stand on
 * the left, then measures, metrics that it stands on, itself, and what names it. What would be too much for an eye is counted.
 */
import {
  columnsRead,
  type DefinitionName,
  definitionKey,
  type Measure,
  type Metric,
  own,
  ownMeasures,
} from '../../../compiler/index.ts';
import { all, type Markup, tag } from '../page/markup.ts';
import { catalogueWords } from '../words/catalogue.ts';
import { linkList, section, soft } from './frame.ts';
import { knownColumn, said } from './knowledge.ts';
import { type Box, boxWidth, type Edge, inLayers, type Picture } from './layers.ts';
import { entryOf, fileOf, link, type Telling, titleOf } from './link.ts';

export function lineageSection(metric: Metric, telling: Telling): Markup | null {
  const say = catalogueWords[telling.language];
  const self: DefinitionName = { kind: 'metric', name: metric.name };
  const users = telling.lineage.usersOf(self);
  return section(
    'lineage',
    say.lineage,
    soft(say.lineageHint),
    drawing(drawingOf(metric, telling)),
    tag('h3', {}, say.madeOf),
    linkList(telling.lineage.usedBy(self), telling),
    columnsList(metric, telling),
    usersOf(users, telling),
  );
}

/** What names a definition, and what stands on that in turn. */
export function usersOf(users: readonly DefinitionName[], telling: Telling): Markup {
  const say = catalogueWords[telling.language];
  const direct = new Set(users.map(definitionKey));
  const further = new Map<string, DefinitionName>();
  const open = [...users];
  for (let user = open.pop(); user !== undefined; user = open.pop()) {
    for (const next of telling.lineage.usersOf(user)) {
      const key = definitionKey(next);
      if (direct.has(key) || further.has(key)) continue;
      further.set(key, next);
      open.push(next);
    }
  }
  const names = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);
  const through = [...further].sort(names).map(([, definition]) => definition);
  return all(
    tag('h3', { id: 'used' }, say.usedBy),
    users.length === 0 ? soft(say.usedByNobody) : byKind(users, telling),
    through.length === 0
      ? null
      : tag('details', {}, tag('summary', {}, `${say.throughThose}: ${through.length}`), byKind(through, telling)),
  );
}

function byKind(definitions: readonly DefinitionName[], telling: Telling): Markup {
  const say = catalogueWords[telling.language];
  return tag(
    'ul',
    { class: 'links' },
    ...definitions.map(each =>
      tag('li', {}, link(each, telling), tag('span', { class: 'soft' }, ` ${say.kind[each.kind]}`)),
    ),
  );
}

/** The columns that its own measures read, for whoever cannot see the picture. */
function columnsList(metric: Metric, telling: Telling): Markup | null {
  const say = catalogueWords[telling.language];
  const columns = ownMeasures(metric.expression).flatMap(measure => knownColumns(measure, telling));
  const texts = new Map(columns.map(each => [`${each.table}.${each.column}`, each] as const));
  if (texts.size === 0) return null;
  const items = [...texts].map(([text, { table, column }]) =>
    tag(
      'li',
      {},
      tag('a', { href: `${fileOf({ kind: 'table', name: table })}#column-${column}` }, tag('code', {}, text)),
    ),
  );
  return all(tag('h3', {}, say.columns), tag('ul', { class: 'names' }, ...items));
}

function knownColumns(measure: Measure, telling: Telling) {
  return columnsRead(measure, telling.whole).filter(
    ({ table, column }) => knownColumn(table, column, telling) !== undefined,
  );
}

interface Drawn extends Box {
  readonly kind: DefinitionName['kind'] | 'measure' | 'more';
  readonly lines: readonly string[];
  /** The first line that is written as definitions write it; null where none is. */
  readonly codeFrom: number | null;
  /** The page that it leads to. */
  readonly href: string | null;
  readonly isSelf: boolean;
}

interface Drawing {
  readonly boxes: readonly Drawn[];
  readonly edges: readonly Edge[];
}

/** So many metrics before it, measures, tables and users are drawn. */
const most = { metrics: 14, measures: 14, tables: 10, users: 14, columns: 5 } as const;

function drawingOf(metric: Metric, telling: Telling): Drawing {
  const { lineage, model } = telling;
  const say = catalogueWords[telling.language];
  const boxes = new Map<string, Drawn>();
  const edges = new Map<string, Edge>();
  const connect = (from: string, to: string) => edges.set(`${from} ${to}`, { from, to });
  const add = (box: Omit<Drawn, 'height'>) => {
    if (!boxes.has(box.id)) boxes.set(box.id, { ...box, height: 14 + 16 * box.lines.length });
  };
  const self: DefinitionName = { kind: 'metric', name: metric.name };
  const before = depthsOf(self, telling);
  const deepest = Math.max(0, ...before.values());
  const layerOf = (depth: number) => 2 + deepest - depth;
  const drawn = [...before].slice(0, most.metrics + 1);
  const ids = new Set(drawn.map(([key]) => key));
  for (const [key, depth] of drawn) {
    const definition = telling.entries.get(key);
    if (definition === undefined) continue;
    add({ ...shown(definition, telling), layer: layerOf(depth), isSelf: key === definitionKey(self) });
    for (const used of lineage.usedBy(definition)) if (ids.has(definitionKey(used))) connect(definitionKey(used), key);
    const own_ = definition.kind === 'metric' ? own(model.metrics, definition.name) : undefined;
    for (const measure of own_ === undefined ? [] : ownMeasures(own_.expression)) addMeasure(measure, key);
  }
  if (before.size > drawn.length) more(before.size - drawn.length, layerOf(deepest), definitionKey(self));
  const users = lineage.usersOf(self);
  for (const user of ofEachKind(users).slice(0, most.users)) {
    const entry = entryOf(user, telling);
    if (entry === null) continue;
    add({ ...shown(entry, telling), layer: layerOf(-1), isSelf: false });
    connect(definitionKey(self), definitionKey(user));
  }
  if (users.length > most.users) {
    add({ ...moreBox(users.length - most.users), id: 'more users', layer: layerOf(-1), href: '#used' });
    connect(definitionKey(self), 'more users');
  }
  return { boxes: [...boxes.values()], edges: [...edges.values()] };

  function moreBox(count: number) {
    return { kind: 'more', lines: [say.moreNodes(count)], codeFrom: null, href: null, isSelf: false } as const;
  }

  function more(count: number, layer: number, to: string): void {
    add({ ...moreBox(count), id: 'more metrics', layer });
    connect('more metrics', to);
  }

  function addMeasure(measure: Measure, user: string): void {
    const text = said(measure.text.replace(/\s+/g, ' '), telling);
    const id = `measure ${measure.table} ${measure.text}`;
    const drawnMeasures = [...boxes.values()].filter(({ kind }) => kind === 'measure').length;
    if (text === null || (drawnMeasures >= most.measures && !boxes.has(id))) return;
    add({ id, kind: 'measure', lines: codeLines(text), codeFrom: 0, href: null, layer: 1, isSelf: false });
    connect(id, user);
    const columns = knownColumns(measure, telling);
    for (const table of new Set([measure.table, ...columns.map(column => column.table)])) {
      const entry = entryOf({ kind: 'table', name: table }, telling);
      const drawnTables = [...boxes.values()].filter(({ kind }) => kind === 'table').length;
      if (entry === null || (drawnTables >= most.tables && !boxes.has(definitionKey(entry)))) continue;
      add({ ...shown(entry, telling), lines: [table, ...columnLines(table)], codeFrom: 1, layer: 0, isSelf: false });
      connect(definitionKey(entry), id);
    }
  }

  /** The columns of a table that anything in the picture reads. */
  function columnLines(table: string): readonly string[] {
    const names = new Set(
      [...ids].flatMap(key => {
        const found = own(model.metrics, telling.entries.get(key)?.name ?? '');
        const measures = found === undefined ? [] : ownMeasures(found.expression);
        return measures
          .flatMap(each => knownColumns(each, telling))
          .flatMap(each => (each.table === table ? each.column : []));
      }),
    );
    const lines = [...names].sort().slice(0, most.columns);
    return names.size > lines.length ? [...lines, say.moreNodes(names.size - lines.length)] : lines;
  }
}

function shown(entry: DefinitionName & { readonly label: Metric['label'] }, telling: Telling) {
  const { kind, name } = entry;
  return {
    id: definitionKey(entry),
    kind,
    href: fileOf({ kind, name }),
    lines: inTwoLines(titleOf(entry, telling)),
    codeFrom: null,
  } as const;
}

/** The first of each kind, then the second of each, and so on, so that many metrics do not hide a goal. */
function ofEachKind(definitions: readonly DefinitionName[]): readonly DefinitionName[] {
  const place = ({ kind }: DefinitionName, index: number) => index - definitions.findIndex(each => each.kind === kind);
  return definitions
    .map((definition, index) => ({ definition, place: place(definition, index) }))
    .sort((a, b) => a.place - b.place)
    .map(({ definition }) => definition);
}

/** Words that do not fit into one line of a box go on in a second. */
function inTwoLines(text: string): readonly string[] {
  const end = text.lastIndexOf(' ', lineLength);
  return text.length <= lineLength || end <= 0 ? [text] : [text.slice(0, end), text.slice(end + 1)];
}

/** A formula that does not fit is cut where the line ends, where no space is nearer. */
function codeLines(text: string): readonly string[] {
  if (text.length <= codeLength) return [text];
  const space = text.lastIndexOf(' ', codeLength);
  const end = space > codeLength / 2 ? space : codeLength;
  return [text.slice(0, end), text.slice(end).trimStart()];
}

const lineLength = 24;
const codeLength = 22;

/** What a definition stands on, itself first with 0, and over how many others at most; nearer ones first. */
function depthsOf(self: DefinitionName, { lineage }: Telling): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  const visit = (definition: DefinitionName, depth: number): void => {
    const key = definitionKey(definition);
    if ((depths.get(key) ?? -1) >= depth) return;
    depths.set(key, depth);
    for (const used of lineage.usedBy(definition)) if (used.kind !== 'table') visit(used, depth + 1);
  };
  visit(self, 0);
  return new Map([...depths].sort(([, a], [, b]) => a - b));
}

/** For the eye alone: the lists beside it say the same, so it is skipped by readers of screens and by the keyboard. */
function drawing({ boxes, edges }: Drawing): Markup {
  const picture = inLayers(boxes, edges);
  const { width, height } = picture;
  return tag(
    'div',
    { class: 'picture', 'aria-hidden': 'true' },
    tag(
      'svg',
      { viewBox: `0 0 ${width} ${height}`, width, height, class: 'lineage' },
      ...picture.ways.map(edgeMarkup),
      ...boxes.map(box => boxMarkup(box, picture)),
    ),
  );
}

/** A line that leaves each box level and comes to the next one level. */
function edgeMarkup([first, ...others]: Picture['ways'][number]): Markup | null {
  if (first === undefined) return null;
  let { x: fromX, y: fromY } = first;
  const bends = others.map(({ x, y }) => {
    const middle = Math.round((fromX + x) / 2);
    const bend = fromY === y ? `H${x}` : `C${middle} ${fromY} ${middle} ${y} ${x} ${y}`;
    [fromX, fromY] = [x, y];
    return bend;
  });
  return tag('path', { class: 'edge', d: `M${first.x} ${first.y}${bends.join('')}` });
}

function boxMarkup(box: Drawn, { places }: Picture): Markup {
  const { x, y } = places.get(box.id) ?? { x: 0, y: 0 };
  const isCode = (index: number) => box.codeFrom !== null && index >= box.codeFrom;
  const lines = box.lines.map((line, index) =>
    tag(
      'text',
      { x: x + 9, y: y + 20 + 16 * index, class: isCode(index) ? 'is-code' : null },
      shortened(line, isCode(index) ? codeLength : lineLength),
    ),
  );
  const content = [
    tag('title', {}, box.lines.join(box.kind === 'table' ? ', ' : ' ')),
    tag('rect', { x, y, width: boxWidth, height: box.height, rx: 6, class: `box ${box.isSelf ? 'self' : box.kind}` }),
    ...lines,
  ];
  return box.href === null || box.isSelf
    ? tag('g', {}, ...content)
    : tag('a', { href: box.href, tabindex: -1 }, ...content);
}

function shortened(text: string, length: number): string {
  const letters = [...text];
  return letters.length <= length ? text : `${letters.slice(0, length - 1).join('')}…`;
}
