/** The generated client: goldens, bytes that no order moves, types that three compilers read, and names that the compiler accepts. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';
import { bindQuery, type Model, metricsFor, Offer, own, type Query, visibleModel } from '../../compiler/index.ts';
import { type Files, filesOf, library, modelIn, shop } from './generate.ts';

const golden = path.join(import.meta.dirname, 'golden');
const root = path.join(import.meta.dirname, '../..');
const models = { library: modelIn(library), shop: modelIn(shop) };

const clients = [
  ['library', 'library', null],
  ['shop', 'shop', null],
  ['seller', 'shop', 'seller'],
] as const;

/** The same names, met in another order. */
function turned<T>(named: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(named).reverse());
}

/** The same model, its definitions met in another order. */
function reversed(model: Model): Model {
  const tables = Object.entries(model.tables).map(([name, table]) => {
    const { columns, joins, standIns } = table;
    const kept = standIns === undefined ? {} : { standIns: turned(standIns) };
    return [name, { ...table, columns: turned(columns), joins: turned(joins), ...kept }] as const;
  });
  const { metrics, goals, baselines, roles } = model;
  return {
    ...model,
    tables: turned(Object.fromEntries(tables)),
    ...{ metrics: turned(metrics), goals: turned(goals), baselines: turned(baselines), roles: turned(roles) },
  };
}

describe.each(clients)('%s', (name, project, role) => {
  const { model } = models[project];
  // That of the definitions moves with whatever is written in them, and with how they are kept.
  const hash = '0123456789abcdef';
  let files: Files = {};
  beforeAll(async () => {
    files = await filesOf(model, name, hash, role);
  });

  test('is as its golden, to the byte', async () => {
    expect(Object.keys(files)).toHaveLength(4);
    for (const [file, text] of Object.entries(files)) {
      const place = path.join(golden, file);
      if (process.env.UPDATE === '1') writeFileSync(place, text);
      expect(
        text === (existsSync(place) ? readFileSync(place, 'utf8') : '(none yet)'),
        `${file}: run with UPDATE=1`,
      ).toBe(true);
    }
  });

  test('is the same in whatever order its definitions are met', async () => {
    const other = reversed(model);
    const others = await filesOf(other, name, hash, role);
    expect(Object.keys(other.metrics)).not.toEqual(Object.keys(model.metrics));
    for (const [file, text] of Object.entries(files)) expect(others[file] === text, file).toBe(true);
  });
});

/** The quickest reads the declarations themselves as well. */
const compilers = [
  { compiler: 'typescript-5.9', words: ['--skipLibCheck'] },
  { compiler: 'typescript', words: ['--skipLibCheck'] },
  { compiler: 'typescript-7', words: [] },
];

test.each(compilers)(
  '$compiler reads the clients, and every question that must not compile does not',
  async ({ compiler, words }) => {
    const tsc = path.join(root, 'node_modules', compiler, 'bin/tsc');
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', 'test/client/calls', ...words], {
      cwd: root,
    }).catch((error: { readonly stdout: string }) => error);
    expect(stdout).toBe('');
  },
);

test('whatever stands in a text, no more is declared than there is', async () => {
  const files = await filesOf(models.shop.model, 'shop', '', null);
  const source = ts.createSourceFile('shop.d.ts', files['shop.gen.d.ts'] ?? '', ts.ScriptTarget.ES2024, true);
  const declared = source.statements.map(each =>
    ts.isInterfaceDeclaration(each) || ts.isTypeAliasDeclaration(each) ? each.name.text : ts.SyntaxKind[each.kind],
  );
  expect(declared).toEqual([
    ...['ImportDeclaration', 'Dims', 'Metrics', 'Of_deals', 'Of_parts', 'Of_reps', 'Days', 'MetricDims', 'Fields'],
    ...['Schema', 'MetricNames', 'FirstStatement', 'FirstStatement'],
  ]);
  const metrics = source.statements.find(each => ts.isInterfaceDeclaration(each) && each.name.text === 'Metrics');
  const names =
    metrics !== undefined && ts.isInterfaceDeclaration(metrics)
      ? metrics.members.map(each => each.name?.getText().replaceAll('"', ''))
      : [];
  expect(names).toEqual(Object.keys(models.shop.model.metrics).sort());
  const tags =
    metrics === undefined || !ts.isInterfaceDeclaration(metrics)
      ? []
      : metrics.members.flatMap(each =>
          ts.getJSDocTags(each).map(tag => `${each.name?.getText()} @${tag.tagName.text}`),
        );
  expect(tags).toEqual(['win_rate @deprecated']);
});

/** The indices of `by` at which there is a finding. */
function refusedAt(model: Model, query: Query): ReadonlySet<number> {
  const { by = [] } = query;
  const starts = by.map((_, index) => by.slice(0, index).reduce((sum, name) => sum + name.length + 2, 0));
  const { diagnostics } = bindQuery(model, query, { day: 20_000, hour: 0 });
  const found = diagnostics.filter(({ span }) => span?.file === 'query.by');
  return new Set(found.map(({ span }) => starts.findLastIndex(start => start <= (span?.start ?? -1))));
}

describe.each(['shop', 'library'] as const)('dimensions of %s', project => {
  const { model } = models[project];
  const offer = new Offer(model);
  const ofTables = new Map(metricsFor(model, null).map(metric => [metric.tables.join(' '), metric]));
  const metrics = [...ofTables.values()].filter((_, index) => project === 'shop' || index % 4 === 0);
  const all = [...new Set([...ofTables.values()].flatMap(metric => offer.dimensions(metric).map(({ name }) => name)))];
  const short = all.filter(name => name.split('.').length < 3);

  test('those that are offered are accepted, and of names of one and two words no others', () => {
    for (const metric of metrics) {
      const offered = new Set(offer.dimensions(metric).map(({ name }) => name));
      const long = [...offered].filter(name => !short.includes(name));
      // A table's own columns need not be called by its name where it stands alone.
      const [table = '', ...others] = metric.tables;
      const words = others.length > 0 ? [] : [table, own(model.tables, table)?.entity ?? table];
      const isOwn = (name: string) => words.some(word => name.startsWith(`${word}.`));
      const asked = [...short.filter(name => offered.has(name) || !isOwn(name)), ...long];
      const refused = refusedAt(model, { metrics: [metric.name], by: asked });
      const accepted = asked.filter((_, index) => !refused.has(index));
      expect(accepted.sort()).toEqual([...offered].sort());
    }
    expect(metrics.length).toBeGreaterThan(2);
  });
});

test('a role is offered what it can be told, and nothing else', () => {
  const { model } = models.shop;
  const { seller } = model.roles;
  if (seller === undefined) throw new Error('there is no seller');
  const offered = new Set(metricsFor(visibleModel(model, seller.hides), seller).map(({ name }) => name));
  expect([...offered].sort()).toEqual([
    ...['all_urgent', 'average_amount', 'best_stage', 'catch', 'constructor', 'deal_count', 'heaviest', 'known'],
    ...['last_closed', 'last_level', 'last_seen', 'levels', 'prototype', 'win_rate', 'won_revenue'],
  ]);
});
