/** Walking plans. */
import type { Relation, ScanRelation } from './plan.ts';

/** The relations directly below one. */
export function inputsOf(relation: Relation): readonly Relation[] {
  switch (relation.kind) {
    case 'scan':
    case 'spine':
    case 'list':
    case 'read':
      return [];
    case 'join':
    case 'nearest':
    case 'followed':
    case 'match':
    case 'lookup':
      return [relation.input, relation.other];
    case 'filter':
    case 'aggregate':
    case 'project':
    case 'alias':
    case 'distinct':
    case 'sort':
      return [relation.input];
    case 'combine':
    case 'cross':
      return relation.inputs.map(input => input.relation);
    case 'union':
      return relation.inputs;
    case 'with':
      return [...relation.bindings.map(binding => binding.relation), relation.body];
  }
}

export function scansOf(relation: Relation): readonly ScanRelation[] {
  return relation.kind === 'scan' ? [relation] : inputsOf(relation).flatMap(scansOf);
}
