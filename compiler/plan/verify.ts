/**
 * The last gate before SQL: a plan that reads rows which its reader may not see is not run, whoever made it. Every scan
 * must be of a table that is seen whole, or stand below the filter that the rule of one table is; and only the row of that
 * table comes out of there.
 */
import type { Model } from '../model.ts';
import { type Audience, type BoundQuery, sightOf } from '../resolve/index.ts';
import { Clock } from './clock.ts';
import { decidedBy, firstScan } from './decision.ts';
import { needsFence } from './fence.ts';
import type { NamedScalar, Plan, Relation, ScanRelation } from './plan.ts';
import { Reads } from './reads.ts';
import { rowsToDecide } from './rows.ts';
import { inputsOf, scansOf } from './walk.ts';

/** Throws for what is a bug, never a mistake of the user's. */
export function verifyPlan(
  { relation, isFenced }: Plan,
  query: Pick<BoundQuery, 'principal' | 'now'>,
  model: Model,
): void {
  const rules = new Map<string, string>();
  const ruleOf = (table: string, audience: Audience): string => {
    const key = `${audience} ${table}`;
    const known = rules.get(key) ?? ruleText(table, audience, query, model);
    rules.set(key, known);
    return known;
  };
  const visit = (node: Relation): void => {
    if (node.kind === 'scan') verifyOpen(node, query);
    else if (decidedBy(node) !== null) verifyDecision(node, ruleOf);
    else inputsOf(node).forEach(visit);
  };
  visit(relation);
  const hasRules = query.principal?.rules != null;
  if (hasRules && !isFenced && needsFence(relation))
    throw new Error('a condition of the plan may fail on rows that a rule hides');
}

function verifyOpen({ table, policy }: ScanRelation, { principal }: Pick<BoundQuery, 'principal'>): void {
  const isOpen = sightOf(principal, table, 'own').kind === 'all';
  if (policy.kind !== 'everything' || !isOpen)
    throw new Error(`the plan reads ${table} without the rule of its reader`);
}

function verifyDecision(relation: Relation, ruleOf: (table: string, audience: Audience) => string): void {
  const decided = decidedBy(relation);
  if (decided === null || relation.kind !== 'project' || relation.input.kind !== 'filter') return;
  const { on: table, audience } = decided;
  const { input, conditions } = relation.input;
  const isOfIt = ({ policy }: ScanRelation) =>
    policy.kind === 'deciding' && policy.on === table && policy.audience === audience;
  const isOwn = ({ value }: NamedScalar) => value.kind === 'column' && value.isStored && value.from === table;
  if (firstScan(input)?.table !== table || !scansOf(input).every(isOfIt))
    throw new Error(`the plan decides on ${table} by what it may not read`);
  if (JSON.stringify(conditions) !== ruleOf(table, audience))
    throw new Error(`the plan reads ${table} by another rule than its reader's`);
  if (!relation.columns.every(isOwn)) throw new Error(`more than ${table} comes out of the decision on it`);
}

/** The rule of a table, made anew from what the role says. */
function ruleText(
  table: string,
  audience: Audience,
  { principal, now }: Pick<BoundQuery, 'principal' | 'now'>,
  model: Model,
): string {
  const sight = sightOf(principal, table, audience);
  if (sight.kind !== 'rule') throw new Error(`the plan decides on ${table}, which has no rule`);
  const clock = new Clock(model.settings.timeZone, model.settings.calendar);
  const rows = rowsToDecide(table, audience, { model, clock, reads: new Reads(), today: now.day });
  return JSON.stringify(rows.conditions(sight.rule));
}
