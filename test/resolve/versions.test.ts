/** Mistakes in slowly changing tables, and in questions of them: the code, and the very word that it is about. */
import { describe, expect, test } from 'vitest';
import {
  compile,
  dialectNamed,
  type Model,
  parseDay,
  type Query,
  querySources,
  readDocument,
  resolve,
} from '../../compiler/index.ts';
import { check, dealColumn, diagnosticsOf, metric, named, type Parts, project, type Row, sound } from './shop.ts';

test('the project is sound', () => {
  check({}, []);
});

describe('joins to versions', () => {
  const rep = (asOf: string) => `{ rep: { to: reps, on: rep_id, as_of: ${asOf} }, team: { to: teams, on: team_id } }`;
  const table: readonly Row[] = [
    [rep('created_on'), []],
    [rep('signed_at'), []],
    [rep('now'), []],
    [rep('asked'), []],
    [rep('«stage»'), ['M5006']],
    [rep('«team.name»'), ['M5006']],
    [rep('«creatd_on»'), ['M2001'], 'did you mean `created_on`?'],
    [rep('«today»'), ['M2001']],
    [rep('team.«nothing»'), ['M2001']],
    [rep('«2026-03-05»'), ['M1008']],
    // What joins find is there before any interval is.
    [rep('«period_end»'), ['M5023']],
    [rep('«as_of»'), ['M5023']],
    // Only versions are chosen among.
    ['{ rep: { to: reps, on: rep_id }, team: { to: teams, on: team_id, as_of: «created_on» } }', ['M5020']],
    ['{ rep: { to: reps, on: rep_id }, team: { to: teams, on: team_id, as_of: «now» } }', ['M5020']],
    // A version is not chosen by what is read from it.
    ['{ «rep»: { to: reps, on: rep_id, as_of: rep.hired_on }, team: { to: teams, on: team_id } }', ['M2004']],
    [
      '{ «rep»: { to: reps, on: rep_id, as_of: lead.hired_on }, «lead»: { to: reps, on: rep_id, as_of: rep.hired_on }, team: { to: teams, on: team_id } }',
      ['M2004', 'M2004'],
    ],
    // By one found otherwise it is.
    [
      '{ rep: { to: reps, on: rep_id, as_of: lead.hired_on }, lead: { to: reps, on: rep_id }, team: { to: teams, on: team_id } }',
      [],
    ],
    ['{ rep: { to: reps, on: rep_id }, lead: { to: reps, on: rep.manager_id }, team: { to: teams, on: team_id } }', []],
  ];
  test.each(named(table))('$marked', ({ marked: dealJoins, codes, help }) => {
    const columns = dealJoins.includes('asked') ? dealColumn('greatest(created_on, closed_on)') : {};
    check({ dealJoins, ...columns }, codes, help);
  });

  const untimed: readonly Row[] = [
    ['{ rep: { to: reps, on: rep_id, as_of: sent_on } }', []],
    ['{ rep: { to: reps, on: rep_id, as_of: now } }', []],
    ['{ deal: { to: deals, on: deal_id } }', []],
    ['{ «rep»: { to: reps, on: rep_id } }', ['M5019'], '`as_of: now`'],
  ];
  test.each(named(untimed))('of a table without a time: $marked', ({ marked: pingJoins, codes, help }) => {
    check({ pingJoins }, codes, help);
  });
});

describe('validity', () => {
  const table: readonly Row[] = [
    ['{ from: valid_from, until: valid_until }', []],
    ['{ from: «region», until: valid_until }', ['M5006']],
    ['{ from: valid_from, until: «valid_untl» }', ['M2001'], 'did you mean `valid_until`?'],
    ['{ from: «period_start», until: valid_until }', ['M5023']],
    ['{ from: valid_from, until: valid_until, «at»: hired_on }', ['M1007']],
    ['«valid_from»', ['M1008']],
  ];
  test.each(named(table))('$marked', ({ marked: valid, codes, help }) => {
    check({ valid }, codes, help);
  });

  test.each(['{ from: valid_from }', '{ until: valid_until }'])('%s lacks an end', valid => {
    expect(diagnosticsOf(project({ ...sound, valid })).map(each => each.code)).toEqual(['M1009']);
  });
});

describe('times behind versions', () => {
  const table: readonly (readonly [parts: Partial<Parts>, codes: readonly string[]])[] = [
    [{ dealTime: '«rep.hired_on»' }, ['M2004']],
    [{ dealTime: '«asked»', ...dealColumn('coalesce(closed_on, rep.hired_on)') }, ['M2004']],
    [{ metric: '{ formula: count(deals), time: «rep.hired_on» }' }, ['M2004']],
    [metric('count(deals) at «rep.valid_from»'), ['M2004']],
    [metric('sum(deals.cost) at «asked»'), ['M2004']],
    // Behind a join a computed column is that table's.
    [
      {
        pingJoins: '{ deal: { to: deals, on: deal_id } }',
        ...dealColumn('rep.hired_on'),
        ...metric('count(pings) at «deal.asked»'),
      },
      ['M2004'],
    ],
    // A lifespan is held against one day, whatever version that day has.
    [metric('count(reps) while employed'), []],
    [{ metric: '{ formula: count(reps), time: hired_on }' }, []],
    // The manager is found by the rep's own date, which would be the manager's.
    [{ metric: '{ formula: count(reps), time: «manager.hired_on» }' }, ['M2004']],
  ];
  test.each(table)('%j', (parts, codes) => {
    const columns = JSON.stringify(parts).includes('at «asked»') ? dealColumn('rep.hired_on') : {};
    check({ ...parts, ...columns }, codes);
  });
});

describe('measures over versions', () => {
  const table: readonly Row[] = [
    ['count(reps)', []],
    ['opening(sum(reps.salary))', []],
    ['prior(count(reps), 1 year)', []],
    ['avg(count(reps) per month)', []],
    ['running(count(reps) at hired_on)', []],
    // Without a time it is a stock.
    ['running(«count(reps)»)', ['M5011'], 'avg(count(reps) per month)'],
    ['to_date(«sum(reps.salary)», year)', ['M5011']],
    ['rolling(«count(reps) while employed», 2 months)', ['M5011']],
    // And with one a flow.
    ['opening(«count(reps) at hired_on»)', ['M5010']],
    ['count(reps) while employed «at hired_on»', ['M1021']],
  ];
  test.each(named(table))('$marked', ({ marked: formula, codes, help }) => {
    check(metric(formula), codes, help);
  });
});

describe('roll-ups and versions', () => {
  test('each version has the rows that point to its key', () => {
    check({ repColumn: '{ formula: count(deals) }' }, []);
  });

  test('joins by one key are one', () => {
    const dealJoins =
      '{ rep: { to: reps, on: rep_id }, opener: { to: reps, on: rep_id, as_of: created_on }, team: { to: teams, on: team_id } }';
    check({ dealJoins, repColumn: '{ formula: count(deals) }' }, []);
  });

  test('joins by different keys are not', () => {
    const dealJoins =
      '{ rep: { to: reps, on: rep_id }, other: { to: reps, on: team_id, as_of: now }, team: { to: teams, on: team_id } }';
    check({ dealJoins, repColumn: '{ formula: «count(deals)» }' }, ['M4017']);
  });

  test('rows are rolled up whenever they are', () => {
    check({ repColumn: '{ formula: count(deals «while open») }' }, ['M1024']);
    check({ repColumn: '{ formula: count(deals) «while open» }' }, ['M1024']);
    check({ repColumn: '{ formula: sum(deals.cost «at signed_at») }' }, ['M1024']);
    check({ repColumn: "{ formula: sum(deals.cost where stage = 'won') }" }, []);
  });

  test('of several versions that have no date the first is named', () => {
    const pingJoins = '{ deal: { to: deals, on: deal_id } }';
    const dealJoins = '{ rep: { to: reps, on: rep_id }, second: { to: reps, on: team_id } }';
    const rolled = dealColumn("max(pings.deal.rep.region where deal.second.region = 'x')");
    const said = diagnosticsOf(project({ ...sound, pingJoins, dealJoins, ...rolled }));
    expect(said.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'M5019 `reps` has several versions of a row, and `pings` has no time by which `deals.rep` could choose one',
    ]);
  });

  test('versions are not rolled up', () => {
    check({ repColumn: '{ formula: 1 + «count(reps)» }' }, ['M5021']);
  });
});

describe('questions', () => {
  const text = project({
    ...sound,
    pingJoins: '{ deal: { to: deals, on: deal_id } }',
    metric: '{ formula: count(reps) }',
  }).concat(`  pings_sent: { formula: count(pings) }
  pings_of_north: { formula: count(pings where deal.rep.region = 'North') }
  deals_closed: { formula: count(deals) }
  in_euros: { formula: "sum(convert(deals.amount, EUR at period_end))" }
  followed: { formula: conversions(deals -> visits by rep) }
`);
  const { document } = readDocument({ path: 'metrics.yaml', text }, 'project');
  const { model } = resolve(document === null ? [] : [document]);
  const dialect = dialectNamed('duckdb');

  /** Each finding as `code «word»`. */
  function found(query: Query, asked: Model = model): readonly string[] {
    if (dialect === null) throw new Error('no dialect');
    const sources = querySources(query);
    const now = { day: parseDay('2026-03-31') ?? 0, hour: 23 };
    return compile(asked, query, now, dialect).diagnostics.map(({ code, span }) => {
      const source = sources.find(each => each.path === span?.file);
      return `${code} «${source?.text.slice(span?.start, span?.end)}»`;
    });
  }

  const table: readonly (readonly [query: Query, expected: readonly string[]])[] = [
    [{ metrics: ['asked'] }, []],
    [{ metrics: ['asked'], by: ['month'], period: '2026' }, []],
    // A stock needs to know when it is read.
    [{ metrics: ['asked'], by: ['month'] }, ['M5012 «asked»']],
    [{ metrics: ['asked'], by: ['hour'], period: '2026-03-05' }, ['M5015 «asked»']],
    [{ metrics: ['in_euros'] }, ['M5012 «in_euros»']],
    [{ metrics: ['in_euros'], by: ['month'], period: '2026' }, []],
    // Conditions on groups know the lifespans of tables as well.
    [{ metrics: ['deals_closed'], by: ['stage'], having: '(count(deals) while open) > 1', period: '2026' }, []],
    [{ metrics: ['deals_closed'], by: ['stage'], having: '(count(deals) while opn) > 1' }, ['M2001 «opn»']],
    // Rows without a date find no version by it.
    [{ metrics: ['pings_sent'], by: ['deal.stage'] }, []],
    [{ metrics: ['pings_sent'], by: ['deal.rep.region'] }, ['M5019 «pings_sent»']],
    [{ metrics: ['pings_sent'], where: "deal.rep.region = 'x'" }, ['M5019 «pings_sent»']],
    [{ metrics: ['pings_of_north'] }, ['M5019 «pings_of_north»']],
    // What conversions are asked by is asked of their first side.
    [{ metrics: ['followed'], by: ['stage'] }, []],
    [{ metrics: ['followed'], by: ['page'] }, ['M4001 «page»']],
    [{ metrics: ['followed'], where: 'closed_on > 2026-01-01', by: ['month'], period: '2026' }, []],
    [
      {
        metrics: ['followed'],
        by: ['month'],
        period: '2026',
        compare: ['prior_period'],
        where: 'closed_on > 2026-01-01',
      },
      ['M5014 «followed»'],
    ],
  ];
  test.each(table)('%j', (query, expected) => {
    expect(found(query)).toEqual(expected);
  });

  test('a version by which a joined row is found', () => {
    const dealJoins = '{ rep: { to: reps, on: rep_id }, team: { to: teams, on: rep.region } }';
    const chained = project({
      ...sound,
      dealJoins,
      pingJoins: '{ deal: { to: deals, on: deal_id } }',
      metric: '{ formula: count(pings) }',
    });
    const read = readDocument({ path: 'metrics.yaml', text: chained }, 'project').document;
    const { model: chainedModel, diagnostics } = resolve(read === null ? [] : [read]);
    expect(diagnostics).toEqual([]);
    expect(found({ metrics: ['asked'], by: ['deal.team.name'] }, chainedModel)).toEqual(['M5019 «asked»']);
    expect(found({ metrics: ['asked'], by: ['deal.stage'] }, chainedModel)).toEqual([]);
  });
});
