/** The rule that what is certified stands on certified metrics alone; those that these stand on are judged by themselves. */
import { certifiedOnOther } from '../diagnostics/index.ts';
import { own } from '../record.ts';
import type { Finding, Judged } from './rule.ts';

export function certified(judged: Judged): readonly Finding[] {
  const { metrics } = judged.model;
  return judged.uses.flatMap(({ metric: other, user, at, path }) => {
    const used = own(metrics, other);
    if (user.kind !== 'metric' || user.status !== 'certified' || !path.endsWith('.formula')) return [];
    if (used === undefined || used.status === 'certified') return [];
    const said = { name: user.name, other, status: used.status };
    return [{ subject: user, diagnostic: certifiedOnOther(at(), said, { path }) }];
  });
}
