/** Decisions: the part of a plan in which is decided which rows of a table its reader sees. */
import type { Policy, Relation, ScanRelation } from './plan.ts';

/** The table on whose rows is decided below, and for whom: a projection of a filter of rows that begin with a scan of it. */
export function decidedBy(relation: Relation): Extract<Policy, { kind: 'deciding' }> | null {
  if (relation.kind !== 'project' || relation.input.kind !== 'filter') return null;
  const first = firstScan(relation.input.input);
  return first?.policy.kind === 'deciding' ? first.policy : null;
}

/** The scan whose rows a relation has, each at most once, with columns beside them. */
export function firstScan(relation: Relation): ScanRelation | null {
  switch (relation.kind) {
    case 'scan':
      return relation;
    case 'join':
    case 'nearest':
    case 'followed':
    case 'alias':
    case 'project':
      return firstScan(relation.input);
    default:
      return null;
  }
}
