/**
 * Roles: declarations in, `Role`s out, their rules bound for every table on which they can be decided. What a rule lacks
 * on a table is kept, so that a question can say why the table is closed.
 */
import {
  didYouMean,
  nearest,
  noBenchmark,
  noRowRule,
  type Report,
  unknownAttribute,
  unknownName,
} from '../diagnostics/index.ts';
import { type RoleDeclaration, spanOf, spanWithin, type Text, type Word } from '../document/index.ts';
import { type At, type Expression, type PathExpression, parseFormula } from '../formula/index.ts';
import { errorNode, type FunctionName, type Role, type RowExpression, type RowRule, unspecified } from '../model.ts';
import { own, recordOf } from '../record.ts';
import type { Span } from '../source.ts';
import { standingOf } from './circles.ts';
import { requireCondition } from './condition.ts';
import { checkConformed, dimensionsOf } from './dimension.ts';
import { momentNames } from './forms.ts';
import { type Named, resolveHides } from './hides.ts';
import { readsInterval } from './interval.ts';
import { twice } from './naming.ts';
import { declaredTables, findDimension, tableOfBaseline, tableOfGoal } from './paths.ts';
import { resolveRow } from './row.ts';
import type { Scope } from './scope.ts';
import { pathsOf, rowOperands } from './walk.ts';

/** Every role that is right; one that is broken is left out, and nobody can ask as it. */
export function resolveRoles(
  declarations: readonly RoleDeclaration[],
  named: Named,
  scope: Scope,
): Readonly<Record<string, Role>> {
  const first = new Map<string, RoleDeclaration>();
  const roles: [string, Role][] = [];
  for (const declaration of declarations) {
    const { name, file } = declaration;
    const earlier = first.get(name.text);
    if (earlier === undefined) first.set(name.text, declaration);
    else scope.report(twice('role', name.text, spanOf(file, name.at), spanOf(earlier.file, earlier.name.at)));
    const role = earlier === undefined ? resolveRole(declaration, named, scope) : null;
    if (role !== null) roles.push([name.text, role]);
  }
  return recordOf(roles);
}

function resolveRole(declaration: RoleDeclaration, named: Named, scope: Scope): Role | null {
  // Goals and baselines have tables that may be open too.
  const kept = new Map([
    ...named.goals.map(({ name }) => [name.text, tableOfGoal(name.text)] as const),
    ...named.baselines.map(({ name }) => [name.text, tableOfBaseline(name.text)] as const),
  ]);
  const { name, file } = declaration;
  let isBroken = declaration.sees === null;
  const report: Report = diagnostic => {
    isBroken ||= diagnostic.severity === 'error';
    scope.report({ ...diagnostic, path: diagnostic.path ?? `roles.${name.text}` });
  };
  const open = declaration.unrestricted.flatMap(word => tableNamed(word, file, kept, scope, report) ?? []);
  const rule = (text: Text | null) => (text === null ? null : resolveRule(text, file, open, scope, report));
  const sees = declaration.sees?.text.trim() === 'all' ? 'all' : rule(declaration.sees);
  const benchmark = rule(declaration.benchmark);
  if (declaration.benchmark !== null && benchmark !== null) checkBenchmark(declaration.benchmark, file, sees, report);
  const hides = resolveHides(declaration.hides, file, { graph: scope.graph, named, report });
  if (sees === null || isBroken) return null;
  return {
    name: name.text,
    label: declaration.label,
    description: declaration.description,
    sees,
    benchmark,
    unrestricted: open,
    hides,
    covers: declaration.covers,
    at: spanOf(file, name.at),
  };
}

/** A table that is declared, or that of a goal or a baseline. */
function tableNamed(
  { text, at }: Word,
  file: string,
  kept: ReadonlyMap<string, string>,
  { graph }: Scope,
  report: Report,
): string | null {
  if (own(graph, text) !== undefined) return text;
  const table = kept.get(text);
  if (table !== undefined) return table;
  const names = [...declaredTables(graph).map(each => each.name), ...kept.keys()];
  report(unknownName(spanOf(file, at), { name: text, kind: 'table', help: didYouMean(nearest(text, names)) }));
  return null;
}

/** Those among whom somebody is placed must be known: by what the rule compares with the user. */
function checkBenchmark({ at }: Text, file: string, sees: Role['sees'] | null, report: Report): void {
  if (sees === 'all') report(noBenchmark(spanOf(file, at), { reason: 'whoever sees all is among all others already' }));
  else if (sees !== null && Object.values(sees.byTable).some(rule => membersIn(rule).length === 0))
    report(
      noBenchmark(spanOf(file, at), {
        reason: '`sees` compares nothing with an attribute of the user, so that nobody knows who the others are',
      }),
    );
}

/** Null where it cannot be read at all. What is said of tables that are `open` does not matter: they are read whole. */
function resolveRule(text: Text, file: string, open: readonly string[], scope: Scope, report: Report): RowRule | null {
  const locate = (at: At) => spanWithin(file, text, at);
  const at = spanOf(file, text.at);
  const written = parseFormula(text.text, locate, report);
  if (written.kind === 'error') return null;
  const paths = pathsOf(written);
  const dimensions = paths.filter(path => !isOfUser(path) && !isMoment(path));
  if (paths.length === 0) {
    report(
      noRowRule(at, { reason: 'says something of rows', help: 'where everything may be seen, write `sees: all`' }),
    );
    return null;
  }
  for (const path of paths.filter(isMoment))
    report(noRowRule(locate(path.at), { reason: 'cannot depend on what is asked, as on its period' }));
  const byTable: [string, RowExpression][] = [];
  const undecided: [string, string | null][] = [];
  for (const table of Object.keys(scope.graph)) {
    const missing = dimensions.find(path => findDimension(scope.graph, table, wordsOf(path)).kind !== 'found');
    if (missing !== undefined) {
      undecided.push([table, wordsOf(missing).join('.')]);
      continue;
    }
    const condition = conditionOn(table, written, locate, scope, report);
    const isDateless = standingOf(condition, table, scope).dated !== null && scope.axis(table) === null;
    if (condition.kind === 'error') undecided.push([table, null]);
    else if (isDateless) undecided.push([table, 'time']);
    else byTable.push([table, condition]);
  }
  checkDecided(dimensions, byTable, locate, scope, report);
  for (const path of dimensions) checkMeaning(path, byTable, open, locate, scope, report);
  checkValues(byTable, at, scope, report);
  return { text: text.text, byTable: recordOf(byTable), undecided: recordOf(undecided), at };
}

/** The condition as it is read from the rows of a table. */
function conditionOn(
  table: string,
  written: Expression,
  locate: (at: At) => Span,
  scope: Scope,
  report: Report,
): RowExpression {
  const resolved = resolveRow(written, scope, {
    table,
    locate,
    report,
    aggregate: null,
    search: words => findDimension(scope.graph, table, words),
    outside: path => (isOfUser(path) ? attributeAt(path, locate, scope, report) : null),
  });
  return requireCondition(resolved, written, { locate, report });
}

function wordsOf(path: PathExpression): readonly string[] {
  return path.words.map(word => word.text);
}

/** `user.region`. */
function isOfUser(path: PathExpression): boolean {
  return path.words.length > 1 && path.words[0]?.text === 'user';
}

function isMoment(path: PathExpression): boolean {
  return path.words.length === 1 && momentNames.some(name => name === path.words[0]?.text);
}

function attributeAt(path: PathExpression, locate: (at: At) => Span, scope: Scope, report: Report): RowExpression {
  const { attributes } = scope.settings;
  const name = wordsOf(path).slice(1).join('.');
  const type = own(attributes, name);
  if (type !== undefined) return { kind: 'attribute', name, type, unit: unspecified };
  report(unknownAttribute(locate(path.words[1]?.at ?? path.at), { name, help: attributeHelp(name, attributes) }));
  return errorNode;
}

/** What may have been meant, or where attributes are declared. */
export function attributeHelp(name: string, attributes: Scope['settings']['attributes']): string {
  const known = Object.keys(attributes);
  const declared =
    known.length === 0
      ? `metrics.yaml declares none: \`users: { attributes: { ${name}: string } }\``
      : `metrics.yaml declares ${known.map(each => `\`${each}\``).join(', ')}`;
  return didYouMean(nearest(name, known)) ?? declared;
}

/** A rule that no table can be held against closes everything: a name in it is wrong. */
function checkDecided(
  dimensions: readonly PathExpression[],
  byTable: readonly (readonly [string, RowExpression])[],
  locate: (at: At) => Span,
  scope: Scope,
  report: Report,
): void {
  if (byTable.length > 0) return;
  const tables = Object.keys(scope.graph);
  const unknown = dimensions.find(path =>
    tables.every(table => findDimension(scope.graph, table, wordsOf(path)).kind === 'missing'),
  );
  const [first] = dimensions;
  if (unknown !== undefined) {
    const [word = ''] = wordsOf(unknown);
    const table = tables.find(name => name === word) ?? tables[0] ?? '';
    const asker = { subject: (name: string) => name, verb: 'filtered', locate, report } as const;
    resolveRow(unknown, scope, dimensionsOf(scope, table, tables, asker));
  } else if (first !== undefined)
    report(noRowRule(locate(first.at), { reason: 'can be decided on a table at least, and this one on none' }));
}

/** What a rule names is one thing, whichever table it is read from. */
function checkMeaning(
  path: PathExpression,
  byTable: readonly (readonly [string, RowExpression])[],
  open: readonly string[],
  locate: (at: At) => Span,
  scope: Scope,
  report: Report,
): void {
  const destinations = byTable.flatMap(([table]) => {
    const search = open.includes(table) ? null : findDimension(scope.graph, table, wordsOf(path));
    return search?.kind === 'found' ? [[table, search.destination] as const] : [];
  });
  if (destinations.length > 1)
    checkConformed(wordsOf(path).join('.'), [], destinations, scope, report, locate(path.at));
}

/** Computed columns may stand in a rule as long as they depend on the row alone, and always have a value or none. */
function checkValues(
  byTable: readonly (readonly [string, RowExpression])[],
  at: Span,
  scope: Scope,
  report: Report,
): void {
  const conditions = byTable.map(([, condition]) => condition);
  if (conditions.some(each => readsInterval(each, scope) && !isBareMoment(each)))
    report(noRowRule(at, { reason: 'cannot depend on what is asked, as on its period' }));
  if (conditions.some(each => converts(each, scope)))
    report(noRowRule(at, { reason: 'cannot convert money, which fails where a rate is missing' }));
}

/** A moment that is written in the rule itself has been reported at its word. */
function isBareMoment(expression: RowExpression): boolean {
  return expression.kind === 'moment' || rowOperands(expression).some(isBareMoment);
}

function converts(expression: RowExpression, scope: Scope): boolean {
  if (expression.kind === 'convert') return true;
  if (expression.kind === 'rollup')
    return [...expression.arguments, ...(expression.where === null ? [] : [expression.where])].some(each =>
      converts(each, scope),
    );
  if (expression.kind !== 'column') return rowOperands(expression).some(each => converts(each, scope));
  const source = scope.column(expression.table, expression.column)?.source;
  return source?.kind === 'computed' && converts(source.formula, scope);
}

const comparisons: readonly FunctionName[] = ['equal', 'in', 'less', 'less_or_equal', 'greater', 'greater_or_equal'];

/** What a rule compares with the user: `rep` in `rep = user.rep_id`. */
export function membersIn(rule: RowExpression): readonly RowExpression[] {
  if (rule.kind !== 'call') return [];
  if (!comparisons.includes(rule.function)) return rule.arguments.flatMap(membersIn);
  const isUsers = (each: RowExpression): boolean => each.kind === 'attribute' || rowOperands(each).some(isUsers);
  return rule.arguments.some(isUsers) ? rule.arguments.filter(each => !isUsers(each)) : [];
}
