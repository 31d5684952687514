/** Tables: declarations in, `Table`s out. Columns and joins are typed on demand, since a computed column may read any other. */

import { isTimestamp, parseDay } from '../calendar/index.ts';
import {
  cycle,
  declaredUnit,
  didYouMean,
  keyNeeded,
  nearest,
  type Report,
  unknownName,
  untypedColumn,
  wrongShape,
  wrongUnit,
} from '../diagnostics/index.ts';
import { type ColumnDeclaration, spanOf, spanWithin, type TableDeclaration, type Text } from '../document/index.ts';
import type { At } from '../formula/index.ts';
import {
  type Column,
  type ExpressionType,
  type Join,
  type Lifespan,
  type RowExpression,
  type Settings,
  type Table,
  type Unit,
  unspecified,
} from '../model.ts';
import { own, recordOf } from '../record.ts';
import { joinStanding, standingOf } from './circles.ts';
import { rowFormula, spanOfTime, timeAxis } from './declared.ts';
import { typeFits } from './functions.ts';
import { resolveJoin } from './joins.ts';
import { isNumber, typeText } from './meeting.ts';
import { checkWord, twice } from './naming.ts';
import { type GraphTable, tablesBehind } from './paths.ts';
import { resolveRollUp, tablesRolledUp } from './rollup.ts';
import type { Scope } from './scope.ts';
import { type FilesOfTables, readTableName } from './source.ts';
import { meet, readUnit, unitText, unitWords } from './units.ts';

export interface ResolvedTables {
  readonly scope: Scope;
  /** Every table, or those that can be reached over joins from the named ones. */
  readonly tables: (read?: readonly string[]) => Readonly<Record<string, Table>>;
  /** Adds a table that is not declared: the one of a goal. */
  readonly addTable: (table: Table) => void;
}

/** What tables need to know of the rest of the project. */
interface Surroundings {
  readonly isMetric: (name: string) => boolean;
  /** The folder that files are read from, in words. */
  readonly folder: string;
  readonly report: Report;
}

export function resolveTables(
  declarations: readonly TableDeclaration[],
  settings: Settings,
  surroundings: Surroundings,
): ResolvedTables {
  const { isMetric, folder, report } = surroundings;
  const declared = new Map<string, TableDeclaration>();
  for (const table of declarations) {
    const first = declared.get(table.name.text);
    if (first === undefined) declared.set(table.name.text, table);
    else report(twice('table', table.name.text, spanOf(table.file, table.name.at), spanOf(first.file, first.name.at)));
  }
  const graph: Record<string, GraphTable> = Object.fromEntries(
    [...declared].map(([name, table]) => [name, graphTable(table, declared)] as const),
  );
  const added = new Map<string, Table>();
  const columns = new Map<string, Column | null>();
  const joins = new Map<string, Join | null>();
  const axes = new Map<string, RowExpression>();
  const validity = new Map<string, Lifespan | null>();
  const open: string[] = [];
  const openJoins: string[] = [];

  const column = (tableName: string, name: string): Column | null => {
    const made = added.get(tableName);
    if (made !== undefined) return own(made.columns, name) ?? null;
    const path = `${tableName}.${name}`;
    const done = columns.get(path);
    if (done !== undefined) return done;
    const table = declared.get(tableName);
    const declaration = table?.columns.find(candidate => candidate.name.text === name);
    if (table === undefined || declaration === undefined) return null;
    if (open.includes(path)) {
      const steps = [...open.slice(open.indexOf(path)), path];
      report(cycle(spanOf(table.file, declaration.name.at), { steps }, { path: `tables.${path}` }));
      columns.set(path, null);
      return null;
    }
    open.push(path);
    const resolved = resolveColumn(declaration, table, scope);
    open.pop();
    if (!columns.has(path)) columns.set(path, resolved);
    return columns.get(path) ?? null;
  };

  const join = (tableName: string, name: string): Join | null => {
    const made = added.get(tableName);
    if (made !== undefined) return own(made.joins, name) ?? null;
    const path = `${tableName}.${name}`;
    const done = joins.get(path);
    if (done !== undefined) return done;
    const table = declared.get(tableName);
    const declaration = table?.joins.find(candidate => candidate.name.text === name);
    if (table === undefined || declaration === undefined) return null;
    if (openJoins.includes(path)) {
      const steps = [...openJoins.slice(openJoins.indexOf(path)), path];
      report(cycle(spanOf(table.file, declaration.name.at), { steps }, { path: `tables.${tableName}.joins.${name}` }));
      joins.set(path, null);
      return null;
    }
    openJoins.push(path);
    const resolved = resolveJoin(declaration, table, declared, scope);
    openJoins.pop();
    joins.set(path, resolved);
    return resolved;
  };

  const axis = (tableName: string): RowExpression | null => {
    const made = added.get(tableName);
    if (made !== undefined) return made.time;
    const table = declared.get(tableName);
    if (table === undefined || table.time === null) return null;
    const done = axes.get(tableName) ?? timeAxis(table.time, 'the time axis', table, scope);
    axes.set(tableName, done);
    return done;
  };

  const lifespan = (tableName: string, name: string): Lifespan | null | undefined => {
    const table = declared.get(tableName);
    const declaration = table?.lifespans.find(candidate => candidate.name.text === name);
    if (table === undefined || declaration === undefined) return undefined;
    return spanOfTime(declaration, 'an end of a lifespan', table, scope);
  };
  const valid = (tableName: string): Lifespan | null => {
    const table = declared.get(tableName);
    if (table === undefined || table.valid === null) return null;
    const done = validity.get(tableName) ?? spanOfTime(table.valid, 'an end of `valid`', table, scope);
    validity.set(tableName, done);
    return done;
  };
  const lifespanNames = (tableName: string) =>
    declared.get(tableName)?.lifespans.map(declaration => declaration.name.text) ?? [];

  const scope: Scope = { settings, graph, report, column, join, axis, lifespan, lifespanNames, valid, isMetric };
  return {
    scope,
    addTable: table => {
      added.set(table.name, table);
      graph[table.name] = table;
    },
    tables: read => {
      const all = [...declared.values()];
      const sources = all.flatMap(table => table.from?.text ?? []);
      const seen = new Set<string>();
      const shared = new Set(sources.filter(source => seen.has(source) || !seen.add(source)));
      const resolved = new Map<string, Table>();
      let wanted = read === undefined ? [...declared.keys()] : [...tablesBehind(graph, read).keys()];
      while (wanted.length > 0) {
        for (const name of wanted) {
          const table = declared.get(name);
          if (table !== undefined) resolved.set(name, resolveTable(table, { shared, folder }, scope));
        }
        const rolledUp = tablesBehind(graph, [...resolved.values()].flatMap(tablesRolledUp));
        wanted = [...rolledUp.keys()].filter(name => !resolved.has(name));
      }
      const goals = [...added.values()].filter(({ name }) => read === undefined || read.includes(name));
      const inOrder = [...all.flatMap(table => resolved.get(table.name.text) ?? []), ...goals];
      return recordOf(inOrder.map(table => [table.name, table] as const));
    },
  };
}

/** The names of a table, before anything is typed; joins to tables that do not exist lead nowhere. */
function graphTable(table: TableDeclaration, declared: ReadonlyMap<string, TableDeclaration>): GraphTable {
  return {
    name: table.name.text,
    entity: table.entity?.text ?? null,
    key: table.key.map(word => word.text),
    columns: recordOf(
      table.columns.map(column => [column.name.text, { dimension: column.dimension?.text ?? null }] as const),
    ),
    joins: recordOf(
      table.joins.map(join => {
        const key = declared.get(join.to.text)?.key ?? [];
        const on = join.on.map(({ here, there }) => ({
          stored: table.columns.some(column => column.name.text === here.text) ? here.text : null,
          there: there?.text ?? key[0]?.text ?? '',
        }));
        return [join.name.text, { to: join.to.text, on }] as const;
      }),
    ),
  };
}

function resolveColumn(declaration: ColumnDeclaration, table: TableDeclaration, scope: Scope): Column | null {
  const { name, formula } = declaration;
  const at = spanOf(table.file, name.at);
  const common = {
    name: name.text,
    values: declaration.values?.map(value => value.text) ?? null,
    dimension: declaration.dimension?.text ?? null,
    label: declaration.label,
    description: declaration.description,
    isPrivate: declaration.isPrivate,
    at,
  };
  const declaredAs = typeNamed(declaration.type?.text);
  const unit = columnUnit(declaration, table, scope);
  if (declaredAs !== null) checkValues(declaration, declaredAs, table, scope);
  if (formula === null) {
    if (declaration.type === null)
      scope.report(
        untypedColumn(at, { column: name.text }, { path: `tables.${table.name.text}.columns.${name.text}` }),
      );
    if (declaredAs === null) return null;
    const source = { kind: 'stored', physical: declaration.physical ?? name.text } as const;
    return { ...common, type: declaredAs, unit: unit ?? unspecified, source };
  }
  const locate = (at: At) => spanWithin(table.file, formula, at);
  const expression = rowFormula(formula, table, scope, {
    rollUp: (call, behind) => resolveRollUp(call, behind, table.name.text, scope, locate),
  });
  if (expression.type === 'unknown') return null;
  const site = { whole: spanOf(table.file, formula.at), parts: [], report: scope.report };
  if (declaredAs !== null && !typeFits(declaredAs, expression.type, site)) return null;
  const met = unit === null ? null : meet(unit, expression.unit);
  if (unit !== null && (met === null || met.leftScale !== 1 || met.rightScale !== 1)) {
    const at = spanOf(table.file, declaration.unit?.at ?? formula.at);
    scope.report(
      declaredUnit(at, {
        declared: unitText(unit),
        inferred: unitText(expression.unit),
        currency: scope.settings.currency,
      }),
    );
  }
  const type = declaredAs ?? expression.type;
  if (declaredAs === null) checkValues(declaration, type, table, scope);
  return {
    ...common,
    type,
    unit: unit ?? expression.unit,
    source: { kind: 'computed', formula: expression, text: formula.text },
  };
}

const types: readonly ExpressionType[] = ['string', 'integer', 'decimal', 'float', 'boolean', 'date', 'timestamp'];

function typeNamed(text: string | undefined): ExpressionType | null {
  return types.find(type => type === text) ?? null;
}

/** The allowed values are of the column's type. */
function checkValues(
  { values }: ColumnDeclaration,
  type: ExpressionType,
  { file }: TableDeclaration,
  scope: Scope,
): void {
  for (const { text, at } of values ?? []) {
    if (isOfType(text, type)) continue;
    scope.report(wrongShape(spanOf(file, at), { expected: typeText(type), found: `\`${text}\`` }));
  }
}

export function isOfType(text: string, type: ExpressionType): boolean {
  switch (type) {
    case 'integer':
      return /^[-+]?\d+$/.test(text);
    case 'decimal':
    case 'float':
      return text.trim() !== '' && Number.isFinite(Number(text));
    case 'boolean':
      return text === 'true' || text === 'false';
    case 'date':
      return parseDay(text) !== null;
    case 'timestamp':
      return isTimestamp(text);
    default:
      return true;
  }
}

function columnUnit(declaration: ColumnDeclaration, table: TableDeclaration, scope: Scope): Unit | null {
  if (declaration.unit === null) return null;
  const reading = readUnit(declaration.unit.text, scope.settings.currency);
  const at = spanOf(table.file, declaration.unit.at);
  if (reading.kind === 'wrong') {
    scope.report(wrongUnit(at, { text: declaration.unit.text, reason: reading.reason, units: unitWords }));
    return null;
  }
  const { unit } = reading;
  const type = typeNamed(declaration.type?.text);
  if (type !== null && !isNumber(type)) {
    const reason = `a unit is of numbers, and \`${declaration.name.text}\` is ${typeText(type)}`;
    scope.report(
      wrongUnit(at, { text: declaration.unit.text, reason, units: unitWords }, { help: 'leave `unit:` out' }),
    );
    return null;
  }
  if (unit.kind === 'mixed' && !table.columns.some(column => column.name.text === unit.currencyColumn)) {
    const candidates = table.columns.map(column => column.name.text);
    const help = didYouMean(nearest(unit.currencyColumn, candidates));
    scope.report(unknownName(at, { name: unit.currencyColumn, kind: 'column', of: table.name.text, help }));
  }
  return unit;
}

/** Everything of a table, each finding reported once. */
function resolveTable(table: TableDeclaration, files: FilesOfTables, scope: Scope): Table {
  const { name } = table;
  for (const key of table.key) {
    if (table.columns.some(column => column.name.text === key.text)) continue;
    const fixed = nearest(
      key.text,
      table.columns.map(column => column.name.text),
    );
    scope.report(
      keyNeeded(spanOf(table.file, key.at), { column: key.text, table: name.text }, { help: didYouMean(fixed) }),
    );
  }
  reportNameClashes(table, scope);
  reportCircles(table, scope);
  checkWords(table, scope);
  const { source, at } = readTableName(table, files, scope.report);
  const columns = table.columns.flatMap(column => scope.column(name.text, column.name.text) ?? []);
  const joins = table.joins.flatMap(join => scope.join(name.text, join.name.text) ?? []);
  const lifespans = table.lifespans.flatMap(lifespan => {
    const found = scope.lifespan(name.text, lifespan.name.text);
    return found === null || found === undefined ? [] : [[lifespan.name.text, found] as const];
  });
  return {
    name: name.text,
    source,
    key: table.key.map(word => word.text),
    entity: table.entity?.text ?? null,
    time: scope.axis(name.text),
    valid: scope.valid(name.text),
    columns: recordOf(columns.map(column => [column.name, column] as const)),
    joins: recordOf(joins.map(join => [join.name, join] as const)),
    lifespans: recordOf(lifespans),
    label: table.label,
    description: table.description,
    owner: table.owner,
    at,
  };
}

/** A version cannot be chosen by what is read from it, and the time of a table not from what is found by that time. */
function reportCircles({ name, file, joins, time, valid }: TableDeclaration, scope: Scope): void {
  const table = name.text;
  for (const join of joins) {
    const { circle } = joinStanding(table, join.name.text, scope);
    if (circle === null) continue;
    scope.report(
      cycle(spanOf(file, join.name.at), { steps: circle }, { path: `tables.${table}.joins.${join.name.text}` }),
    );
  }
  const check = (text: Text, key: string, expression: RowExpression | null | undefined) => {
    const standing = expression == null ? null : standingOf(expression, table, scope);
    const ordered = standing?.isOrdered === true && key === 'time' ? 'previous' : null;
    const dated = standing?.dated ?? ordered;
    const through = standing?.circle ?? (dated === null ? null : [dated]);
    if (through === null) return;
    const steps = [`${table}.${key}`, ...through, `${table}.${key}`];
    scope.report(cycle(spanOf(file, text.at), { steps }, { path: `tables.${table}.${key}` }));
  };
  const ends = scope.valid(table);
  if (time !== null) check(time, 'time', scope.axis(table));
  if (valid !== null) check(valid.from, 'valid.from', ends?.from);
  if (valid !== null) check(valid.until, 'valid.until', ends?.until);
}

/** Names that a formula could not say are refused where they are given. */
function checkWords({ name, columns, joins, lifespans, entity, file }: TableDeclaration, scope: Scope): void {
  checkWord(name, file, scope.report, 'name the table otherwise, and say where it is with `from:`');
  for (const column of columns) {
    checkWord(column.name, file, scope.report, `name it otherwise: \`... { column: ${column.name.text}, ... }\``);
  }
  for (const other of [...joins.map(join => join.name), ...lifespans.map(lifespan => lifespan.name)]) {
    checkWord(other, file, scope.report);
  }
  if (entity !== null) checkWord(entity, file, scope.report);
}

/** A join may bear the name of the column that it stands on, and no other column's. */
function reportNameClashes(table: TableDeclaration, scope: Scope): void {
  for (const join of table.joins) {
    const column = table.columns.find(candidate => candidate.name.text === join.name.text);
    const isItsOwn = join.on.length === 1 && join.on[0]?.here.text === join.name.text;
    if (column === undefined || isItsOwn) continue;
    scope.report(
      twice('column or join', join.name.text, spanOf(table.file, join.name.at), spanOf(table.file, column.name.at)),
    );
  }
}
