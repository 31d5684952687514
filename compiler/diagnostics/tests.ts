/** M1 and M2 of tests: what they give and what they expect. */
import { define } from './diagnostic.ts';

export const oneExpectation = define<{ found: 'none' | 'both' }>('M1026', 'a test without one expectation', p => ({
  message: p.found === 'none' ? 'the test expects nothing' : 'the test expects rows and a refusal',
  help:
    p.found === 'none'
      ? 'write the rows of the answer (`expect: [{ won_revenue: 100 }]`, or `expect: []` for none), or `expect_error:` with a code'
      : 'keep one: `expect` for the rows of an answer, or `expect_error` for a question that is refused',
}));

export const computedGiven = define<{ column: string; table: string }>(
  'M1027',
  'a value given for a computed column',
  p => ({
    message: `\`${p.table}.${p.column}\` is computed by its formula and cannot be given`,
    help: 'give the columns that the formula reads',
  }),
);

export const dayNeeded = define<{ what: string }>('M1028', 'a test whose answer depends on the day', p => ({
  message: `${p.what} depends on the day on which the test is run`,
  help: 'say the day: `as_of: 2026-03-31`',
}));

export const unaskedColumn = define<{ name: string; help?: string | undefined }>(
  'M2013',
  'an expected column that was not asked',
  p => ({
    message: `the answer has no column \`${p.name}\``,
    help: p.help,
  }),
);
