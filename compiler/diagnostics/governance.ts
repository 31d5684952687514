/** M8: governance. What most of these say, a project asks for with `rules:`. */
import { define } from './diagnostic.ts';

/** `user` is who uses it, and how: `\`fee_per_seat\` stands on`. */
export const deprecatedUsed = define<{ name: string; user: string; successor: string | null; ends: string | null }>(
  'M8001',
  'a deprecated metric in use',
  p => ({
    message: `${p.user} \`${p.name}\`, which is deprecated${p.ends === null ? '' : ` and ends on ${p.ends}`}`,
    help: p.successor === null ? undefined : `use \`${p.successor}\``,
  }),
  { severity: 'warning' },
);

/** `kind` and `name` say what has none: `metric`, `win_rate`. */
interface Lacking {
  readonly kind: string;
  readonly name: string;
}

export const ownerMissing = define<Lacking>(
  'M8020',
  'a definition that nobody answers for',
  p => ({
    message: `the ${p.kind} \`${p.name}\` has no owner`,
    help: 'say who answers for it: `owner: revenue-ops`',
  }),
  { severity: 'warning' },
);

export const descriptionMissing = define<Lacking>(
  'M8021',
  'a definition without a description',
  p => ({
    message: `the ${p.kind} \`${p.name}\` has no description`,
    help: 'say what it is, and what it leaves out: `description: Amount of the deals won, by closing date.`',
  }),
  { severity: 'warning' },
);

export const unitMissing = define<{ name: string }>(
  'M8022',
  'a number without a unit',
  p => ({
    message: `nobody knows what \`${p.name}\` is counted in`,
    help: 'say it where the number comes from, as in `amount: { type: decimal, unit: currency }`, or of the metric: `unit: percent`',
  }),
  { severity: 'warning' },
);

export const directionMissing = define<{ name: string }>(
  'M8023',
  'a number of which nobody knows whether more is better',
  p => ({
    message: `\`${p.name}\` does not say which way is good`,
    help: 'write `good: up`, `good: down`, or `good: { between: [0.2, 0.4] }`',
  }),
  { severity: 'warning' },
);

export const timeAxisMissing = define<{ name: string; tables: string }>(
  'M8024',
  'a metric that cannot be asked over time',
  p => ({
    message: `\`${p.name}\` reads ${p.tables}, and no date says when its rows happen`,
    help: 'give the table a time axis (`time: closed_on`), the metric its own (`time: ...`), or read it as a stock with `while`',
  }),
  { severity: 'warning' },
);

export const certifiedOnOther = define<{ name: string; other: string; status: string }>(
  'M8025',
  'a certified metric that stands on one that is not',
  p => ({
    message: `\`${p.name}\` is certified and stands on \`${p.other}\`, which is ${p.status}`,
    help: `certify \`${p.other}\` too, or take the certificate off \`${p.name}\``,
  }),
  { severity: 'warning' },
);

export const endedUsed = define<{ name: string; user: string; successor: string | null; ends: string }>(
  'M8026',
  'a metric in use after its end',
  p => ({
    message: `${p.user} \`${p.name}\`, which ended on ${p.ends}`,
    help: p.successor === null ? 'use another metric, or move its end' : `use \`${p.successor}\``,
  }),
);

export const duplicateMetric = define<{ name: string; other: string }>(
  'M8027',
  'two metrics that compute the same',
  p => ({
    message: `\`${p.name}\` computes the same as \`${p.other}\``,
    help: `keep one of them; where both names are needed, write \`${p.name}: { formula: ${p.other} }\``,
  }),
  { severity: 'warning' },
);

export const unusedMetric = define<{ name: string }>(
  'M8028',
  'a metric that nothing uses',
  p => ({
    message: `no metric, goal, baseline, scorecard or alert names \`${p.name}\``,
    help: "show it to somebody, take it out, or say what it is for: `covers: [...]` together with the rule's `except: [covers:*]`",
  }),
  { severity: 'warning' },
);

export const allowedWithoutReason = define<{ codes: string }>(
  'M8029',
  'a finding allowed without a reason',
  p => ({
    message: `${p.codes} is allowed here and nobody says why, so it is not`,
    help: `write why: \`# allow ${p.codes}: agreed with finance until the move to the new CRM\``,
  }),
  { severity: 'warning' },
);

export const allowedInVain = define<{ code: string }>(
  'M8030',
  'an allowance that nothing needs',
  p => ({ message: `there is no ${p.code} here to be allowed`, help: 'take the comment out' }),
  { severity: 'warning' },
);

export const cannotBeAllowed = define<{ code: string; reason: 'unknown' | 'wrong' }>(
  'M8031',
  'an allowance of what cannot be allowed',
  p => ({
    message:
      p.reason === 'unknown'
        ? `there is no code \`${p.code}\``
        : `${p.code} cannot be allowed: it says that something is wrong, not that it is unusual`,
    help: p.reason === 'unknown' ? 'codes are an M and four digits, as they stand in findings' : 'mend it',
  }),
  { severity: 'warning' },
);

export const exceptionInVain = define<{ rule: string; text: string }>(
  'M8032',
  'an exception that matches nothing',
  p => ({
    message: `nothing that \`${p.rule}\` looks at is called \`${p.text}\``,
    help: 'take it out, or mend the name; in a name `*` stands for any text',
  }),
  { severity: 'warning' },
);
