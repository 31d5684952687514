/** A table of the model held against the relation that it reads: what is missing, and what is of another type. */
import {
  type Diagnostic,
  didYouMean,
  type ExpressionType,
  inexactType,
  missingColumn,
  missingRelation,
  nearest,
  otherType,
  own,
  refusedSource,
  type StoredSource,
  type Table,
} from '../../compiler/index.ts';

export interface PhysicalColumn {
  readonly name: string;
  readonly type: string;
}

export type PhysicalRelation =
  | { readonly kind: 'found'; readonly name: string; readonly columns: readonly PhysicalColumn[] }
  /** `detail` is what the engine said, where it was something else than that there is no such relation. */
  | {
      readonly kind: 'missing';
      readonly name: string;
      readonly detail: string | null;
      readonly candidates: readonly string[];
    }
  /** A SELECT of the author's that the engine refuses; `line` counts within it. */
  | {
      readonly kind: 'refused';
      readonly line: number | null;
      readonly detail: string;
      readonly help: string | undefined;
    };

/** Where an engine finds a table; null where its rows stand in the definitions. */
export function storedSource({ source }: Table): StoredSource | null {
  return source.kind === 'written' || source.kind === 'repeated' ? null : source;
}

export type Serves = 'fits' | 'inexact' | 'differs';

export interface RelationCheck {
  readonly table: Table;
  /** Names, in the model, of the columns that are read. */
  readonly columns: readonly string[];
  readonly relation: PhysicalRelation;
  readonly profile: string;
  readonly logicalType: (declared: ExpressionType, physical: string) => Serves;
  /** Whether names are found whatever their case, or only as they are written. */
  readonly names: 'anycase' | 'exact';
}

export function checkRelation({
  table,
  columns,
  relation,
  profile,
  logicalType,
  names,
}: RelationCheck): readonly Diagnostic[] {
  const path = `tables.${table.name}`;
  if (relation.kind === 'missing') {
    const help = relation.detail ?? didYouMean(nearest(relation.name, relation.candidates));
    return [missingRelation(table.at, { relation: relation.name, table: table.name, profile, help }, { path })];
  }
  if (relation.kind === 'refused')
    return [refusedSource(table.at, { ...relation, table: table.name }, { path: `${path}.sql` })];
  return columns.flatMap(name => {
    const column = own(table.columns, name);
    if (column === undefined || column.source.kind === 'computed') return [];
    const { physical } = column.source;
    const known = (written: string) => (names === 'exact' ? written : written.toLowerCase());
    const found = relation.columns.find(each => known(each.name) === known(physical));
    const columnPath = `${path}.columns.${name}`;
    if (found === undefined) {
      const suggestion = didYouMean(
        nearest(
          physical,
          relation.columns.map(each => each.name),
        ),
      );
      const help =
        suggestion ??
        `its columns are ${relation.columns
          .map(each => each.name)
          .slice(0, 12)
          .join(', ')}`;
      return [missingColumn(column.at, { column: physical, relation: relation.name, help }, { path: columnPath })];
    }
    const serves = logicalType(column.type, found.type);
    if (serves === 'fits') return [];
    if (serves === 'inexact')
      return [inexactType(column.at, { column: physical, physical: found.type }, { path: columnPath })];
    const help = `declare its own type, or convert it in a \`sql:\` source`;
    return [
      otherType(
        column.at,
        { column: physical, declared: column.type, physical: found.type, help },
        { path: columnPath },
      ),
    ];
  });
}
