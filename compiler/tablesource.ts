/** Where the rows of a table are: in the warehouse, in a file, behind a SELECT, or in the definitions themselves. */
import type { Grain } from './calendar/index.ts';
import type { CsvOptions } from './document/index.ts';
import type { Type } from './typed.ts';

export type TableSource = StoredSource | WrittenSource | RepeatedSource;

/** What an engine reads. */
export type StoredSource =
  | { readonly kind: 'relation'; readonly path: readonly string[] }
  /** `relation` is what the file is called in SQL: its path, and the table behind it where several tables read one file. */
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly relation: string;
      readonly format: 'csv' | 'parquet' | 'json';
      readonly csv: CsvOptions;
    }
  | { readonly kind: 'sql'; readonly text: string };

/** Rows that stand in the definitions: targets, or frozen values, by period and group. */
export interface WrittenSource {
  readonly kind: 'written';
  readonly columns: readonly { readonly name: string; readonly type: Type }[];
  /** In the order of the columns, the first of which is the first day of a period. */
  readonly rows: readonly (readonly (string | null)[])[];
}

/** One number for each bucket of a grain; its rows are written when it is known which days are read. */
export interface RepeatedSource {
  readonly kind: 'repeated';
  readonly columns: WrittenSource['columns'];
  readonly grain: Grain;
  readonly value: string;
  readonly from: string | null;
  readonly until: string | null;
}
