/** M3: types and units. */
import { define } from './diagnostic.ts';
import { oneOf } from './suggest.ts';

export const wrongArgument = define<{ what: string; expected: string; found: string; help?: string | undefined }>(
  'M3001',
  'an argument of the wrong type',
  p => ({ message: `${p.what} takes ${p.expected}, not ${p.found}`, help: p.help }),
);

export const unitClash = define<{ verb: string; left: string; right: string; help?: string | undefined }>(
  'M3002',
  'units that do not meet',
  p => ({
    message: `cannot ${p.verb} ${p.left} and ${p.right}`,
    help: p.help ?? unsetCurrency(null, [p.left, p.right]),
  }),
);

/** `currency` is the project's, null where it has none. */
export const declaredUnit = define<{ declared: string; inferred: string; currency: string | null }>(
  'M3003',
  'a declared unit that disagrees',
  p => ({
    message: `the unit is declared as ${p.declared}, but the formula gives ${p.inferred}`,
    help:
      p.inferred === 'no unit'
        ? 'counts and ratios have no unit: leave `unit:` out, or write `percent` for a ratio'
        : unsetCurrency(p.currency, [p.declared, p.inferred]),
  }),
);

/** Where a project has no currency, `currency` is a unit of its own and meets no other. */
function unsetCurrency(currency: string | null, units: readonly string[]): string | undefined {
  if (currency !== null || !units.some(unit => /\bcurrency\b(?!\()/.test(unit))) return undefined;
  const [code = 'EUR'] = units.flatMap(unit => /\b[A-Z]{3}\b/.exec(unit)?.[0] ?? []);
  return `the project does not say what \`currency\` is: write \`currency: ${code}\` in metrics.yaml`;
}

export const argumentCount = define<{ name: string; expected: string; found: number }>(
  'M3004',
  'too few or too many arguments',
  p => ({
    message: `\`${p.name}\` takes ${p.expected}, found ${p.found}`,
  }),
);

export const notCondition = define<{ place: string; found: string }>(
  'M3005',
  'a condition that is not true or false',
  p => ({
    message: `${p.place} must be true or false, and this is ${p.found}`,
  }),
);

export const mixedCurrencies = define<{ column: string; verb: string }>('M3006', 'money of several currencies', p => ({
  message: `cannot ${p.verb} money whose currency stands in \`${p.column}\``,
  help: 'turn it into one currency first: `convert(amount, EUR at closed_on)`',
}));

export const typeClash = define<{ verb: string; left: string; right: string; help?: string | undefined }>(
  'M3007',
  'types that do not meet',
  p => ({ message: `cannot ${p.verb} ${p.left} and ${p.right}`, help: p.help }),
);

export const countOfCondition = define<{ text: string; table: string | null }>(
  'M3008',
  'a count of a condition',
  p => ({
    message: `\`count(${p.text})\` counts the ${p.table === null ? 'groups' : 'rows'} in which \`${p.text}\` is known, true or false`,
    help:
      p.table === null
        ? `say which groups count behind \`having\`: \`count(... having ${p.text})\``
        : `write \`count(${p.table} where ${p.text})\` for those in which it is true, or \`count(${p.table} where ${p.text} is not null)\` for both`,
  }),
);

export const countOfNothing = define<{ name: string }>('M3009', 'an aggregate of nothing', p => ({
  message: `\`${p.name}()\` does not say what to ${p.name === 'count' ? 'count' : 'aggregate'}`,
  help: p.name === 'count' ? 'name a table or a column: `count(opportunities where is_won)`' : undefined,
}));

export const wrongUnit = define<{ text: string; reason: string; units: readonly string[] }>(
  'M3010',
  'a unit that cannot be read',
  p => ({
    message: p.reason,
    help: `units are ${oneOf(p.units, 20)}, a currency code, or a counted thing such as \`seats\``,
  }),
);

export const untypedColumn = define<{ column: string }>('M3011', 'a column without a type', p => ({
  message: `the column \`${p.column}\` has neither a type nor a formula`,
  help: 'write `column: string`, or `column: { formula: ... }` for one that is computed',
}));

export const declaredType = define<{ declared: string; inferred: string }>(
  'M3012',
  'a declared type that disagrees',
  p => ({
    message: `the type is declared as ${p.declared}, but the formula gives ${p.inferred}`,
  }),
);

export const notAConstant = define<{ what: string; expected: string }>(
  'M3013',
  'a value that must be written out',
  p => ({
    message: `${p.what} must be ${p.expected}, written out`,
  }),
);

/** `column` is null where the value stands among the column's own. */
export const notAValue = define<{ value: string; column: string; help?: string | undefined }>(
  'M3015',
  'a value that a column does not have',
  p => ({ message: `\`${p.column}\` never has the value \`${p.value}\``, help: p.help }),
);

export const comparedWithNull = define<{ operator: string }>('M3014', 'a comparison with null', p => ({
  message: `\`${p.operator === 'in' ? 'in (null)' : `${p.operator} null`}\` is never true: \`null\` stands for a value that is not known`,
  help: `write ${p.operator === '=' ? '`is null`' : p.operator === '<>' ? '`is not null`' : '`is null` or `is not null`'}`,
}));

export const noRates = define('M3016', 'a conversion without rates', () => ({
  message: '`convert` needs to know where the rates between currencies are',
  help: 'say it in metrics.yaml: `rates: { table: fx_rates, from: from_currency, to: to_currency, rate: rate, on: rate_date }`',
}));

export const ratesTable = define<{ detail: string }>('M3017', 'a table of rates that cannot serve', p => ({
  message: p.detail,
  help: 'a table of rates has one row for each pair of currencies and day, and declares these three as its `key:`',
}));

export const distinctOf = define<{ name: string }>('M3018', 'distinct values of an aggregate that takes all', p => ({
  message: `only \`count\` takes \`distinct\`, and this is \`${p.name}\``,
  help: `take one value for each key first: \`${p.name}(max(amount) per order_id)\``,
}));

export const notANumberToSplit = define<{ metric: string }>('M3019', 'why something moved that is no number', p => ({
  message: `\`${p.metric}\` is no number, so it has no change that could be split`,
  help: 'ask why a metric that is a number has moved',
}));
