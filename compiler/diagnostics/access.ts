/** M7: access. */
import { define } from './diagnostic.ts';

/** `folder` is a phrase: `the project's folder`, or the path as the project writes it. */
export const outsideFolder = define<{ path: string; folder: string }>(
  'M7001',
  'a file outside the allowed folder',
  p => ({
    message: `\`${p.path}\` is outside ${p.folder}, the only folder that files are read from`,
    help: "files stand in the profile's `files:` folder, or in the project's own",
  }),
);

export const privateColumn = define<{ name: string }>('M7002', 'a private column in a query', p => ({
  message: `\`${p.name}\` is private: only formulas may use it`,
}));

export const unknownRole = define<{ name: string; help?: string | undefined }>('M7003', 'an unknown role', p => ({
  message: `there is no role \`${p.name}\``,
  help: p.help,
}));

export const unknownAttribute = define<{ name: string; help?: string | undefined }>(
  'M7004',
  'an unknown attribute of a user',
  p => ({ message: `users have no attribute \`${p.name}\``, help: p.help }),
);

export const attributeNeeded = define<{ name: string; role: string; problem: 'missing' | 'empty' }>(
  'M7005',
  'an attribute of the user that is missing or empty',
  p => ({
    message:
      p.problem === 'missing'
        ? `the role \`${p.role}\` goes by \`user.${p.name}\`, and it is not given`
        : `the attribute \`${p.name}\` of the user has no value`,
    help:
      p.problem === 'missing'
        ? `give it: \`--user ${p.name}=...\`; without it nobody can say which rows may be seen`
        : 'an attribute without a value would open nothing, or what nobody meant: give its value, or leave it out',
  }),
);

export const attributeType = define<{ name: string; expected: string; found: string }>(
  'M7006',
  'an attribute of the user of the wrong type',
  p => ({ message: `the attribute \`${p.name}\` of the user is ${p.expected}, and ${p.found} is none` }),
);

export const userWithoutRole = define('M7007', 'a user without a role', () => ({
  message: 'a user is given and no role: nothing would go by it',
  help: 'name the role too: `--as ROLE`',
}));

/**
 * `lacks` is what of the rule the table does not have, null where that cannot be said; the rule is null where it is not to
 * be. `kept` is the goal or baseline whose values the table has.
 */
export const closedTable = define<{
  table: string;
  kept: string | null;
  role: string;
  rule: string | null;
  lacks: string | null;
}>('M7008', 'a table that is closed to a role', p => {
  const where = p.kept === null ? 'there' : 'on what is kept of it';
  const rule = p.rule === null ? '' : ` \`${p.rule}\``;
  const subject = p.kept === null ? `\`${p.table}\` has` : 'which has';
  const lacking = p.lacks === null ? '' : `, ${subject} no \`${p.lacks}\``;
  return {
    message: `the role \`${p.role}\` cannot read \`${p.kept ?? p.table}\`: its rule${rule} cannot be decided ${where}${lacking}`,
    help:
      p.kept === null
        ? `add the join that leads there, or, if the role may see all of its rows, \`unrestricted: [${p.table}]\``
        : `keep it \`by\` what the rule names, or, if the role may see all of it, \`unrestricted: [${p.kept}]\``,
  };
});

/** `reason` says why, as the end of a sentence. */
export const noRowRule = define<{ reason: string; help?: string | undefined }>(
  'M7009',
  'a condition that is no rule for rows',
  p => ({ message: `a rule of a role ${p.reason}`, help: p.help }),
);

/** `reason` says why, as a sentence. */
export const noBenchmark = define<{ reason: string }>('M7010', 'a benchmark that places nobody', p => ({
  message: `a benchmark places somebody among others: ${p.reason}`,
  help: 'a benchmark goes with a rule such as `sees: rep = user.rep_id`, which says by what people differ',
}));

export const singleRow = define<{ role: string; aggregate: string }>('M7011', 'a value of one row of others', p => ({
  message: `\`${p.aggregate}\` is the value of one row, and the role \`${p.role}\` sees no single row of its benchmark`,
  help: 'totals, shares and averages of counts and sums may stand on the rows of others',
}));

const uncertain = {
  place: {
    why: '`rank` has a place only among members here',
    help: 'ask by the member, with nothing beside it but what follows from it; by time as well, the metric must say `rank(x within time)`',
  },
  unknown: {
    why: '`rank` would pass over those whose values are not known, since too few others are behind them',
    help: 'rank a value that stands on the own rows alone',
  },
  difference: {
    why: 'a condition on members would tell by the difference what those have who are left out',
    help: 'ask without it, or by what members do not differ in',
  },
} as const;

/** What a benchmark has no answer to. */
export type Uncertainty = keyof typeof uncertain;

export const uncertainPlace = define<{ role: string; reason: Uncertainty }>(
  'M7012',
  'a value of others that would not be what it seems',
  p => ({
    message: `the role \`${p.role}\` compares with others: ${uncertain[p.reason].why}`,
    help: uncertain[p.reason].help,
  }),
);
