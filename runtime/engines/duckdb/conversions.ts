/** Texts of files as values: for each type of the language, the SQL that reads it, and null where the text is no such value. */
import type { Column } from '../../../compiler/index.ts';

export interface Conversion {
  readonly column: Column;
  /** The text, null where the file has nothing. */
  readonly text: string;
  /** The value, null where the text does not fit. */
  readonly converted: string;
  /** What the text should have been, for findings. */
  readonly expected: string;
}

/** How many digits the longest numbers of a column have, before and behind the point. */
export interface Digits {
  readonly whole: number;
  readonly fraction: number;
}

type Scales = ReadonlyMap<string, Digits>;

export function conversion(column: Column, stored: string, scales: Scales, dateFormat: string | null): Conversion {
  const trimmed = `nullif(trim(${stored}), '')`;
  const as = (converted: string, expected: string): Conversion => ({ column, text: trimmed, converted, expected });
  switch (column.type) {
    case 'integer': {
      const isWide = (scales.get(column.name)?.whole ?? 0) > 18;
      return as(
        `case when regexp_full_match(${trimmed}, '[+-]?[0-9]+') then try_cast(${trimmed} as ${isWide ? 'hugeint' : 'bigint'}) end`,
        'a whole number',
      );
    }
    case 'decimal': {
      const type = decimalType(scales.get(column.name));
      return as(
        `case when regexp_full_match(${trimmed}, '[+-]?[0-9]*\\.?[0-9]+|[+-]?[0-9]+\\.') then try_cast(${trimmed} as ${type}) end`,
        'a decimal number',
      );
    }
    case 'float':
      return as(`try_cast(${trimmed} as double)`, 'a number');
    case 'boolean':
      return as(
        `case when lower(${trimmed}) in ('true', 't', 'yes', 'y', '1') then true when lower(${trimmed}) in ('false', 'f', 'no', 'n', '0') then false end`,
        'true or false',
      );
    case 'date':
      return as(
        dateFormat === null
          ? dateSql(trimmed)
          : `try_strptime(${trimmed}, '${dateFormat.replaceAll("'", "''")}')::date`,
        'a date',
      );
    case 'timestamp':
      return as(
        dateFormat === null ? timestampSql(trimmed) : `try_strptime(${trimmed}, '${dateFormat.replaceAll("'", "''")}')`,
        'a timestamp',
      );
    default:
      return { column, text: stored, converted: stored, expected: 'text' };
  }
}

/** The narrowest decimal that holds every value exactly; up to 18 digits DuckDB reckons several times as fast. */
export function decimalType(digits: Digits | undefined): string {
  const { whole, fraction } = digits ?? { whole: 1, fraction: 0 };
  const width = whole + fraction;
  return `decimal(${width <= 18 ? 18 : 38}, ${Math.min(fraction, width <= 18 ? 18 : 38)})`;
}

/** ISO dates and m/d/yyyy, each with a midnight behind it or not; any other time of day is no date. */
function dateSql(text: string): string {
  const iso = `regexp_full_match(${text}, '\\d{4}-\\d{2}-\\d{2}([ T]00:00(:00([.]0+)?)?(Z|[+-]00(:?00)?)?)?')`;
  const american = `regexp_full_match(${text}, '\\d{1,2}/\\d{1,2}/\\d{4}( (0?0:00(:00([.]0+)?)?|12:00(:00)? ?[Aa][Mm]))?')`;
  return (
    `case when ${iso} then try_cast(left(${text}, 10) as date) ` +
    `when ${american} then try_strptime(split_part(${text}, ' ', 1), '%m/%d/%Y')::date end`
  );
}

/** ISO timestamps, with a zone or in universal time, and m/d/yyyy with a time. */
function timestampSql(text: string): string {
  const iso = `regexp_full_match(${text}, '\\d{4}-\\d{2}-\\d{2}([ T]\\d{2}:\\d{2}(:\\d{2}([.]\\d+)?)?(Z|[+-](0\\d|1[0-4])(:?[0-5]\\d)?)?)?')`;
  const american = ['%m/%d/%Y', '%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %I:%M %p', '%m/%d/%Y %I:%M:%S %p'];
  return `case when ${iso} then timezone('UTC', try_cast(${text} as timestamptz)) else try_strptime(${text}, [${american.map(format => `'${format}'`).join(', ')}]) end`;
}
