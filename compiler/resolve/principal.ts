/** Who asks: a role and the attributes of a user in, the condition that each table's rows must pass out. */
import { parseDay, parseTimestamp } from '../calendar/index.ts';
import {
  attributeNeeded,
  attributeType,
  didYouMean,
  nearest,
  type Report,
  unknownAttribute,
  unknownRole,
  userWithoutRole,
} from '../diagnostics/index.ts';
import {
  type Literal,
  type Model,
  type Role,
  type RowExpression,
  type RowRule,
  type Type,
  unspecified,
} from '../model.ts';
import { own, recordOf } from '../record.ts';
import type { Span } from '../source.ts';
import { typeText } from './meeting.ts';
import { itemSpan, type Query, userText, wholeSpan } from './query.ts';
import { attributeHelp, membersIn } from './roles.ts';
import { rowOperands } from './walk.ts';

/** A role with what is known of one user put into its rule. */
export interface Principal {
  readonly role: Role;
  /** The condition on the rows of each table on which the rule can be decided; null where all rows are seen. */
  readonly rules: Readonly<Record<string, RowExpression>> | null;
  /** Null where nothing is compared with others. */
  readonly benchmark: Benchmark | null;
}

/** The rows among which whoever asks is placed, at least their own; and by table who those others are. */
export interface Benchmark {
  readonly rules: Readonly<Record<string, RowExpression>>;
  /** What the rule compares with the user: values of which there must be several, so that none is told apart. */
  readonly members: Readonly<Record<string, readonly RowExpression[]>>;
  /** Tables that are read whole: their rows are nobody's. */
  readonly open: readonly string[];
}

/** Whose rows are read: those of whoever asks, or with those of others, of which single ones are never shown. */
export type Audience = 'own' | 'benchmark';

/** Which rows of a table somebody sees: all, those that pass a condition, or none, since nobody can say which. */
export type Sight =
  | { readonly kind: 'all' }
  | { readonly kind: 'rule'; readonly rule: RowExpression }
  | { readonly kind: 'closed' };

/** Without anybody in particular, all; else what is not said to be open is closed. */
export function sightOf(principal: Principal | null, table: string, audience: Audience): Sight {
  if (principal === null || principal.rules === null) return { kind: 'all' };
  if (principal.role.unrestricted.includes(table)) return { kind: 'all' };
  const rules = audience === 'own' ? principal.rules : (principal.benchmark?.rules ?? principal.rules);
  const rule = own(rules, table);
  return rule === undefined ? { kind: 'closed' } : { kind: 'rule', rule };
}

/** Null where everything is seen: nobody in particular asks. Undefined where the question is refused. */
export function bindPrincipal(model: Model, query: Query, report: Report): Principal | null | undefined {
  const { as: name, user } = query;
  if (name === undefined) {
    if (user === undefined) return null;
    report(userWithoutRole(wholeSpan('user', userText(query) ?? ''), {}));
    return undefined;
  }
  const role = own(model.roles, name);
  const values = attributesOf(model, query, report);
  if (role === undefined) {
    const help = didYouMean(nearest(name, Object.keys(model.roles)));
    report(unknownRole(wholeSpan('as', name), { name, help }));
    return undefined;
  }
  const { sees, benchmark } = role;
  if (values === null) return undefined;
  if (sees === 'all') return { role, rules: null, benchmark: null };
  const missing = attributesNeeded(role).filter(each => own(values, each) === undefined);
  for (const each of missing)
    report(attributeNeeded(wholeSpan('as', name), { name: each, role: name, problem: 'missing' }));
  if (missing.length > 0) return undefined;
  const rules = boundRule(sees, values);
  return {
    role,
    rules,
    benchmark: benchmark === null ? null : boundBenchmark({ ...role, sees }, rules, benchmark, values),
  };
}

function boundRule({ byTable }: RowRule, values: Values): Readonly<Record<string, RowExpression>> {
  return recordOf(Object.entries(byTable).map(([table, rule]) => [table, withValues(rule, values)] as const));
}

/** The own rows with those of the benchmark, where that can be decided; the own rows alone where it cannot. */
function boundBenchmark(
  { sees, unrestricted }: Pick<Role, 'unrestricted'> & { readonly sees: RowRule },
  rules: Readonly<Record<string, RowExpression>>,
  benchmark: RowRule,
  values: Values,
): Benchmark {
  const wider = boundRule(benchmark, values);
  const either = Object.entries(rules).map(([table, rule]): readonly [string, RowExpression] => {
    const other = own(wider, table);
    if (other === undefined) return [table, rule];
    return [table, { kind: 'call', function: 'or', arguments: [rule, other], type: 'boolean', unit: unspecified }];
  });
  const members = Object.entries(sees.byTable).map(([table, rule]) => [table, membersIn(rule)] as const);
  return { rules: recordOf(either), members: recordOf(members), open: unrestricted };
}

/** What must be known of a user who asks as the role. */
export function attributesNeeded({ sees, benchmark }: Role): readonly string[] {
  if (sees === 'all') return [];
  return [...new Set([...attributesIn(sees), ...(benchmark === null ? [] : attributesIn(benchmark))])];
}

/** The attributes that a rule goes by, on any table. */
function attributesIn(rule: RowRule): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (expression: RowExpression): void => {
    if (expression.kind === 'attribute') names.add(expression.name);
    rowOperands(expression).forEach(visit);
  };
  Object.values(rule.byTable).forEach(visit);
  return names;
}

type Values = Readonly<Record<string, Literal>>;

/** Everything that is known of the user, of the declared types; null where something of it is wrong. */
function attributesOf(model: Model, query: Query, report: Report): Values | null {
  const { attributes } = model.settings;
  const texts = (userText(query) ?? '').split(', ');
  let isRight = true;
  const refuse: Report = diagnostic => {
    isRight = false;
    report(diagnostic);
  };
  const values = Object.entries(query.user ?? {}).flatMap(([name, given], index) => {
    const at = itemSpan('user', texts, index);
    const type = own(attributes, name);
    if (type === undefined) {
      refuse(unknownAttribute(at, { name, help: attributeHelp(name, attributes) }));
      return [];
    }
    const value = readValue(given, type);
    if (value === null) reportValue(name, given, type, at, query, refuse);
    return value === null ? [] : [[name, { kind: 'literal', type, unit: unspecified, value }] as const];
  });
  return isRight ? recordOf(values) : null;
}

function reportValue(name: string, given: unknown, type: Type, at: Span, query: Query, report: Report): void {
  if (isEmpty(given)) {
    report(attributeNeeded(at, { name, role: query.as ?? '', problem: 'empty' }));
    return;
  }
  const found = typeof given === 'string' ? `\`${given}\`` : Array.isArray(given) ? 'a list' : `\`${String(given)}\``;
  const help = type === 'string' && typeof given !== 'object' ? `text stands in quotes: '${String(given)}'` : undefined;
  report(attributeType(at, { name, expected: typeText(type), found }, { help }));
}

function isEmpty(given: unknown): boolean {
  return given === null || given === undefined || (typeof given === 'string' && given.trim() === '');
}

/** A value of the declared type, as literals have it; null where it is none. Text may stand for any type, as flags give it. */
function readValue(given: unknown, type: Type): string | boolean | null {
  if (isEmpty(given)) return null;
  const text = typeof given === 'string' ? given : null;
  const number = typeof given === 'number' ? String(given) : text?.trim();
  switch (type) {
    case 'string':
      return text;
    case 'boolean':
      if (typeof given === 'boolean') return given;
      return text === 'true' ? true : text === 'false' ? false : null;
    case 'integer':
      return number !== undefined && /^[+-]?\d{1,18}$/.test(number) ? number.replace(/^\+/, '') : null;
    case 'decimal':
    case 'float':
      return number !== undefined && /^[+-]?\d{1,18}(\.\d{1,18})?$/.test(number) ? number.replace(/^\+/, '') : null;
    case 'date':
      return text !== null && parseDay(text) !== null ? text : null;
    case 'timestamp':
      return text !== null && parseTimestamp(text.replace(' ', 'T')) !== null ? text : null;
    case 'duration':
      return null;
  }
}

/** A condition with what is known of the user in it. */
function withValues(expression: RowExpression, values: Values): RowExpression {
  const filled = (each: RowExpression) => withValues(each, values);
  switch (expression.kind) {
    case 'attribute': {
      const value = own(values, expression.name);
      if (value === undefined) throw new Error(`no value for user.${expression.name}`);
      return value;
    }
    case 'call':
      return { ...expression, arguments: expression.arguments.map(filled) };
    case 'truncate':
      return { ...expression, operand: filled(expression.operand) };
    case 'previous':
      return { ...expression, operand: filled(expression.operand), per: expression.per.map(filled) };
    case 'convert':
      return {
        ...expression,
        amount: filled(expression.amount),
        from: filled(expression.from),
        at: filled(expression.at),
      };
    case 'column':
    case 'rollup':
    case 'moment':
    case 'literal':
    case 'error':
      return expression;
  }
}
