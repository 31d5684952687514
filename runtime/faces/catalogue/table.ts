/** The page of a table: where it comes from, its columns, its joins, its lifespans, and what stands on it. */
import { type Column, isKeptTable, type Join, type Table, unitText } from '../../../compiler/index.ts';
import { all, type Markup, tag } from '../page/markup.ts';
import { catalogueWords } from '../words/catalogue.ts';
import { formulaCode } from './formula.ts';
import { facts, heading, links, listed, section, table, textIn } from './frame.ts';
import { codeOf, usedSection } from './goal.ts';
import { said, type TableDeclaration } from './knowledge.ts';
import { nameLink, type Telling } from './link.ts';
import { definedIn } from './place.ts';
import { versionsSection } from './versions.ts';

export function tableMain(shown: Table, telling: Telling): readonly (Markup | null)[] {
  const say = catalogueWords[telling.language];
  const entry = { kind: 'table', tags: [], covers: [], status: null, ...shown } as const;
  const declared = telling.tables.get(shown.name) ?? null;
  const key = shown.isKeyHidden === true ? [] : shown.key;
  const path = (text: string) => pathCode(text, shown, telling);
  const valid = declared?.valid ?? null;
  return [
    heading(entry, telling),
    section(
      'definition',
      say.definition,
      facts([
        [say.source, source(shown, telling)],
        [say.key, listed(key.map(name => codeOf(name, telling)))],
        [say.entity, shown.entity === null ? null : codeOf(shown.entity, telling)],
        [say.time, declared?.time == null ? null : path(declared.time.text)],
        [
          say.valid,
          valid === null ? null : all(listed([path(valid.from.text), path(valid.until.text)]), `. ${say.validHint}`),
        ],
        [say.owner, shown.owner],
        [
          say.joinedBy,
          links(
            tablesThatJoin(shown, telling).map(name => ({ kind: 'table', name })),
            telling,
          ),
        ],
        [
          say.unrestrictedFor,
          links(
            readersOf(shown, telling).map(name => ({ kind: 'role', name })),
            telling,
          ),
        ],
        [say.definedIn, definedIn(shown.at, telling)],
      ]),
    ),
    columnsSection(shown, telling),
    joinsSection(shown, declared, telling),
    lifespansSection(shown, declared, telling),
    usedSection(entry, telling),
    versionsSection(entry, telling),
  ];
}

function source({ source: from }: Table, telling: Telling): Markup | null {
  const say = catalogueWords[telling.language];
  switch (from.kind) {
    case 'relation': {
      const name = codeOf(from.path.join('.'), telling);
      return name === null ? null : all(`${say.sources.relation} `, name);
    }
    case 'file': {
      const name = codeOf(from.path, telling);
      return name === null ? null : all(`${say.sources.file} `, name);
    }
    case 'sql': {
      const text = said(from.text, telling);
      if (text === null) return null;
      return all(say.sources.sql, tag('pre', { class: 'block', tabindex: 0 }, tag('code', {}, text.trim())));
    }
    case 'written':
    case 'repeated':
      return null;
  }
}

function pathCode(text: string, { name }: Table, telling: Telling): Markup | null {
  const shown = said(text, telling);
  return shown === null ? null : formulaCode(shown, { tables: [name], reads: 'rows' }, telling);
}

function columnsSection(shown: Table, telling: Telling): Markup | null {
  const say = catalogueWords[telling.language];
  const rows = Object.values(shown.columns).map(column => ({
    id: `column-${column.name}`,
    cells: [
      tag('code', {}, column.name),
      typeText(column, telling),
      all(said(columnTitle(column, telling), telling), meaning(column, shown, telling)),
    ],
  }));
  return section('columns', say.columns, table(say.columns, [say.column, say.type, say.description], rows));
}

function columnTitle(column: Column, telling: Telling): string {
  const texts = [textIn(column.label, telling), textIn(column.description, telling)];
  return texts.filter(text => text !== null).join('. ');
}

function typeText({ type, unit, isPrivate }: Column, telling: Telling): string {
  const say = catalogueWords[telling.language];
  const isNumber = type === 'integer' || type === 'decimal' || type === 'float';
  const measured = isNumber ? unitText(unit) : '';
  return [type, measured === 'no unit' || measured === 'unspecified' ? '' : measured, isPrivate ? say.private : '']
    .filter(text => text !== '')
    .join(', ');
}

/** What a column is computed from, where it is stored under another name, and what it can be. */
function meaning(column: Column, shown: Table, telling: Telling): Markup {
  const say = catalogueWords[telling.language];
  const { source: from, values } = column;
  const formula = from.kind === 'computed' ? pathCode(from.text.trim(), shown, telling) : null;
  const physical = from.kind === 'stored' && from.physical !== column.name ? codeOf(from.physical, telling) : null;
  const choices = values === null ? null : listed(values.map(value => codeOf(value, telling)));
  return all(
    formula === null ? null : tag('p', {}, formula),
    physical === null ? null : tag('p', { class: 'soft' }, `${say.stored} `, physical),
    choices === null ? null : tag('p', { class: 'soft' }, choices),
  );
}

function joinsSection(shown: Table, declared: TableDeclaration | null, telling: Telling): Markup | null {
  const say = catalogueWords[telling.language];
  const rows = Object.values(shown.joins).map(join => ({
    id: `join-${join.name}`,
    cells: [
      tag('code', {}, join.name),
      nameLink({ kind: 'table', name: join.to }, telling),
      onText(join, shown, declared, telling),
    ],
  }));
  return section('joins', say.joins, table(say.joins, [say.name, say.leadsTo, say.on], rows));
}

function onText(join: Join, shown: Table, declared: TableDeclaration | null, telling: Telling): Markup | null {
  const say = catalogueWords[telling.language];
  const written = declared?.joins.find(each => each.name.text === join.name);
  const pairs = (written?.on ?? []).flatMap(({ here, there }) => {
    const from = pathCode(here.text, shown, telling);
    if (from === null) return [];
    const to = there === null ? null : codeOf(there.text, telling);
    return [to === null ? from : all(from, ' = ', to)];
  });
  return listed([...pairs, join.version === null ? null : say.versionOf[join.version.kind]]);
}

function lifespansSection(shown: Table, declared: TableDeclaration | null, telling: Telling): Markup | null {
  const say = catalogueWords[telling.language];
  const rows = (declared?.lifespans ?? []).flatMap(({ name, from, until }) => {
    const [begins, ends] = [pathCode(from.text, shown, telling), pathCode(until.text, shown, telling)];
    if (begins === null || ends === null) return [];
    return [{ id: `lifespan-${name.text}`, cells: [tag('code', {}, name.text), begins, ends] }];
  });
  return section('lifespans', say.lifespans, table(say.lifespans, [say.lifespan, say.from, say.until], rows));
}

function tablesThatJoin({ name }: Table, { model }: Telling): readonly string[] {
  const joining = Object.values(model.tables).filter(each => Object.values(each.joins).some(({ to }) => to === name));
  return joining.map(each => each.name).filter(each => !isKeptTable(each) && each !== name);
}

function readersOf({ name }: Table, { model }: Telling): readonly string[] {
  return Object.values(model.roles).flatMap(role => (role.unrestricted.includes(name) ? [role.name] : []));
}
