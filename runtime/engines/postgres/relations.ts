/** PostgreSQL's relations as they are: their columns, and which type of the language each can serve as. */
import type { Client } from 'pg';
import type { ExpressionType, StoredSource } from '../../../compiler/index.ts';
import type { PhysicalColumn, PhysicalRelation, Serves } from '../schema.ts';
import { refusalOf } from './faults.ts';

/** The columns of a relation, or the server's words when there is no such relation: those end the transaction. */
export async function describeRelation(client: Client, source: StoredSource): Promise<PhysicalRelation> {
  const name =
    source.kind === 'relation' ? source.path.join('.') : source.kind === 'sql' ? 'the `sql:` source' : source.path;
  try {
    const columns =
      source.kind === 'relation'
        ? await namedColumns(client, source.path)
        : source.kind === 'sql'
          ? await selectedColumns(client, source.text)
          : null;
    if (columns !== null) return { kind: 'found', name, columns };
    return { kind: 'missing', name, detail: null, candidates: await relationNames(client) };
  } catch (error) {
    const detail = refusalOf(error);
    if (detail === null) throw error;
    return { kind: 'missing', name, detail, candidates: [] };
  }
}

/** The server cuts longer names, and would find another relation by what is left. */
const longestName = 63;

/** Types by their own names, those of domains by what they are made of. */
const columnsSql = `
select
  a.attname::text as name,
  case when coalesce(d.typtype, t.typtype) = 'e' then 'enum'
    else format_type(coalesce(d.oid, t.oid), case when d.oid is null then a.atttypmod else t.typtypmod end)
  end || case when c.collisdeterministic then '' else ' in a collation that takes different texts for equal' end as type
from pg_class as r
join pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
join pg_type as t on t.oid = a.atttypid
left join pg_type as d on d.oid = t.typbasetype
left join lateral (select collisdeterministic from pg_collation where oid = a.attcollation
  union all select true limit 1) as c on true
where r.oid = to_regclass($1) and r.relkind in ('r', 'v', 'm', 'f', 'p')
order by a.attnum`;

/** Null where there is no such relation, or none that rows can be read from. */
async function namedColumns(client: Client, path: readonly string[]): Promise<readonly PhysicalColumn[] | null> {
  if (path.some(part => Buffer.byteLength(part) > longestName)) return null;
  const quoted = path.map(part => `"${part.replaceAll('"', '""')}"`).join('.');
  const { rows } = await client.query<PhysicalColumn>(columnsSql, [quoted]);
  return rows.length === 0 ? null : rows;
}

async function selectedColumns(client: Client, sql: string): Promise<readonly PhysicalColumn[]> {
  const query = { text: `select * from (\n${sql}\n) as source limit 0`, queryMode: 'extended' };
  const { fields } = await client.query(query);
  const { rows } = await client.query<{ type: string }>(
    `select case when t.typtype = 'e' then 'enum' else format_type(t.oid, f.modifier) end as type
from unnest($1::oid[], $2::int[]) with ordinality as f(oid, modifier, place)
join pg_type as t on t.oid = f.oid
order by f.place`,
    [fields.map(field => field.dataTypeID), fields.map(field => field.dataTypeModifier)],
  );
  return fields.map(({ name }, index) => ({ name, type: rows[index]?.type ?? '' }));
}

async function relationNames(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select case when pg_table_is_visible(r.oid) then r.relname else n.nspname || '.' || r.relname end as name
from pg_class as r
join pg_namespace as n on n.oid = r.relnamespace
where r.relkind in ('r', 'v', 'm', 'f', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
limit 10000`,
  );
  return rows.map(({ name }) => name);
}

const wholeNumbers = /^(smallint|integer|bigint|numeric\(\d+,0\))$/;
const floats = /^(double precision|real)$/;
const exactNumbers = /^numeric(\(|$)/;
/** All are equal where they are written alike, which cannot be said of the case-insensitive `citext`. */
const texts = /^(text|character varying|character|bpchar|"char"|name|uuid|enum)(\(\d+\))?$/;

/** Whether a stored type can serve as a type of the language: exactly, with less precision, or not at all. */
export function logicalType(declared: ExpressionType, physical: string): Serves {
  const isNumber = wholeNumbers.test(physical) || exactNumbers.test(physical);
  const fits = (does: unknown): Serves => (does === true ? 'fits' : 'differs');
  switch (declared) {
    case 'string':
      return fits(texts.test(physical));
    case 'integer':
      return fits(wholeNumbers.test(physical));
    case 'decimal':
      return floats.test(physical) ? 'inexact' : fits(isNumber);
    case 'float':
      return fits(isNumber || floats.test(physical));
    case 'boolean':
    case 'date':
      return fits(physical === declared);
    case 'timestamp':
      return fits(/^timestamp(\(\d\))? with(out)? time zone$/.test(physical));
    default:
      return 'differs';
  }
}
