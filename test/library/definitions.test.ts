/** The library's definitions: sound, said in two languages, owned, directed, and true to the ledger of what was asked for. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Labels, Metric, Model } from '../../compiler/index.ts';
import { readProject } from '../../runtime/index.ts';
import { metrics } from '../support/project.ts';
import { library } from './warehouse.ts';

function model(): Model {
  const project = readProject(library);
  if (project.model === null) throw new Error('the library could not be read');
  return project.model;
}

const all = Object.values(model().metrics);
const named = (found: readonly Metric[]) => found.map(metric => metric.name);

test('it validates without a finding', async () => {
  const { code, out, err } = await metrics(library, 'validate');
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain(`${all.length} metrics on ${Object.keys(model().tables).length} tables`);
});

test('its own tests pass', async () => {
  const { code, out, err } = await metrics(library, 'test');
  expect([code, err, out.split('\n').at(-2)]).toEqual([0, '', '10 tests passed']);
});

describe('every metric', () => {
  const inBoth = (labels: Labels | null) => ['en', 'es'].every(language => (labels?.[language] ?? '').trim() !== '');

  test('has a label and a description in English and Spanish', () => {
    expect(named(all.filter(metric => !inBoth(metric.label) || !inBoth(metric.description)))).toEqual([]);
  });

  test('has labels of its own, which differ from one language to the other', () => {
    for (const language of ['en', 'es']) {
      const labels = all.map(metric => metric.label?.[language]);
      expect(labels.filter((label, index) => labels.indexOf(label) !== index)).toEqual([]);
    }
    expect(named(all.filter(metric => metric.label?.en === metric.label?.es))).toEqual([]);
    expect(named(all.filter(metric => metric.description?.en === metric.description?.es))).toEqual([]);
  });

  test('has an owner and a direction', () => {
    expect(named(all.filter(metric => metric.owner === null || metric.good === null))).toEqual([]);
  });

  test('is read beside others than itself', () => {
    expect(named(all.filter(metric => metric.balanceWith.includes(metric.name)))).toEqual([]);
  });
});

test('every table says what a row of it is, in both languages, and every one is owned', () => {
  const silent = Object.values(model().tables).filter(
    table => table.description?.en === undefined || table.description.es === undefined || table.owner === null,
  );
  expect(silent.map(table => table.name)).toEqual([]);
});

describe('the ledger', () => {
  const file = path.join(import.meta.dirname, '../../../shared/design/ledger.csv');

  const ledger = (): readonly string[] => {
    if (!existsSync(file)) throw new Error(`the ledger is not at ${file}: without it nobody can tell what is covered`);
    return readFileSync(file, 'utf8')
      .split('\n')
      .slice(1)
      .flatMap(line => /^[A-Z]{3}-\d{2}(?=,)/.exec(line)?.[0] ?? []);
  };

  test('has every row that a metric says it covers', () => {
    const rows = new Set(ledger());
    expect(rows.size).toBe(181);
    expect(all.flatMap(metric => metric.covers.filter(id => !rows.has(id)).map(id => `${metric.name}: ${id}`))).toEqual(
      [],
    );
  });

  test('is covered in 57 rows at least', () => {
    expect(new Set(all.flatMap(metric => metric.covers)).size).toBeGreaterThanOrEqual(57);
  });

  test('asks for pairs: what is only counted is read beside what it is good for', () => {
    const beside = (name: string) => all.find(metric => metric.name === name)?.balanceWith ?? [];
    expect(beside('leads_generated')).toContain('qualified_leads_sent');
    expect(beside('cost_per_lead')).toContain('cost_per_opportunity');
    expect(beside('calls_per_agent')).toEqual(expect.arrayContaining(['customer_satisfaction', 'net_promoter_score']));
    expect(beside('average_call_time')).toContain('customer_satisfaction');
  });
});
