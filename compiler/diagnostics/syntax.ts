/** M1: syntax and shape, of YAML files and of formulas. */
import { define } from './diagnostic.ts';
import { oneOf } from './suggest.ts';

export const yamlSyntax = define<{ detail: string; help?: string }>('M1001', 'YAML that cannot be read', p => ({
  message: p.detail,
  help: p.help,
}));

export const duplicateKey = define<{ key: string }>('M1002', 'a key that stands twice', p => ({
  message: `the key \`${p.key}\` stands twice in one mapping`,
  help: 'keep one of the two; nothing is merged',
}));

export const yamlFeature = define<{ feature: string; help: string }>(
  'M1003',
  'a YAML feature that is not used here',
  p => ({
    message: `${p.feature} not used in definitions`,
    help: p.help,
  }),
);

export const fileTooLarge = define<{ what: string; limit: string }>('M1004', 'a file beyond the limits', p => ({
  message: `${p.what}; the limit is ${p.limit}`,
  help: 'split the definitions over several files',
}));

export const nestedTooDeeply = define<{ limit: number }>('M1005', 'nesting beyond the limit', p => ({
  message: `nested more than ${p.limit} levels deep`,
}));

export const severalDocuments = define('M1006', 'several YAML documents in one file', () => ({
  message: 'a file holds one YAML document, and a second begins here',
  help: 'put the second document into a file of its own, or merge the two',
}));

export const unknownKey = define<{ key: string; owner: string; allowed: readonly string[] }>(
  'M1007',
  'an unknown key',
  p => ({
    message: `${p.owner} has no key \`${p.key}\``,
    help: p.allowed.length === 0 ? undefined : `the keys are ${oneOf(p.allowed, 30)}`,
  }),
);

export const wrongShape = define<{ expected: string; found: string }>('M1008', 'a value of the wrong shape', p => ({
  message: `expected ${p.expected}, found ${p.found}`,
}));

export const missingKey = define<{ key: string; owner: string }>('M1009', 'a missing key', p => ({
  message: `${p.owner} needs the key \`${p.key}\``,
}));

export const badName = define<{ name: string; reason?: string; help?: string | undefined }>(
  'M1010',
  'a name that cannot be used',
  p => ({
    message: `\`${p.name}\` cannot be a name: ${p.reason ?? 'names are lower-case letters, digits and underscores, and begin with a letter'}`,
    help: p.help,
  }),
);

export const textSwallowed = define<{ text: string }>('M1011', 'text cut up by YAML', p => ({
  message: `YAML reads the comma inside \`{ }\` as the end of the text: \`${p.text}\` is cut up`,
  help: `put it in quotes: \`${p.text.includes('"') ? `'${p.text.replaceAll("'", "''")}'` : `"${p.text}"`}\``,
}));

export const formulaSyntax = define<{ found: string; expected: string; help?: string }>(
  'M1012',
  'a formula that cannot be read',
  p => ({
    message: `expected ${p.expected}, found ${p.found}`,
    help: p.help,
  }),
);

export const formulaTooLarge = define<{ what: string; limit: string }>('M1013', 'a formula beyond the limits', p => ({
  message: `${p.what}; the limit is ${p.limit}`,
  help: 'split the formula into metrics that name its parts',
}));

export const unknownCharacter = define<{ character: string; help?: string }>(
  'M1014',
  'a character that formulas do not have',
  p => ({
    message: `formulas do not have the character ${p.character}`,
    help: p.help,
  }),
);

export const unfinishedText = define('M1015', 'text without its closing quote', () => ({
  message: 'the text that begins here has no closing quote',
  help: "text stands in single quotes, and a quote inside it is doubled: 'it''s'",
}));

export const unclearModifier = define<{ modifier: string; readings: readonly string[] }>(
  'M1016',
  'a modifier with two readings',
  p => ({
    message: `\`${p.modifier}\` could belong to the whole expression or to its last part`,
    help: `write ${oneOf(p.readings)}`,
  }),
);

export const notBuiltYet = define<{ form: string }>('M1017', 'a form that this version does not have yet', p => ({
  message: `${p.form} not in this version yet`,
  help: 'it is part of the language and will follow; nothing is computed in its place',
}));

export const notText = define<{ detail: string }>('M1018', 'a file that is not text', p => ({
  message: p.detail,
  help: 'definitions are UTF-8 text without control characters',
}));

export const notOneOf = define<{ value: string; allowed: readonly string[] }>(
  'M1019',
  'a value outside its list',
  p => ({
    message: `\`${p.value}\` is not one of the values allowed here`,
    help: `write ${oneOf(p.allowed, 30)}`,
  }),
);

export const chainedComparison = define('M1020', 'comparisons in a row', () => ({
  message: 'a comparison cannot be compared with a third value',
  help: 'write `a < b and b < c`, or `b between a and c`',
}));

export const severalTimes = define('M1021', 'a measure with several times', () => ({
  message: 'a measure has one time, and this is a second one',
  help: 'keep one: `while` for what is alive at the end of each bucket, or `at` for what happened on a date',
}));

export const unsafeSource = define<{ detail: string }>('M1022', 'a `sql:` source that is not one SELECT', p => ({
  message: p.detail,
  help: '`sql:` takes one SELECT or WITH statement, without a semicolon',
}));

export const unknownVersion = define<{ found: string }>('M1023', 'a version of the language that is not known', p => ({
  message: `version ${p.found} of the language is not known`,
  help: 'write `version: 1`',
}));

export const misplacedModifier = define<{ modifier: string }>('M1024', 'a modifier where nothing is aggregated', p => ({
  message: `\`${p.modifier}\` belongs to an aggregate or a metric, and here stand columns of single rows`,
  help: 'write it after the aggregate, or inside its brackets: `sum(amount where is_won)`',
}));

export const modifierOnMetric = define<{ modifier: string }>('M1025', 'a modifier that only an aggregate takes', p => ({
  message: `\`${p.modifier}\` belongs to one aggregate, and this is a metric or a formula of several`,
  help: `write it inside: \`sum(orders.amount) ${p.modifier} ...\``,
}));
