/** Joins: a declaration in, a `Join` out, bound column by column, and with the version that it finds of what changes. */
import { didYouMean, joinColumns, nearest, noVersions, unknownName, versionNeeded } from '../diagnostics/index.ts';
import { type JoinDeclaration, spanOf, type TableDeclaration } from '../document/index.ts';
import type { Join, RowExpression, Version } from '../model.ts';
import { own } from '../record.ts';
import { rowFormula, timeAxis } from './declared.ts';
import { commonType, typeText } from './meeting.ts';
import { followPath, type PathSearch } from './paths.ts';
import type { RowContext } from './row.ts';
import type { Scope } from './scope.ts';

export function resolveJoin(
  join: JoinDeclaration,
  table: TableDeclaration,
  declared: ReadonlyMap<string, TableDeclaration>,
  scope: Scope,
): Join | null {
  const at = spanOf(table.file, join.name.at);
  const target = declared.get(join.to.text);
  if (target === undefined) {
    const help = didYouMean(nearest(join.to.text, declared.keys()));
    scope.report(unknownName(spanOf(table.file, join.to.at), { name: join.to.text, kind: 'table', help }));
    return null;
  }
  const graphJoin = own(own(scope.graph, table.name.text)?.joins ?? {}, join.name.text);
  const on: { here: RowExpression; stored: string | null; there: string }[] = [];
  for (const [index, pair] of join.on.entries()) {
    const graphPair = graphJoin?.on[index];
    const there = graphPair?.there ?? '';
    const here = rowFormula(pair.here, table, scope, besides(join.name.text, table, scope));
    const other = scope.column(target.name.text, there);
    if (pair.there !== null && !target.columns.some(column => column.name.text === there)) {
      const help = didYouMean(
        nearest(
          there,
          target.columns.map(column => column.name.text),
        ),
      );
      scope.report(
        unknownName(spanOf(table.file, pair.there.at), {
          name: there,
          kind: 'column',
          of: target.name.text,
          help,
        }),
      );
    }
    if (here.type === 'unknown' || other === null) return null;
    if (commonType(here.type, other.type) === null) {
      const detail = `\`${pair.here.text}\` is ${typeText(here.type)}, and \`${target.name.text}.${there}\` is ${typeText(other.type)}`;
      scope.report(
        joinColumns(spanOf(table.file, pair.here.at), { detail, help: 'the columns of a join have one type' }),
      );
      return null;
    }
    on.push({ here, stored: graphPair?.stored ?? null, there });
  }
  const missing = target.key.filter(word => !on.some(pair => pair.there === word.text)).map(word => word.text);
  if (missing.length > 0) {
    const place = join.on[0]?.here.at ?? join.name.at;
    const detail = `the join reaches only part of the key of \`${target.name.text}\`, so that one row here could find several there`;
    const pairs = target.key.map(word => `...: ${word.text}`).join(', ');
    scope.report(
      joinColumns(spanOf(table.file, place), { detail, help: `name all columns of the key: \`on: { ${pairs} }\`` }),
    );
    return null;
  }
  const version = versionOf(join, table, target, scope);
  return version === 'broken' ? null : { name: join.name.text, to: target.name.text, on, version, at };
}

/** Which version a join to a slowly changing table finds. */
function versionOf(
  join: JoinDeclaration,
  table: TableDeclaration,
  target: TableDeclaration,
  scope: Scope,
): Version | null | 'broken' {
  const { asOf } = join;
  if (target.valid === null) {
    if (asOf === null) return null;
    scope.report(noVersions(spanOf(table.file, asOf.at), { table: target.name.text }));
    return 'broken';
  }
  if (asOf?.text === 'now' && !table.columns.some(column => column.name.text === 'now')) return { kind: 'now' };
  if (asOf !== null) {
    const date = timeAxis(asOf, '`as_of`', table, scope);
    return date.type === 'unknown' ? 'broken' : { kind: 'date', date };
  }
  if (table.time !== null || table.valid !== null) return { kind: 'own' };
  const names = { join: join.name.text, from: table.name.text, to: target.name.text };
  scope.report(versionNeeded(spanOf(table.file, join.name.at), names));
  return 'broken';
}

/** A join does not stand on itself: its name is no column that it could be found by, and none to be offered. */
function besides(join: string, table: TableDeclaration, scope: Scope): Partial<RowContext> {
  const name = table.name.text;
  const isColumn = table.columns.some(column => column.name.text === join);
  const search = (words: readonly string[]) =>
    words[0] === join && !isColumn ? missingFirst(name) : followPath(scope.graph, name, words);
  return isColumn ? {} : { search, except: join };
}

function missingFirst(table: string): PathSearch {
  return { kind: 'missing', word: 0, table };
}
