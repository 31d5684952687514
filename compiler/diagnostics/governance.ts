/** M8: governance. */
import { define } from './diagnostic.ts';

export const deprecatedUsed = define<{ name: string; by: string; successor: string | null; ends: string | null }>(
  'M8001',
  'a deprecated metric in use',
  p => ({
    message: `\`${p.by}\` stands on \`${p.name}\`, which is deprecated${p.ends === null ? '' : ` and ends on ${p.ends}`}`,
    help: p.successor === null ? undefined : `use \`${p.successor}\``,
  }),
  { severity: 'warning' },
);
