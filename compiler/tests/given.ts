/** Given rows: what a test says of the tables, held against their columns; the rows that engines are given out. */
import { clockOf } from '../calendar/index.ts';
import {
  computedGiven,
  didYouMean,
  nearest,
  noSuchDate,
  type Report,
  unknownName,
  wrongShape,
} from '../diagnostics/index.ts';
import { type CellDeclaration, type RowDeclaration, spanOf, type TableDeclaration } from '../document/index.ts';
import type { ExpressionType, Model, Table } from '../model.ts';
import { own, recordOf } from '../record.ts';
import { isKeptTable } from '../resolve/index.ts';
import { type CellValue, type Reading, readGiven } from './value.ts';

export interface GivenColumn {
  readonly name: string;
  readonly type: ExpressionType;
}

/** The rows of a table as a test has them; every stored column has its place in each row. */
export interface GivenTable {
  /** Its relation in SQL, under the model's name for it. */
  readonly name: string;
  readonly columns: readonly GivenColumn[];
  readonly rows: readonly (readonly CellValue[])[];
}

/** Where given tables stand: the engine's place for what lasts no longer than its connection. */
const place = ['temp', 'main'] as const;

/**
 * The model with each table read from given rows, whatever its source is. Tables and columns are called as the model
 * calls them, so that it does not matter where and under which names a warehouse has them.
 */
export function givenModel(model: Model): Model {
  const asGiven = (table: Table): Table => (isKeptTable(table.name) ? table : given(table));
  const given = (table: Table): Table => ({
    ...table,
    source: { kind: 'relation', path: [...place, table.name] },
    columns: recordOf(
      Object.entries(table.columns).map(([name, column]) =>
        column.source.kind === 'computed'
          ? ([name, column] as const)
          : ([name, { ...column, source: { kind: 'stored', physical: name } }] as const),
      ),
    ),
  });
  return { ...model, tables: recordOf(Object.entries(model.tables).map(([name, table]) => [name, asGiven(table)])) };
}

/** The stored columns of a table, in the order of their declaration. */
export function givenColumns(table: Table): readonly GivenColumn[] {
  return Object.values(table.columns)
    .filter(column => column.source.kind === 'stored')
    .map(({ name, type }) => ({ name, type }));
}

interface GivenDeclaration {
  readonly file: string;
  readonly given: readonly {
    readonly table: { readonly text: string; readonly at: readonly [number, number] };
    readonly rows: readonly RowDeclaration[];
  }[];
}

/** `declared` has every table of the project, also those that the model lacks since they are broken: that has been told. */
export function readGivenTables(
  { file, given }: GivenDeclaration,
  model: Model,
  declared: ReadonlyMap<string, TableDeclaration>,
  report: Report,
): readonly GivenTable[] {
  return given.flatMap(({ table: name, rows }) => {
    const declaration = declared.get(name.text);
    if (declaration === undefined) {
      const help = didYouMean(nearest(name.text, declared.keys()));
      report(unknownName(spanOf(file, name.at), { name: name.text, kind: 'table', help }));
      return [];
    }
    const table = own(model.tables, name.text);
    const reader = new RowReader(file, declaration, table ?? null, model, report);
    const columns = table === undefined ? [] : givenColumns(table);
    const read = rows.map(row => reader.row(row, columns));
    return table === undefined ? [] : [{ name: name.text, columns, rows: read }];
  });
}

/** What the engine can hold of an exact number. */
const mostDigits = 38;

class RowReader {
  private readonly clock;
  private readonly digits = new Map<string, { readonly whole: number; readonly fraction: number }>();

  constructor(
    private readonly file: string,
    private readonly declaration: TableDeclaration,
    private readonly table: Table | null,
    model: Model,
    private readonly report: Report,
  ) {
    this.clock = clockOf(model.settings.timeZone);
  }

  row({ cells }: RowDeclaration, columns: readonly GivenColumn[]): readonly CellValue[] {
    const values = new Map(cells.map(cell => [cell.column.text, this.cell(cell)]));
    return columns.map(column => values.get(column.name) ?? null);
  }

  private cell(cell: CellDeclaration): CellValue {
    const { declaration, table, file, report } = this;
    const name = cell.column.text;
    const at = spanOf(file, cell.column.at);
    const declared = declaration.columns.find(column => column.name.text === name);
    if (declared === undefined) {
      const known = declaration.columns.filter(column => column.formula === null).map(column => column.name.text);
      const help = didYouMean(nearest(name, known)) ?? didYouMean(byWarehouseName(declaration, name));
      report(unknownName(at, { name, kind: 'column', of: declaration.name.text, help }));
      return null;
    }
    if (declared.formula !== null) {
      const related = [{ message: 'its formula', span: spanOf(declaration.file, declared.formula.at) }];
      report(computedGiven(at, { column: name, table: declaration.name.text }, { related }));
      return null;
    }
    const column = own(table?.columns ?? {}, name);
    if (column === undefined) return null;
    const reading = readGiven(cell, column.type, this.clock);
    if (reading.kind === 'wrong') {
      reportMisfit(cell, reading, file, report);
      return null;
    }
    return this.held(name, column.type, reading.value, cell);
  }

  /** Numbers of one column are stored with one number of places, so that together they must not have too many. */
  private held(name: string, type: ExpressionType, value: CellValue, cell: CellDeclaration): CellValue {
    if ((type !== 'decimal' && type !== 'integer') || typeof value !== 'string') return value;
    const [whole = '', fraction = ''] = value.replace('-', '').replace(/^0+/, '').split('.');
    const before = this.digits.get(name) ?? { whole: 0, fraction: 0 };
    const digits = {
      whole: Math.max(before.whole, whole.length),
      fraction: Math.max(before.fraction, fraction.length),
    };
    if (digits.whole + digits.fraction > mostDigits) {
      const expected = `numbers of at most ${mostDigits} digits, before and behind the point, in one column`;
      reportMisfit(cell, { kind: 'wrong', expected, isDate: false }, this.file, this.report);
      return null;
    }
    this.digits.set(name, digits);
    return value;
  }
}

/** The column that has a name in the warehouse, where the test used that one. */
function byWarehouseName(declaration: TableDeclaration, name: string): string | null {
  return declaration.columns.find(column => column.physical === name)?.name.text ?? null;
}

export function reportMisfit(
  cell: CellDeclaration,
  { expected, isDate }: Extract<Reading, { kind: 'wrong' }>,
  file: string,
  report: Report,
): void {
  const at = spanOf(file, cell.value.at);
  const { text } = cell.value;
  if (isDate) {
    report(noSuchDate(at, { text: text.replace(' ', 'T') }));
    return;
  }
  const kind = { string: 'the text', number: 'the number', boolean: 'the value', null: 'nothing' }[cell.type];
  report(wrongShape(at, { expected, found: `${kind} \`${text.length > 40 ? `${text.slice(0, 40)}…` : text}\`` }));
}
