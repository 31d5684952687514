/** The last gate before SQL: a plan that reads a table without the policy of its reader is not run, whoever made it. */
import type { Plan, Policy } from './plan.ts';
import { scansOf } from './walk.ts';

/** Throws when a scan's policy is not the one that `policyOf` demands for its table: that is a bug, never a mistake of the user's. */
export function verifyPlan(plan: Plan, policyOf: (table: string) => Policy): void {
  for (const scan of scansOf(plan.relation)) {
    const demanded = JSON.stringify(policyOf(scan.table));
    if (JSON.stringify(scan.policy) !== demanded) throw new Error(`the plan reads ${scan.table} without its policy`);
  }
}
