/** The shapes of definitions: unknown and missing keys, values of the wrong kind, names; each at its place, with the cure. */
import { describe, expect, test } from 'vitest';
import { readDocument } from '../../compiler/index.ts';
import { check, type Kind } from './check.ts';

type Table = readonly (readonly [marked: string, ...codes: string[]])[];

const definitions: Readonly<Record<string, Table>> = {
  'what is right': [
    ['version: 1'],
    ['version: 1\ntables: {}\nmetrics: {}\ngoals: {}\nbaselines: {}\nroles: {}\nalerts: {}\ntests: {}'],
    ['version: 1\nmetrics:\n  m: { formula: a }'],
    ['version: 1\nmetrics:\n  m: { formula: 5 }'],
    ['version: 1\nmetrics:\n  m: { formula: true }'],
    [
      'version: 1\nmetrics:\n  m:\n    formula: a\n    table: t\n    label: { en: M, es: Eme, pt-BR: Eme }\n' +
        '    description: Text.\n    owner: me\n    unit: percent\n    format: "0.0"\n    good: { between: [1, 2.5] }\n' +
        '    empty: null\n    time: closed_on\n    version: 2\n    status: deprecated\n    replaced_by: n\n' +
        '    ends: 2026-12-31\n    balance_with: [n]\n    lens: efficiency\n    covers: [x]\n    tags: [y]',
    ],
    ['version: 1\nmetrics:\n  m: { formula: a, good: up, empty: zero, time: account.closed_on }'],
    [
      'version: 1\ntables:\n  t:\n    from: a.csv\n    csv: { delimiter: ;, date_format: "%d.%m.%Y", nulls: [NA, 0, null] }\n' +
        '    key: [a, b]\n    entity: e\n    time: a\n    valid: { from: a, until: b }\n' +
        '    columns: { a: date, b: { type: string, values: [x, 1, true], private: true, dimension: d } }\n' +
        '    joins: { j: { to: t, on: a, as_of: now }, k: { to: t, on: { a: b, b: a } } }\n' +
        '    lifespans: { open: { from: a, until: b } }',
    ],
    [
      'version: 1\ntests:\n  t:\n    description: Text.\n    given: { a: [{ x: 1, y: text, z: null, "b.c": true }, {}], b: [] }\n' +
        '    as_of: 2026-03-31\n    query:\n      metrics: [m]\n      by: [month]\n      where: a = 1\n      having: true\n' +
        '      period: 2026\n      compare: [prior_year]\n      like_for_like: true\n      order: [m desc]\n      limit: 0\n      complete: [rep]\n' +
        '      sparse: true\n      as: rep\n      user: { region: North }\n    expect: [{ m: 1.5, "rep.region": null }]',
    ],
    ['version: 1\ntests:\n  t: { query: { metrics: [m] }, expect_error: M1001 }'],
    ['version: 1\ntables:\n  constructor: { from: x, key: constructor, columns: { constructor: string } }'],
    ['version: 1\nmetrics:\n  constructor: { formula: a }'],
  ],
  'keys that there are not': [
    ['version: 1\n«metric»: {}', 'M1007'],
    ['version: 1\nmetrics:\n  m: { «formla»: a, formula: b }', 'M1007'],
    ['version: 1\nmetrics:\n  m:\n    formula: a\n    «Formula»: b', 'M1007'],
    ['version: 1\nmetrics:\n  m: { formula: a, "«x y»": 1, «z»: 2 }', 'M1007', 'M1007'],
    ['version: 1\nmetrics:\n  m: { formula: a, «constructor»: 1, «toString»: 2 }', 'M1007', 'M1007'],
    ['version: 1\ntables:\n  t: { key: a, columns: {}, «colums»: {} }', 'M1007'],
    ['version: 1\ntables:\n  t: { key: a, columns: { a: { «typ»: string } } }', 'M1007'],
    ['version: 1\ntables:\n  t: { key: a, columns: {}, valid: { from: a, until: b, «to»: c } }', 'M1007'],
    ['version: 1\ntables:\n  t: { key: a, columns: {}, joins: { j: { to: t, on: a, «type»: left } } }', 'M1007'],
    ['version: 1\ntables:\n  t: { key: a, columns: {}, csv: { «seperator»: x } }', 'M1007'],
    ['version: 1\nmetrics:\n  m: { formula: a, good: { between: [1, 2], «above»: 1 } }', 'M1007'],
    ['version: 1\ntests:\n  t: { query: { metrics: [m] }, «expects»: [] }', 'M1007'],
    [
      'version: 1\ntests:\n  t: { query: { metrics: [m], «perod»: 2026, «as_of»: 2026-01-01 }, expect: [] }',
      'M1007',
      'M1007',
    ],
    ['version: 1\ntests:\n  t: { «qery»: { metrics: [m] }, expect: [] }', 'M1007'],
    // Keys of the project file have no place in others.
    ['version: 1\n«name»: x\n«currency»: EUR', 'M1007', 'M1007'],
  ],
  'keys that are missing': [
    ['«m»etrics: {}', 'M1009'],
    ['version: 1\nmetrics:\n  «m»: {}', 'M1009'],
    ['version: 1\nmetrics:\n  «m»: { owner: me }', 'M1009'],
    ['version: 1\nmetrics:\n  a: { formula: b }\n  «b»: {}\n  "«c»": {}', 'M1009', 'M1009'],
    ['version: 1\ntables:\n  «t»: { from: x, columns: {} }', 'M1009'],
    ['version: 1\ntables:\n  «t»: { from: x, key: a }', 'M1009'],
    ['version: 1\ntables:\n  t: { key: a, columns: {}, «valid»: { from: a } }', 'M1009'],
    ['version: 1\ntables:\n  t: { key: a, columns: {}, lifespans: { «open»: { until: b } } }', 'M1009'],
    ['version: 1\ntables:\n  t: { key: a, columns: {}, joins: { «j»: { on: a } } }', 'M1009'],
    ['version: 1\nmetrics:\n  m: { formula: a, «good»: {} }', 'M1009'],
    ['version: 1\ntests:\n  «t»: { expect: [] }', 'M1009'],
    ['version: 1\ntests:\n  t: { «query»: { by: [month] }, expect: [] }', 'M1009'],
  ],
  'values of the wrong kind': [
    ['version: 1\ntests:\n  t: { given: { a: «{ x: 1 } }, query: { metrics: [m] }, expect: [] }', 'M1008'],
    ['version: 1\ntests:\n  t: { given: { a: [{ x: «[1] }] }, query: { metrics: [m] }, expect: [] }', 'M1008'],
    ['version: 1\ntests:\n  t: { as_of: «today», query: { metrics: [m] }, expect: [] }', 'M1008'],
    ['version: 1\ntests:\n  t: { query: { metrics: «m» }, expect: [] }', 'M1008'],
    ['version: 1\ntests:\n  t: { query: { metrics: «[] }, expect: [] }', 'M1008'],
    ['version: 1\ntests:\n  t: { query: { metrics: [m], limit: «-1» }, expect: [] }', 'M1008'],
    ['version: 1\ntests:\n  t: { query: { metrics: [m] }, expect: [«{}] }', 'M1008'],
    ['version: 1\ntests:\n  t: { query: { metrics: [m] }, expect: «{ m: 1 } }', 'M1008'],
    ['«hello»', 'M1008'],
    ['«- a', 'M1008'],
    ['«42»', 'M1008'],
    ['«~»', 'M1008'],
    ["'«text»'", 'M1008'],
    ['version: 1\nmetrics: «[a]', 'M1008'],
    ['version: 1\nmetrics: «none»', 'M1008'],
    ['version: 1\nmetrics:\n  m: «sum(a)»', 'M1008'],
    ['version: 1\nmetrics:\n  m: «5»', 'M1008'],
    ['version: 1\nmetrics:\n  «- a: b', 'M1008'],
    ['version: 1\nmetrics:\n  m: { formula: «[a, b] }', 'M1008'],
    ['version: 1\nmetrics:\n  m: { formula: «{ a: b } }', 'M1008'],
    ['version: 1\nmetrics:\n  m: { formula: «null» }', 'M1008'],
    ['version: 1\nmetrics:\n  m: { formula: a, owner: «5» }', 'M1008'],
    ['version: 1\nmetrics:\n  m: { formula: a, owner: «true» }', 'M1008'],
    ['version: 1\nmetrics:\n  m: { formula: a, owner: «~» }', 'M1008'],
    ['version: 1\nmetrics:\n  m: { formula: a, label: «[M] }', 'M1008'],
    ['version: 1\nmetrics:\n  m: { formula: a, label: { en: «1» } }', 'M1008'],
    ['version: 1\nmetrics:\n  m: { formula: a, tags: «x» }', 'M1008'],
    ['version: 1\nmetrics:\n  m: { formula: a, tags: [x, «1», «{ y: z } ] }', 'M1008', 'M1008'],
    ['version: 1\nmetrics:\n  m: { formula: a, covers: «{ a: b } }', 'M1008'],
    ['version: 1\nmetrics:\n  m: { formula: a, version: «one» }', 'M1008'],
    ['version: 1\nmetrics:\n  m: { formula: a, version: «1.5» }', 'M1008'],
    ['version: 1\nmetrics:\n  m: { formula: a, version: «0» }', 'M1008'],
    ['version: 1\nmetrics:\n  m: { formula: a, ends: «tomorrow» }', 'M1008'],
    ['version: 1\nmetrics:\n  m: { formula: a, ends: «2026-1-1» }', 'M1008'],
    ['version: 1\nmetrics:\n  m: { formula: a, time: «a b» }', 'M1008'],
    ['version: 1\nmetrics:\n  m: { formula: a, good: { between: «[1] } }', 'M1008'],
    ['version: 1\nmetrics:\n  m: { formula: a, good: { between: [1, «x»] } }', 'M1008'],
    ['version: 1\ntables:\n  t: { key: «[], columns: {} }', 'M1008'],
    ['version: 1\ntables:\n  t: { key: a, columns: «[a, b] }', 'M1008'],
    ['version: 1\ntables:\n  t: { key: a, columns: { a: { private: «maybe» } } }', 'M1008'],
    ['version: 1\ntables:\n  t: { key: a, columns: { a: { values: «x» } } }', 'M1008'],
    ['version: 1\ntables:\n  t: { key: a, columns: { a: { values: «[] } } }', 'M1008'],
    ['version: 1\ntables:\n  t: { key: a, columns: {}, csv: { delimiter: «;;» } }', 'M1008'],
    ['version: 1\ntables:\n  t: { key: a, columns: {}, joins: { j: { to: t, on: «{} } } }', 'M1008'],
    ['version: 1\ntables:\n  t: { key: a, columns: {}, joins: { j: «t» } }', 'M1008'],
    ['version: 1\ntables:\n  t: { key: a, columns: {}, time: "«a; b»" }', 'M1008'],
    ['version: 1\ngoals: { g: «5» }', 'M1008'],
    ['version: 1\nroles: «[r]', 'M1008'],
  ],
  'values outside their list': [
    ['version: 1\nmetrics:\n  m: { formula: a, good: «higher» }', 'M1019'],
    ['version: 1\nmetrics:\n  m: { formula: a, status: «live» }', 'M1019'],
    ['version: 1\nmetrics:\n  m: { formula: a, status: «Active» }', 'M1019'],
    ['version: 1\nmetrics:\n  m: { formula: a, lens: «speed» }', 'M1019'],
    ['version: 1\nmetrics:\n  m: { formula: a, empty: "«nothing»" }', 'M1019'],
    ['version: 1\ntables:\n  t: { key: a, columns: { a: «strnig», b: { type: «text» } } }', 'M1019', 'M1019'],
  ],
  names: [
    ['version: 1\nmetrics:\n  «WonRevenue»: { formula: a }', 'M1010'],
    ['version: 1\nmetrics:\n  «won-revenue»: { formula: a }', 'M1010'],
    ['version: 1\nmetrics:\n  "«won revenue»": { formula: a }', 'M1010'],
    ['version: 1\nmetrics:\n  «1st»: { formula: a }', 'M1010'],
    ['version: 1\nmetrics:\n  «_won»: { formula: a }', 'M1010'],
    ['version: 1\nmetrics:\n  «ingresos_año»: { formula: a }', 'M1010'],
    ['version: 1\nmetrics:\n  «😀»: { formula: a }', 'M1010'],
    ['version: 1\nmetrics:\n  "«»": { formula: a }', 'M1010'],
    ['version: 1\nmetrics:\n  «a.b»: { formula: a }', 'M1010'],
    ['version: 1\nmetrics:\n  «a/b»: { formula: a }\n  «c~d»: { formula: a }', 'M1010', 'M1010'],
    ['version: 1\nmetrics:\n  "«a\'; drop»": { formula: a }', 'M1010'],
    ['version: 1\nmetrics:\n  «toString»: { formula: a }', 'M1010'],
    ['version: 1\ntables:\n  «T»: { key: a, columns: { «Id»: string } }', 'M1010', 'M1010'],
    ['version: 1\ntables:\n  t: { key: «Id», columns: {} }', 'M1010'],
    ['version: 1\ntables:\n  t: { key: [a, «B»], columns: {} }', 'M1010'],
    ['version: 1\ntables:\n  t: { key: a, columns: {}, entity: «Rep» }', 'M1010'],
    ['version: 1\ntables:\n  t: { key: a, columns: {}, joins: { j: { to: «T x», on: a } } }', 'M1010'],
    ['version: 1\ntables:\n  t: { key: a, columns: {}, joins: { «J»: { to: t, on: { a: «B» } } } }', 'M1010', 'M1010'],
    ['version: 1\nmetrics:\n  m: { formula: a, replaced_by: «N», balance_with: [«O»] }', 'M1010', 'M1010'],
  ],
  'keys with the signs of pointers': [
    ['version: 1\nmetrics:\n  «a/b»: { «x/y»: 1, formula: a }', 'M1010', 'M1007'],
    ['version: 1\nmetrics:\n  «a~1b»: { «x~0y»: 1, formula: a }', 'M1010', 'M1007'],
    ['version: 1\nmetrics:\n  "«~»": { formula: «[] }\n  "«/»": { formula: «[] }', 'M1010', 'M1008', 'M1010', 'M1008'],
  ],
  'several mistakes at once': [
    [
      'version: "«1»"\n«metrix»: {}\ntables:\n  «T»: { key: a, columns: { a: «txt», b: { «typ»: date } } }\nmetrics:\n  m: { «formla»: a, formula: b }',
      'M1008',
      'M1007',
      'M1010',
      'M1019',
      'M1007',
      'M1007',
    ],
  ],
  'the version of the language': [
    ['version: «2»', 'M1023'],
    ['version: «0»\nmetrics: {}', 'M1023'],
    ['version: «one»', 'M1008'],
    ['version: "«1»"', 'M1008'],
    ['version: «[1]', 'M1008'],
    ['version: «null»', 'M1008'],
  ],
};

const projects: Readonly<Record<string, Table>> = {
  'what is right': [
    ['version: 1\nname: acme'],
    [
      'version: 1\nname: acme\ndescription: A shop.\ncurrency: EUR\ntime_zone: Europe/Madrid\n' +
        'calendar: { week_starts: sunday, fiscal_year_starts: february, holidays: holidays.yaml }\n' +
        'include: ["**/*.yaml"]\nwarehouse:\n  default: local\n  profiles:\n    local: { engine: duckdb, path: a.duckdb }\n' +
        '    prod: { engine: postgres, url: postgres://x }\n    files: { engine: duckdb, files: ../data }\n' +
        'users: { attributes: { email: string } }\nrates: { table: r, from: a, to: b, rate: c, on: d }\nmetrics: {}',
    ],
  ],
  'what is not': [
    ['«v»ersion: 1', 'M1009'],
    ['version: 1\nname: «5»', 'M1008'],
    ['version: 1\nname: a\n«nmae»: b', 'M1007'],
    ['version: 1\nname: a\ncurrency: «euro»', 'M1008'],
    ['version: 1\nname: a\ncalendar: { week_starts: «Monday» }', 'M1019'],
    ['version: 1\nname: a\ncalendar: { fiscal_year_starts: «2» }', 'M1019'],
    ['version: 1\nname: a\ncalendar: { «weeks_start»: monday }', 'M1007'],
    ['version: 1\nname: a\ninclude: «models»', 'M1008'],
    ['version: 1\nname: a\n«warehouse»: {}', 'M1009'],
    ['version: 1\nname: a\nwarehouse: { profiles: «{} }', 'M1008'],
    ['version: 1\nname: a\nwarehouse: { profiles: { «p»: {} } }', 'M1009'],
    ['version: 1\nname: a\nwarehouse: { profiles: { p: { engine: «oracle» } } }', 'M1019'],
    ['version: 1\nname: a\nwarehouse: { profiles: { p: { engine: duckdb, «password»: x } } }', 'M1007'],
    ['version: 1\nname: a\nusers: { attributes: { «Mail»: string, team: «text» } }', 'M1010', 'M1019'],
    ['version: 1\nname: a\n«rates»: { table: r, from: a, to: b, rate: c }', 'M1009'],
  ],
};

function all(kind: Kind, tables: Readonly<Record<string, Table>>): void {
  describe.each(Object.entries(tables))(`${kind}: %s`, (_, table) => {
    test.each(table)('%j', (marked, ...codes) => {
      check(marked, codes, kind);
    });
  });
}

all('definitions', definitions);
all('project', projects);

describe('what may have been meant', () => {
  const table: readonly (readonly [text: string, kind: Kind, help: string])[] = [
    ['version: 1\nmetrcs: {}', 'definitions', 'did you mean `metrics`?'],
    ['version: 1\nmetrics:\n  m: { formla: a, formula: b }', 'definitions', 'did you mean `formula`?'],
    ['version: 1\nmetrics:\n  m: { formula: a, lable: b }', 'definitions', 'did you mean `label`?'],
    ['version: 1\nmetrics:\n  m: { formula: a, descripton: b }', 'definitions', 'did you mean `description`?'],
    ['version: 1\nmetrics:\n  m: { formula: a, onwer: b }', 'definitions', 'did you mean `owner`?'],
    ['version: 1\ntables:\n  t: { key: a, columns: {}, join: {} }', 'definitions', 'did you mean `joins`?'],
    ['version: 1\ntables:\n  t: { primary_key: a, columns: {} }', 'definitions', 'did you mean `key`?'],
    ['version: 1\ntables:\n  t: { key: a, dimensions: {} }', 'definitions', 'did you mean `columns`?'],
    ['version: 1\nmetrics:\n  m: { expression: a }', 'definitions', 'did you mean `formula`?'],
    ['version: 1\nname: a\ntimezone: UTC', 'project', 'did you mean `time_zone`?'],
    ['version: 1\nname: a\nwarehouse: { profiles: { p: { engine: duckbd } } }', 'project', 'did you mean `duckdb`?'],
    ['version: 1\ntables:\n  t: { key: a, columns: { a: sting } }', 'definitions', 'did you mean `string`?'],
    ['version: 1\ntables:\n  t: { key: a, columns: { a: varchar } }', 'definitions', 'did you mean `string`?'],
    ['version: 1\ntables:\n  t: { key: a, columns: { a: NUMERIC } }', 'definitions', 'did you mean `decimal`?'],
    ['version: 1\ntables:\n  t: { key: a, columns: { a: datetime } }', 'definitions', 'did you mean `timestamp`?'],
    ['version: 1\nmetrics:\n  m: { formula: a, status: depracated }', 'definitions', 'did you mean `deprecated`?'],
    // Nothing is near, so all there are is told.
    ['version: 1\nxyzzy: {}', 'definitions', 'the keys are `version`, `tables`, `metrics`'],
    ['version: 1\nmetrics:\n  m: { formula: a, good: sideways }', 'definitions', 'write `up` or `down`'],
  ];
  test.each(table)('%j', (text, kind, help) => {
    const { diagnostics } = readDocument({ path: 'file.yaml', text }, kind);
    expect(diagnostics.map(diagnostic => diagnostic.help ?? '').join('\n')).toContain(help);
  });

  test.each([
    ['metrics:\n  m: { formula: a, version: 0 }', 'expected a number from 1 upwards, found the number 0'],
    ['metrics:\n  m: { formula: a, good: { between: [1] } }', 'expected a list of 2 items, found a list'],
    ['metrics:\n  m: { formula: a, tags: {} }', 'expected a list, found an empty mapping'],
    [
      'tables:\n  t: { key: a, columns: { a: { type: string, values: [] } } }',
      'expected a list of at least 1 item, found an empty list',
    ],
    [
      'tables:\n  t: { key: a, columns: {}, csv: { delimiter: ab } }',
      'expected one character such as `;` (a tab is `"\\t"`, in double quotes), found the text `ab`',
    ],
    [
      "tables:\n  t: { key: a, columns: {}, csv: { delimiter: '\"' } }",
      'expected one character such as `;` (a tab is `"\\t"`, in double quotes), found the text `"`',
    ],
    [
      'tables:\n  t: { key: a, columns: {}, csv: { date_format: d } }',
      'expected text of at least 2 characters, found the text `d`',
    ],
  ])('limits are said in words: %j', (text, message) => {
    const { diagnostics } = readDocument({ path: 'file.yaml', text: `version: 1\n${text}` }, 'definitions');
    expect(diagnostics.map(each => each.message)).toEqual([message]);
  });

  test('a sure suggestion comes with the edit that makes it', () => {
    const text = 'version: 1\nmetrics:\n  m: { formla: a, status: activ }';
    const { diagnostics } = readDocument({ path: 'file.yaml', text }, 'definitions');
    const edits = diagnostics.flatMap(({ fixes }) => fixes.flatMap(fix => fix.edits));
    const mended = edits
      .toSorted((a, b) => b.span.start - a.span.start)
      .reduce((each, { span, text: by }) => each.slice(0, span.start) + by + each.slice(span.end), text);
    expect(mended).toBe('version: 1\nmetrics:\n  m: { formula: a, status: active }');
  });

  test('the path says where in the definitions', () => {
    const text =
      'version: 1\ntables:\n  t: { key: a, columns: { a: x, b: { type: y } } }\nmetrics:\n  m: { formula: [] }';
    const { diagnostics } = readDocument({ path: 'file.yaml', text }, 'definitions');
    expect(diagnostics.map(({ path }) => path)).toEqual([
      'tables.t.columns.a',
      'tables.t.columns.b.type',
      'metrics.m.formula',
    ]);
  });
});

test('what is right is declared as written, and what is wrong is left out', () => {
  const text =
    'version: 1\ntables:\n  deals:\n    from: d.csv\n    key: [id, line]\n    time: closed_on\n' +
    '    columns: { id: string, amount: { type: decimal, unit: currency, column: Amt, private: true } }\n' +
    '    joins: { rep: { to: reps, on: rep_id, as_of: closed_on }, other: { to: deals, on: { a: b, c: d } } }\n' +
    '    lifespans: { open: { from: a, until: b } }\nmetrics:\n  won: { formula: "sum(x)", label: Won, tags: [a, b] }\n' +
    '  half: { formula: 0.50, good: { between: [1, 2] }, version: 3, empty: "null" }\n  bad: { formula: [x] }\n';
  const { document } = readDocument({ path: 'file.yaml', text }, 'definitions');
  const [deals] = document?.tables ?? [];
  expect([deals?.name.text, deals?.from?.text, deals?.key.map(key => key.text), deals?.time?.text]).toEqual([
    ...['deals', 'd.csv'],
    ['id', 'line'],
    'closed_on',
  ]);
  expect(
    deals?.columns.map(({ name, type, unit, physical, isPrivate }) => [
      name.text,
      type?.text,
      unit?.text,
      physical,
      isPrivate,
    ]),
  ).toEqual([
    ['id', 'string', undefined, null, false],
    ['amount', 'decimal', 'currency', 'Amt', true],
  ]);
  expect(
    deals?.joins.map(({ name, to, on, asOf }) => [
      name.text,
      to.text,
      on.map(({ here, there }) => [here.text, there?.text ?? null]),
      asOf?.text ?? null,
    ]),
  ).toEqual([
    ['rep', 'reps', [['rep_id', null]], 'closed_on'],
    [
      'other',
      'deals',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
      null,
    ],
  ]);
  expect(deals?.lifespans.map(({ name, from, until }) => [name.text, from.text, until.text])).toEqual([
    ['open', 'a', 'b'],
  ]);
  expect(
    document?.metrics.map(({ name, formula, version, empty, good, tags, label }) => [
      name.text,
      formula?.text ?? null,
      version,
      empty,
      good,
      tags,
      label,
    ]),
  ).toEqual([
    ['won', 'sum(x)', 1, null, null, ['a', 'b'], { en: 'Won' }],
    ['half', '0.50', 3, 'null', { between: [1, 2] }, [], null],
    ['bad', null, 1, null, null, [], null],
  ]);
});
