/** What each rule finds and what it leaves alone, as a table: definitions in, codes and the very words out. */
import { expect, test } from 'vitest';
import { type Diagnostic, hasErrors, judgeRules, readDocument, resolve, type Source } from '../../compiler/index.ts';

const tables = `
tables:
  deals:
    owner: ops
    description: Deals.
    from: crm.deals
    key: deal_id
    time: closed_on
    columns:
      deal_id: string
      rep_id: string
      stage: { type: string, values: [open, won, lost] }
      amount: { type: decimal, unit: currency }
      seats: decimal
      opened_on: date
      closed_on: date
    lifespans: { open: { from: opened_on, until: closed_on } }
    joins: { rep: { to: reps, on: rep_id } }
  reps: { owner: ops, description: Reps., from: crm.reps, key: rep_id, entity: rep, columns: { rep_id: string } }
`;

interface Given {
  readonly rules: string;
  readonly definitions: string;
  readonly today?: string;
}

function judged({ rules, definitions, today = '2026-06-30' }: Given) {
  const source: Source = {
    path: 'metrics.yaml',
    text: `version: 1\nname: x\ncurrency: EUR\nrules: ${rules}${tables}${definitions}`,
  };
  const { document, diagnostics } = readDocument(source, 'project');
  if (document === null || hasErrors(diagnostics)) throw new Error(JSON.stringify(diagnostics));
  const resolved = resolve([document]);
  return { source, found: judgeRules({ documents: [document], model: resolved.model, today }, resolved.diagnostics) };
}

/** `M8020 win_rate`: the code and the text at its place, with the severity where it is no warning. */
function findings(given: Given): readonly string[] {
  const { source, found } = judged(given);
  return found.map(({ code, severity, span }: Diagnostic) => {
    const word = span === null ? '' : source.text.slice(span.start, span.end);
    return `${severity === 'warning' ? '' : `${severity} `}${code} ${word}`;
  });
}

const metric = (name: string, rest: string) => `  ${name}: { ${rest} }\n`;

test.each<[string, Given, readonly string[]]>([
  ['no rules, nothing is asked', { rules: '{}', definitions: 'metrics: { a: { formula: sum(deals.seats) } }' }, []],
  [
    'owner: of everything that has one; an empty one is none',
    {
      rules: '{ owner: error }',
      definitions:
        'metrics:\n  a: { formula: count(deals), owner: " " }\n  b: { formula: count(deals), owner: ops }\nroles: { all: { sees: all } }\ngoals: { g: { metric: b, target: 5, grain: month } }\nalerts: { low: { when: b < 1, severity: info } }\nbaselines: { was: { metric: b, period: 2025 } }',
    },
    ['M6108 was', 'error M8020 a', 'error M8020 g', 'error M8020 was', 'error M8020 low'],
  ],
  [
    'owner: exceptions by kind, by name and by tag',
    {
      rules: '{ owner: { severity: info, except: ["kind:role", tmp_*, "tag:scratch"] } }',
      definitions: `metrics:\n${metric('tmp_a', 'formula: count(deals)')}${metric('b', 'formula: count(deals), tags: [scratch]')}${metric('tmpb', 'formula: count(deals)')}`,
    },
    ['info M8020 tmpb'],
  ],
  [
    'description: roles too, and tables',
    {
      rules: '{ description: warning }',
      definitions: 'metrics: { a: { formula: count(deals), description: Deals. } }\nroles: { all: { sees: all } }',
    },
    ['M8021 all'],
  ],
  [
    'unit: only numbers that have none; counts and ratios are plain numbers',
    {
      rules: '{ unit: warning }',
      definitions: `metrics:\n${metric('a', 'formula: sum(deals.seats)')}${metric('b', 'formula: sum(deals.seats), unit: seats')}${metric('c', 'formula: count(deals)')}${metric('d', 'formula: max(deals.stage)')}${metric('e', 'formula: sum(deals.amount) / count(deals)')}`,
    },
    ['M8022 a'],
  ],
  [
    'direction: of numbers, a range is one too',
    {
      rules: '{ direction: warning }',
      definitions: `metrics:\n${metric('a', 'formula: count(deals)')}${metric('b', 'formula: count(deals), good: { between: [1, 2] }')}${metric('c', 'formula: max(deals.closed_on)')}`,
    },
    ['M8023 a'],
  ],
  [
    'time_axis: rows without a date, also behind another metric; stocks have days of their own',
    {
      rules: '{ time_axis: warning }',
      definitions: `metrics:\n${metric('a', 'formula: count(reps)')}${metric('b', 'formula: count(deals) / a')}${metric('c', 'formula: count(deals while open)')}${metric('d', 'formula: count(deals)')}`,
    },
    ['M8024 a', 'M8024 b'],
  ],
  [
    'goal_periods: a gap is as bad as the rule says',
    {
      rules: '{ goal_periods: error }',
      definitions:
        'metrics: { a: { formula: count(deals) } }\ngoals: { g: { metric: a, grain: month, target: [{ period: 2026-01, value: 1 }, { period: 2026-03, value: 1 }] } }',
    },
    ['error M6006 2026-03'],
  ],
  [
    'goal_periods: and let off by name',
    {
      rules: '{ goal_periods: { severity: error, except: [g] } }',
      definitions:
        'metrics: { a: { formula: count(deals) } }\ngoals: { g: { metric: a, grain: month, target: [{ period: 2026-01, value: 1 }, { period: 2026-03, value: 1 }] } }',
    },
    [],
  ],
  [
    'goal_periods: off',
    {
      rules: '{ goal_periods: off }',
      definitions:
        'metrics: { a: { formula: count(deals) } }\ngoals: { g: { metric: a, grain: month, target: [{ period: 2026-01, value: 1 }, { period: 2026-03, value: 1 }] } }',
    },
    [],
  ],
  [
    'certified_on_certified: at the word; what those stand on is judged by itself',
    {
      rules: '{ certified_on_certified: error }',
      definitions: `metrics:\n${metric('a', 'formula: count(deals)')}${metric('b', 'formula: a * 2')}${metric('c', 'formula: 1 + b, status: certified')}${metric('d', 'formula: c, status: certified')}${metric('e', 'formula: d, status: certified, balance_with: [a]')}`,
    },
    ['error M8025 b'],
  ],
  [
    'deprecated_used: by a metric, a goal, a target, a baseline, a scorecard and an alert',
    {
      rules: '{}',
      definitions: `metrics:\n${metric('old', 'formula: count(deals), status: deprecated, replaced_by: new, ends: 2026-06-30')}${metric('new', 'formula: count(deals)')}${metric('user', 'formula: 2 * old')}${metric('leaving', 'formula: old + 1, status: deprecated')}
goals:
  g: { metric: old, target: 1, grain: month }
  h: { metric: new, target: "3 * old", grain: month }
alerts: { low: { when: new < 1 and old < 2, severity: info } }
roles: { all: { sees: all, scorecard: [{ section: X, items: [{ metric: new }, { metric: old }] }] } }`,
    },
    ['M8001 old', 'M8001 old', 'M8001 old', 'M8001 old', 'M8001 old'],
  ],
  [
    'deprecated_used: an error from the day after its end, whatever the rule is worth',
    {
      rules: '{ deprecated_used: info }',
      today: '2026-07-01',
      definitions: `metrics:\n${metric('old', 'formula: count(deals), status: deprecated, ends: 2026-06-30')}${metric('user', 'formula: 2 * old')}`,
    },
    ['error M8026 old'],
  ],
  [
    'deprecated_used: off',
    {
      rules: '{ deprecated_used: off }',
      today: '2026-07-01',
      definitions: `metrics:\n${metric('old', 'formula: count(deals), status: deprecated, ends: 2026-06-30')}${metric('user', 'formula: 2 * old')}`,
    },
    [],
  ],
  [
    'duplicate_metric: by what is computed; an alias and a metric on its way out are none',
    {
      rules: '{ duplicate_metric: warning }',
      definitions: `metrics:\n${metric('won', 'formula: "sum(deals.amount where stage = \'won\' and amount > 0)"')}${metric('again', 'formula: "sum(deals.amount where amount > 0) where stage = \'won\'"')}${metric('alias', 'formula: won')}${metric('going', 'formula: "sum(deals.amount where stage = \'won\' and amount > 0)", status: deprecated, replaced_by: won')}${metric('other', 'formula: "sum(deals.amount where stage = \'lost\' and amount > 0)"')}${metric('filled', 'formula: "sum(deals.amount where stage = \'won\' and amount > 0)", empty: null')}${metric('sum_a', 'formula: won + other')}${metric('sum_b', 'formula: other + again')}`,
    },
    ['M8027 again', 'M8027 sum_b'],
  ],
  [
    'unused_metric: every kind of use counts, and a metric that names itself beside is none',
    {
      rules: '{ unused_metric: { severity: warning, except: ["covers:B*"] } }',
      definitions: `metrics:\n${metric('a', 'formula: count(deals)')}${metric('b', 'formula: 2 * a')}${metric('c', 'formula: count(deals), balance_with: [d, c]')}${metric('d', 'formula: count(deals)')}${metric('e', 'formula: count(deals)')}${metric('f', 'formula: count(deals)')}${metric('g', 'formula: count(deals)')}${metric('h', 'formula: count(deals)')}${metric('j', 'formula: count(deals)')}${metric('i', 'formula: count(deals), covers: [A-1, B-2]')}
goals: { goal_1: { metric: e, target: f, grain: month } }
alerts: { low: { when: h < 1, severity: info } }
roles: { all: { sees: all, scorecard: [{ section: X, items: [{ metric: g, of: j }] }] } }`,
    },
    ['M8028 b', 'M8028 c'],
  ],
  [
    'an exception that names nothing; kinds, tags and the like may match nothing',
    {
      rules: '{ owner: { severity: off, except: [gone_*, "tag:none", "kind:goal"] } }',
      definitions: 'metrics: { a: { formula: count(deals) } }',
    },
    ['M8032 gone_*'],
  ],
  [
    'where something is wrong, rules say nothing',
    { rules: '{ owner: error }', definitions: 'metrics: { a: { formula: sum(deals.nothing) } }' },
    ['error M2001 nothing'],
  ],
])('%s', (_, given, expected) => {
  expect([...findings(given)].sort()).toEqual([...expected].sort());
});

test('a chain in which each uses the one before twice is not written out', () => {
  const chain = Array.from({ length: 60 }, (_, index) => metric(`c${index + 1}`, `formula: c${index} + c${index}`));
  const definitions = `metrics:\n${metric('c0', 'formula: count(deals)')}${chain.join('')}${metric('again', 'formula: count(deals)')}`;
  expect(findings({ rules: '{ duplicate_metric: warning }', definitions })).toEqual(['M8027 again']);
});

test('the successor may be written by itself only where it computes the same', () => {
  const fixOf = (formula: string) => {
    const definitions = `metrics:\n${metric('old', 'formula: count(deals), status: deprecated, replaced_by: new')}${metric('new', `formula: ${formula}`)}${metric('user', 'formula: 2 * old')}`;
    return judged({ rules: '{}', definitions }).found.flatMap(({ fixes }) => fixes.map(({ safe }) => safe));
  };
  expect([fixOf('count(deals)'), fixOf('count(deals) + 1')]).toEqual([[true], [false]]);
});
